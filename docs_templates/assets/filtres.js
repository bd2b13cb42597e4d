/* Narrows the list of fiches actions to what the reader chooses, and keeps the choice in the address.

   All fiches stand in the page; without this script they are all shown, and the form stays hidden. */
(() => {
  "use strict";

  const SEPARATOR = "|";
  const EVERYWHERE = "*";

  const form = document.querySelector(".ctg-filtres");
  const told = document.querySelector(".ctg-filtres__compte");
  const rows = [...document.querySelectorAll(".ctg-fiches > .ctg-fiche")];
  if (!form || !told) return;

  const fields = [...form.querySelectorAll("select")];

  function matches(row, field) {
    if (!field.value) return true;
    const values = (row.dataset[field.name] ?? "").split(SEPARATOR);
    return values.includes(field.value) || values.includes(EVERYWHERE);
  }

  function tell(count) {
    const noun = count < 2 ? told.dataset.un : told.dataset.plusieurs;
    const whole = count === rows.length ? "" : ` sur ${rows.length}`;
    told.textContent = `${count}\u00a0${noun}${whole}`;
  }

  function narrow() {
    let count = 0;
    for (const row of rows) {
      row.hidden = !fields.every((field) => matches(row, field));
      if (!row.hidden) count += 1;
    }
    tell(count);
  }

  /* A folder opened from disk may refuse a new address: the list is narrowed all the same. */
  function remember() {
    const address = new URL(location.href);
    for (const field of fields) {
      if (field.value) address.searchParams.set(field.name, field.value);
      else address.searchParams.delete(field.name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // nothing to do: only the address is lost
    }
  }

  /* A value that is not offered leaves its choice open. */
  function recall() {
    const asked = new URL(location.href).searchParams;
    for (const field of fields) {
      const value = asked.get(field.name) ?? "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
  }

  form.addEventListener("change", () => {
    narrow();
    remember();
  });
  form.addEventListener("reset", () => {
    // the fields are emptied once this event is over
    setTimeout(() => {
      narrow();
      remember();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", () => {
    recall();
    narrow();
  });

  recall();
  form.hidden = false;
  told.hidden = false;
  narrow();
})();
