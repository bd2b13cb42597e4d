"""A territory's file and the themes of its site → the chain of what cites what, checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from ctgsite.config.evaluation import Answer, Questions
from ctgsite.config.models import Territory
from ctgsite.config.voices import Meeting, Quote, Voice
from ctgsite.diagnostic.chain import Chain, Kind, Link, Node, Ref, Role
from ctgsite.diagnostic.model import Diagnostic, ThemeDiagnostic
from ctgsite.diagnostic.plan import PlacedAction, place_actions
from ctgsite.errors import ConfigError, Place, Problem
from ctgsite.indicators.model import Indicator

NO_QUESTIONS: Mapping[str, str] = MappingProxyType({})
NBSP = "\u00a0"
LONGEST_TITLE = 90  # characters of a quotation that names it
A_KIND = {
    Kind.FINDING: "le constat",
    Kind.VOICE: "la parole",
    Kind.SWOT: "l’entrée AFOM",
    Kind.STAKE: "l’enjeu",
    Kind.AXIS: "l’axe",
    Kind.OBJECTIVE: "l’objectif",
    Kind.ACTION: "la fiche",
}


def chain_of(diagnostic: Diagnostic) -> Chain:
    """Return the chain of a whole diagnostic."""
    questions = {
        f"{survey.published.id}/{question.id}": question.title
        for survey in diagnostic.surveys
        for question in survey.published.about.questions
    }
    return build_chain(diagnostic.territory, diagnostic.themes, diagnostic.unplaced, questions)


def build_chain(
    territory: Territory,
    themes: Iterable[ThemeDiagnostic],
    unplaced: Iterable[Indicator] = (),
    questions: Mapping[str, str] = NO_QUESTIONS,
) -> Chain:
    """Return the chain of a territory.

    Args:
        territory: its enjeux, voices and plan.
        themes: the themes of its site, with and without figures.
        unplaced: indicators that it cites and that none of these themes has.
        questions: the words of questions, by `questionnaire/question`.
    """
    placed = place_actions(territory)
    nodes = (
        *_findings(themes, unplaced),
        *_voices(territory, questions),
        *_swot(territory),
        *(Node(Ref(Kind.STAKE, stake.id), stake.title) for stake in territory.stakes),
        *(Node(Ref(Kind.AXIS, axis.id), axis.title) for axis in territory.priorities),
        *_objectives(territory),
        *(Node(Ref(Kind.ACTION, p.action.id), p.action.title) for p in placed),
    )
    links = (*_evidence(territory), *_plan(territory, placed))
    return Chain(tuple(_first(nodes)), tuple(dict.fromkeys(links)), frozenset(_quoted(territory)))


def unplaced_indicators(
    territory: Territory, themes: Collection[ThemeDiagnostic], catalogue: Mapping[str, Indicator]
) -> tuple[Indicator, ...]:
    """Return the indicators that a territory cites, that exist and that no theme of it has.

    Raises:
        ConfigError: a link of the chain has an end that does not exist.
    """
    alone = build_chain(territory, themes)
    absent = sorted(alone.quoted - alone.by_ref.keys())
    missing = (*(link.start for link in alone.broken()), *absent)
    cited = dict.fromkeys(ref.id for ref in missing if ref.kind is Kind.FINDING)
    found = tuple(catalogue[name] for name in cited if name in catalogue)
    chain = build_chain(territory, themes, found)
    place = Place(Path("territories") / f"{territory.slug}.yml")
    problems = [Problem(_told(link, chain), place) for link in chain.broken()]
    if problems:
        raise ConfigError(tuple(dict.fromkeys(problems)))
    return found


def _told(broken: Link, chain: Chain) -> str:
    """Return what a reader of the territory's file is told of a broken link."""
    missing, other = broken.start, broken.end
    if missing in chain.by_ref:
        missing, other = other, missing
    return (
        f"le fil conducteur est rompu : {A_KIND[other.kind]} « {other.id} » est relié à "
        f"{A_KIND[missing.kind]} « {missing.id} », qui n’est pas sur ce site"
    )


def _first(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the first node of each name: a theme may show another one's indicator again."""
    seen: set[Ref] = set()
    for node in nodes:
        if node.ref not in seen:
            seen.add(node.ref)
            yield node


def _findings(themes: Iterable[ThemeDiagnostic], unplaced: Iterable[Indicator]) -> Iterator[Node]:
    themes = tuple(themes)
    for theme in themes:
        for finding in theme.findings:
            yield Node(Ref(Kind.FINDING, finding.indicator.id), finding.indicator.label)
    absent = (finding.indicator for theme in themes for finding in theme.missing)
    for indicator in (*absent, *unplaced):
        yield Node(Ref(Kind.FINDING, indicator.id), indicator.label, shown=False)


def _voices(territory: Territory, questions: Mapping[str, str]) -> Iterator[Node]:
    """Yield the voices that can be cited: those with an id, and the questions that are cited."""
    said = territory.participation
    for voice in (*said.quotes, *said.workshops, *said.interviews):
        if voice.id:
            yield Node(Ref(Kind.VOICE, voice.id), _title(voice))
    cited = (*(link.start for link in _evidence(territory)), *_quoted(territory))
    for ref in dict.fromkeys(cited):
        survey, slash, question = ref.id.partition("/")
        if ref.kind is Kind.VOICE and slash:
            named = f"Question « {question} » du questionnaire « {survey} »"
            yield Node(ref, questions.get(ref.id, named))


def _title(voice: Voice) -> str:
    if isinstance(voice, Quote):
        return f"«{NBSP}{shortened(voice.text)}{NBSP}»"
    return voice.title if isinstance(voice, Meeting) else ""


def shortened(text: str, longest: int = LONGEST_TITLE) -> str:
    """Return a text cut at a word, with an ellipsis where something is left out."""
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def _swot(territory: Territory) -> Iterator[Node]:
    for at, entry in enumerate(territory.swot):
        yield Node(_swot_ref(at, entry.theme), entry.text)


def _swot_ref(at: int, theme: str) -> Ref:
    return Ref(Kind.SWOT, f"{theme}/{at + 1}")


def _objectives(territory: Territory) -> Iterator[Node]:
    for axis in territory.priorities:
        for at, objective in enumerate(axis.objectives):
            yield Node(_objective_ref(axis.id, objective.id, at), objective.title)
            for below, inner in enumerate(objective.operational):
                yield Node(_objective_ref(axis.id, inner.id, at, below), inner.title)


def _objective_ref(axis: str, own: str | None, *places: int) -> Ref:
    """Return an objectif's name: its id, or else its place under its axe."""
    place = ".".join(str(at + 1) for at in places)
    return Ref(Kind.OBJECTIVE, own or f"{axis}/{place}")


def _evidence(territory: Territory) -> Iterator[Link]:
    """Yield the links from findings and voices to what cites them."""
    said = territory.participation
    for voice in (*said.quotes, *said.workshops, *said.interviews):
        if voice.id:
            yield from _supports(Ref(Kind.VOICE, voice.id), voice.findings)
    for at, entry in enumerate(territory.swot):
        yield from _supports(_swot_ref(at, entry.theme), entry.findings, entry.voices)
    for stake in territory.stakes:
        yield from _supports(Ref(Kind.STAKE, stake.id), stake.findings, stake.voices)
    for placed in place_actions(territory):
        action = placed.action
        yield from _supports(Ref(Kind.ACTION, action.id), action.findings, action.voices)


def _quoted(territory: Territory) -> Iterator[Ref]:
    """Yield what readings, answers of the evaluation and voices without an id cite."""
    found, said = territory.evaluation, territory.participation
    axes = (*found.axes, *(axis for bilan in found.bilans for axis in bilan.axes))
    answers = (answer for axis in axes for answer in _answers(axis.questions))
    cited = (
        *((reading.findings, reading.voices) for reading in territory.convergences),
        *((answer.findings, answer.voices) for answer in answers),
        *((voice.findings, ()) for voice in (*said.quotes, *said.workshops, *said.interviews)),
    )
    for findings, voices in cited:
        yield from (Ref(Kind.FINDING, name) for name in findings)
        yield from (Ref(Kind.VOICE, name) for name in voices)


def _answers(asked: Questions) -> Iterator[Answer]:
    yield from filter(None, (asked.coherence, asked.attainment, asked.means, asked.durability))


def _supports(end: Ref, findings: Iterable[str], voices: Iterable[str] = ()) -> Iterator[Link]:
    for finding in findings:
        yield Link(Ref(Kind.FINDING, finding), end, Role.SUPPORTS)
    for voice in voices:
        yield Link(Ref(Kind.VOICE, voice), end, Role.SUPPORTS)


def _plan(territory: Territory, placed: Iterable[PlacedAction]) -> Iterator[Link]:
    """Yield the links from enjeux to axes, objectifs and fiches, and from measures to fiches."""
    for axis in territory.priorities:
        above = Ref(Kind.AXIS, axis.id)
        for stake in axis.stakes:
            yield Link(Ref(Kind.STAKE, stake), above, Role.ANSWERED)
        for at, objective in enumerate(axis.objectives):
            strategic = _objective_ref(axis.id, objective.id, at)
            yield Link(above, strategic, Role.HOLDS)
            yield from (_holds(strategic, action.id) for action in objective.actions)
            for below, inner in enumerate(objective.operational):
                operational = _objective_ref(axis.id, inner.id, at, below)
                yield Link(strategic, operational, Role.HOLDS)
                yield from (_holds(operational, action.id) for action in inner.actions)
    for one in placed:
        action = Ref(Kind.ACTION, one.action.id)
        for stake in one.action.stakes:
            yield Link(Ref(Kind.STAKE, stake), action, Role.ANSWERED)
        for measured in one.action.indicators:
            if measured.indicator:
                yield Link(Ref(Kind.FINDING, measured.indicator), action, Role.MEASURES)


def _holds(objective: Ref, action: str) -> Link:
    return Link(objective, Ref(Kind.ACTION, action), Role.HOLDS)
