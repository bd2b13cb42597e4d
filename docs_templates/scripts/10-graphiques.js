/* Draws the charts of a page as the reader comes near them.

   Each chart stands in the page as data beside its table. Without this script, or if the library
   cannot be loaded, the tables stay open. Nothing is fetched: scripts are added by address, so that
   a folder opened from disk works as a website does. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const AHEAD = "400px"; // how near the viewport a chart is drawn
  // Before the reader moves, only a chart well in view is worth the library's weight.
  const AT_REST = "0px 0px -33%";
  const MOVES = ["scroll", "keydown", "pointermove", "pointerdown", "touchstart"];
  const STILL = 2000; // ms without a move, after which whatever is in view is drawn
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
  const charts = script ? [...document.querySelectorAll(".ctg-graphique")] : [];
  ctgsite.charts = charts;

  let library; // one promise for the page, made when the first chart comes near

  ctgsite.load = () => {
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
  };

  ctgsite.dataOf = (chart) => chart.closest("figure")?.querySelector("details.ctg-donnees");

  function surfaceOf(chart) {
    const known = chart.querySelector(".ctg-surface");
    if (known) return known;
    const surface = document.createElement("div");
    surface.className = "ctg-surface";
    surface.setAttribute("aria-hidden", "true"); // its table says it better; the chart has a name
    chart.append(surface);
    return surface;
  }

  /* Draws at once, or again: the library must be there. */
  ctgsite.draw = (chart) => {
    const surface = surfaceOf(chart);
    const { data, layout } = ctgsite.specification(chart);
    const drawn = window.Plotly.react(surface, data, layout, CONFIG);
    const first = chart.dataset.etat !== "dessine";
    chart.dataset.etat = "dessine";
    if (first) chart.dispatchEvent(new CustomEvent("ctgsite:dessine", { detail: surface }));
    return drawn;
  };

  /* A chart that cannot be drawn leaves its table, open, in its place. */
  function giveUp(chart, error) {
    chart.dataset.etat = "echec";
    const details = ctgsite.dataOf(chart);
    if (details) details.open = true;
    console.warn(`Graphique « ${chart.dataset.nom ?? ""} » : ${error.message}`);
  }

  async function drawWhenReady(chart) {
    try {
      await ctgsite.load();
      await ctgsite.draw(chart);
    } catch (error) {
      giveUp(chart, error);
    }
  }

  const drawn = () => charts.filter((chart) => chart.dataset.etat === "dessine");
  ctgsite.redraw = () => drawn().forEach(drawWhenReady);
  ctgsite.drawAll = () => Promise.all(charts.map(drawWhenReady));

  function followScheme() {
    const observer = new MutationObserver(ctgsite.redraw);
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

  if (!charts.length) return;
  for (const chart of charts) {
    chart.dataset.etat = "attente";
    const details = ctgsite.dataOf(chart);
    if (details) details.open = false;
  }
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
