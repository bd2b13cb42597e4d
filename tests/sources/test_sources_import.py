"""Importing: every file found is imported, left aside for a reason, or wrong."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from pandas.testing import assert_frame_equal
from producers_layouts import FILO_2016, FILO_2018, QPV_2021, RPLS, RPLS_NAME, TXCOUV, line, lines
from small_france import RIVER, figure, small_geography, value

from ctgsite.errors import SourceError
from ctgsite.sources.descriptions import load_ignored
from ctgsite.sources.importing import ImportReport, ignored_reason, import_files, recognise
from ctgsite.sources.store import INDEX, LOCK, dataset_path, opened, read_index, read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

DAY = date(2026, 2, 1)
COM_2018, COM_2016 = "FILO2018_DISP_COM.csv", "FILO2016_DISP_COM.csv"
EPCI_2018 = "FILO2018_DISP_EPCI.csv"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "entrepot"


@pytest.fixture
def importing(store: Path) -> Import:
    """Import paths into the store, on the small France."""

    def run(*paths: Path, day: date = DAY) -> ImportReport:
        return import_files(paths, store, small_geography(), day=day, progress=lambda _: None)

    return run


def filosofi(header: str, **households: int) -> str:
    """Return a file of the households of some communes, `_67001=12`."""
    year = header[len("CODGEO;LIBGEO;NBMEN") :][:2]
    rows = (
        line(header, {"CODGEO": name.removeprefix("_"), f"NBMEN{year}": number, f"Q2{year}": 21000})
        for name, number in households.items()
    )
    return lines(header, *rows)


def rpls(*cells: tuple[str, object]) -> str:
    return lines(RPLS, *(f"{code},a,a,{total},0,0,0,0,0,{total}" for code, total in cells))


def stored(store: Path) -> dict[str, bytes]:
    """Return every file of a store but its lock."""
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name != LOCK
    }


def test_an_imported_file_tells_its_dataset_its_vintages_and_its_rows(
    write: Write, importing: Import, store: Path
):
    path = write(RPLS_NAME, rpls(("67001", 7)))
    report = importing(path)
    (item,) = report.imported
    assert (item.path, item.dataset, item.vintages) == (path, "sdes-rpls", ("1er janvier 2024",))
    assert item.rows == len(read_store(store).frame) > 0
    assert (report.ignored, report.problems) == ((), ())


def test_the_store_remembers_the_file_its_hash_and_the_day(
    write: Write, importing: Import, store: Path
):
    path = write(RPLS_NAME, rpls(("67001", 7)))
    importing(path)
    item = read_index(store)["sdes-rpls"][RPLS_NAME]
    assert item.name == RPLS_NAME
    assert item.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert item.imported == "2026-02-01"
    assert item.rows == len(read_store(store).frame)


def test_a_folder_is_searched_at_every_depth_and_each_file_read_once(
    write: Write, importing: Import, tmp_path: Path
):
    deep = write("donnees/sdes/2024/" + RPLS_NAME, rpls(("67001", 7)))
    report = importing(tmp_path / "donnees", deep, tmp_path / "donnees" / "sdes")
    assert [item.path for item in report.imported] == [deep]


def test_an_unknown_file_that_was_named_is_a_problem_with_the_nearest_name(
    write: Write, importing: Import
):
    path = write("export_parc_logement_social_jan_2024.csv", rpls(("67001", 7)))
    report = importing(path)
    (problem,) = report.problems
    assert not problem.warning
    assert problem.place is not None
    assert problem.place.path == path
    assert "export_parc_logements_sociaux_jan_AAAA.csv" in problem.message
    assert report.imported == ()


def test_an_unknown_file_in_a_folder_is_left_aside(write: Write, importing: Import, tmp_path: Path):
    path = write("donnees/photo.jpg", b"\xff\xd8")
    write("donnees/" + RPLS_NAME, rpls(("67001", 7)))
    report = importing(tmp_path / "donnees")
    assert [ignored for ignored, _ in report.ignored] == [path]
    assert report.problems == ()
    assert len(report.imported) == 1


@pytest.mark.parametrize("name", ["README.md", "meta_FILO2018.csv", "densite.csv.gz"])
def test_a_file_known_to_be_of_no_use_is_left_aside_with_its_reason(
    write: Write, importing: Import, name: str
):
    path = write(name, "rien")
    report = importing(path)
    assert report.ignored == ((path, ignored_reason(path)),)
    assert report.ignored[0][1]
    assert report.problems == ()


def test_a_missing_file_is_a_problem(importing: Import, tmp_path: Path):
    (problem,) = importing(tmp_path / RPLS_NAME).problems
    assert problem.place is not None
    assert problem.place.path == tmp_path / RPLS_NAME


def test_a_wrong_file_does_not_stop_the_others(write: Write, importing: Import, store: Path):
    wrong = write(COM_2018, "CODGEO;LIBGEO\n67001;Rive-Nord\n")
    right = write(RPLS_NAME, rpls(("67001", 7)))
    report = importing(wrong, right)
    assert [item.path for item in report.imported] == [right]
    assert {problem.place.path for problem in report.problems if problem.place} == {wrong}
    assert set(read_index(store)) == {"sdes-rpls"}


@pytest.mark.parametrize(
    "content",
    ["", RPLS + "\n", rpls(("67001", "sept")), rpls(("67001", 1), ("67001", 2)), "DEPCOM_ARM\n1\n"],
)
def test_a_wrong_file_leaves_the_former_figures_untouched(
    write: Write, importing: Import, store: Path, content: str
):
    importing(write(RPLS_NAME, rpls(("67001", 7))))
    before = stored(store)
    report = importing(write(RPLS_NAME, content), day=date(2026, 3, 1))
    assert report.imported == ()
    assert report.problems
    assert stored(store) == before


def test_a_file_imported_again_replaces_its_own_figures_alone(
    write: Write, importing: Import, store: Path
):
    importing(
        write(COM_2016, filosofi(FILO_2016, _67001=16, _67002=16)),
        write(COM_2018, filosofi(FILO_2018, _67001=18, _67002=18)),
        write(RPLS_NAME, rpls(("67001", 7))),
    )
    before = stored(store)
    importing(write(COM_2018, filosofi(FILO_2018, _67001=180)), day=date(2026, 3, 1))
    found = read_store(store)
    assert value(found, "67001", "NBMEN", year="2016") == 16
    assert value(found, "67001", "NBMEN", year="2018") == 180
    assert value(found, "67002", "NBMEN", year="2018") is None  # no row in the new file
    after = stored(store)
    assert {name for name in before if before[name] != after.get(name)} == {"store.json"}
    added = sorted(re.sub(r"\.[0-9a-f]{12}", "", name) for name in set(after) - set(before))
    assert added == [
        "insee-filosofi.parquet",
        f"insee-filosofi/{COM_2018}.parquet",
        f"insee-filosofi/{COM_2018}.sommes.parquet",
    ]
    days = {name: item.imported for name, item in read_index(store)["insee-filosofi"].items()}
    assert days == {COM_2016: "2026-02-01", COM_2018: "2026-03-01"}


def test_a_file_and_its_gz_are_one_file(write: Write, importing: Import, store: Path):
    importing(write(RPLS_NAME, rpls(("67001", 7), ("67002", 8))))
    wrapped = gzip.compress(rpls(("67001", 70)).encode())
    importing(write(f"{RPLS_NAME}.gz", wrapped))
    assert list(read_index(store)["sdes-rpls"]) == [RPLS_NAME]
    assert read_index(store)["sdes-rpls"][RPLS_NAME].name == f"{RPLS_NAME}.gz"
    found = read_store(store)
    assert value(found, "67001", "NB_LS") == 70
    assert value(found, "67002", "NB_LS") is None


def test_a_figure_published_for_an_epci_stands_before_the_sum_of_its_communes(
    write: Write, importing: Import, store: Path
):
    communes = write(COM_2018, filosofi(FILO_2018, _67001=10, _67002=20, _68001=30))
    importing(communes)
    assert figure(read_store(store), RIVER, "NBMEN", level="epci") == (60, "calcule", "")
    assert value(read_store(store), RIVER, "MED", level="epci") == "non_agregeable"
    importing(write(EPCI_2018, filosofi(FILO_2018, **{f"_{RIVER}": 61})))
    assert figure(read_store(store), RIVER, "NBMEN", level="epci") == (61, "publie", "")
    assert value(read_store(store), RIVER, "MED", level="epci") == 21000
    importing(communes)
    assert figure(read_store(store), RIVER, "NBMEN", level="epci") == (61, "publie", "")
    assert value(read_store(store), "67", "NBMEN", level="departement") == 30


def test_where_two_editions_publish_one_figure_the_newest_stands(
    write: Write, importing: Import, store: Path
):
    header = QPV_2021.rstrip(";")
    for year, population in (("2022", 200), ("2021", 100)):
        cells = {"CODGEO": "QP067001", "LIB_COM": "Rive-Nord", "POP_MUN": population}
        importing(write(f"DEMO_{year}.csv", lines(header, line(header, cells))))
    assert value(read_store(store), "QP067001", "POP_MUN", year="2018") == 200


def test_the_figures_of_a_store_are_the_same_bytes_whatever_the_order_of_imports(
    write: Write, tmp_path: Path
):
    paths = (
        write(COM_2016, filosofi(FILO_2016, _67001=16)),
        write(COM_2018, filosofi(FILO_2018, _67001=18, _67002=19)),
        write(EPCI_2018, filosofi(FILO_2018, **{f"_{RIVER}": 61})),
    )
    found = []
    for name, order in (("1", paths), ("2", paths[::-1])):
        for path in order:
            import_files(
                [path], tmp_path / name, small_geography(), day=DAY, progress=lambda _: None
            )
        store = tmp_path / name
        index = read_index(store)
        resolved = dataset_path(store, "insee-filosofi", index["insee-filosofi"])
        found.append(((store / INDEX).read_bytes(), resolved.name, resolved.read_bytes()))
    assert found[0] == found[1]


def test_codes_that_are_no_commune_of_today_are_a_warning_and_not_a_failure(
    write: Write, importing: Import, store: Path
):
    path = write(RPLS_NAME, rpls(("67001", 7), ("99999", 8)))
    report = importing(path)
    (problem,) = report.problems
    assert problem.warning
    assert "99999" in problem.message
    assert problem.place is not None
    assert problem.place.path == path
    assert len(report.imported) == 1
    assert value(read_store(store), "67001", "NB_LS") == 7


def test_a_long_list_of_lost_codes_is_shortened_and_counted(write: Write, importing: Import):
    report = importing(write(RPLS_NAME, rpls(*((f"9990{n}", n) for n in range(8)), ("67001", 1))))
    (problem,) = report.problems
    assert "99904" in problem.message
    assert "99905" not in problem.message
    assert "8 en tout" in problem.message


def test_two_imports_at_once_are_refused_and_the_first_goes_on(
    write: Write, importing: Import, store: Path
):
    path = write(RPLS_NAME, rpls(("67001", 7)))
    importing(path)
    before = stored(store)
    with FileLock(store / LOCK), pytest.raises(SourceError) as caught:
        importing(write(RPLS_NAME, rpls(("67001", 8))))
    assert "en cours" in caught.value.problems[0].message
    assert stored(store) == before
    importing(path)


def test_nothing_is_imported_into_a_folder_of_other_files(
    write: Write, importing: Import, store: Path
):
    write("entrepot/lettre.txt", "bonjour")
    with pytest.raises(SourceError):
        importing(write(RPLS_NAME, rpls(("67001", 7))))
    assert set(stored(store)) == {"lettre.txt"}


def test_each_file_read_is_told(write: Write, store: Path):
    told: list[str] = []
    path = write(RPLS_NAME, rpls(("67001", 7)))
    import_files([path], store, small_geography(), day=DAY, progress=told.append)
    assert any(RPLS_NAME in message for message in told)


def test_importing_nothing_makes_an_empty_store(importing: Import, store: Path, tmp_path: Path):
    (tmp_path / "vide").mkdir()
    report = importing(tmp_path / "vide")
    assert (report.imported, report.ignored) == ((), ())
    assert ["aucun fichier connu" in problem.message for problem in report.problems] == [True]
    with opened(store) as index:
        assert index == {}


@pytest.mark.parametrize(
    ("name", "dataset", "year"),
    [
        ("FILO2018_DISP_COM.csv", "insee-filosofi", "2018"),
        ("FILO2018_DISP_COM.csv.gz", "insee-filosofi", "2018"),
        ("filo2018_disp_com.CSV", "insee-filosofi", "2018"),
        ("FILO2018_DISP_Pauvres_COM.csv", "insee-filosofi-pauvrete", "2018"),
        ("txcouv_pe_com_2022_excerpt.csv", "cnaf-txcouv", "2022"),
        ("inr_region_84.csv", "anct-inr", ""),
        ("population2019.xls.gz", "insee-populations-legales", "2019"),
        ("base_cc_comparateur_csv.zip", "insee-comparateur", ""),
    ],
)
def test_a_file_is_recognised_by_the_name_its_producer_gave_it(name: str, dataset: str, year: str):
    source = recognise(Path(name))[-1]
    assert (source.description.id, source.year) == (dataset, year)


@pytest.mark.parametrize(
    "name", ["FILO2018_DISP_COM (1).csv", "FILO_DISP_COM.csv", "FILO2018_DISP_COM.xlsx", "a.csv.gz"]
)
def test_another_name_is_recognised_as_nothing(name: str):
    assert recognise(Path(name)) == ()


def test_a_file_that_ctgsite_leaves_aside_is_read_by_no_dataset():
    plain = [item.name for item in load_ignored() if "*" not in item.name]
    assert plain
    assert all(recognise(Path(name)) == () for name in plain)


def test_a_file_whose_rows_are_of_another_year_than_its_name_is_wrong(
    write: Write, importing: Import
):
    text = lines(TXCOUV, "271,67001,36.9,44.0,89.6,2021")
    (problem,) = importing(write("txcouv_pe_com_2022_excerpt.csv", text)).problems
    assert problem.place is not None
    assert problem.place.line == 2


def test_an_import_that_fails_midway_leaves_every_figure_as_it_was(
    write: Write, importing: Import, store: Path, monkeypatch: pytest.MonkeyPatch
):
    importing(write(COM_2018, filosofi(FILO_2018, _67001=18)), write(RPLS_NAME, rpls(("67001", 7))))
    before, index = read_store(store), read_index(store)

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ctgsite.sources.store._write_index", fails)
    with pytest.raises(KeyboardInterrupt):
        importing(
            write(COM_2018, filosofi(FILO_2018, _67001=180)), write(RPLS_NAME, rpls(("67001", 70)))
        )
    assert read_index(store) == index
    assert_frame_equal(read_store(store).frame, before.frame)


def test_figures_that_no_index_names_any_more_are_removed_one_import_later(
    write: Write, importing: Import, store: Path
):
    def files() -> set[str]:
        return {name for name in stored(store) if name.startswith("sdes-rpls/")}

    kept = []
    for number in (7, 70, 700):
        importing(write(RPLS_NAME, rpls(("67001", number))))
        kept.append(files())
    assert len(kept[0]) == 2
    assert kept[1] > kept[0]
    assert len(kept[2]) == 4
    assert not kept[2] & kept[0]
