"""The figures of a site as an edition keeps them: the rows of its downloads, and which are cited.

The territory and its benchmarks are kept; the member communes, which no priority rests on, are not.
What a download masks is masked here too: both are made of the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.config.frozen import LEVELS, FrozenFigure
from ctgsite.diagnostic.cited import cited_indicators
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.columns import Row
from ctgsite.pages.measure_rows import measure_rows


def frozen_figures(diagnostic: Diagnostic) -> tuple[FrozenFigure, ...]:
    """Return the figures of a diagnostic, in the order of its downloads."""
    return tuple(_figures(diagnostic))


def _figures(diagnostic: Diagnostic) -> Iterator[FrozenFigure]:
    cited = set(cited_indicators(diagnostic.territory))
    for row in measure_rows(diagnostic):
        if row["niveau"] in LEVELS:
            yield _figure(row, cited=row["indicateur"] in cited)


def _figure(row: Row, *, cited: bool) -> FrozenFigure:
    valued = row["valeur"] is not None
    return FrozenFigure(
        indicator=str(row["indicateur"]),
        label=str(row["libelle"]),
        theme=str(row["theme"]),
        code=str(row["code"]),
        name=str(row["territoire"]),
        level=str(row["niveau"]),
        year=str(row["annee"]),
        value=_number(row["valeur"]),
        unit=str(row["unite"]),
        numerator=_number(row["numerateur"]) if valued else None,
        denominator=_number(row["denominateur"]) if valued else None,
        status=str(row["statut"]),
        source=str(row["source"]),
        vintage=str(row["millesime"]),
        cited=cited,
    )


def _number(cell: str | float | None) -> float | None:
    return None if cell is None else float(cell)
