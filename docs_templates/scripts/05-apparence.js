/* Turns a chart's data into what the library draws: the page's typeface, the colours of a scheme.

   `ctgsite` is the one name that the scripts of a page share. */
(() => {
  "use strict";

  /* What may change a chart before it is drawn: functions of (chart, { data, layout }). */
  const ctgsite = (window.ctgsite = { retouches: [] });

  const styleOf = (scope) => {
    const style = getComputedStyle(scope);
    return (name) => style.getPropertyValue(name).trim();
  };

  /* Replaces var(--…) by the colour that it stands for. */
  function coloured(value, colour) {
    if (typeof value === "string") {
      return value.startsWith("var(--") ? colour(value.slice(4, -1).split(",")[0].trim()) : value;
    }
    if (Array.isArray(value)) return value.map((inner) => coloured(inner, colour));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner, colour)]));
    }
    return value;
  }

  function axis(colour) {
    return {
      automargin: true, fixedrange: true, zeroline: false,
      gridcolor: colour("--ctg-grille"), linecolor: colour("--ctg-axe"), tickcolor: colour("--ctg-axe"),
      zerolinecolor: colour("--ctg-axe"),
    };
  }

  function template(colour) {
    const text = colour("--ctg-texte");
    const font = { family: getComputedStyle(document.body).fontFamily, size: 14, color: text };
    return {
      layout: {
        font,
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        colorway: [1, 2, 3, 4, 5, 6].map((rank) => colour(`--ctg-serie-${rank}`)),
        xaxis: axis(colour),
        yaxis: axis(colour),
        legend: { orientation: "h", x: 0, xanchor: "left", y: -0.15, yanchor: "top" },
        margin: { l: 8, r: 12, t: 16, b: 8 },
        hoverlabel: { font: { ...font, color: colour("--ctg-fond") }, bgcolor: text, bordercolor: text },
      },
    };
  }

  /* Returns the data and layout of a chart; colours are those in force at `scope`. */
  ctgsite.specification = (chart, scope = document.body) => {
    const colour = styleOf(scope);
    const { data, layout } = JSON.parse(chart.querySelector("script").textContent);
    const whole = { dragmode: false, separators: ",\u202f", autosize: true, ...layout };
    ctgsite.retouches.forEach((retouch) => retouch(chart, { data, layout: whole }));
    whole.template = { ...template(colour), ...layout?.template };
    return coloured({ data, layout: whole }, colour);
  };

  /* Calls `use` with a place of the page where the light scheme is in force: paper, images. */
  ctgsite.inLight = (use) => {
    const place = document.createElement("div");
    place.dataset.mdColorScheme = "default";
    place.hidden = true;
    document.body.append(place);
    try {
      return use(place);
    } finally {
      place.remove();
    }
  };
})();
