"""Where a figure stands in France, in words and as a table: rank, fifth, distance to the median."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Level
from ctgsite.indicators.position import Rank
from ctgsite.pages.french import NBSP, number, ordinal, quantity, rounded
from ctgsite.pages.sentences import figure
from ctgsite.pages.tables import Cell, Table

FEW_RANKS = 10  # a rank further from both ends says little
AREAS = {
    Level.COMMUNE: ("la commune", "des communes"),
    Level.EPCI: ("l’intercommunalité", "des intercommunalités"),
    Level.DEPARTEMENT: ("le département", "des départements"),
}
FIFTHS = {
    1: "le cinquième {areas} de France aux valeurs les plus basses",
    2: "le deuxième cinquième {areas} de France, en partant des valeurs les plus basses",
    3: "le cinquième central {areas} de France",
    4: "le deuxième cinquième {areas} de France, en partant des valeurs les plus hautes",
    5: "le cinquième {areas} de France aux valeurs les plus hautes",
}
SHORT_FIFTHS = {
    1: "1er (valeurs les plus basses)",
    2: "2e",
    3: "3e (valeurs centrales)",
    4: "4e",
    5: "5e (valeurs les plus hautes)",
}


def rank_sentence(position: Rank) -> str:
    """Return where a figure stands: its rank near an end, else the share of those above it.

    "" where all of them have the same figure.
    """
    if position.rank == position.from_bottom == 1:
        return ""
    among = f"les {number(position.size)}{NBSP}{position.among} qui ont un chiffre comparable"
    rank, extreme = min((position.rank, "élevée"), (position.from_bottom, "basse"))
    if rank > max(FEW_RANKS, position.size // 10):
        above = quantity(100 * (position.rank - 1) / position.size, "%")
        return f"Parmi {among}, {above} en ont un plus élevé."
    place = "la valeur" if rank == 1 else f"la {ordinal(rank)} valeur"
    return f"C’est {place} la plus {extreme} parmi {among}."


def band_sentence(finding: Finding) -> str:
    """Return the fifth of France's communes that a commune belongs to, or "".

    Wider areas are ranked in France already: a fifth would say less.
    """
    if finding.standing is None or finding.area.level is not Level.COMMUNE:
        return ""
    area, areas = AREAS[finding.area.level]
    return f"Ce chiffre place {area} dans {FIFTHS[finding.standing.fifth].format(areas=areas)}."


def position_table(findings: Sequence[Finding]) -> Table | None:
    """Return where the figures of a theme stand among all areas of their level, or None."""
    placed = [f for f in findings if f.standing is not None and f.area.level in AREAS]
    if not placed:
        return None
    _, areas = AREAS[placed[0].area.level]
    ranked = any(finding.positions for finding in placed)
    rows = tuple(_row(finding, ranked) for finding in placed)
    names = [
        "Indicateur",
        "Chiffre",
        *([_rank_column(placed)] if ranked else []),
        f"Médiane {areas} de France",
        "Cinquième",
        "Écart normalisé",
    ]
    caption = f"La position parmi l’ensemble {areas} de France, même source et même année"
    return Table(caption, tuple(names), rows)


def _rank_column(placed: Sequence[Finding]) -> str:
    among = next(f.positions[0].among for f in placed if f.positions)
    return f"Rang parmi les {among} (1er : valeur la plus haute)"


def _row(finding: Finding, ranked: bool) -> tuple[Cell, ...]:
    indicator, standing = finding.indicator, finding.standing
    assert standing is not None  # noqa: S101 - only placed findings have a row
    position = finding.positions[0] if finding.positions else None
    return (
        Cell(indicator.label, f"#{indicator.id}"),
        Cell(figure(finding.measure, indicator), number=True),
        *([Cell(_rank(position), number=True)] if ranked else []),
        Cell(quantity(standing.median, indicator.unit, indicator.precision), number=True),
        Cell(SHORT_FIFTHS[standing.fifth]),
        Cell(signed_distance(standing.distance), number=True),
    )


def _rank(position: Rank | None) -> str:
    if position is None:
        return "–"
    return f"{ordinal(position.rank, feminine=False)} sur {number(position.size)}"


def signed_distance(distance: float) -> str:
    """Return a standardised distance with its sign: “+0,8”, “-1,2”, “0,0”."""
    shown = rounded(distance, 1)
    return ("+" if shown > 0 else "") + number(shown, 1)
