"""The system's Chromium, shut off from every other host, and the sites that it opens."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))

from sample_site import ASSETS, CARD, PAGES, SPEC

from ctgsite.site.build import build_site
from ctgsite.site.portal import write_portal
from ctgsite.site.resources import find_resources

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run"]
FRANCE = (((-4.8, 42.3), (8.2, 42.3), (8.2, 51.1), (-4.8, 51.1), (-4.8, 42.3)),)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page being read, with everything that went wrong and every request that left the site."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.faults: list[str] = []
        self.strangers: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        context.route("**/*", self._let_through)

    def open(self, path: str = "index.html") -> Page:
        """Open a page of the site."""
        self.page.goto(self.home + path)
        return self.page

    def draw_all(self) -> None:
        """Scroll to each chart in turn and wait until it is drawn."""
        for chart in self.page.locator(".ctg-graphique").all():
            chart.scroll_into_view_if_needed()
            chart.locator("svg.main-svg").first.wait_for(timeout=10_000)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _let_through(self, route: Route) -> None:
        ours, asked = urlsplit(self.home), urlsplit(route.request.url)
        if asked.scheme in ("data", "blob", "about") or ours[:2] == asked[:2]:
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[partial[Visit]]:
    """Start visits: `visit(home, viewport=…, java_script_enabled=…)`; none may leave its site."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def start(home: str, **options: object) -> Visit:
        contexts.append(chromium.new_context(**options))  # type: ignore[arg-type]
        visits.append(Visit(contexts[-1], home))
        return visits[-1]

    yield start  # type: ignore[misc]
    for context in contexts:
        context.close()
    for made in visits:
        assert made.strangers == [], "a request left the site"
        assert made.faults == [], "the console is not quiet"


@pytest.fixture(scope="session")
def sample_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site and its portal."""
    output = tmp_path_factory.mktemp("exemple") / "site"
    resources = find_resources(tmp_path_factory.mktemp("atelier"))
    build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources)
    write_portal(output, resources, FRANCE)
    return output


@pytest.fixture(scope="session")
def sample_home(sample_output: Path) -> Iterator[str]:
    """The sample site's address under a base path, on a server."""
    with serving(sample_output.parent) as address:
        yield f"{address}/{sample_output.name}/val-exemple/"


@pytest.fixture(scope="session")
def reference_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every territory of the checkout, built once by the command itself, and the portal."""
    output = tmp_path_factory.mktemp("reference") / "site"
    command = [
        Path(sys.executable).with_name("ctgsite"),
        "build",
        "--output",
        output,
        "--workers",
        "2",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return output


@pytest.fixture(scope="session")
def reference_address(reference_sites: Path) -> Iterator[str]:
    """The address of the portal of the reference sites, under a base path."""
    with serving(reference_sites.parent) as address:
        yield f"{address}/{reference_sites.name}/"


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
