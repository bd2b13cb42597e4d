"""Prints a document with the Chromium of this machine, once all its charts are drawn."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctgsite.errors import Problem, PublicationError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

Print = Callable[[Mapping[str, int]], bytes]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that stands ready.

    Attributes:
        print: Takes the page of each name that links go to, and returns a PDF.
        missing: The charts that could not be drawn.
        headings: The headings in their order, each with the bookmark that it deserves.
    """

    print: Print
    missing: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]


_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_CHANNELS = (None, "chrome", "msedge")  # Playwright's own Chromium, then the systems' browsers
_PATIENCE = 30_000  # milliseconds for one chart
_PAPER = {"width": 658, "height": 1000}  # the text of an A4 page within its margins, in CSS pixels
_FLAGS = ("--disable-background-networking", "--no-first-run", "--allow-file-access-from-files")

_DRAW = """async (patience) => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  const missing = [];
  for (const chart of document.querySelectorAll(".ctg-graphique")) {
    const limit = performance.now() + patience;
    const done = () => chart.querySelector(".main-svg") && chart.dataset.etat === "dessine";
    chart.scrollIntoView();
    dispatchEvent(new Event("scroll"));
    while (!done() && chart.dataset.etat !== "echec" && performance.now() < limit) await pause();
    if (!done()) missing.push(chart.dataset.nom);
  }
  await document.fonts.ready;
  return missing;
}"""
# Once drawn, the document is printed without its scripts, which would draw every chart again each
# time. Rules that the library added by itself are written down, or they would be lost; a chart that
# answers no key any more is an image with a name.
_STILL = """() => {
  for (const chart of document.querySelectorAll(".ctg-graphique")) {
    for (const name of chart.getAttributeNames()) {
      if (name.startsWith("aria-") || name === "tabindex") chart.removeAttribute(name);
    }
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", `Graphique : ${chart.dataset.nom}`);
    chart.querySelector(".ctg-surface")?.removeAttribute("aria-hidden");
  }
  for (const style of document.querySelectorAll("style")) {
    const rules = [...style.sheet.cssRules].map((rule) => rule.cssText);
    if (!style.textContent) style.textContent = rules.join(" ");
  }
  for (const script of document.querySelectorAll("script")) script.remove();
  return "<!doctype html>" + document.documentElement.outerHTML;
}"""
_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => {
  const text = heading.textContent.replace(/\\s+/g, " ").trim();
  const chapter = heading.closest(".doc-chapitre");
  const first = chapter?.querySelector("h1, h2") === heading;
  return [text, first ? chapter.dataset.titre : text];
})"""
_NUMBER = """(pages) => {
  for (const link of document.querySelectorAll("a[data-renvoi]")) {
    link.dataset.page = pages[decodeURIComponent(link.getAttribute("href").slice(1))] ?? "000";
  }
}"""


@contextmanager
def opened(document: Path) -> Iterator[Opened]:
    """Open a document, and draw its charts.

    Raises:
        PublicationError: Chromium, or the library that drives it, is not installed or fails.
    """
    with _playwright() as playwright, _browser(playwright) as browser:
        from playwright.sync_api import Error

        try:
            page = browser.new_page(viewport=_PAPER, color_scheme="light", locale="fr-FR")  # type: ignore[arg-type]
            page.context.set_offline(True)
            page.goto(document.as_uri())
            missing = tuple(page.evaluate(_DRAW, _PATIENCE))
            still = document.with_name(f"fixe-{document.name}")
            still.write_text(page.evaluate(_STILL), encoding="utf-8")
            page.goto(still.as_uri())
            headings = tuple((text, mark) for text, mark in page.evaluate(_HEADINGS))
            yield Opened(lambda pages: _printed(page, pages), missing, headings)
        except Error as error:
            first = error.message.partition("\n")[0]
            message = f"Chromium n’a pas pu imprimer le document : {first}"
            raise PublicationError(Problem(message)) from error


def _printed(page: Page, pages: Mapping[str, int]) -> bytes:
    page.evaluate(_NUMBER, dict(pages))
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


@contextmanager
def _playwright() -> Iterator[Playwright]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        message = "« ctgsite pdf » a besoin de Playwright : lancez « pip install 'ctgsite[pdf]' »"
        raise PublicationError(Problem(message)) from error
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def _browser(playwright: Playwright) -> Iterator[Browser]:
    from playwright.sync_api import Error

    browser = None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    for path, channel in ((found, None),) if found else ((None, name) for name in _CHANNELS):
        try:
            browser = playwright.chromium.launch(
                executable_path=path, channel=channel, args=list(_FLAGS)
            )
            break
        except Error:
            continue
    if browser is None:
        message = (
            "Chromium est introuvable : installez-le (« sudo apt install chromium » sous Debian ou "
            "Ubuntu, « playwright install chromium » ailleurs), puis relancez la commande"
        )
        raise PublicationError(Problem(message))
    try:
        yield browser
    finally:
        browser.close()
