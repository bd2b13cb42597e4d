"""Where each thing of the chain stands on the site, and its evidence in words.

Templates call `evidence_lines(findings, voices)` or `grounds_of(action)` and show what they return
with the macros of `preuves.md.j2`; blocks of theme pages carry who cites them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ctgsite.config.voices import ActorKind, Meeting, Quote, Voice
from ctgsite.diagnostic.chain import Kind, Node, Ref, StakeGrounds
from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.pages.blocks import Block, Citation
from ctgsite.pages.charts.distribution import known_members
from ctgsite.pages.french import capitalise, counted, sentence
from ctgsite.pages.sentences import reading_here, reason
from ctgsite.pages.templates import day
from ctgsite.pages.view import SiteView

ACTORS: dict[ActorKind, str] = {
    "habitant": "un habitant",
    "parent": "un parent",
    "jeune": "un jeune",
    "senior": "un senior",
    "association": "une association",
    "professionnel": "un professionnel",
    "elu": "un élu",
    "institution": "une institution",
    "entreprise": "une entreprise",
    "autre": "un autre acteur",
}
# What a block says of those that cite it: one of them, several of them.
CITED_BY_STAKES = ("Cité par l’enjeu", "Cité par les enjeux")
CITED_BY_ACTIONS = ("Cité par la fiche", "Cité par les fiches")
ANSWERED_BY = ("Fiche qui y répond", "Fiches qui y répondent")
MEASURES = ("Suivi par la fiche", "Suivi par les fiches")
BY_STAKE = "Par l’enjeu"
BY_AXIS = "Par un enjeu de son axe,"
ELSEWHERE = "Cet indicateur existe, mais aucune thématique de ce site ne le montre."


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One finding or voice in words; `link` is its Markdown address, "" where it has no place."""

    kind: Kind
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """Evidence of a fiche and the enjeu that brings it; `by` is "" where it cites it itself."""

    by: str
    stake: str
    link: str
    lines: tuple[EvidenceLine, ...]


def evidence_lines(
    view: SiteView, findings: Iterable[str], voices: Iterable[str] = (), root: str = ""
) -> tuple[EvidenceLine, ...]:
    """Return what citations say: each figure with its year and comparison, each voice with who.

    Args:
        view: the site.
        findings: ids of indicators, in the order of the reader.
        voices: ids of voices, `questionnaire/question` among them.
        root: leads from the page to the site's root.
    """
    refs = (
        *(Ref(Kind.FINDING, name) for name in findings),
        *(Ref(Kind.VOICE, name) for name in voices),
    )
    nodes = (view.chain.by_ref.get(ref) for ref in refs)
    return tuple(evidence_line(view, node, root) for node in nodes if node is not None)


def grounds_of(view: SiteView, action: str, root: str = "") -> tuple[EvidencePart, ...]:
    """Return what a fiche rests on, by who brings it: itself, then each of its enjeux.

    A fiche that names no enjeu rests on those of its axe.
    """
    grounds = view.chain.evidence_of(action)
    own = EvidencePart("", "", "", _lines(view, grounds.own, root))
    named = (_part(view, part, BY_STAKE, root) for part in grounds.by_stakes)
    shared = (_part(view, part, BY_AXIS, root) for part in grounds.by_axis)
    inherited = named if grounds.by_stakes else shared
    return tuple(part for part in (own, *inherited) if part.lines)


def _part(view: SiteView, part: StakeGrounds, by: str, root: str) -> EvidencePart:
    link = address(view, part.stake.ref, root)
    return EvidencePart(by, part.stake.title, link, _lines(view, part.evidence, root))


def _lines(view: SiteView, nodes: Iterable[Node], root: str) -> tuple[EvidenceLine, ...]:
    return tuple(evidence_line(view, node, root) for node in nodes)


def evidence_line(view: SiteView, node: Node, root: str = "") -> EvidenceLine:
    """Return one finding or voice of the chain in words."""
    if node.ref.kind is Kind.FINDING:
        text = _figure(view.diagnostic, node.ref.id)
    else:
        text = _said_by(view.diagnostic, node.ref.id)
    return EvidenceLine(node.ref.kind, node.title, text, address(view, node.ref, root))


def address(view: SiteView, ref: Ref, root: str = "") -> str:
    """Return the Markdown address of a node of the chain, "" where it has no place on the site."""
    if ref.kind is Kind.FINDING:
        return view.chart_link(ref.id, root) or _in_communes(view, ref.id, root)
    if ref.kind is Kind.SWOT:
        theme = ref.id.partition("/")[0]
        shown = any(theme == shown.theme.slug for shown in view.diagnostic.themes)
        return f"{root}thematiques/{theme}/index.md" if shown else ""
    return root + _PLACES[ref.kind](ref.id)


def _in_communes(view: SiteView, indicator: str, root: str) -> str:
    """Return where the communes' own figures stand, of an indicator that only they have."""
    missing = (finding for theme in view.diagnostic.themes for finding in theme.missing)
    known = any(found.indicator.id == indicator and known_members(found) for found in missing)
    return f"{root}communes/index.md" if known and view.diagnostic.members else ""


def published(link: str) -> str:
    """Return a Markdown address as it is published, for HTML."""
    return link.replace("index.md", "index.html")


def _voice_place(name: str) -> str:
    survey, slash, question = name.partition("/")
    if slash:
        return f"participation/{survey}/index.md#question-{survey}-{question}"
    return f"participation/index.md#parole-{name}"


def _objective_place(name: str) -> str:
    """An objectif without an id of its own is found under its axe."""
    axis, slash, _ = name.partition("/")
    return f"priorites/index.md#axe-{axis}" if slash else f"priorites/index.md#objectif-{name}"


_PLACES: dict[Kind, Callable[[str], str]] = {
    Kind.VOICE: _voice_place,
    Kind.STAKE: lambda name: f"priorites/index.md#enjeu-{name}",
    Kind.AXIS: lambda name: f"priorites/index.md#axe-{name}",
    Kind.OBJECTIVE: _objective_place,
    Kind.ACTION: lambda name: f"actions/{name}/index.md",
}


def _figure(diagnostic: Diagnostic, indicator: str) -> str:
    """Return a finding's figure in words, or why there is none."""
    for theme in diagnostic.themes:
        for finding in (*theme.findings, *theme.missing):
            if finding.indicator.id == indicator:
                return _reading(finding)
    return ELSEWHERE


def _reading(finding: Finding) -> str:
    if finding.measure.value is None:
        own = " Les communes qui en ont un le montrent sur leur page."
        why = sentence(reason(finding.measure))
        return f"Aucun chiffre ici. {why}{own if known_members(finding) else ''}"
    return capitalise(reading_here(finding))


def _said_by(diagnostic: Diagnostic, voice: str) -> str:
    """Return who spoke, when and where; of a question, nothing more than its name."""
    said = diagnostic.territory.participation
    for spoken in (*said.quotes, *said.workshops, *said.interviews):
        if spoken.id == voice:
            return sentence(", ".join(_circumstances(spoken)))
    return ""


def _circumstances(voice: Voice) -> Iterator[str]:
    if isinstance(voice, Quote) and (who := voice.actor or ACTORS.get(voice.kind or "autre", "")):
        yield who
    if isinstance(voice, Meeting) and voice.participants is not None:
        yield counted(voice.participants, "participant")
    if voice.place:
        yield voice.place
    if voice.date:
        yield day(voice.date)


def with_citations(blocks: Iterable[Block], view: SiteView, root: str) -> tuple[Block, ...]:
    """Return the same blocks, each with who cites the findings that it shows."""
    return tuple(replace(block, cited=_cited(block, view, root)) for block in blocks)


def _cited(block: Block, view: SiteView, root: str) -> tuple[Citation, ...]:
    """Return who cites a block, by what they do with it; one that nobody cites carries nothing."""
    names = (block.id, *(passage.anchor for passage in block.passages))
    found = [view.chain.cited_by(name) for name in dict.fromkeys(filter(None, names))]
    told = (
        (CITED_BY_STAKES, [node for citing in found for node in citing.stakes]),
        (CITED_BY_ACTIONS, [node for citing in found for node in citing.actions]),
        (ANSWERED_BY, [node for citing in found for node in citing.through]),
        (MEASURES, [node for citing in found for node in citing.measured]),
    )
    return tuple(
        _citation(words, tuple(dict.fromkeys(nodes)), view, root) for words, nodes in told if nodes
    )


def _citation(
    words: tuple[str, str], nodes: tuple[Node, ...], view: SiteView, root: str
) -> Citation:
    links = tuple((node.title, published(address(view, node.ref, root))) for node in nodes)
    return Citation(words[len(nodes) > 1], links)
