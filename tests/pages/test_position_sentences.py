"""Where a figure stands in France, in one sentence for a commune and in a table for all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from testville import TESTVILLE, VACANCY, measure

from ctgsite.diagnostic.model import Finding
from ctgsite.indicators.position import Rank, Standing
from ctgsite.pages.position_sentences import band_sentence, position_table, signed_distance


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def placed(share: float, distance: float = 0.8) -> Finding:
    here = measure(VACANCY, TESTVILLE, 9.3, counts=(46.5, 500.0))
    ranks = (Rank(12, 240, 252, "communes de la Fictive"),)
    return Finding(
        VACANCY, TESTVILLE, here, positions=ranks, standing=Standing(share, 7.5, distance)
    )


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.05, "le cinquième des communes de France aux valeurs les plus basses."),
        (0.3, "le deuxième cinquième des communes de France, en partant des valeurs les plus"),
        (0.5, "le cinquième central des communes de France."),
        (0.7, "en partant des valeurs les plus hautes."),
        (1.0, "le cinquième des communes de France aux valeurs les plus hautes."),
    ],
)
def test_a_commune_is_placed_in_a_fifth_of_france(share: float, text: str) -> None:
    told = spaced(band_sentence(placed(share)))
    assert told.startswith("Ce chiffre place la commune dans le ")
    assert text in told


def test_wider_areas_and_unplaced_figures_have_no_such_sentence(vacancy: Finding) -> None:
    assert band_sentence(replace(vacancy, standing=Standing(0.1, 7.5, 1.0))) == ""
    assert band_sentence(replace(placed(0.1), standing=None)) == ""


def test_the_table_gives_rank_median_fifth_and_distance() -> None:
    table = position_table([placed(0.9)])
    assert table is not None
    assert [spaced(cell.text) for cell in table.rows[0]] == [
        "Part des logements vacants",
        "9,3 %",
        "12e sur 252",
        "7,5 %",
        "5e (valeurs les plus hautes)",
        "+0,8",
    ]
    assert table.rows[0][0].href == "#part_logements_vacants"
    assert len(table.columns) == 6


def test_without_a_placed_figure_there_is_no_table(vacancy: Finding) -> None:
    assert position_table([replace(vacancy, standing=None)]) is None
    assert position_table([]) is None


@pytest.mark.parametrize(("value", "text"), [(0.84, "+0,8"), (-1.25, "-1,3"), (-0.04, "0,0")])
def test_a_distance_is_told_with_its_sign(value: float, text: str) -> None:
    assert signed_distance(value) == text
