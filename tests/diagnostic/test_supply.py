"""Where services stand: as their file says, else in the middle of their commune."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.config.models import Territory
from ctgsite.diagnostic.benchmarks import coverage_of
from ctgsite.diagnostic.known import Known
from ctgsite.diagnostic.supply import centre, place_services
from ctgsite.geography.contours import embedded_contours
from ctgsite.geography.embedded import embedded_geography
from ctgsite.indicators.catalogue import load_catalogue

SEILH = {"slug": "seilh", "nom": "Seilh", "type": "commune", "codes": ["31541"]}
GROUP = {"slug": "g", "nom": "Groupe", "type": "groupe", "codes": ["31541", "31557"]}


def placed(file: dict[str, object], **service: object) -> tuple[object, object, bool]:
    territory = Territory.model_validate(
        {**file, "offre": [{"type": "alsh", "nom": "Ici", **service}]}
    )
    geography = embedded_geography()
    coverage = coverage_of(territory, geography)
    (found,) = place_services(territory, coverage, geography, embedded_contours())
    return found.commune and found.commune.name, found.point, found.exact


def test_coordinates_are_kept_as_they_are() -> None:
    assert placed(SEILH, latitude=43.7, longitude=1.35) == ("Seilh", (1.35, 43.7), True)


def test_without_coordinates_a_service_stands_in_its_commune() -> None:
    name, point, exact = placed(GROUP, commune="31557")
    assert (name, exact) == ("Tournefeuille", False)
    assert point == pytest.approx((1.345, 43.583), abs=0.02)


def test_a_commune_alone_holds_its_services() -> None:
    name, point, _ = placed(SEILH)
    assert name == "Seilh"
    assert point is not None


def test_in_a_groupe_a_service_without_commune_stands_nowhere() -> None:
    assert placed(GROUP) == (None, None, False)


@given(x=st.floats(-10, 10), y=st.floats(41, 51), wide=st.floats(0.01, 1), high=st.floats(0.01, 1))
def test_the_centre_of_a_rectangle_is_its_middle(
    x: float, y: float, wide: float, high: float
) -> None:
    ring = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
    speck = ((x, y), (x + 0.001, y), (x, y + 0.001), (x, y))
    assert centre((speck, ring)) == pytest.approx((x + wide / 2, y + high / 2), abs=1e-5)
    assert centre((ring[::-1],)) == pytest.approx(centre((ring,)), abs=1e-5)


def test_no_contour_has_no_centre() -> None:
    assert centre(()) is None


@pytest.mark.parametrize(
    ("kind", "code", "inside"),
    [
        ("commune", "31541", (1.355, 43.695)),
        ("departement", "41", (1.3, 47.6)),
        ("commune", "75056", (2.35, 48.86)),  # no contour of its own: its département's
    ],
)
def test_a_box_holds_its_area(kind: str, code: str, inside: tuple[float, float]) -> None:
    box = Known(load_catalogue(), embedded_geography()).box(kind, code)  # type: ignore[arg-type]
    assert box is not None
    west, south, east, north = box
    assert west < inside[0] < east
    assert south < inside[1] < north


def test_an_overseas_departement_has_no_box() -> None:
    assert Known(load_catalogue(), embedded_geography()).box("departement", "974") is None
