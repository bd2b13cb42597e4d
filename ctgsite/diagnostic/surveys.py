"""Questionnaires → what a site says of them: their tables, and who is missing from the answers.

Respondents are compared with the census answer by answer: the population of the communes that an
answer names, or the people (families, households) that the indicators it names count. All answers
of a question are compared at the latest year that their figures share. Where shares of a whole are
published without their counts, the shares themselves are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ctgsite.config.models import Territory
from ctgsite.config.questionnaires import Choice, Question
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.diagnostic.benchmarks import Coverage, coverage_of
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.survey_model import Profile, ProfileRow, SurveyResult
from ctgsite.geography.areas import Level
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure, chronological
from ctgsite.sources.surveys.model import QuestionResult
from ctgsite.sources.surveys.results import publish_survey

POPULATION = "population"

Term = tuple[str, Level, str]  # indicator, level, code


@dataclass(frozen=True, slots=True)
class _Population:
    """The census by answer of a question, in its order; None where an answer compares to none.

    `counts` are people, or else shares of one whole (`is_shares`).
    """

    year: str
    counts: tuple[float | None, ...]
    is_shares: bool
    origins: tuple[tuple[str, str], ...]


def survey_results(
    territory: Territory, surveys: Sequence[SurveyAnswers], evidence: Evidence
) -> tuple[SurveyResult, ...]:
    """Return what may be published of a territory's questionnaires."""
    coverage = coverage_of(territory, evidence.geography)
    return tuple(_result(survey, coverage, evidence) for survey in surveys)


def _result(survey: SurveyAnswers, coverage: Coverage, evidence: Evidence) -> SurveyResult:
    compared = [q for q in survey.about.questions if any(choice.census for choice in q.choices)]
    found = {question.id: _population(question, coverage, evidence) for question in compared}
    known = {name: population for name, population in found.items() if population is not None}
    targets = {
        name: tuple(count for count in population.counts if count is not None)
        for name, population in known.items()
        if None not in population.counts
    }
    published = publish_survey(survey, targets)
    profiles = (
        _profile(question, known[question.id])
        for question in published.questions
        if question.id in known
    )
    return SurveyResult(published, tuple(profile for profile in profiles if profile))


def _population(question: Question, coverage: Coverage, evidence: Evidence) -> _Population | None:
    """Return what the answers of a question compare to, where one year has it all."""
    terms = [list(_terms(question, choice, coverage)) for choice in question.choices]
    counted = _at_common_year(terms, evidence, _people)
    if counted is not None or any(len({t[0] for t in own}) < len(own) for own in terms):
        return counted  # shares of several areas do not add up
    return _at_common_year(terms, evidence, _share)


def _at_common_year(
    terms: Sequence[Sequence[Term]],
    evidence: Evidence,
    told: Callable[[Measure, Evidence], float | None],
) -> _Population | None:
    """Return what measures tell by answer in the latest year that has it all."""
    series = [
        [[(m, told(m, evidence)) for m in valued(evidence.figures.series(*term))] for term in own]
        for own in terms
    ]
    years = [{m.year for m, count in one if count is not None} for own in series for one in own]
    common = set.intersection(*years) if years else set()
    if not common:
        return None
    year = max(common, key=chronological)
    counts: list[float | None] = []
    origins: dict[tuple[str, str], None] = {}
    for own in series:
        at_year = [(m, count) for one in own for m, count in one if m.year == year]
        origins |= {(m.dataset, m.vintage): None for m, _ in at_year}
        counts.append(sum(count or 0.0 for _, count in at_year) if own else None)
    return _Population(year, tuple(counts), told is _share, tuple(origins))


def _terms(question: Question, choice: Choice, coverage: Coverage) -> Iterator[Term]:
    """Yield the (indicator, level, code) whose counts an answer compares to, added up."""
    for name in choice.census:
        if question.role == "commune":
            yield POPULATION, Level.COMMUNE, name
        elif coverage.area.level is Level.TERRITOIRE:  # a groupe is the sum of its communes
            yield from ((name, Level.COMMUNE, code) for code in coverage.communes)
        else:
            yield name, coverage.area.level, coverage.area.code


def _people(measure: Measure, evidence: Evidence) -> float | None:
    """Return the people that a measure counts: a share's numerator, or a count itself."""
    shared = _share(measure, evidence) is not None
    return measure.numerator if shared else measure.value


def _share(measure: Measure, evidence: Evidence) -> float | None:
    """Return a measure in %, None where it is no share."""
    indicator = evidence.catalogue.indicators.get(measure.indicator)
    return measure.value if indicator is not None and indicator.unit == "%" else None


def _profile(question: QuestionResult, population: _Population) -> Profile | None:
    """Compare the answers that have a place in the census; the others are left out of both."""
    pairs = list(zip(question.rows, population.counts, strict=False))
    whole = sum(count for _, count in pairs if count is not None)
    apart = [row.count for row, count in pairs if count is None]
    if question.answered is None or not pairs or not whole or None in apart:
        return None
    answers = question.answered - sum(count or 0 for count in apart)
    if not answers:
        return None
    rows = tuple(
        ProfileRow(
            row.label,
            row.count,
            None if row.count is None else 100 * row.count / answers,
            None if population.is_shares else count,
            100 * count / whole,
        )
        for row, count in pairs
        if count is not None
    )
    return Profile(question.id, question.title, population.year, rows, population.origins)
