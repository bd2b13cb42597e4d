"""How member communes differ, in words that say what they do not cover."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from testville import HAMEAU, HOUSING, VACANCY

from ctgsite.diagnostic.model import Finding, ThemeDiagnostic
from ctgsite.indicators.dispersion import Dispersion
from ctgsite.indicators.model import Theme
from ctgsite.pages.blocks import Workshop
from ctgsite.pages.member_blocks import distribution_block
from ctgsite.pages.spread_sentences import spread_rows, spread_sentences
from ctgsite.sources.observations import Status


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


@pytest.fixture
def spread(vacancy: Finding) -> Finding:
    """Return the vacancy of the Pays d’Essai with the spread of its three communes."""
    ends = [m for _, m in vacancy.members]
    found = Dispersion(
        ends[0], ends[-1], (7.0, 10.9), (5.0, 12.5), 0.31, 0.36, 0.184, 1690.0, 3, 3, 1.0
    )
    return replace(vacancy, dispersion=found)


def told(finding: Finding, **changes: object) -> str:
    assert finding.dispersion is not None
    found = replace(finding.dispersion, **changes)  # type: ignore[arg-type]
    return spaced(" ".join(spread_sentences(replace(finding, dispersion=found))))


def test_who_lives_where_it_differs_and_how_unequally_it_is_shared_out(spread: Finding) -> None:
    assert told(spread) == (
        "Les communes nettement au-dessus de l’ensemble réunissent 31 % des habitants, celles "
        "nettement au-dessous 36 %. Sur environ 1 700 logements dans ce cas, il faudrait que 18 % "
        "soient dans une autre commune pour que le taux soit partout le même."
    )


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [
        (0.0, 0.0, "Aucune commune ne s’écarte nettement"),
        (0.31, 0.0, "réunissent 31 % des habitants ; aucune n’est nettement au-dessous."),
        (0.0, 0.36, "réunissent 36 % des habitants ; aucune n’est nettement au-dessus."),
    ],
)
def test_a_side_where_nobody_is_says_so(
    spread: Finding, above: float, below: float, text: str
) -> None:
    assert text in told(spread, above=above, below=below)


def test_without_counts_nothing_is_said_of_how_cases_are_shared_out(spread: Finding) -> None:
    assert "il faudrait" not in told(spread, hoover=None)
    unnamed = replace(spread, indicator=replace(VACANCY, counted=""))
    assert "il faudrait" not in told(unnamed)


def test_what_is_not_covered_is_told_and_never_reads_as_all(spread: Finding) -> None:
    partial = told(spread, known=2, covered=0.998)
    assert "Le calcul porte sur 2 communes sur 3, où vivent 99 % des habitants" in partial
    assert "Le calcul porte" not in told(spread)


def test_the_table_holds_every_figure_of_the_sentences(spread: Finding) -> None:
    rows = {row[0].text: spaced(row[1].text) for row in spread_rows(spread)}
    assert rows == {
        "Moitié centrale de la population concernée": "de 5,0 % à 12,5 %",
        "Habitants des communes nettement au-dessus de l’ensemble": "31 %",
        "Habitants des communes nettement au-dessous de l’ensemble": "36 %",
        "Indice de Hoover": "18,4 %",
        "Communes dont le chiffre est connu": "3 sur 3 (100 % des habitants)",
    }


def test_the_block_of_communes_tells_them(spread: Finding) -> None:
    theme = ThemeDiagnostic(Theme("logement", "Logement", ""), (spread,), ())
    block = distribution_block(theme, Workshop({}))
    assert block is not None
    assert any("il faudrait que" in text for text in block.passages[0].sentences)
    assert block.table.rows[-1][0].text == "Communes dont le chiffre est connu"


def test_communes_known_only_to_be_lower_are_not_passed_over(spread: Finding) -> None:
    """The lowest of the known figures is not the lowest of all where some are “moins de 1 %”."""
    (area, known), *others = spread.members
    small = replace(
        known, value=None, status=Status.ABSENT, note="moins de 1 % (0 chez le producteur)"
    )
    found = replace(spread, members=((area, small), *others, (HAMEAU, known)))
    block = distribution_block(ThemeDiagnostic(HOUSING, (found,), ()), Workshop({}))
    assert block is not None
    assert "les autres repères ne tiennent pas compte de 1 commune à « moins de 1 % »." in spaced(
        " ".join(block.passages[0].sentences)
    )
    plain = distribution_block(ThemeDiagnostic(HOUSING, (spread,), ()), Workshop({}))
    assert plain is not None
    assert "moins de" not in " ".join(plain.passages[0].sentences)


def test_a_finding_without_spread_says_nothing(vacancy: Finding) -> None:
    assert spread_sentences(vacancy) == ()
    assert spread_rows(vacancy) == ()
