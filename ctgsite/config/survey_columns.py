"""Where each question of a questionnaire stands in its export: one column, or one an answer.

Exports head their columns with a code ("Q2"), the question itself, or both ("Q2. Quel âge…"); a
multiple choice is one column, or several ("Q2[SQ001]", "Q2 [Le bus]").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctgsite.config.delimited import Delimited
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.questionnaires import Choice, Question
from ctgsite.config.spelling import fold, nearest, suggestion
from ctgsite.errors import Problem

_PART = re.compile(r"(?P<key>.+?)\s*\[(?P<inner>[^\[\]]+)\]", re.DOTALL)
_CODED_PART = re.compile(r"(?P<key>[^\[\]]+?)\[(?P<inner>[^\[\]]+)\]\.\s.*", re.DOTALL)
_SHOWN = 60  # characters of a heading that a message repeats
_FREE = ("other", "autre")  # the text of “Autre, précisez”, never read
_IDENTIFYING = (
    "adresse e mail", "adresse electronique", "adresse ip", "courriel", "e mail", "email", "ip",
    "ip address", "ipaddr", "mail", "nom", "nom de famille", "nom d'utilisateur", "prenom",
    "telephone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of a question's cells in a line: one, or one for each of its choices."""

    single: int | None = None
    parts: tuple[tuple[int, int], ...] = ()  # (place in the line, place of the choice)

    @property
    def places(self) -> tuple[int, ...]:
        """Every place in a line that is read."""
        own = () if self.single is None else (self.single,)
        return (*own, *(place for place, _ in self.parts))


def columns_of(
    questions: Sequence[Question], table: Delimited, document: Document
) -> tuple[dict[str, Columns], tuple[Problem, ...]]:
    """Return the columns of each question, and what is wrong with the header."""
    header = table.header.cells
    problems = [*_header_problems(table)]
    found: dict[str, Columns] = {}
    for at, question in enumerate(questions):
        path: KeyPath = ("questions", at, "colonne" if question.column else "id")
        places = _named(question, header)
        several = _parts(question, questions, header) if question.kind == "choix_multiple" else []
        if len(places) > 1:
            names = " et ".join(f"« {header[place][:40]} »" for place in places)
            message = f"{names} peuvent être « {_key(question)} » : précisez « colonne »"
            problems.append(document.problem(message, path))
        elif places:
            found[question.id] = Columns(places[0])
        elif several:
            found[question.id] = Columns(None, tuple(_choices(question, several)))
            problems += _part_problems(question, several, table)
        else:
            heads = [name[:_SHOWN] for name in header if name]
            near = not question.column and nearest(question.title, heads)
            hint = suggestion(question.title if near else _key(question), heads)
            message = f"colonne inconnue « {_key(question)} » dans {table.path.name}{hint}"
            problems.append(document.problem(message, path))
    problems += _claimed_twice(questions, found, document)
    return found, tuple(problems)


def place_of(written: str, choices: Sequence[Choice]) -> int | None:
    """Return which choice a cell names, by code or label; None where none, or several, are it."""
    for same in (str.strip, fold):
        named = [
            at
            for at, choice in enumerate(choices)
            if same(written) in {same(word) for word in choice.written}
        ]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _key(question: Question) -> str:
    return question.column or question.id


def _named(question: Question, header: Sequence[str]) -> list[int]:
    """Return the columns that bear a question's name: the first way of writing it that any has."""
    key = _key(question)
    names = [key] if question.column else [key, question.title]
    for name in names:
        if exact := [at for at, head in enumerate(header) if head == name]:
            return exact[:1]  # written twice is told apart
    for name in names:
        if alike := [at for at, head in enumerate(header) if head and fold(head) == fold(name)]:
            return alike
    coded = re.compile(rf"{re.escape(fold(key))}\s*[.:]\s*\S.*")
    if found := [at for at, head in enumerate(header) if coded.fullmatch(fold(head))]:
        return found
    return [at for at, head in enumerate(header) if _part_of(head)[1] in map(fold, names)]


def _parts(
    question: Question, questions: Sequence[Question], header: Sequence[str]
) -> list[tuple[int, str]]:
    """Return the columns of a question that has one for each answer, and how they name it."""
    names = {fold(name).rstrip(" .:") for name in (_key(question), question.title)}
    others = {fold(name) for other in questions for name in (other.column, other.title) if name}
    found = []
    for at, head in enumerate(header):
        key, inner = _part_of(head)
        if key in names and inner not in others:
            match = _CODED_PART.fullmatch(head) or _PART.fullmatch(head)
            found.append((at, (match["inner"] if match else inner).strip()))
    return found


def _part_of(head: str) -> tuple[str, str]:
    """Return the question and the answer that a heading names, folded; "" where it does not."""
    match = _CODED_PART.fullmatch(head) or _PART.fullmatch(head)
    return (fold(match["key"]).rstrip(" .:"), fold(match["inner"])) if match else ("", "")


def _choices(question: Question, parts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    for at, name in parts:
        choice = place_of(name, question.choices)
        if choice is None and fold(name) in _FREE:
            choice = question.other
        if choice is not None:
            yield at, choice


def _part_problems(
    question: Question, parts: Sequence[tuple[int, str]], table: Delimited
) -> Iterator[Problem]:
    """Find columns whose answer the description lacks, and answers that have no column."""
    seen: Counter[int] = Counter()
    words = [word for choice in question.choices for word in choice.written]
    for at, name in parts:
        choice = place_of(name, question.choices)
        if choice is not None:
            seen[choice] += 1
            if seen[choice] == 2:
                label = question.choices[choice].label
                message = f"« {question.id} » a deux colonnes pour « {label} »"
                yield Problem(message, table.header.place(at))
        elif fold(name) not in _FREE and not fold(name).endswith("comment"):
            message = (
                f"« {name[:40]} » n’est pas une réponse proposée à « {question.id} »"
                f"{suggestion(name, words)}"
            )
            yield Problem(message, table.header.place(at))
    for place, choice_ in enumerate(question.choices):
        if not seen[place] and not choice_.other:
            message = f"aucune colonne de « {question.id} » n’est « {choice_.label} »"
            yield Problem(message, table.header.place(parts[0][0]))


def _header_problems(table: Delimited) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, name in enumerate(table.header.cells):
        if name and name in seen:
            yield Problem(
                f"la colonne « {name[:40]} » est écrite deux fois", table.header.place(at)
            )
        seen.add(name)
        if fold(name) in _IDENTIFYING:
            message = (
                f"la colonne « {name} » peut dire qui a répondu : elle n’est pas lue, retirez-la "
                "du fichier"
            )
            yield Problem(message, table.header.place(at), warning=True)


def _claimed_twice(
    questions: Sequence[Question], found: dict[str, Columns], document: Document
) -> Iterator[Problem]:
    """Refuse one column for two questions."""
    owners: dict[int, str] = {}
    for at, question in enumerate(questions):
        columns = found.get(question.id, Columns())
        for place in columns.places:
            if owners.setdefault(place, question.id) != question.id:
                message = f"« {question.id} » et « {owners[place]} » lisent la même colonne"
                yield document.problem(message, ("questions", at))
                break
