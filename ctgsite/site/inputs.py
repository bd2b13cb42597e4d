"""What a site depends on besides its figures: files, theme, programs, and the date it states."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from ctgsite.config.loader import FOLDER
from ctgsite.config.local_files import FOLDER as TABLES
from ctgsite.config.models import Territory
from ctgsite.config.questionnaires import FOLDER as SURVEYS
from ctgsite.diagnostic.plan import place_actions
from ctgsite.errors import Problem, PublicationError
from ctgsite.pages.model import Asset
from ctgsite.site import fingerprint
from ctgsite.site.model import Engine
from ctgsite.site.resources import Resources

EPOCH = "SOURCE_DATE_EPOCH"
STORED = ("store.json", "geographie.json.gz", "contours.json.gz")
PROGRAMS = ("ctgsite", "mkdocs", "mkdocs-material")
PACKAGE = Path(__file__).parents[1]
THEME = ("assets", "overrides", "scripts", "styles")  # folders of `docs_templates`, pages apart


def inputs_key(
    workspace: Path,
    slug: str,
    store: Path | None,
    resources: Resources,
    engine: Engine,
    local: tuple[str, ...] = (),
) -> str:
    """Return the fingerprint of everything that a site is made from, read without pandas.

    A territory's own data count as they are published (`local`): this key stands in `site.json`,
    and one of the counts as collected would let whoever has all else try each masked value.
    """
    folder = workspace / FOLDER
    own = (folder / f"{slug}.yml", folder / f"{slug}.yaml", *_beside_tables(folder / slug))
    stored = (store / name for name in STORED) if store else ()
    files = (*own, *stored, *resources.templates, PACKAGE)
    return fingerprint.of_files(files, made_with(resources, engine), _epoch(), *local)


def _beside_tables(folder: Path) -> Iterator[Path]:
    """Yield all that a territory's folder holds besides its tables and its surveys' answers."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name == SURVEYS:
            yield from sorted(path.glob("*.yml"))
        elif path.name != TABLES:
            yield path


def made_with(resources: Resources, engine: Engine) -> str:
    """Return the fingerprint of what turns pages into a site: theme, libraries, programs."""
    themes = (root / name for root in resources.templates for name in THEME)
    libraries = (*resources.vendor.values(), *resources.fonts.values())
    files = (resources.mkdocs_yml, *libraries, PACKAGE / "site", *themes)
    return fingerprint.of_files(files, *map(version, PROGRAMS), engine)


def images(workspace: Path, territory: Territory) -> Iterator[Asset]:
    """Yield the images that a territory may publish, where its texts name them: `images/…`."""
    folder = workspace / FOLDER / territory.slug
    for name in territory.published_images:
        yield Asset(PurePosixPath(name), (folder / name).read_bytes())


def annexes(workspace: Path, territory: Territory) -> Iterator[Asset]:
    """Yield the documents that a territory's fiches join, each once: `annexes/…`."""
    folder = workspace / FOLDER / territory.slug
    placed = (place.action.annexes for place in place_actions(territory))
    for name in sorted({str(annex.file) for joined in placed for annex in joined}):
        yield Asset(PurePosixPath(name), (folder / name).read_bytes())


def check_stated_date() -> None:
    """Refuse a SOURCE_DATE_EPOCH that is no date; an empty one is none, for the engine too.

    Raises:
        PublicationError: it is not a number of seconds.
    """
    if not _epoch():
        os.environ.pop(EPOCH, None)
    elif not _epoch().isdecimal():
        message = f"{EPOCH} vaut « {_epoch()} » : un nombre de secondes était attendu"
        raise PublicationError(Problem(message))


def stated_date() -> date | None:
    """Return the date of the last update, where SOURCE_DATE_EPOCH states one."""
    return datetime.fromtimestamp(int(_epoch()), UTC).date() if _epoch() else None


def day_of_build() -> date:
    """Return the day on which a site is built: SOURCE_DATE_EPOCH's, or today."""
    return stated_date() or datetime.now().astimezone().date()


def day_of_files(year: int) -> datetime:
    """Return the date that files bear: SOURCE_DATE_EPOCH's, or the first day of a year."""
    if _epoch():
        return datetime.fromtimestamp(int(_epoch()), UTC)
    return datetime(year, 1, 1, tzinfo=UTC)


def _epoch() -> str:
    return os.environ.get(EPOCH, "").strip()
