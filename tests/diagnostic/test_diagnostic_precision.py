"""What a finding knows of its precision comes from the sources of its own terms."""

from __future__ import annotations

import pytest

from ctgsite import knowledge
from ctgsite.diagnostic.findings import Setting, find
from ctgsite.diagnostic.highlights import candidate
from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Level
from ctgsite.indicators.comparison import Verdict


def found(indicator: str, code: str, benchmark: str = "") -> Finding:
    evidence = knowledge.evidence(None)
    area = evidence.geography.area(Level.COMMUNE, code)
    others = (evidence.geography.area(Level.COMMUNE, benchmark),) if benchmark else ()
    return find(evidence.catalogue.indicators[indicator], Setting(area, others), evidence)


def test_a_count_of_the_caf_is_blurred_and_its_bound_is_that_of_its_iris() -> None:
    """Tournefeuille has nine IRIS: each count is known to 2, their sum to 18."""
    finding = found("foyers_allocataires", "31557")
    (cause,) = finding.precision.causes
    assert cause.blurred
    assert "brouille" in cause.reason
    iris = knowledge.geography(None).iris["31557"]
    assert finding.measure.bound == 2 * len(iris) == 18


def test_a_share_of_two_blurred_counts_has_one_cause() -> None:
    finding = found("part_allocataires_monoparentaux", "31557")
    assert [cause.blurred for cause in finding.precision.causes] == [True]
    assert 0 < finding.measure.bound < 1


def test_a_rounded_figure_is_not_said_to_be_blurred() -> None:
    (cause,) = found("taux_pauvrete", "31557").precision.causes
    assert (cause.half_width, cause.blurred) == (0.5, False)


def test_the_effectif_of_a_published_figure_is_no_cause() -> None:
    causes = found("niveau_vie_median", "31557").precision.causes
    assert [cause.half_width for cause in causes] == [5.0]


@pytest.mark.parametrize(
    ("indicator", "threshold"),
    [("part_logements_vacants", 200), ("taux_chomage_recensement", 200), ("naissances", 0)],
)
def test_the_census_alone_asks_for_caution_with_small_counts(
    indicator: str, threshold: float
) -> None:
    assert found(indicator, "31541").precision.caution_under == threshold


def test_figures_that_nothing_is_known_of_have_no_cause() -> None:
    assert found("part_logements_vacants", "31541").precision.causes == ()


def test_a_difference_within_what_the_caf_blurs_is_close_and_no_highlight() -> None:
    """Of all pairs of communes, none is told apart by less than the bounds of both."""
    evidence = knowledge.evidence(None)
    indicator = evidence.catalogue.indicators["part_allocataires_monoparentaux"]
    spread = evidence.figures.spread(indicator.id, Level.COMMUNE, "2020")
    close = 0
    for one in spread.codes[:12]:
        for other in spread.codes[:12]:
            finding = found(indicator.id, one, other)
            (comparison,) = finding.comparisons
            here, there = comparison.here, comparison.there
            if abs(here.value - there.value) < here.bound + there.bound:
                close += 1
                assert comparison.verdict is Verdict.PROCHE
                assert candidate(finding, lambda _: 1.0) is None
    assert close > len(spread.codes[:12])  # each with itself, and some others
