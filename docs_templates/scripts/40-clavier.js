/* Charts by keyboard: plotly.js has none, so the element around each chart provides it.

   A chart is one stop of the Tab key; arrows walk its points and tell them, T opens its table,
   D goes to its tools, Escape comes back. A point that leads somewhere is followed by Enter or a click. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const HELP = "Flèches : lire les points un à un. T : le tableau. D : les téléchargements. Échap : revenir au graphique.";
  const FOLLOWED = " Entrée : ouvrir la page du point.";
  const SAME_TOUCH = 800; // milliseconds
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  const told = (text) => String(text).replace(/<br\s*\/?>/g, ", ").replace(/<[^>]*>/g, "").trim();

  /* The points that say something, in the order in which the chart draws them. */
  function pointsOf(surface) {
    return (surface.data ?? []).flatMap((trace, curveNumber) => {
      if (trace.visible === false || trace.hoverinfo === "skip" || !Array.isArray(trace.hovertext)) return [];
      return trace.hovertext.map((text, pointNumber) => {
        const axes = `${trace.xaxis ?? "x"}${trace.yaxis ?? "y"}`;
        const link = trace.customdata?.[pointNumber];
        return { curveNumber, pointNumber, axes, text: told(text), link: typeof link === "string" ? link : "" };
      }).filter((point) => point.text);
    });
  }

  const rankOf = (surface, { curveNumber, pointNumber }) =>
    pointsOf(surface).findIndex((point) => point.curveNumber === curveNumber && point.pointNumber === pointNumber);

  const links = (chart) => (chart.querySelector("script").textContent.includes('"customdata"') ? FOLLOWED : "");

  function makeReachable(chart, rank) {
    const help = document.createElement("p");
    help.className = "ctg-aide";
    help.id = `ctg-aide-${rank}`;
    help.textContent = HELP + links(chart);
    const status = document.createElement("p");
    status.className = "ctg-annonce";
    status.setAttribute("role", "status");
    chart.append(help, status);
    const attributes = {
      tabindex: "0", role: "group", "aria-roledescription": "graphique", "aria-label": chart.dataset.nom,
      "aria-describedby": help.id, "aria-keyshortcuts": "T D Escape",
    };
    for (const [name, value] of Object.entries(attributes)) chart.setAttribute(name, value);
  }

  const places = new WeakMap(); // chart → rank of the point that was told last

  function goTo(chart, rank) {
    const surface = chart.querySelector(".ctg-surface");
    const points = surface ? pointsOf(surface) : [];
    if (!points.length) return;
    const at = Math.min(Math.max(rank, 0), points.length - 1);
    const point = points[at];
    places.set(chart, at);
    chart.querySelector(".ctg-annonce").textContent = `${point.text} (${at + 1} sur ${points.length})`;
    label(surface, point);
  }

  function label(surface, { curveNumber, pointNumber, axes }) {
    try {
      window.Plotly.Fx.hover(surface, [{ curveNumber, pointNumber }], [axes]);
    } catch {
      // The label is for the eyes; the point has been told.
    }
  }

  function leave(chart) {
    places.delete(chart);
    chart.querySelector(".ctg-annonce").textContent = "";
    const surface = chart.querySelector(".ctg-surface");
    if (surface?.data) window.Plotly.Fx.unhover(surface);
  }

  function openTable(chart) {
    const figure = chart.closest("figure");
    const details = ctgsite.dataOf(chart);
    if (details) details.open = true;
    figure.querySelector(".ctg-defile")?.focus();
  }

  const follow = (address) => {
    if (address) location.assign(new URL(address, document.baseURI).href);
  };

  function followCurrent(chart) {
    const surface = chart.querySelector(".ctg-surface");
    if (surface && places.has(chart)) follow(pointsOf(surface)[places.get(chart)]?.link);
  }

  function onKey(chart, key) {
    const at = places.get(chart);
    if (key in STEPS) goTo(chart, at === undefined ? 0 : at + STEPS[key]);
    else if (key === "Home") goTo(chart, 0);
    else if (key === "End") goTo(chart, Infinity);
    else if (key === "Enter") followCurrent(chart);
    else if (key === "Escape") leave(chart);
    else if (key === "t" || key === "T") openTable(chart);
    else if (key === "d" || key === "D") chart.closest("figure").querySelector(".ctg-outils button")?.focus();
    else return false;
    return true;
  }

  function listen(chart) {
    chart.addEventListener("keydown", (event) => {
      if (event.target !== chart || event.ctrlKey || event.metaKey || event.altKey || !onKey(chart, event.key)) return;
      event.preventDefault();
      event.stopPropagation(); // the theme has shortcuts of its own
    });
    chart.addEventListener("blur", () => leave(chart));
    chart.closest("figure")?.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target !== chart) chart.focus();
    });
    chart.addEventListener("ctgsite:dessine", ({ detail: surface }) => followClicks(chart, surface));
  }

  /* A finger first reads a point, and follows it when it touches it again. */
  function followClicks(chart, surface) {
    const linkOf = ({ customdata }) => (typeof customdata === "string" ? customdata : "");
    const cursor = (kind) => surface.querySelectorAll(".nsewdrag").forEach((area) => { area.style.cursor = kind; });
    let touched = -Infinity; // when: browsers tell a touch once more, as a mouse that comes, clicks and goes
    surface.on("plotly_click", ({ points: [point], event }) => {
      if (event.type.startsWith("touch")) {
        const at = rankOf(surface, point);
        touched = event.timeStamp;
        if (at < 0) return;
        if (places.get(chart) === at) follow(linkOf(point));
        else goTo(chart, at);
      } else if (event.timeStamp - touched > SAME_TOUCH) {
        follow(linkOf(point));
      }
    });
    surface.on("plotly_hover", ({ points: [point] }) => cursor(linkOf(point) ? "pointer" : ""));
    surface.on("plotly_unhover", ({ event }) => {
      cursor("");
      const point = pointsOf(surface)[places.get(chart)];
      if (point && event?.timeStamp - touched < SAME_TOUCH) label(surface, point);
    });
  }

  ctgsite.charts.forEach((chart, rank) => {
    makeReachable(chart, rank);
    listen(chart);
  });
})();
