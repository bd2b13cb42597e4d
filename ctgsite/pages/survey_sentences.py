"""What the text says of a questionnaire: readings, maskings, who is missing."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.diagnostic.survey_model import Profile, SurveyResult
from ctgsite.pages.french import NBSP, counted, listing, number, quantity, sentence
from ctgsite.sources.surveys.model import Cross, QuestionResult

SECRET = "secret"  # noqa: S105 (statistical secrecy, no password)


def share(value: float) -> str:
    """Return a share as it is written everywhere on the page."""
    return quantity(value, "%")


def quoted(label: str) -> str:
    """Return an answer between French quotes."""
    return f"«{NBSP}{label}{NBSP}»"


def reading(question: QuestionResult) -> str:
    """Return the one sentence that reads a question's chart."""
    answered = question.answered or 0
    people = counted(answered, "personne")
    told = [row for row in question.rows if row.count]
    if not told:
        return f"{people} ont répondu à cette question."
    first = max(told, key=lambda row: row.count or 0)
    had = "ont coché" if question.kind == "choix_multiple" else "ont répondu"
    if question.kind == "nombre":
        had = "sont dans la classe"
    sentence_ = (
        f"Sur {people} qui ont répondu, {number(first.count or 0)} ({share(first.share or 0.0)}) "
        f"{had} {quoted(first.label)}"
    )
    return f"{sentence_}, la plus fréquente des réponses publiées."


def notes(question: QuestionResult, threshold: int) -> Iterator[str]:
    """Yield what one must know to read a question's table."""
    if question.kind == "choix_multiple":
        yield (
            "Plusieurs réponses étaient possibles : les parts, calculées sur les personnes qui ont "
            "répondu, font plus de 100 % au total."
            if sum(row.share or 0.0 for row in question.rows) > 100
            else "Plusieurs réponses étaient possibles : les parts sont calculées sur les "
            "personnes qui ont répondu et ne s’additionnent pas."
        )
    if question.kind == "echelle":
        yield "Les réponses sont dans l’ordre de l’échelle proposée."
    if question.median:
        yield f"La réponse du milieu (la médiane) est dans la classe {quoted(question.median)}."
    if question.is_masked:
        yield masked_sentence(threshold)
    if question.step:
        rounding = (
            "arrondies au point près"
            if question.step == 1
            else f"arrondies à {question.step}{NBSP}points près"
        )
        yield (
            f"Les parts redressées sur la population sont des estimations, {rounding} pour "
            "qu’elles ne révèlent aucun petit effectif."
        )


def masked_sentence(threshold: int) -> str:
    """Say why counts are masked; never which ones are small."""
    return (
        f"Les effectifs de 1 à {threshold - 1} sont masqués ({quoted(SECRET)}) pour que personne "
        "ne soit reconnu, et d’autres avec eux pour qu’aucun ne se retrouve par soustraction."
    )


def cross_notes(question: QuestionResult, cross: Cross, threshold: int) -> Iterator[str]:
    """Yield how a cross is read, and why some of its cells are masked."""
    row = next((r for r in cross.rows for c in r.counts if c is not None), None)
    if row is not None:
        at, count = next((at, c) for at, c in enumerate(row.counts) if c is not None)
        had = "ont coché" if question.kind == "choix_multiple" else "ont répondu"
        yield (
            f"Sur {counted(row.total, 'personne')} du groupe {quoted(row.label)}, {number(count)} "
            f"({share(100 * count / row.total)}) {had} {quoted(cross.columns[at])}."
        )
    yield "Les parts sont calculées sur toutes les personnes du groupe, sans réponse comprises."
    if any(count is None for row in cross.rows for count in row.counts):
        yield (
            f"Les effectifs de 0 à {threshold - 1} sont masqués ({quoted(SECRET)}), zéros compris, "
            "et d’autres avec eux pour qu’aucun ne se retrouve en comparant les tableaux."
        )


def withheld(question: QuestionResult, threshold: int) -> str:
    """Say why a question has no table."""
    if question.answered is None:
        return (
            f"Moins de {threshold} personnes ont répondu, ou leur nombre dirait ce qui est masqué "
            "ailleurs : rien n’est publié de cette question."
        )
    if question.kind == "texte":
        return (
            f"{counted(question.answered, 'personne')} ont écrit une réponse libre. Ces textes ne "
            "sont pas publiés."
        )
    return (
        f"{counted(question.answered, 'personne')} ont répondu, mais si peu à chaque réponse "
        "qu’aucun effectif ne peut être publié sans risquer de reconnaître quelqu’un."
    )


def profile_reading(profile: Profile) -> str:
    """Say who is missing from the answers."""
    if not profile.missing:
        return (
            "Aucun groupe n’est nettement moins présent parmi les réponses publiées que dans la "
            "population."
        )
    told = [
        f"{quoted(row.label)} ({share(row.share or 0.0)} des réponses, {share(row.expected)} de la "
        "population)"
        for row in profile.missing
    ]
    return f"Moins présents parmi les réponses que dans la population : {listing(told)}."


def weighting_sentence(result: SurveyResult) -> str:
    """Say on what the answers are weighted, and what they are then worth; "" without weighting."""
    found = result.published
    if found.about.weighting is None:
        return ""
    titles = {question.id: question.title for question in found.about.questions}
    on = listing(quoted(titles[name]) for name in found.about.weighting.on)
    if found.effective is None:
        return sentence(f"Le redressement demandé sur {on} n’est pas fait : {found.unweighted}")
    several = len(found.about.weighting.on) > 1
    apart = ", estimée d’après chaque marge prise à part" if several else ""
    return (
        f"Les parts redressées sont estimées : un poids, calculé par calage sur marges, rend à "
        f"chaque groupe sa place dans la population selon {on}. Les effectifs restent ceux des "
        f"réponses. Ainsi redressées, elles ont la précision d’environ "
        f"{counted(found.effective, 'réponse')} (taille effective de Kish{apart})."
    )
