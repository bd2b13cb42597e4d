"""The four questions of the national framework, with what is answered and the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ctgsite.config.evaluation import Answer, Questions
from ctgsite.diagnostic.plan import place_actions
from ctgsite.pages.citation_links import Link, finding_links, voice_links
from ctgsite.pages.view import SiteView


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question, its answer in Markdown ("" where nothing is answered), and its evidence."""

    title: str
    asked: str
    text: str = ""
    proofs: tuple[Link, ...] = ()


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


def _proofs(answer: Answer, view: SiteView, root: str) -> Iterator[Link]:
    territory = view.diagnostic.territory
    yield from finding_links(view, answer.findings, root)
    yield from voice_links(territory, answer.voices, root)
    titles = {placed.action.id: placed.action.title for placed in place_actions(territory)}
    for name in answer.actions:
        if name in titles:
            yield Link(titles[name], f"{root}actions/{name}/index.md")
