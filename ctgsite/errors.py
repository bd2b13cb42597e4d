"""The one hierarchy of errors meant for the user: what is wrong, where, and what to do.

Whoever finds a fault in a user's file or data describes it as a `Problem`; the command line prints
each one as ``FILE:LINE:COLUMN: message``. Messages are in French.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a user's file; lines and columns count from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a French sentence, where it was found, and whether it stops the build."""

    message: str
    place: Place | None = None
    warning: bool = False

    def __str__(self) -> str:
        label = "attention : " if self.warning else ""
        return f"{self.place}: {label}{self.message}" if self.place else f"{label}{self.message}"


class CtgsiteError(Exception):
    """Everything wrong that one run found; `problems` is never empty."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ConfigError(CtgsiteError):
    """A territory's file, or the catalogue, says something that cannot be built."""


class SourceError(CtgsiteError):
    """A producer's file is not what its description says, or the store cannot be used."""


class PublicationError(CtgsiteError):
    """The site could not be written where it was asked for."""


# What a system refuses, by the number of its error.
SYSTEM_FAULTS = {
    errno.EACCES: "accès refusé : vérifiez vos droits de lecture et d’écriture",
    errno.EPERM: "opération refusée : vérifiez vos droits",
    errno.EROFS: "ce disque est en lecture seule : choisissez un autre dossier",
    errno.ENOSPC: "il n’y a plus de place sur le disque",
    errno.EFBIG: "ce fichier dépasse la taille que ce disque ou votre quota permet",
    errno.ELOOP: "ce lien tourne en rond",
    errno.EDQUOT: "votre quota de disque est atteint",
    errno.ENOENT: "ce fichier ou ce dossier n’existe pas",
    errno.EEXIST: "ce fichier existe déjà",
    errno.ENOTDIR: "c’est un fichier, et non un dossier",
    errno.EISDIR: "c’est un dossier, et non un fichier",
    errno.ENOTEMPTY: "ce dossier n’est pas vide",
    errno.ENAMETOOLONG: "ce nom de fichier est trop long",
    errno.EADDRINUSE: "ce port est déjà utilisé : choisissez-en un autre avec --port",
}
