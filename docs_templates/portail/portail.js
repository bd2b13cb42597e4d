(() => {
  "use strict";
  const items = [...document.querySelectorAll(".liste li[data-slug]")];
  const places = new Map([...document.querySelectorAll(".carte a")].map((place) => [place.dataset.slug, place]));
  const box = document.querySelector(".recherche");
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const caption = document.querySelector(".nom-survole");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[-’']/g, " ").replaceAll("œ", "oe");

  function filter() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const kept = words.every((word) => item.dataset.mots.includes(word));
      item.hidden = !kept;
      places.get(item.dataset.slug)?.classList.toggle("efface", !kept);
      shown += kept;
    }
    status.textContent = !words.length ? "" : shown === 0 ? "Aucun territoire ne correspond."
      : shown === 1 ? "1 territoire correspond." : `${shown} territoires correspondent.`;
  }

  function link(item) {
    const place = places.get(item.dataset.slug);
    if (!place) return;
    const show = (on) => {
      item.classList.toggle("actif", on);
      place.classList.toggle("actif", on);
      caption.textContent = on ? item.querySelector("a").textContent : "";
    };
    for (const element of [item, place]) {
      element.addEventListener("pointerenter", () => show(true));
      element.addEventListener("pointerleave", () => show(false));
      element.addEventListener("focusin", () => show(true));
      element.addEventListener("focusout", () => show(false));
    }
  }

  if (!items.length) return;
  box.hidden = false;
  input.addEventListener("input", filter);
  items.forEach(link);
})();
