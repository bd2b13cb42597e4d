/* Paper is light, and says where the page was read. Pages with charts turn light as they draw them. */
(() => {
  "use strict";

  const { body, documentElement: root } = document;
  const online = location.protocol.startsWith("http");
  const charts = document.querySelector(".ctg-graphique");
  let scheme;

  addEventListener("beforeprint", () => {
    if (online && !getComputedStyle(root).getPropertyValue("--ctg-papier-adresse")) {
      root.style.setProperty("--ctg-papier-adresse", JSON.stringify(location.href.split("#")[0]));
    }
    if (charts) return;
    scheme = body.dataset.mdColorScheme;
    if (scheme) body.dataset.mdColorScheme = "default";
  });

  addEventListener("afterprint", () => {
    if (!charts && scheme) body.dataset.mdColorScheme = scheme;
  });
})();
