/* The tools under a figure: its data as CSV, its address; other scripts add theirs.

   A tool is a button with `data-outil`; what it did is told beside it, and to screen readers. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const TOLD = 6000; // milliseconds
  const SEPARATOR = ";"; // what spreadsheets set to French expect, with the mark of UTF-8
  const UTF8_MARK = "\ufeff";

  /* Functions of a figure, by tool; each returns, or promises, what to tell. */
  ctgsite.tools = { csv: downloadTable, lien: copyAddress };

  ctgsite.tell = (figure, text) => {
    const status = figure.querySelector(".ctg-outils [role=status]");
    if (!status) return;
    status.textContent = text;
    clearTimeout(status.timer);
    status.timer = setTimeout(() => { status.textContent = ""; }, TOLD);
  };

  ctgsite.fileName = (figure, suffix) => {
    const site = document.getElementById("ctgsite-script")?.dataset.territoire;
    return `${[site, figure.getAttribute("aria-labelledby")].filter(Boolean).join("-")}.${suffix}`;
  };

  ctgsite.save = (name, content, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  ctgsite.addressOf = (figure) => {
    const address = new URL(location.href);
    address.hash = figure.getAttribute("aria-labelledby");
    return address.href;
  };

  /* A cell as a spreadsheet reads it: plain spaces, never a formula. */
  function written(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("br").forEach((br) => br.replaceWith(" ; "));
    let text = copy.textContent.replace(/\s+/g, " ").trim();
    if (/^[=@\t]|^[+\-](?!\s?\d)/.test(text)) text = `'${text}`;
    return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function downloadTable(figure) {
    const rows = [...figure.querySelectorAll("table tr")];
    const lines = rows.map((row) => [...row.cells].map(written).join(SEPARATOR));
    ctgsite.save(ctgsite.fileName(figure, "csv"), `${UTF8_MARK}${lines.join("\r\n")}\r\n`, "text/csv;charset=utf-8");
    return "Tableau téléchargé.";
  }

  /* Where the browser gives no way to copy, the address is shown, selected. */
  async function copyAddress(figure) {
    const address = ctgsite.addressOf(figure);
    try {
      await navigator.clipboard.writeText(address);
      return "Lien copié.";
    } catch {
      showAddress(figure, address);
      return "Adresse sélectionnée : copiez-la avec Ctrl + C.";
    }
  }

  function showAddress(figure, address) {
    const row = figure.querySelector(".ctg-outils");
    const field = row.querySelector("input") ?? document.createElement("input");
    Object.assign(field, { className: "ctg-adresse", readOnly: true, type: "text", value: address });
    field.setAttribute("aria-label", "Adresse de la figure");
    row.append(field);
    field.focus();
    field.select();
  }

  /* Where the site's public address is not known, the mail gives the one that the reader sees. */
  function completeReport(link) {
    const figure = link.closest("figure");
    const place = encodeURIComponent(link.dataset.adresse);
    link.href = link.href.replace(place, encodeURIComponent(ctgsite.addressOf(figure)));
    delete link.dataset.adresse;
  }

  document.addEventListener("click", async ({ target }) => {
    const report = target.closest("a[data-adresse]");
    if (report) completeReport(report);
    const button = target.closest("button[data-outil]");
    const figure = button?.closest("figure");
    const use = figure && ctgsite.tools[button.dataset.outil];
    if (!use) return;
    try {
      ctgsite.tell(figure, await use(figure));
    } catch (error) {
      ctgsite.tell(figure, `Impossible : ${error.message}.`);
    }
  });
})();
