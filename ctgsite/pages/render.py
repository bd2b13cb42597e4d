"""From a Diagnostic to the pages of one site: the table of contents, in the order of the menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages import legal
from ctgsite.pages.chain_check import check_chain
from ctgsite.pages.columns import COLUMNS, STATUSES
from ctgsite.pages.commune_pages import commune_pages
from ctgsite.pages.convention import (
    approach,
    brief,
    editions,
    evaluation,
    falc,
    participation,
    plan,
    priorities,
    supply,
    thread,
)
from ctgsite.pages.data_notes import WHOLE, citation
from ctgsite.pages.method import method_themes, method_views
from ctgsite.pages.model import Asset, Page
from ctgsite.pages.peers_table import peers_table
from ctgsite.pages.renderer import REFERENCES, Renderer
from ctgsite.pages.shelf import shelf_of
from ctgsite.pages.story import story
from ctgsite.pages.templates import make_environment
from ctgsite.pages.theme_page import theme_page
from ctgsite.pages.view import SiteView


def render_pages(
    diagnostic: Diagnostic, templates: Path | Sequence[Path], downloads: Sequence[Asset] = ()
) -> tuple[Page, ...]:
    """Return every page of a site.

    Args:
        diagnostic: all that the site says.
        templates: `docs_templates` folders; the files of later ones win.
        downloads: the files of figures, whose sizes their page tells.
    """
    renderer = Renderer(SiteView(diagnostic), make_environment(templates))
    pages = (
        renderer.page("synthese", "", "Synthèse", wide=True, **story(renderer.view)),
        *(theme_page(renderer, theme) for theme in diagnostic.themes),
        *commune_pages(renderer),
        *approach.pages(renderer),
        *participation.pages(renderer),
        *supply.pages(renderer),
        *priorities.pages(renderer),
        *plan.pages(renderer),
        *thread.pages(renderer),
        *evaluation.pages(renderer),
        *editions.pages(renderer),
        *brief.pages(renderer),
        *falc.pages(renderer),
        *_reference_pages(renderer, downloads),
    )
    check_chain(renderer.view, pages)
    return pages


def _reference_pages(renderer: Renderer, downloads: Sequence[Asset]) -> Iterator[Page]:
    diagnostic = renderer.view.diagnostic
    yield renderer.page(
        "donnees",
        "donnees",
        "Données",
        section=REFERENCES,
        shelf=shelf_of(diagnostic, downloads),
        columns=COLUMNS,
        statuses=STATUSES,
        citation=citation(diagnostic, WHOLE, diagnostic.sources),
    )
    yield renderer.page(
        "methode",
        "methode",
        "Méthode",
        section=REFERENCES,
        views=method_views(diagnostic),
        themes=method_themes(diagnostic),
        peers_table=peers_table(diagnostic),
    )
    yield renderer.page("glossaire", "glossaire", "Glossaire", section=REFERENCES)
    yield from legal.pages(renderer)
