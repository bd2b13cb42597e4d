"""Priority districts: which lie in some communes, and the figures told of each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from ctgsite.indicators.model import Formula, Kind, Term
from ctgsite.indicators.quarters import Quarter, QuarterFigure, find_quarters
from ctgsite.indicators.views import Role, Slot
from ctgsite.sources.observations import Status

PLACE = "Le Belvédère (21617, Talant)"
PUBLISHED = Formula("qpv", Kind.PUBLIE, (Term("POP"),), scale=1.0)
SHARE = Formula("qpv", Kind.RAPPORT, (Term("POP"),), (Term("ALL"),))
NAMED = {"code": "QP021006", "variable": "NAME", "value": 0.0, "note": PLACE}


def seen(variable: str, value: float, **how: object) -> dict[str, object]:
    plain = {"code": "QP021006", "variable": variable, "value": value, "vintage": "QPV 2018"}
    return {**plain, **how}


@pytest.fixture
def quarters(observed, make_indicator):
    """Find the districts of Talant among some rows, with a figure for each formula."""

    def find(
        *rows: dict[str, object],
        formulas: Sequence[Formula] = (PUBLISHED,),
        communes: Sequence[str] = ("21617",),
    ) -> tuple[Quarter, ...]:
        made = [make_indicator(formulas=(formula,)) for formula in formulas]
        slots = [Slot("", Role.QUARTIER, indicator) for indicator in made]
        place = {"level": "qpv", "dataset": "qpv"}
        return find_quarters(observed(*({**place, **row} for row in rows)), communes, slots)

    return find


@pytest.fixture
def figure(quarters):
    """Return the only figure of the only district."""

    def find(formula: Formula, *rows: dict[str, object]) -> QuarterFigure:
        ((found,),) = (one.figures for one in quarters(NAMED, *rows, formulas=(formula,)))
        return found

    return find


def test_a_district_is_named_by_the_latest_note_that_names_it(quarters):
    rows = [
        {**NAMED, "year": year, "note": note}
        for year, note in (
            ("2021", "Belvédère (21617, Talant-lès-Dijon)"),
            ("2018", PLACE),
            ("2023", "secret statistique"),
        )
    ]
    (found,) = quarters(*rows, formulas=())
    told = (found.code, found.name, found.commune)
    assert told == ("QP021006", "Belvédère", "Talant-lès-Dijon")
    assert found.figures == ()


def test_districts_come_by_code_from_the_communes_asked_for(quarters):
    rows = [
        {**NAMED, "code": "QP3", "note": "Trois (21231, Dijon)"},
        {**NAMED, "code": "QP2"},
        {**NAMED, "code": "QP1", "note": "Un (38) (2A004, Ajaccio)"},
        {**NAMED, "code": "QP4", "note": "Sur deux communes"},
        {**NAMED, "code": "21617", "level": "commune"},
    ]
    found = quarters(*rows, communes=("2A004", "21617"))
    assert [(one.code, one.name) for one in found] == [("QP1", "Un (38)"), ("QP2", "Le Belvédère")]
    assert quarters(*rows, communes=()) == ()


def test_each_district_has_its_own_figures_in_the_order_of_the_slots(quarters):
    other = {"code": "QP2", "note": "Autre (21617, Talant)"}
    rows = [seen("POP", 30.0), seen("ALL", 120.0), NAMED, seen("POP", 7.0, **other)]
    first, second = quarters(*rows, formulas=(SHARE, PUBLISHED))
    assert [one.value for one in first.figures] == [25.0, 30.0]
    assert [one.value for one in second.figures] == [None, 7.0]


def test_a_published_figure_is_told_with_its_year_and_edition(figure):
    assert figure(PUBLISHED, seen("POP", 30.0)) == QuarterFigure(
        30.0, Status.PUBLIE, "qpv", "2018", "QPV 2018"
    )
    assert figure(PUBLISHED, seen("POP", 0.0)).value == 0.0


def test_a_share_is_computed_from_its_counts(figure):
    found = figure(SHARE, seen("POP", 30.0), seen("ALL", 120.0, vintage="autre"))
    assert found == QuarterFigure(25.0, Status.CALCULE, "qpv", "2018", "QPV 2018")
    assert figure(SHARE, seen("POP", 0.0), seen("ALL", 120.0)).value == 0.0


def test_the_latest_year_that_has_a_figure_is_told(figure):
    rows = [
        seen("POP", 3.0, year="2013"),
        seen("POP", 5.0, year="2018"),
        seen("POP", math.nan, year="2021", status="secret"),
    ]
    assert (figure(PUBLISHED, *rows).value, figure(PUBLISHED, *rows).year) == (5.0, "2018")


def test_without_any_figure_the_reason_of_the_latest_year_is_told(figure):
    rows = [
        seen("POP", math.nan, year="2018", status="absent"),
        seen("POP", math.nan, year="2021", status="secret"),
    ]
    assert figure(PUBLISHED, *rows) == QuarterFigure(None, Status.SECRET, "qpv", "2021")


@pytest.mark.parametrize("hidden", ["POP", "ALL"])
@pytest.mark.parametrize(
    ("status", "told"),
    [("secret", Status.SECRET), ("absent", Status.ABSENT), ("non_agregeable", Status.ABSENT)],
)
def test_a_share_without_one_of_its_counts_says_why(figure, hidden, status, told):
    rows = [seen(name, 30.0) for name in ("POP", "ALL") if name != hidden]
    gap = seen(hidden, 999.0, status=status)
    assert figure(SHARE, *rows, gap) == QuarterFigure(None, told, "qpv", "2018")


def test_what_is_secret_is_told_before_what_is_absent(figure):
    rows = [seen("POP", math.nan, status="absent"), seen("ALL", math.nan, status="secret")]
    assert figure(SHARE, *rows).status is Status.SECRET
    assert figure(SHARE, rows[1]).status is Status.SECRET


def test_over_nobody_there_is_no_share(figure):
    found = figure(SHARE, seen("POP", 0.0), seen("ALL", 0.0))
    assert found == QuarterFigure(None, Status.ABSENT, "qpv", "2018")


def test_a_variable_of_another_dataset_is_not_the_formulas(figure):
    found = figure(PUBLISHED, seen("POP", 30.0, dataset="rp"))
    assert found == QuarterFigure(None, Status.ABSENT, "qpv", "2018")  # from the row that names it


def test_of_a_dataset_that_says_nothing_the_figure_is_absent(quarters):
    elsewhere = Formula("autre", Kind.PUBLIE, (Term("POP"),))
    (found,) = quarters(NAMED, seen("POP", 30.0), formulas=(elsewhere,))
    assert found.figures == (QuarterFigure(None, Status.ABSENT, "autre"),)
