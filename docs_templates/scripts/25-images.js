/* A chart as an image that stands alone: its title, its territory and its source are written in it.

   Images are drawn in the light scheme, on white, at one width whatever the screen. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const WIDTH = 900;
  const MARGIN = 24;
  const SCALE = 2; // pixels of a PNG for one of the drawing
  const SVG = "http://www.w3.org/2000/svg";
  const STYLES = {
    title: { size: 22, weight: 700, step: 28, colour: "--ctg-texte" },
    name: { size: 15, weight: 400, step: 21, colour: "--ctg-texte-doux" },
    source: { size: 12, weight: 400, step: 17, colour: "--ctg-texte-doux" },
  };

  function element(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const textOf = (node) => {
    const copy = node?.cloneNode(true);
    copy?.querySelectorAll(".headerlink, a:not([href^=http])").forEach((link) => link.remove());
    return (copy?.textContent ?? "").replace(/\s+/g, " ").replace(/[ ·]+$/, "").trim();
  };

  /* What is written around a chart: its finding, what it counts, where; who published it. */
  function words(figure, chart) {
    const heading = textOf(document.getElementById(figure.getAttribute("aria-labelledby")));
    const site = document.getElementById("ctgsite-script").dataset.nom;
    const page = textOf(document.querySelector("article h1"));
    const place = [...new Set([site, page])].filter(Boolean).join(" · ");
    const name = chart.dataset.nom;
    const address = location.protocol === "file:" ? "" : ctgsite.addressOf(figure);
    return {
      title: heading || name,
      name: [name === heading ? "" : name, place].filter(Boolean).join(" – "),
      source: [textOf(figure.querySelector(".ctg-source")), address],
    };
  }

  /* Cuts a text into the lines that the image has room for. */
  function lines(text, { size, weight }) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
    const found = [""];
    for (const word of text.split(" ")) {
      const longer = `${found.at(-1)} ${word}`.trim();
      if (pen.measureText(longer).width > WIDTH - 2 * MARGIN) found.push(word);
      else found[found.length - 1] = longer;
    }
    return found.filter(Boolean);
  }

  /* Writes a text from a height down; returns the height under it. */
  function write(svg, text, style, top) {
    for (const line of lines(text, style)) {
      top += style.step;
      const fill = ctgsite.inLight((light) => getComputedStyle(light).getPropertyValue(style.colour).trim());
      const place = { x: MARGIN, y: top, "font-size": style.size, "font-weight": style.weight, fill };
      svg.append(element("text", place, line));
    }
    return top;
  }

  async function picture(figure) {
    const chart = figure.querySelector(".ctg-graphique");
    const Plotly = await ctgsite.load();
    const { data, layout } = ctgsite.inLight((light) => ctgsite.specification(chart, light));
    const height = layout.height ?? 400;
    const size = { width: WIDTH - 2 * MARGIN, height };
    const drawn = { data, layout: { ...layout, ...size, autosize: false }, config: { locale: "fr" } };
    const source = await Plotly.toImage(drawn, { format: "svg", imageDataOnly: true, ...size });
    const { title, name, source: credits } = words(figure, chart);

    const svg = element("svg", { xmlns: SVG, width: WIDTH, "font-family": getComputedStyle(document.body).fontFamily });
    svg.append(element("title", {}, title), element("rect", { width: "100%", height: "100%", fill: "#ffffff" }));
    const top = write(svg, name, STYLES.name, write(svg, title, STYLES.title, MARGIN / 2)) + MARGIN / 2;
    const inner = document.importNode(new DOMParser().parseFromString(source, "image/svg+xml").documentElement, true);
    const place = element("g", { transform: `translate(${MARGIN} ${top})` });
    place.append(inner);
    svg.append(place);
    const whole = credits.reduce((down, text) => write(svg, text, STYLES.source, down), top + height) + MARGIN / 2;
    svg.setAttribute("height", whole);
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${whole}`);
    return { text: new XMLSerializer().serializeToString(svg), height: whole };
  }

  function painted({ text, height }) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => {
        const canvas = document.createElement("canvas");
        Object.assign(canvas, { width: WIDTH * SCALE, height: height * SCALE });
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("image trop grande"))), "image/png");
      };
      image.onerror = () => reject(new Error("image illisible"));
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    });
  }

  ctgsite.tools.svg = async (figure) => {
    ctgsite.save(ctgsite.fileName(figure, "svg"), (await picture(figure)).text, "image/svg+xml");
    return "Image SVG téléchargée.";
  };

  ctgsite.tools.png = async (figure) => {
    ctgsite.save(ctgsite.fileName(figure, "png"), await painted(await picture(figure)), "image/png");
    return "Image PNG téléchargée.";
  };
})();
