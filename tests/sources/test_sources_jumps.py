"""Figures far from the vintage before: a few are told and kept, many refuse the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from producers_layouts import (
    CAF_2020,
    FILO_2016,
    FILO_2018,
    MORTALITE,
    POPULATIONS,
    RPLS,
    RPLS_NAME,
    line,
    lines,
)
from small_france import read, value

from ctgsite.errors import Problem
from ctgsite.sources.cells import SHOWN
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.observations import Observations
from ctgsite.sources.store import LOCK, read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

COM_2016, COM_2018 = "FILO2016_DISP_COM.csv", "FILO2018_DISP_COM.csv"
POPULATION = "insee-estimation-population-2024.csv"
IRIS = [f"67001{n:04}" for n in range(101, 161)]  # sixty of them


def caf(header: str = CAF_2020, households: int = 400, **others: int) -> str:
    """Return a file of households by IRIS, the same in each but for `_670010101=900`."""
    found = dict.fromkeys(IRIS, households)
    found |= {name.removeprefix("_"): number for name, number in others.items()}
    return lines(header, *(line(header, {"CODGEO": c, "A": n}) for c, n in found.items()))


def medians(header: str, levels: Mapping[str, int]) -> str:
    """Return a file of median incomes by commune."""
    year = header[len("CODGEO;LIBGEO;NBMEN") :][:2]
    rows = (line(header, {"CODGEO": c, f"Q2{year}": level}) for c, level in levels.items())
    return lines(header, *rows)


def populations(**years: int) -> str:
    """Return a file of the population of one commune by year."""
    return lines(POPULATIONS, line(POPULATIONS, {"codgeo": "67001", **years}, ","))


def jumps(report: ImportReport) -> list[Problem]:
    """Return what an import says of jumps; codes of no IRIS of today are another matter."""
    return [item for item in report.problems if "bouge" in item.message]


def stored(store: Path) -> dict[str, bytes]:
    """Return every file of a store but its lock."""
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name != LOCK
    }


def iris(found: Observations, code: str, year: str) -> object:
    return value(found, code, "A", year=year, level="iris")


def test_a_few_jumps_are_a_warning_with_both_figures_and_the_file_is_kept(
    write: Write, importing: Import, store: Path
):
    importing(write("data_CAF_2019_IRIS.csv", caf()))
    path = write("data_CAF_2020_IRIS.csv", caf(_670010101=1900))
    report = importing(path)
    (problem,) = jumps(report)
    assert problem.warning
    assert problem.place is not None
    assert problem.place.path == path
    for told in ("Cnaf", "Allocataires des Caf", "2020", "Foyers allocataires", "(A)", "50 %"):
        assert told in problem.message
    assert "670010101 (400 → 1\u202f900)" in problem.message
    assert "1 cas sur 60 IRIS" in problem.message
    assert len(report.imported) == 1
    assert iris(read_store(store), "670010101", "2020") == 1900


def test_many_jumps_refuse_the_file_say_how_many_and_leave_the_former_figures(
    write: Write, importing: Import, store: Path
):
    importing(write("data_CAF_2019_IRIS.csv", caf()))
    before = stored(store)
    report = importing(write("data_CAF_2020_IRIS.csv", caf(households=4000)))
    (problem,) = jumps(report)
    assert not problem.warning
    assert report.imported == ()
    assert "60 cas sur 60 IRIS" in problem.message
    assert problem.message.count("→") == SHOWN
    assert "une colonne a glissé" in problem.message
    assert stored(store) == before


def test_the_other_files_of_the_folder_are_imported(
    write: Write, importing: Import, store: Path, tmp_path: Path
):
    write("lot/data_CAF_2019_IRIS.csv", caf())
    wrong = write("lot/data_CAF_2020_IRIS.csv", caf(households=4000))
    right = write("lot/" + RPLS_NAME, lines(RPLS, "67001,a,a,7,0,0,0,0,0,7"))
    report = importing(tmp_path / "lot")
    assert right in [item.path for item in report.imported]
    assert [item.place.path for item in jumps(report) if item.place] == [wrong]
    assert value(read_store(store), "67001", "NB_LS") == 7
    assert iris(read_store(store), "670010101", "2019") == 400
    assert iris(read_store(store), "670010101", "2020") is None


@pytest.mark.parametrize(
    ("number", "refused"), [(3, False), (4, True)], ids=["5 % of the areas", "more than 5 %"]
)
def test_the_file_is_refused_beyond_one_area_in_twenty(
    write: Write, importing: Import, number: int, *, refused: bool
):
    importing(write("data_CAF_2019_IRIS.csv", caf()))
    moved = {f"_{code}": 1900 for code in IRIS[:number]}
    report = importing(write("data_CAF_2020_IRIS.csv", caf(**moved)))
    assert (report.imported == ()) is refused
    assert [item.warning for item in jumps(report)] == [not refused]


@pytest.mark.parametrize("after", [200, 600])
def test_half_as_many_or_half_more_is_no_jump(write: Write, importing: Import, after: int):
    importing(write("data_CAF_2019_IRIS.csv", caf()))
    assert jumps(importing(write("data_CAF_2020_IRIS.csv", caf(households=after)))) == []


def test_small_areas_may_move_as_they_like(write: Write, importing: Import):
    importing(write("data_CAF_2019_IRIS.csv", caf(households=299)))
    assert jumps(importing(write("data_CAF_2020_IRIS.csv", caf(households=2000)))) == []


def test_nothing_is_compared_across_a_break_of_series(write: Write, importing: Import):
    importing(write("data_CAF_2018_IRIS.csv", caf()))
    assert jumps(importing(write("data_CAF_2019_IRIS.csv", caf(households=4000)))) == []
    assert jumps(importing(write("data_CAF_2020_IRIS.csv", caf(households=400))))


def test_the_nearest_vintage_is_compared(write: Write, importing: Import):
    for year, median in (("2016", 20000), ("2018", 22000)):
        header = FILO_2018.replace("18", year[-2:])
        importing(write(f"FILO{year}_DISP_COM.csv", medians(header, {"67001": median})))
    header = FILO_2018.replace("18", "19")
    report = importing(write("FILO2019_DISP_COM.csv", medians(header, {"67001": 30000})))
    assert "entre 2018 et 2019" in jumps(report)[0].message
    assert "22\u202f000 → 30\u202f000" in jumps(report)[0].message


def test_years_of_one_file_are_compared_with_one_another(write: Write, importing: Import):
    report = importing(write(POPULATION, populations(p20_pop=1500, p21_pop=3000)))
    assert report.imported == ()
    (problem,) = jumps(report)
    assert "Populations municipales" in problem.message
    assert "entre 2020 et 2021" in problem.message
    assert "67001 (1\u202f500 → 3\u202f000)" in problem.message


def test_a_gap_is_no_figure_to_jump_from(write: Write, importing: Import):
    report = importing(write(POPULATION, populations(p19_pop=1500, p21_pop=1600)))
    assert report.problems == ()


def test_a_file_of_another_year_or_column_is_refused(write: Write, importing: Import, store: Path):
    """Third quartiles where medians were: each plausible, together impossible."""
    levels = {"01001": 21000, "67001": 20000, "67002": 22000, "68001": 24000}
    importing(write(COM_2016, medians(FILO_2016, levels)))
    shifted = {code: level * 1.4 for code, level in levels.items()}
    report = importing(write(COM_2018, medians(FILO_2018, shifted)))  # type: ignore[arg-type]
    assert report.imported == ()
    assert "(MED) bouge de plus de 30 % entre 2016 et 2018" in jumps(report)[0].message
    assert value(read_store(store), "67001", "MED", year="2016") == 20000


def test_a_file_whose_figures_are_no_more_is_refused(write: Write, importing: Import):
    """An emptied column would make secrets of what was published."""
    levels = dict.fromkeys(("01001", "67001", "67002", "68001"), 21000)
    importing(write(COM_2016, medians(FILO_2016, levels)))
    emptied = dict.fromkeys(levels, "") | {"67001": 21000}
    report = importing(write(COM_2018, medians(FILO_2018, emptied)))  # type: ignore[arg-type]
    (problem,) = report.problems
    assert report.imported == ()
    assert "n’a plus de valeur dans 3 cas sur 4 communes" in problem.message


def test_a_file_that_was_wrong_can_be_put_right(write: Write, importing: Import, store: Path):
    importing(write("data_CAF_2020_IRIS.csv", caf(households=4000)))
    report = importing(write("data_CAF_2020_IRIS.csv", caf()))
    assert jumps(report) == []
    assert iris(read_store(store), "670010101", "2020") == 400


def test_an_older_vintage_imported_later_is_compared_with_the_next_one(
    write: Write, importing: Import
):
    importing(write("data_CAF_2020_IRIS.csv", caf()))
    report = importing(write("data_CAF_2019_IRIS.csv", caf(households=4000)))
    assert report.imported == ()
    assert "entre 2019 et 2020" in jumps(report)[0].message
    assert "(4\u202f000 → 400)" in jumps(report)[0].message


def test_a_move_is_measured_from_the_earlier_year_whichever_came_first(
    write: Write, importing: Import
):
    """From 260 to 400 is half as many again; from 400 to 260 is a third less."""
    importing(write("data_CAF_2020_IRIS.csv", caf()))
    assert jumps(importing(write("data_CAF_2019_IRIS.csv", caf(households=260))))


@pytest.mark.parametrize(("after", "told"), [("14,0", False), ("14,2", True)])
def test_rates_move_in_points(write: Write, importing: Import, after: str, *, told: bool):
    text = lines(MORTALITE, "67;D67;2008-2013;9,1", f"67;D67;2013-2018;{after}")
    report = importing(write("insee_rp_evol_1968_departement_2018.csv", text))
    assert ["de plus de 5 points" in item.message for item in jumps(report)] == [True] * told


def test_the_share_that_jumps_is_of_the_areas_that_still_have_a_figure(
    write: Write, importing: Import
):
    importing(write("data_CAF_2019_IRIS.csv", caf()))
    cells = {f"_{code}": "" for code in IRIS[:20]} | {f"_{code}": 1900 for code in IRIS[-3:]}
    report = importing(write("data_CAF_2020_IRIS.csv", caf(**cells)))  # type: ignore[arg-type]
    assert report.imported == ()


def test_reading_alone_compares_nothing(write: Write):
    assert len(read(write(POPULATION, populations(p20_pop=1500, p21_pop=3000))).frame)
