"""The four questions of the national framework, with what is answered and the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from ctgsite.config.evaluation import Answer, Questions
from ctgsite.config.models import Territory
from ctgsite.diagnostic.assessment import Today
from ctgsite.diagnostic.plan import place_actions
from ctgsite.pages.view import SiteView

LONGEST_QUOTE = 80  # characters


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence: what it is called, and where it stands ("" where it has no page)."""

    label: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question, its answer in Markdown ("" where nothing is answered), and its evidence."""

    title: str
    asked: str
    text: str = ""
    proofs: tuple[Proof, ...] = ()


def question_views(questions: Questions, view: SiteView, root: str) -> tuple[QuestionView, ...]:
    """Return the four questions in the framework's order; `root` leads to the site's root."""
    asked = (
        (
            "Cohérence et pertinence",
            "L’axe répond-il aux besoins constatés, et ses actions vont-elles ensemble ?",
            questions.coherence,
        ),
        (
            "Niveau d’atteinte des objectifs",
            "Ce qui était visé est-il atteint ?",
            questions.attainment,
        ),
        (
            "Moyens mobilisés",
            "Les moyens humains, matériels et financiers ont-ils été réunis ?",
            questions.means,
        ),
        ("Durabilité", "Ce qui a été engagé peut-il durer ?", questions.durability),
    )
    return tuple(
        QuestionView(
            title,
            question,
            answer.text if answer else "",
            tuple(_proofs(answer, view, root)) if answer else (),
        )
        for title, question, answer in asked
    )


def _proofs(answer: Answer, view: SiteView, root: str) -> Iterator[Proof]:
    territory = view.diagnostic.territory
    indicators = Today(view.diagnostic).indicators
    for name in answer.findings:
        label = indicators[name].label if name in indicators else name
        yield Proof(label, view.chart_link(name, root))
    for name in answer.voices:
        yield Proof(_voice(name, territory), f"{root}participation/index.md")
    titles = {placed.action.id: placed.action.title for placed in place_actions(territory)}
    for name in answer.actions:
        if name in titles:
            yield Proof(titles[name], f"{root}actions/{name}/index.md")


def _voice(name: str, territory: Territory) -> str:
    """Return what a voice is called: a quotation, a meeting, or a question of a questionnaire."""
    voices = territory.participation
    for quote in voices.quotes:
        if quote.id == name:
            return f"« {shorten(quote.text, LONGEST_QUOTE, placeholder='…')} »"
    for meeting in (*voices.workshops, *voices.interviews):
        if meeting.id == name:
            return meeting.title
    survey, _, question = name.partition("/")
    return f"questionnaire « {survey} », question « {question} »" if question else name
