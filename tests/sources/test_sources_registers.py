"""Registers by commune: JSON objects, and the directory of schools."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from small_france import figure, read, value

from ctgsite.errors import SourceError

Write = Callable[..., Path]

SCHOOLS = "education-by-commune.json"
FRANCE_SERVICES = "france-services-by-commune.json"
RSA = "caf-by-commune.json"
IPS = "ips-by-commune.json"
DIRECTORY = "annuaire_ecoles_france_mini.parquet"

ALPHA = {
    "year": 2026,
    "totalOpen": 7,
    "byType": {"Ecole": 3, "Collège": 1, "Lycée": 1, "Médico-social": 2},
    "bySector": {"Public": 6, "Privé": 1},
    "byLevel": {
        "ECOLE MATERNELLE": 1,
        "ECOLE MATERNELLE D APPLICATION": 1,
        "ECOLE DE NIVEAU ELEMENTAIRE": 2,
        "ECOLE ELEMENTAIRE D APPLICATION": 1,
    },
}
BETA = {
    "year": 2026,
    "totalOpen": 1,
    "byType": {"Ecole": 1},
    "bySector": {"Public": 1},
    "byLevel": {"ECOLE MATERNELLE": 1},
}


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


def test_counts_are_read_at_their_path_and_several_paths_are_added(write: Write):
    found = read(write(SCHOOLS, json.dumps({"01001": ALPHA, "01002": BETA})))
    assert value(found, "01001", "ETAB") == 7
    assert value(found, "01001", "MEDICO_SOCIAL") == 2
    assert value(found, "01001", "MATERNELLES") == 2  # 1 + 1
    assert value(found, "01001", "ELEMENTAIRES") == 3  # 2 + 1
    assert set(found.frame["year"]) == {"2026"}


def test_a_kind_that_a_commune_does_not_list_is_zero_there(write: Write):
    found = read(write(SCHOOLS, json.dumps({"01001": ALPHA, "01002": BETA})))
    assert value(found, "01002", "COLLEGES") == 0
    assert value(found, "01002", "MATERNELLES") == 1


def test_a_gzipped_json_in_plain_or_escaped_letters_is_the_same(write: Write):
    plain = json.dumps({"01001": ALPHA}, ensure_ascii=False).encode("utf-8-sig")
    escaped = json.dumps({"01001": ALPHA}).encode()
    assert read(write(SCHOOLS, plain)).frame.equals(
        read(write(f"{SCHOOLS}.gz", gzip.compress(escaped))).frame
    )


def test_a_school_year_is_a_year(write: Write):
    entry = {"schoolYear": "2024-2025", "averageIps": 93.4, "schoolsWithIps": 1, "ipsMin": 93.4}
    found = read(write(IPS, json.dumps({"01001": entry})))
    assert value(found, "01001", "IPS_MOYEN", year="2024-2025") == 93.4


def test_a_whole_percent_of_zero_is_less_than_one_percent_and_no_zero(write: Write):
    entries = {
        code: {"rsaShareAmongHouseholdsPercent": share, "vintage": 2024}
        for code, share in (("01001", 0), ("01002", 5), ("01003", 1))
    }
    found = read(write(RSA, json.dumps(entries)))
    gap = figure(found, "01001", "RSA_PART")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "moins de 1 %" in gap.note
    assert value(found, "01002", "RSA_PART") == 5
    assert value(found, "01003", "RSA_PART") == 1
    assert set(found.frame["vintage"]) == {"décembre 2024"}


def test_a_null_is_a_gap_where_zero_is_not_implied(write: Write):
    entries = {
        "01001": {"rsaShareAmongHouseholdsPercent": None, "vintage": 2024},
        "01002": {"rsaShareAmongHouseholdsPercent": 5, "vintage": 2024},
    }
    assert value(read(write(RSA, json.dumps(entries))), "01001", "RSA_PART") == "absent"


def test_several_years_are_refused_and_named(write: Write):
    entries = {"01001": {"year": 2024, "count": 1}, "01002": {"year": 2025, "count": 1}}
    error = refusal(write(FRANCE_SERVICES, json.dumps(entries)))
    assert "2024, 2025" in error.problems[0].message


def test_no_year_at_all_is_refused(write: Write):
    error = refusal(write(FRANCE_SERVICES, json.dumps({"01001": {"count": 1}})))
    assert "« year »" in error.problems[0].message


def test_a_path_that_no_commune_has_is_refused_with_the_nearest(write: Write):
    error = refusal(write(FRANCE_SERVICES, json.dumps({"01001": {"year": 2025, "counts": 1}})))
    assert "« count »" in error.problems[0].message
    assert "« counts »" in error.problems[0].message


def test_a_text_instead_of_a_number_is_refused(write: Write):
    error = refusal(write(FRANCE_SERVICES, json.dumps({"01001": {"year": 2025, "count": "1"}})))
    assert "NB_FS" in error.problems[0].message


def test_what_is_no_json_is_refused_at_its_line_and_column(write: Write):
    error = refusal(write(FRANCE_SERVICES, '{"01001":\n  {"year": 2025, "count": }}'))
    assert error.problems[0].place is not None
    assert (error.problems[0].place.line, error.problems[0].place.column) == (2, 27)


@pytest.mark.parametrize("content", ["[]", "{}", "3", "null", '["01001"]'])
def test_what_is_no_object_by_commune_is_refused(write: Write, content: str):
    assert refusal(write(FRANCE_SERVICES, content)).problems


def test_a_commune_that_figures_twice_is_refused(write: Write):
    entry = '"01001": {"year": 2025, "count": 1}'
    error = refusal(write(FRANCE_SERVICES, f"{{{entry}, {entry}}}"))
    assert "01001" in error.problems[0].message


def schools(*rows: tuple[str | None, str, float | None], **renamed: str) -> bytes:
    names = ["code_commune", "type_etablissement", "nombre_d_eleves"]
    frame = pd.DataFrame(rows, columns=names).astype({"nombre_d_eleves": float})
    frame.insert(0, "identifiant_de_l_etablissement", [f"{n:07}A" for n in range(len(frame))])
    content = io.BytesIO()
    frame.rename(columns=renamed).to_parquet(content)
    return content.getvalue()


OTHERS = (("67002", "Collège", 400.0), ("67002", "Lycée", 900.0))


def test_schools_are_counted_and_their_pupils_added_by_commune(write: Write):
    rows = (("67001", "Ecole", 120.0), ("67001", "Ecole", 80.0), ("67001", "Autre", 5.0), *OTHERS)
    found = read(write(DIRECTORY, schools(*rows)))
    assert value(found, "67001", "NB_ECOLES") == 2
    assert value(found, "67001", "ELEVES_ECOLES") == 200
    assert value(found, "67002", "ELEVES_LYCEES") == 900


def test_pupils_are_absent_where_one_school_has_no_count(write: Write):
    rows = (("67001", "Ecole", 120.0), ("67001", "Ecole", None), ("67001", "Collège", 300.0))
    found = read(write(DIRECTORY, schools(*rows, *OTHERS)))
    assert value(found, "67001", "NB_ECOLES") == 2
    gap = figure(found, "67001", "ELEVES_ECOLES")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "au moins un établissement" in gap.note
    assert value(found, "67001", "ELEVES_COLLEGES") == 300


def test_a_commune_of_the_directory_without_a_kind_of_school_has_none(write: Write):
    found = read(write(DIRECTORY, schools(("67001", "Ecole", 120.0), *OTHERS)))
    assert value(found, "67001", "NB_COLLEGES") == 0
    assert value(found, "67001", "ELEVES_COLLEGES") == 0


def test_schools_without_a_commune_are_in_none(write: Write):
    rows = ((None, "Ecole", 10.0), ("67001", "Ecole", 120.0), *OTHERS)
    found = read(write(DIRECTORY, schools(*rows)))
    assert set(found.frame["code"]) == {"67001", "67002"}
    assert value(found, "67001", "NB_ECOLES") == 1


def test_a_directory_that_is_no_parquet_is_refused(write: Write):
    error = refusal(write(DIRECTORY, "code_commune;type_etablissement\n"))
    assert "Parquet" in error.problems[0].message


def test_a_truncated_directory_is_refused(write: Write):
    content = schools(("67001", "Ecole", 120.0), *OTHERS)
    assert refusal(write(DIRECTORY, content[:-20])).problems


def test_a_directory_without_a_column_is_refused_with_the_nearest(write: Write):
    content = schools(("67001", "Ecole", 1.0), *OTHERS, nombre_d_eleves="nb_eleves")
    error = refusal(write(DIRECTORY, content))
    assert "« nombre_d_eleves »" in error.problems[0].message
    assert "« nb_eleves »" in error.problems[0].message


def test_a_kind_of_school_that_changed_its_name_is_refused(write: Write):
    rows = (("67001", "École", 1.0), *OTHERS)
    assert "« Ecole »" in refusal(write(DIRECTORY, schools(*rows))).problems[0].message


def test_a_directory_without_a_school_is_refused(write: Write):
    assert "aucune ligne" in refusal(write(DIRECTORY, schools())).problems[0].message


PORTAL = "fr-en-annuaire-education.parquet"


def directory(*rows: tuple[str, str, str, float | None, str, object]) -> bytes:
    """Return the portal's export: unit, commune, type, pupils, state, day of the last change."""
    names = [
        "identifiant_de_l_etablissement", "code_commune", "type_etablissement",
        "nombre_d_eleves", "etat", "date_maj_ligne",
    ]  # fmt: skip
    content = io.BytesIO()
    pd.DataFrame(rows, columns=names).astype({"nombre_d_eleves": float}).to_parquet(content)
    return content.getvalue()


SECOND_DEGREE = (
    ("0670008H", "67002", "Collège", 400.0, "OUVERT", "2025-09-10"),
    ("0670009J", "67002", "Lycée", 900.0, "OUVERT", "2025-10-03"),
)


def test_the_portal_s_directory_is_of_the_year_of_its_newest_row(write: Write):
    school = ("0670001A", "67001", "Ecole", 120.0, "OUVERT", "2026-10-04")
    found = read(write(PORTAL, directory(school, *SECOND_DEGREE)))
    assert value(found, "67001", "NB_ECOLES", year="2026") == 1
    assert set(found.frame["vintage"]) == {"extraction de 2026"}


def test_a_school_on_several_rows_counts_once_and_one_that_closed_does_not(write: Write):
    rows = (
        ("0670001A", "67001", "Ecole", 120.0, "OUVERT", "2026-10-04"),
        ("0670001A", "67001", "Ecole", 120.0, "OUVERT", "2026-10-04"),
        ("0670002B", "67001", "Ecole", 80.0, "FERME", "2026-10-04"),
    )
    found = read(write(PORTAL, directory(*rows, *SECOND_DEGREE)))
    assert value(found, "67001", "NB_ECOLES") == 1
    assert value(found, "67001", "ELEVES_ECOLES") == 120


def test_pupils_are_absent_where_the_rows_of_a_school_disagree(write: Write):
    rows = [("0670001A", "67001", "Ecole", n, "OUVERT", "2026-10-04") for n in (120.0, 130.0)]
    found = read(write(PORTAL, directory(*rows, *SECOND_DEGREE)))
    assert value(found, "67001", "NB_ECOLES") == 1
    assert value(found, "67001", "ELEVES_ECOLES") == "absent"


def test_a_directory_whose_rows_are_not_dated_is_refused(write: Write):
    rows = [
        ("0670001A", "67001", kind, 1.0, "OUVERT", "") for kind in ("Ecole", "Collège", "Lycée")
    ]
    error = refusal(write(PORTAL, directory(*rows)))
    assert "date_maj_ligne" in error.problems[0].message
