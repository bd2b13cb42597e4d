"""What a territory's own files say: indicators, descriptions and figures, as they may be published.

Joined to the evidence that all territories share, they stand on pages as any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ctgsite.config.local_figures import LocalFigures
from ctgsite.config.models import Territory
from ctgsite.diagnostic.benchmarks import coverage_of
from ctgsite.errors import ConfigError, CtgsiteError, Problem
from ctgsite.geography.areas import Area
from ctgsite.geography.cog import Geography
from ctgsite.indicators.local import local_indicators, published_sums
from ctgsite.indicators.model import Indicator
from ctgsite.sources.descriptions import Description, Descriptions, load_descriptions
from ctgsite.sources.local_figures import described, observe_local
from ctgsite.sources.observations import Observations


@dataclass(frozen=True)
class LocalEvidence:
    """The files of one territory: `area` and its `communes`."""

    area: Area
    communes: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    descriptions: Mapping[str, Description]
    observations: tuple[Observations, ...]

    @property
    def published(self) -> str:
        """All that a site shows of the files, as one text: no masked count is in it."""
        rows = (part.frame.to_csv(index=False) for part in self.observations)
        return "\n".join((repr(self.indicators), repr(self.descriptions), *rows))


def local_evidence(
    territory: Territory, files: Sequence[LocalFigures], geography: Geography
) -> LocalEvidence:
    """Return what a territory's own files say.

    Raises:
        ConfigError: with everything wrong with them.
    """
    coverage = coverage_of(territory, geography)
    own = {found.id: found for found in map(described, files)}
    datasets: Descriptions = {**load_descriptions(), **own}
    indicators: list[Indicator] = []
    observations: list[Observations] = []
    problems: list[Problem] = []
    for file in files:
        try:
            indicators += local_indicators(file, coverage.area.level, datasets)
            sums = published_sums(file)
            found = observe_local(file, sums, coverage.area, coverage.communes, geography)
            observations.append(found.observations)
        except CtgsiteError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return LocalEvidence(
        coverage.area, coverage.communes, tuple(indicators), own, tuple(observations)
    )
