/* Folds the tables that stand open without this script and are long, or say again what is written
   beside them; but for the one that the address asks for. */
(() => {
  "use strict";

  for (const fold of document.querySelectorAll("details.ctg-pli, .ctg-petit details.ctg-donnees")) {
    fold.open = location.hash === `#${fold.id}`;
    fold.dataset.etat = "plie";
  }
})();
