"""The four questions of the national framework, in its order, with their answers."""

from __future__ import annotations

from dataclasses import dataclass

from ctgsite.config.evaluation import Answer, Questions


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question, and its answer where it has one."""

    title: str
    asked: str
    answer: Answer | None


def question_views(questions: Questions) -> tuple[QuestionView, ...]:
    """Return the four questions in the framework's order."""
    return (
        QuestionView(
            "Cohérence et pertinence",
            "L’axe répond-il aux besoins constatés, et ses actions vont-elles ensemble ?",
            questions.coherence,
        ),
        QuestionView(
            "Niveau d’atteinte des objectifs",
            "Ce qui était visé est-il atteint ?",
            questions.attainment,
        ),
        QuestionView(
            "Moyens mobilisés",
            "Les moyens humains, matériels et financiers ont-ils été réunis ?",
            questions.means,
        ),
        QuestionView("Durabilité", "Ce qui a été engagé peut-il durer ?", questions.durability),
    )
