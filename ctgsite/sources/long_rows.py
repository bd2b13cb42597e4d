"""Long files: the year that each row is of, and the category that says what its figures count.

A row is one area in one year, or one area, one year and one category: its year stands in a year's
or a date's column, and its category makes a variable of each of its columns (`column|category`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from rapidfuzz import fuzz, process

from ctgsite.errors import SourceError
from ctgsite.sources.cells import SHOWN, Source, Wanted
from ctgsite.sources.readers import ListReader, TableReader

LINE = "__line__"
YEAR = "__year__"
OF = "|"
DATE = re.compile(r"(?P<year>\d{4})(?:-?(?P<month>0[1-9]|1[0-2])(?:-\d\d(?:[T ].*)?)?)?")


def column_of(reader: TableReader, name: str) -> str:
    """Return the file's column behind a column of the description."""
    if isinstance(reader, ListReader):
        return name.partition(":")[2]
    return name.partition(OF)[0] if reader.category_column else name


def with_years(source: Source, reader: TableReader, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the YEAR that each is of; those of other months are left out.

    Raises:
        SourceError: a cell is no date, or no row is of the month described.
    """
    if not reader.date_column:
        return frame.assign(**{YEAR: frame[reader.year_column].str.strip()})
    texts = frame[reader.date_column].str.strip()
    dates = {text: DATE.fullmatch(text) for text in texts.unique()}
    wrong = texts.map(lambda text: dates[text] is None).astype(bool)
    if wrong.any():
        raise SourceError(
            source.problem(
                f"« {text} » n’est pas une date (colonne « {reader.date_column} »)", line
            )
            for text, line in _first(texts[wrong], frame[LINE][wrong])
        )
    kept = texts.map(lambda text: _is_of_month(reader, dates[text])).astype(bool)
    if not kept.any():
        raise SourceError(source.problem(f"aucune ligne datée du mois {reader.month}"))
    return frame.assign(**{YEAR: texts.str[:4]})[kept]


def _is_of_month(reader: TableReader, date: re.Match[str] | None) -> bool:
    return date is not None and (not reader.month or date["month"] == reader.month)


def by_category(
    source: Source, reader: TableReader, frame: pd.DataFrame, wanted: list[Wanted]
) -> Iterator[tuple[pd.DataFrame, list[Wanted]]]:
    """Yield the rows of each category, and the columns of the file that they fill.

    Raises:
        SourceError: a category is none of those described.
    """
    if not reader.category_column:
        yield frame, wanted
        return
    found = frame[reader.category_column].str.strip()
    _check_known(source, reader, found, frame[LINE])
    names = found.map(dict(reader.categories))
    for category in dict.fromkeys(reader.categories.values()):
        own = [
            replace(item, source=(column_of(reader, item.name),))
            for item in wanted
            if item.name.partition(OF)[2] == category
        ]
        if own:
            yield frame[names.eq(category)], own


def _check_known(
    source: Source, reader: TableReader, found: pd.Series[str], lines: pd.Series[int]
) -> None:
    unknown = ~found.isin(list(reader.categories))
    if not unknown.any():
        return
    problems = []
    for text, line in _first(found[unknown], lines[unknown]):
        nearest = process.extractOne(text, list(reader.categories), scorer=fuzz.ratio)
        problems.append(
            source.problem(
                f"« {text} » n’est pas une valeur connue (colonne « {reader.category_column} ») ; "
                f"la plus proche est « {nearest[0]} »",
                line,
            )
        )
    raise SourceError(problems)


def _first(texts: pd.Series[str], lines: pd.Series[int]) -> list[tuple[str, int]]:
    """Return each text once with the first line where it stands, a handful of them."""
    where = ~texts.duplicated()
    pairs = zip(texts[where].tolist(), lines[where].tolist(), strict=True)
    return [(text, int(line)) for text, line in list(pairs)[:SHOWN]]
