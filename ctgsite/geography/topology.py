"""Build the Contours from producers' GeoJSON: dissolve mergers, share borders, simplify, quantise.

Communes that have merged since the contours are drawn together under today's code (the packaged
ones are of about 2018), and a commune without contour is listed, never invented.
"""

from __future__ import annotations

import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from topojson.core.topology import Topology

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.geography.areas import Level
from ctgsite.geography.cog import Geography, departement_code
from ctgsite.geography.contours import SCALE, Contours, Layer

FOLDER = "contours"
COMMUNES = "communes-par-departement.geojson.tar.xz"
DEPARTEMENTS = "fr-drom-4326-pur-style1-dep.geojson"
# Degrees: about 70 m, under the width of a line on a page; the départements' are drawn small.
COMMUNE_TOLERANCE = 0.0007
DEPARTEMENT_TOLERANCE = 0.004

Feature = Mapping[str, Any]


def build_contours(folder: Path, geography: Geography, departements: Iterable[str]) -> Contours:
    """Build contours from a folder of producers' files.

    Args:
        folder: holds `contours/`.
        geography: whose communes and EPCI are drawn.
        departements: those whose communes are drawn, with all communes of the EPCI they touch.

    Raises:
        SourceError: a file is missing or unreadable.
    """
    wanted = geography.with_whole_epci(departements)
    features = _archived(folder / FOLDER / COMMUNES, {departement_code(code) for code in wanted})
    shapes = _commune_shapes(features, geography, wanted)
    layer = _layer(_departement_shapes(folder / FOLDER / DEPARTEMENTS), DEPARTEMENT_TOLERANCE)
    return _contours(shapes, geography, wanted, layer)


def build_live_contours(
    paths: Mapping[str, Path], geography: Geography, departements: Layer
) -> Contours:
    """Build contours from answers of geo.api.gouv.fr.

    Args:
        paths: the file of each département whose communes are drawn, with all communes of the
            EPCI they touch.
        geography: whose communes and EPCI are drawn.
        departements: their contours, which these files do not have.

    Raises:
        SourceError: a file is unreadable, or has communes of another département.
    """
    features = chain.from_iterable(_answered(path, code) for code, path in paths.items())
    wanted = geography.with_whole_epci(paths)
    return _contours(_commune_shapes(features, geography, wanted), geography, wanted, departements)


def _contours(
    shapes: Mapping[str, BaseGeometry],
    geography: Geography,
    wanted: Set[str],
    departements: Layer,
) -> Contours:
    touched = {epci.code for code in wanted if (epci := geography.epci_of(code))}
    epcis = {code: list(geography.communes_of(Level.EPCI, code)) for code in sorted(touched)}
    regions: dict[str, list[str]] = defaultdict(list)
    for departement, region in sorted(geography.region_of.items()):
        regions[region].append(departement)
    return Contours(
        communes=_layer(shapes, COMMUNE_TOLERANCE),
        departements=departements,
        epci={code: members for code, members in epcis.items() if set(members) <= set(shapes)},
        regions=regions,
        missing=tuple(sorted(wanted - set(shapes))),
    )


def _commune_shapes(
    features: Iterable[Feature], geography: Geography, wanted: Set[str]
) -> dict[str, BaseGeometry]:
    """Return the shape of each wanted commune: the union of those that merged into it."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in features:
        commune = geography.current_code(feature["properties"]["code"])
        if commune and commune in wanted:
            parts[commune].append(shape(feature["geometry"]))
    return {code: shapely.union_all(shapes) for code, shapes in sorted(parts.items())}


def _departement_shapes(path: Path) -> dict[str, BaseGeometry]:
    try:
        features = orjson.loads(path.read_bytes())["features"]
        shapes = {item["properties"]["insee_dep"]: shape(item["geometry"]) for item in features}
    except (OSError, KeyError, orjson.JSONDecodeError) as error:
        raise _unreadable(path, error) from error
    return dict(sorted(shapes.items()))


def _archived(path: Path, departements: set[str]) -> Iterator[Feature]:
    """Yield the communes of the archive's files `communes-<département>-<name>.geojson`."""
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content and member.name.split("-")[1] in departements:
                    yield from orjson.loads(content.read())["features"]
    except (OSError, EOFError, IndexError, KeyError, tarfile.TarError, ValueError) as error:
        raise _unreadable(path, error) from error


def _answered(path: Path, departement: str) -> Iterator[Feature]:
    """Yield the communes of an answer in GeoJSON, or in JSON with a field `contour`."""
    try:
        document = orjson.loads(path.read_bytes())
        if isinstance(document, list):
            items = [{"properties": item, "geometry": item["contour"]} for item in document]
        else:
            items = document["features"]
        for item in items:
            code = item["properties"]["code"]
            if departement_code(code) != departement:
                message = f"commune {code} trouvée, le département {departement} était attendu"
                raise SourceError(Problem(message, Place(path)))
            if item["geometry"]:  # a commune without contour is missing, not wrong
                shape(item["geometry"])
                yield item
    except (OSError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise _unreadable(path, error) from error


def _layer(shapes: Mapping[str, BaseGeometry], tolerance: float) -> Layer:
    """Return the simplified topology of some shapes.

    Shapes are turned one way (outer rings anticlockwise) so that neighbours go through a shared
    arc in opposite directions: `Layer.outline` tells inner borders by that.
    """
    features = [
        {"type": "Feature", "properties": {}, "id": code, "geometry": mapping(_turned(geometry))}
        for code, geometry in shapes.items()
    ]
    topology = Topology(
        {"type": "FeatureCollection", "features": features},
        prequantize=False,
        shared_coords=True,
        winding_order="CCW_CW",
    )
    document = topology.toposimplify(tolerance, prevent_oversimplify=True).to_dict()
    geometries = document["objects"]["data"]["geometries"]
    return Layer(
        arcs=[_quantised(arc) for arc in document["arcs"]],
        rings={item["id"]: _flat(item) for item in geometries},
    )


def _turned(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.orient_polygons(shapely.normalize(geometry), exterior_cw=False)


def _flat(geometry: Mapping[str, Any]) -> list[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [list(ring) for polygon in polygons for ring in polygon]


def _quantised(arc: Iterable[tuple[float, float]]) -> str:
    """Return an arc as steps between rounded points, without the steps that go nowhere."""
    steps: list[int] = []
    before = (0, 0)
    for x, y in arc:
        point = round(x * SCALE), round(y * SCALE)
        if not steps or point != before:
            steps += [point[0] - before[0], point[1] - before[1]]
        before = point
    return " ".join(map(str, steps))


def _unreadable(path: Path, error: Exception) -> SourceError:
    return SourceError(Problem(f"contours illisibles ({error})", Place(path)))
