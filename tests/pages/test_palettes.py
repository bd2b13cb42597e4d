"""Every palette in use is told apart by colour-blind readers, or in grey, or carries a pattern.

Distances are ΔE of CIE 2000 between colours as deuteranopes and protanopes see them, and
differences of lightness in grey.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from coloraide import Color

from ctgsite.config.plan import ActionState
from ctgsite.pages.charts.action_states import marker
from ctgsite.pages.charts.stacked import look_of
from ctgsite.pages.palette import CLASSES, FALLS, PARTS, TERRITORY, classes, falls

TOKENS = Path(__file__).parents[2] / "docs_templates" / "styles" / "00-jetons.css"
VISIONS = ("", "deutan", "protan")
DISTINCT = 10.0  # ΔE 2000, of colours side by side: two are just told apart from about 2
DISTINCT_GREY = 10.0  # of lightness, from 0 to 100


def seen(colour: str, vision: str) -> Color:
    """Return a colour as someone with that vision sees it."""
    return Color(colour).filter(vision) if vision else Color(colour)


def apart(one: str, other: str, vision: str) -> float:
    return float(seen(one, vision).delta_e(seen(other, vision), method="2000"))


def lightness(colour: str) -> float:
    """Return how light a colour is once printed in grey."""
    return float(Color(colour).convert("lab-d65")["lightness"])


def tokens(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme, with those that both share."""
    text = TOKENS.read_text(encoding="utf-8")
    shared, light, dark = re.split(r"\[data-md-color-scheme=\"\w+\"\]", text)
    found = re.findall(
        r"--ctg-([\w-]+): (#[0-9a-f]{6})", shared + (light if scheme == "default" else dark)
    )
    return dict(found)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_neighbouring_classes_are_told_apart(count: int, vision: str) -> None:
    for one, other in itertools.pairwise(classes(count)):
        assert apart(one, other, vision) >= DISTINCT
    greys = [lightness(colour) for colour in classes(count)]
    assert all(a - b >= DISTINCT_GREY for a, b in itertools.pairwise(greys))


@pytest.mark.parametrize("vision", VISIONS)
def test_classes_below_zero_are_told_from_those_above(vision: str) -> None:
    for one, other in itertools.product(falls(3), classes(5)):
        assert apart(one, other, vision) >= DISTINCT, (one, other)
    greys = [lightness(colour) for colour in falls(3)]
    assert all(b - a >= DISTINCT_GREY for a, b in itertools.pairwise(greys))


@pytest.mark.parametrize("vision", VISIONS)
def test_parts_side_by_side_are_told_apart(vision: str) -> None:
    for (one, _), (other, _) in itertools.pairwise(PARTS):
        assert apart(one, other, vision) >= DISTINCT, (one, other)


def test_parts_side_by_side_differ_in_grey_and_by_pattern_and_have_a_gap_between_them() -> None:
    looks = [look_of(place).marker for place in range(9)]
    for one, other in itertools.pairwise(looks):
        grey = abs(lightness(one["color"]) - lightness(other["color"]))
        assert grey >= DISTINCT_GREY, (one["color"], other["color"])
        assert one["pattern"]["shape"] != other["pattern"]["shape"]
        assert one["line"]["width"] >= 1


@pytest.mark.parametrize("place", range(len(PARTS)))
def test_a_figure_on_a_part_is_read(place: int) -> None:
    fill, ink = PARTS[place]
    assert Color(ink).contrast(fill) >= 4.5


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("vision", VISIONS)
def test_states_of_fiches_are_told_apart_or_patterned(scheme: str, vision: str) -> None:
    colours = tokens(scheme)
    states: list[ActionState | None] = [
        "realisee", "en_cours", "a_venir", "en_pause", "abandonnee", None,
    ]  # fmt: skip
    patterns = marker(*states)["pattern"]["shape"]
    known = [(colours[f"etat-{s or 'inconnu'}"], p) for s, p in zip(states, patterns, strict=True)]
    for (one, hatch), (other, mesh) in itertools.combinations(known, 2):
        assert hatch != mesh or apart(one, other, vision) >= DISTINCT, (one, other)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_series_stand_out_from_the_page(scheme: str) -> None:
    colours = tokens(scheme)
    for rank in range(1, 7):
        assert Color(colours[f"serie-{rank}"]).contrast(colours["fond"]) >= 3.0


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("vision", VISIONS)
def test_series_are_told_apart(scheme: str, vision: str) -> None:
    colours = tokens(scheme)
    series = [colours[f"serie-{rank}"] for rank in range(1, 7)]
    for one, other in itertools.combinations(series, 2):
        assert apart(one, other, vision) >= DISTINCT, (one, other)


def test_heat_tables_have_the_colours_of_maps() -> None:
    colours = tokens("default")
    assert tuple(colours[f"classe-{n}"] for n in range(1, 6)) == CLASSES
    assert tuple(colours[f"baisse-{n}"] for n in range(1, 4)) == FALLS


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_territory_stands_out_from_the_page(scheme: str) -> None:
    assert Color(TERRITORY).contrast(tokens(scheme)["fond"]) >= 3.0


@pytest.mark.parametrize(
    ("fill", "ink"), [(c, "#ffffff" if c == CLASSES[-1] else "#000000") for c in CLASSES]
)
def test_figures_on_tints_are_read(fill: str, ink: str) -> None:
    assert Color(ink).contrast(fill) >= 4.5
