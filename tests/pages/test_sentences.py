"""Sentences compare what may be compared, in correct French, and claim no cause."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from testville import (
    DEPARTEMENT,
    FRANCE,
    INCOME,
    PEERS,
    TERRITORY,
    VACANCY,
    measure,
    with_measure,
)

from ctgsite.diagnostic.model import Comparison, Finding, Trend
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.position import Rank
from ctgsite.pages import sentences
from ctgsite.pages.blocks import Workshop, finding_block
from ctgsite.pages.position_sentences import rank_sentence
from ctgsite.pages.trend_sentences import trend_sentence
from ctgsite.sources.observations import Status


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def about(
    area: Area, verdict: Verdict, there: float = 7.4, benchmark: Area = DEPARTEMENT
) -> Finding:
    """Return a share of vacant dwellings of 8.6 % beside one benchmark."""
    here = measure(VACANCY, area, 8.6, counts=(137.6, 1600.0))
    comparison = Comparison(benchmark, here, measure(VACANCY, benchmark, there), verdict)
    return Finding(VACANCY, area, here, comparisons=(comparison,))


def test_the_reading_gives_place_year_figure_people_and_benchmark() -> None:
    seilh = Area(Level.COMMUNE, "00000", "Seilh")
    assert spaced(sentences.reading(about(seilh, Verdict.PLUS))) == (
        "À Seilh, en 2018, 8,6 % des logements sont vacants, soit environ 140 logements, "
        "contre 7,4 % en Fictive."
    )


@pytest.mark.parametrize(
    ("area", "start"),
    [
        (Area(Level.COMMUNE, "76351", "Le Havre", 2), "Au Havre, "),
        (Area(Level.COMMUNE, "93045", "Les Lilas", 4), "Aux Lilas, "),
        (Area(Level.COMMUNE, "32160", "L'Isle-Jourdain", 5), "À L’Isle-Jourdain, "),
        (Area(Level.DEPARTEMENT, "41", "Loir-et-Cher", 2), "Dans le Loir-et-Cher, "),
    ],
)
def test_the_reading_starts_with_the_right_article(area: Area, start: str) -> None:
    assert sentences.reading(about(area, Verdict.PLUS)).startswith(start)


@pytest.mark.parametrize(
    ("verdict", "benchmark", "heading"),
    [
        (Verdict.PLUS, DEPARTEMENT, "Davantage de logements vacants qu’en Fictive"),
        (Verdict.MOINS, FRANCE, "Moins de logements vacants qu’en France"),
        (
            Verdict.MOINS,
            Area(Level.DEPARTEMENT, "41", "Loir-et-Cher", 2),
            "Moins de logements vacants que dans le Loir-et-Cher",
        ),
        (
            Verdict.PROCHE,
            PEERS,
            (
                "Une part de logements vacants proche de celle relevée dans les territoires "
                "comparables"
            ),
        ),
        (Verdict.INCONNU, DEPARTEMENT, "La part des logements vacants"),
    ],
)
def test_the_heading_states_the_finding(verdict: Verdict, benchmark: Area, heading: str) -> None:
    assert sentences.heading(about(TERRITORY, verdict, benchmark=benchmark)) == heading


def test_a_figure_on_few_cases_states_no_difference_and_says_so() -> None:
    finding = about(TERRITORY, Verdict.PLUS)
    few = replace(finding.measure, caution=True)
    comparison = replace(finding.comparisons[0], here=few)
    finding = replace(finding, measure=few, comparisons=(comparison,))
    assert sentences.heading(finding) == "La part des logements vacants"
    assert spaced(sentences.caution_sentence(finding)) == (
        "À lire avec prudence : ce chiffre repose sur un petit effectif (moins de 200)."
    )


def test_a_close_figure_is_said_to_be_close() -> None:
    text = spaced(sentences.reading(about(TERRITORY, Verdict.PROCHE, 8.4)))
    assert text.endswith(", un chiffre proche de celui relevé en Fictive (8,4 %).")


def test_an_older_common_year_is_named() -> None:
    finding = about(TERRITORY, Verdict.PLUS)
    old = replace(finding.measure, year="2013", value=7.1)
    there = replace(finding.comparisons[0].there, year="2013", value=6.0)
    finding = replace(finding, comparisons=(Comparison(DEPARTEMENT, old, there, Verdict.PLUS),))
    assert spaced(sentences.reading(finding)).endswith(
        "soit environ 140 logements. En 2013, dernière année commune, le chiffre était de 7,1 %, "
        "contre 6,0 % en Fictive."
    )


def test_a_summary_gives_the_figure_that_its_heading_compares() -> None:
    """A heading on 2013 is not followed by the figure of 2018 as if it were about it."""
    finding = about(TERRITORY, Verdict.PLUS)
    assert spaced(finding_block(finding, Workshop({})).shown) == "8,6 %"
    old = replace(finding.measure, year="2013", value=7.1)
    there = replace(finding.comparisons[0].there, year="2013", value=6.0)
    finding = replace(finding, comparisons=(Comparison(DEPARTEMENT, old, there, Verdict.PLUS),))
    assert spaced(finding_block(finding, Workshop({})).shown) == "7,1 % en 2013"


def test_other_benchmarks_share_one_sentence(vacancy: Finding) -> None:
    assert spaced(sentences.other_comparisons(vacancy)) == (
        "C’est moins que dans les territoires comparables (médiane de 9,2 %) et proche du chiffre "
        "relevé en France (8,4 %)."
    )


def test_counts_of_areas_are_not_compared(dwellings: Finding) -> None:
    there = measure(dwellings.indicator, DEPARTEMENT, 90000.0)
    comparison = Comparison(DEPARTEMENT, dwellings.measure, there, Verdict.INCONNU)
    finding = replace(dwellings, comparisons=(comparison,))
    assert sentences.heading(finding) == "Le nombre de logements"
    assert spaced(sentences.reading(finding)).endswith("en 2018, on compte 1 600 logements.")


def test_trends_are_in_points_or_in_percent(vacancy: Finding, dwellings: Finding) -> None:
    assert spaced(trend_sentence(vacancy)) == (
        "Évolution : 7,1 % en 2013, 8,6 % en 2018, soit 1,5 point de plus."
    )
    assert spaced(trend_sentence(dwellings)) == (
        "Évolution : 1 507 logements en 2013, 1 600 logements en 2018, soit une hausse de 6,2 %."
    )


def test_a_small_change_is_not_called_a_change(vacancy: Finding) -> None:
    assert vacancy.trend is not None
    still = replace(vacancy, trend=replace(vacancy.trend, verdict=Verdict.PROCHE))
    assert spaced(trend_sentence(still)) == (
        "Le chiffre a peu varié : 7,1 % en 2013, 8,6 % en 2018."
    )


@pytest.mark.parametrize(
    ("rank", "text"),
    [
        (1, "la valeur la plus élevée"),
        (3, "la 3e valeur la plus élevée"),
        (34, "la 2e valeur la plus basse"),
        (35, "la valeur la plus basse"),
    ],
)
def test_ranks_count_from_the_nearer_end(rank: int, text: str) -> None:
    assert spaced(rank_sentence(Rank(rank, 36 - rank, 35, "communes de la Fictive"))) == (
        f"C’est {text} parmi les 35 communes de la Fictive qui ont un chiffre comparable."
    )


def test_members_show_their_range(vacancy: Finding) -> None:
    assert spaced(sentences.range_sentence(vacancy)) == (
        "D’une commune à l’autre, le chiffre va de 5,0 % (Testville) à 12,5 % (Hameau-d’Essai)."
    )


@pytest.mark.parametrize(
    ("status", "note", "words", "reason"),
    [
        (
            Status.SECRET,
            "",
            "secret statistique",
            "Le secret statistique protège des effectifs trop petits.",
        ),
        (Status.ABSENT, "Fichier non diffusé.", "donnée absente", "Fichier non diffusé."),
        (
            Status.NON_AGREGEABLE,
            "",
            "non calculable à cette échelle",
            (
                "Le producteur ne publie pas ce chiffre à cette échelle, et celui des communes ne "
                "suffit pas à le reconstituer."
            ),
        ),
    ],
)
def test_a_missing_figure_is_words_and_a_reason(
    status: Status, note: str, words: str, reason: str
) -> None:
    missing = measure(INCOME, TERRITORY, None, "2019", status=status, note=note)
    finding = Finding(INCOME, TERRITORY, missing)
    assert sentences.figure(missing, INCOME) == words
    assert sentences.missing_sentences([finding]) == ((reason, (finding,)),)


def test_the_same_reason_is_said_once(secret: Finding) -> None:
    ((_, findings),) = sentences.missing_sentences([secret, secret])
    assert len(findings) == 2


def test_people_are_told_only_where_counts_are_published(vacancy: Finding) -> None:
    finding = with_measure(vacancy, numerator=None)
    assert sentences.people(finding.measure, VACANCY) == ""


def test_no_sentence_claims_a_cause(vacancy: Finding, dwellings: Finding) -> None:
    trend = Trend(vacancy.series[0], vacancy.series[1], -1.5, Verdict.MOINS)
    for finding in (vacancy, dwellings, replace(vacancy, trend=trend)):
        text = " ".join(
            (
                sentences.heading(finding),
                sentences.reading(finding),
                sentences.other_comparisons(finding),
                trend_sentence(finding),
            )
        ).lower()
        for cause in ("parce que", "car ", "grâce", "à cause", "donc", "explique", "en raison"):
            assert cause not in text


def test_a_zero_that_a_source_rounds_is_told_as_less_than_one(secret: Finding) -> None:
    rounded = replace(
        secret.measure, status=Status.ABSENT, note="moins de 1 % (arrondi à l’entier)"
    )
    assert spaced(sentences.figure(rounded, secret.indicator)) == "moins de 1 %"


@pytest.mark.parametrize(
    ("here", "there", "text"),
    [
        (1.0, 0.5, "augmente plus vite"),
        (0.5, 1.0, "augmente moins vite"),
        (-0.5, -1.0, "diminue moins vite"),
        (-1.0, -0.5, "diminue plus vite"),
        (0.5, -0.5, "augmente, quand elle diminue"),
        (-0.5, 0.5, "diminue, quand elle augmente"),
    ],
)
def test_a_rate_of_change_is_told_by_its_sign(here: float, there: float, text: str) -> None:
    growth = load_catalogue().indicators["variation_annuelle_population"]
    assert growth.wording.signed is not None
    assert text in growth.wording.signed.clause(here, there)


def test_a_rank_far_from_both_ends_is_a_share() -> None:
    position = Rank(601, 640, 1250, "intercommunalités de France")
    assert spaced(rank_sentence(position)) == (
        "Parmi les 1 250 intercommunalités de France qui ont un chiffre comparable, "
        "48 % en ont un plus élevé."
    )


def test_the_lowest_value_is_the_lowest_even_when_several_share_it() -> None:
    position = Rank(33, 1, 35, "communes de la Fictive")
    assert "la valeur la plus basse" in rank_sentence(position)
