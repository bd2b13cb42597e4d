"""The producers' real files, and files that are not what they should be."""

import datetime
from collections import defaultdict
from pathlib import Path

import orjson
import pandas as pd
import pytest

from ctgsite.errors import SourceError
from ctgsite.geography.cog import Geography
from ctgsite.geography.producers import read_producers


@pytest.fixture
def movements(reference_data: Path) -> pd.DataFrame:
    path = reference_data / "insee-geo" / "cog2024_mouvements-communes.csv.gz"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.mark.reference_data
def test_the_embedded_geography_is_what_the_producers_say(
    produced: Geography, geography: Geography
):
    assert produced == geography


@pytest.mark.reference_data
def test_every_former_code_has_a_commune_of_today_or_is_a_known_split(
    produced: Geography, movements: pd.DataFrame
):
    communes = movements[(movements["TYPECOM_AV"] == "COM") & (movements["COM_AV"] != "")]
    passage = produced.passage
    for code in communes["COM_AV"].unique():
        former = passage.former.get(code)
        assert passage.current_code(code) in passage.communes or (
            former is not None and len(former.successors) > 1
        )


@pytest.mark.reference_data
def test_mergers_are_those_found_by_following_each_movement_by_its_date(
    produced: Geography, movements: pd.DataFrame
):
    steps: dict[str, list[tuple[str, str]]] = defaultdict(list)
    both = movements[(movements["TYPECOM_AV"] == "COM") & (movements["TYPECOM_AP"] == "COM")]
    for row in both.itertuples():
        steps[row.COM_AV].append((row.DATE_EFF, row.COM_AP))

    def followed(code: str, after: str) -> set[str]:
        later = sorted({day for day, _ in steps[code] if day > after})
        if not later:
            return {code}
        heirs = {heir for day, heir in steps[code] if day == later[0]}
        return set().union(*(followed(heir, later[0]) for heir in heirs))

    recent = [f for f in produced.passage.former.values() if f.ended >= datetime.date(1990, 1, 1)]
    for former in recent:
        before = (former.ended - datetime.timedelta(days=1)).isoformat()
        ends = {produced.current_code(code) for code in followed(former.code, before)}
        assert set(former.successors) <= ends, former
    assert len(recent) > 1_800


@pytest.mark.reference_data
def test_harmonised_populations_keep_their_total(produced: Geography, reference_data: Path):
    path = reference_data / "insee-population" / "donnees_communes.csv.gz"
    frame = pd.read_csv(path, sep=";", dtype={"COM": str})
    codes = produced.harmonised_codes(frame["COM"])
    assert codes.notna().all()
    summed = frame.groupby(codes)["PMUN"].sum()
    assert summed.sum() == frame["PMUN"].sum()
    assert summed["31557"] == frame.set_index("COM")["PMUN"]["31557"]
    merged = frame.set_index("COM")["PMUN"]
    assert summed["93066"] == merged["93066"] + merged["93059"]


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SourceError) as caught:
        read_producers(tmp_path)
    place = caught.value.problems[0].place
    assert place is not None
    assert place.path == tmp_path / "etalab-geo" / "communes.json.gz"


def test_an_unreadable_file_is_named(tmp_path: Path):
    (tmp_path / "etalab-geo").mkdir()
    (tmp_path / "etalab-geo" / "communes.json").write_text("[{", encoding="utf-8")
    with pytest.raises(SourceError, match="JSON"):
        read_producers(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path):
    _typed_producers(tmp_path)
    (tmp_path / "insee-geo" / "EPCI_2020.csv").write_text("CODGEO;LIBGEO\n", encoding="utf-8")
    with pytest.raises(SourceError, match="EPCI"):
        read_producers(tmp_path)


def test_a_few_typed_rows_make_a_geography(tmp_path: Path):
    _typed_producers(tmp_path)
    geography = read_producers(tmp_path)
    assert geography.communes_of("epci", "200000001") == ("01001", "01003")
    assert geography.area("departement", "01").tncc == 5
    assert geography.current_code("01002") == "01001"
    former = geography.former("01002")
    assert former is not None
    assert former.ended == datetime.date(2019, 1, 1)
    assert "01003" in geography.passage.split_reasons(2020)
    assert geography.iris["01001"] == (("0101", "H"), ("0102", "A"))
    assert geography.epci_changed == {"200000001"}


@pytest.mark.parametrize(("other", "changed"), [("200000001", set()), ("200000002", {"200000001"})])
def test_an_epci_that_took_in_a_commune_of_another_has_changed(
    tmp_path: Path, other: str, changed: set[str]
):
    _typed_producers(tmp_path)
    rows = f"01001;Une;200000001\n01003;Trois;200000001\n01002;Deux;{other}\n"
    path = tmp_path / "insee-geo" / "EPCI_2020.csv"
    path.write_text(f"\ufeffCODGEO;LIBGEO;EPCI\n{rows}", encoding="utf-8")
    assert read_producers(tmp_path).epci_changed == changed


def _typed_producers(folder: Path) -> None:
    """Write a few rows in the producers' layouts: 01002 joined 01001, and 01003 left it."""
    here = {"departement": "01", "region": "84", "zone": "metro"}
    current = here | {"type": "commune-actuelle"}
    etalab = {
        "communes": [
            current | {"code": "01001", "nom": "Une", "typeLiaison": 1, "anciensCodes": ["01002"]},
            current | {"code": "01003", "nom": "Trois", "typeLiaison": 0},
        ],
        "epci": [
            {
                "code": "200000001",
                "nom": "CC des Deux",
                "membres": [{"code": "01001"}, {"code": "01003"}],
            }
        ],
        "departements": [{"code": "01", "region": "84", "nom": "Ain", "typeLiaison": 5} | here],
        "regions": [{"code": "84", "nom": "Région", "typeLiaison": 1, "zone": "metro"}],
    }
    insee = {
        "cog2024_mouvements-communes": (
            "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP\n"
            "21,2021-01-01,COM,01001,Une,COM,01001\n"
            "21,2021-01-01,COM,01001,Une,COM,01003\n"
            "32,2019-01-01,COM,01001,Une,COM,01001\n"
            "32,2019-01-01,COM,01002,Deux,COM,01001\n"
        ),
        "cog2024_communes": "TYPECOM,COM,LIBELLE\nCOM,01001,Une\nCOM,01003,Trois\n",
        "geocodes_passage_annuel": (
            "\ufeffAnnée;Niveau;Type;Ancien Code Officiel;Code Courant Officiel\n"
            "2025;COM;commune;01001;01001\n2025;COM;commune;01003;01003\n"
            "2025;COM;commune;01002;01001\n2025;DEP;département;01;01\n"
        ),
        "EPCI_2020": "\ufeffCODGEO;LIBGEO;EPCI\n01001;Une;200000001\n01002;Deux;ZZZZZZZZZ\n",
        "iris_2021": (
            "\ufeffCODE_IRIS;TYP_IRIS;DEPCOM\n010010101;H;01001\n010010102;A;01001\n"
            "010030000;Z;01003\n"
        ),
    }
    for name, items in etalab.items():
        path = folder / "etalab-geo" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(orjson.dumps(items))
    for name, text in insee.items():
        path = folder / "insee-geo" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
