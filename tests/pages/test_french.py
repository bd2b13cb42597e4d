"""Numbers, units, agreement, years and lists, as French readers expect them."""

from __future__ import annotations

import pytest

from ctgsite.pages import french


@pytest.mark.parametrize(
    ("value", "precision", "text"),
    [
        (0, 0, "0"),
        (12.449, 1, "12,4"),
        (12.45, 1, "12,5"),
        (23540, 0, "23\u202f540"),
        (1234567.8, 1, "1\u202f234\u202f567,8"),
        (-3.21, 1, "-3,2"),
        (-0.04, 1, "0,0"),
    ],
)
def test_numbers_have_a_comma_and_narrow_spaces(value: float, precision: int, text: str) -> None:
    assert french.number(value, precision) == text


@pytest.mark.parametrize(
    ("value", "unit", "precision", "text"),
    [
        (12.44, "%", 1, "12,4\u202f%"),
        (-0.3, "% par an", 1, "-0,3\u202f% par an"),
        (23540, "€", 0, "23\u202f540\u00a0€"),
        (0, "habitants", 0, "0\u00a0habitant"),
        (1, "habitants", 0, "1\u00a0habitant"),
        (2, "habitants", 0, "2\u00a0habitants"),
        (1.96, "personnes par ménage", 1, "2,0\u00a0personnes par ménage"),
        (1.9, "personnes par ménage", 1, "1,9\u00a0personne par ménage"),
        (1, "logements sociaux", 0, "1\u00a0logement social"),
        (1, "places pour 100 enfants", 0, "1\u00a0place pour 100 enfants"),
        (3.2, "", 1, "3,2"),
        (0.04, "%", 1, "moins de 0,1\u202f%"),
        (0.05, "%", 1, "0,1\u202f%"),
        (0.0, "%", 1, "0,0\u202f%"),
    ],
)
def test_units_follow_numbers_in_agreement(
    value: float, unit: str, precision: int, text: str
) -> None:
    assert french.quantity(value, unit, precision) == text


@pytest.mark.parametrize(
    ("count", "word"), [(0, "commune"), (1, "commune"), (1.5, "commune"), (2, "communes")]
)
def test_nouns_are_singular_below_two(count: float, word: str) -> None:
    assert french.accord(count, "commune") == word


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("prix", "prix"), ("canal", "canaux"), ("lieu", "lieux"), ("bureau", "bureaux")],
)
def test_common_plurals_are_known(singular: str, plural: str) -> None:
    assert french.accord(3, singular) == plural


def test_other_plurals_are_passed_in() -> None:
    assert french.counted(2, "commune membre", "communes membres") == "2\u00a0communes membres"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (7.4, "7"), (46.5, "47"), (137.6, "140"), (719.8, "720"), (23456, "23\u202f000")],
)
def test_people_are_told_with_two_digits(value: float, text: str) -> None:
    assert french.approximate(value) == text


def test_percentages_differ_by_points() -> None:
    assert french.difference(1.24, "%", 1) == "1,2\u00a0point de plus"
    assert french.difference(-2.0, "%", 1) == "2,0\u00a0points de moins"
    assert french.difference(-340, "€") == "340\u00a0€ de moins"
    assert french.signed(1.24, "%", 1) == "+1,2\u00a0point"
    assert french.signed(-340, "€") == "-340\u00a0€"
    assert french.signed(0.001, "%", 1) == "0,0\u00a0point"


@pytest.mark.parametrize(
    ("year", "during", "when"),
    [
        ("2018", "en 2018", "2018"),
        ("2013-2018", "entre 2013 et 2018", "2013 à 2018"),
        ("2024-2025", "en 2024-2025", "2024-2025"),
        ("2020-12", "en décembre 2020", "décembre 2020"),
    ],
)
def test_years_periods_school_years_and_months(year: str, during: str, when: str) -> None:
    assert french.during(year) == during
    assert french.when(year) == when


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (list("abc"), "a, b et c")]
)
def test_lists_end_with_and(items: list[str], text: str) -> None:
    assert french.listing(items) == text


def test_sentences_start_with_a_capital_and_end_once() -> None:
    assert french.sentence("à Seilh, rien") == "À Seilh, rien."
    assert french.sentence("Pourquoi ?") == "Pourquoi ?"


def test_labels_inside_a_sentence_keep_acronyms() -> None:
    assert french.uncapitalise("Part des logements") == "part des logements"
    assert french.uncapitalise("RSA : part") == "RSA : part"
    assert french.uncapitalise("L’enfant est compté") == "l’enfant est compté"
    assert french.uncapitalise("France métropolitaine") == "France métropolitaine"


def test_high_marks_take_their_space_and_markup_is_left_alone() -> None:
    assert french.typographic("Où ? « Là » : oui ;") == (
        "Où\u202f? «\u00a0Là\u00a0»\u00a0: oui\u202f;"
    )
    assert french.typographic(":   définition\n| :--- |") == ":   définition\n| :--- |"


def test_ranks_are_ordinals() -> None:
    assert [french.ordinal(n) for n in (1, 2, 35)] == ["1re", "2e", "35e"]
