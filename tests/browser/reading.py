"""How tests read a site: visits that note every fault, searches, axe, and a server."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PARTS = {"exclude": [[".main-svg text"]]}  # words on charts: their colours have their own tests
# The shadows that say a table goes on hide from axe what the colour under its words is.
FLAT = ".ctg-defile { background-image: none !important; }"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # off unless asked for
}


class Visit:
    """A page being read, with everything that went wrong and every request that left the site."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.faults: list[str] = []
        self.strangers: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", self._miss)
        context.route("**/*", self._let_through)

    def open(self, path: str = "index.html") -> Page:
        """Open a page of the site."""
        self.page.goto(self.home + path)
        return self.page

    def draw_all(self) -> None:
        """Scroll to each chart in turn and wait until it is drawn."""
        self.page.mouse.move(1, 1)  # a reader is there
        for chart in self.page.locator(".ctg-graphique").all():
            chart.scroll_into_view_if_needed()
            chart.locator("svg.main-svg").first.wait_for(timeout=10_000)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _miss(self, request: Request) -> None:
        # Leaving a page while its search still loads ends a request: that is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.url}: {request.failure}")

    def _let_through(self, route: Route) -> None:
        ours, asked = urlsplit(self.home), urlsplit(route.request.url)
        if asked.scheme in ("data", "blob", "about") or ours[:2] == asked[:2]:
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()


def search(made: Visit, words: str) -> list[str]:
    """Type words in the search box once it is ready; return the addresses of the results."""
    made.page.locator(".md-search__input").click()
    made.page.get_by_text("Taper pour démarrer la recherche").wait_for(timeout=10_000)
    made.page.locator(".md-search__input").press_sequentially(words, delay=20)
    made.page.locator(".md-search-result__link").first.wait_for(timeout=10_000)
    links = made.page.locator(".md-search-result__link")
    return [link.get_attribute("href") or "" for link in links.all()]


def page_types(site: Path) -> list[str]:
    """Return one page of each type that a site has: its templates, each opened once."""
    inner = ("actions", "communes", "editions", "evaluation", "participation", "thematiques")
    found = [site / "index.html", *sorted(site.glob("*/index.html"))]
    for part in inner:
        found += sorted(site.glob(f"{part}/*/index.html"))[:1]
    return [str(path.relative_to(site)) for path in found]


def violations(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """Return what axe holds against the page as it stands: WCAG 2.2 AA and its best practices.

    `only` names the rules to run, all of them where it is empty.
    """
    rules = {"runOnly": {"type": "rule", "values": only}} if only else RULES
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
        page.add_style_tag(content=FLAT)
    found = page.evaluate(
        "([parts, rules]) => axe.run(parts, rules).then(found => found.violations)", [PARTS, rules]
    )
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class serving:  # noqa: N801 - reads as a verb where it is used
    """Serve a folder on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        handler = partial(_Quiet, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
