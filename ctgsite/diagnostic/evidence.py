"""All that a diagnostic rests on besides its territory: figures, geography, catalogue, contours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ctgsite.diagnostic.local import LocalEvidence
from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import Geography
from ctgsite.geography.contours import Contours
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.computed import computed_measures
from ctgsite.indicators.distributions import Distributions, embedded_distributions
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.local import foreign_terms
from ctgsite.sources.available import available
from ctgsite.sources.descriptions import Descriptions, load_descriptions
from ctgsite.sources.levels import sum_members
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import concatenate


@dataclass(frozen=True)
class Evidence:
    """What is known of every area; the same for all territories of a run.

    `distributions` tell how wide a spread is; `national` are those of them that were computed from
    all of France, and not from a store that may hold a few communes.
    """

    geography: Geography
    contours: Contours
    catalogue: Catalogue
    figures: Figures
    distributions: Distributions
    national: Distributions
    descriptions: Descriptions
    store: Path | None = None

    def with_group(self, group: Area, communes: Sequence[str]) -> Evidence:
        """Return the same evidence and, besides, the figures of a groupe of communes."""
        parts = available(self.store)
        summed = (sum_members(part, communes, group.level, group.code) for part in parts)
        measures = compute_measures(self.catalogue.with_profiles, summed)
        return replace(self, figures=self.figures.joined(measures))

    def with_local(self, local: LocalEvidence) -> Evidence:
        """Return the same evidence and, besides, what a territory's own files say."""
        if not local.indicators:
            return self
        catalogue = self.catalogue.joined(local.indicators)
        own = replace(self.catalogue, indicators={found.id: found for found in local.indicators})
        read = {term.dataset or "" for term in foreign_terms(local.indicators)}
        parts = [*local.observations, *self._read_by(local, read)]
        return replace(
            self,
            catalogue=catalogue,
            figures=self.figures.beside(compute_measures(own, parts)),
            descriptions={**self.descriptions, **local.descriptions},
        )

    def _read_by(self, local: LocalEvidence, read: Collection[str]) -> Iterator[Observations]:
        """Yield the open data that local indicators read, a groupe's sums with their parts."""
        group = local.area.level is Level.TERRITOIRE
        for part in available(self.store, read) if read else ():
            if not group:
                yield part
                continue
            summed = sum_members(part, local.communes, local.area.level, local.area.code)
            yield Observations(concatenate([part.frame, summed.frame]))

    def observed(self, datasets: Collection[str]) -> Observations:
        """Return what some datasets say of all areas, those that carry no indicator too."""
        parts = [part.frame for part in available(self.store, datasets)]
        return Observations(concatenate(parts))

    def spread(self, finding: Finding) -> float | None:
        """Return the interquartile range of a finding's indicator among areas of its level.

        A groupe of communes is held against the EPCI, as for its peers.
        """
        measure = finding.measure
        if measure.level is Level.TERRITOIRE:
            measure = replace(measure, level=Level.EPCI)
        return self.distributions.interquartile_range(measure)


def read_evidence(
    catalogue: Catalogue, geography: Geography, contours: Contours, store: Path | None
) -> Evidence:
    """Return the figures that come with ctgsite, and before them those of a local store.

    Where both have a figure, the store's stands.
    """
    national = embedded_distributions()
    if store is None:
        measures, spread = compute_measures(catalogue.with_profiles, available(None)), national
    else:
        measures, own = computed_measures(store, catalogue.with_profiles)
        spread = national.completed(own)
    return Evidence(
        geography,
        contours,
        catalogue,
        Figures(measures),
        spread,
        national,
        load_descriptions(),
        store,
    )
