"""Puts a finished site where readers find it, in one movement, never over a stranger's files.

Work happens in a folder beside the published one, so that nothing half-written is ever uploaded.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ctgsite.errors import Problem, PublicationError
from ctgsite.site import manifest

MARKER = ".ctgsite.json"
_MARKER_TEXT = '{"programme": "ctgsite", "format": 1}\n'
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def claim_output(output: Path) -> None:
    """Make `output` ours: a new or empty folder, or one that ctgsite wrote.

    Raises:
        PublicationError: It holds somebody else's files, or cannot be written.
    """
    with french_errors(output):
        output.mkdir(parents=True, exist_ok=True)
        if (output / MARKER).is_file():
            return
        if any(output.iterdir()):
            raise PublicationError(
                Problem(
                    f"le dossier « {output} » contient des fichiers que ctgsite n’a pas écrits : "
                    "choisissez un dossier vide ou un nouveau dossier avec --output"
                )
            )
        write_atomically(output / MARKER, _MARKER_TEXT.encode())


def check_target(target: Path) -> None:
    """Refuse a site's folder whose name or content is not ours.

    Raises:
        PublicationError: The name would leave the output, or the folder holds other files.
    """
    if not _SLUG.fullmatch(target.name):
        raise PublicationError(
            Problem(
                f"« {target.name} » ne peut pas nommer un site : "
                "utilisez des minuscules sans accent, des chiffres et des traits d’union"
            )
        )
    with french_errors(target):
        taken = target.exists() and (not target.is_dir() or any(target.iterdir()))
    if taken and not manifest.is_ours(target):
        raise PublicationError(
            Problem(
                f"« {target} » contient des fichiers que ctgsite n’a pas écrits : "
                "déplacez-les, ou choisissez un autre dossier avec --output"
            )
        )


@contextmanager
def working_folder(output: Path) -> Iterator[Path]:
    """Give a folder beside `output`, on the same disk, that disappears afterwards."""
    parent = output.resolve().parent
    with french_errors(parent):
        folder = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(built: Path, target: Path) -> None:
    """Swap the finished site `built` in for `target`; the former version ends where `built` was.

    Raises:
        PublicationError: The target is not ours, or cannot be written.
    """
    check_target(target)
    with french_errors(target):
        built.chmod(0o755)  # temporary folders are born private
        if not target.exists():
            built.rename(target)
        elif not _exchange(built, target):
            _swap_in_two_steps(built, target)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file of the portal: readers see the former one or the new one.

    Raises:
        PublicationError: The folder cannot be written.
    """
    with french_errors(path):
        handle, name = tempfile.mkstemp(prefix=".ctgsite-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once where the system can; say whether it did."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(libc.renameat2(*arguments) == 0)


def _swap_in_two_steps(built: Path, target: Path) -> None:
    former = built.with_name(f"{built.name}.avant")
    target.rename(former)
    try:
        built.rename(target)
    except OSError:
        former.rename(target)
        raise
    with suppress(OSError):
        former.rename(built)


@contextmanager
def french_errors(path: Path) -> Iterator[None]:
    """Tell in French what the system refuses about `path`.

    Raises:
        PublicationError: It did refuse.
    """
    try:
        yield
    except PermissionError as error:
        place = error.filename or path
        problem = f"pas le droit d’écrire dans « {place} » : vérifiez ses permissions"
        raise PublicationError(Problem(problem)) from error
    except OSError as error:
        place = error.filename or path
        problem = f"impossible d’écrire dans « {place} » : {error.strerror or error}"
        raise PublicationError(Problem(problem)) from error
