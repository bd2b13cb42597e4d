"""INSEE's wide tables of the census: one description reads every edition, whatever its vintages."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from census_layouts import (
    FAMILIES,
    HOUSING,
    JOBS,
    POPULATION,
    SCHOOLING,
    SINCE_2022,
    UNTIL_2021,
    columns,
    dossier,
    dossier_header,
    table,
)
from small_france import small_geography, value

from ctgsite.errors import SourceError
from ctgsite.sources.cells import Source
from ctgsite.sources.editions import years_of
from ctgsite.sources.harmonise import geography_year
from ctgsite.sources.importing import ImportReport, recognise
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import to_observations
from ctgsite.sources.reading import read_file
from ctgsite.sources.store import read_index, read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]
ZIP = "dossier_complet.zip"
DATASETS = ["insee-filosofi", "insee-recensement"]

NORTH = {
    "P22_POP": "1204.382", "P16_POP": 1150, "P11_POP": 1098.5, "P06_POP": 1000, "D99_POP": 950,
    "P22_H0019": 140.5, "P22_F0019": 131.25, "P22_POP0014": 200,
    "C22_FAM": 330.5, "C22_COUPAENF": 130, "C22_FAMMONO": 60.25, "C22_COUPSENF": 140.25,
    "C16_FAM": 310, "C16_COUPAENF": 140, "C16_FAMMONO": 45, "C16_COUPSENF": 125,
    "C11_FAM": 300, "C11_COUPAENF": 150, "C11_FAMMONO": 30, "C11_COUPSENF": 120,
    "P22_RP_ACHTOT": 480, "P22_RP_ACH1919": 60, "P22_RP_ACH1945": 30,
    "P16_RP_ACHTOT": 460, "P16_RP_ACH19": 62, "P16_RP_ACH45": 33,
    "P11_RP_ACHTT": 440, "P11_RP_ACHT1": 99,
    "C22_POP15P": 1000, "C22_POP15P_STAT_GSEC32": 280,
    "P22_NSCOL15P": 760, "P22_NSCOL15P_DIPLMIN": 110, "P22_NSCOL15P_BEPC": 40,
    "P22_NSCOL15P_CAPBEP": 240, "P22_NSCOL15P_BAC": 150, "P22_NSCOL15P_SUP2": 100,
    "P22_NSCOL15P_SUP34": 70, "P22_NSCOL15P_SUP5": 50,
    "P16_NSCOL15P": 750, "P16_NSCOL15P_DIPLMIN": 210, "P16_NSCOL15P_SUP": 180,
    "MED21": 22450, "NBMENFISC21": 500, "NAISD24": 9, "DECESD24": 12, "NAISD20": 11, "DECESD20": 14,
}  # fmt: skip


def opened(path: Path) -> tuple[Source, Observations]:
    """Return a file read for the census alone, and as which edition it was."""
    sources = [item for item in recognise(path) if item.description.id == "insee-recensement"]
    source, panels = read_file(tuple(sources), small_geography().communes)
    return source, to_observations(panels)


def read(path: Path) -> Observations:
    return opened(path)[1]


@pytest.fixture
def north(write: Write) -> Path:
    east = {"P22_POP": 80, "P22_H0019": 9, "MED21": "s"}
    return write(ZIP, dossier({"67001": NORTH, "67002": east}))


def test_three_vintages_of_one_file_are_three_years_of_each_variable(north: Path):
    found = read(north)
    years = {
        year: value(found, "67001", "C_FAMMONO", year=year) for year in ("2011", "2016", "2022")
    }
    assert years == {"2011": 30, "2016": 45, "2022": 60.25}
    frame = found.frame
    assert set(frame["vintage"]) == {"RP 2006", "RP 2011", "RP 2016", "RP 2022"}
    assert all(frame["vintage"].astype(str) == "RP " + frame["year"].astype(str))


def test_the_population_goes_as_far_back_as_the_rolling_census(north: Path):
    found = read(north)
    assert value(found, "67001", "P_POP", year="2022") == 1204.382
    assert value(found, "67001", "P_POP", year="2006") == 1000
    assert value(found, "67001", "P_POP", year="1999") is None


def test_men_and_women_are_added_where_the_file_has_them_apart(north: Path):
    assert value(read(north), "67001", "P_POP0019", year="2022") == 271.75


def test_a_sum_of_columns_is_made_of_all_of_them_or_not_at_all(north: Path):
    assert value(read(north), "67002", "P_POP0019", year="2022") == "absent"


def test_a_variable_renamed_between_vintages_is_one(north: Path):
    """Residences of before 1946: two periods in 2022 and 2016, by other names; one in 2011."""
    found = read(north)
    years = [value(found, "67001", "P_RP_ACHAV46", year=year) for year in ("2011", "2016", "2022")]
    assert years == [99, 95, 90]
    assert value(found, "67001", "P_RP_ACHTOT", year="2011") == 440


def test_a_column_whose_meaning_changed_is_not_read_for_the_years_before(north: Path):
    """In 2016, DIPLMIN counted those who have the brevet too."""
    found = read(north)
    assert value(found, "67001", "P_NSCOL15P_DIPLMIN", year="2022") == 110
    assert value(found, "67001", "P_NSCOL15P_SUP", year="2022") == 220
    assert value(found, "67001", "P_NSCOL15P_DIPLMIN", year="2016") is None


def test_a_blank_census_cell_is_absent_never_zero(north: Path):
    assert value(read(north), "67002", "C_FAMMONO", year="2022") == "absent"


def test_the_communes_are_those_of_the_edition_for_all_its_vintages(north: Path):
    source, _ = opened(north)
    assert source.year == "2022"
    assert {geography_year(source.spec, year) for year in ("2011", "2022")} == {2025}


def test_the_next_edition_is_read_by_the_same_description(write: Write):
    header = dossier_header("23", "17", "12")
    rows = {"67001": {"P23_POP": 1210, "P17_POP": 1160, "C23_FAMMONO": 61, "C17_FAMMONO": 47}}
    path = write(ZIP, dossier(rows, header))
    source, found = opened(path)
    assert [value(found, "67001", "C_FAMMONO", year=year) for year in ("2017", "2023")] == [47, 61]
    assert set(found.frame["vintage"]) == {"RP 2006", "RP 2012", "RP 2017", "RP 2023"}
    assert geography_year(source.spec, "2012") == 2026


def test_one_file_feeds_the_census_and_incomes(north: Path, importing: Import, store: Path):
    report = importing(north)
    assert [item.dataset for item in report.imported] == DATASETS
    assert sorted(read_index(store)) == DATASETS
    found = read_store(store)
    assert value(found, "67001", "P_POP", level="commune", year="2022") == 1204.382
    assert value(found, "67001", "MED", level="commune", year="2021") == 22450
    assert value(found, "67002", "MED", level="commune", year="2021") == "secret"


def test_a_file_refused_for_one_of_its_datasets_is_kept_in_none(
    write: Write, importing: Import, store: Path
):
    header = dossier_header().replace("PPMINI21", "PMINI21")
    report = importing(write(ZIP, dossier({"67001": {"P22_POP": 80}}, header)))
    assert report.imported == ()
    (problem,) = report.problems
    assert "« PPMINI21 » attendue" in problem.message
    assert read_index(store) == {}


def test_a_file_without_a_theme_is_refused_with_what_it_lacks(write: Write):
    header = dossier_header().replace("_SCOL0205", "_ECOLE0205")
    with pytest.raises(SourceError, match=r"« P\{aa\}_SCOL0205 » attendue"):
        read(write(ZIP, dossier({"67001": {"P22_POP": 80}}, header)))


def test_a_theme_without_one_of_its_columns_is_refused(write: Write):
    header = dossier_header().replace("C16_FAMMONO", "C16_MONO")
    with pytest.raises(SourceError, match="« C16_FAMMONO » attendue"):
        read(write(ZIP, dossier({"67001": {"P22_POP": 80}}, header)))


BASES = {
    "evol-struct-pop": (POPULATION, ("P_POP", "P_POP0019")),
    "coupl-fam-men": (FAMILIES, ("C_FAMMONO", "C_FAM")),
    "logement": (HOUSING, ("P_LOG", "P_RP_LOCHLMV")),
    "emploi-pop-active": (JOBS, ("P_CHOM1564", "P_EMPLT")),
    "diplomes-formation": (SCHOOLING, ("P_SCOL0205", "P_NSCOL15P_SUP")),
}


def base(folder: Path, theme: str, year: str, header: str, cells: dict[str, object]) -> Path:
    """Write the archive of a theme: communes of France, of the COM, and what columns mean."""
    stem = f"base-cc-{theme}-{year}"
    path = folder / f"{stem}_csv.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(f"{stem}-COM.CSV", table(header, {"98735": cells}))
        target.writestr(f"{stem}.CSV", table(header, {"67001": cells}))
        target.writestr(f"meta_{stem}.CSV", "COD_VAR;LIB_VAR\n")
    return path


@pytest.mark.parametrize("theme", BASES)
@pytest.mark.parametrize(("year", "vintages"), [("2022", "22 16 11"), ("2021", "21 15 10")])
def test_the_base_of_a_theme_is_read_in_each_edition(
    tmp_path: Path, theme: str, year: str, vintages: str
):
    """The file of metropolitan and overseas France is read, not the one of the COM beside it."""
    names, expected = BASES[theme]
    newest, *before = vintages.split()
    own = SINCE_2022 if year == "2022" else UNTIL_2021
    header = ";".join(("CODGEO", columns((*names, *own), newest), columns(names, *before)))
    cells = dict.fromkeys(header.split(";")[1:], 10)
    path = base(tmp_path, theme, year, header, cells)
    found = read(path)
    assert set(found.frame["code"]) == {"67001"}
    assert {f"20{aa}" for aa in vintages.split()} == set(found.frame["year"])
    assert [value(found, "67001", name, year=year) is not None for name in expected] == [True] * 2
    assert set(found.frame["dataset"]) == {"insee-recensement"}


def test_overcrowding_is_read_while_it_leaves_out_one_person_studios(tmp_path: Path):
    for year, newest, own in (("2022", "22", SINCE_2022), ("2021", "21", UNTIL_2021)):
        header = f"CODGEO;{columns((*HOUSING, *own), newest)}"
        path = base(tmp_path, "logement", year, header, {f"P{newest}_LOG": 7})
        found = read(path)
        assert ("C_RP_HSTU1P_SUROCC" in set(found.frame["variable"])) == (year == "2021")


def test_a_base_of_another_vintage_than_its_name_says_is_refused(tmp_path: Path):
    header = f"CODGEO;{columns(JOBS, '21', '15', '10')}"
    path = base(tmp_path, "emploi-pop-active", "2022", header, {})
    with pytest.raises(SourceError, match=r"édition 2021 .* 2022 est attendu"):
        read(path)


def test_a_figure_of_both_files_is_one(tmp_path: Path, north: Path, importing: Import, store: Path):
    header = f"CODGEO;{columns(FAMILIES, '22', '16', '11')}"
    path = base(tmp_path, "coupl-fam-men", "2022", header, {"C22_FAMMONO": 60.25})
    importing(north, path)
    found = read_store(store)
    assert value(found, "67001", "C_FAMMONO", level="commune", year="2022") == 60.25


@pytest.mark.parametrize(
    ("landmark", "names", "years"),
    [
        ("P{aa}_POP", ["P22_POP", "P16_POP", "P22_POP0014", "CP22_POP"], ("2016", "2022")),
        ("NAISD{aa}", ["NAISD14", "NAISD24", "NAISD1420"], ("2014", "2024")),
        ("P{aa}_RP_ACH19", ["P22_RP_ACH1919", "P16_RP_ACH19"], ("2016",)),
        ("BPE_{aaaa}_C108", ["BPE_2024_C108", "BPE_24_C108"], ("2024",)),
        ("P{aa}_POP", ["CODGEO"], ()),
    ],
)
def test_the_years_of_a_file_are_those_of_the_columns_that_fit_a_landmark(
    landmark: str, names: list[str], years: tuple[str, ...]
):
    assert years_of(landmark, names) == years
