"""Territory files → validated territories: finds them, reads them, tells every problem at once."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ctgsite.config.checks import check_territory, own_themes, site_themes
from ctgsite.config.evaluation_checks import edition_problems, evaluation_problems
from ctgsite.config.fiches import ActionDocument, read_action_files, with_action_files
from ctgsite.config.fields import SLUG_PATTERN
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
from ctgsite.config.spelling import suggestion
from ctgsite.config.supply_checks import check_supply
from ctgsite.config.survey_files import read_surveys
from ctgsite.config.texts import read_texts, with_texts
from ctgsite.config.validation import validate
from ctgsite.config.voices_checks import check_voices
from ctgsite.errors import ConfigError, Place, Problem

FOLDER = "territories"
_SUFFIXES = (".yml", ".yaml")


def find_territories(workspace: Path) -> tuple[Path, ...]:
    """Return the territory files of a workspace, by slug."""
    folder = workspace / FOLDER
    files = (path for path in folder.glob("*") if path.suffix in _SUFFIXES and path.is_file())
    return tuple(sorted(files))


def load_territory(path: Path, workspace: Path, known: KnownNames) -> Territory:
    """Read one territory's file.

    Raises:
        ConfigError: with every problem of the file (and its warnings, if anything is wrong).
    """
    territory, problems = read_territory(path, workspace, known)
    if territory is None:
        raise ConfigError(problems)
    return territory


def read_territory(
    path: Path,
    workspace: Path,
    known: KnownNames,
    today: datetime.date | None = None,
    *,
    freezing: bool = False,
) -> tuple[Territory | None, tuple[Problem, ...]]:
    """Return a territory, when its file has no error, and everything to say about the file.

    `today` is the day on which permissions must hold; without it their dates are not checked.
    While `freezing`, an edition may be declared before it has its figures.
    """
    try:
        document = read_yaml(path, workspace)
    except ConfigError as error:
        return None, error.problems
    slug = path.stem
    found, faults = validate(TerritoryFile, document)
    actions: tuple[ActionDocument, ...] = ()
    folder = workspace / FOLDER / slug
    problems = (*_slug_problems(path, document.path), *faults)
    texts: Mapping[str, str] = {}
    if isinstance(document.data, dict):
        themes = (*known.themes, *own_themes(document))
        figures, told = read_local_figures(folder, workspace, known, themes)
        own = indicator_ids(folder)
        actions, faults_of_actions = read_action_files(folder, workspace)
        problems = (*problems, *check_territory(document, known, folder), *faults_of_actions)
        problems = (*problems, *check_plan(document, actions, known, folder, own))
        problems = (*problems, *check_supply(document, known, (*known.indicators, *own)))
        problems = (*problems, *check_voices(document))
        problems = (*problems, *check_page_states(document, site_themes(document, known)))
        problems = (*problems, *told, *_not_shown(document, known, figures))
        problems = (*problems, *_local_problems(document, known, folder, workspace))
        problems = (*problems, *evaluation_problems(document))
        problems = (*problems, *edition_problems(document, folder, workspace, freezing=freezing))
        shown = site_themes(document, known)
        texts, told = read_texts(document, folder, workspace, shown, themes)
        problems = (*problems, *told, *check_publication(document, folder, workspace, today))
        indicators = (*known.indicators, *own)
        problems = (*problems, *read_surveys(folder, workspace, known, themes, indicators)[1])
    ordered = _by_place(problems)
    if found is None or any(not problem.warning for problem in ordered):
        return None, ordered
    whole = with_texts(with_action_files(found, actions), texts)
    return Territory(slug=slug, texts=texts, **dict(whole)), ordered


def load_territories(
    workspace: Path,
    slugs: Sequence[str],
    known: KnownNames,
    today: datetime.date | None = None,
) -> tuple[tuple[Territory, ...], tuple[Problem, ...]]:
    """Return the territories that can be built, all or those asked for, and all problems found.

    A broken file never stops the others. `today` is the day on which permissions must hold.
    """
    files: dict[str, list[Path]] = defaultdict(list)
    for path in find_territories(workspace):
        files[path.stem].append(path)
    problems: list[Problem] = []
    if not files:
        message = "aucun territoire ici : « ctgsite new CODE » en crée un"
        problems.append(Problem(message, Place(Path(FOLDER))))
        return (), tuple(problems)
    territories = []
    for slug in dict.fromkeys(slugs) if slugs else sorted(files):
        if slug not in files:
            hint = suggestion(slug, files)
            problems.append(Problem(f"aucun territoire « {slug} »{hint}", Place(Path(FOLDER))))
            continue
        first, *others = files[slug]
        for other in others:
            message = f"{first.name} et {other.name} ont le même slug « {slug} » : gardez-en un"
            problems.append(Problem(message, Place(other.relative_to(workspace))))
        territory, found = read_territory(first, workspace, known, today)
        problems.extend(found)
        if territory is not None and not others:
            territories.append(territory)
    return tuple(territories), tuple(problems)


def _local_problems(
    document: Document, known: KnownNames, folder: Path, workspace: Path
) -> Iterator[Problem]:
    """Find what is wrong with a territory's own tables; what they count is not kept."""
    themes = (*known.themes, *own_themes(document))
    tables, problems = read_local_tables(folder, workspace, themes)
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
