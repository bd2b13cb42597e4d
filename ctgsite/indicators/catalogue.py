"""The catalogue: YAML files, one a theme, checked as a whole and turned into `Indicator`s.

One more file has the composite views, which draw several indicators together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from ctgsite.config.positions import Document, read_yaml
from ctgsite.config.validation import validate
from ctgsite.errors import ConfigError, Place, Problem
from ctgsite.indicators.checks import catalogue_problems, file_problems
from ctgsite.indicators.entries import FormulaEntry, IndicatorEntry, ThemeFile, ThemesFile
from ctgsite.indicators.model import (
    Direction,
    Form,
    Formula,
    Indicator,
    Kind,
    SignedWording,
    Theme,
    Wording,
)
from ctgsite.indicators.terms import parse_terms
from ctgsite.indicators.view_checks import Names, view_problems
from ctgsite.indicators.view_entries import ViewsFile
from ctgsite.indicators.view_reading import read_view
from ctgsite.indicators.views import View

Model = TypeVar("Model", ThemesFile, ThemeFile, ViewsFile)

EMBEDDED = Path(__file__).parent / "catalogue"
THEMES = "themes.yml"
VIEWS = "vues.yml"

# Sums and published figures stand as they are; everything else is a percentage unless stated.
_UNSCALED = (Kind.SOMME, Kind.PUBLIE)


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

    @property
    def profiles(self) -> Catalogue:
        """The indicators that only views use (ages, deciles), as a catalogue of their own."""
        slots = (slot.indicator for view in self.views.values() for slot in view.slots)
        own = {found.id: found for found in slots if found.id not in self.indicators}
        return Catalogue(MappingProxyType(own), self.themes)


def load_catalogue(
    folder: Path = EMBEDDED, known: Mapping[str, Collection[str]] | None = None
) -> Catalogue:
    """Read and check the catalogue.

    Args:
        folder: holds themes.yml, a file for each theme that has indicators, and perhaps vues.yml.
        known: variables of each dataset; without it, names of sources are taken on trust.

    Raises:
        ConfigError: with every problem of every file.
    """
    problems: list[Problem] = []
    themes = _themes(folder, problems)
    files = dict(_theme_files(folder, problems))
    for slug, (document, found) in files.items():
        problems.extend(file_problems(document, found, slug, themes, known))
    problems.extend(catalogue_problems(files))
    views = None
    if (folder / VIEWS).is_file():
        views = _read(folder / VIEWS, folder, ViewsFile, problems)
    if views is not None:
        entries = (entry for _, found in files.values() for entry in found.indicators)
        problems.extend(view_problems(*views, Names.of(themes, entries, known)))
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.place or Place(folder)))
    ordered = ((slug, files[slug][1]) for slug in themes if slug in files)
    indicators = {
        entry.id: indicator(entry, slug) for slug, found in ordered for entry in found.indicators
    }
    drawn = views[1].views if views else ()
    return Catalogue(
        MappingProxyType(indicators),
        MappingProxyType(themes),
        MappingProxyType({entry.id: read_view(entry, indicators) for entry in drawn}),
    )


def _themes(folder: Path, problems: list[Problem]) -> dict[str, Theme]:
    pair = _read(folder / THEMES, folder, ThemesFile, problems)
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
        if path.name not in (THEMES, VIEWS) and (pair := _read(path, folder, ThemeFile, problems)):
            yield path.stem, pair


def _read(
    path: Path, folder: Path, model: type[Model], problems: list[Problem]
) -> tuple[Document, Model] | None:
    try:
        document = read_yaml(path, folder.parent)
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
        formulas=tuple(map(_formula, entry.formulas)),
        counted=entry.counted,
        limits=entry.limits,
        question=entry.question,
        synonyms=entry.synonyms,
        breaks=tuple((found.year, found.reason) for found in entry.breaks),
        minimum_difference=entry.minimum_difference,
        highlight=entry.highlight,
        ranked=entry.ranked,
        trend_gap=entry.trend_gap,
        events=entry.events,
        group=entry.group,
        absences=tuple(entry.absences.items()),
    )


def _formula(entry: FormulaEntry) -> Formula:
    kind = Kind(entry.kind) if entry.kind else Kind.RAPPORT
    default_scale = 1.0 if kind in _UNSCALED else 100.0
    return Formula(
        dataset=entry.source,
        kind=kind,
        numerator=parse_terms(entry.numerator),
        denominator=parse_terms(entry.denominator),
        scale=default_scale if entry.scale is None else entry.scale,
        years=entry.years,
        period=entry.period,
        levels=entry.levels,
        note=entry.note,
        balance=parse_terms(entry.balance),
    )
