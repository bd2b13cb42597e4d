"""The catalogue in words: every field of every entry, said as a reader needs it."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from testville import DWELLINGS, INCOME, TEMPLATES, VACANCY

from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.model import Citation, CitedVariable, Direction, Formula, Kind
from ctgsite.indicators.terms import parse_terms
from ctgsite.pages.catalogue import (
    catalogue_themes,
    entry_of,
    render_catalogue,
)
from ctgsite.pages.formulas import PUBLISHED_ONLY, aggregation_words, caution_words, formula_words
from ctgsite.pages.templates import make_environment

CATALOGUE = load_catalogue()
ENTRIES = {name: entry_of(found) for name, found in CATALOGUE.indicators.items()}
OF_A_SITE = {"years", "link"}
MAY_BE_EMPTY = {
    "precision",
    "small_counts",
    "breaks",
    "comparability",
}  # no break is known, no rule limits a comparison


def formula(numerator: str, denominator: str = "", kind: Kind = Kind.RAPPORT, **changes) -> Formula:
    return Formula("rp", kind, parse_terms(numerator), parse_terms(denominator), **changes)


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_has_every_field(name: str) -> None:
    fields = asdict(ENTRIES[name])
    empty = {field for field, value in fields.items() if not value}
    assert empty - MAY_BE_EMPTY == OF_A_SITE


def test_a_formula_is_told_in_the_producers_names() -> None:
    assert formula_words(formula("P_LOGVAC", "P_LOG")) == "100 × `P_LOGVAC` ÷ `P_LOG`"
    employed = formula("P_ACT1564 - P_CHOM1564", "P_POP1564")
    assert formula_words(employed) == "100 × (`P_ACT1564` − `P_CHOM1564`) ÷ `P_POP1564`"
    births = formula("NAIS", kind=Kind.SOMME, period=5)
    assert formula_words(births) == "`NAIS` ÷ 5\u00a0ans"
    growth = formula("P_POP@2018", "P_POP@2013", Kind.TAUX_ANNUEL, period=5)
    assert formula_words(growth).endswith("de `P_POP` (2013) à `P_POP` (2018)")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (formula("P_LOG", kind=Kind.SOMME), "somme"),
        (formula("NAIS", kind=Kind.SOMME, period=5), "somme, en moyenne annuelle"),
        (formula("MED", kind=Kind.PUBLIE), PUBLISHED_ONLY),
        (formula("A", "B", Kind.QUOTIENT_PUBLIE), PUBLISHED_ONLY),
        (formula("POP_COM_QP", kind=Kind.SOMME), PUBLISHED_ONLY),  # not additive
        (formula("POP_COM_QP", "P_POP"), PUBLISHED_ONLY),
    ],
)
def test_how_a_figure_adds_up_follows_from_its_formula(written: Formula, words: str) -> None:
    assert aggregation_words(written, {"POP_COM_QP"}) == words


def test_a_rate_of_several_communes_is_a_ratio_of_sums() -> None:
    assert aggregation_words(formula("P_LOGVAC", "P_LOG"), ()).startswith("ratio des sommes")


def test_the_caution_says_what_its_threshold_is_held_against() -> None:
    assert caution_words(VACANCY) == "sous 200 ; le seuil porte sur le dénominateur"
    assert caution_words(DWELLINGS) == "aucun seuil"
    count = replace(DWELLINGS, caution_threshold=200)
    assert caution_words(count) == "sous 200 ; le seuil porte sur le nombre lui-même"
    unknown = replace(INCOME, caution_threshold=200)
    assert "ne publie pas l’effectif" in caution_words(unknown)
    known = formula("MED", "NBMEN", Kind.PUBLIE)
    published = replace(unknown, formulas=(known,))
    assert "l’effectif publié avec lui (`NBMEN`)" in caution_words(published)


def test_a_threshold_that_holds_for_one_source_only_says_so() -> None:
    both = (formula("PART", kind=Kind.PUBLIE), formula("P_LOGVAC", "P_LOG"))
    text = caution_words(replace(VACANCY, formulas=both))
    assert "le dénominateur" in text
    assert "où le producteur ne publie pas l’effectif" in text


@pytest.mark.parametrize(
    ("direction", "words"),
    [(Direction.HAUT, "élevé appelle"), (Direction.BAS, "bas appelle"), (Direction.AUCUN, "ni ")],
)
def test_the_direction_is_told_in_words(direction: Direction, words: str) -> None:
    assert words in entry_of(replace(VACANCY, direction=direction)).direction


def test_a_break_names_its_year_its_reason_and_its_level() -> None:
    broken = replace(
        VACANCY,
        breaks=(("2019", "la définition a changé"),),
        level_breaks=((Level.FRANCE, "2014", "Mayotte entre dans le total"),),
    )
    assert entry_of(broken).breaks == (
        "2019 : la définition a changé.",
        "2014, pour la France : Mayotte entre dans le total.",
    )


def test_a_source_is_named_beside_a_formula_where_there_are_several() -> None:
    other = replace(formula("PART", kind=Kind.PUBLIE), dataset="parts")
    cited = (
        Citation("rp", "Recensement", "Insee", ("RP 2018",), (CitedVariable("P_LOG", "L", True),)),
        Citation("parts", "Parts", "Insee", ("RP 2018",), (CitedVariable("PART", "P", False),)),
    )
    found = replace(VACANCY, formulas=(formula("P_LOGVAC", "P_LOG"), other), citations=cited)
    assert entry_of(found).formulas == (
        "100 × `P_LOGVAC` ÷ `P_LOG` (source : Recensement).",
        "`PART`, tel que publié par le producteur (source : Parts).",
    )


def test_the_reading_sentence_has_a_blank_for_the_figure() -> None:
    assert entry_of(VACANCY).reading == "…\u202f% des logements sont vacants"


@pytest.fixture(scope="module")
def whole() -> str:
    return render_catalogue(catalogue_themes(CATALOGUE), make_environment(TEMPLATES))


def test_each_indicator_has_an_anchor_that_the_index_leads_to(whole: str) -> None:
    for name in CATALOGUE.indicators:
        assert whole.count(f"](#methode-{name})") == 1, name
        assert whole.count(f'<a id="methode-{name}"></a>') == 1, name


def test_each_part_of_an_entry_stands_on_a_line_of_its_own(whole: str) -> None:
    names = ("Se lit", "Calcul", "Variables", "Pour plusieurs communes", "Existe pour", "Unité")
    names += ("Sens", "Source", "Prudence", "Ruptures de série", "Graphique")
    names += ("Ce que ce chiffre ne dit pas", "La question à poser", "On cherche aussi")
    for name in names:
        found = sum(line.startswith(f"- **{name}") for line in whole.splitlines())
        assert found >= len(ENTRIES), name


def test_a_workspaces_own_template_of_entries_wins(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    own = "{% macro index(t) %}{% endmacro %}{% macro fiches(t, hors_site) %}Ici{% endmacro %}"
    (tmp_path / "pages" / "indicateurs.md.j2").write_text(own, encoding="utf-8")
    text = render_catalogue((), make_environment([TEMPLATES, tmp_path]))
    assert text.endswith("Ici\n")
