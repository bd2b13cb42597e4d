"""One cell of an export → one answer, or what is wrong with it, never repeating a free text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctgsite.config.delimited import Line
from ctgsite.config.questionnaires import Choice, Question
from ctgsite.config.spelling import fold, suggestion
from ctgsite.config.spreadsheets import number_fault, number_of
from ctgsite.config.survey_columns import Columns, place_of
from ctgsite.errors import Problem

QUOTED = 40  # characters of an answer that a message may repeat
MOST_DIGITS = 5  # in what is repeated: more may be a telephone
_YES = ("oui", "o", "y", "yes", "1", "x", "true", "vrai", "coche", "selected")
_NO = ("non", "n", "no", "0", "false", "faux", "non coche", "n/a", "not selected")
_UNSEEN = ("n/a", "n.a.")  # what LimeSurvey writes for a question that was not shown

Answer = int | float | bool | frozenset[int] | None


def answer_of(question: Question, columns: Columns, line: Line) -> tuple[Answer, list[Problem]]:
    """Return what a respondent answered: a choice, several, a number, or whether a text is there.

    No answer is None. The text itself goes no further than this function.
    """
    if columns.single is None:
        return _ticked(question, columns, line)
    text, place = line.cells[columns.single], line.place(columns.single)
    if not text or (fold(text) in _UNSEEN and place_of(text, question.choices) is None):
        if question.required:
            message = f"« {question.id} » est obligatoire : cette case est vide"
            return None, [Problem(message, place)]
        return None, []
    answer: Answer = None
    match question.kind:
        case "texte":
            return True, []
        case "nombre":
            fault = _number_fault(text, question)
            answer = None if fault else number_of(text)
        case "choix_multiple":
            chosen = _chosen(text, question)
            fault = "" if chosen is not None else _several_fault(text, question)
            answer = chosen
        case _:
            answer = place_of(text, question.choices)
            answer = question.other if answer is None else answer
            fault = "" if answer is not None else _outside(text, question)
    return answer, [Problem(fault, place)] if fault else []


def _ticked(question: Question, columns: Columns, line: Line) -> tuple[Answer, list[Problem]]:
    """Read a question that has a column for each of its answers."""
    chosen: set[int] = set()
    problems = []
    answered = False
    for at, choice in columns.parts:
        text = line.cells[at]
        answered = answered or (bool(text) and fold(text) not in _UNSEEN)
        if fold(text) in _YES or text in question.choices[choice].written:
            chosen.add(choice)
        elif choice == question.other and text and fold(text) not in _NO:
            chosen.add(choice)  # what was meant is never read
        elif text and fold(text) not in _NO:
            message = f"« {question.id} » : cette case doit dire Oui ou Non (Y ou N, 1 ou 0)"
            problems.append(Problem(message, line.place(at)))
    if not answered and question.required:
        message = f"« {question.id} » est obligatoire : ses cases sont vides"
        problems.append(Problem(message, line.place(columns.parts[0][0])))
    return (frozenset(chosen) if answered else None), problems


def _chosen(text: str, question: Question) -> frozenset[int] | None:
    """Return the choices that one cell lists, whatever separates them; None where one is wrong."""
    whole = place_of(text, question.choices)
    if whole is not None:
        return frozenset((whole,))
    for separator in dict.fromkeys((question.separator, ";", ",")):
        found = [*_longest(text.split(separator), separator, question.choices)]
        if found and None not in found:
            return frozenset(place for place in found if place is not None)
    if question.other is None:
        return None
    separator = _separator(text, question)
    found = [*_longest(text.split(separator), separator, question.choices)]
    return frozenset(question.other if place is None else place for place in found)


def _longest(
    parts: Sequence[str], separator: str, choices: Sequence[Choice]
) -> Iterator[int | None]:
    """Yield choices from left to right, the longest first: a label may hold the separator."""
    at = 0
    while at < len(parts):
        if not parts[at].strip():
            at += 1
            continue
        for end in range(len(parts), at, -1):
            place = place_of(separator.join(parts[at:end]).strip(), choices)
            if place is not None:
                break
        yield place
        at = end


def _several_fault(text: str, question: Question) -> str:
    """Say which part of a cell is no answer that was offered."""
    separator = _separator(text, question)
    parts = [part.strip() for part in text.split(separator) if part.strip()]
    wrong = next(part for part in (*parts, text) if place_of(part, question.choices) is None)
    return _outside(wrong, question)


def _separator(text: str, question: Question) -> str:
    """Return the separator that leaves the most answers of the list."""

    def listed(separator: str) -> int:
        found = (place_of(part, question.choices) for part in text.split(separator))
        return sum(place is not None for place in found)

    return max(dict.fromkeys((question.separator, ";", ",")), key=listed)


def _outside(text: str, question: Question) -> str:
    words = [choice.label for choice in question.choices]
    words += [choice.code for choice in question.choices if choice.code]
    personal = "@" in text or sum(map(str.isdigit, text)) > MOST_DIGITS
    told = "ce texte" if personal else f"« {text[:QUOTED]} »"
    return f"{told} n’est pas une réponse proposée à « {question.id} »{suggestion(text, words)}"


def _number_fault(text: str, question: Question) -> str:
    if number_fault(text):
        return (
            f"« {question.id} » : cette réponse n’est pas un nombre écrit simplement (12 ou 12,5)"
        )
    value = number_of(text)
    if question.minimum is not None and value < question.minimum:
        return f"« {question.id} » : ce nombre est trop petit (au moins {question.minimum:g})"
    if question.maximum is not None and value > question.maximum:
        return f"« {question.id} » : ce nombre est trop grand (au plus {question.maximum:g})"
    return ""
