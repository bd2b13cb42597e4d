"""Contrast of colours, and what is said of those that could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.config.colour_checks import check_colours
from ctgsite.config.contrast import PAPER, READABLE, contrast, readable
from ctgsite.config.positions import read_yaml

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS, st.sampled_from(["#ffffff", "#131c25"]))
def test_any_colour_becomes_readable(colour: str, background: str):
    assert contrast(readable(colour, background), background) >= READABLE


def test_a_colour_that_is_readable_already_stays_as_it_is():
    assert readable("#0f4c75", "#ffffff") == "#0f4c75"


def test_contrast_is_the_ratio_of_the_standard():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_a_colour_is_told_of_exactly_where_the_site_corrects_it(
    tmp_path_factory: pytest.TempPathFactory, colour: str
):
    file = tmp_path_factory.mktemp("couleurs") / "lieu.yml"
    file.write_text(f"couleurs:\n  accent: '{colour}'\n", encoding="utf-8")
    problems = list(check_colours(read_yaml(file)))
    corrected = readable(colour, PAPER)
    assert bool(problems) == (corrected != colour)
    assert all(problem.warning and corrected in problem.message for problem in problems)


def test_a_ratio_is_not_rounded_to_what_it_should_be(tmp_path: Path):
    file = tmp_path / "lieu.yml"
    file.write_text("couleurs:\n  accent: '#777777'\n", encoding="utf-8")  # 4.478
    (problem,) = check_colours(read_yaml(file))
    assert "est de 4,47, il en faut 4,5 au moins" in problem.message
