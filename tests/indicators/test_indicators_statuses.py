"""A figure that its producer withholds stays withheld, whatever is done with it.

Each operation is tried on a figure whose status says that there is none, although a number stands
beside that status, as in files where a producer leaves one.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.comparison import Verdict, compare, contrast
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.distributions import distributions
from ctgsite.indicators.figures import Figures, valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator, Kind
from ctgsite.indicators.peers import FEWEST_FOR_MEDIAN, Peers, comparables_measure, find_peers
from ctgsite.indicators.position import position
from ctgsite.indicators.trend import trend
from ctgsite.sources.levels import sum_members
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Observations, Status

MASKED = (Status.SECRET, Status.ABSENT, Status.NON_AGREGEABLE)
HIDDEN = 9_000.0  # a number that no result may rest on
CODES = tuple(f"310{number:02}" for number in range(40))
HERE, OTHER = CODES[0], CODES[1]
REASON = "pourquoi"

FORMULAS = {
    "somme": ("A + B", "", Kind.SOMME),
    "différence": ("A - B", "", Kind.SOMME),
    "rapport": ("A", "B", Kind.RAPPORT),
    "publié": ("A", "", Kind.PUBLIE),
    "quotient de chiffres publiés": ("A", "B", Kind.QUOTIENT_PUBLIE),
    "taux annuel": ("A", "B", Kind.TAUX_ANNUEL),
    "solde annuel": ("A", "B + C", Kind.SOLDE_ANNUEL),
}


def observations(status: Status, *, value: float = HIDDEN, year: str = "2018") -> Observations:
    """Return three variables of forty communes in two years; A is withheld here in one year."""
    rows = [
        ("insee-comparateur", name, when, "commune", code, base + number, "publie", when, "", 0.0)
        for when in ("2013", "2018")
        for number, code in enumerate(CODES)
        for name, base in (("A", 20.0), ("B", 300.0), ("C", 400.0))
    ]
    frame = pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS))
    gap = (frame["code"] == HERE) & (frame["variable"] == "A") & (frame["year"] == year)
    frame.loc[gap, ["value", "status", "note"]] = [value, str(status), REASON]
    return Observations(frame.astype({"value": "float64"}))


@pytest.fixture
def indicator(make_indicator: Callable[..., Indicator]) -> Indicator:
    return make_indicator("A", "B", formula={"dataset": "insee-comparateur"}, trend_gap=5)


def figures(found: Observations, indicator: Indicator) -> Figures:
    return Figures(compute_measures(Catalogue({indicator.id: indicator}, {}), [found]))


def is_gap(measure: Measure | None) -> bool:
    return measure is not None and (measure.value, measure.numerator, measure.denominator) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize("status", MASKED)
@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_with_a_withheld_term_has_its_status_and_reason(
    make_indicator: Callable[..., Indicator], name: str, status: Status
) -> None:
    above, below, kind = FORMULAS[name]
    options: dict[str, object] = {"dataset": "insee-comparateur", "period": 5}
    found = make_indicator(above, below, kind=kind, formula=options)
    measure = figures(observations(status), found).at("part", Level.COMMUNE, HERE, "2018")
    assert is_gap(measure)
    assert measure is not None
    assert (measure.status, measure.note, measure.caution) == (status, REASON, False)


@pytest.mark.parametrize("status", MASKED)
def test_a_sum_of_indicators_with_a_withheld_one_has_its_status_and_reason(
    make_indicator: Callable[..., Indicator], status: Status
) -> None:
    options = {"dataset": "insee-comparateur"}
    own = make_indicator("A", "B", name="a", formula=options)
    other = make_indicator("C", "B", name="b", formula=options)
    total = make_indicator("b - a", kind=Kind.INDICATEURS, formula={"dataset": ""})
    catalogue = Catalogue({found.id: found for found in (own, other, total)}, {})
    found = Figures(compute_measures(catalogue, [observations(status)]))
    measure = found.at("part", Level.COMMUNE, HERE, "2018")
    assert is_gap(measure)
    assert measure is not None
    assert (measure.status, measure.note) == (status, REASON)


@pytest.mark.parametrize("first", MASKED)
@pytest.mark.parametrize("second", MASKED)
def test_of_two_withheld_terms_the_gravest_reason_is_told(
    indicator: Indicator, first: Status, second: Status
) -> None:
    frame = observations(first).frame
    frame.loc[(frame["code"] == HERE) & (frame["variable"] == "B"), "status"] = str(second)
    measure = figures(Observations(frame), indicator).at("part", Level.COMMUNE, HERE, "2018")
    assert is_gap(measure)
    order = (Status.ABSENT, Status.NON_AGREGEABLE, Status.SECRET)
    assert measure is not None
    assert measure.status is max(first, second, key=order.index)


@pytest.mark.parametrize("status", MASKED)
def test_a_group_with_a_withheld_member_has_no_sum(status: Status) -> None:
    frame = observations(status).frame
    frame = frame[frame["variable"] == "A"].assign(variable="P_POP")
    summed = sum_members(Observations(frame), CODES[:3], Level.TERRITOIRE, "groupe").frame
    row = summed[summed["year"] == "2018"]
    assert math.isnan(row["value"].item())
    expected = Status.SECRET if status is Status.SECRET else Status.ABSENT
    assert row["status"].item() == expected
    assert "1 sur 3 communes" in row["note"].item()


@pytest.mark.parametrize("status", MASKED)
def test_nothing_is_said_of_an_area_whose_figure_is_withheld(
    indicator: Indicator, status: Status
) -> None:
    found = figures(observations(status), indicator)
    here = found.at("part", Level.COMMUNE, HERE, "2018")
    there = found.at("part", Level.COMMUNE, OTHER, "2018")
    assert here is not None
    assert there is not None
    assert position(indicator, found, here, CODES, "communes") is None
    for pair in ((here, there), (there, here)):
        assert contrast(indicator, *pair).verdict is Verdict.INCONNU
        assert contrast(indicator, *pair).difference is None
    series = found.series("part", Level.COMMUNE, HERE)
    assert [measure.year for measure in valued(series)] == ["2013"]
    assert trend(indicator, series) is None
    against = compare(indicator, found.series("part", Level.COMMUNE, OTHER), series, here)
    assert against is not None
    # The two areas are compared in the year that both publish, never in the other.
    assert (against.here.year, against.there.year) == ("2013", "2013")


@pytest.mark.parametrize("status", MASKED)
def test_a_benchmark_that_is_withheld_keeps_its_status(
    indicator: Indicator, status: Status
) -> None:
    found = figures(observations(status), indicator)
    mine = found.series("part", Level.COMMUNE, OTHER)[-1:]
    theirs = found.series("part", Level.COMMUNE, HERE)[-1:]
    against = compare(indicator, mine, theirs, theirs[0])
    assert against is not None
    assert (against.there.value, against.there.status) == (None, status)
    assert (against.verdict, against.difference) == (Verdict.INCONNU, None)


@pytest.mark.parametrize("status", MASKED)
def test_what_is_told_of_others_rests_on_published_figures_only(
    indicator: Indicator, status: Status
) -> None:
    """Ranks, medians, spreads and neighbours are those of the same areas without that one."""
    withheld = observations(status)
    frame = withheld.frame
    without = Observations(frame[(frame["code"] != HERE)].reset_index(drop=True))
    found, rest = figures(withheld, indicator), figures(without, indicator)
    there = rest.at("part", Level.COMMUNE, OTHER, "2018")
    assert there is not None
    ranked = position(indicator, found, there, CODES, "communes")
    assert ranked == position(indicator, rest, there, CODES, "communes")
    assert ranked is not None
    assert ranked.size == len(CODES) - 1
    peers = Peers(tuple((code, 0.0) for code in CODES[: FEWEST_FOR_MEDIAN + 1]), ())
    median = comparables_measure(indicator, found, peers, Level.COMMUNE, there)
    assert median == comparables_measure(indicator, rest, peers, Level.COMMUNE, there)
    assert median.value is not None
    assert HERE not in found.spread("part", Level.COMMUNE, "2018").codes
    catalogue = Catalogue({"part": indicator}, {})
    spreads = [
        distributions(compute_measures(catalogue, [seen])).quantiles(there)
        for seen in (withheld, without)
    ]
    np.testing.assert_array_equal(spreads[0], spreads[1])  # type: ignore[arg-type]


@pytest.mark.parametrize("status", MASKED)
def test_a_median_of_too_few_peers_is_not_shown(indicator: Indicator, status: Status) -> None:
    found = figures(observations(status), indicator)
    there = found.at("part", Level.COMMUNE, OTHER, "2018")
    assert there is not None
    peers = Peers(tuple((code, 0.0) for code in CODES[:FEWEST_FOR_MEDIAN]), ())
    median = comparables_measure(indicator, found, peers, Level.COMMUNE, there)
    assert (median.value, median.status) == (None, Status.ABSENT)


@pytest.mark.parametrize("status", MASKED)
def test_a_withheld_variable_makes_nobody_a_neighbour(
    make_indicator: Callable[..., Indicator], status: Status
) -> None:
    names = ("a", "b", "c")
    indicators = {
        name: make_indicator(
            name.upper(), name=name, kind=Kind.PUBLIE, formula={"dataset": "insee-comparateur"}
        )
        for name in names
    }
    found = Figures(compute_measures(Catalogue(indicators, {}), [observations(status)]))
    area = Area(Level.COMMUNE, OTHER, "Autre")
    assert HERE not in find_peers(found, area, 39, variables=names).codes


@pytest.mark.parametrize("status", MASKED)
def test_no_number_beside_a_withheld_status_changes_any_measure(
    indicator: Indicator, status: Status
) -> None:
    catalogue = Catalogue({"part": indicator}, {})
    frames = [
        compute_measures(catalogue, [observations(status, value=value)]).frame
        for value in (HIDDEN, 0.0, math.nan)
    ]
    pd.testing.assert_frame_equal(frames[0], frames[1])
    pd.testing.assert_frame_equal(frames[0], frames[2])
