"""Checks of the plan d'actions as a whole: names, links between fiches, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from ctgsite.config.citations import check_citations, citable
from ctgsite.config.fiches import (
    OBJECTIVES,
    ActionDocument,
    Fiche,
    all_fiches,
    objective_ids,
)
from ctgsite.config.fields import is_inner
from ctgsite.config.known import KnownNames
from ctgsite.config.patterns import texts, values
from ctgsite.config.plan_budgets import check_axis_budgets, check_budget
from ctgsite.config.plan_dates import check_dates, period_of
from ctgsite.config.positions import Document
from ctgsite.config.repeated import check_repeated, named
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem

RESERVED = ("livret", "index")
ANNEXES = "annexes"
ANNEX_TYPES = (
    ".csv", ".docx", ".jpeg", ".jpg", ".ods", ".odp", ".odt", ".pdf", ".png", ".pptx", ".xlsx",
)  # fmt: skip
MOST_BYTES = 10 * 1024 * 1024


def check_plan(
    document: Document,
    files: Sequence[ActionDocument],
    known: KnownNames,
    folder: Path,
    own: Collection[str] = (),
) -> Iterator[Problem]:
    """Find what is wrong with a territory's enjeux, axes, objectifs and fiches.

    Args:
        document: the territory's file.
        files: its fiches that have a file of their own.
        known: the world's names.
        folder: `territories/<slug>`.
        own: the indicators that the territory's own files add to the catalogue's.
    """
    fiches = all_fiches(document, files)
    valid = citable(document, fiches, known, folder, own)
    yield from _check_names(document, fiches)
    yield from _check_objectives(document, files)
    yield from check_citations(document, fiches, valid, known)
    yield from _check_links(fiches)
    period = period_of(document)
    for fiche in fiches:
        yield from check_dates(fiche, period)
        yield from check_budget(fiche)
        yield from _check_annexes(fiche, folder)
    yield from check_axis_budgets(document, fiches)
    yield from _check_empty_objectives(document, files)
    yield from _check_measured(fiches)
    yield from _check_stakes(document, fiches)


def _check_names(document: Document, fiches: Sequence[Fiche]) -> Iterator[Problem]:
    """Refuse an identifier that names two axes, two objectifs or two fiches."""
    axes = named(document, ("priorites", "*", "id"))
    objectives = [(document, path, name) for path, name in objective_ids(document)]
    actions = [(f.document, (*f.path, "id"), f.id) for f in fiches if f.id]
    for kind in (axes, objectives, actions):
        yield from check_repeated(kind)
    for where, path, name in actions:
        if name in RESERVED:
            message = f"« {name} » est l’adresse d’une page du plan : choisissez un autre nom"
            yield where.problem(message, path)


def _check_objectives(document: Document, files: Iterable[ActionDocument]) -> Iterator[Problem]:
    valid = [name for _, name in objective_ids(document)]
    for file in files:
        for path, name in texts(file.document.data, ("objectif",)):
            if name not in valid:
                hint = suggestion(name, valid) or " : aucun objectif n’a d’identifiant"
                yield file.document.problem(f"objectif inconnu « {name} »{hint}", path)


def _check_links(fiches: Sequence[Fiche]) -> Iterator[Problem]:
    """Refuse a link that closes a circle: a link shows on both fiches, and needs no way back.

    Two fiches that name each other say one thing twice, and are let be.
    """
    links: dict[str, list[str]] = {}
    known = {fiche.id for fiche in fiches}
    for fiche in fiches:
        for path, name in fiche.texts("fiches_liees", "*"):
            if name == fiche.id:
                message = f"la fiche « {name} » se cite elle-même : retirez ce lien"
                yield fiche.problem(message, path)
            elif back := _way(links, name, fiche.id):
                circle = " → ".join((fiche.id, *back))
                message = (
                    f"ces liens entre fiches tournent en rond ({circle}) : un lien se lit déjà sur "
                    "les deux fiches, retirez celui-ci"
                )
                yield fiche.problem(message, path)
            elif name in known:
                links.setdefault(fiche.id, []).append(name)


def _way(links: dict[str, list[str]], start: str, end: str) -> tuple[str, ...]:
    """Return the shortest way through links, of two steps at least; () where there is none."""
    ways: list[tuple[str, ...]] = [(start, other) for other in links.get(start, ()) if other != end]
    seen = {start}
    for way in ways:  # grows as it is read
        if way[-1] == end:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, other) for other in links.get(way[-1], ())]
    return ()


def _check_annexes(fiche: Fiche, folder: Path) -> Iterator[Problem]:
    """Only documents set apart for it are published, so that no raw answer ever is."""
    for path, name in fiche.texts("annexes", "*", "fichier"):
        if is_inner(name) and (fault := _annex_fault(name, folder)):
            yield fiche.problem(fault, path)


def _annex_fault(name: str, folder: Path) -> str:
    shown = f"territories/{folder.name}/{ANNEXES}/"
    if PurePosixPath(name).parts[:1] != (ANNEXES,):
        return f"« {name} » n’est pas publié d’ici : rangez les annexes dans {shown}"
    if PurePosixPath(name).suffix.lower() not in ANNEX_TYPES:
        types = ", ".join(ANNEX_TYPES)
        return f"« {name} » : ce type de fichier n’est pas publié (admis : {types})"
    file = folder / name
    if not file.is_file():
        return f"le fichier « {name} » n’existe pas dans territories/{folder.name}/"
    if not file.resolve().is_relative_to(folder.resolve()):
        return f"« {name} » mène hors du dossier du territoire"
    if file.stat().st_size > MOST_BYTES:
        return f"« {name} » est trop lourd : 10 Mo au plus"
    return ""


def _check_empty_objectives(
    document: Document, files: Iterable[ActionDocument]
) -> Iterator[Problem]:
    served = [name for file in files for _, name in texts(file.document.data, ("objectif",))]
    for pattern in OBJECTIVES:
        for path, objective in values(document.data, pattern):
            if not isinstance(objective, dict) or objective.get("operationnels"):
                continue  # each objectif opérationnel answers for itself
            if not objective.get("actions") and objective.get("id") not in served:
                title = objective.get("titre") or objective.get("id") or "sans titre"
                message = f"l’objectif « {title} » n’a aucune fiche action"
                yield document.problem(message, path, warning=True)


def _check_measured(fiches: Iterable[Fiche]) -> Iterator[Problem]:
    for fiche in fiches:
        if not fiche.data.get("indicateurs"):
            message = f"la fiche « {fiche.id} » n’a aucun indicateur d’évaluation"
            yield fiche.problem(message, (*fiche.path, "id"), warning=True)


def _check_stakes(document: Document, fiches: Iterable[Fiche]) -> Iterator[Problem]:
    """Warn of an enjeu that rests on nothing, and, once there are axes, of one left unanswered."""
    answered = {name for _, name in texts(document.data, ("priorites", "*", "enjeux", "*"))}
    answered |= {name for fiche in fiches for _, name in fiche.texts("enjeux", "*")}
    decided = any(True for _ in values(document.data, ("priorites", "*")))
    for path, stake in values(document.data, ("enjeux", "*")):
        if not isinstance(stake, dict) or not isinstance(stake.get("id"), str):
            continue
        name = stake["id"]
        if not stake.get("constats") and not stake.get("paroles"):
            message = f"l’enjeu « {name} » ne repose sur aucun constat ni aucune parole"
            yield document.problem(message, (*path, "id"), warning=True)
        if decided and name not in answered:
            message = f"aucun axe ni aucune fiche ne répond à l’enjeu « {name} »"
            yield document.problem(message, (*path, "id"), warning=True)
