"""Answers → groups: each respondent in one answer or class of a question, or in several."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ctgsite.config.questionnaires import Question
from ctgsite.config.survey_cells import Answer

Flags = npt.NDArray[np.bool_]

_CLASSES = 5
_OUTER = (0.1, 0.9)  # beyond these quantiles a class is open, so that no extreme is told
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Groups:
    """Who gave each answer: one row of flags an answer, one column a respondent."""

    labels: tuple[str, ...]
    member: Flags = field(repr=False)
    answered: Flags = field(repr=False)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many gave each answer."""
        return tuple(int(row.sum()) for row in self.member)

    @property
    def total(self) -> int:
        """How many answered."""
        return int(self.answered.sum())


def groups_of(question: Question, answers: Sequence[Answer], threshold: int) -> Groups:
    """Return the groups of a question; a free text has none."""
    answered = np.array([answer is not None for answer in answers], dtype=bool)
    if question.kind == "texte":
        return Groups((), np.zeros((0, len(answers)), dtype=bool), answered)
    if question.kind == "nombre":
        return _classes(question, answers, answered, threshold)
    labels = tuple(choice.label for choice in question.choices)
    member = np.zeros((len(labels), len(answers)), dtype=bool)
    for at, answer in enumerate(answers):
        chosen = answer if isinstance(answer, frozenset) else (answer,)
        for place in chosen:
            if isinstance(place, int):
                member[place, at] = True
    return Groups(labels, member, answered)


def _classes(
    question: Question, answers: Sequence[Answer], answered: Flags, threshold: int
) -> Groups:
    values = np.array([float(a) if isinstance(a, int | float) else math.nan for a in answers])
    bounds = question.classes or _bounds(values[answered], threshold)
    edges = (-math.inf, *bounds, math.inf)
    pairs = list(itertools.pairwise(edges))
    member = np.array([(values >= low) & (values < high) for low, high in pairs], dtype=bool)
    labels = [_label(low, high, question.unit, values[answered]) for low, high in pairs]
    kept = [at for at in range(len(pairs)) if not _beyond(pairs[at], question)]
    return Groups(tuple(labels[at] for at in kept), member[kept], answered)


def _beyond(pair: tuple[float, float], question: Question) -> bool:
    """Whether no admitted number lies in a class."""
    low, high = pair
    below = question.minimum is not None and high <= question.minimum
    return below or (question.maximum is not None and low > question.maximum)


def _bounds(values: npt.NDArray[np.float64], threshold: int) -> tuple[float, ...]:
    """Return round bounds that cut the middle of a distribution into a few classes.

    They are drawn from the numbers that enough people reach: no few decide of them.
    """
    if len(values) < 2 * threshold:
        return ()
    ordered, least = np.sort(values), threshold - 1
    low = max(float(np.quantile(values, _OUTER[0])), float(ordered[least]))
    high = min(float(np.quantile(values, _OUTER[1])), float(ordered[-1 - least]))
    step = _round_step((high - low) / (_CLASSES - 2))
    first = math.floor(low / step) + 1
    last = max(first, math.floor(high / step))
    return tuple(at * step for at in range(first, last + 1))


def _round_step(width: float) -> float:
    if width <= 1:
        return 1.0
    power = 10 ** math.floor(math.log10(width))
    return float(next(step * power for step in _STEPS if step * power >= width * 0.999))


def _label(low: float, high: float, unit: str, values: npt.NDArray[np.float64]) -> str:
    """Name a class; whole numbers run up to the one before the next class."""
    whole = bool(np.all(values == np.floor(values))) and all(
        bound == math.floor(bound) for bound in (low, high) if math.isfinite(bound)
    )
    after = f" {unit}" if unit else ""
    if low == -math.inf:
        return f"Moins de {_written(high)}{after}" if high != math.inf else "Tous"
    if high == math.inf:
        return f"{_written(low)}{after} ou plus"
    if not whole:
        return f"De {_written(low)} à moins de {_written(high)}{after}"
    last = high - 1
    return (
        f"{_written(low)}{after}"
        if last == low
        else f"De {_written(low)} à {_written(last)}{after}"
    )


def _written(value: float) -> str:
    return (f"{value:.0f}" if value.is_integer() else f"{value:.10g}").replace(".", ",")
