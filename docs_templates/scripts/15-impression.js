/* Paper is light, and shows the charts that the reader never came near.

   A browser prints as soon as it has said so: where the library is not there yet, printing asked by
   the keyboard waits for it; asked otherwise, the tables, which the theme opens on paper, stand in. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const WIDTH = 560; // CSS pixels: 148 mm, within wide margins of an A4 page
  if (!ctgsite.charts.length) return;

  const body = document.body;
  let scheme;

  ctgsite.retouches.push((chart, { layout }) => {
    if (ctgsite.printing) Object.assign(layout, { autosize: false, width: WIDTH });
  });

  addEventListener("beforeprint", () => {
    scheme ??= body.dataset.mdColorScheme;
    if (scheme) body.dataset.mdColorScheme = "default";
    ctgsite.printing = true;
    if (window.Plotly) ctgsite.charts.forEach((chart) => ctgsite.draw(chart));
    else ctgsite.drawAll(); // for the next time
  });

  addEventListener("afterprint", () => {
    ctgsite.printing = false;
    if (scheme) body.dataset.mdColorScheme = scheme;
    scheme = undefined;
    ctgsite.redraw();
  });

  addEventListener("keydown", async (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "p";
    if (!asked || window.Plotly) return;
    event.preventDefault();
    await ctgsite.drawAll();
    print();
  });

  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) ctgsite.drawAll();
  });
})();
