"""The system's Chromium, shut off from every other host, and the sites that it opens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from reading import ROOT, Visit, serving

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))

from sample_site import ASSETS, CARD, PAGES, SPEC

from ctgsite.site.build import build_site
from ctgsite.site.portal import write_portal
from ctgsite.site.resources import find_resources

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run"]
FRANCE = (((-4.8, 42.3), (8.2, 42.3), (8.2, 51.1), (-4.8, 51.1), (-4.8, 42.3)),)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


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
    """Every territory of the checkout, built once by the command itself, and the portal.

    CTGSITE_SITES names a folder where they are built already, for who works on these tests.
    """
    if built := os.environ.get("CTGSITE_SITES"):
        return Path(built)
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
