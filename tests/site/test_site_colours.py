"""A territory's own colours."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from sample_site import SPEC

from ctgsite.config.contrast import NIGHT, PAPER, READABLE, contrast
from ctgsite.site.colours import colour_rules

TOKENS = Path(__file__).parents[2] / "docs_templates" / "styles" / "00-jetons.css"


def test_a_site_without_colours_of_its_own_has_no_style_sheet_more():
    assert colour_rules(SPEC) == ""
    assert "--ctg-marque:#0f4c75" in colour_rules(replace(SPEC, primary="#0f4c75"))


def test_a_colour_that_nobody_could_read_is_corrected_for_both_schemes():
    rules = colour_rules(replace(SPEC, primary="#ffd500", accent="#ffd500"))
    light, dark = rules.splitlines()
    (brand, accent), (night_brand, night_accent) = (
        re.findall("#[0-9a-f]{6}", scheme) for scheme in (light, dark)
    )
    assert contrast(brand, PAPER) >= READABLE
    assert contrast(accent, PAPER) >= READABLE
    assert night_brand == brand  # white text stands on it here too
    assert contrast(night_accent, NIGHT) >= READABLE


def test_the_grounds_are_those_of_the_style_sheet():
    tokens = TOKENS.read_text(encoding="utf-8")
    assert re.findall(r"--ctg-fond: (#\w+);", tokens) == [PAPER, NIGHT]
