"""What a site says of a questionnaire: its published tables, and its respondents' profile."""

from __future__ import annotations

from dataclasses import dataclass

from ctgsite.sources.surveys.model import PublishedSurvey, QuestionResult

FEWER = 0.8  # of its share in the population: below, a group is missing from the answers


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One group: its share of the answers and of the population, in %.

    `count` and `share` are None where the count is masked.
    """

    label: str
    count: int | None
    share: float | None
    population: float | None  # people; None where only shares are published
    expected: float

    @property
    def is_missing(self) -> bool:
        """Whether the group is clearly fewer among the answers than in the population."""
        return self.share is not None and self.share < FEWER * self.expected


@dataclass(frozen=True, slots=True)
class Profile:
    """The respondents of a questionnaire beside the population, for one question."""

    question: str
    title: str
    year: str
    rows: tuple[ProfileRow, ...]
    origins: tuple[tuple[str, str], ...]  # (dataset, vintage)

    @property
    def missing(self) -> tuple[ProfileRow, ...]:
        """The groups that are missing from the answers, the most missing first."""
        rows = [row for row in self.rows if row.is_missing]
        return tuple(sorted(rows, key=lambda row: (row.share or 0.0) / row.expected))


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """A questionnaire as a site shows it."""

    published: PublishedSurvey
    profiles: tuple[Profile, ...] = ()

    def on_theme(self, theme: str) -> tuple[QuestionResult, ...]:
        """Return the questions of a theme whose answers are published."""
        return tuple(q for q in self.published.questions if q.theme == theme and q.rows)

    @property
    def rate(self) -> float | None:
        """How many of those it was meant for answered, in %."""
        target, found = self.published.about.target, self.published.respondents
        return 100 * found / target if target and found is not None else None
