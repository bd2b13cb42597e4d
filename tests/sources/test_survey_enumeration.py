"""A reader who tries every set of answers that agrees with what a questionnaire publishes.

He knows which answers go together (“si oui, …”), and asks of each small count what it may be.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from ctgsite.config.questionnaires import SurveyFile
from ctgsite.config.survey_cells import Answer
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.sources.surveys.model import PublishedSurvey, QuestionResult
from ctgsite.sources.surveys.results import publish_survey

THRESHOLD = 3
CHOICES = [{"libelle": label} for label in "ABCD"]
Profile = tuple[int | None, ...]  # what one person answers, question by question


def about(*kinds: str, **more: object) -> SurveyFile:
    questions = [
        {"id": f"q{at}", "intitule": f"Question {at}", "type": kind}
        | ({} if kind in ("nombre", "texte") else {"modalites": CHOICES})
        for at, kind in enumerate(kinds)
    ]
    raw = {
        "titre": "Essai", "public": "Tous", "finalite": "f", "information": "i",
        "conservation_jusqu_au": "2027-01-01", "seuil": THRESHOLD, "questions": questions,
    }  # fmt: skip
    return SurveyFile.model_validate({**raw, **more})


def published(people: Sequence[Sequence[Answer]], asked: SurveyFile) -> PublishedSurvey:
    columns = zip(*people, strict=True)
    answers = {question.id: tuple(c) for question, c in zip(asked.questions, columns, strict=True)}
    return publish_survey(SurveyAnswers("essai", asked, answers))


def told(question: QuestionResult, counts: Counter[int | None]) -> bool:
    """Whether counts of answers agree with what is published of a question."""
    answered = sum(count for answer, count in counts.items() if answer is not None)
    if question.answered not in (None, answered):
        return False
    rows = enumerate(question.rows)
    return all(row.count is None or counts[at] == row.count for at, row in rows)


def worlds(
    found: PublishedSurvey, kinds: Sequence[Profile], people: int
) -> Iterator[tuple[int, ...]]:
    """Yield how many may be of each kind, given all that is published and what people may say."""
    for cuts in itertools.combinations_with_replacement(range(people + 1), len(kinds) - 1):
        sizes = tuple(b - a for a, b in itertools.pairwise((0, *cuts, people)))
        tables = [Counter[int | None]() for _ in found.questions]
        for kind, size in zip(kinds, sizes, strict=True):
            for table, answer in zip(tables, kind, strict=True):
                table[answer] += size
        if all(told(q, table) for q, table in zip(found.questions, tables, strict=True)):
            yield sizes


answers = st.sampled_from([None, 0, 1, 2, 3])


@st.composite
def crowds(draw: st.DrawFn) -> dict[Profile, int]:
    """Return a few kinds of people, and how many there are of each."""
    kinds = draw(st.lists(st.tuples(answers, answers), min_size=2, max_size=4, unique=True))
    sizes = draw(st.lists(st.integers(1, 5), min_size=len(kinds), max_size=len(kinds)))
    return dict(zip(kinds, sizes, strict=True))


@settings(max_examples=30, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(crowd=crowds())
def test_of_two_questions_no_small_count_is_the_only_one_possible(
    crowd: dict[Profile, int],
) -> None:
    people = [kind for kind, size in crowd.items() for _ in range(size)]
    assume(len(people) >= 8)
    kinds = list(crowd)
    possible = list(worlds(published(people, about("choix", "choix")), kinds, len(people)))
    assert tuple(crowd.values()) in possible
    for place, answer in itertools.product(range(2), range(4)):
        of = [at for at, kind in enumerate(kinds) if kind[place] == answer]
        if 1 <= sum(crowd[kinds[at]] for at in of) < THRESHOLD:
            assert len({sum(world[at] for at in of) for world in possible}) > 1


def test_ages_asked_twice_in_other_words_do_not_tell_the_youngest() -> None:
    """Those of two ages answered the second question: their sum is published with it."""
    young: list[Profile] = [(0, 0)] + [(0, 1)] + [(1, 0)] * 4 + [(1, 1)] * 6
    older: list[Profile] = [(2, None)] * 5 + [(3, None)] * 9
    found = published([*young, *older], about("choix", "choix"))
    counts = [row.count for row in found.questions[0].rows]
    assert counts[0] is None
    assert None in counts[2:] or counts[1] is None
    kinds = [(0, 0), (0, 1), (1, 0), (1, 1), (2, None), (3, None)]
    assert {world[0] + world[1] for world in worlds(found, kinds, 26)} >= {2, 3}


def test_those_who_gave_one_answer_without_the_other_that_nearly_all_gave_are_not_told() -> None:
    """Two use the centre without being members: 12 use it, 10 are members."""
    people: list[Profile] = [(0, 0)] * 10 + [(0, 1)] * 2 + [(1, 1)] * 9
    found = published(people, about("choix", "choix"))
    using, members = (question.rows[0].count for question in found.questions)
    assert using is None or members is None


def crossed() -> SurveyFile:
    asked = about("choix", "choix", "choix")
    first, *others = asked.questions
    crossing = tuple(q.model_copy(update={"crossed_by": ("q0",)}) for q in others)
    return asked.model_copy(update={"questions": (first, *crossing)})


def test_those_who_gave_up_midway_are_no_reserve_to_hide_a_small_count_in() -> None:
    """The same four leave both questions empty: one cross tells their age, the other must not."""
    ages = [(3, 9, 12, 20), (9, 20, 12, 13), (20, 12, 9, 9)]
    silent = (4, 0, 9)
    people: list[Profile] = [
        (age, at % 2, answer)
        for age, counts in enumerate(ages)
        for answer, count in enumerate(counts)
        for at in range(count)
    ]
    people += [(age, None, None) for age, count in enumerate(silent) for _ in range(count)]
    _, first, second = published(people, crossed().model_copy(update={"threshold": 4})).questions
    told = [row.total - sum(count or 0 for count in row.counts) for row in first.crosses[0].rows]
    assert told == [*silent]  # the first cross hides nothing
    rows = second.crosses[0].rows
    assert rows[0].counts[0] is None
    assert all(sum(count is None for count in row.counts) != 1 for row in rows)


def test_numbers_in_the_same_classes_are_published_alike() -> None:
    """No answer of one person is told, even as a median."""
    asked = about("nombre")
    (question,) = asked.questions
    classed = question.model_copy(update={"classes": (20.0, 60.0)})
    asked = asked.model_copy(update={"questions": (classed,)})
    one, other = (
        published([(n,) for n in [10.0] * 8 + [25, 26, middle, 45, 46] + [70.0] * 8], asked)
        for middle in (30.0, 31.0)
    )
    assert one.questions[0] == other.questions[0]


def test_bounds_of_classes_are_drawn_where_enough_people_stand_beyond() -> None:
    asked = about("nombre")
    small, huge = (published([*[(1.0,)] * 4, *[(2.0,)] * 4, (last,)], asked) for last in (3.0, 9e6))
    assert [row.label for row in small.questions[0].rows] == [
        row.label for row in huge.questions[0].rows
    ]
