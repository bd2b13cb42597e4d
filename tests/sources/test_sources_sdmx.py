"""SDMX-like files: rows of every level, statuses, dimensions, in INSEE's Melodi layout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from small_france import WEST, describe, figure, observed, read, value

from ctgsite.errors import SourceError
from ctgsite.sources.addresses import Watch
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.store import read_store

Write = Callable[..., Path]

BIRTHS = "DS_ETAT_CIVIL_NAIS_COMMUNES_2025_CSV_FR.zip"
DEATHS = "DS_ETAT_CIVIL_DECES_COMMUNES_2025_CSV_FR.zip"
POPULATIONS = "DS_POPULATIONS_HISTORIQUES_CSV_FR.zip"
BPE = "DS_BPE_2024_CSV_FR.zip"

CIVIL = "EC_MEASURE;FREQ;GEO;GEO_OBJECT;OBS_STATUS;TIME_PERIOD;OBS_VALUE"
PEOPLE = "FREQ;GEO;GEO_OBJECT;POPREF_MEASURE;TIME_PERIOD;OBS_VALUE"
FACILITY = (
    "GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_SDOM;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE"
)
SCHOOLS = ("C107", "C108", "C109", "C201")
CARE = ("D265", "D277", "D281", "D307", "D401", "D402", "D502")
BPE_TYPES = (*SCHOOLS, *CARE, "F303", "F307", "A128")


def archive(header: str, rows: Sequence[str], dataset: str, end: str = "\n") -> bytes:
    """Return a zip as INSEE makes it: data and metadata, texts quoted, years and values bare."""
    quoted = [";".join(f'"{name}"' for name in header.split(";"))]
    for row in rows:
        *texts, year, number = row.split(";")
        quoted.append(";".join([*(f'"{text}"' for text in texts), year, number]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as found:
        found.writestr(f"{dataset}_metadata.csv", '"COD_VAR";"LIB_VAR";"COD_MOD";"LIB_MOD"\n')
        found.writestr(f"{dataset}_data.csv", "".join(line + end for line in quoted))
    return stream.getvalue()


def births(*rows: str, end: str = "\n") -> bytes:
    """Return births: area, level, status, year, value."""
    lines = [f"LVB;A;{row}" for row in rows]
    return archive(CIVIL, lines, "DS_ETAT_CIVIL_NAIS_COMMUNES", end)


def facilities(*rows: str, year: str = "2024", lacking: str = "") -> bytes:
    """Return facilities, and one of each type in Alpha's département; area, level, type, value."""
    every = [f"01;DEP;{kind};1" for kind in BPE_TYPES if kind != lacking]
    lines = []
    for row in (*every, *rows):
        area, level, kind, number = row.split(";")
        lines.append(f"{area};{level};{kind[0]};{kind[:2]};{kind};FACILITIES;{year};{number}")
    return archive(FACILITY, lines, f"DS_BPE_{year}")


def refusal(path: Path) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read(path)
    return [str(problem) for problem in caught.value.problems]


def test_each_level_has_its_rows_and_other_divisions_have_none(write: Write):
    found = read(
        write(
            BIRTHS,
            births(
                "01001;COM;A;2024;12",
                "01002;COM;A;2024;3",
                f"{WEST};EPCI;A;2024;15",
                "01;DEP;A;2024;15",
                "84;REG;A;2024;15",
                "F;FRANCE;A;2024;659731",
                "FM;FRANCE;A;2024;622000",
                "F_X_D976;FRANCE;A;2024;650000",
                "75101;ARM;A;2024;99",
                "8401;ZE2020;A;2024;98",
                "0101;ARR;A;2024;97",
            ),
        )
    )
    told = {(str(row.level), str(row.code)): row.value for row in found.frame.itertuples()}
    assert told == {
        ("commune", "01001"): 12,
        ("commune", "01002"): 3,
        ("epci", WEST): 15,
        ("departement", "01"): 15,
        ("region", "84"): 15,
        ("france", "FRANCE"): 659731,
    }


def test_a_figure_is_of_its_period_and_edition(write: Write):
    found = read(write(BIRTHS, births("01001;COM;A;2008;9", "01001;COM;A;2025;12")))
    assert value(found, "01001", "NAISD", year="2008") == 9
    assert value(found, "01001", "NAISD", year="2025") == 12
    assert set(found.frame["vintage"]) == {"2008", "2025"}


def test_a_status_without_a_figure_is_a_gap_with_its_reason_never_zero(write: Write):
    found = read(
        write(
            BIRTHS,
            births(
                "01001;COM;K;2017;",
                "01002;COM;W;2017;140",
                "01003;COM;P;2017;4",
                "97601;COM;M;2010;",
                "01001;COM;A;2010;0",
            ),
        )
    )
    counted = figure(found, "01001", "NAISD", year="2017")
    assert counted == (
        None,
        "absent",
        "cette année-là, l’Insee compte cette commune avec une autre",
    )
    wider = figure(found, "01002", "NAISD", year="2017")
    assert wider == (
        None,
        "absent",
        "cette année-là, le chiffre publié compte aussi une autre commune",
    )
    assert figure(found, "01003", "NAISD", year="2017") == (4, "publie", "donnée provisoire")
    assert value(found, "97601", "NAISD", year="2010") == "absent"
    assert value(found, "01001", "NAISD", year="2010") == 0
    assert value(found, "01002", "NAISD", year="2010") is None  # no row: nothing is said


def test_a_status_that_nobody_described_is_refused_at_its_line(write: Write):
    (told,) = refusal(write(BIRTHS, births("01001;COM;A;2024;1", "01002;COM;Z;2024;2")))
    assert ":3:" in told
    assert "« Z »" in told


def test_deaths_are_told_with_births_as_one_dataset(
    write: Write, importing: Callable[..., ImportReport], store: Path
):
    deaths = archive(CIVIL, ["DTH;A;01001;COM;A;2024;8"], "DS_ETAT_CIVIL_DECES_COMMUNES")
    report = importing(write(BIRTHS, births("01001;COM;A;2024;12")), write(DEATHS, deaths))
    assert report.problems == ()
    found = read_store(store)
    assert value(found, "01001", "NAISD", level="commune") == 12
    assert value(found, "01001", "DECESD", level="commune") == 8


def test_the_producers_own_total_stands_before_a_sum(
    write: Write, importing: Callable[..., ImportReport], store: Path
):
    rows = ["01001;COM;A;2024;12", "01002;COM;A;2024;3", f"{WEST};EPCI;A;2024;16"]
    importing(write(BIRTHS, births(*rows)))
    found = read_store(store)
    assert figure(found, WEST, "NAISD", level="epci") == (16, "publie", "")
    assert not found.frame.duplicated(["variable", "year", "level", "code"]).any()


def test_france_adds_up_where_départements_or_communes_do(write: Write):
    departements = [f"{code};DEP;A;2024;10" for code in ("01", "67", "68", "75", "971", "976")]
    found = observed(write(BIRTHS, births("01001;COM;A;2024;1", *departements)))
    assert value(found.derived, "FRANCE", "NAISD", level="france") == 60
    assert value(found.derived, "01", "NAISD", level="departement") == "absent"  # not the published


def test_populations_have_no_status_and_two_concepts(write: Write):
    rows = [
        "A;01001;COM;PSDC;1968;410",
        "A;01001;COM;PMUN;2023;1.2380964E3",
        "A;01;DEP;PMUN;2023;2000",
        "A;F;FRANCE;PMUN;2023;66000000",
    ]
    found = read(write(POPULATIONS, archive(PEOPLE, rows, "DS_POPULATIONS_HISTORIQUES")))
    assert value(found, "01001", "PSDC", year="1968") == 410
    assert value(found, "01001", "P_POP", year="2023") == 1238.0964
    assert value(found, "01001", "P_POP", year="1968") is None
    assert "france" not in set(found.frame["level"])


def test_types_of_facilities_are_counted_and_no_row_is_none(write: Write):
    path = write(
        BPE,
        facilities(
            "01001;COM;D265;7",
            "01001;COM;C107;1",
            "01001;COM;C109;2",
            "01001;COM;A504;30",
            "01002;COM;D502;1",
        ),
    )
    found = observed(path).published
    here = {"level": "commune", "year": "2024"}
    assert value(found, "01001", "MEDECINS", **here) == 7
    assert value(found, "01001", "ECOLES", **here) == 3  # 1 + no row + 2
    assert value(found, "01001", "EAJE", **here) == 0
    assert value(found, "01002", "EAJE", **here) == 1
    assert value(found, "67001", "PHARMACIES", **here) == 0  # a commune without any row
    assert value(found, "97701", "PHARMACIES", **here) is None  # out of France's départements
    assert value(found, "01", "ECOLES", level="departement") == 3


def test_a_type_that_the_file_no_longer_has_is_an_error_and_not_zero(write: Write):
    (told,) = refusal(write(BPE, facilities("01001;COM;D265;7", lacking="D502")))
    assert "« D502 » attendue" in told


def test_a_file_of_another_year_than_its_name_is_refused(write: Write):
    (told,) = refusal(write(BPE, facilities("01001;COM;D265;7", year="2023")))
    assert "2023" in told
    assert "2024 attendue" in told


def test_a_column_may_be_a_crossing_of_two_dimensions(
    write: Write, monkeypatch: pytest.MonkeyPatch
):
    """Women under 5, for instance: `F/Y_LT5`."""
    header = "GEO;GEO_OBJECT;SEX;AGE;TIME_PERIOD;OBS_VALUE"
    rows = ["01001;COM;F;Y_LT5;2024;5", "01001;COM;_T;Y_LT5;2024;9", "01001;COM;F;_T;2024;400"]
    groups = [{"millesime": "{aaaa}", "colonnes": {"N": "F/Y_LT5", "M": "_T/Y_LT5"}}]
    description = describe(
        lecteur={"famille": "sdmx", "mesure": ["SEX", "AGE"], "niveaux": {"COM": "commune"}},
        fichiers=[{"nom": "ages.zip", "niveau": "commune", "groupes": groups}],
        variables={"N": {"libelle": "Filles"}, "M": {"libelle": "Enfants"}},
    )
    monkeypatch.setattr(
        "ctgsite.sources.importing.load_descriptions", lambda: {description.id: description}
    )
    found = read(write("ages.zip", archive(header, rows, "DS_AGES")))
    assert value(found, "01001", "N") == 5
    assert value(found, "01001", "M") == 9
    assert len(found.frame) == 2


def test_an_observation_told_twice_is_refused(write: Write):
    (told,) = refusal(write(BIRTHS, births("01001;COM;A;2024;1", "01001;COM;A;2024;1")))
    assert "figure deux fois" in told
    assert ":3:" in told


def test_a_changed_column_is_named(write: Write):
    content = archive(
        CIVIL.replace("OBS_STATUS", "OBS_STATE"), ["LVB;A;01001;COM;A;2024;1"], "DS_X"
    )
    (told,) = refusal(write(BIRTHS, content))
    assert "« OBS_STATUS » attendue" in told
    assert "« OBS_STATE »" in told


def test_a_row_cut_short_is_refused_at_its_line(write: Write):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        found.writestr("X_data.csv", f"{CIVIL}\nLVB;A;01001;COM;A;2024;1\nLVB;A;01002;COM\n")
    (told,) = refusal(write(BIRTHS, stream.getvalue()))
    assert ":3:" in told
    assert "7 colonnes attendues, 4 trouvées" in told


def test_another_encoding_is_refused_with_its_name(write: Write):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        found.writestr("X_data.csv", f"{CIVIL}\nLVB;A;é1001;COM;A;2024;1\n".encode("latin-1"))
    (told,) = refusal(write(BIRTHS, stream.getvalue()))
    assert "UTF-8 attendu" in told


def test_a_value_that_is_no_number_is_refused_at_its_line(write: Write):
    (told,) = refusal(write(BIRTHS, births("01001;COM;A;2024;1", "01002;COM;A;2024;12,5")))
    assert ":3:" in told


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_bom_change_nothing(write: Write, end: str):
    header, row = CIVIL, "LVB;A;01001;COM;A;2024;1"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        found.writestr("X_data.csv", "\ufeff" + header + end + row + end)
    assert value(read(write(BIRTHS, stream.getvalue())), "01001", "NAISD") == 1


def test_a_file_without_communes_is_refused(write: Write):
    (told,) = refusal(write(BIRTHS, births("01;DEP;A;2024;15")))
    assert "« commune »" in told


def test_the_catalogue_of_melodi_tells_the_newest_edition():
    watch = load_descriptions()["insee-bpe"].watch
    assert isinstance(watch, Watch)
    product = '{{"accessURL":"https://api.insee.fr/melodi/file/DS_BPE/{0}","id":"{0}"}}'
    found = ",".join(product.format(f"DS_BPE_{year}_CSV_FR") for year in (2025, 2024))
    assert watch.newest(f'{{"identifier":"DS_BPE","product":[{found}]}}') == "2025"
    assert watch.newest('{"identifier":"DS_BPE","product":[]}') is None


def test_the_catalogue_of_melodi_tells_the_last_year_of_a_series():
    watch = load_descriptions()["insee-populations-historiques"].watch
    assert isinstance(watch, Watch)
    told = '"temporal":{"endPeriod":"2023-01-01T00:00:00","startPeriod":"1968-01-01T00:00:00"}'
    assert watch.newest(told) == "2023"
