"""Checks of a territory's file that need more than its shape: codes, names, themes, files.

They read the document itself, so that a fault elsewhere in the file hides none of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ctgsite.config.fields import is_inner
from ctgsite.config.known import A_KIND, KINDS, AreaKind, KnownNames
from ctgsite.config.patterns import texts
from ctgsite.config.patterns import values as _values
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.repeated import check_repeated, named
from ctgsite.config.spelling import fold, suggestion
from ctgsite.errors import Problem

_MERGERS = ("cc", "ca", "cu", "metropole", "communaute", "de", "du", "des", "d'", "l'", "la", "le")


def check_territory(document: Document, known: KnownNames, folder: Path) -> Iterator[Problem]:
    """Find what is wrong between a file and the world: geography, catalogue, its own folder."""
    yield from _check_codes(document, known)
    yield from _check_name(document, known)
    yield from _check_themes(document, known)
    yield from _check_theme_references(document, known)
    yield from _check_service_communes(document, known)
    for pattern in (("enjeux", "*", "id"), ("comparaisons", "*")):
        yield from check_repeated(named(document, pattern))
    yield from _check_files(document, folder)


def code_fault(kind: AreaKind, code: str, known: KnownNames) -> str | None:
    """Say why a code does not name a current area of this kind, and what to write instead."""
    if known.name(kind, code) is not None:
        return None
    for other in KINDS:
        if name := known.name(other, code):
            return f"« {code} » est le code d’{A_KIND[other]} ({name}), pas d’{A_KIND[kind]}"
    if kind == "commune" and (ended := known.succession(code)):
        heirs = ", ".join(f"« {heir} » ({name})" for heir, name in ended.heirs)
        called = f" ({ended.name})" if ended.name else ""
        return (
            f"la commune « {code} »{called} n’existe plus depuis le {ended.date:%d/%m/%Y} : "
            f"remplacez-la par {heirs}"
        )
    message = f"code inconnu « {code} » : ce n’est pas le code d’{A_KIND[kind]}"
    if near := known.nearest(kind, code):
        return f"{message} ; vouliez-vous dire « {near} » ({known.name(kind, near)}) ?"
    return message


def _check_codes(document: Document, known: KnownNames) -> Iterator[Problem]:
    kind = _get(document.data, "type")
    written = _get(document.data, "codes")
    if not isinstance(kind, str) or kind not in A_KIND or not isinstance(written, list):
        return
    seen: set[str] = set()
    for path, code in _codes(document):
        fault = code_fault(_member_kind(kind), code, known)
        if code in seen:
            name = known.name(_member_kind(kind), code)
            fault = f"le code « {code} » ({name}) est écrit deux fois" if name else fault
        seen.add(code)
        if fault:
            yield document.problem(fault, path)
    if kind == "groupe" and len(written) == 1:
        message = "un groupe réunit au moins deux communes : pour une seule, « type: commune »"
        yield document.problem(message, ("codes",))
    if kind != "groupe" and len(written) > 1:
        message = (
            f"{A_KIND[kind]} n’a qu’un code : pour plusieurs communes, écrivez « type: groupe »"
        )
        yield document.problem(message, ("codes", 1))


def _member_kind(kind: str) -> AreaKind:
    return next((known for known in KINDS if known == kind), "commune")


def _check_name(document: Document, known: KnownNames) -> Iterator[Problem]:
    kind, name = _get(document.data, "type"), _get(document.data, "nom")
    codes = [code for _, code in _codes(document)]
    if kind not in KINDS or not isinstance(name, str) or len(codes) != 1:
        return
    official = known.name(_member_kind(kind), codes[0])
    if official and _essential(name) != _essential(official):
        message = f"le nom officiel de « {codes[0]} » est « {official} »"
        yield document.problem(message, ("nom",), warning=True)


def _essential(name: str) -> tuple[str, ...]:
    """Return the words that tell two names apart: "CC du Ried" and "CC Ried" are the same."""
    words = fold(name).replace("l'", "").replace("d'", "").split()
    return tuple(word for word in words if word not in _MERGERS)


def _check_themes(document: Document, known: KnownNames) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, item in _values(document.data, ("thematiques", "*")):
        catalogue, own = item, None
        if isinstance(item, dict):
            catalogue, own = item.get("theme"), item.get("slug")
            path = (*path, "theme" if catalogue else "slug")
        slug = catalogue or own
        if not isinstance(slug, str):
            continue
        if catalogue and slug not in known.themes:
            message = f"thématique inconnue « {slug} »{suggestion(slug, known.themes)}"
            yield document.problem(message, path)
        if own and slug in known.themes:
            message = (
                f"« {slug} » est une thématique du catalogue : écrivez « theme: {slug} » pour "
                "la renommer"
            )
            yield document.problem(message, path)
        if slug in seen:
            yield document.problem(f"la thématique « {slug} » est écrite deux fois", path)
        seen.add(slug)


def _check_theme_references(document: Document, known: KnownNames) -> Iterator[Problem]:
    """Check themes named by other sections: the catalogue's, or the territory's own."""
    valid = (*known.themes, *sorted(own_themes(document)))
    for pattern in (
        ("offre", "*", "theme"),
        ("competences", "*", "theme"),
        ("enjeux", "*", "theme"),
        ("afom", "*", "theme"),
        ("convergence", "*", "theme"),
        ("participation", "verbatims", "*", "theme"),
        ("participation", "ateliers", "*", "thematiques", "*"),
        ("participation", "entretiens", "*", "thematiques", "*"),
        ("demarche", "gouvernance", "comites_thematiques", "*", "theme"),
    ):
        for path, slug in _texts(document, pattern):
            if slug not in valid:
                message = f"thématique inconnue « {slug} »{suggestion(slug, valid)}"
                yield document.problem(message, path)


def own_themes(document: Document) -> set[str]:
    """Return the themes that a territory adds to the catalogue's."""
    return {slug for _, slug in _texts(document, ("thematiques", "*", "slug"))}


def site_themes(document: Document, known: KnownNames) -> set[str]:
    """Return the themes of a territory's site: those it chose, or all."""
    chosen = {slug for _, slug in _texts(document, ("thematiques", "*"))}
    chosen |= {slug for _, slug in _texts(document, ("thematiques", "*", "theme"))}
    return chosen | own_themes(document) or set(known.themes)


def _check_service_communes(document: Document, known: KnownNames) -> Iterator[Problem]:
    for path, code in _texts(document, ("offre", "*", "commune")):
        if fault := code_fault("commune", code, known):
            yield document.problem(fault, path)


def _check_files(document: Document, folder: Path) -> Iterator[Problem]:
    for pattern in (
        ("logo",),
        ("signataires", "*", "logo"),
    ):
        for path, name in _texts(document, pattern):
            if is_inner(name) and not (folder / name).is_file():
                message = f"le fichier « {name} » n’existe pas dans territories/{folder.name}/"
                yield document.problem(message, path)


def _codes(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Yield codes as they are written, even where YAML reads a number (01004)."""
    for path, _ in _values(document.data, ("codes", "*")):
        if code := document.text(path):
            yield path, code


def _texts(document: Document, pattern: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    yield from texts(document.data, pattern)


def _get(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, dict) else None
