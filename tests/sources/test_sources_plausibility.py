"""A file that says what no territory can is refused: its range, its totals, its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from producers_layouts import (
    CAF_2020,
    CC_FILOSOFI_2021,
    COMPARATEUR,
    MORTALITE,
    line,
    lines,
)
from pydantic import ValidationError
from small_france import describe, panel

from ctgsite.errors import Problem
from ctgsite.sources import plausibility
from ctgsite.sources.cells import SHOWN, Source
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.panel import Column
from ctgsite.sources.plausibility import ImplausibleError, check_figures
from ctgsite.sources.readers import JsonReader
from ctgsite.sources.store import read_index

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

CC_2021 = "cc_filosofi_2021_COM.csv"
COMPARED = "base_cc_comparateur.csv"
FEW_ROWS = plausibility.few_rows  # that tests do without, but for those of this module


@pytest.fixture
def whole_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask of files the rows that their description expects."""
    monkeypatch.setattr(plausibility, "few_rows", FEW_ROWS)


def cc(code: str = "67001", **cells: object) -> str:
    return line(CC_FILOSOFI_2021, {"CODGEO": code, **cells})


def only(report: ImportReport) -> Problem:
    (problem,) = report.problems
    return problem


def held(dataset: Any, cells: dict[str, list[object]], columns: tuple[Column, ...]) -> None:
    """Hold a panel against a description written for the test, as if read from no table."""
    found = panel(cells, columns)  # type: ignore[arg-type]
    reader = JsonReader(famille="json", chemin_annee="an")
    spec = dataset.files[0].model_copy(update={"reader": reader})
    check_figures(Source(Path("essai.json"), dataset, spec, "2018"), [found])


N, M, Z = (Column(name, "2018", "RP 2018") for name in "NMZ")


# Ranges


def test_a_value_out_of_range_names_producer_dataset_variable_code_value_and_line(
    write: Write, importing: Import, store: Path
):
    path = write(CC_2021, lines(CC_FILOSOFI_2021, cc("67002", TP6021="14"), cc(TP6021="142")))
    report = importing(path)
    problem = only(report)
    assert report.imported == ()
    assert not problem.warning
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == (path, 3)
    for told in ("Insee", "Filosofi 2021", "Taux de pauvreté", "TP60", "67001", "142", "0 et 100"):
        assert told in problem.message
    assert "67002" not in problem.message
    assert read_index(store) == {}


@pytest.mark.parametrize(
    "cells",
    [
        {"TP6021": "-1"},
        {"NBMENFISC21": "-5"},  # no count is under zero
        {"MED21": "1750"},  # a month's income
        {"RD21": "0,4"},
        {"PIMPOT21": "12"},  # taxes are taken away
    ],
)
def test_what_no_commune_can_have_is_refused(
    write: Write, importing: Import, cells: dict[str, str]
):
    report = importing(write(CC_2021, lines(CC_FILOSOFI_2021, cc(**cells))))
    assert report.imported == ()
    assert next(iter(cells)).removesuffix("21") in only(report).message


@pytest.mark.parametrize(
    "cells",
    [
        {"TP6021": "0", "PIMP21": "100"},
        {"PIMPOT21": "-42,3"},
        {"PACT21": "107,1", "PTSA21": "102,8", "PCHO21": "2,6", "PBEN21": "1,7"},
        {"TP6021": "s"},
        {"TP6021": "nd"},
    ],
)
def test_what_real_communes_have_is_kept(write: Write, importing: Import, cells: dict[str, str]):
    report = importing(write(CC_2021, lines(CC_FILOSOFI_2021, cc(**cells))))
    assert report.problems == ()
    assert len(report.imported) == 1


def test_many_values_out_of_range_are_shortened_and_counted(write: Write, importing: Import):
    wrong = [cc(f"670{n:02}", TP6021="142") for n in range(SHOWN + 3)]
    report = importing(write(CC_2021, lines(CC_FILOSOFI_2021, *wrong)))
    assert len(report.problems) == SHOWN + 1
    assert "3 autres" in report.problems[-1].message


def test_a_long_file_is_told_at_the_line_of_the_year(write: Write, importing: Import):
    rows = ("68;D68;2008-2013;9,1", "67;D67;2008-2013;910", "67;D67;2013-2018;9,1")
    text = lines(MORTALITE, *rows)
    problem = only(importing(write("insee_rp_evol_1968_departement_2018.csv", text)))
    assert problem.place is not None
    assert problem.place.line == 3
    assert "(RP 2018, 2008-2013)" in problem.message
    assert "le département 67" in problem.message


def test_a_number_beyond_any_count_is_told_too(write: Write, importing: Import):
    problem = only(importing(write(CC_2021, lines(CC_FILOSOFI_2021, cc(TP6021="1e25")))))
    assert "1e+25" in problem.message


def test_each_wrong_variable_is_told_in_one_run(write: Write, importing: Import):
    report = importing(write(CC_2021, lines(CC_FILOSOFI_2021, cc(TP6021="142", MED21="3"))))
    assert ["TP60" in item.message for item in report.problems].count(True) == 1
    assert ["MED" in item.message for item in report.problems].count(True) == 1


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_share_is_refused_exactly_outside_0_to_100(share: float):
    dataset = describe(variables=_shares())
    if -1e-6 <= share <= 100 + 1e-6:
        held(dataset, {"67001": [share]}, (M,))
    else:
        with pytest.raises(ImplausibleError):
            held(dataset, {"67001": [share]}, (M,))


# Totals


def _shares() -> dict[str, dict[str, object]]:
    return {
        "N": {"libelle": "Habitants", "additive": True},
        "M": {"libelle": "Part", "unite": "%"},
        "Z": {"libelle": "Associations", "additive": True},
    }


def test_a_total_that_does_not_add_up_names_its_parts_both_sums_and_the_line(
    write: Write, importing: Import
):
    cells = {"P18_LOG": "100", "P18_RP": "80", "P18_MEN": "80", "P18_RSECOCC": "5"}
    right = line(COMPARATEUR, {"CODGEO": "67001", **cells, "P18_LOGVAC": "15"})
    wrong = line(COMPARATEUR, {"CODGEO": "67002", **cells, "P18_LOGVAC": "51"})
    problem = only(importing(write(COMPARED, lines(COMPARATEUR, right, wrong))))
    for told in ("P_RP + P_RSECOCC + P_LOGVAC", "136", "100", "P_LOG", "67002", "RP 2018"):
        assert told in problem.message
    assert problem.place is not None
    assert problem.place.line == 3


def test_the_parts_of_disposable_income_make_100(write: Write, importing: Import):
    parts = {"PACT21": "70", "PPEN21": "30", "PPAT21": "10", "PPSOC21": "5"}
    right = lines(CC_FILOSOFI_2021, cc(**parts, PIMPOT21="-15,1"))
    assert importing(write(CC_2021, right)).problems == ()
    wrong = lines(CC_FILOSOFI_2021, cc(**parts, PIMPOT21="-18"))
    assert "attendu 100" in only(importing(write(CC_2021, wrong))).message


def test_a_total_is_asked_only_where_all_its_terms_are_known(write: Write, importing: Import):
    text = lines(CC_FILOSOFI_2021, cc(PACT21="70", PPEN21="s", PPAT21="10"))
    assert importing(write(CC_2021, text)).problems == ()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("P18_CHOM1564", "P18_ACT1564"),
        ("P18_ACT1564", "P18_POP1564"),
        ("P18_POP1564", "P18_POP"),
        ("P18_RP_PROP", "P18_RP"),
        ("P18_EMPLT_SAL", "P18_EMPLT"),
    ],
)
def test_a_part_is_never_more_than_its_whole(
    write: Write, importing: Import, part: str, whole: str
):
    def told(**cells: object) -> tuple[Problem, ...]:
        text = lines(COMPARATEUR, line(COMPARATEUR, {"CODGEO": "67001", **cells}))
        return importing(write(COMPARED, text)).problems

    assert told(**{part: "100", whole: "100.4"}) == ()
    assert told(**{part: "0", whole: "100"}) == ()
    (problem,) = told(**{part: "101", whole: "100"})
    assert "au plus 100" in problem.message


def test_children_are_no_more_than_the_persons_covered(write: Write, importing: Import):
    ages = ("ENF_2", "ENF_3_5", "ENF_6_10", "ENF_11_14", "ENF_15_17", "ENF_18_24")
    cells = {"CODGEO": "670010101", "PERCOU": "500", **dict.fromkeys(ages, "100")}
    problem = only(
        importing(write("data_CAF_2020_IRIS.csv", lines(CAF_2020, line(CAF_2020, cells))))
    )
    assert "l’IRIS 670010101" in problem.message
    assert "600" in problem.message


def test_a_shifted_column_is_refused(write: Write, importing: Import, store: Path):
    """Cells moved one column to the right under the producer's own header."""
    cells = ["67001", "2000", "4000", "21000", "60", "14", *[""] * 22]
    row = dict(zip(CC_FILOSOFI_2021.split(";"), [cells[0], "", *cells[1:-1]], strict=True))
    report = importing(write(CC_2021, lines(CC_FILOSOFI_2021, line(CC_FILOSOFI_2021, row))))
    assert report.imported == ()
    assert any("PIMP" in item.message and "21" in item.message for item in report.problems)
    assert read_index(store) == {}


@given(
    st.lists(st.floats(0, 1e6), min_size=3, max_size=3),
    st.sampled_from([-2.0, -0.4, 0.0, 0.4, 2.0]),
)
def test_a_total_is_refused_exactly_beyond_its_tolerance(parts: list[float], gap: float):
    expected = {"totaux": [{"tout": "N", "parties": ["M", "Z"]}]}
    dataset = describe(vraisemblance=expected)
    whole = parts[0] + parts[1] + gap
    if whole < 0:
        return
    cells = {"67001": [whole, parts[0], parts[1]]}
    if abs(gap) > 0.5:
        with pytest.raises(ImplausibleError):
            held(dataset, cells, (N, M, Z))
    else:
        held(dataset, cells, (N, M, Z))


def test_the_terms_of_a_total_are_of_one_year():
    dataset = describe(vraisemblance={"inclus": [["Z", "N"]]})
    earlier = Column("N", "2013", "RP 2018")
    held(dataset, {"67001": [10, 50]}, (earlier, Z))
    with pytest.raises(ImplausibleError):
        held(dataset, {"67001": [10, 50]}, (N, Z))


def test_each_link_of_a_chain_is_held():
    dataset = describe(vraisemblance={"inclus": [["Z", "M", "N"]]})
    held(dataset, {"67001": [3, 2, 1]}, (N, M, Z))
    for cells in ([3, 1, 2], [2, 3, 1]):
        with pytest.raises(ImplausibleError):
            held(dataset, {"67001": list(cells)}, (N, M, Z))


@pytest.mark.parametrize(
    "wrong",
    [
        {"vraisemblance": {"totaux": [{"tout": "N", "parties": ["INCONNUE"]}]}},
        {"vraisemblance": {"inclus": [["INCONNUE", "N"]]}},
        {"vraisemblance": {"inclus": [["N"]]}},
        {"variables": {**_shares(), "N": {"libelle": "N", "saut": {"plancher": 3}}}},
        {"variables": {**_shares(), "N": {"libelle": "N", "saut": {"relatif": 1, "points": 1}}}},
    ],
)
def test_a_description_that_expects_nonsense_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        describe(**wrong)


# Rows


@pytest.mark.usefixtures("whole_files")
def test_a_file_cut_short_is_refused_and_says_how_many_rows_it_lacks(
    write: Write, importing: Import
):
    report = importing(write(CC_2021, lines(CC_FILOSOFI_2021, cc("67001"), cc("67002"))))
    problem = only(report)
    assert report.imported == ()
    for told in ("Filosofi 2021", "2 communes", "34\u202f000", "incomplet"):
        assert told in problem.message


@pytest.mark.usefixtures("whole_files")
def test_as_many_rows_as_described_are_enough_at_the_level_of_the_file():
    group = {"annee": "2018", "millesime": "RP 2018", "colonnes": {n: n for n in "NMZ"}}
    file = {"nom": "essai.csv", "niveau": "commune", "groupes": [group], "lignes": 2}
    dataset = describe(fichiers=[file])
    source = Source(Path("essai.csv"), dataset, dataset.files[0], "2018")
    both = panel({"67001": [1], "67002": [1]}, (N,))
    check_figures(source, [both, panel({"FRANCE": [1]}, (N,), level="france")])
    with pytest.raises(ImplausibleError):
        check_figures(source, [panel({"67001": [1]}, (N,))])
