"""Attacks on a published questionnaire, by a reader who compares all of its tables.

The reader writes each cross as unknown counts, answers masked and people silent included, bound by
every count published anywhere, and bounds each small count by linear programming.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ctgsite.config.questionnaires import SurveyFile, Weighting
from ctgsite.config.survey_cells import Answer
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.sources.surveys.model import PublishedSurvey, QuestionResult
from ctgsite.sources.surveys.results import publish_survey

THRESHOLD = 5
CHOICES = [{"libelle": "A"}, {"libelle": "B"}, {"libelle": "C"}]
ABOUT = SurveyFile.model_validate(
    {
        "titre": "Vos besoins", "public": "Familles", "finalite": "Écouter",
        "information": "En tête", "conservation_jusqu_au": "2027-01-01", "seuil": THRESHOLD,
        "questions": [
            {"id": "age", "intitule": "Âge", "type": "choix", "role": "age", "modalites": CHOICES},
            {"id": "avis", "intitule": "Avis", "type": "choix", "croiser_par": ["age"],
             "modalites": CHOICES},
            {"id": "usage", "intitule": "Usage", "type": "choix_multiple", "croiser_par": ["age"],
             "modalites": CHOICES},
        ],
    }
)  # fmt: skip

places = st.none() | st.sampled_from([0, 0, 0, 0, 1, 1, 2])
several = st.none() | st.frozensets(st.sampled_from([0, 1, 2]), min_size=1)


@st.composite
def surveys(draw: st.DrawFn) -> SurveyAnswers:
    respondents = draw(st.lists(st.tuples(places, places, several), min_size=5, max_size=60))
    repeated = draw(st.integers(1, 4))
    columns: list[tuple[Answer, ...]] = [*zip(*(respondents * repeated), strict=True)]
    return SurveyAnswers("essai", ABOUT, dict(zip(("age", "avis", "usage"), columns, strict=True)))


class Reader:
    """Unknown counts and what is published of them; a count is a sum of unknowns."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: list[np.ndarray] = []
        self.values: list[float] = []
        self.above: list[np.ndarray] = []  # sums that are zero at most

    def learn(self, unknowns: np.ndarray, value: float | None) -> None:
        """Note a count; a masked one teaches nothing."""
        if value is not None:
            self.rows.append(unknowns)
            self.values.append(value)

    def bounds(self, unknowns: np.ndarray) -> tuple[float, float]:
        """Return the least and the most that a count may be."""
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * unknowns,
                A_eq=np.array(self.rows), b_eq=self.values,
                A_ub=np.array(self.above) if self.above else None,
                b_ub=np.full(len(self.above), 1e-7) if self.above else None,
                method="highs",
            )  # fmt: skip
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else np.inf)
        return ends[0], ends[1]


def of(found: PublishedSurvey, name: str) -> QuestionResult:
    return next(question for question in found.questions if question.id == name)


def single_reader(found: PublishedSurvey, *, crossed: bool) -> tuple[Reader, np.ndarray]:
    """Return a reader of “avis” by “age”: unknowns are [answer or silence, age or silence]."""
    grid = np.zeros((4, 4))
    reader = Reader(grid.size)

    def cell(row: int | slice, column: int | slice) -> np.ndarray:
        made = grid.copy()
        made[row, column] = 1.0
        return made.flatten()

    everything, answered = slice(None), slice(0, 3)
    reader.learn(cell(everything, everything), found.respondents)
    avis, age = of(found, "avis"), of(found, "age")
    reader.learn(cell(answered, everything), avis.answered)
    reader.learn(cell(everything, answered), age.answered)
    for at, row in enumerate(avis.rows):
        reader.learn(cell(at, everything), row.count)
    for at, row in enumerate(age.rows):
        reader.learn(cell(everything, at), row.count)
    labels = {"A": 0, "B": 1, "C": 2}
    for cross in avis.crosses if crossed else ():
        for line in cross.rows:
            for column, count in zip(cross.columns, line.counts, strict=True):
                reader.learn(cell(labels[column], labels[line.label]), count)
    return reader, np.eye(grid.size)


def true_grid(survey: SurveyAnswers) -> np.ndarray:
    truth = np.zeros((4, 4))
    for age, avis in zip(survey.answers["age"], survey.answers["avis"], strict=True):
        truth[3 if avis is None else avis, 3 if age is None else age] += 1
    return truth


@settings(max_examples=30, deadline=None)
@given(survey=surveys())
def test_comparing_a_cross_with_the_tables_of_its_questions_excludes_no_small_count(
    survey: SurveyAnswers,
) -> None:
    found = publish_survey(survey)
    truth = true_grid(survey).flatten()
    alone, units = single_reader(found, crossed=False)
    compared, _ = single_reader(found, crossed=True)
    for at, count in enumerate(truth):
        if at >= 12 or count >= THRESHOLD:  # the last line is silence
            continue
        low, high = alone.bounds(units[at])
        least, most = compared.bounds(units[at])
        assert least <= low + 1e-6
        assert most >= min(high, low + THRESHOLD - 1) - 1e-6


@settings(max_examples=30, deadline=None)
@given(survey=surveys())
def test_a_small_count_of_a_table_may_still_be_anything_under_the_threshold(
    survey: SurveyAnswers,
) -> None:
    found = publish_survey(survey)
    reader, _ = single_reader(found, crossed=True)
    truth = true_grid(survey)
    for at, count in enumerate(truth[:3].sum(axis=1)):
        if 1 <= count < THRESHOLD:
            mine = np.zeros((4, 4))
            mine[at] = 1.0
            least, most = reader.bounds(mine.flatten())
            assert least <= 1 + 1e-6
            assert most >= THRESHOLD - 1 - 1e-6


@settings(max_examples=30, deadline=None)
@given(survey=surveys())
def test_of_several_answers_neither_the_few_who_gave_one_nor_the_few_who_did_not_are_found(
    survey: SurveyAnswers,
) -> None:
    found = publish_survey(survey)
    usage, age = of(found, "usage"), of(found, "age")
    chosen = [answer or frozenset() for answer in survey.answers["usage"]]
    ages = [3 if a is None else a for a in survey.answers["age"]]
    labels = {"A": 0, "B": 1, "C": 2}
    for option, row in enumerate(usage.rows):
        yes = sum(option in answer for answer in chosen)
        assert row.count in (None, yes)
        if row.count is not None and usage.answered is not None:
            assert not 1 <= yes < THRESHOLD
            assert not 1 <= usage.answered - yes < THRESHOLD
        # What the cross says of one answer: [gave it or not, age or silence].
        reader, grid = Reader(8), np.zeros((2, 4))

        def cell(line: int | slice, column: int | slice, grid: np.ndarray = grid) -> np.ndarray:
            made = grid.copy()
            made[line, column] = 1.0
            return made.flatten()

        reader.learn(cell(slice(None), slice(None)), found.respondents)
        reader.learn(cell(0, slice(None)), row.count)
        reader.learn(cell(slice(None), slice(0, 3)), age.answered)
        for at, group in enumerate(age.rows):
            reader.learn(cell(slice(None), at), group.count)
        margins = list(zip(reader.rows, reader.values, strict=True))
        for cross in usage.crosses:
            for line in cross.rows:
                for column, count in zip(cross.columns, line.counts, strict=True):
                    if labels[column] == option:
                        reader.learn(cell(0, labels[line.label]), count)
        alone = Reader(8)
        for known, value in margins:
            alone.learn(known, value)
        truth = np.zeros((2, 4))
        for answer, at in zip(chosen, ages, strict=True):
            truth[0 if option in answer else 1, at] += 1
        for place, count in enumerate(truth.flatten()):
            if count < THRESHOLD:
                unit = np.eye(8)[place]
                low, high = alone.bounds(unit)
                least, most = reader.bounds(unit)
                assert least <= low + 1e-6
                assert most >= min(high, low + THRESHOLD - 1) - 1e-6


@settings(max_examples=30, deadline=None)
@given(survey=surveys())
def test_nothing_small_is_published_nor_told(survey: SurveyAnswers) -> None:
    found = publish_survey(survey)
    assert str(survey.answers["age"]) not in repr(survey)
    for question in found.questions:
        assert question.answered is None or question.answered >= THRESHOLD
        for row in question.rows:
            assert row.count is None or row.count == 0 or row.count >= THRESHOLD
            assert (row.share is None) == (row.count is None)
        for cross in question.crosses:
            for line in cross.rows:
                assert all(count is None or count >= THRESHOLD for count in line.counts)


def test_too_few_respondents_publish_nothing() -> None:
    survey = SurveyAnswers(
        "essai", ABOUT, {"age": (0,) * 4, "avis": (1,) * 4, "usage": (None,) * 4}
    )
    found = publish_survey(survey)
    assert found.respondents is None
    assert found.questions == ()


@pytest.mark.parametrize("silent", [1, 2])
def test_two_tables_of_one_question_are_not_subtracted(silent: int) -> None:
    """Of those whose age is known one chose C: tables with and without silence would tell."""
    ages: list[Answer] = [0] * 10 + [1] * 10 + [2] * 10 + [None] * silent
    avis: list[Answer] = [*([0] * 5 + [1] * 5) * 3, *[0] * silent]
    avis[4] = 2
    survey = SurveyAnswers(
        "essai", ABOUT,
        {"age": tuple(ages), "avis": tuple(avis), "usage": (None,) * len(ages)},
    )  # fmt: skip
    found = publish_survey(survey)
    rows = {row.label: row.count for row in of(found, "avis").rows}
    assert rows["C"] is None
    assert None in (rows["A"], rows["B"])


TARGETS = {"age": (300.0, 200.0, 500.0)}
WEIGHTED = ABOUT.model_copy(update={"weighting": Weighting.model_validate({"sur": ["age"]})})


@st.composite
def weighted_surveys(draw: st.DrawFn) -> SurveyAnswers:
    """Return answers of enough people of each age, among whom small counts are many."""
    counts = draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 15, 40]), min_size=12, max_size=12))
    people: list[tuple[Answer, Answer]] = [(age, 0) for age in range(3) for _ in range(8)]
    for cell, count in enumerate(counts):
        age, avis = divmod(cell, 3)
        people += [(None if age == 3 else age, avis)] * (count if age < 3 else count // 4)
    ages, avis_ = zip(*people, strict=True)
    return SurveyAnswers("essai", ABOUT, {"age": ages, "avis": avis_, "usage": (None,) * len(ages)})


@settings(max_examples=40, deadline=None)
@given(survey=weighted_surveys())
def test_weighted_shares_exclude_no_small_count_even_for_who_knows_the_weights(
    survey: SurveyAnswers,
) -> None:
    found = publish_survey(replace(survey, about=WEIGHTED), TARGETS)
    avis, ages = of(found, "avis"), [row.count for row in of(found, "age").rows]
    assume(avis.step and len(ages) == 3 and None not in ages)  # else nobody knows the weights
    alone, units = single_reader(found, crossed=False)
    compared, _ = single_reader(found, crossed=True)
    answered = sum(count or 0 for count in ages)
    pairs = zip(TARGETS["age"], ages, strict=True)
    weights = [answered * target / sum(TARGETS["age"]) / (count or 1) for target, count in pairs]
    for at, row in enumerate(avis.rows):
        assert (row.weighted is None) == (row.count is None)
        if row.weighted is None:
            continue
        whole, own = np.zeros((4, 4)), np.zeros((4, 4))
        whole[:3] = [*weights, 1.0]  # who tells no age keeps a weight of one
        own[at] = [*weights, 1.0]
        low, high = ((row.weighted + sign * avis.step / 2) / 100 for sign in (-1, 1))
        compared.above += [(own - high * whole).flatten(), (low * whole - own).flatten()]
    for at, count in enumerate(true_grid(survey).flatten()):
        if at < 12 and count < THRESHOLD:
            least, most = alone.bounds(units[at])
            low, high = compared.bounds(units[at])
            assert low <= least + 1e-4
            assert high >= min(most, least + THRESHOLD - 1) - 1e-4


LINKED = SurveyFile.model_validate(
    {
        "titre": "Vos besoins", "public": "Familles", "finalite": "Écouter",
        "information": "En tête", "conservation_jusqu_au": "2027-01-01", "seuil": THRESHOLD,
        "questions": [
            {"id": "age", "intitule": "Âge", "type": "choix", "modalites": CHOICES},
            {"id": "garde", "intitule": "Garde", "type": "choix", "croiser_par": ["age"],
             "modalites": CHOICES},
            {"id": "mode", "intitule": "Si garde, mode", "type": "choix", "croiser_par": ["age"],
             "modalites": CHOICES},
        ],
    }
)  # fmt: skip
# Whoever answers A to the first says more to the second, B says so again, C is asked nothing more.
STORIES: list[tuple[Answer, Answer]] = [(0, 0), (0, 1), (1, 2), (2, None), (None, None)]


@st.composite
def linked_surveys(draw: st.DrawFn) -> tuple[SurveyAnswers, np.ndarray]:
    """Return answers to two questions of which one tells again what the other did, and the truth.

    The truth has one line a story and one column an age, silence last.
    """
    small = st.sampled_from([0, 0, 1, 2, 3, 6, 9, 20])
    cells = draw(st.lists(small, min_size=20, max_size=20).filter(lambda found: sum(found) >= 5))
    truth = np.array(cells).reshape(5, 4)
    people = [
        (None if age == 3 else age, *STORIES[story])
        for (story, age), count in np.ndenumerate(truth)
        for _ in range(count)
    ]
    age, garde, mode = zip(*people, strict=True)
    survey = SurveyAnswers("essai", LINKED, {"age": age, "garde": garde, "mode": mode})
    return survey, truth


def linked_reader(found: PublishedSurvey, *, crossed: bool) -> Reader:
    """Return a reader who knows which question tells again what another did."""
    reader = Reader(20)

    def told(stories: list[int], ages: list[int]) -> np.ndarray:
        grid = np.zeros((5, 4))
        grid[np.ix_(stories, ages)] = 1.0
        return grid.flatten()

    everyone, ages = list(range(5)), list(range(4))
    reader.learn(told(everyone, ages), found.respondents)
    reader.learn(told(everyone, ages[:3]), of(found, "age").answered)
    for at, row in enumerate(of(found, "age").rows):
        reader.learn(told(everyone, [at]), row.count)
    labels = {"A": 0, "B": 1, "C": 2}
    for place, name in enumerate(("garde", "mode")):
        question = of(found, name)
        stories = [[s for s in everyone if STORIES[s][place] == k] for k in range(3)]
        reader.learn(told([s for own in stories for s in own], ages), question.answered)
        for at, row in enumerate(question.rows):
            reader.learn(told(stories[at], ages), row.count)
        for cross in question.crosses if crossed else ():
            for line in cross.rows:
                for column, count in zip(cross.columns, line.counts, strict=True):
                    reader.learn(told(stories[labels[column]], [labels[line.label]]), count)
    return reader


def linked_aims(truth: np.ndarray) -> Iterator[tuple[np.ndarray, float, bool]]:
    """Yield each count of an answer: as a sum, how many, and whether it is by age."""
    for place in range(2):
        for choice in range(3):
            stories = [s for s in range(5) if STORIES[s][place] == choice]
            for ages in (list(range(4)), *([age] for age in range(4))):
                grid = np.zeros((5, 4))
                grid[np.ix_(stories, ages)] = 1.0
                yield grid.flatten(), float((grid * truth).sum()), len(ages) == 1


@settings(max_examples=40, deadline=None)
@given(drawn=linked_surveys())
def test_a_question_that_tells_again_what_another_did_gives_no_small_count_back(
    drawn: tuple[SurveyAnswers, np.ndarray],
) -> None:
    survey, truth = drawn
    found = publish_survey(survey)
    assume(found.respondents)
    alone = linked_reader(found, crossed=False)
    compared = linked_reader(found, crossed=True)
    for aim, count, by_age in linked_aims(truth):
        if count >= THRESHOLD or (count == 0 and not by_age):
            continue
        low, high = alone.bounds(aim)
        least, most = compared.bounds(aim)
        if by_age:
            assert least <= low + 1e-6
            assert most >= min(high, low + THRESHOLD - 1) - 1e-6
        else:
            assert least <= 1 + 1e-6
            assert most >= THRESHOLD - 1 - 1e-6


def test_how_many_were_asked_more_does_not_tell_how_few_said_no() -> None:
    stories = [STORIES[0]] * 50 + [STORIES[2]] * 47 + [STORIES[3]] * 3
    garde, mode = zip(*stories, strict=True)
    survey = SurveyAnswers("essai", LINKED, {"age": (0,) * 100, "garde": garde, "mode": mode})
    found = publish_survey(survey)
    assert of(found, "garde").answered == 100
    assert of(found, "garde").rows[2].count is None
    assert of(found, "mode").answered is None
    assert of(found, "mode").rows == ()
