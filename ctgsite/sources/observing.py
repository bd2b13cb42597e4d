"""One producer's file → its observations, on today's areas and at every level it can reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ctgsite.errors import Problem
from ctgsite.geography.areas import Level
from ctgsite.geography.cog import Geography
from ctgsite.sources.cells import Source
from ctgsite.sources.columns import first_of_each
from ctgsite.sources.commune_codes import with_zeros
from ctgsite.sources.descriptions import Description
from ctgsite.sources.harmonise import harmonise
from ctgsite.sources.levels import communes_of_iris, higher_levels, not_summed
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.panel import RANK, Panel, to_observations
from ctgsite.sources.plausibility import check_figures
from ctgsite.sources.reading import read_file

CHANGED = "l’intercommunalité n’a plus les mêmes communes qu’à la date de ce chiffre"


@dataclass(frozen=True)
class Observed:
    """What a file became: its own figures, the sums made of them, and the codes left aside."""

    source: Source
    published: Observations
    derived: Observations
    unknown: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


def observe(sources: tuple[Source, ...], geography: Geography) -> Observed:
    """Read a file and bring its figures to today's areas.

    Args:
        sources: what the file may be, from its name.
        geography: today's areas.

    Raises:
        SourceError: the file is not what a description says, or its figures cannot be.
    """
    source, panels = read_file(sources, geography.communes)
    check_figures(source, panels)
    published: list[Panel] = []
    derived: list[Panel] = []
    unknown: list[str] = []
    warnings: list[Problem] = []
    for panel in panels:
        match panel.level:
            case "commune":
                whole, told = with_zeros(source, panel, geography)
                warnings.extend(told)
                own, sums, lost = _communes(whole, source, geography)
                published.append(own)
                derived.extend(sums)
                unknown.extend(lost)
            case "iris":
                published.append(panel)
                summed, sums, lost = _communes(
                    communes_of_iris(panel, geography.iris), source, geography
                )
                derived.extend((summed, *sums))
                unknown.extend(lost)
            case "qpv":
                published.append(panel)
            case level:
                own, lost = _current(panel, Level(level), geography)
                published.append(own)
                derived.extend(_above(own, source.description, geography))
                unknown.extend(lost)
    added = to_observations(derived)
    return Observed(
        source,
        to_observations(published),
        _settled(added) if len(panels) > 1 else added,
        tuple(unknown),
        tuple(warnings),
    )


def _settled(sums: Observations) -> Observations:
    """Return one sum a figure: départements and communes may both add up to it, or one of them."""
    valued = sums.frame["status"].isin([str(status) for status in Status if status.has_value])
    return first_of_each([Observations(sums.frame[valued]), Observations(sums.frame[~valued])])


def _communes(
    panel: Panel, source: Source, geography: Geography
) -> tuple[Panel, list[Panel], tuple[str, ...]]:
    """Return a panel on today's communes, what it gives at the levels above, and lost codes."""
    today = harmonise(panel, source.description, source.spec, geography)
    sums = higher_levels(today.panel, source.description, geography, today.undivided)
    return today.panel, [*sums, *not_summed(today.panel, geography)], today.unknown


def _above(panel: Panel, description: Description, geography: Geography) -> list[Panel]:
    """Return the sums of départements; the levels above are the producer's own elsewhere."""
    if panel.level != Level.DEPARTEMENT:
        return []
    everywhere = pd.Index([area.code for area in geography.departements], dtype=object)
    return higher_levels(panel.aligned(everywhere), description, geography)


def _current(panel: Panel, level: Level, geography: Geography) -> tuple[Panel, tuple[str, ...]]:
    """Return a panel on the areas of today, and the codes that are none of them.

    An EPCI whose communes have changed since has no figure of its own: the published one is about
    another territory.
    """
    today = pd.Index([area.code for area in geography.areas(level)], dtype=object)
    known = panel.codes.isin(today)
    kept = panel.rows(known)
    changed = kept.codes.isin(geography.epci_changed) & (level is Level.EPCI)
    if changed.any():
        kept, number = kept.note_number(CHANGED)
        kept.values[changed] = np.nan
        kept.ranks[changed] = RANK[Status.ABSENT]
        kept.note_numbers[changed] = number
    return kept, tuple(map(str, panel.codes[~known]))
