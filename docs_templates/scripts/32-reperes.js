/* How a benchmark comes forward in a chart: never by colour alone, and the figures stay as they are.

   A row gets a bold title with a mark, its bar a dark outline, and the territory's bar a line where
   the benchmark's ends; a line gets thicker and bears its name. Where there is room for the outline of
   one benchmark only, the chosen one takes the place. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const { plain, titlesIn } = ctgsite.benchmark;
  const MARK = "▸\u00a0";
  const INK = "var(--ctg-texte)";
  const FILL = "var(--ctg-serie-3)";
  const CHARACTER = 8; // pixels

  const each = (value, count) => (Array.isArray(value) ? [...value] : Array(count).fill(value));
  const axisOf = (bar) => bar.yaxis ?? "y";
  const horizontal = (bar) => `xaxis${(bar.xaxis ?? "x").slice(1)}`; // its key in the layout

  function outline(bar, at, width) {
    const count = bar.y.length;
    const line = bar.marker.line ?? {};
    const widths = each(line.width ?? 0, count);
    const colours = each(line.color ?? INK, count);
    widths[at] = width;
    colours[at] = INK;
    bar.marker.line = { ...line, width: widths, color: colours };
  }

  /* Draws on the territory's bar, the first, where the benchmark's ends. */
  function reference(chart, bar, at, layout) {
    const [first] = bar.y;
    const half = (bar.width ?? 0.8) / 2 + 0.08;
    const place = { xref: bar.xaxis ?? "x", yref: axisOf(bar), x0: bar.x[at], x1: bar.x[at], y0: first - half, y1: first + half };
    layout.shapes = [...(layout.shapes ?? []), { type: "line", line: { color: INK, width: 3 }, layer: "above", ...place }];
    if (hides(chart, bar, at, layout)) makeRoom(bar, at, layout, place);
  }

  /* Whether the line would cross the figure written at the end of the territory's bar. */
  function hides(chart, bar, at, layout) {
    const range = layout[horizontal(bar)]?.range;
    const gap = bar.x[at] - bar.x[0];
    if (!range || bar.x[0] < 0 || gap <= 0) return false;
    const width = (bar.text[0].length + 1) * CHARACTER;
    return (gap / (range[1] - range[0])) * chart.clientWidth < width;
  }

  /* Writes the territory's figure beyond the line. */
  function makeRoom(bar, at, layout, { xref, yref }) {
    const note = { text: bar.text[0], x: bar.x[at], y: bar.y[0], xref, yref, xanchor: "left", xshift: 5, showarrow: false };
    layout.annotations = [...(layout.annotations ?? []), note];
    bar.text = ["", ...bar.text.slice(1)];
  }

  function bringRow(chart, note, data, layout) {
    note.text = `<b>${MARK}${note.text.replace(/<\/?b>/g, "")}</b>`;
    const bars = data.filter((trace) => trace.type === "bar" && trace.orientation === "h" && axisOf(trace) === note.yref);
    for (const bar of bars) {
      const at = bar.y.indexOf(note.y);
      if (at < 0) continue;
      outline(bar, at, 2);
      if (bars.length > 1 || !at) continue;
      bar.marker.color = each(bar.marker.color, bar.y.length);
      bar.marker.color[at] = FILL;
      reference(chart, bar, at, layout);
    }
  }

  /* A line, or the one point that a benchmark has beside the line of the territory. */
  function bringLine(trace, named) {
    const last = trace.x.length - 1;
    const name = `<b>${MARK}${trace.name}</b>`;
    if (trace.line) trace.line = { ...trace.line, width: 4, color: INK };
    trace.marker = { ...trace.marker, size: last ? 9 : 12, color: INK, line: { color: INK, width: 2 } };
    if (named) return;
    trace.mode = trace.mode.includes("lines") ? "lines+markers+text" : "markers+text";
    trace.text = trace.x.map((_, at) => (at === last ? name : ""));
    trace.textposition = last ? "top left" : "middle left";
    trace.cliponaxis = false;
    trace.name = name;
  }

  /* What a table calls a line: its own name, or the one that it declares. */
  const titleOf = (trace) => plain(trace.meta ?? trace.name ?? "");

  function takePlace(data, names) {
    if (!data.some((trace) => trace.visible === false && names.includes(titleOf(trace)))) return;
    for (const trace of data) if ("visible" in trace) trace.visible = names.includes(titleOf(trace));
  }

  /* A name that a chart declares stands wherever it likes; others are titles of rows. */
  const isRow = (note) => Boolean(note.name) || (typeof note.y === "number" && note.yref !== "paper");

  ctgsite.retouches.push((chart, { data, layout }) => {
    const names = titlesIn(chart.closest("figure"));
    if (!names.length) return;
    for (const note of [...(layout.annotations ?? [])]) {
      if (isRow(note) && names.includes(plain(note.name ?? decoded(note.text)))) bringRow(chart, note, data, layout);
    }
    const told = new Set((layout.annotations ?? []).map((note) => note.name)); // beside their line
    takePlace(data, names);
    for (const trace of data) {
      if (trace.type === "scatter" && !trace.fill && names.includes(titleOf(trace))) bringLine(trace, told.has(trace.name) || "visible" in trace);
    }
  });

  function decoded(text) {
    const area = document.createElement("textarea");
    area.innerHTML = text;
    return area.value;
  }
})();
