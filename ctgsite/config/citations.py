"""Citations: findings, voices, enjeux, axes and fiches that a territory's texts rest on.

Each must exist; what does not is told at its line, with the nearest spelling.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ctgsite.config.checks import code_fault, own_themes
from ctgsite.config.fiches import Fiche
from ctgsite.config.known import KnownNames
from ctgsite.config.patterns import texts, values
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.config.questionnaires import FOLDER as QUESTIONNAIRES
from ctgsite.config.repeated import check_repeated, named
from ctgsite.config.spelling import suggestion
from ctgsite.errors import ConfigError, Problem

VOICES: tuple[KeyPath, ...] = (
    ("participation", "verbatims", "*"),
    ("participation", "ateliers", "*"),
    ("participation", "entretiens", "*"),
)
_ANSWERS: tuple[KeyPath, ...] = tuple(
    (*axes, "*", "questions", question)
    for axes in (("evaluation", "axes"), ("evaluation", "bilans", "*", "axes"))
    for question in ("coherence", "atteinte", "moyens", "durabilite")
)
_WITH_EVIDENCE: tuple[KeyPath, ...] = (
    ("enjeux", "*"),
    ("afom", "*"),
    ("convergence", "*"),
    *_ANSWERS,
)
_OF_AXES: tuple[KeyPath, ...] = (
    ("evaluation", "axes", "*", "axe"),
    ("evaluation", "bilans", "*", "axes", "*", "axe"),
)

_INDICATOR = "indicateur inconnu"
_VOICE = "parole inconnue"
_ACTION = "fiche action inconnue"
_STAKE = "enjeu inconnu"


@dataclass(frozen=True, slots=True)
class Citable:
    """Everything that a territory's texts may cite, by identifier."""

    indicators: Collection[str]
    voices: Collection[str]
    stakes: Collection[str]
    axes: Collection[str]
    actions: Collection[str]
    themes: Collection[str]
    communes: Collection[str] = ()  # the territory's own, where its file lists them


def citable(
    document: Document,
    fiches: Iterable[Fiche],
    known: KnownNames,
    folder: Path,
    own: Collection[str],
) -> Citable:
    """Return what a territory may cite; `own` are the indicators that its own files add."""
    return Citable(
        indicators=(*known.indicators, *own),
        voices=(*(name for _, name in voice_ids(document)), *question_ids(folder)),
        stakes=tuple(name for _, name in texts(document.data, ("enjeux", "*", "id"))),
        axes=tuple(name for _, name in texts(document.data, ("priorites", "*", "id"))),
        actions=tuple(fiche.id for fiche in fiches if fiche.id),
        themes=(*known.themes, *sorted(own_themes(document))),
        communes=_listed_communes(document),
    )


def _listed_communes(document: Document) -> tuple[str, ...]:
    """Return the communes that a file lists: an EPCI's and a département's are not in it."""
    if document.text(("type",)) not in ("commune", "groupe"):
        return ()
    paths = (path for path, _ in values(document.data, ("codes", "*")))
    return tuple(code for path in paths if (code := document.text(path)))


def voice_ids(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Yield the id of each verbatim, atelier and entretien that has one, with its path."""
    for pattern in VOICES:
        yield from texts(document.data, (*pattern, "id"))


def question_ids(folder: Path) -> Iterator[str]:
    """Yield `questionnaire/question` for every question of a territory's folder.

    A description that cannot be read has none: its own check says why.
    """
    for path in sorted((folder / QUESTIONNAIRES).glob("*.yml")):
        try:
            document = read_yaml(path)
        except ConfigError:
            continue
        for _, name in texts(document.data, ("questions", "*", "id")):
            yield f"{path.stem}/{name}"


def check_citations(
    document: Document, fiches: Iterable[Fiche], valid: Citable, known: KnownNames
) -> Iterator[Problem]:
    """Find what is cited and does not exist, in the territory's file and in its fiches."""
    yield from check_repeated(named(document, *((*pattern, "id") for pattern in VOICES)))
    for pattern in _WITH_EVIDENCE:
        yield from _unknown(document, (*pattern, "constats", "*"), _INDICATOR, valid.indicators)
        yield from _unknown(document, (*pattern, "paroles", "*"), _VOICE, valid.voices)
        yield from _unknown(document, (*pattern, "actions", "*"), _ACTION, valid.actions)
    for pattern in VOICES:
        yield from _unknown(document, (*pattern, "constats", "*"), _INDICATOR, valid.indicators)
    for pattern in _OF_AXES:
        yield from _unknown(document, pattern, "axe inconnu", valid.axes)
    yield from _unknown(document, ("priorites", "*", "enjeux", "*"), _STAKE, valid.stakes)
    for fiche in fiches:
        yield from _of_fiche(fiche, valid, known)


def _of_fiche(fiche: Fiche, valid: Citable, known: KnownNames) -> Iterator[Problem]:
    for pattern, what, choices in (
        (("theme",), "thématique inconnue", valid.themes),
        (("enjeux", "*"), _STAKE, valid.stakes),
        (("constats", "*"), _INDICATOR, valid.indicators),
        (("paroles", "*"), _VOICE, valid.voices),
        (("indicateurs", "*", "indicateur"), _INDICATOR, valid.indicators),
        (("fiches_liees", "*"), _ACTION, valid.actions),
    ):
        yield from _unknown(fiche.document, (*fiche.path, *pattern), what, choices)
    for path, _ in fiche.values("communes", "*"):
        code = fiche.document.text(path) or ""
        fault = code_fault("commune", code, known)
        if valid.communes and not fault and code not in valid.communes:
            name = known.name("commune", code)
            fault = f"« {code} » ({name}) n’est pas une commune du territoire"
        if fault:
            yield fiche.problem(fault, path)


def _unknown(
    document: Document, pattern: KeyPath, what: str, choices: Collection[str]
) -> Iterator[Problem]:
    for path, name in texts(document.data, pattern):
        if name not in choices:
            yield document.problem(f"{what} « {name} »{suggestion(name, choices)}", path)
