"""What every page of a site is rendered with: its view, the templates, and the menu's headings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment

from ctgsite.pages.banners import with_notice
from ctgsite.pages.citations import evidence_lines, grounds_of
from ctgsite.pages.descriptions import description_of
from ctgsite.pages.french import typographic
from ctgsite.pages.model import Page
from ctgsite.pages.page_state import with_state
from ctgsite.pages.report_link import report_of
from ctgsite.pages.search_words import WEIGHTS
from ctgsite.pages.templates import tidy, told_in_french
from ctgsite.pages.view import SiteView

THEMES = "Thématiques"
CONVENTION = "La convention"
REFERENCES = "Références"


@dataclass(frozen=True)
class Renderer:
    """Renders each page of one site from its template."""

    view: SiteView
    environment: Environment

    def page(
        self,
        template: str,
        folder: str,
        title: str,
        *,
        section: str = "",
        in_nav: bool = True,
        wide: bool = False,
        **context: Any,
    ) -> Page:
        """Render one page; `folder` is where it stands in the site, "" for the root."""
        path = PurePosixPath(folder) / "index.md"
        root = "../" * (len(path.parts) - 1)
        territory = self.view.diagnostic.territory
        with told_in_french(template):
            markdown = self.environment.get_template(f"{template}.md.j2").render(
                title=title,
                root=root,
                view=self.view,
                diagnostic=self.view.diagnostic,
                territory=territory,
                report_of=partial(report_of, territory, path.with_suffix(".html"), title),
                evidence_lines=partial(evidence_lines, self.view, root=root),
                grounds_of=partial(grounds_of, self.view, root=root),
                **context,
            )
        told = with_state(tidy(typographic(markdown)), territory, folder)
        text = with_notice(told, folder, territory)
        return Page(
            path,
            title,
            text,
            in_nav,
            section,
            wide=wide,
            weight=WEIGHTS.get(template, 1),
            description=description_of(text) if folder else "",  # the home page's is the site's
        )
