"""Opens producers' files whatever their wrapping (gz, zip) and checks their encoding."""

from __future__ import annotations

import fnmatch
import gzip
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from ctgsite.errors import Place, Problem, SourceError


def read_bytes(path: Path, member: str = "") -> bytes:
    """The content of a file, out of its .gz or of the `member` of its .zip.

    Raises:
        SourceError: the file cannot be read, is damaged, is empty, or lacks the member.
    """
    return _read(path, member, lambda stream: stream.read())


def read_first_line(path: Path, member: str = "") -> bytes:
    """The first line of a file, out of its wrapping, without reading what follows.

    Raises:
        SourceError: as `read_bytes`.
    """
    return _read(path, member, lambda stream: stream.readline())


def _read(path: Path, member: str, part: Callable[[IO[bytes]], bytes]) -> bytes:
    try:
        content = _unwrapped(path, member, part)
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


def _unwrapped(path: Path, member: str, part: Callable[[IO[bytes]], bytes]) -> bytes:
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as stream:
            return part(cast(IO[bytes], stream))
    if path.suffix.lower() == ".zip":
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(_member(path, archive, member)) as stream,
        ):
            return part(stream)
    with path.open("rb") as stream:
        return part(stream)


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
        SourceError: the bytes are in none of them; the place is the first wrong byte's line.
    """
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
