"""The supply: services in a table and on a map, beside the need they answer, and who holds what."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import orjson
import plotly.graph_objects as go
import pytest
from convention_file import told
from testville import BOURG, square

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.charts.map import Grid
from ctgsite.pages.charts.places import Place, numbers_of, places_chart, spots_of
from ctgsite.pages.render import render_pages

SQUARE = square(BOURG, 1.0)
GRID = Grid.around(SQUARE.rings)


def place(number: int, x: float = 1.05, y: float = 47.05, *, exact: bool = True) -> Place:
    return Place(number, f"Service {number}", (x, y), exact)


def pages(diagnostic: Diagnostic, templates: Path) -> dict[str, str]:
    found = render_pages(diagnostic, templates)
    return {str(page.path): page.markdown.replace("\u00a0", " ") for page in found}


def test_the_page_of_the_supply_shows_all_services(templates: Path) -> None:
    markdown = pages(told(), templates)["offre/index.md"]
    for words in ("1. CCAS du Bourg", "2. Bus &lt;b&gt;bleu", "3. Le Phare", "Centre social"):
        assert words in markdown
    assert "1 service sur 3 indique sa capacité : 12 places." in markdown
    assert "1 service est placé au centre de la commune" in markdown
    assert "1 service n’y est pas" in markdown


def test_without_supply_there_is_no_page(diagnostic: Diagnostic, templates: Path) -> None:
    assert "offre/index.md" not in pages(diagnostic, templates)


def test_a_theme_numbers_its_own_services(templates: Path) -> None:
    markdown = pages(told(), templates)["thematiques/logement/index.md"]
    section = markdown.split("{#offre}")[1].split("\n## ")[0]
    assert "1. CCAS du Bourg" in section
    assert "2. Le Phare" in section
    assert "Bus" not in section
    assert "Intercommunalité" in section


def test_a_need_has_its_figure_or_says_that_there_is_none(templates: Path) -> None:
    markdown = pages(told(), templates)["offre/index.md"]
    assert (
        '<a href="../thematiques/logement/index.html#part_logements_vacants">'
        "Part des logements vacants : 8,6\u202f% (2018)</a>" in markdown
    )
    assert "Niveau de vie médian : secret statistique" in markdown


def test_the_table_stays_open_without_being_a_fold(templates: Path) -> None:
    markdown = pages(told(), templates)["offre/index.md"]
    (figure,) = re.findall(r"<figure.*?</figure>", markdown, re.DOTALL)
    assert "<details" not in figure
    assert "<caption>Les services du territoire</caption>" in figure


def test_the_map_places_exact_and_central_points_apart(templates: Path) -> None:
    markdown = pages(told(), templates)["offre/index.md"]
    (chart,) = re.findall(r'<script type="application/json">(.*?)</script>', markdown)
    data = orjson.loads(chart)["data"]
    assert [trace.get("name") for trace in data] == [
        None,
        "lieu du service",
        "centre de la commune, faute de lieu précis",
        None,  # the scale
    ]
    assert [trace["text"] for trace in data[1:3]] == [["<b>1</b>"], ["<b>3</b>"]]
    assert len({trace["marker"]["symbol"] for trace in data[1:3]}) == 2


def test_the_map_holds_a_point_outside_of_the_contours() -> None:
    chart = places_chart([place(1, x=1.3)], [SQUARE])
    assert chart is not None
    go.Figure(**chart)
    contours, points, scale = chart["data"]
    assert scale["text"][1].endswith("km")
    assert points["x"][0] > max(x for x in contours["x"] if x is not None)


@pytest.mark.parametrize(("places", "shapes"), [([], [SQUARE]), ([place(1)], [])])
def test_no_map_without_contour_or_point(places: list[Place], shapes: list[object]) -> None:
    assert places_chart(places, shapes) is None  # type: ignore[arg-type]


def test_points_that_would_hide_each_other_share_their_numbers() -> None:
    spots = spots_of([place(1), place(2, x=1.0501), place(3, x=1.09), place(4)], GRID)
    assert [numbers_of(spot) for spot in spots] == ["1, 2, 4", "3"]


def test_no_place_is_lost_by_gathering() -> None:
    places = [place(n, x=1 + n * 0.0037 % 0.1, y=47 + n * 0.0071 % 0.1) for n in range(1, 60)]
    spots = spots_of(places, GRID)
    assert sorted(p.number for spot in spots for p in spot.places) == list(range(1, 60))


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([2], "2"), ([2, 3], "2, 3"), ([1, 2, 3], "1 à 3"), ([1, 2, 3, 7, 9, 10], "1 à 3, 7, 9, 10")],
)
def test_runs_of_numbers_are_shortened(numbers: list[int], words: str) -> None:
    (spot,) = spots_of([place(number) for number in numbers], GRID)
    assert numbers_of(spot) == words


def test_a_name_cannot_act_in_the_map() -> None:
    chart = places_chart([replace(place(1), name="<b>x</b>")], [SQUARE])
    assert chart is not None
    assert "<b>x" not in chart["data"][1]["hovertext"][0]
