"""The language of formulas: what a sum may hold, and the order in which indicators are computed."""

from __future__ import annotations

from graphlib import CycleError
from itertools import pairwise

import pytest

from ctgsite.indicators.entries import FormulaEntry
from ctgsite.indicators.formulas import meeting, read_formula, resolved
from ctgsite.indicators.model import Formula, Kind, Term
from ctgsite.indicators.order import added_by, cycles, in_order
from ctgsite.indicators.terms import parse_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("  ", ()),
        ("A", (Term("A"),)),
        ("+ A", (Term("A"),)),
        ("- A + B", (Term("A", -1), Term("B"))),
        ("− A − B", (Term("A", -1), Term("B", -1))),
        ("A-B + C", (Term("A-B"), Term("C"))),
        ("rp:A@2013-2018", (Term("A", year="2013-2018", dataset="rp"),)),
        ("P_POP@2018p", (Term("P_POP", year="2018p"),)),
    ],
)
def test_signs_stand_between_spaces(text: str, terms: tuple[Term, ...]) -> None:
    assert parse_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A +", "« A + » finit par un signe"),
        ("A - B -", "finit par un signe"),
        ("-", "finit par un signe"),
        ("A B C", "attendu + ou - entre deux variables, et non « B »"),
        ("A + B@18", "« B@18 » n’est pas une variable"),
        ("A + b:c:d", "« b:c:d » n’est pas une variable"),
        ("A + @2013", "« @2013 » n’est pas une variable"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="variable") as error:
        parse_terms(text)
    assert message in str(error.value)


def test_the_indicators_that_a_sum_adds_are_its_terms() -> None:
    formulas = (
        Formula("", Kind.INDICATEURS, (Term("a"), Term("b", -1))),
        Formula("rp", Kind.RAPPORT, (Term("C"),), (Term("D"),)),
        Formula("", Kind.INDICATEURS, (Term("e"),)),
    )
    assert added_by(formulas) == ("a", "b", "e")


def test_indicators_come_after_those_that_they_add() -> None:
    graph = {"a": ("b", "c"), "b": ("c",), "c": (), "d": ()}
    order = in_order(graph)
    assert sorted(order) == ["a", "b", "c", "d"]
    assert order.index("c") < order.index("b") < order.index("a")


def test_each_cycle_is_told_as_the_path_back_to_its_start() -> None:
    graph = {"a": ("b",), "b": ("c",), "c": ("a",), "d": ("d",), "e": ("a",), "f": ()}
    with pytest.raises(CycleError):
        in_order(graph)
    found = list(cycles(graph))
    assert len(found) == 2
    for path in found:
        assert path[0] == path[-1]
        assert all(after in graph[before] for before, after in pairwise(path))
    assert sorted(map(len, found)) == [2, 4]
    assert list(cycles({"a": ("b",), "b": ()})) == []


def entry(**keys: object) -> FormulaEntry:
    written = {"source": "rp", "numerateur": "A", "denominateur": "B", **keys}
    return FormulaEntry.model_validate({key: v for key, v in written.items() if v is not None})


def test_a_formula_is_a_percentage_unless_it_says_otherwise() -> None:
    assert read_formula(entry()) == Formula("rp", Kind.RAPPORT, (Term("A"),), (Term("B"),))
    assert read_formula(entry(facteur=1000)).scale == 1000.0
    for kind in ("somme", "publie", "indicateurs"):
        found = read_formula(entry(calcul=kind, denominateur=None))
        assert (found.kind, found.scale) == (kind, 1.0)
    for kind in ("taux_annuel", "solde_annuel", "quotient_publie"):
        found = read_formula(entry(calcul=kind))
        assert (found.kind, found.scale) == (kind, 100.0)


def test_a_formula_keeps_its_years_period_levels_and_note() -> None:
    keys = {
        "annees": ["2013-2018"], "duree": 5, "niveaux": ["commune", "epci"], "note": "Dit pourquoi."
    }  # fmt: skip
    found = read_formula(entry(**keys))
    assert (found.years, found.period, found.note) == (("2013-2018",), 5.0, "Dit pourquoi.")
    assert found.levels == ("commune", "epci")


def of(dataset: str, *years: str) -> Formula:
    return Formula(dataset, Kind.SOMME, (Term("A"),), years=years)


def test_formulas_that_share_no_year_do_not_meet() -> None:
    first, second = (of("a", "2013"), of("b", "2018")), (of("c", "2018", "2021"),)
    assert [one.dataset for one in meeting((), (first, second))] == ["b", "c"]
    assert [one.dataset for one in meeting(("2018",), (first, second))] == ["b", "c"]
    assert list(meeting(("2013",), (first, second))) == []
    assert list(meeting(("1999",), (first, second))) == []


def test_a_formula_of_every_year_meets_all() -> None:
    always, dated = (of("a"),), (of("b", "2018"),)
    assert [one.dataset for one in meeting((), (always, dated))] == ["a", "b"]
    assert [one.dataset for one in meeting(("2013",), (always, dated))] == ["a"]


def test_a_sum_of_indicators_stands_on_the_formulas_of_its_terms(make_indicator) -> None:
    indicators = {
        name: make_indicator(name.upper(), name=name, formula={"dataset": dataset})
        for name, dataset in (("a", "caf"), ("b", "rp"), ("c", "autre"))
    }
    plain = indicators["a"].formulas[0]
    assert resolved(plain, indicators) is plain
    total = Formula("", Kind.INDICATEURS, (Term("b"), Term("a", -1), Term("b")))
    found = resolved(total, indicators)
    assert found.dataset == "rp"
    assert found.behind == (indicators["b"].formulas[0], plain)


def test_only_the_formulas_of_the_years_of_a_sum_stand_behind_it(make_indicator) -> None:
    indicators = {
        name: make_indicator(name=name, formulas=(of("rp", "2013"), of("caf", "2018")))
        for name in "ab"
    }
    terms = (Term("a"), Term("b"))
    for years, datasets in (((), ["rp", "caf"]), (("2018",), ["caf"])):
        found = resolved(Formula("", Kind.INDICATEURS, terms, years=years), indicators)
        assert [one.dataset for one in found.behind] == datasets
