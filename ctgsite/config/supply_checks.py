"""Checks of the supply: the needs that services answer, and where services stand on the map."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import TypeGuard

from ctgsite.config.known import KINDS, AreaKind, Box, KnownNames
from ctgsite.config.patterns import texts, values
from ctgsite.config.positions import Document
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem

MARGIN = 20.0  # kilometres around the territory where a service may still stand
_KM_PER_DEGREE = 111.2


def check_supply(
    document: Document, known: KnownNames, indicators: Collection[str]
) -> Iterator[Problem]:
    """Find needs that no indicator tells, and places that are not on the territory."""
    for path, indicator in texts(document.data, ("offre", "*", "repond_a", "*")):
        if indicator not in indicators:
            hint = suggestion(indicator, indicators)
            yield document.problem(f"indicateur inconnu « {indicator} »{hint}", path)
    yield from _check_places(document, known)


def _check_places(document: Document, known: KnownNames) -> Iterator[Problem]:
    around: Box | None = None
    for path, service in values(document.data, ("offre", "*")):
        if not isinstance(service, dict):
            continue
        at = [service.get(key) for key in ("latitude", "longitude")]
        numbers = [float(part) for part in at if _is_number(part)]
        if (at[0] is None) != (at[1] is None):
            message = "« latitude » et « longitude » vont ensemble : l’une des deux manque"
            yield document.problem(message, path)
        if len(numbers) != 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            continue  # told by the model's own bounds
        around = around or _box(document, known)
        if around and (fault := _fault(numbers[0], numbers[1], around)):
            yield document.problem(fault, (*path, "latitude"))


def _fault(latitude: float, longitude: float, box: Box) -> str:
    """Say what is wrong with a place too far from the territory, "" where nothing is."""
    away = _distance(latitude, longitude, box)
    if away <= MARGIN:
        return ""
    if _distance(longitude, latitude, box) <= MARGIN:
        return "latitude et longitude inversées ? Échangées, elles tombent sur le territoire"
    return (
        f"ce lieu est à environ {away:.0f} km du territoire : latitude et longitude inversées, ou "
        "mal recopiées ?"
    )


def _distance(latitude: float, longitude: float, box: Box) -> float:
    """Return how far a point is from a box of degrees, in kilometres, near enough."""
    west, south, east, north = box
    vertical = max(south - latitude, latitude - north, 0.0)
    horizontal = max(west - longitude, longitude - east, 0.0)
    shrink = math.cos(math.radians((south + north) / 2))
    return math.hypot(vertical, horizontal * shrink) * _KM_PER_DEGREE


def _box(document: Document, known: KnownNames) -> Box | None:
    """Return the box around the whole territory, None where part of it has no known contour."""
    kind, written = document.data.get("type"), document.data.get("codes")
    if not isinstance(written, list) or not written:
        return None
    level: AreaKind = next((name for name in KINDS if name == kind), "commune")
    codes = (document.text(("codes", at)) or "" for at in range(len(written)))
    boxes = [known.box(level, code) for code in codes]
    found = [box for box in boxes if box is not None]
    if len(found) < len(boxes):
        return None
    wests, souths, easts, norths = zip(*found, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
