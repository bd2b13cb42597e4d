"""Charts as data: pure functions from findings to plain Plotly figures (scatter and bar traces).

Nothing here imports Plotly: a figure is a dict with `data` and `layout`, checked in tests against
Plotly's own schema and drawn by the small bundle in the browser.
"""

from __future__ import annotations

from ctgsite.pages.charts.base import Chart, as_json
from ctgsite.pages.charts.comparison import comparison_chart
from ctgsite.pages.charts.composition import composition_chart
from ctgsite.pages.charts.deciles import deciles_chart
from ctgsite.pages.charts.distribution import distribution_chart
from ctgsite.pages.charts.evolution import evolution_chart
from ctgsite.pages.charts.map import map_chart
from ctgsite.pages.charts.pairs import pair_chart
from ctgsite.pages.charts.pyramid import pyramid_chart
from ctgsite.pages.charts.slope import slope_chart

__all__ = [
    "Chart",
    "as_json",
    "comparison_chart",
    "composition_chart",
    "deciles_chart",
    "distribution_chart",
    "evolution_chart",
    "map_chart",
    "pair_chart",
    "pyramid_chart",
    "slope_chart",
]
