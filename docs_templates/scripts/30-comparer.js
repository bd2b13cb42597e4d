/* “Comparer à”: brings one benchmark forward in every table and chart of the page.

   The choice stands in the address (`?comparer=departement`), is remembered, and follows the links of
   the site. A table says by `data-repere` which of its rows and columns are benchmarks, and by their
   titles which rows and lines of its chart are theirs. */
(() => {
  "use strict";

  const { ctgsite } = window;
  const NAME = "comparer";
  const LEVELS = { epci: "intercommunalité", departement: "département", region: "région", france: "", comparables: "" };

  const article = document.querySelector("article");
  const titles = [...(article?.querySelectorAll("th[data-repere]") ?? [])];

  const plain = (text) => text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();
  const asked = () => known(new URL(location.href).searchParams.get(NAME));
  const known = (level) => (Object.hasOwn(LEVELS, level ?? "") ? level : "");

  function remembered() {
    try {
      return known(localStorage.getItem(`ctgsite.${NAME}`));
    } catch {
      return "";
    }
  }

  function remember(level) {
    try {
      localStorage.setItem(`ctgsite.${NAME}`, level);
    } catch {
      // A reader who refuses to store anything still has the address.
    }
  }

  function withLevel(address, level) {
    const url = new URL(address, location.href);
    if (level) url.searchParams.set(NAME, level);
    else url.searchParams.delete(NAME);
    return url.href;
  }

  let chosen = asked() || remembered();
  ctgsite.benchmark = {
    /* The titles under which the chosen benchmark stands in a figure; none on paper. */
    titlesIn(figure) {
      if (!chosen || ctgsite.printing) return [];
      return [...figure.querySelectorAll(`th[data-repere="${chosen}"]`)].map((th) => plain(th.textContent));
    },
    plain,
  };

  function markTables() {
    for (const th of titles) {
      const brought = th.dataset.repere === chosen;
      if (brought) th.setAttribute("aria-current", "true");
      else th.removeAttribute("aria-current");
      const rows = th.scope === "col" ? [...th.closest("table").tBodies].flatMap((body) => [...body.rows]) : [];
      const cells = th.scope === "col" ? rows.map((row) => row.cells[th.cellIndex]) : [...th.parentElement.cells];
      for (const cell of [th, ...cells]) cell?.classList.toggle("ctg-choisi", brought);
    }
  }

  function show(level) {
    chosen = level;
    markTables();
    ctgsite.redraw?.();
    if (select) select.value = [...select.options].some((option) => option.value === level) ? level : "";
  }

  /* A folder opened from disk may refuse a new address: the benchmark comes forward all the same. */
  function write(level, method) {
    try {
      history[method](history.state, "", withLevel(location.href, level));
    } catch {
      // Nothing is lost but the address.
    }
  }

  function optionsOf() {
    const names = new Map();
    for (const th of titles) {
      if (known(th.dataset.repere) && !names.has(th.dataset.repere)) names.set(th.dataset.repere, plain(th.textContent));
    }
    const found = Object.keys(LEVELS).filter((level) => names.has(level));
    return found.map((level) => {
      const name = names.get(level).replace(/, \d{4}.*$/, "");
      return new Option(LEVELS[level] ? `${name} (${LEVELS[level]})` : name, level);
    });
  }

  function control() {
    const options = optionsOf();
    if (!options.length) return null;
    const place = article.querySelector(".ctg-comparer") ?? document.createElement("div");
    place.className = "ctg-comparer";
    place.innerHTML = '<label for="ctg-comparer">Comparer à</label><select id="ctg-comparer"></select><span role="status"></span>';
    const made = place.querySelector("select");
    made.append(new Option("tous les territoires", ""), ...options);
    if (!place.isConnected) article.querySelector(".ctg-bloc, .ctg-defile")?.before(place);
    made.addEventListener("change", () => {
      write(made.value, "pushState");
      remember(made.value);
      show(made.value);
      const name = made.selectedOptions[0].textContent;
      place.querySelector("[role=status]").textContent = made.value ? `Mis en avant : ${name}` : "";
    });
    return made;
  }

  const select = article && control();

  addEventListener("popstate", () => {
    remember(asked());
    show(asked());
  });

  /* The links of the site carry the choice, however they are followed. */
  function carry({ target }) {
    const link = target.closest?.("a[href]");
    if (!link || !chosen || link.hasAttribute("download")) return;
    const root = new URL(window.__md_scope ?? ".", location.href).href;
    if (link.href.startsWith(root) && /\.html$/.test(new URL(link.href).pathname)) link.href = withLevel(link.href, chosen);
  }
  for (const way of ["click", "auxclick", "contextmenu"]) document.addEventListener(way, carry, true);

  if (chosen) {
    if (!asked()) write(chosen, "replaceState");
    show(chosen);
  }
})();
