"""What a territory brings besides its file, protected: tables, figures, answers and editions."""

from __future__ import annotations

from dataclasses import dataclass, field

from ctgsite.config.frozen import FrozenEdition
from ctgsite.diagnostic.local import LocalEvidence
from ctgsite.diagnostic.survey_model import SurveyResult
from ctgsite.sources.local_tables import LocalTable, MaskedCell


@dataclass(frozen=True, slots=True)
class Material:
    """A territory's own material; `masked` is what its tables must not tell."""

    tables: tuple[LocalTable, ...] = ()
    masked: tuple[MaskedCell, ...] = field(default=(), repr=False)
    local: LocalEvidence | None = None
    surveys: tuple[SurveyResult, ...] = ()
    editions: tuple[FrozenEdition, ...] = ()

    @property
    def published(self) -> tuple[str, ...]:
        """Return what the site may tell of it, as texts that a fingerprint can hold."""
        own = self.local.published if self.local else ""
        return (repr(self.tables), own, repr(self.surveys))


NOTHING = Material()
