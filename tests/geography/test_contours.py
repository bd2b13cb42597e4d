"""Contours: shared borders stay shared, mergers are drawn as one, nothing is invented."""

import datetime
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

import orjson
import pytest
import shapely
from shapely.geometry import Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

from ctgsite.errors import SourceError
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import CommuneTable, Geography
from ctgsite.geography.contours import (
    NAME,
    SNAPSHOT,
    Contours,
    Ring,
    embedded_contours,
    read_contours,
    write_contours,
)
from ctgsite.geography.passage import FormerCommune, Passage
from ctgsite.geography.topology import build_contours

REFERENCE = {"21", "31", "41", "67", "68", "76"}
EPCI = ["200072635", "200069821", "200030526", "200068815"]


@pytest.fixture(scope="session")
def contours() -> Contours:
    return embedded_contours()


def drawn(rings: Iterable[Ring]) -> BaseGeometry:
    """Return the surface that rings enclose: a ring within another is a hole."""
    surface: BaseGeometry = Polygon()
    for ring in rings:
        surface = surface.symmetric_difference(shapely.make_valid(Polygon(ring)))
    return surface


def test_all_communes_of_the_reference_departements_are_drawn(
    contours: Contours, geography: Geography
):
    communes = {c for code in REFERENCE for c in geography.communes_of("departement", code)}
    assert communes <= set(contours.communes.rings)
    assert contours.missing == ()


def test_all_departements_and_the_epci_of_the_reference_ones_are_drawn(
    contours: Contours, geography: Geography
):
    assert {area.code for area in geography.areas("departement")} == set(
        contours.departements.rings
    )
    touched = {
        epci.code
        for code in REFERENCE
        for commune in geography.communes_of("departement", code)
        if (epci := geography.epci_of(commune))
    }
    assert set(contours.epci) == touched
    assert all(contours.rings("epci", code) for code in touched)


def test_rings_are_closed_and_rounded_to_four_decimals(contours: Contours):
    for code in ("31557", "76259", "67281"):
        for ring in contours.rings("commune", code):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(round(value, 4) == value for point in ring for value in point)


def test_a_commune_is_drawn_where_it_is(contours: Contours):
    place = drawn(contours.rings("commune", "31557")).centroid
    assert place.x == pytest.approx(1.33, abs=0.05)
    assert place.y == pytest.approx(43.58, abs=0.05)


@pytest.mark.parametrize("code", EPCI)
def test_the_outline_of_an_epci_is_exactly_the_union_of_its_communes(contours: Contours, code: str):
    outline = drawn(contours.rings("epci", code))
    communes = [drawn(contours.rings("commune", member)) for member in contours.epci[code]]
    assert outline.area == pytest.approx(sum(commune.area for commune in communes))
    assert outline.symmetric_difference(shapely.union_all(communes)).area < 1e-9


def test_any_group_of_communes_has_an_outline_and_an_unknown_one_none(contours: Contours):
    assert contours.outline(["31541", "31557"])
    assert contours.outline(["31541", "75056"]) == ()
    assert contours.rings("commune", "75056") == ()
    assert contours.rings("epci", "999999999") == ()
    assert contours.rings("territoire", "seilh") == ()


def test_regions_and_france_are_outlines_of_departements(contours: Contours):
    region = drawn(contours.rings("region", "24"))
    parts = [drawn(contours.rings("departement", c)) for c in ("18", "28", "36", "37", "41", "45")]
    assert region.area == pytest.approx(sum(part.area for part in parts))
    assert contours.rings("france", "FRANCE")


def test_the_file_is_compact_and_reads_back(contours: Contours, tmp_path: Path):
    assert (SNAPSHOT / NAME).stat().st_size < 900_000
    write_contours(contours, tmp_path)
    assert read_contours(tmp_path) == contours
    assert (tmp_path / NAME).read_bytes() == (SNAPSHOT / NAME).read_bytes()


def test_a_missing_file_is_a_source_error(tmp_path: Path):
    with pytest.raises(SourceError):
        read_contours(tmp_path)


def test_merged_communes_are_dissolved_and_communes_without_contour_listed(tmp_path: Path):
    _typed_contours(
        tmp_path,
        {
            "01001": box(0, 0, 1, 1),
            "01002": box(1, 0, 2, 1),  # merged into 01001
            "01003": box(0, 1, 2, 2),
        },
    )
    contours = build_contours(tmp_path, _small_geography(), ["01"])
    assert drawn(contours.rings("commune", "01001")).equals(box(0, 0, 2, 1))
    assert contours.missing == ("01004",)
    assert contours.rings("commune", "01004") == ()
    assert contours.rings("epci", "200000001") == ()  # one of its communes has no contour


def test_neighbours_share_their_border_once(tmp_path: Path):
    _typed_contours(tmp_path, {"01001": box(0, 0, 2, 1), "01003": box(0, 1, 2, 2)})
    layer = build_contours(tmp_path, _small_geography(), ["01"]).communes
    arcs = {code: {arc for ring in rings for arc in ring} for code, rings in layer.rings.items()}
    shared = {~arc for arc in arcs["01001"]} & arcs["01003"]
    assert len(shared) == 1
    assert drawn(layer.outline(["01001", "01003"])).equals(box(0, 0, 2, 2))


def test_an_unreadable_archive_is_named(tmp_path: Path):
    with pytest.raises(SourceError, match="tar"):
        build_contours(tmp_path, _small_geography(), ["01"])


@pytest.mark.reference_data
def test_the_producers_contours_make_the_same_file_twice(
    geography: Geography, reference_data: Path, tmp_path: Path
):
    first, second = (
        write_contours(build_contours(reference_data, geography, ["68"]), tmp_path / name)[0]
        for name in ("first", "second")
    )
    assert first.read_bytes() == second.read_bytes()
    found = read_contours(tmp_path / "first")
    assert found.missing == ()
    assert set(geography.communes_of("epci", "200030526")) <= set(found.communes.rings)


def _small_geography() -> Geography:
    ended = FormerCommune("01002", "Deux", datetime.date(2019, 1, 1), ("01001",))
    codes = ("01001", "01003", "01004")
    return Geography(
        year=2026,
        table=CommuneTable(codes, ("Une", "Trois", "Quatre"), (1, 0, 0), ("200000001",) * 3),
        epcis=(Area(Level.EPCI, "200000001", "CC des Trois"),),
        departements=(Area(Level.DEPARTEMENT, "01", "Ain", 5),),
        regions=(Area(Level.REGION, "84", "Région", 1),),
        region_of={"01": "84"},
        passage=Passage(frozenset(codes), former={"01002": ended}),
    )


def _typed_contours(folder: Path, shapes: dict[str, BaseGeometry]) -> None:
    """Write communes and one département in the producers' layouts."""
    target = folder / "contours"
    target.mkdir()
    communes = _collection({"code": code} | {"geometry": s} for code, s in shapes.items())
    with tarfile.open(target / "communes-par-departement.geojson.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo("communes-01-ain.geojson")
        member.size = len(communes)
        archive.addfile(member, io.BytesIO(communes))
    whole = [{"insee_dep": "01", "geometry": shapely.union_all(list(shapes.values()))}]
    path = target / "fr-drom-4326-pur-style1-dep.geojson"
    path.write_bytes(_collection(whole))


def _collection(items: Iterable[dict[str, object]]) -> bytes:
    features = []
    for item in items:
        geometry = mapping(item.pop("geometry"))
        features.append({"type": "Feature", "properties": item, "geometry": geometry})
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def test_the_five_overseas_departements_are_drawn_in_insets_west_of_the_metropole(
    contours: Contours,
):
    for code in ("971", "972", "973", "974", "976"):
        rings = contours.rings("departement", code)
        assert rings
        assert max(x for ring in rings for x, _ in ring) < -1.7


def test_neighbours_share_a_border_both_ways_and_not_a_mere_point(contours: Contours):
    near = contours.communes.touching("31541")
    assert near
    for other in near:
        assert "31541" in contours.communes.touching(other)
        shared = drawn(contours.rings("commune", "31541")).intersection(
            drawn(contours.rings("commune", other))
        )
        assert shared.length > 0
