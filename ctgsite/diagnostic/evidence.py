"""All that a diagnostic rests on besides its territory: figures, geography, catalogue, contours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area
from ctgsite.geography.cog import Geography
from ctgsite.geography.contours import Contours
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.distributions import (
    Distributions,
    distributions,
    embedded_distributions,
)
from ctgsite.indicators.figures import Figures
from ctgsite.sources.descriptions import Description, load_descriptions
from ctgsite.sources.embedded import embedded_observations
from ctgsite.sources.levels import sum_members
from ctgsite.sources.observations import Observations
from ctgsite.sources.store import over, read_store


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
    descriptions: Mapping[str, Description]
    observations: Observations

    def with_group(self, group: Area, communes: Sequence[str]) -> Evidence:
        """Return the same evidence and, besides, the figures of a groupe of communes."""
        summed = sum_members(self.observations, communes, group.level, group.code)
        measures = compute_measures(self.catalogue, summed)
        profiles = compute_measures(self.catalogue.profiles, summed)
        return replace(self, figures=self.figures.joined(measures).joined(profiles))

    def spread(self, finding: Finding) -> float | None:
        """Return the interquartile range of a finding's indicator among areas of its level."""
        return self.distributions.interquartile_range(finding.measure)


def read_evidence(
    catalogue: Catalogue, geography: Geography, contours: Contours, store: Path | None
) -> Evidence:
    """Return the figures that come with ctgsite, and before them those of a local store.

    Where both have a figure, the store's stands.
    """
    observations = embedded_observations()
    if store is not None:
        observations = over(observations, read_store(store))
    measures = compute_measures(catalogue, observations)
    national = embedded_distributions()
    return Evidence(
        geography,
        contours,
        catalogue,
        Figures(measures).joined(compute_measures(catalogue.profiles, observations)),
        national if store is None else national.completed(distributions(measures)),
        national,
        load_descriptions(),
        observations,
    )
