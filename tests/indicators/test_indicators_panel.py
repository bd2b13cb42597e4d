"""Observations laid out by area: each variable and year in its column, nothing where nothing is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ctgsite.geography.areas import Level
from ctgsite.indicators.model import Term
from ctgsite.indicators.panel import NO_ROW, STATUSES, Panel, build_panel, labelled
from ctgsite.sources.observations import Status


def seen(variable: str, code: str, value: float, **how: object) -> dict[str, object]:
    return {"variable": variable, "code": code, "value": value, **how}


def laid_out(panel: Panel, variable: str, year: str = "2018", dataset: str = "rp"):
    """Return what a column says of each area that it has a row for, in the order of the areas."""
    column = panel.column((dataset, variable, year))
    return {
        f"{level} {code}": (float(value), str(STATUSES[status]), panel.notes[note],
                            panel.vintages[vintage])
        for level, code, value, status, note, vintage in zip(
            panel.areas["level"], panel.areas["code"], column.value, column.status, column.note,
            column.vintage, strict=True,
        )
        if status != NO_ROW
    }  # fmt: skip


WANTED = [("rp", Term("A")), ("rp", Term("B")), ("rp", Term("C", dataset="caf"))]


@pytest.fixture
def panel(observed) -> Panel:
    """Two datasets that speak of other areas, neither in order."""
    first = observed(
        seen("A", "31557", 1.0, note="premier"),
        seen("B", "31541", 2.0, year="2013", vintage="RP 2013"),
        seen("A", "31", 3.0, level="departement", status="calcule"),
        seen("A", "31541", 4.0, year="2013", vintage="RP 2013", note="second"),
        seen("Z", "31999", 9.0),
        seen("C", "31999", 9.0),
        seen("A", "315570101", 9.0, level="iris"),
    )
    second = observed(
        seen("C", "31000", 5.0, dataset="caf", vintage="CAF 2018"),
        seen("A", "31998", 9.0, dataset="caf"),
        seen("C", "31557", math.nan, dataset="caf", vintage="CAF 2018", status="secret",
             note="masqué"),
    )  # fmt: skip
    return build_panel([first, second], WANTED, ("de la formule", "premier"))


def test_each_variable_and_year_has_its_own_column(panel):
    assert laid_out(panel, "A") == {
        "commune 31557": (1.0, "publie", "premier", "RP 2018"),
        "departement 31": (3.0, "calcule", "", "RP 2018"),
    }
    assert laid_out(panel, "A", "2013") == {"commune 31541": (4.0, "publie", "second", "RP 2013")}
    assert laid_out(panel, "B", "2013") == {"commune 31541": (2.0, "publie", "", "RP 2013")}


def test_a_term_of_another_dataset_is_laid_out_from_that_one(panel):
    found = laid_out(panel, "C", dataset="caf")
    assert found["commune 31000"] == (5.0, "publie", "", "CAF 2018")
    assert found["commune 31557"][1:] == ("secret", "masqué", "CAF 2018")
    assert math.isnan(found["commune 31557"][0])


@pytest.mark.parametrize("key", [("rp", "C", "2018"), ("caf", "A", "2018"), ("rp", "Z", "2018"),
                                 ("rp", "B", "2018")])  # fmt: skip
def test_what_no_formula_asks_for_or_nobody_says_has_no_row(panel, key):
    column = panel.column(key)
    assert (column.status == NO_ROW).all()
    assert np.isnan(column.value).all()
    assert len(column.value) == len(column.note) == len(column.vintage) == len(panel.areas)
    assert not column.note.any() and not column.vintage.any()
    assert column.bound is None


def test_areas_come_by_level_and_code_and_only_those_spoken_of(panel):
    assert list(panel.areas.itertuples(index=False, name=None)) == [
        ("commune", "31000"), ("commune", "31541"), ("commune", "31557"), ("departement", "31"),
    ]  # fmt: skip


def test_notes_and_editions_are_numbered_once_the_empty_one_first(panel):
    assert panel.notes[:3] == ("", "de la formule", "premier")
    assert sorted(panel.notes) == ["", "de la formule", "masqué", "premier", "second"]
    assert panel.note_number == {note: at for at, note in enumerate(panel.notes)}
    assert panel.vintages[0] == ""
    assert sorted(panel.vintages) == ["", "CAF 2018", "RP 2013", "RP 2018"]


def test_the_years_of_a_variable_are_those_of_its_rows_in_order(panel):
    assert panel.years == {
        ("rp", "A"): ("2013", "2018"), ("rp", "B"): ("2013",), ("caf", "C"): ("2018",),
    }  # fmt: skip


def test_each_area_keeps_the_bound_of_its_own_figure(observed):
    rows = (
        seen("A", "31557", 1.0),
        seen("B", "31557", 1.0),
        seen("A", "31541", 2.0, bound=0.5),
        seen("A", "31000", 3.0, year="2013", bound=0.25),
    )
    panel = build_panel([observed(*rows)], WANTED)
    codes = panel.areas["code"].tolist()
    bounds = panel.column(("rp", "A", "2018")).bound
    assert bounds is not None
    assert dict(zip(codes, bounds.tolist(), strict=True)) == {
        "31000": 0.0, "31541": 0.5, "31557": 0.0,
    }  # fmt: skip
    assert panel.column(("rp", "B", "2018")).bound is None


def test_every_status_is_kept(observed):
    rows = [seen("A", f"{at:05}", 1.0, status=str(status)) for at, status in enumerate(Status)]
    column = build_panel([observed(*rows)], WANTED).column(("rp", "A", "2018"))
    assert [STATUSES[number] for number in column.status] == list(Status)


def test_the_same_code_at_two_levels_is_two_areas(observed):
    rows = [seen("A", "01", 1.0, level="departement"), seen("A", "01", 2.0, level="region")]
    panel = build_panel([observed(*rows)], WANTED)
    assert {key: cells[0] for key, cells in laid_out(panel, "A").items()} == {
        "departement 01": 1.0,
        "region 01": 2.0,
    }
    assert panel.areas["level"].tolist() == [Level.DEPARTEMENT, Level.REGION]


def test_of_no_observation_nothing_is_laid_out(observed):
    for parts in ([], [observed()], [observed(seen("Z", "31541", 1.0))]):
        panel = build_panel(parts, WANTED, ("note",))
        assert panel.areas.empty
        assert panel.areas.columns.tolist() == ["level", "code"]
        assert (panel.notes, panel.vintages, dict(panel.cells)) == (("", "note"), ("",), {})


def test_numbers_get_their_labels_back():
    found = labelled(np.array([1, 0, 1]), ("a", "b", "c"))
    assert found.tolist() == ["b", "a", "b"]
    assert found.categories.tolist() == ["a", "b", "c"]
