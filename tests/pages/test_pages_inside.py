"""What the page of communes says of gaps between them and of difficulties that meet."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from testville import BOURG, HAMEAU, TESTVILLE, VACANCY, measure

from ctgsite.diagnostic.model import Diagnostic, Finding, InnerGap
from ctgsite.indicators.cumulation import Cell, Cumulation, Row
from ctgsite.indicators.dispersion import Dispersion
from ctgsite.pages.inside import gaps_table, meeting_of

INDICATORS = tuple((replace(VACANCY, id=name, label=name), "2018") for name in "abcd")


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def row(area: object = TESTVILLE, people: float = 900.0) -> Row:
    """Return a commune with three figures in the last fifth and one on few cases."""
    last = Cell(measure(VACANCY, TESTVILLE, 12.0), True)
    small = Cell(measure(VACANCY, TESTVILLE, 30.0, caution=True), None)
    return Row(area, people, (last, last, last, small))  # type: ignore[arg-type]


def meeting(*rows: Row, **changes: object) -> Cumulation:
    plain = Cumulation(INDICATORS, (), rows, 2, 3, 3000.0)
    return replace(plain, **changes)  # type: ignore[arg-type]


def text_of(found: Cumulation) -> str:
    return spaced(" ".join(meeting_of(found, {}).sentences))


def test_communes_are_named_with_their_inhabitants_and_never_with_a_score() -> None:
    told = text_of(meeting(row(), row(BOURG, 600.0)))
    assert told == (
        "2 communes sur 3 ont au moins trois de ces chiffres sur un effectif suffisant. "
        "Parmi elles, 2 en ont trois ou plus dans le dernier cinquième : Testville et "
        "Le Bourg-Fictif. Il y vit 1 500 habitants, soit 50 % de ceux du territoire."
    )


def test_each_marked_cell_says_so_in_text() -> None:
    table = meeting_of(meeting(row()), {"00000": "00000/index.html"}).table
    assert table is not None
    (cells,) = table.rows
    assert [cell.marked for cell in cells] == [False, False, True, True, True, False, False]
    assert all("(dernier cinquième)" in cell.text for cell in cells if cell.marked)
    assert spaced(cells[5].text) == "30,0 % (petit effectif)"
    assert cells[-1].text == "3 sur 3"
    assert cells[0].href == "00000/index.html"


def test_an_absent_figure_is_told_and_never_zero() -> None:
    found = meeting(Row(HAMEAU, 10.0, (*row().cells[:3], Cell(None, None))))
    table = meeting_of(found, {}).table
    assert table is not None
    assert table.rows[0][5].text == "donnée absente"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"placed": 0}, "Aucune commune n’a au moins trois de ces chiffres"),
        ({}, "Aucune n’en a trois dans le dernier cinquième."),
        (
            {"missing": (VACANCY,)},
            "pour que l’on y situe celles du territoire : part des logements vacants.",
        ),
    ],
)
def test_what_cannot_be_told_says_so(changes: dict[str, object], text: str) -> None:
    assert text in text_of(meeting(**changes))
    assert meeting_of(meeting(**changes), {}).table is None


def test_a_commune_one_figure_short_is_not_passed_over_in_silence() -> None:
    one = text_of(meeting(unsettled=(BOURG,)))
    assert (
        "Il manque un chiffre sûr pour situer Le Bourg-Fictif, dont les deux autres sont dans le "
        "dernier cinquième." in one
    )
    many = text_of(meeting(unsettled=(BOURG,) * 7))
    assert many.count("Le Bourg-Fictif") == 5
    assert "et 2 autres communes, dont" in many


def test_gaps_name_the_extremes_and_the_ratio(diagnostic: Diagnostic, vacancy: Finding) -> None:
    ends = [m for _, m in vacancy.members]
    spread = Dispersion(ends[0], ends[-1], (7.0, 10.9), None, None, None, None, 0.0, 3, 3, 1.0)
    gap = InnerGap(replace(vacancy, dispersion=spread), 1.26)
    table = gaps_table(replace(diagnostic, inner_gaps=(gap,)), {VACANCY.id: "x.html"})
    assert table is not None
    assert [spaced(cell.text) for cell in table.rows[0]] == [
        "Part des logements vacants (2018)",
        "5,0 % (Testville)",
        "12,5 % (Hameau-d’Essai)",
        "de 7,0 % à 10,9 %",
        "1,3 fois",
    ]
    assert table.rows[0][0].href == "x.html"
    assert gaps_table(diagnostic, {}) is None
