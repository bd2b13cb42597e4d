"""The figures of all sites together, in `donnees/` beside them: files, description and page.

Made from what the sites published, and swapped in whole; nothing is written again while no site
published other figures.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from ctgsite.config.fields import PORTAL_FOLDERS
from ctgsite.errors import Problem, PublicationError
from ctgsite.pages.columns import KEY, LICENCE, Column, csv_resource, fields_of, required_field
from ctgsite.pages.data_package import THEME
from ctgsite.site import fingerprint
from ctgsite.site.batch import run_all
from ctgsite.site.manifest import recorded_digest, stands, write_record
from ctgsite.site.model import SiteCard
from ctgsite.site.portal_copies import Copies, write_copies
from ctgsite.site.portal_notes import read_me
from ctgsite.site.portal_rows import PORTAL_COLUMNS, SITE, CsvFiles, notice_of, site_rows
from ctgsite.site.publication import french_errors, publish, working_folder

(FOLDER,) = PORTAL_FOLDERS
_FORMAT = "2"
_FIGURES, _DESCRIPTION = "donnees/indicateurs.csv", "donnees/datapackage.json"

TERRITORIES = (
    SITE,
    Column("nom", "string", "Nom du territoire"),
    Column("type", "string", "commune, epci, groupe ou departement"),
    Column("codes", "string", "Codes officiels, séparés par une espace"),
    Column("departements", "string", "Départements touchés, séparés par une virgule"),
    Column("etat", "string", "illustration, projet ou adopte : ce qu’engage le diagnostic"),
    Column("fictif", "boolean", "Si ce que les habitants et les élus y disent est inventé"),
    Column("lignes", "integer", "Nombre de lignes de ce diagnostic dans indicateurs.csv"),
    Column("avertissement", "string", "Ce qu’il faut savoir du diagnostic ; souvent vide"),
)
_ALWAYS = ("site", "nom", "type", "codes", "etat", "fictif", "lignes")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the files of the portal hold.

    Attributes:
        rows: how many rows each site has, by slug.
        themes: the themes that have a file of their own, with their titles.
        sources: the producers that the sites credit, each once.
        sizes: of each file, in bytes, by its path in the folder.
    """

    cards: tuple[SiteCard, ...]
    rows: Mapping[str, int]
    themes: Mapping[str, str]
    sources: tuple[dict[str, str], ...]
    sizes: Mapping[str, int]


NOTHING = Gathered((), {}, {}, (), {})


def write_data(
    output: Path,
    cards: tuple[SiteCard, ...],
    page: Callable[[Gathered], str],
    made_with: str,
    created: datetime,
    precisions: Mapping[str, int],
    workers: int | None,
) -> None:
    """Write the portal's files of figures, unless they stand there already.

    Args:
        output: the published folder.
        cards: the sites that are present and whole, in the order of the portal.
        page: makes the downloads page.
        made_with: the fingerprint of what makes it.
        created: the date that the workbook states.
        precisions: how many decimals each indicator shows in the workbooks.
        workers: processes at work; by default one a core.

    Raises:
        PublicationError: the folder is not ours, or cannot be written.
    """
    key = _key(output, cards, made_with, created, precisions)
    if stands(output / FOLDER, key):
        return
    with working_folder(output) as folder, french_errors(folder):
        built = folder / FOLDER
        (built / "thematiques").mkdir(parents=True)
        described = _descriptions(output, cards)
        sources, titles = _sources(described), _titles(described)
        rows, found = _write_rows(output, cards, built)
        themes = {slug: titles.get(slug, slug) for slug in found}
        copies = [
            Copies(path, read_me(cards, sources, theme), created, dict(precisions))
            for path, theme in (
                (built / "indicateurs.csv", ""),
                *((built / f"thematiques/{slug}.csv", title) for slug, title in themes.items()),
            )
        ]
        for _ in run_all(write_copies, copies, workers, _refuse):
            pass
        _write_territories(built / "territoires.csv", cards, rows)
        (built / "datapackage.json").write_bytes(
            orjson.dumps(
                _package(themes, sources), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
            )
        )
        sizes = {
            path.relative_to(built).as_posix(): path.stat().st_size
            for path in sorted(built.rglob("*"))
            if path.is_file()
        }
        told = page(Gathered(cards, rows, themes, sources, sizes))
        (built / "index.html").write_text(told, encoding="utf-8")
        write_record(built, key)
        publish(built, output / FOLDER)


def _key(
    output: Path,
    cards: tuple[SiteCard, ...],
    made_with: str,
    created: datetime,
    precisions: Mapping[str, int],
) -> str:
    """Return the fingerprint of all that the files say: the sites' figures, not their pages."""
    figures = (
        text
        for card in cards
        for text in (
            repr(_territory(card, 0)),
            recorded_digest(output / card.slug, _FIGURES),
            recorded_digest(output / card.slug, _DESCRIPTION),
        )
    )
    shown = repr(sorted(precisions.items()))
    return fingerprint.of_files((), _FORMAT, made_with, created.isoformat(), shown, *figures)


def _write_rows(
    output: Path, cards: tuple[SiteCard, ...], folder: Path
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Write each row of each site to its CSV files as it passes; return counts, and the themes."""
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        files = CsvFiles(folder, stack)
        for card in cards:
            path = output / card.slug / _FIGURES
            for row in site_rows(path, card) if path.is_file() else ():
                counts[card.slug] += 1
                files.add(row)
    return {card.slug: counts[card.slug] for card in cards}, tuple(sorted(files.themes))


def _refuse(copies: Copies, error: BaseException) -> None:
    if isinstance(error, BrokenExecutor):
        message = (
            f"le processus qui recopiait « {copies.path.name} » s’est arrêté, faute de mémoire "
            "peut-être : relancez la commande avec « --workers 1 »"
        )
        raise PublicationError(Problem(message)) from error
    raise error


def _write_territories(path: Path, cards: tuple[SiteCard, ...], rows: Mapping[str, int]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in TERRITORIES])
        writer.writerows(_territory(card, rows[card.slug]) for card in cards)


def _territory(card: SiteCard, rows: int) -> tuple[str | int, ...]:
    return (
        card.slug, card.name, card.type, " ".join(card.codes), ", ".join(card.departements),
        card.statut, "true" if card.fictitious else "false", rows, notice_of(card),
    )  # fmt: skip


def _descriptions(output: Path, cards: tuple[SiteCard, ...]) -> list[dict[str, Any]]:
    """Return the Data Package of each site that has one."""
    paths = (output / card.slug / _DESCRIPTION for card in cards)
    return [orjson.loads(path.read_bytes()) for path in paths if path.is_file()]


def _sources(described: list[dict[str, Any]]) -> tuple[dict[str, str], ...]:
    """Return the sources that the sites credit, by title."""
    found = {
        source["title"]: source for package in described for source in package.get("sources", ())
    }
    return tuple(found[title] for title in sorted(found))


def _titles(described: list[dict[str, Any]]) -> dict[str, str]:
    """Return what most sites call each theme."""
    counts: dict[str, Counter[str]] = {}
    for package in described:
        for resource in package.get("resources", ()):
            if resource["name"].startswith(THEME):
                theme = resource["name"].removeprefix(THEME)
                counts.setdefault(theme, Counter())[resource["title"]] += 1
    return {theme: called.most_common(1)[0][0] for theme, called in counts.items()}


def _package(themes: Mapping[str, str], sources: tuple[dict[str, str], ...]) -> dict[str, Any]:
    """Return the Data Package of the portal's CSV files."""
    figures = {
        "fields": fields_of(PORTAL_COLUMNS),
        "primaryKey": [SITE.name, *KEY],
        "foreignKeys": [
            {
                "fields": [SITE.name],
                "reference": {"resource": "territoires", "fields": [SITE.name]},
            }
        ],
        "missingValues": [""],
    }
    territories = {
        "fields": [required_field(c) if c.name in _ALWAYS else c.described for c in TERRITORIES],
        "primaryKey": [SITE.name],
        "missingValues": [""],
    }
    return {
        "profile": "tabular-data-package",
        "name": "ctg-portail",
        "title": "Indicateurs de tous les diagnostics du portail",
        "licenses": [LICENCE],
        "sources": list(sources),
        "resources": [
            csv_resource("territoires", "territoires.csv", "Les diagnostics", territories),
            csv_resource("indicateurs", "indicateurs.csv", "Toutes les thématiques", figures),
            *(
                csv_resource(f"{THEME}{slug}", f"thematiques/{slug}.csv", title, figures)
                for slug, title in themes.items()
            ),
        ],
    }
