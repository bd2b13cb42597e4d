"""What may be published of a questionnaire: counts, where they are not too small, and no answer."""

from __future__ import annotations

from dataclasses import dataclass

from ctgsite.config.questionnaires import QuestionKind, Role, SurveyFile


@dataclass(frozen=True, slots=True)
class OptionRow:
    """How many gave one answer; None where that is masked.

    Attributes:
        share: in %, of those who answered the question.
        weighted: the same once weighted to the population, rounded to the question's `step`.
        census: what the answer compares to in the census.
    """

    label: str
    count: int | None
    share: float | None = None
    weighted: float | None = None
    census: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One group of respondents: how many, and how many of them gave each answer."""

    label: str
    total: int
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """A question told group by group; without rows where too few answered to publish it."""

    by: str  # the question that makes the groups
    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[CrossRow, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What is published of one question.

    Attributes:
        answered: how many answered it; None where they are too few, and nothing is published.
        rows: one an answer, in order; none where counts would give someone away.
        median: the class in which the middle of the numbers lies; "" where that is not told.
        step: what weighted shares are rounded to, in points; 0 where there are none.
    """

    id: str
    title: str
    kind: QuestionKind
    answered: int | None
    rows: tuple[OptionRow, ...] = ()
    median: str = ""
    crosses: tuple[Cross, ...] = ()
    step: int = 0
    unit: str = ""
    theme: str = ""
    findings: tuple[str, ...] = ()
    role: Role | None = None

    @property
    def is_masked(self) -> bool:
        """Whether some count of its own table is not published."""
        return any(row.count is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class PublishedSurvey:
    """What is published of one questionnaire; `respondents` is None where they are too few.

    Attributes:
        effective: how many answers the weighted ones are worth (Kish); None without weighting.
        unweighted: why the weighting asked for was not done; "" elsewhere.
    """

    id: str
    about: SurveyFile
    respondents: int | None
    questions: tuple[QuestionResult, ...] = ()
    effective: int | None = None
    unweighted: str = ""
