"""Images and logos of a territory: what is declared, what stands in the folder, what may be shown.

An image is published only where the territory's file says who made it and what allows it, and
who is on it; a partner's logo, where the partner allowed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ctgsite.config.fields import is_inner
from ctgsite.config.patterns import texts, values
from ctgsite.config.permissions import Image, LogoPermission
from ctgsite.config.pictures import IMAGE_TYPES, picture_faults
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import nearest
from ctgsite.config.validation import valid_part
from ctgsite.errors import Place, Problem

FOLDER = "images"


def check_images(document: Document, folder: Path, workspace: Path) -> Iterator[Problem]:
    """Find what keeps a territory's images from being published."""
    declared: dict[str, KeyPath] = {}
    for path, name in _named(document, ("images", "*", "fichier")):
        if name in declared:
            line = document.place(declared[name]).line
            message = f"l’image « {name} » est déclarée deux fois (déjà à la ligne {line})"
            yield document.problem(message, path)
        declared.setdefault(name, path)
    for name, path in declared.items():
        yield from _check_file(document, path, name, folder)
    yield from _check_people(document)
    logos = tuple(_logos(document, folder))
    for path, name in logos:
        if name not in declared:
            yield from _check_logo(document, path, name, folder)
    shown = {*declared, *(name for _, name in logos)}
    yield from _undeclared(folder, workspace, shown)


def _named(document: Document, pattern: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield the files that a key names; a path out of the folder is told by the model."""
    for path, name in texts(document.data, pattern):
        if name.strip() and is_inner(name):
            yield path, PurePosixPath(name.strip()).as_posix()


def _logos(document: Document, folder: Path) -> Iterator[tuple[KeyPath, str]]:
    """Yield the logos that exist; the others are told by the checks of files."""
    for pattern in (("logo",), ("signataires", "*", "logo")):
        found = _named(document, pattern)
        yield from ((path, name) for path, name in found if (folder / name).is_file())


def _check_logo(document: Document, path: KeyPath, name: str, folder: Path) -> Iterator[Problem]:
    yield from _check_file(document, path, name, folder)
    if path == ("logo",):
        message = "déclarez ce logo dans « images », avec son crédit et son autorisation"
        yield document.problem(message, path)
        return
    owner = next((value for _, value in values(document.data, path[:-1])), None)
    written = owner.get("autorisation_logo") if isinstance(owner, dict) else None
    if valid_part(LogoPermission, written) is None:
        message = (
            "ce logo n’a pas d’autorisation : écrivez « autorisation_logo: {par: …, date: …} », "
            "ou retirez-le"
        )
        yield document.problem(message, path)


def _check_file(document: Document, path: KeyPath, name: str, folder: Path) -> Iterator[Problem]:
    file = folder / name
    if PurePosixPath(name).parts[0] != FOLDER:
        message = (
            f"les images se rangent dans « {FOLDER}/ » : déplacez celle-ci et écrivez "
            f"« {FOLDER}/{PurePosixPath(name).name} »"
        )
        yield document.problem(message, path)
    elif not file.is_file():
        near = nearest(name, _present(folder))
        hint = f" : vouliez-vous dire « {near} » ?" if near else ""
        message = f"le fichier « {name} » n’existe pas dans territories/{folder.name}/{hint}"
        yield document.problem(message, path)
    elif not file.resolve().is_relative_to(folder.resolve()):
        message = f"« {name} » mène hors du dossier du territoire : copiez-y l’image elle-même"
        yield document.problem(message, path)
    else:
        yield from (document.problem(fault, path) for fault in picture_faults(file))


def _check_people(document: Document) -> Iterator[Problem]:
    """Check that each image is described, and that the people on it agreed."""
    for path, entry in values(document.data, ("images", "*")):
        image = valid_part(Image, entry)
        if image is None:
            continue
        if not image.alt:
            message = "il manque « texte_alternatif » : dites ce que montre l’image"
            yield document.problem(message, path)
        if image.people and image.right is None:
            message = "on y reconnaît des personnes : il manque « droit_a_l_image »"
            yield document.problem(message, (*path, "personnes"))
        if image.right and image.right.minors and not image.right.both_parents:
            message = (
                "un mineur n’est montré qu’avec l’accord écrit de ses deux parents "
                "(« deux_parents: true ») : obtenez-le, ou retirez l’image"
            )
            yield document.problem(message, (*path, "droit_a_l_image", "mineurs"))


def _present(folder: Path) -> dict[str, Path]:
    """Return the images of a territory's folder, as its file names them."""
    found = sorted((folder / FOLDER).rglob("*"))
    return {
        path.relative_to(folder).as_posix(): path
        for path in found
        if path.is_file() and path.suffix.lower() in IMAGE_TYPES
    }


def _undeclared(folder: Path, workspace: Path, shown: set[str]) -> Iterator[Problem]:
    for name, path in _present(folder).items():
        if name not in shown:
            message = (
                "cette image n’est pas déclarée : ajoutez-la à « images », avec son crédit et son "
                "autorisation, ou retirez-la"
            )
            yield Problem(message, Place(path.relative_to(workspace)))
