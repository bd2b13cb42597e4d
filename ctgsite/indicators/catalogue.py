"""The catalogue: YAML files, one a theme, checked as a whole and turned into `Indicator`s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from ctgsite.config.positions import Document, read_yaml
from ctgsite.config.validation import validate
from ctgsite.errors import ConfigError, Place, Problem
from ctgsite.indicators.checks import catalogue_problems
from ctgsite.indicators.citations import described
from ctgsite.indicators.entries import IndicatorEntry, ThemeFile, ThemesFile
from ctgsite.indicators.formulas import read_formula, resolved
from ctgsite.indicators.likeness import Descriptions
from ctgsite.indicators.model import (
    OFFICIAL_LEVELS,
    Direction,
    Form,
    Indicator,
    SignedWording,
    Theme,
    Wording,
)
from ctgsite.indicators.order import added_by, in_order
from ctgsite.indicators.usage import usage_problems
from ctgsite.sources.descriptions import load_descriptions

Model = TypeVar("Model", ThemesFile, ThemeFile)

EMBEDDED = Path(__file__).parent / "catalogue"
THEMES = "themes.yml"


@dataclass(frozen=True)
class Catalogue:
    """Every indicator and every theme, each in display order."""

    indicators: Mapping[str, Indicator]
    themes: Mapping[str, Theme]

    def of_theme(self, slug: str) -> tuple[Indicator, ...]:
        """Return the indicators of a theme, in display order."""
        return tuple(found for found in self.indicators.values() if found.theme == slug)


def load_catalogue(folder: Path = EMBEDDED, datasets: Descriptions | None = None) -> Catalogue:
    """Read and check the catalogue.

    Args:
        folder: holds themes.yml and a file for each theme that has indicators.
        datasets: their descriptions; without them, names of sources are taken on trust.

    Raises:
        ConfigError: with every problem of every file.
    """
    problems: list[Problem] = []
    themes = _themes(folder, problems)
    files = dict(_theme_files(folder, problems))
    problems.extend(catalogue_problems(files, themes, datasets))
    for document, found in files.values():
        problems.extend(usage_problems(document, found))
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.place or Place(folder)))
    ordered = ((slug, files[slug][1]) for slug in themes if slug in files)
    entries = [(slug, entry) for slug, found in ordered for entry in found.indicators]
    indicators = {
        name: described(found, datasets or load_descriptions())
        for name, found in _indicators(entries).items()
    }
    return Catalogue(MappingProxyType(indicators), MappingProxyType(themes))


def _indicators(entries: Iterable[tuple[str, IndicatorEntry]]) -> dict[str, Indicator]:
    """Turn checked entries into indicators, those that a sum adds before it."""
    written = {entry.id: indicator(entry, slug) for slug, entry in entries}
    found: dict[str, Indicator] = {}
    for name in in_order({name: added_by(one.formulas) for name, one in written.items()}):
        formulas = tuple(resolved(formula, found) for formula in written[name].formulas)
        found[name] = replace(written[name], formulas=formulas)
    return {name: found[name] for name in written}


def _themes(folder: Path, problems: list[Problem]) -> dict[str, Theme]:
    pair = _read(folder / THEMES, ThemesFile, problems)
    if pair is None:
        return {}
    return {
        entry.slug: Theme(entry.slug, entry.title, entry.question, entry.intro)
        for entry in pair[1].themes
    }


def _theme_files(
    folder: Path, problems: list[Problem]
) -> Iterator[tuple[str, tuple[Document, ThemeFile]]]:
    for path in sorted(folder.glob("*.yml")):
        if path.name != THEMES and (pair := _read(path, ThemeFile, problems)):
            yield path.stem, pair


def _read(path: Path, model: type[Model], problems: list[Problem]) -> tuple[Document, Model] | None:
    try:
        document = read_yaml(path)
    except ConfigError as error:
        problems.extend(error.problems)
        return None
    found, faults = validate(model, document)
    problems.extend(faults)
    return None if found is None else (document, found)


def indicator(entry: IndicatorEntry, theme: str) -> Indicator:
    """Turn a checked entry into an `Indicator`."""
    finding = entry.finding
    signed = SignedWording(**entry.signed.model_dump()) if entry.signed else None
    return Indicator(
        id=entry.id,
        label=entry.label,
        theme=theme,
        definition=entry.definition,
        unit=entry.unit,
        direction=Direction(entry.direction),
        precision=entry.precision,
        caution_threshold=entry.caution_threshold,
        form=Form(entry.form),
        wording=Wording(
            entry.reading, finding.more, finding.less, finding.close, finding.plain, signed
        ),
        formulas=tuple(map(read_formula, entry.formulas)),
        counted=entry.counted,
        limits=entry.limits,
        question=entry.question,
        synonyms=entry.synonyms,
        minimum_difference=entry.minimum_difference,
        highlight=entry.highlight,
        ranked=entry.ranked,
        trend_gap=entry.trend_gap,
        events=entry.events,
        group=entry.group,
        absences=tuple(entry.absences.items()),
        levels=tuple(level for level in OFFICIAL_LEVELS if level in entry.levels),
    )
