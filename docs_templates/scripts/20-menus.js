/* Opens and closes the menu and the search by keyboard.

   Material's own controls are labels, which take no focus: buttons stand in their place. While the
   menu is open, the page behind it is out of reach; Escape closes either and gives the focus back. The
   choice of a scheme says which one is chosen. */
(() => {
  "use strict";

  const NAMES = { __drawer: "Menu", __search: "Rechercher" };
  const BEHIND = ".md-banner, .md-header, .md-tabs, .md-content, .md-sidebar--secondary, .md-top, .md-footer";
  const narrow = matchMedia("(max-width: 76.234375em)");

  function standIn(id) {
    const toggle = document.getElementById(id);
    const label = document.querySelector(`.md-header label.md-header__button[for="${id}"]`);
    if (!toggle || !label) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${label.className} ctg-bascule`;
    button.dataset.bascule = id;
    button.setAttribute("aria-label", NAMES[id]);
    button.append(...label.childNodes);
    label.replaceWith(button);
    const follow = () => button.setAttribute("aria-expanded", String(toggle.checked));
    toggle.addEventListener("change", follow);
    follow();
    return { toggle, button };
  }

  function followMenu({ toggle, button }) {
    const menu = document.querySelector(".md-sidebar--primary");
    const isOpen = () => toggle.checked && narrow.matches;
    function follow() {
      document.querySelectorAll(BEHIND).forEach((part) => { part.inert = isOpen(); });
      if (isOpen()) menu?.querySelector("a[href]")?.focus();
    }
    function close() {
      toggle.click();
      button.focus();
    }
    button.addEventListener("click", () => toggle.click());
    toggle.addEventListener("change", follow);
    narrow.addEventListener("change", follow);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen()) close();
    });
  }

  function followSearch({ toggle, button }) {
    const field = document.querySelector(".md-search__input");
    const box = document.querySelector(".md-search__inner");
    if (!field || !box) return;
    box.tabIndex = -1;
    button.addEventListener("click", () => {
      if (!toggle.checked) toggle.click();
      field.focus();
    });
    // Material closes the search and lets the focus go: it comes back where the search stands.
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked) return;
      setTimeout(() => (button.offsetParent ? button : box).focus());
    }, { capture: true });
  }

  /* The option whose name is shown is the one that is chosen, and that takes the focus. */
  function followPalette() {
    const options = [...document.querySelectorAll(".md-option")];
    const mark = () => {
      const shown = options.find((option) => option.nextElementSibling?.hidden === false);
      if (shown) shown.checked = true;
    };
    const form = options[0]?.closest("form");
    if (!form) return;
    new MutationObserver(mark).observe(form, { attributeFilter: ["hidden"], subtree: true });
    mark();
  }

  followPalette();
  const menu = standIn("__drawer");
  if (menu) followMenu(menu);
  const search = standIn("__search");
  if (search) followSearch(search);
})();
