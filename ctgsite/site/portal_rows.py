"""The rows of all sites as one stream, and the CSV files that it is written to as it passes.

Nothing is held but the row in hand: the size of the portal's files does not depend on memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctgsite.pages.banners import FICTITIOUS
from ctgsite.pages.columns import COLUMNS, NAMES, Column
from ctgsite.site.model import SiteCard

SITE = Column("site", "string", "Adresse du diagnostic sur ce portail", 26)
NOTICE = Column("avertissement", "string", "Ce qu’il faut savoir du diagnostic ; souvent vide", 30)
PORTAL_COLUMNS = (SITE, *COLUMNS, NOTICE)
PORTAL_NAMES = (SITE.name, *NAMES, NOTICE.name)
THEME_AT = PORTAL_NAMES.index("theme")

Texts = list[str]


def site_rows(csv_file: Path, card: SiteCard) -> Iterator[Texts]:
    """Yield the rows of one site; none where its file has other columns, of another version."""
    with csv_file.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != list(NAMES):
            return
        notice = notice_of(card)
        for line in lines:
            yield [card.slug, *line, notice]


def notice_of(card: SiteCard) -> str:
    """Return what is said beside each row of a site whose convention is invented, or ""."""
    return FICTITIOUS if card.fictitious else ""


@dataclass
class CsvFiles:
    """One CSV file for all rows, and one for each theme as it appears."""

    folder: Path
    stack: ExitStack
    whole: Any = field(init=False)
    themes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the file of all rows, which exists even without a row."""
        self.whole = self._open("indicateurs")

    def add(self, row: Texts) -> None:
        """Write a row to the whole and to its theme's."""
        theme = row[THEME_AT]
        if theme not in self.themes:
            self.themes[theme] = self._open(f"thematiques/{theme}")
        self.whole.writerow(row)
        self.themes[theme].writerow(row)

    def _open(self, stem: str) -> Any:
        target = self.folder / f"{stem}.csv"
        file = self.stack.enter_context(target.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(PORTAL_NAMES)
        return writer
