"""One territory's file and the folder beside it, read and checked whole."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ctgsite.config.adoption import check_adoption
from ctgsite.config.checks import check_territory, own_themes, site_themes
from ctgsite.config.colour_checks import check_colours
from ctgsite.config.evaluation_checks import edition_problems, evaluation_problems
from ctgsite.config.fiches import ActionDocument, read_action_files, with_action_files
from ctgsite.config.fields import PORTAL_FOLDERS, SLUG_PATTERN
from ctgsite.config.known import KnownNames
from ctgsite.config.local_figures import LocalFigures, read_local_figures
from ctgsite.config.local_files import FOLDER as TABLES
from ctgsite.config.local_files import indicator_ids
from ctgsite.config.local_tables import read_local_tables
from ctgsite.config.models import Territory, TerritoryFile
from ctgsite.config.page_states import check_page_states
from ctgsite.config.plan_checks import check_plan
from ctgsite.config.positions import Document, read_yaml
from ctgsite.config.publication import check_publication
from ctgsite.config.supply_checks import check_supply
from ctgsite.config.survey_files import read_surveys
from ctgsite.config.texts import read_texts, with_texts
from ctgsite.config.validation import validate
from ctgsite.config.voices_checks import check_voices
from ctgsite.errors import ConfigError, Place, Problem

FOLDER = "territories"


def read_territory(
    path: Path,
    workspace: Path,
    known: KnownNames,
    today: datetime.date | None = None,
    *,
    freezing: bool = False,
) -> tuple[Territory | None, tuple[Problem, ...]]:
    """Return a territory, when nothing is wrong with it, and everything to say about it.

    `today` is the day on which permissions must hold; without it their dates are not checked.
    While `freezing`, an edition may be declared before it has its figures.
    """
    try:
        document = read_yaml(path, workspace)
    except ConfigError as error:
        return None, error.problems
    slug, folder = path.stem, workspace / FOLDER / path.stem
    found, faults = validate(TerritoryFile, document)
    problems = [*_slug_problems(path, document.path), *faults]
    fiches: tuple[ActionDocument, ...] = ()
    texts: Mapping[str, str] = {}
    if isinstance(document.data, dict):
        shown, themes = site_themes(document, known), _themes(document, known)
        fiches, of_fiches = read_action_files(folder, workspace)
        texts, of_texts = read_texts(document, folder, workspace, shown, themes)
        problems += [*of_fiches, *of_texts]
        problems += _problems_of_file(document, fiches, known, folder)
        problems += _problems_of_folder(document, known, folder, workspace)
        problems += edition_problems(document, folder, workspace, freezing=freezing)
        problems += check_publication(document, folder, workspace, today)
    ordered = _by_place(problems)
    if found is None or any(not problem.warning for problem in ordered):
        return None, ordered
    whole = with_texts(with_action_files(found, fiches), texts)
    return Territory(slug=slug, texts=texts, **dict(whole)), ordered


def _problems_of_file(
    document: Document, fiches: Sequence[ActionDocument], known: KnownNames, folder: Path
) -> Iterator[Problem]:
    """Find what is wrong with what a territory's file, and its fiches, say."""
    own = indicator_ids(folder)
    yield from check_territory(document, known, folder)
    yield from check_plan(document, fiches, known, folder, own)
    yield from check_supply(document, known, (*known.indicators, *own))
    yield from check_voices(document)
    yield from check_colours(document)
    yield from check_page_states(document, site_themes(document, known))
    yield from evaluation_problems(document)
    yield from check_adoption(document)


def _problems_of_folder(
    document: Document, known: KnownNames, folder: Path, workspace: Path
) -> Iterator[Problem]:
    """Find what is wrong with a territory's own data; nothing that they count is kept."""
    themes = _themes(document, known)
    figures, told = read_local_figures(folder, workspace, known, themes)
    yield from told
    yield from _not_shown(document, known, figures)
    yield from _local_problems(document, known, folder, workspace)
    indicators = (*known.indicators, *indicator_ids(folder))
    _, of_surveys = read_surveys(folder, workspace, known, themes, indicators)
    yield from of_surveys


def _themes(document: Document, known: KnownNames) -> tuple[str, ...]:
    return (*known.themes, *own_themes(document))


def _local_problems(
    document: Document, known: KnownNames, folder: Path, workspace: Path
) -> Iterator[Problem]:
    """Find what is wrong with a territory's own tables; what they count is not kept."""
    tables, problems = read_local_tables(folder, workspace, _themes(document, known))
    yield from problems
    shown = site_themes(document, known)
    for table in tables:
        if table.about.theme not in shown:
            path = (folder / TABLES / f"{table.name}.yml").relative_to(workspace)
            message = (
                f"la thématique « {table.about.theme} » n’est pas sur le site : ce tableau n’y "
                "sera pas montré"
            )
            yield Problem(message, Place(path), warning=True)


def _not_shown(
    document: Document, known: KnownNames, files: Sequence[LocalFigures]
) -> Iterator[Problem]:
    """Warn of local indicators whose theme the site lacks."""
    shown = site_themes(document, known)
    for file in files:
        for at, entry in enumerate(file.about.indicators):
            if entry.theme not in shown:
                message = (
                    f"la thématique « {entry.theme} » n’est pas sur le site : « {entry.id} » n’y "
                    "sera pas montré"
                )
                path = ("indicateurs", at, "thematique")
                yield file.document.problem(message, path, warning=True)


def _slug_problems(path: Path, shown: Path) -> tuple[Problem, ...]:
    if path.stem in PORTAL_FOLDERS:
        message = (
            f"« {path.stem} » est le dossier des téléchargements du portail : renommez ce fichier, "
            "son nom sera l’adresse du site"
        )
        return (Problem(message, Place(shown)),)
    if re.fullmatch(SLUG_PATTERN, path.stem):
        return ()
    message = (
        f"« {path.stem} » ne peut pas être l’adresse du site : renommez ce fichier en minuscules "
        "sans accent, chiffres et tirets"
    )
    return (Problem(message, Place(shown)),)


def _by_place(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Order problems as a reader meets them, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place or Place(Path()), str(problem))))
