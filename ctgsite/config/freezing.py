"""`ctgsite freeze`: an edition's name, its file of figures, written once, its declaration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from ctgsite.config.fields import SLUG_PATTERN
from ctgsite.config.frozen import FOLDER, FrozenFigure, frozen_text
from ctgsite.config.models import Territory
from ctgsite.errors import ConfigError, Problem


def edition_id(chosen: str | None, territory: Territory) -> str:
    """Return the edition to freeze: the one asked for, or the first year of the convention.

    Raises:
        ConfigError: it cannot be an address, or there is nothing to name it after.
    """
    found = chosen
    if found is None:
        if territory.period is None:
            message = (
                f"donnez un nom à cette édition de « {territory.slug} » (« --edition 2026 ») : "
                "sans « periode », aucune année ne va de soi"
            )
            raise ConfigError(Problem(message))
        found = str(territory.period.start)
    if not re.fullmatch(SLUG_PATTERN, found):
        message = (
            f"« {found} » ne peut pas être l’adresse d’une édition : minuscules sans accent, "
            "chiffres et tirets (« 2026 »)"
        )
        raise ConfigError(Problem(message))
    return found


def write_edition(folder: Path, edition: str, figures: Iterable[FrozenFigure]) -> Path:
    """Write an edition's figures under a territory's folder, whole or not at all.

    Raises:
        ConfigError: that edition is frozen already.
    """
    path = edition_path(folder, edition)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_once(path, frozen_text(figures))
    except FileExistsError:
        raise _frozen_already(path) from None
    return path


def edition_path(folder: Path, edition: str) -> Path:
    """Return where an edition that can still be frozen goes.

    Raises:
        ConfigError: that edition is frozen already.
    """
    path = folder / FOLDER / f"{edition}.csv"
    if path.exists():
        raise _frozen_already(path)
    return path


def write_once(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        FileExistsError: there is one already; it stays as it is.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        try:
            path.hardlink_to(draft)  # unlike a renaming, it never replaces a file
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def declaration(territory: Territory, edition: str) -> str:
    """Return the lines to add to a territory's file, "" where it declares the edition already."""
    declared = territory.evaluation.editions
    if edition in {one.id for one in declared}:
        return ""
    item = (
        f'    - id: "{edition}"',
        f"      titre: Diagnostic {edition}",
        "      adoptee_le: AAAA-MM-JJ  # la date d’adoption",
    )
    opening = () if declared else ("evaluation:", f'  t0: "{edition}"', "  editions:")
    return "\n".join((*opening, *item))


def _frozen_already(path: Path) -> ConfigError:
    message = (
        f"{path.parent.parent.name}/{FOLDER}/{path.name} existe déjà : une édition figée ne change "
        "plus, rien n’a été écrit ; « --edition » en fige une autre"
    )
    return ConfigError(Problem(message))
