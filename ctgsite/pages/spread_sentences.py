"""How member communes differ, in words and in the rows of their table."""

from __future__ import annotations

from ctgsite.diagnostic.model import Finding
from ctgsite.indicators.dispersion import Dispersion
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import NBSP, approximate, counted, number, quantity
from ctgsite.pages.tables import Cell

CENTRE = "Moitié centrale de la population concernée"
ABOVE = "Habitants des communes nettement au-dessus de l’ensemble"
BELOW = "Habitants des communes nettement au-dessous de l’ensemble"
HOOVER = "Indice de Hoover"
KNOWN = "Communes dont le chiffre est connu"


def spread_sentences(finding: Finding) -> tuple[str, ...]:
    """Return who lives in communes that differ, and how unequally the cases are shared out."""
    spread = finding.dispersion
    if spread is None:
        return ()
    told = [_apart(spread), _hoover(spread, finding.indicator)]
    if any(told) and not spread.complete:
        told.append(_partial(spread))
    return tuple(text for text in told if text)


def spread_rows(finding: Finding) -> tuple[tuple[Cell, ...], ...]:
    """Return the figures behind the sentences, as rows of two cells."""
    spread, indicator = finding.dispersion, finding.indicator
    if spread is None:
        return ()
    rows: list[tuple[str, str]] = []
    if spread.quartiles is not None:
        rows.append((CENTRE, between(spread.quartiles, indicator)))
    if spread.above is not None and spread.below is not None:
        rows += [(ABOVE, _percent(spread.above)), (BELOW, _percent(spread.below))]
    if spread.hoover is not None:
        rows.append((HOOVER, quantity(100 * spread.hoover, "%", 1)))
    known = f"{number(spread.known)} sur {number(spread.total)}"
    rows.append((KNOWN, f"{known} ({_percent(spread.covered)} des habitants)"))
    return tuple((Cell(name), Cell(text, number=True)) for name, text in rows)


def between(bounds: tuple[float, float], indicator: Indicator) -> str:
    """Return “de 7,4 % à 13,1 %”."""
    low, high = (quantity(value, indicator.unit, indicator.precision) for value in bounds)
    return f"de {low} à {high}"


def _apart(spread: Dispersion) -> str:
    above, below = spread.above, spread.below
    if above is None or below is None:
        return ""
    if not above and not below:
        return "Aucune commune ne s’écarte nettement de l’ensemble du territoire."
    if not below:
        return (
            "Les communes nettement au-dessus de l’ensemble réunissent "
            f"{_percent(above)} des habitants ; aucune n’est nettement au-dessous."
        )
    if not above:
        return (
            "Les communes nettement au-dessous de l’ensemble réunissent "
            f"{_percent(below)} des habitants ; aucune n’est nettement au-dessus."
        )
    return (
        f"Les communes nettement au-dessus de l’ensemble réunissent {_percent(above)} des "
        f"habitants, celles nettement au-dessous {_percent(below)}."
    )


def _hoover(spread: Dispersion, indicator: Indicator) -> str:
    if spread.hoover is None or not indicator.counted or spread.cases < 1:
        return ""
    return (
        f"Sur environ {approximate(spread.cases)}{NBSP}{indicator.counted} dans ce cas, "
        f"il faudrait que {_percent(spread.hoover)} soient dans une autre commune "
        "pour que le taux soit partout le même."
    )


def _partial(spread: Dispersion) -> str:
    return (
        f"Le calcul porte sur {counted(spread.known, 'commune')} sur {number(spread.total)}, où "
        f"vivent {_percent(spread.covered)} des habitants ; "
        "les autres n’ont pas de chiffre publié."
    )


def _percent(share: float) -> str:
    """Return a share; one that is not whole never reads as “100 %”."""
    return quantity(min(100 * share, 99.0) if share < 1 else 100.0, "%")
