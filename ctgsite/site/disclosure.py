"""The last gate before publication: no file of a site may hold a figure that is masked.

The files are read back as a reader has them, whatever wrote them: a template of the workspace's, a
chart, a download. The gate knows what must not be there, not how it was kept out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ctgsite.errors import Problem
from ctgsite.site.model import Files
from ctgsite.site.withheld import Withheld, search_figures
from ctgsite.sources.local_tables import LocalTable, MaskedCell


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a site must not give: figures withheld by producers, counts masked in its own tables."""

    figures: tuple[Withheld, ...] = ()
    tables: tuple[LocalTable, ...] = ()
    cells: tuple[MaskedCell, ...] = field(default=(), repr=False)


NO_SECRETS = Secrets()


def check_disclosure(files: Files, secrets: Secrets) -> tuple[Problem, ...]:
    """Return a problem for each place of a site that gives a masked figure; none is a warning."""
    found = [*search_figures(files, secrets.figures)]
    if secrets.tables:  # the attack on them needs libraries that take a while to load
        from ctgsite.site.masked_cells import search_cells

        found += search_cells(files, secrets.tables, secrets.cells)
    return tuple(dict.fromkeys(found))
