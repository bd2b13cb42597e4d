"""Opens producers' files whatever their wrapping (gz, zip) and checks their encoding.

What a file unwraps to is bounded: the size that an archive declares is looked at before anything is
read, and no more than the limit is ever unwrapped, whatever it declares. A .gz declares its own at
its end only, where a file cut short has anything: it is not looked at.
"""

from __future__ import annotations

import fnmatch
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from ctgsite.config.spreadsheets import workbook_told
from ctgsite.errors import Place, Problem, SourceError

# Bytes of one file once unwrapped: about twice the largest of INSEE's.
LARGEST = 2 * 1024**3

Part = Callable[[IO[bytes]], bytes]  # what is read of a stream


class TooLargeError(SourceError):
    """A file unwraps to more than it may."""

    def __init__(self, path: Path, limit: int) -> None:
        most = f"{limit / 1024**3:.3g} Gio" if limit >= 1024**3 else f"{limit} octets"
        message = (
            f"ce fichier dépasse {most} une fois décompressé : il n’est pas ouvert ; prenez celui "
            "du producteur"
        )
        super().__init__(Problem(message, Place(path)))


def read_bytes(path: Path, member: str = "", limit: int = LARGEST) -> bytes:
    """The content of a file, out of its .gz or of the `member` of its .zip.

    Raises:
        SourceError: the file cannot be read, is damaged, is empty, lacks the member, or is larger
            than `limit` bytes once unwrapped.
    """
    return _read(path, member, limit, lambda stream: stream.read(limit + 1))


def read_first_line(path: Path, member: str = "", limit: int = LARGEST) -> bytes:
    """The first line of a file, out of its wrapping, without reading what follows.

    Raises:
        SourceError: as `read_bytes`.
    """
    return _read(path, member, limit, lambda stream: stream.readline(limit + 1))


def _read(path: Path, member: str, limit: int, part: Part) -> bytes:
    try:
        content = _unwrapped(path, member, limit, part)
    except OSError as error:
        reason = error.strerror or "contenu illisible"
        raise SourceError(Problem(f"fichier illisible ({reason})", Place(path))) from error
    except RuntimeError as error:  # how zipfile refuses to read without a password
        message = "archive chiffrée : fournissez le fichier tel que le producteur le diffuse"
        raise SourceError(Problem(message, Place(path))) from error
    except (EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise SourceError(Problem("archive endommagée ou incomplète", Place(path))) from error
    if not content.strip():
        raise SourceError(
            Problem("fichier vide : des lignes de données étaient attendues", Place(path))
        )
    return content


def _unwrapped(path: Path, member: str, limit: int, part: Part) -> bytes:
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as stream:
            return _bounded(path, part(cast(IO[bytes], stream)), limit)
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            found = archive.getinfo(_member(path, archive, member))
            _check_size(path, found.file_size, limit)
            with archive.open(found) as stream:
                return _bounded(path, part(stream), limit)
    _check_size(path, path.stat().st_size, limit)
    with path.open("rb") as stream:
        return part(stream)


def _bounded(path: Path, content: bytes, limit: int) -> bytes:
    _check_size(path, len(content), limit)
    return content


def _check_size(path: Path, size: int, limit: int) -> None:
    if size > limit:
        raise TooLargeError(path, limit)


def check_members(content: bytes, path: Path, limit: int = LARGEST) -> None:
    """Hold the sizes that the members of a workbook declare (.xlsx, .ods) to the limit.

    Raises:
        SourceError: together they are larger.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(path, sum(member.file_size for member in archive.infolist()), limit)


def _member(path: Path, archive: zipfile.ZipFile, member: str) -> str:
    names = archive.namelist()
    for name in names:
        if fnmatch.fnmatch(Path(name).name.lower(), member.lower()):
            return name
    raise SourceError(
        Problem(
            f"l’archive ne contient pas « {member} » (elle contient : {', '.join(sorted(names))})",
            Place(path),
        )
    )


def decode(content: bytes, path: Path, encodings: tuple[str, ...]) -> str:
    """The text of a file in the first of the `encodings` that fits.

    Raises:
        SourceError: the bytes are in none of them; the place is the first wrong byte's line. Or
            they are a workbook's, or an archive's.
    """
    if what := workbook_told(content):
        message = f"c’est {what} : le fichier texte (CSV) que diffuse le producteur est attendu"
        raise SourceError(Problem(message, Place(path)))
    failure: UnicodeDecodeError | None = None
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            failure = failure or error
        else:
            if "\x00" not in text:
                return text
    position = failure.start if failure else max(content.find(b"\x00"), 0)
    line = content.count(b"\n", 0, position) + 1
    column = position - (content.rfind(b"\n", 0, position) + 1) + 1
    expected = " ou ".join(_encoding_name(name) for name in encodings)
    raise SourceError(
        Problem(
            f"encodage inattendu : {expected} attendu, octet 0x{content[position]:02x} rencontré ; "
            "réenregistrez le fichier tel que le producteur le diffuse",
            Place(path, line, column),
        )
    )


def _encoding_name(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(
        encoding, encoding.upper()
    )
