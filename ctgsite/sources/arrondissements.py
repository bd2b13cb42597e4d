"""Arrondissements of Paris, Lyon and Marseille in files: beside their commune, or alone."""

from __future__ import annotations

import pandas as pd

from ctgsite.geography.cog import Geography
from ctgsite.sources.panel import Panel

UNKNOWN = {"751": "75056", "132": "13055"}  # 75100 and 13200: an arrondissement, unknown which


def commune_of(codes: pd.Index[str], geography: Geography) -> pd.Series[str]:
    """The commune of each code that is an arrondissement, NA for the others."""
    known = geography.passage.arrondissements
    found = {code: known.get(code) or UNKNOWN.get(code[:3]) for code in codes}
    return pd.Series(codes, dtype=object).map({code: of for code, of in found.items() if of})


def arrondissements_of(commune: str, geography: Geography) -> frozenset[str]:
    """The arrondissements of a commune, none for almost all."""
    known = geography.passage.arrondissements
    return frozenset(code for code, parent in known.items() if parent == commune)


def without_doubles(panel: Panel, geography: Geography) -> Panel:
    """The panel without the arrondissements that stand beside their commune, which counts them."""
    parents = commune_of(panel.codes, geography)
    return panel.rows(~parents.isin(set(panel.codes)).to_numpy())
