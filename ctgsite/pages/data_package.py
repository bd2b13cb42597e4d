"""The Data Package (Frictionless, version 1) that describes every CSV file of a site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.banners import banner
from ctgsite.pages.columns import KEY, LICENCE, csv_resource, fields_of, source_entry
from ctgsite.pages.data_notes import Subject
from ctgsite.pages.local_tables import local_resource
from ctgsite.pages.survey_files import published_surveys, survey_resource

THEME = "thematiques."  # how the name of a theme’s resource begins; no table’s own has a dot


def package(diagnostic: Diagnostic, themes: Iterable[Subject] = ()) -> dict[str, Any]:
    """Return the description of the whole file, of one file a theme, and of the site's own data."""
    territory = diagnostic.territory
    address = str(territory.public_url or "").rstrip("/")
    return {
        "profile": "tabular-data-package",
        "name": f"ctg-{territory.slug}",
        "title": f"Indicateurs du diagnostic : {territory.name}",
        "description": banner(territory),
        **({"homepage": f"{address}/donnees/index.html"} if address else {}),
        "keywords": ["convention territoriale globale", "diagnostic", territory.name],
        "licenses": [LICENCE],
        "sources": [source_entry(c.producer, c.title, c.page) for c in diagnostic.sources],
        "resources": [
            csv_resource("indicateurs", "indicateurs.csv", "Toutes les thématiques", schema()),
            *(
                csv_resource(
                    f"{THEME}{one.theme}", f"thematiques/{one.theme}.csv", one.title, schema()
                )
                for one in themes
            ),
            *map(local_resource, diagnostic.local_tables),
            *map(survey_resource, published_surveys(diagnostic)),
        ],
    }


def schema() -> dict[str, Any]:
    """Return the schema of a file of figures."""
    return {"fields": fields_of(), "primaryKey": KEY, "missingValues": [""]}
