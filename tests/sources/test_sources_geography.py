"""The geography that a fetch brings: areas from INSEE's archives, contours from geo.api.gouv.fr."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import orjson
import pytest
from geography_layouts import (
    COMER,
    COMMUNE,
    COMMUNES,
    CRLF,
    DEPARTEMENT,
    DEPARTEMENTS,
    EPCIS,
    EVENTS,
    MEMBERS,
    MOVEMENT,
    OVERSEAS,
    PASSAGE,
    REGION,
    REGIONS,
    movement,
    workbook,
    write_cog,
    write_epci,
    write_passage,
    write_small_france,
    write_zip,
)

from ctgsite.errors import Problem, SourceError
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import CommuneTable, Geography
from ctgsite.geography.contours import embedded_contours, read_contours
from ctgsite.geography.embedded import MANIFEST, embedded_geography, read_geography
from ctgsite.geography.passage import Passage
from ctgsite.sources import geography as fetched
from ctgsite.sources.geography import (
    load_geography,
    read_fetched_contours,
    read_fetched_geography,
)

Day = datetime.date
KNOWN = embedded_geography()


@pytest.fixture(autouse=True)
def _few_communes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a France of nine communes stand for a whole one."""
    described = load_geography()
    cog = described.files.cog.model_copy(update={"least": 9})
    files = described.files.model_copy(update={"cog": cog})
    small = described.model_copy(update={"files": files})
    monkeypatch.setattr(fetched, "load_geography", lambda: small)
    yield


@pytest.fixture
def small(tmp_path: Path) -> Geography:
    """Read the small France from its archives."""
    return read_fetched_geography(write_small_france(tmp_path), KNOWN)


def refused(folder: Path) -> Problem:
    """Return the first problem of a folder that cannot be read."""
    with pytest.raises(SourceError) as caught:
        read_fetched_geography(folder, KNOWN)
    return caught.value.problems[0]


def test_todays_communes_are_those_of_the_cog_and_of_the_collectivites(small: Geography):
    assert small.year == 2026
    assert small.table.codes == (
        *("01001", "01002", "01004", "2A004", "2B033", "38003", "38007"),
        *("75056", "97411", "97701"),
    )
    assert small.area("commune", "01001") == Area(Level.COMMUNE, "01001", "Une", 1)


def test_areas_have_their_names_and_articles(small: Geography):
    assert small.area("departement", "38") == Area(Level.DEPARTEMENT, "38", "Isère", 5)
    assert small.area("region", "11") == Area(Level.REGION, "11", "Île-de-France", 1)
    assert small.area("epci", "242000354").name == "CA de Bastia"


def test_an_epci_may_straddle_departements(small: Geography):
    assert small.communes_of("epci", "200000001") == ("01001", "01002", "38003")
    assert [d.code for d in small.departements_of("epci", "200000001")] == ["01", "38"]
    assert small.epci_of("38007") is None


def test_corsica_and_overseas_belong_where_their_codes_say(small: Geography):
    assert small.communes_of("region", "94") == ("2A004", "2B033")
    assert small.communes_of("departement", "974") == ("97411",)
    assert small.parent("97701", "france") is None


def test_arrondissements_read_as_their_commune(small: Geography):
    assert small.current_code("75101") == "75056"
    assert small.find("commune", "75101") is None


def test_a_merged_commune_has_its_successor_and_the_day_it_ended(small: Geography):
    former = small.former("73005")
    assert former is not None
    assert (former.successors, former.ended) == (("38003",), Day(2021, 1, 1))
    assert small.current_code("38005") == "38003"  # the code that lasted a day
    assert small.current_code("38006") == "38007"


def test_a_commune_restored_makes_a_split(small: Geography):
    assert set(small.passage.split_reasons(2024)) == {"01001", "01002", "01004"}
    assert small.passage.split_reasons(2025) == {}


def test_what_the_passage_table_shares_out_has_no_single_successor(small: Geography):
    assert small.current_code("01003") is None
    assert [area.code for area in small.successors("01003")] == ["01001", "01004"]


@pytest.mark.parametrize(
    ("code", "day", "existed"),
    [
        ("01002", Day(2018, 1, 1), True),
        ("01002", Day(2019, 1, 1), False),
        ("01002", Day(2025, 1, 1), True),
        ("01004", Day(2024, 12, 31), False),
        ("38005", Day(2020, 1, 1), False),
        ("38005", Day(2021, 1, 1), False),
        ("38007", Day(2015, 1, 1), True),
        ("38007", Day(2018, 1, 1), False),
        ("38007", Day(2020, 1, 1), True),
        ("38006", Day(2020, 1, 1), False),
    ],
)
def test_the_lives_of_a_code_are_known(small: Geography, code: str, day: Day, existed: bool):
    assert small.passage.existed(code, day) is existed


def test_what_the_archives_lack_comes_from_the_geography_known(small: Geography):
    assert small.iris == KNOWN.iris


def test_an_epci_whose_communes_are_those_of_the_geography_known_has_not_changed(tmp_path: Path):
    codes = ("01001", "01002", "01004", "2A004", "2B033", "38003", "38007", "75056", "97411")
    of = {row[0]: row[2] for row in MEMBERS if row[2].isdigit()} | {"2A004": "200000001"}
    table = CommuneTable(codes, codes, (0,) * 9, tuple(of.get(code, "") for code in codes))
    known = Geography(
        2025,
        table,
        (),
        (),
        (),
        {},
        epci_changed=frozenset({"242000354"}),
        passage=Passage(frozenset(codes)),
    )
    found = read_fetched_geography(write_small_france(tmp_path), known)
    assert found.epci_changed == {"200000001", "242010056", "242000354"}


def test_the_newest_edition_of_a_folder_is_read(tmp_path: Path, small: Geography):
    write_cog(tmp_path, "2025", commune=COMMUNES[:3])
    assert read_fetched_geography(tmp_path, KNOWN) == small


def test_member_and_column_names_of_former_years_are_known(tmp_path: Path, small: Geography):
    tables = {  # as in 2020
        "communes2026.csv": (COMMUNE, *COMMUNES),
        "v_commune_comer_2026.csv": (COMER, *OVERSEAS),
        "departement2026.csv": (DEPARTEMENT, *DEPARTEMENTS),
        "region2026.csv": (REGION, *REGIONS),
        "mvtcommune2026.csv": (MOVEMENT, *EVENTS),
    }
    texts = {
        name: CRLF.join((header.lower(), *rows, "")).encode()
        for name, (header, *rows) in tables.items()
    }
    write_zip(tmp_path / "cog_ensemble_2026_csv.zip", texts)
    assert read_fetched_geography(tmp_path, KNOWN) == small


@pytest.mark.parametrize(
    "name",
    [
        "cog_ensemble_2026_csv.zip",
        "epci_au_01-01-2026.zip",
        "table_passage_annuelle_2026.zip",
    ],
)
def test_a_missing_archive_is_named(tmp_path: Path, name: str):
    write_small_france(tmp_path)
    (tmp_path / name).unlink()
    problem = refused(tmp_path)
    assert "fichier absent" in problem.message
    assert problem.place is not None
    assert problem.place.path.name in (name, name.replace("2026", "AAAA"))


def test_a_damaged_archive_is_named(tmp_path: Path):
    write_small_france(tmp_path)
    path = tmp_path / "epci_au_01-01-2026.zip"
    path.write_bytes(path.read_bytes()[:200])
    assert "archive endommagée" in refused(tmp_path).message


def test_a_renamed_member_is_named_with_what_the_archive_holds(tmp_path: Path):
    write_small_france(tmp_path)
    write_zip(tmp_path / "cog_ensemble_2026_csv.zip", {"communes.txt": b"COM"})
    message = refused(tmp_path).message
    assert "v_commune_2026.csv" in message
    assert "communes.txt" in message


Damage = Callable[[Path], Path]


def changed(rows: Sequence[str], at: int, old: str, new: str) -> tuple[str, ...]:
    """Return rows of which one has another text."""
    assert old in rows[at]
    return (*rows[:at], rows[at].replace(old, new), *rows[at + 1 :])


def communes(*rows: str) -> Damage:
    return lambda folder: write_cog(folder, commune=rows)


def movements(*rows: str) -> Damage:
    return lambda folder: write_cog(folder, mvt_commune=rows)


def members(*rows: Sequence[object]) -> Damage:
    return lambda folder: write_epci(folder, members=rows)


def without_columns(folder: Path) -> Path:
    content = {"v_commune_2026.csv": b"TYPECOM,COM\r\nCOM,01001"}
    return write_zip(folder / "cog_ensemble_2026_csv.zip", content)


NEXT_YEAR = movement("10", "2027-01-01", "COM 01001 Une", "COM 01001 Un")
SHORT = ("01001", "Une", 20000001, "CC Une et Deux", "01", "84")
OTHER_REGION = changed(DEPARTEMENTS, 0, "84", "82")

# What is wrong: the damage, what the message says, its line and its column.
FAULTS: dict[str, tuple[Damage, str, int, int]] = {
    "colonnes disparues": (
        without_columns,
        "colonnes attendues et absentes : REG, DEP, TNCC, LIBELLE, COMPARENT",
        *(1, 1),
    ),
    "ligne décalée": (
        communes(*changed(COMMUNES, 2, "QUATRE", "QUATRE,")),
        "12 colonnes attendues, 13 trouvées",
        *(4, 1),
    ),
    "zéro perdu": (
        communes(*changed(COMMUNES, 0, "01001", "1001")),
        "« 1001 » au lieu d’un code de cinq caractères",
        *(2, 2),
    ),
    "commune en double": (
        communes(*COMMUNES, COMMUNES[1]),
        "« 01002 » figure déjà à la ligne 3",
        *(13, 2),
    ),
    "commune d’un autre département": (
        communes(*changed(COMMUNES, 0, ",84,01,", ",84,38,")),
        "rattachée au département « 38 »",
        *(2, 4),
    ),
    "région inconnue": (
        lambda folder: write_cog(folder, departement=OTHER_REGION),
        "région « 82 » inconnue",
        *(2, 2),
    ),
    "commune déléguée sans commune": (
        communes(*changed(COMMUNES, 3, "01001", "01009")),
        "« 01009 » inconnue",
        *(5, 12),
    ),
    "fichier coupé": (
        communes(*COMMUNES[:6]),
        "9 communes au moins attendues, 5 trouvées",
        *(1, 1),
    ),
    "date illisible": (
        movements(*changed(EVENTS, 0, "2025-01-01", "01/01/2025")),
        "« 01/01/2025 » au lieu d’une date AAAA-MM-JJ",
        *(2, 2),
    ),
    "autre millésime": (
        movements(*EVENTS, NEXT_YEAR),
        "mouvement du 2027-01-01, postérieur",
        *(15, 2),
    ),
    "EPCI d’une autre année": (
        members(*MEMBERS[1:]),
        "communes absentes par rapport au COG 2026 : 01001",
        *(1, 1),
    ),
    "commune dans deux EPCI": (
        members(*MEMBERS, MEMBERS[0]),
        "« 01001 » figure déjà à la ligne 7",
        *(16, 1),
    ),
    "Siren tronqué": (
        members(SHORT, *MEMBERS[1:]),
        "« 20000001 » au lieu d’un numéro Siren",
        *(7, 3),
    ),
    "EPCI sans nom": (
        lambda folder: write_epci(folder, epcis=EPCIS[1:]),
        "EPCI « 200000001 » inconnu",
        *(7, 3),
    ),
    "passage d’une autre année": (
        lambda folder: write_passage(folder, years=("2025", "2024", "2015")),
        "dernière colonne CODGEO_2025, CODGEO_2026 attendue",
        *(1, 1),
    ),
    "passage sans toutes les communes": (
        lambda folder: write_passage(folder, rows=PASSAGE[1:3]),
        "communes absentes par rapport au COG 2026",
        *(1, 1),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_told_with_its_line_and_column(tmp_path: Path, fault: str):
    damage, message, line, column = FAULTS[fault]
    write_small_france(tmp_path)
    path = damage(tmp_path)
    problem = refused(tmp_path)
    assert message in problem.message
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == (path, line)
    assert problem.place.column == column


def test_a_workbook_without_its_header_is_refused(tmp_path: Path):
    write_small_france(tmp_path)
    book = workbook({"Composition_communale": [("CODE", "EPCI")], "EPCI": [("EPCI", "LIBEPCI")]})
    write_zip(tmp_path / "epci_au_01-01-2026.zip", {"EPCI_au_01-01-2026.xlsx": book})
    assert "colonnes attendues : CODGEO, EPCI" in refused(tmp_path).message


def test_a_workbook_with_other_sheets_is_refused(tmp_path: Path):
    write_small_france(tmp_path)
    write_zip(tmp_path / "epci_au_01-01-2026.zip", {"a.xlsx": workbook({"Feuil1": [("EPCI",)]})})
    assert "feuille « Composition_communale » attendue" in refused(tmp_path).message


SQUARE = [[[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1], [0.0, 0.0]]]
BESIDE = [[[0.1, 0.0], [0.2, 0.0], [0.2, 0.1], [0.1, 0.1], [0.1, 0.0]]]


def write_contours_of(folder: Path, departement: str, shapes: dict[str, object]) -> Path:
    """Write an answer of geo.api.gouv.fr in GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"nom": code, "code": code},
            "geometry": shape and {"type": "Polygon", "coordinates": shape},
        }
        for code, shape in shapes.items()
    ]
    path = folder / f"communes-{departement}.geojson"
    path.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_contours_are_those_of_the_departements_fetched(tmp_path: Path, small: Geography):
    write_contours_of(tmp_path, "38", {"38003": SQUARE, "38007": BESIDE})
    known = embedded_contours()
    contours = read_fetched_contours(tmp_path, small, known)
    assert contours is not None
    assert set(contours.communes.rings) == {"38003", "38007"}
    assert contours.departements == known.departements
    assert contours.missing == ("01001", "01002")  # of the EPCI that 38003 shares with the Ain


def test_a_former_commune_is_drawn_with_the_one_that_absorbed_it(tmp_path: Path, small: Geography):
    write_contours_of(tmp_path, "38", {"38006": SQUARE, "38007": BESIDE, "38003": None})
    contours = read_fetched_contours(tmp_path, small, embedded_contours())
    assert contours is not None
    (ring,) = contours.rings("commune", "38007")
    assert {x for x, _ in ring} >= {0.0, 0.2}
    assert "38003" in contours.missing


def test_an_answer_in_json_has_contours_too(tmp_path: Path, small: Geography):
    shape = {"type": "Polygon", "coordinates": SQUARE}
    path = tmp_path / "communes-38.geojson"
    path.write_bytes(orjson.dumps([{"code": "38003", "nom": "Trois-Rives", "contour": shape}]))
    contours = read_fetched_contours(tmp_path, small, embedded_contours())
    assert contours is not None
    assert contours.rings("commune", "38003")


def test_without_answers_there_are_no_contours(tmp_path: Path, small: Geography):
    assert read_fetched_contours(tmp_path, small, embedded_contours()) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[{", "contours illisibles"),
        (b'{"erreur": "maintenance"}', "contours illisibles"),
        (b'[{"code": "38003", "contour": {"type": "Polygon"}}]', "contours illisibles"),
        (b'[{"code": "01001", "contour": null}]', "le département 38 était attendu"),
    ],
)
def test_an_answer_that_is_no_answer_is_refused(
    tmp_path: Path, small: Geography, content: bytes, message: str
):
    (tmp_path / "communes-38.geojson").write_bytes(content)
    with pytest.raises(SourceError, match=message):
        read_fetched_contours(tmp_path, small, embedded_contours())


def test_every_download_is_a_file_that_the_layout_reads():
    described = load_geography()
    files = described.files
    for item in described.national:
        assert any(kind.year_of(item.name) for kind in (files.cog, files.epci, files.passage))
    local = described.downloads(("2A", "974"))[-2:]
    assert [item.name for item in local] == ["communes-2A.geojson", "communes-974.geojson"]
    assert "/departements/974/communes?" in local[1].address


def test_the_watched_page_names_its_newest_edition():
    watch = load_geography().watch
    assert watch is not None
    page = "<a>Code officiel géographique au 1<sup>er</sup> janvier 2027</a>"
    assert watch.newest(page + "Code officiel géographique au 1er janvier 2026") == "2027"


def test_a_fetched_folder_is_imported_with_its_contours(tmp_path: Path, importing, store: Path):
    folder = tmp_path / "geographie"
    folder.mkdir()
    write_small_france(folder)
    write_contours_of(folder, "38", {"38003": SQUARE, "38007": BESIDE})
    report = importing(folder)
    assert not report.problems
    assert read_geography(store).year == 2026
    assert set(read_contours(store).communes.rings) == {"38003", "38007"}
    assert "Etalab" not in (store / MANIFEST).read_text(encoding="utf-8")
