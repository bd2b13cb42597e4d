"""The catalogue: YAML files, one a theme, checked as a whole and turned into `Indicator`s.

One more file has the composite views, which draw several indicators together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
from ctgsite.indicators.view_checks import Names, view_problems
from ctgsite.indicators.view_entries import ViewsFile
from ctgsite.indicators.view_reading import read_view
from ctgsite.indicators.views import View
from ctgsite.sources.descriptions import Descriptions, load_descriptions

Model = TypeVar("Model", ThemesFile, ThemeFile, ViewsFile)

EMBEDDED = Path(__file__).parent / "catalogue"
THEMES = "themes.yml"
VIEWS = "vues.yml"


@dataclass(frozen=True)
class Catalogue:
    """Every indicator, theme and composite view, each in display order."""

    indicators: Mapping[str, Indicator]
    themes: Mapping[str, Theme]
    views: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))

    def of_theme(self, slug: str) -> tuple[Indicator, ...]:
        """Return the indicators of a theme, in display order."""
        return tuple(found for found in self.indicators.values() if found.theme == slug)

    def views_of(self, slug: str) -> tuple[View, ...]:
        """Return the composite views of a theme, in display order."""
        return tuple(found for found in self.views.values() if found.theme == slug)

    def joined(self, others: Iterable[Indicator]) -> Catalogue:
        """Return the same catalogue and other indicators, after those of their theme."""
        more = {found.id: found for found in others}
        return replace(self, indicators=MappingProxyType({**self.indicators, **more}))

    @property
    def with_profiles(self) -> Catalogue:
        """The same catalogue and, besides, the indicators that only views use: ages, deciles."""
        slots = (slot.indicator for view in self.views.values() for slot in view.slots)
        own = {found.id: found for found in slots}
        return replace(self, indicators=MappingProxyType({**own, **self.indicators}))


def load_catalogue(folder: Path = EMBEDDED, datasets: Descriptions | None = None) -> Catalogue:
    """Read and check the catalogue.

    Args:
        folder: holds themes.yml, a file for each theme that has indicators, and perhaps vues.yml.
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
    views = None
    if (folder / VIEWS).is_file():
        views = _read(folder / VIEWS, ViewsFile, problems)
    if views is not None:
        written = (entry for _, found in files.values() for entry in found.indicators)
        problems.extend(view_problems(*views, Names.of(themes, written, _variables(datasets))))
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.place or Place(folder)))
    ordered = ((slug, files[slug][1]) for slug in themes if slug in files)
    entries = [(slug, entry) for slug, found in ordered for entry in found.indicators]
    indicators = {
        name: described(found, datasets or load_descriptions())
        for name, found in _indicators(entries).items()
    }
    drawn = views[1].views if views else ()
    return Catalogue(
        MappingProxyType(indicators),
        MappingProxyType(themes),
        MappingProxyType({entry.id: read_view(entry, indicators) for entry in drawn}),
    )


def _variables(datasets: Descriptions | None) -> dict[str, tuple[str, ...]] | None:
    if datasets is None:
        return None
    return {name: tuple(found.variables) for name, found in datasets.items()}


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
        entry.slug: Theme(entry.slug, entry.title, entry.question, entry.intro, entry.synonyms)
        for entry in pair[1].themes
    }


def _theme_files(
    folder: Path, problems: list[Problem]
) -> Iterator[tuple[str, tuple[Document, ThemeFile]]]:
    for path in sorted(folder.glob("*.yml")):
        if path.name not in (THEMES, VIEWS) and (pair := _read(path, ThemeFile, problems)):
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
