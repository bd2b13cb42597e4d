"""The parts of a site that a territory's file says validated: `validations`, by part."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ctgsite.config.positions import Document
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem

HOME = "synthese"
THEMES = "thematiques"
EVERYTHING = "toutes"
PARTS = (
    *(HOME, THEMES, "demarche", "participation", "offre", "priorites", "actions", "evaluation"),
    EVERYTHING,
)


def check_page_states(document: Document, themes: Collection[str]) -> Iterator[Problem]:
    """Refuse a part that the site does not have; `themes` are those of the site."""
    written = document.data.get("validations")
    if not isinstance(written, dict):
        return
    valid = (*PARTS, *(f"{THEMES}/{theme}" for theme in sorted(themes)))
    for part in written:
        if part not in valid:
            choices = valid if "/" in part else PARTS
            message = f"partie du site inconnue « {part} »{suggestion(part, choices)}"
            yield document.problem(message, ("validations", part), key=True)
