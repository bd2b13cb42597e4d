/* Draws the charts of a page as the reader comes near them.

   Each chart stands in the page as data beside its table. Without this script, or if the library
   cannot be loaded, the tables stay open. Nothing is fetched: scripts are added by address, so that
   a folder opened from disk works as a website does. */
(() => {
  "use strict";

  const AHEAD = "400px"; // how near the viewport a chart is drawn
  // Before the reader moves, only a chart well in view is worth the library's weight.
  const AT_REST = "0px 0px -33%";
  const MOVES = ["scroll", "keydown", "pointermove", "pointerdown", "touchstart"];
  const STILL = 8000; // ms without a move, after which whatever is in view is drawn
  const FRENCH = {
    moduleType: "locale",
    name: "fr",
    dictionary: {},
    format: {
      days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
      shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
      months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre"],
      shortMonths: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.",
        "oct.", "nov.", "déc."],
      date: "%d/%m/%Y", decimal: ",", thousands: "\u202f",
      year: "%Y", month: "%b %Y", dayMonth: "%-d %b", dayMonthYear: "%-d %b %Y",
    },
  };
  const CONFIG = { locale: "fr", displayModeBar: false, responsive: true, scrollZoom: false, showTips: false };

  const script = document.getElementById("ctgsite-script");
  const charts = [...document.querySelectorAll(".ctg-graphique")];
  if (!script || !charts.length) return;

  let library; // one promise for the page, made when the first chart comes near

  function loadLibrary() {
    library ??= new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = new URL(script.dataset.plotly, document.baseURI).href;
      tag.onload = () => {
        window.Plotly.register(FRENCH);
        resolve(window.Plotly);
      };
      tag.onerror = () => reject(new Error("bibliothèque de graphiques introuvable"));
      document.head.append(tag);
    });
    return library;
  }

  const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

  /* Replaces var(--…) by the colour that it stands for in the current scheme. */
  function coloured(value) {
    if (typeof value === "string") {
      return value.startsWith("var(--") ? colour(value.slice(4, -1).split(",")[0].trim()) : value;
    }
    if (Array.isArray(value)) return value.map(coloured);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner)]));
    }
    return value;
  }

  function axis() {
    return {
      automargin: true, fixedrange: true, zeroline: false,
      gridcolor: colour("--ctg-grille"), linecolor: colour("--ctg-axe"), tickcolor: colour("--ctg-axe"),
      zerolinecolor: colour("--ctg-axe"),
    };
  }

  function template() {
    const text = colour("--ctg-texte");
    const font = { family: getComputedStyle(document.body).fontFamily, size: 14, color: text };
    return {
      layout: {
        font,
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        colorway: [1, 2, 3, 4, 5, 6].map((rank) => colour(`--ctg-serie-${rank}`)),
        xaxis: axis(),
        yaxis: axis(),
        legend: { orientation: "h", x: 0, xanchor: "left", y: -0.15, yanchor: "top" },
        margin: { l: 8, r: 12, t: 16, b: 8 },
        hoverlabel: { font: { ...font, color: colour("--ctg-fond") }, bgcolor: text, bordercolor: text },
      },
    };
  }

  function figure(chart) {
    const { data, layout } = coloured(JSON.parse(chart.querySelector("script").textContent));
    const whole = { dragmode: false, separators: ",\u202f", autosize: true, ...layout };
    whole.template = { ...template(), ...layout?.template };
    return [data, whole];
  }

  const table = (chart) => chart.closest("figure")?.querySelector("details.ctg-donnees");

  function draw(Plotly, chart) {
    const surface = chart.querySelector(".ctg-surface") ?? document.createElement("div");
    surface.className = "ctg-surface";
    chart.append(surface);
    const drawn = Plotly.react(surface, ...figure(chart), CONFIG);
    chart.dataset.etat = "dessine";
    return drawn;
  }

  /* A chart that cannot be drawn leaves its table, open, in its place. */
  function giveUp(chart, error) {
    chart.dataset.etat = "echec";
    const details = table(chart);
    if (details) details.open = true;
    console.warn(`Graphique « ${chart.dataset.nom ?? ""} » : ${error.message}`);
  }

  async function drawWhenReady(chart) {
    try {
      await draw(await loadLibrary(), chart);
    } catch (error) {
      giveUp(chart, error);
    }
  }

  const drawn = () => charts.filter((chart) => chart.dataset.etat === "dessine");
  const redraw = () => drawn().forEach(drawWhenReady);

  /* Paper is light, and shows the charts that the reader never came near. */
  function followPrinting() {
    const body = document.body;
    let scheme;
    addEventListener("beforeprint", () => {
      scheme = body.dataset.mdColorScheme;
      if (scheme) body.dataset.mdColorScheme = "default";
      if (window.Plotly) charts.forEach((chart) => draw(window.Plotly, chart));
    });
    addEventListener("afterprint", () => {
      if (scheme) body.dataset.mdColorScheme = scheme;
    });
  }

  function followScheme() {
    const observer = new MutationObserver(redraw);
    observer.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }

  const near = new WeakSet(); // the charts that the reader came near

  function watch(margin) {
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        if (!near.has(target)) drawWhenReady(target);
        near.add(target);
      }
    }, { rootMargin: margin });
    charts.forEach((chart) => observer.observe(chart));
  }

  // Tables close before the first painting, so that the page does not jump as charts arrive.
  for (const chart of charts) {
    chart.dataset.etat = "attente";
    const details = table(chart);
    if (details) details.open = false;
  }
  followPrinting();
  followScheme();
  const rest = new AbortController();
  const moved = () => {
    rest.abort();
    watch(AHEAD);
  };
  watch(AT_REST);
  for (const move of MOVES) addEventListener(move, moved, { passive: true, signal: rest.signal });
  setTimeout(() => watch("0px"), STILL);
})();
