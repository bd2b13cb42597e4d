"""A population's change told as its two parts, whatever their signs."""

from __future__ import annotations

import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from testville import DEPARTEMENT, TERRITORY, measure

from ctgsite.diagnostic.model import Finding, ThemeDiagnostic
from ctgsite.geography.areas import Area
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.contributions import APPARENT, CHANGE, NATURAL, Contributions
from ctgsite.indicators.model import Theme
from ctgsite.pages.blocks import Block, Workshop, theme_blocks
from ctgsite.pages.charts.contributions import contributions_chart
from ctgsite.pages.population_block import (
    BLOCK,
    change_heading,
    change_sentence,
    with_population_block,
)

CATALOGUE = load_catalogue().indicators
PERIOD = "2013-2018"
BIRTHS = "l’excédent des naissances sur les décès"
DEATHS = "l’excédent des décès sur les naissances"
BALANCE = "les naissances équilibrent les décès"
MOVES = "le solde apparent des entrées et des sorties"


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def change_of(
    natural: float, apparent: float, area: Area = TERRITORY, caution: bool = False
) -> Contributions:
    values = {CHANGE: natural + apparent, NATURAL: natural, APPARENT: apparent}
    found = [
        measure(CATALOGUE[name], area, value, PERIOD, caution=caution)
        for name, value in values.items()
    ]
    return Contributions(area, *found)


def theme(own: Contributions) -> ThemeDiagnostic:
    """Return the population's theme: its change, then the two balances."""
    findings = tuple(
        Finding(CATALOGUE[m.indicator], TERRITORY, m)
        for m in (own.change, own.natural, own.apparent)
    )
    return ThemeDiagnostic(Theme("population", "Population", ""), findings, ())


def blocks_of(own: Contributions, changes: tuple[Contributions, ...]) -> tuple[Block, ...]:
    found = theme(own)
    return with_population_block(theme_blocks(found, Workshop({})), found, changes, Workshop({}))


@pytest.mark.parametrize(
    ("natural", "apparent", "change", "parts"),
    [
        (0.5, 0.7, "augmente de 1,20 %", f"0,50 % par {BIRTHS}, 0,70 % par {MOVES}."),
        (-0.1, -0.5, "diminue de 0,60 %", f"0,10 % par {DEATHS}, 0,50 % par {MOVES}."),
        (-0.3, 0.4, "augmente de 0,10 %", f"{DEATHS} en retire 0,30 %, {MOVES} y ajoute 0,40 %."),
        (0.3, -0.4, "diminue de 0,10 %", f"{BIRTHS} y ajoute 0,30 %, {MOVES} en retire 0,40 %."),
        (0.2, -0.2, "est stable", f"{BIRTHS} y ajoute 0,20 %, {MOVES} en retire 0,20 %."),
        (0.0, 0.4, "augmente de 0,40 %", f"{BALANCE}, {MOVES} y ajoute 0,40 %."),
        (
            0.4,
            0.001,
            "augmente de 0,40 %",
            f"{BIRTHS} y ajoute 0,40 %, {MOVES} est à peu près nul.",
        ),
    ],
)
def test_the_sentence_follows_the_signs(
    natural: float, apparent: float, change: str, parts: str
) -> None:
    told, _, end = spaced(change_sentence(change_of(natural, apparent))).partition(" : ")
    assert told.startswith("Dans la communauté de communes du Pays d’Essai, entre 2013 et 2018")
    assert f"la population {change}" in told
    assert end == parts


@pytest.mark.parametrize(
    ("natural", "apparent", "text"),
    [
        (0.5, 0.7, f"augmente surtout par {MOVES}"),
        (0.9, 0.2, "augmente surtout par son solde naturel"),
        (-0.3, 0.4, f"augmente surtout par {MOVES}"),
        (-0.5, 0.1, "diminue surtout par son solde naturel"),
        (0.4, 0.4, "augmente à parts égales par ses deux soldes"),
    ],
)
def test_the_heading_names_the_larger_part(natural: float, apparent: float, text: str) -> None:
    assert change_heading(change_of(natural, apparent)) == f"Une population qui {text}"


def test_a_heading_on_few_cases_states_nothing() -> None:
    told = change_heading(change_of(0.5, 0.7, caution=True))
    assert told == "Les composantes de la variation de la population"


def test_the_block_stands_for_both_balances_and_keeps_their_anchors() -> None:
    own = change_of(0.5, 0.7)
    blocks = blocks_of(own, (own, change_of(0.2, -0.1, DEPARTEMENT)))
    assert [block.id for block in blocks] == [CHANGE, BLOCK]
    assert [p.anchor for p in blocks[1].passages] == ["", NATURAL, APPARENT]
    rows = [[spaced(cell.text) for cell in row] for row in blocks[1].table.rows]
    assert rows[1] == ["Fictive", "+0,10 % par an", "+0,20 % par an", "-0,10 % par an"]


def test_without_contributions_of_that_period_the_blocks_stay() -> None:
    own = change_of(0.5, 0.7)
    other = Contributions(
        TERRITORY, *(replace(m, year="2016-2021") for m in (own.change, own.natural, own.apparent))
    )
    for changes in ((), (other,)):
        assert [block.id for block in blocks_of(own, changes)] == [CHANGE, NATURAL, APPARENT]


def test_the_chart_stacks_parts_that_reach_the_change() -> None:
    changes = [change_of(0.5, 0.7), change_of(-0.3, 0.4, DEPARTEMENT)]
    figure = go.Figure(**contributions_chart(changes, [("a", "b", "c")] * 2))
    natural, apparent, total = figure.data
    sums = [n + a for n, a in zip(natural.x, apparent.x, strict=True)]
    assert list(total.x) == pytest.approx(sums)
    assert figure.layout.barmode == "relative"
