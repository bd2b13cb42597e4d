"""Territory files → validated territories: finds them, and tells every problem at once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ctgsite.config.known import KnownNames
from ctgsite.config.models import Territory
from ctgsite.config.reading import FOLDER, read_territory
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Place, Problem

_SUFFIXES = (".yml", ".yaml")

__all__ = ["FOLDER", "find_territories", "load_territories"]


def find_territories(workspace: Path) -> tuple[Path, ...]:
    """Return the territory files of a workspace, by slug."""
    folder = workspace / FOLDER
    files = (path for path in folder.glob("*") if path.suffix in _SUFFIXES and path.is_file())
    return tuple(sorted(files))


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
