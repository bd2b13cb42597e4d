"""What a file read again changes in the figures that it gave before: told before they are replaced.

A producer corrects a few figures and adds a year; it does not lose a tenth of its areas or move a
tenth of its figures. A file that does is held back until somebody has looked at it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ctgsite.errors import Place, Problem
from ctgsite.sources.cells import SHOWN, Source
from ctgsite.sources.columns import packed_keys
from ctgsite.sources.findings import number_told
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import concatenate

LARGE = 0.1  # a figure moves when it differs by more than this share of its former value
TOLERATED = 0.1  # share of areas lost, or of figures moved or lost, above which a file is held back


@dataclass(frozen=True, slots=True)
class Change:
    """The figures of a file before and after, counted."""

    before: int  # figures with a value
    after: int
    added: tuple[str, ...]  # areas that had no row
    lost: tuple[str, ...]  # areas that have none any more
    gone: int  # figures that have no value any more
    moved: int  # figures that differ by more than LARGE
    differing: int  # figures that differ at all
    areas: int  # areas before

    @property
    def none(self) -> bool:
        """Whether the file says what it said before."""
        return not (self.added or self.lost or self.gone or self.differing) and (
            self.before == self.after
        )

    @property
    def alarming(self) -> bool:
        """Whether more changed than a producer's corrections explain."""
        unsettled = self.moved + self.gone > TOLERATED * self.before
        return unsettled or len(self.lost) > TOLERATED * self.areas


def compare(former: Observations, latter: Observations) -> Change:
    """Return what changed between two readings of one file."""
    frame = concatenate([former.frame, latter.frame])
    keys, values = packed_keys(frame), frame["value"].to_numpy()
    length = len(former.frame)
    now = np.full(length, np.nan)
    _, old, new = np.intersect1d(keys[:length], keys[length:], return_indices=True)
    now[old] = values[length:][new]
    before, after = values[:length], values[length:]
    known = ~np.isnan(before)
    gap, least = np.abs(now - before)[known], LARGE * np.abs(before[known])
    areas = [set(found.frame["code"].astype(str).unique()) for found in (former, latter)]
    return Change(
        before=int(known.sum()),
        after=int(np.count_nonzero(~np.isnan(after))),
        added=tuple(sorted(areas[1] - areas[0])),
        lost=tuple(sorted(areas[0] - areas[1])),
        gone=int(np.isnan(gap).sum()),
        moved=int((gap > least).sum()),
        differing=int((gap > 0).sum()),
        areas=len(areas[0]),
    )


def change_told(change: Change) -> str:
    """Say what changes: figures, areas and values."""
    parts = [f"{number_told(change.before)} chiffres avant, {number_told(change.after)} maintenant"]
    for areas, said in ((change.added, "apparus"), (change.lost, "disparus")):
        if areas:
            more = "…" if len(areas) > SHOWN else ""
            shown = ", ".join(areas[:SHOWN])
            parts.append(f"codes {said} : {number_told(len(areas))} ({shown}{more})")
    if change.gone:
        parts.append(f"valeurs qui ne sont plus publiées : {number_told(change.gone)}")
    if change.differing:
        parts.append(
            f"valeurs différentes : {number_told(change.differing)}, dont "
            f"{number_told(change.moved)} de plus de {number_told(LARGE * 100)} %"
        )
    return " ; ".join(parts)


def held_back(source: Source, change: Change) -> Problem | None:
    """Return the refusal of a file that changes too much, None where it may be taken."""
    if not change.alarming:
        return None
    return Problem(
        f"{source.description.id} : trop de chiffres changent, rien n’est remplacé "
        f"({change_told(change)}) ; vérifiez chez le producteur, puis relancez avec --force pour "
        "les accepter",
        Place(source.path),
    )
