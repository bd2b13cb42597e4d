"""What the home page says first: where the territory is, who lives there, how figures compare."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from testville import (
    DEPARTEMENT,
    TEMPLATES,
    dwellings_finding,
    full_diagnostic,
    vacancy_finding,
    with_measure,
)

from ctgsite import knowledge
from ctgsite.config.models import Territory
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.model import Diagnostic, Finding, Situation
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.pages.front import lede, standing_words
from ctgsite.pages.locator import locator
from ctgsite.pages.render import render_pages

LIGHT = 15_000  # characters: what the maps may add to the home page
REGION = Area(Level.REGION, "99", "Normandie")


def real(code: str, kind: str) -> Diagnostic:
    raw = {"nom": "Lieu", "type": kind, "codes": [code], "slug": "lieu"}
    return build_diagnostic(Territory.model_validate(raw), knowledge.evidence(None))


def compared(verdict: Verdict, there: float) -> Finding:
    finding = vacancy_finding()
    first = finding.comparisons[0]
    other = replace(first.there, value=there)
    return replace(finding, comparisons=(replace(first, verdict=verdict, there=other),))


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


# --- how a key figure compares


@pytest.mark.parametrize(
    ("verdict", "there", "told"),
    [
        (Verdict.PLUS, 7.4, "plus qu’en Fictive (7,4 %)"),
        (Verdict.MOINS, 12.0, "moins qu’en Fictive (12,0 %)"),
        (Verdict.PROCHE, 8.5, "proche du chiffre relevé en Fictive (8,5 %)"),
        (Verdict.INCONNU, 8.5, ""),
    ],
)
def test_a_figure_is_compared_in_words_even_when_it_is_close(
    verdict: Verdict, there: float, told: str
):
    assert plain(standing_words(compared(verdict, there))) == told


def test_below_zero_neither_more_nor_less_is_said():
    assert standing_words(compared(Verdict.PLUS, -1.0)) == ""


def test_a_figure_on_few_cases_states_no_difference():
    finding = vacancy_finding()
    first = finding.comparisons[0]
    careful = replace(first, here=replace(first.here, caution=True))
    assert standing_words(replace(finding, comparisons=(careful,))) == ""


def test_a_comparison_of_another_year_says_which_and_both_of_its_figures():
    finding = vacancy_finding()
    assert not standing_words(finding).startswith("en ")
    newer = with_measure(finding, year="2021", value=9.9)
    told = plain(standing_words(newer))
    assert told == "en 2018, plus qu’en Fictive (8,6 % contre 7,4 %)"


def test_a_count_is_not_compared():
    assert standing_words(dwellings_finding()) == ""


# --- the lede


def test_the_lede_says_what_sets_the_territory_apart_and_claims_nothing_else():
    told = plain(lede(full_diagnostic()))
    assert told.startswith("Ce qui distingue le territoire : ")
    assert told.count(".") == 1


def test_a_benchmark_that_headings_share_is_said_once():
    found = full_diagnostic()
    twice = replace(found, highlights=found.highlights * 2)
    assert plain(lede(twice)).count("en Fictive") == plain(lede(found)).count("en Fictive") == 1
    assert " et " in lede(twice)


def test_a_site_without_highlights_still_has_a_sentence():
    page = render_pages(replace(full_diagnostic(), highlights=()), TEMPLATES)[0]
    assert "Qui vit ici, ce qui change, ce qui distingue le territoire." in page.markdown


# --- where it is


def test_a_commune_is_ringed_in_its_departement_and_told_in_words():
    found = locator(real("31541", "commune"))
    assert found is not None
    near, far = found.drawings
    assert plain(found.words) == (
        "En Haute-Garonne, en Occitanie. Commune membre de Toulouse Métropole."
    )
    assert near.ring is not None  # 3 km wide in a département of 160
    x, y, _ = near.ring
    assert 0 < x < near.width and 0 < y < near.height / 2  # Seilh is north of its middle
    assert far.marked
    assert sum(len(d.ground) + len(d.marked) for d in found.drawings) < LIGHT


def test_an_epci_is_drawn_as_large_as_it_is():
    found = locator(real("200068815", "epci"))
    assert found is not None
    assert found.drawings[0].ring is None
    assert plain(found.words) == "En Haute-Garonne, en Occitanie. 48 communes."


def test_a_departement_is_drawn_in_france_alone():
    found = locator(real("41", "departement"))
    assert found is not None
    (france,) = found.drawings
    assert france.width > france.height > 200
    assert plain(found.words).startswith("En Centre-Val de Loire. ")


def test_overseas_the_map_of_france_shows_the_inset():
    found = locator(real("974", "departement"))
    assert found is not None
    (france,) = found.drawings
    x = int(france.marked.removeprefix("M").partition(",")[0])
    assert 0 <= x < france.width / 3  # west of the métropole
    assert france.marked
    assert "Réunion" in found.words


def test_without_contours_the_words_stand_alone():
    found = replace(
        full_diagnostic(),
        situation=Situation((DEPARTEMENT,), (REGION,), communes=3),
    )
    place = locator(found)
    assert place is not None
    assert place.drawings == ()
    assert plain(place.words).endswith(", en Normandie. 3 communes.")
    assert (
        '<figure class="ctg-situation"><figcaption>' in render_pages(found, TEMPLATES)[0].markdown
    )


def test_a_territory_whose_place_is_unknown_has_no_map():
    assert locator(full_diagnostic()) is None
    assert "ctg-situation" not in render_pages(full_diagnostic(), TEMPLATES)[0].markdown


def test_the_maps_stay_drawings_once_french_typography_has_passed():
    page = render_pages(real("31541", "commune"), TEMPLATES)[0].markdown
    drawn = re.findall(r'(?:viewBox|d)="([^"]*)"', page)
    assert len(drawn) >= 6
    assert not re.search("[\u00a0\u202f]", "".join(drawn))


# --- the page


def test_the_home_page_says_each_thing_once_and_has_no_column_beside_it():
    home = render_pages(full_diagnostic(), TEMPLATES)[0]
    assert home.wide
    headings = re.findall(r"^## (.+)$", home.markdown, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert "en toutes lettres" not in home.markdown
    assert home.markdown.count("(thematiques/logement/index.md)") == 1
    assert home.markdown.count("\n# ") == 1


def test_member_communes_are_named_on_the_home_page():
    home = render_pages(full_diagnostic(), TEMPLATES)[0].markdown
    assert "[Le Bourg-Fictif](communes/00001/index.md)" in home
