"""What the pages say of the datasets that figures come from: one card each, with its editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctgsite.diagnostic.model import SourceCard, ThemeDiagnostic
from ctgsite.geography.areas import Area
from ctgsite.indicators.measures import Measure
from ctgsite.sources.descriptions import Description, Descriptions


def source_card(description: Description, vintages: Iterable[str]) -> SourceCard:
    """Return the card of a dataset, with the editions that are shown of it."""
    return SourceCard(
        description.id,
        description.title,
        description.producer,
        description.licence,
        description.page,
        tuple(vintages),
        description.reading_notes,
    )


def source_cards(
    measures: Iterable[tuple[Area, Measure]],
    themes: Iterable[ThemeDiagnostic],
    descriptions: Descriptions,
) -> Iterator[SourceCard]:
    """Yield the datasets that a site's figures come from, with the editions that it shows."""
    vintages: dict[str, set[str]] = {}
    for dataset, vintage in _origins(measures, themes):
        vintages.setdefault(dataset, set()).update(vintage.split(" ; "))
    for dataset, description in descriptions.items():
        if dataset in vintages:
            yield source_card(description, sorted(vintages[dataset]))


def _origins(
    measures: Iterable[tuple[Area, Measure]], themes: Iterable[ThemeDiagnostic]
) -> Iterator[tuple[str, str]]:
    """Yield the dataset and vintage of every figure of the site."""
    for _, measure in measures:
        if measure.value is not None:
            yield measure.dataset, measure.vintage
    quarters = (q for theme in themes for view in theme.views for q in view.quarters)
    for quarter in quarters:
        for figure in quarter.figures:
            if figure.value is not None:
                yield figure.dataset, figure.vintage
