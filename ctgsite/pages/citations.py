"""Citations in words: a finding with its figure and link, a voice with who said it, a fiche.

Templates call `evidence_lines(findings, voices, actions)` or `grounds_of(action)` and show what
they return with the macros of `preuves.md.j2`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.config.voices import Meeting, Quote
from ctgsite.diagnostic.chain import Kind, Node, Ref
from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.diagnostic.voices import hear
from ctgsite.pages.charts.distribution import known_members
from ctgsite.pages.french import NBSP, capitalise, sentence
from ctgsite.pages.places import address
from ctgsite.pages.sentences import figure, period_of, reading_here, reason
from ctgsite.pages.view import SiteView
from ctgsite.pages.voices import meeting_facts, origin, speaker
from ctgsite.pages.words import VOICES

BY_STAKE = "Par l’enjeu"
BY_AXIS = "Par un enjeu de son axe,"
NO_FIGURE = "pas de chiffre ici"
ONLY_COMMUNES = "chiffres des communes seulement"
ELSEWHERE = "Cet indicateur existe, mais aucune thématique de ce site ne le montre."


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One citation in words.

    Attributes:
        title: its label, the start of a quotation, the words of a question, a title.
        text: a finding's figure in a sentence, or why there is none; who spoke, when and where.
        short: the same in a few words, where citations stand side by side.
        link: its Markdown address, "" where it has no place.
    """

    kind: Kind
    title: str
    text: str
    short: str
    link: str


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """Evidence of a fiche and the enjeu that brings it; `by` is "" where it cites it itself."""

    by: str
    stake: str
    link: str
    lines: tuple[EvidenceLine, ...]


def evidence_lines(
    view: SiteView,
    findings: Iterable[str],
    voices: Iterable[str] = (),
    actions: Iterable[str] = (),
    *,
    root: str = "",
) -> tuple[EvidenceLine, ...]:
    """Return what citations say: each figure with its year and comparison, each voice with who.

    Args:
        view: the site.
        findings: ids of indicators, in the order of the reader.
        voices: ids of voices, `questionnaire/question` among them.
        actions: ids of fiches.
        root: leads from the page to the site's root.
    """
    refs = (
        *(Ref(Kind.FINDING, name) for name in findings),
        *(Ref(Kind.VOICE, name) for name in voices),
        *(Ref(Kind.ACTION, name) for name in actions),
    )
    nodes = (view.chain.by_ref.get(ref) for ref in refs)
    return _lines(view, (node for node in nodes if node is not None), root)


def grounds_of(view: SiteView, action: str, root: str = "") -> tuple[EvidencePart, ...]:
    """Return what a fiche rests on, by who brings it first: itself, then each of its enjeux.

    A fiche that names no enjeu rests on those of its axe.
    """
    grounds = view.chain.evidence_of(action)
    by = BY_STAKE if grounds.by_stakes else BY_AXIS
    parts = [EvidencePart("", "", "", _lines(view, grounds.own, root))]
    told = set(grounds.own)
    for part in grounds.by_stakes or grounds.by_axis:
        new = [node for node in part.evidence if node not in told]
        told.update(new)
        link = address(view, part.stake.ref, root)
        parts.append(EvidencePart(by, part.stake.title, link, _lines(view, new, root)))
    return tuple(part for part in parts if part.lines)


def _lines(view: SiteView, nodes: Iterable[Node], root: str) -> tuple[EvidenceLine, ...]:
    return tuple(_line(view, node, root) for node in nodes)


def _line(view: SiteView, node: Node, root: str) -> EvidenceLine:
    text, short = "", ""
    if node.ref.kind is Kind.FINDING:
        text, short = _figure(view.diagnostic, node.ref.id)
    elif node.ref.kind is Kind.VOICE:
        text, short = _said(view.diagnostic, node.ref.id)
    return EvidenceLine(node.ref.kind, node.title, text, short, address(view, node.ref, root))


def figure_on_site(diagnostic: Diagnostic, indicator: str) -> str:
    """Return the site's latest figure of an indicator and its year, "" where it has none."""
    found = _finding(diagnostic, indicator)
    return _short(found) if found and found.measure.value is not None else ""


def _figure(diagnostic: Diagnostic, indicator: str) -> tuple[str, str]:
    """Return a finding's figure in words, or why there is none; then the same in short."""
    finding = _finding(diagnostic, indicator)
    if finding is None:
        return ELSEWHERE, NO_FIGURE
    if finding.measure.value is not None:
        return capitalise(reading_here(finding)), _short(finding)
    why = f"Aucun chiffre ici. {sentence(reason(finding.measure))}"
    if known_members(finding):
        return f"{why} Les communes qui en ont un le montrent sur leur page.", ONLY_COMMUNES
    return why, NO_FIGURE


def _finding(diagnostic: Diagnostic, indicator: str) -> Finding | None:
    found = (f for theme in diagnostic.themes for f in (*theme.findings, *theme.missing))
    return next((finding for finding in found if finding.indicator.id == indicator), None)


def _short(finding: Finding) -> str:
    mark = ", petit effectif" if finding.measure.caution else ""
    return f"{figure(finding.measure, finding.indicator)}, {period_of(finding.measure)}{mark}"


def _said(diagnostic: Diagnostic, voice: str) -> tuple[str, str]:
    """Return who spoke, when and where, or which questionnaire asked; then the same in short."""
    for heard in hear(diagnostic.territory, ()):
        if heard.voice.id == voice and isinstance(heard.voice, Quote):
            told = origin(heard.voice)
            return told and sentence(told), speaker(heard.voice)
        if heard.voice.id == voice and isinstance(heard.voice, Meeting):
            kind = VOICES[heard.kind]
            return sentence(", ".join((kind, *meeting_facts(heard.voice)))), kind
    titles = {one.published.id: one.published.about.title for one in diagnostic.surveys}
    survey = voice.partition("/")[0]
    asked = f"question du questionnaire «{NBSP}{titles.get(survey, survey)}{NBSP}»"
    return sentence(asked), asked
