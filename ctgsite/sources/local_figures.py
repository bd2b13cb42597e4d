"""A territory's own figures → observations of its communes and of itself, small counts masked.

They are read on today's communes, as any producer's. Nothing stands at other levels: a file of one
territory says nothing of its département, and one sum less is one less to subtract from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ctgsite.config.local_figures import LocalFigures
from ctgsite.errors import ConfigError, Problem
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import Geography
from ctgsite.sources.descriptions import Description
from ctgsite.sources.harmonise import harmonise
from ctgsite.sources.levels import sum_communes
from ctgsite.sources.local_masks import Sum, mask
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.panel import NO_ROW, RANK, Column, Panel, empty_panel, to_observations

PREFIX = "local-"
WITHHELD = "secret statistique, gardé par qui a compté"
BLANK = "case laissée vide dans le fichier du territoire"
NO_LINE = "commune absente du fichier du territoire"
ZERO = "commune sans ligne dans le fichier du territoire, lue comme zéro"
TERRITORY = "communes du territoire"


@dataclass(frozen=True)
class LocalObservations:
    """What may be published of a file, and what its description is among those of datasets."""

    description: Description
    observations: Observations


def dataset_of(name: str) -> str:
    """Return the id of the dataset that a territory's file makes."""
    return f"{PREFIX}{name}"


def described(figures: LocalFigures) -> Description:
    """Return a file's description, as those of producers' datasets are written."""
    about = figures.about
    vintage = f"données relevées le {about.date:%d/%m/%Y}"
    columns = {name: one.column for name, one in about.variables.items()}
    group = {
        "annee": "{aaaa}" if about.year is None else str(about.year),
        "millesime": vintage,
        "colonnes": columns,
    }
    return Description.model_validate(
        {
            "id": dataset_of(figures.name),
            "titre": about.title,
            "producteur": about.source,
            "licence": about.licence or "Conditions de réutilisation à demander à la source",
            "page": "",
            "champ": {"partiel": True, "phrase": TERRITORY},
            "lecture": (about.note,) if about.note else (),
            "sans_ligne": {"statut": "absent", "motif": NO_LINE},
            "lecteur": {"famille": "tableau", "code": about.commune},
            "fichiers": (
                {
                    "nom": f"{figures.name}.csv",
                    "niveau": "commune",
                    "geographie": "" if about.geography is None else str(about.geography),
                    "groupes": (group,),
                },
            ),
            "variables": {
                name: {
                    "libelle": one.label or one.column,
                    "unite": one.unit,
                    "additive": one.additive,
                    "bornes": one.range,
                }
                for name, one in about.variables.items()
            },
        }
    )


def observe_local(
    figures: LocalFigures,
    sums: Sequence[Sum],
    area: Area,
    communes: Sequence[str],
    geography: Geography,
) -> LocalObservations:
    """Return what may be published of a file: the figures of a territory and of its communes.

    Args:
        figures: the file.
        sums: what indicators publish besides the variables: sums and differences of them.
        area: the territory.
        communes: its communes.
        geography: today's areas.

    Raises:
        ConfigError: rows are about communes outside the territory.
    """
    description = described(figures)
    _check_inside(figures, frozenset(communes), geography)
    read = _panel(figures, description)
    today = harmonise(read, description, description.files[0], geography).panel
    own = today.aligned(pd.Index(list(communes), dtype=object))
    if figures.about.without_row == "zero":
        own = _zeros(own)
    panels = [own]
    if area.level is not Level.COMMUNE:
        panels += sum_communes(own, description, area.level, area.code)
    if figures.about.threshold is not None:
        panels = list(mask(panels, sums, figures.about.threshold))
    return LocalObservations(description, to_observations(panels))


def _check_inside(figures: LocalFigures, communes: frozenset[str], geography: Geography) -> None:
    problems = []
    for row in figures.rows:
        heirs = {found.code for found in geography.successors(row.code)} | {row.code}
        if not heirs & communes:
            name = next((found.name for found in geography.successors(row.code)), "")
            found = geography.find(Level.COMMUNE, row.code)
            told = f"{row.code} ({found.name if found else name})"
            message = f"la commune {told} n’est pas du territoire : retirez cette ligne"
            problems.append(Problem(message, row.place))
    if problems:
        raise ConfigError(problems)


def _panel(figures: LocalFigures, description: Description) -> Panel:
    """Return the file's cells, on its own communes."""
    names = tuple(description.variables)
    years = sorted({row.year for row in figures.rows})
    vintage = description.files[0].groups[0].vintage
    columns = tuple(
        Column(name, year, vintage, description.variables[name].additive)
        for year in years
        for name in names
    )
    codes = pd.Index(sorted({row.code for row in figures.rows}), dtype=object)
    panel = empty_panel(description.id, Level.COMMUNE.value, codes, columns)
    panel, blank = panel.note_number(BLANK)
    panel, withheld = panel.note_number(WITHHELD)
    for row in figures.rows:
        at, first = codes.get_loc(row.code), years.index(row.year) * len(names)
        for place, value in enumerate(row.values, first):
            if isinstance(value, float):
                panel.values[at, place] = value
                panel.ranks[at, place] = RANK[Status.PUBLIE]
            else:
                secret = value is not None
                panel.ranks[at, place] = RANK[Status.SECRET if secret else Status.ABSENT]
                panel.note_numbers[at, place] = withheld if secret else blank
    return panel


def _zeros(panel: Panel) -> Panel:
    """Return the panel with a zero where a commune has no row."""
    panel, number = panel.note_number(ZERO)
    additive = np.array([column.additive for column in panel.columns])
    where = (panel.ranks == NO_ROW) & additive
    panel.values[where] = 0.0
    panel.ranks[where] = RANK[Status.PUBLIE]
    panel.note_numbers[where] = number
    return panel
