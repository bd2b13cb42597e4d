"""The folder beside a territory's file → its own material, protected before it goes further."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctgsite.config.evaluation_checks import read_editions
from ctgsite.config.loader import FOLDER
from ctgsite.config.local_figures import read_local_figures
from ctgsite.config.local_files import indicator_ids
from ctgsite.config.local_tables import read_local_tables
from ctgsite.config.models import Territory
from ctgsite.config.questionnaires import FOLDER as SURVEYS
from ctgsite.config.survey_files import read_surveys
from ctgsite.errors import ConfigError, Problem
from ctgsite.knowledge import evidence, geography, known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctgsite.diagnostic.local import LocalEvidence
    from ctgsite.diagnostic.material import Material
    from ctgsite.diagnostic.survey_model import SurveyResult
    from ctgsite.sources.local_tables import LocalTable, MaskedCell


def read_material(workspace: Path, territory: Territory, store: Path | None) -> Material:
    """Return what a territory brings besides its file.

    Raises:
        ConfigError: something is wrong with it.
    """
    from ctgsite.diagnostic.material import Material

    tables, masked = _tables(workspace, territory, store)
    local = read_local(workspace, territory, store)
    return Material(
        tables,
        masked,
        local,
        _surveys(workspace, territory, store, local),
        read_editions(workspace / FOLDER / territory.slug, workspace),
    )


def read_local(workspace: Path, territory: Territory, store: Path | None) -> LocalEvidence | None:
    """Return what a territory's own files of figures say, None where it has none.

    Raises:
        ConfigError: something is wrong with them.
    """
    folder = workspace / FOLDER / territory.slug
    files, problems = read_local_figures(folder, workspace, known(store), _themes(territory, store))
    _stop_at_errors(problems)
    if not files:
        return None
    from ctgsite.diagnostic.local import local_evidence

    return local_evidence(territory, files, geography(store))


def _tables(
    workspace: Path, territory: Territory, store: Path | None
) -> tuple[tuple[LocalTable, ...], tuple[MaskedCell, ...]]:
    """Return a territory's own tables, protected, and the counts that they mask."""
    folder = workspace / FOLDER / territory.slug
    counts, problems = read_local_tables(folder, workspace, _themes(territory, store))
    _stop_at_errors(problems)
    if not counts:
        return (), ()
    from ctgsite.sources.protection import protect_all

    return protect_all(counts)


def _surveys(
    workspace: Path, territory: Territory, store: Path | None, local: LocalEvidence | None
) -> tuple[SurveyResult, ...]:
    """Return what may be published of a territory's questionnaires."""
    folder = workspace / FOLDER / territory.slug
    if not (folder / SURVEYS).is_dir():
        return ()
    indicators = (*known(store).indicators, *indicator_ids(folder))
    themes = _themes(territory, store)
    found, problems = read_surveys(folder, workspace, known(store), themes, indicators)
    _stop_at_errors(problems)
    from ctgsite.diagnostic.kept_surveys import kept_results
    from ctgsite.diagnostic.surveys import survey_results

    everything = evidence(store)
    counted = survey_results(
        territory, found, everything.with_local(local) if local else everything
    )
    kept = kept_results(folder, workspace)
    return tuple(sorted((*counted, *kept), key=lambda result: result.published.id))


def _themes(territory: Territory, store: Path | None) -> tuple[str, ...]:
    """Return the themes that a territory's material may belong to: the catalogue's and its own."""
    return (*known(store).themes, *(choice.slug for choice in territory.themes))


def _stop_at_errors(problems: Sequence[Problem]) -> None:
    if any(not problem.warning for problem in problems):
        raise ConfigError(tuple(problems))
