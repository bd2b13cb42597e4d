"""The geography that a fetch brings: where its files are, and what areas and contours they make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from ctgsite.errors import Problem, SourceError
from ctgsite.geography.cog import Geography
from ctgsite.geography.contours import Contours
from ctgsite.geography.embedded import MANIFEST
from ctgsite.geography.layouts import DEPARTEMENT, Files
from ctgsite.sources.addresses import Download, Watch
from ctgsite.sources.expectations import Strict
from ctgsite.sources.opening import read_bytes


class GeographyDescription(Strict):
    """Everything ctgsite knows of the producers' geography files before it sees them."""

    id: str
    title: str = Field(alias="titre")
    producer: str = Field(alias="producteur")
    licence: str
    page: str
    national: tuple[Download, ...] = Field(alias="telechargements")
    local: tuple[Download, ...] = Field(alias="telechargements_par_departement")
    watch: Watch | None = Field(default=None, alias="veille")
    files: Files = Field(alias="fichiers")

    def downloads(self, departements: Iterable[str]) -> tuple[Download, ...]:
        """What to fetch: the files of France, and those of each of some départements."""
        return (
            *self.national,
            *(_of(item, code) for code in departements for item in self.local),
        )


@cache
def load_geography() -> GeographyDescription:
    """The description of the producers' geography files.

    Raises:
        SourceError: it does not respect the model.
    """
    name = "_geographie.yml"
    text = (resources.files("ctgsite.sources") / "descriptions" / name).read_text("utf-8")
    try:
        return GeographyDescription.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except ValidationError as error:
        raise SourceError(
            Problem(f"description {name} : {item['loc']} {item['msg']}") for item in error.errors()
        ) from error


def holds_geography(folder: Path) -> bool:
    """Whether a folder holds downloaded geography files."""
    return load_geography().files.in_folder(folder)


def sources_of(year: int, folder: Path) -> list[dict[str, str]]:
    """What a manifest says of the areas and contours made of a folder's files."""
    described = load_geography()
    return [
        {
            "producteur": described.producer,
            "titre": described.title,
            "millesime": str(year),
            "licence": described.licence,
            "empreinte": _fingerprint(folder),
        }
    ]


def is_made_of(store: Path, folder: Path) -> bool:
    """Whether a store's areas were made of a folder's files as they are now."""
    try:
        manifest = json.loads((store / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    now = _fingerprint(folder)
    return any(source.get("empreinte") == now for source in manifest["sources"])


def _fingerprint(folder: Path) -> str:
    """The hash of the names and contents of a folder's geography files."""
    files = load_geography().files
    found = [path for path in sorted(folder.iterdir()) if files.knows(path.name)]
    digest = hashlib.sha256()
    for path in found:
        digest.update(f"{path.name}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_fetched_geography(folder: Path, known: Geography) -> Geography:
    """The areas that a folder of downloaded files describes.

    Args:
        folder: the files as downloaded.
        known: has what they lack, the IRIS and the EPCI of 2020.

    Raises:
        SourceError: a file is missing, or is not what its description says; or two do not agree.
    """
    from ctgsite.geography.live import read_live

    return read_live(folder, load_geography().files, read_bytes, known)


def read_fetched_contours(folder: Path, geography: Geography, known: Contours) -> Contours | None:
    """The contours that a folder of downloaded files has, None where it has none.

    Args:
        folder: the files as downloaded, one a département.
        geography: whose communes and EPCI are drawn.
        known: has the départements, drawn small with those overseas brought near.

    Raises:
        SourceError: a file is not what its description says.
    """
    from ctgsite.geography.topology import build_live_contours

    found = load_geography().files.contours.found(folder)
    return build_live_contours(found, geography, known.departements) if found else None


def _of(item: Download, departement: str) -> Download:
    changes = {
        "address": item.address.replace(DEPARTEMENT, departement),
        "file": item.file.replace(DEPARTEMENT, departement),
    }
    return item.model_copy(update=changes)
