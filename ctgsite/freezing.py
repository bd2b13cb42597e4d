"""A territory as it stands → the file of figures of one adopted edition, written once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ctgsite.beside import read_material
from ctgsite.config.freezing import declaration, edition_id, edition_path, write_edition
from ctgsite.config.frozen import OWN
from ctgsite.config.loader import FOLDER, find_territories, load_territories
from ctgsite.config.models import Territory
from ctgsite.config.reading import read_territory
from ctgsite.errors import ConfigError, Problem
from ctgsite.knowledge import evidence, known


@dataclass(frozen=True, slots=True)
class Frozen:
    """What `freeze` wrote: the file, how much it holds, and the lines that declare it."""

    path: Path
    edition: str
    figures: int
    indicators: int
    cited: int
    declaration: str
    surveys: tuple[Path, ...] = ()  # the files of published results written with it
    problems: tuple[Problem, ...] = ()


def freeze(workspace: Path, slug: str, edition: str | None, store: Path | None) -> Frozen:
    """Keep the figures of a territory as they stand: a file beside it, written once.

    Raises:
        ConfigError: the territory is not whole, or the edition cannot be frozen.
    """
    from ctgsite.diagnostic.build import build_diagnostic
    from ctgsite.diagnostic.kept_surveys import keep_results
    from ctgsite.pages.frozen import frozen_figures

    territory, problems = _territory(workspace, slug, store)
    name = edition_id(edition, territory)
    material = read_material(workspace, territory, store)
    figures = frozen_figures(build_diagnostic(territory, evidence(store), material))
    own = [one for one in figures if one.level == OWN and one.value is not None]
    if not own:
        raise ConfigError(Problem(f"aucun chiffre à figer pour « {slug} »"))
    folder = workspace / FOLDER / slug
    edition_path(folder, name)
    kept = keep_results(material.surveys, folder, workspace)
    return Frozen(
        write_edition(folder, name, figures),
        name,
        surveys=kept,
        figures=len(figures),
        indicators=len({one.indicator for one in own}),
        cited=len({one.indicator for one in own if one.cited}),
        declaration=declaration(territory, name),
        problems=problems,
    )


def _territory(
    workspace: Path, slug: str, store: Path | None
) -> tuple[Territory, tuple[Problem, ...]]:
    """Return a territory, one of whose editions may be declared before it has its figures."""
    path = next((one for one in find_territories(workspace) if one.stem == slug), None)
    if path is None:
        _, problems = load_territories(workspace, (slug,), known(store))
        raise ConfigError(problems)
    territory, problems = read_territory(path, workspace, known(store), freezing=True)
    if territory is None:
        raise ConfigError(problems)
    return territory, problems
