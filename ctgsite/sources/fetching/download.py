"""One producer's file → the folder of downloads: resumed, bounded, whole or not at all.

What has come stays in `<file>.part`, with the validator of the answer that it came from: the next
try asks for the rest of that very answer, and starts over where the file has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import requests
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from ctgsite.errors import Problem, SourceError
from ctgsite.sources.addresses import ANY_YEAR, Download
from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.kept import Kept, keep, latest, of_year, read_kept

PART, VALIDATOR = ".part", ".part.validateur"
CHUNK = 1 << 18
TRIES = 5
MEGABYTE = 1_000_000

Progress = Callable[[str, int, int | None], None]  # file, bytes so far, bytes in all if known


class CutError(Exception):
    """The connection ended before the file did."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file as it now stands in the folder, and whether this run brought it."""

    path: Path
    kept: Kept
    fresh: bool


@dataclass(frozen=True)
class _Partial:
    """What has come of a file so far."""

    path: Path
    validator: Path

    @staticmethod
    def of(path: Path) -> _Partial:
        return _Partial(*(path.with_name(f"{path.name}{end}") for end in (PART, VALIDATOR)))

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def resumable(self) -> str:
        """The validator of the answer that it came from, "" where it cannot be resumed."""
        known = self.size > 0 and self.validator.is_file()
        return self.validator.read_text(encoding="utf-8") if known else ""

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.validator.unlink(missing_ok=True)


def download(
    client: Client, item: Download, folder: Path, day: date, progress: Progress
) -> Downloaded:
    """Bring a file to its folder, or find that the one kept there is still the producer's.

    Raises:
        SourceError: the file cannot be had, is too large or is not the one described; the former
            one stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / item.name
    known = latest(folder, item.name)
    former = read_kept(known)
    tries = Retrying(
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(multiplier=0.1, max=30),
        retry=retry_if_exception_type(CutError),
        reraise=True,
    )
    try:
        answer = tries(_received, client, item, path, former, progress)
    except CutError as error:
        message = (
            f"{item.address} : la connexion est coupée avant la fin ; relancez la commande, "
            "le téléchargement reprendra où il s’est arrêté"
        )
        raise SourceError(Problem(message)) from error
    if answer is None and former is not None:
        return Downloaded(known, former, fresh=False)
    return _finished(item, path, answer or {}, day)


def _received(
    client: Client, item: Download, path: Path, former: Kept | None, progress: Progress
) -> dict[str, str] | None:
    """Receive a file to its end; return what the site says of it, None where it is unchanged."""
    partial = _Partial.of(path)
    headers = _resumed(partial) or _conditions(item, former)
    with client.get(item.address, headers, item.hosts) as response:
        if response.status_code == 304:
            return None
        if response.status_code == 416:  # the part is no part of what is there now
            partial.drop()
            raise CutError
        if response.status_code == 206:
            if not response.headers.get("content-range", "").startswith(f"bytes {partial.size}-"):
                partial.drop()
                raise CutError
        else:
            partial.drop()
            _check_kind(item, response)
        _write(item, response, partial, progress)
        return {name.lower(): value for name, value in response.headers.items()}


def _resumed(partial: _Partial) -> dict[str, str]:
    validator = partial.resumable
    return {"Range": f"bytes={partial.size}-", "If-Range": validator} if validator else {}


def _conditions(item: Download, former: Kept | None) -> dict[str, str]:
    """Return the headers that ask for a file only where it has changed."""
    if former is None or former.address != item.address:
        return {}
    found = {"If-None-Match": former.etag, "If-Modified-Since": former.modified}
    return {name: value for name, value in found.items() if value}


def _check_kind(item: Download, response: requests.Response) -> None:
    if response.headers.get("content-type", "").startswith("text/html"):
        message = (
            f"{item.address} : une page web est arrivée au lieu du fichier {item.name} ; "
            "l’adresse a sans doute changé"
        )
        raise SourceError(Problem(message))


def _write(
    item: Download, response: requests.Response, partial: _Partial, progress: Progress
) -> None:
    """Add the body of an answer to what has come so far.

    Raises:
        CutError: it ends too early; what came is kept.
        SourceError: it is larger than the description allows; nothing is kept.
    """
    length = response.headers.get("content-length", "")
    whole = partial.size + int(length) if length.isdecimal() else None
    validator = _validator(response)
    if validator:
        partial.validator.write_text(validator, encoding="utf-8")
    size = partial.size
    with partial.path.open("ab") as stream:
        for chunk in _chunks(response):
            size += len(chunk)
            if max(size, whole or 0) > item.limit * MEGABYTE:
                partial.drop()
                message = f"{item.address} : plus de {item.limit} Mo, téléchargement interrompu"
                raise SourceError(Problem(message))
            stream.write(chunk)
            progress(item.name, size, whole)
    if whole is not None and size != whole:
        raise CutError


def _chunks(response: requests.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_content(CHUNK)
    except (requests.exceptions.ChunkedEncodingError, requests.ConnectionError) as error:
        raise CutError from error


def _validator(response: requests.Response) -> str:
    """Return what says later whether the file is still the same; weak tags do not."""
    etag = str(response.headers.get("etag", ""))
    return etag if etag and not etag.startswith("W/") else str(
        response.headers.get("last-modified", "")
    )  # fmt: skip


def _finished(item: Download, path: Path, answer: dict[str, str], day: date) -> Downloaded:
    """Check a whole download and put it in place."""
    partial = _Partial.of(path)
    with partial.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    size = partial.size
    if not size or (item.sha256 and sha256 != item.sha256):
        partial.drop()
        reason = (
            "le fichier n’est pas celui attendu (empreinte SHA-256 différente)" if size
            else "le fichier est vide"
        )  # fmt: skip
        raise SourceError(Problem(f"{item.address} : {reason} ; il n’est pas gardé"))
    etag, modified = answer.get("etag", ""), answer.get("last-modified", "")
    if ANY_YEAR in path.name:
        path = of_year(path, modified)
    kept = Kept(item.address, sha256, size, day.isoformat(), etag, modified)
    keep(path, partial.path, kept)
    partial.drop()
    return Downloaded(path, kept, fresh=True)
