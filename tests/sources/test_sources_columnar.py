"""INSEE's long Parquet files of the census: every level, several editions' years, no repetition."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_france import RIVER, WEST, figure, read, small_geography, value

from ctgsite.errors import SourceError
from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.sources import columnar
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.harmonise import geography_year
from ctgsite.sources.importing import ImportReport, recognise
from ctgsite.sources.reading import read_file
from ctgsite.sources.store import read_store

Write = Callable[..., Path]
Row = tuple[str, str, str, str, str, float | None, str | None]

# Area, kind of area, table, measure, year, value, status; labels stand beside them.
COLUMNS = (
    "GEO", "GEO_OBJECT", "ID_TAB", "TAB_MEASURE", "TIME_PERIOD", "OBS_VALUE", "CONF_STATUS"
)  # fmt: skip
EVERY = {
    "POP": 100.5, "DWELLINGS": 60, "DWELLINGS_OCS_DW_MAIN": 45, "DWELLINGS_OCS_DW_SEC_DW_OCC": 9,
    "DWELLINGS_OCS_DW_VAC": 6, "DWELLINGS_OCS_DW_MAIN_TSH_100": 30,
    "POP_SEX_M_AGE_Y_LT20": 11.25, "POP_SEX_F_AGE_Y_LT20": 10, "POP_SEX_M_AGE_Y_GE65": 9,
    "POP_SEX_F_AGE_Y_GE65": 12, "NBFAM": 30, "NBFAM_TFN_22": 13, "NBFAM_TFN_11": 1.5,
    "NBFAM_TFN_12": 4, "NBFAM_TFN_21": 11.5, "POP_EMPSTA_ENQ_1T2_AGE_Y15T64": 50,
    "POP_EMPSTA_ENQ_2_AGE_Y15T64": 5, "POP_AGE_Y2T5": 4, "POP_STUD_1_AGE_Y2T5": 3,
    "POP_AGE_Y6T10": 6, "POP_STUD_1_AGE_Y6T10": 6, "POP_AGE_Y15T17": 3,
    "POP_STUD_1_AGE_Y15T17": 3, "POP_AGE_Y18T24": 5, "POP_STUD_1_AGE_Y18T24": 2,
    "POP_EDUC_001T100_RP": 12, "POP_EDUC_200_RP": 4, "POP_EDUC_300_RP": 20,
    "POP_EDUC_350T351_RP": 14, "POP_EDUC_500_RP": 9, "POP_EDUC_600_RP": 7, "POP_EDUC_700_RP": 6,
}  # fmt: skip


def told(area: str, kind: str, year: str = "2023", **others: float) -> list[Row]:
    """Return every measure of an area in a year, each in a table, or others in place of some."""
    return [
        (area, kind, "POP_T1", name, year, number, "F") for name, number in (EVERY | others).items()
    ]


def parquet(*rows: Row, drop: str = "") -> bytes:
    names = [name for name in COLUMNS if name != drop]
    cells = zip(*rows, strict=True)
    table = {name: list(cell) for name, cell in zip(COLUMNS, cells, strict=True)}
    labels = {"GEO_LABEL": ["A"] * len(rows), "TAB_MEASURE_LABEL": ["Population"] * len(rows)}
    content = io.BytesIO()
    pq.write_table(pa.table({**{name: table[name] for name in names}, **labels}), content)
    return content.getvalue()


NORTH = told("67001", "COM")
DOSSIER = "dossier_complet.parquet"


def refusal(path: Path) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read(path)
    return [problem.message for problem in caught.value.problems]


def test_every_level_of_the_file_has_its_own_figures(write: Write):
    rows = [*NORTH, *told(RIVER, "EPCI", POP=950.25), *told("67", "DEP", POP=9000)]
    rows += [*told("44", "REG", POP=90000), *told("0061", "ZE2020"), *told("75101", "ARM")]
    found = read(write(DOSSIER, parquet(*rows))).frame
    population = found[found["variable"].eq("P_POP") & found["year"].eq("2023")]
    assert {(str(row.level), str(row.code)): row.value for row in population.itertuples()} == {
        ("commune", "67001"): 100.5,
        ("epci", RIVER): 950.25,
        ("departement", "67"): 9000,
        ("region", "44"): 90000,
    }
    assert set(found["vintage"]) == {"RP 2023"}


def test_what_the_long_file_has_apart_is_added(write: Write):
    found = read(write(DOSSIER, parquet(*NORTH)))
    expected = {
        "P_POP0019": 21.25, "P_POP65P": 21, "C_FAMMONO": 5.5, "C_COUPSENF": 11.5, "C_COUPAENF": 13,
        "P_CHOM1564": 5, "P_SCOL0205": 3, "P_NSCOL15P_SUP": 22, "P_NSCOL15P": 72, "P_RP_PROP": 30,
    }  # fmt: skip
    assert {name: value(found, "67001", name, year="2023") for name in expected} == expected


def test_a_figure_told_in_several_tables_is_one_and_never_two_different(write: Write):
    again: Row = ("67001", "COM", "RFD_G1", "POP", "2023", 100.5, "F")
    assert value(read(write(DOSSIER, parquet(*NORTH, again))), "67001", "P_POP") == 100.5
    other: Row = ("67001", "COM", "RFD_G1", "POP", "2023", 101.0, "F")
    (message,) = refusal(write(DOSSIER, parquet(*NORTH, other)))
    assert "POP de 67001 en 2023 figure deux fois" in message


def test_the_former_exhaustive_censuses_are_left_out(write: Write):
    past: list[Row] = [
        ("67001", "COM", "POP_T1", "POP", year, 80.0, "F") for year in ("1999", "2007", "2012")
    ]
    found = read(write(DOSSIER, parquet(*NORTH, *past))).frame
    assert set(found["year"]) == {"2007", "2012", "2023"}


def test_secret_and_unpublished_cells_are_gaps_never_zero(write: Write):
    rows = [row for row in NORTH if row[3] not in ("NBFAM", "DWELLINGS")]
    secret: Row = ("67001", "COM", "FAM_T1", "NBFAM", "2023", None, "C")
    blank: Row = ("67001", "COM", "LOG_T1", "DWELLINGS", "2023", None, None)
    found = read(write(DOSSIER, parquet(*rows, secret, blank)))
    assert figure(found, "67001", "C_FAM", year="2023") == (None, "secret", "secret statistique")
    assert value(found, "67001", "P_LOG", year="2023") == "absent"


def test_the_communes_are_those_of_the_edition_whose_newest_census_it_tells(write: Write):
    path = write(DOSSIER, parquet(*NORTH, *told("67001", "COM", "2017")))
    source, _ = read_file(tuple(recognise(path)), small_geography().communes)
    assert source.year == "2023"
    assert {geography_year(source.spec, year) for year in ("2017", "2023")} == {2026}


def test_a_measure_that_is_named_otherwise_is_refused(write: Write):
    rows = [row for row in NORTH if row[3] != "NBFAM_TFN_21"]
    (message,) = refusal(write(DOSSIER, parquet(*rows)))
    assert "« NBFAM_TFN_21 » attendue" in message


def test_a_file_without_a_column_is_refused(write: Write):
    messages = refusal(write(DOSSIER, parquet(*NORTH, drop="CONF_STATUS")))
    assert any("« CONF_STATUS » attendue" in message for message in messages)


@pytest.mark.parametrize("cut", [0, 40, -20])
def test_a_truncated_file_is_no_parquet(write: Write, cut: int):
    whole = parquet(*NORTH)
    (message,) = refusal(write(DOSSIER, whole[:cut] if cut else b"PK not parquet"))
    assert "Parquet" in message


def test_more_rows_than_any_edition_has_are_not_read(write: Write, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(columnar, "MOST_ROWS", 10)
    (message,) = refusal(write(DOSSIER, parquet(*NORTH)))
    assert "lignes, plus qu’il n’est attendu" in message


def test_the_comparateur_s_own_file_tells_what_it_shares_with_the_dossier(
    write: Write, importing: Callable[..., ImportReport], store: Path
):
    """The producer's figure of an EPCI stands before the sum of its communes."""
    shared = {"POP", *(name for name in EVERY if name.startswith("DWELLINGS"))}
    rows = [row for area in (NORTH, told(WEST, "EPCI", POP=7)) for row in area if row[3] in shared]
    rows += [("67001", "COM", "EMP_T1", "POP_AGE_Y15T64", "2023", 70.0, "F")]
    report = importing(
        write(DOSSIER, parquet(*NORTH)), write("comparateur.parquet", parquet(*rows))
    )
    assert [problem for problem in report.problems if not problem.warning] == []
    catalogue = load_catalogue(datasets=load_descriptions())
    figures = Figures(compute_measures(catalogue, [read_store(store)]))
    activity = figures.at("taux_activite_15_64", Level.COMMUNE, "67001", "2023")
    assert activity is not None
    assert (activity.numerator, activity.denominator) == (50, 70)
    epci = figures.at("population", Level.EPCI, WEST, "2023")
    assert epci is not None
    assert (epci.value, epci.status) == (7, "publie")
