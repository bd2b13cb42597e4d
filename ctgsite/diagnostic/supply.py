"""The supply of a territory: each of its services with its commune and its place on the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctgsite.config.models import Territory
from ctgsite.config.supply import Service
from ctgsite.diagnostic.benchmarks import Coverage
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import Geography
from ctgsite.geography.contours import Contours, Ring

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlacedService:
    """A service and where it stands.

    `point` is (longitude, latitude), None where neither the service nor its commune has a place;
    it is `exact` where the territory's file gives it, else the middle of the commune.
    """

    service: Service
    commune: Area | None = None
    point: Point | None = None
    exact: bool = False


def place_services(
    territory: Territory, coverage: Coverage, geography: Geography, contours: Contours
) -> tuple[PlacedService, ...]:
    """Return the services in the order of the file; those of a commune's own site stand in it."""
    return tuple(_placed(territory.services, coverage, geography, contours))


def _placed(
    services: Sequence[Service], coverage: Coverage, geography: Geography, contours: Contours
) -> Iterator[PlacedService]:
    alone = coverage.communes[0] if len(coverage.communes) == 1 else None
    for service in services:
        code = service.commune or alone
        commune = geography.area(Level.COMMUNE, code) if code else None
        if service.latitude is not None and service.longitude is not None:
            yield PlacedService(service, commune, (service.longitude, service.latitude), exact=True)
        else:
            rings = contours.rings(Level.COMMUNE, code) if code else ()
            yield PlacedService(service, commune, centre(rings))


def centre(rings: Sequence[Ring]) -> Point | None:
    """Return the centre of gravity of the widest ring, None where there is no ring."""
    sums = [_moments(ring) for ring in rings]
    area, x, y = max(sums, key=lambda found: abs(found[0]), default=(0.0, 0.0, 0.0))
    return (x / (3 * area), y / (3 * area)) if area else None


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Return a ring's doubled area and its doubled moments, all signed."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return area, x, y
