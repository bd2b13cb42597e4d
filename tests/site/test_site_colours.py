"""A territory's own colours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_site import SPEC

from ctgsite.site.colours import READABLE, colour_rules, contrast, readable

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS, st.sampled_from(["#ffffff", "#131c25"]))
def test_any_colour_becomes_readable(colour: str, background: str):
    assert contrast(readable(colour, background), background) >= READABLE


def test_a_colour_that_is_readable_already_stays_as_it_is():
    assert readable("#0f4c75", "#ffffff") == "#0f4c75"


def test_contrast_is_the_ratio_of_the_standard():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_site_without_colours_of_its_own_has_no_style_sheet_more():
    assert colour_rules(SPEC) == ""
    assert "--ctg-marque:#0f4c75" in colour_rules(replace(SPEC, primary="#0f4c75"))
