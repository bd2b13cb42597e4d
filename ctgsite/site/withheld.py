"""Searches a finished site for figures that a producer withholds, or that do not exist.

Every row of a download, every cell of a table and every point of a chart is read for what it is
about: an indicator, an area, a year. One that is about a withheld figure must hold no number.
Whatever number came along with such a figure is searched for in the texts as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.errors import Problem
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.measures import Measure
from ctgsite.pages.french import typographic
from ctgsite.pages.sentences import gap, label, period_of
from ctgsite.site.model import Files
from ctgsite.site.points import labelled_points
from ctgsite.site.published import (
    Figure,
    Grid,
    figures,
    file_rows,
    normal,
    numbers,
    passages,
    tables,
)

_MASKED = ("secret", "absent", "non_agregeable")
_NUMBERS = ("valeur", "numerateur", "denominateur")
_KEY = ("indicateur", "code", "annee")
_SILENT = ("annee", "année", "statut")  # columns whose digits are no figures
_DATED = re.compile(r"^(.*) \(([^()]*)\)$")
_YEAR = re.compile(r"\d{4}(?: à \d{4})?$")
_DIGIT = re.compile(r"\d")

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that a site must not give, under every name that its pages may call it by."""

    key: Key
    about: str
    places: tuple[Key, ...]  # (indicator's label, area's name, year), normalised
    told: str  # what its producer says in its stead
    hidden: tuple[float, ...] = field(default=(), repr=False)


def withheld_figures(diagnostic: Diagnostic) -> tuple[Withheld, ...]:
    """Return the figures of a site that have none to show."""
    labels = {
        f.indicator.id: f.indicator.label
        for theme in (*diagnostic.themes, *(t for m in diagnostic.members for t in m.themes))
        for f in (*theme.findings, *theme.missing)
    }
    known = [pair for pair in diagnostic.measures if pair[1].indicator in labels]
    shown = [pair for pair in known if pair[1].status.has_value and pair[1].value is not None]
    keys = {_key(area, measure) for area, measure in shown}
    places = {
        place
        for area, measure in shown
        for place in _places(area, measure, labels[measure.indicator], diagnostic)
    }
    return tuple(
        _withheld(area, measure, labels[measure.indicator], diagnostic, places)
        for area, measure in known
        if measure.value is None or not measure.status.has_value
        if _key(area, measure) not in keys
    )


def _withheld(
    area: Area, measure: Measure, name: str, diagnostic: Diagnostic, shown: set[Key]
) -> Withheld:
    found = _places(area, measure, name, diagnostic)
    carried = (measure.value, measure.numerator, measure.denominator)
    return Withheld(
        _key(area, measure),
        f"« {name} », {area.name}, {measure.year}",
        tuple(place for place in found if place not in shown),
        normal(gap(measure)),
        tuple(number for number in carried if number is not None),
    )


def _key(area: Area, measure: Measure) -> Key:
    return (measure.indicator, area.code, measure.year)


def _places(area: Area, measure: Measure, name: str, diagnostic: Diagnostic) -> list[Key]:
    """Return what a table or a chart may call a figure by."""
    names = [area.name, label(area)]
    if area.code == diagnostic.area.code and area.level in (
        diagnostic.area.level,
        Level.TERRITOIRE,
    ):
        names.append(diagnostic.territory.name)
    years = (measure.year, period_of(measure))
    shown = normal(typographic(name))  # as pages write it: "pour 1 000" has a narrow space
    return [
        (shown, normal(one), normal(year))
        for one in dict.fromkeys(names)
        for year in dict.fromkeys(years)
    ]


def search_figures(files: Files, withheld: Iterable[Withheld]) -> Iterator[Problem]:
    """Yield each place of a site that gives a withheld figure."""
    found = tuple(withheld)
    places = {place: item for item in found for place in item.places}
    labels = {name for name, _, _ in places}
    keys = {item.key: item for item in found}
    carrying = [item for item in found if item.hidden]
    for path, content in files.items():
        if path.endswith((".csv", ".xlsx", ".json")):
            for rows in file_rows(path, content):
                yield from _rows(path, rows, keys)
        elif path.endswith(".html") and found:
            page = content.decode()
            about = [item for grid in tables(page) for item in _cells(grid, places, labels)]
            about += [item for shown in figures(page) for item in _points(shown, places, labels)]
            about += [item for item in carrying if _is_told(page, item)]
            for item in dict.fromkeys(about):
                yield _leak(path, item.about)


def _leak(path: str, about: str) -> Problem:
    return Problem(f"« {path} » donne un chiffre qui ne doit pas paraître : {about}")


def _rows(path: str, rows: list[list[str]], keys: dict[Key, Withheld]) -> Iterator[Problem]:
    """Check a file whose rows are measures; others have no such columns."""
    header = {name: at for at, name in enumerate(rows[0])} if rows else {}
    if not header.keys() >= set(_KEY):
        return
    numeric = [header[name] for name in _NUMBERS if name in header]
    status = header.get("statut")
    for row in rows[1:]:
        key = (row[header["indicateur"]], row[header["code"]], row[header["annee"]])
        masked = key in keys or (status is not None and row[status] in _MASKED)
        if masked and any(row[at] for at in numeric):
            yield _leak(path, keys[key].about if key in keys else ", ".join(key))


def _cells(grid: Grid, places: dict[Key, Withheld], labels: set[str]) -> Iterator[Withheld]:
    """Yield what a table gives and should not: indicators may be its caption, rows or columns."""
    caption, caption_year = _dated(grid.caption, labels)
    columns = [_dated(column, labels) for column in grid.columns]
    at_year = next((at for at, name in enumerate(grid.columns) if name in _SILENT[:2]), None)
    across = any(name in labels for name, _ in columns)
    for row in grid.rows:
        if not (caption in labels or across or (row and row[0] in labels)):
            continue
        year = row[at_year] if at_year is not None and at_year < len(row) else caption_year
        for at, cell in enumerate(row[1:], 1):
            if at >= len(columns) or grid.columns[at] in _SILENT or not _DIGIT.search(cell):
                continue
            own = _DATED.match(cell)
            dated = own[2] if own and _YEAR.fullmatch(own[2]) else year
            name, column_year = columns[at]
            for key in (
                (caption, row[0], dated),
                (name, row[0], column_year),
                (row[0], grid.columns[at], dated),
            ):
                item = places.get(key)
                if item and cell != item.told:
                    yield item


def _dated(text: str, labels: set[str]) -> tuple[str, str]:
    """Return the indicator and the year of a caption or a column's head."""
    if text in labels:
        return text, ""
    if match := _DATED.match(text):
        return match[1], match[2]
    head, _, rest = text.rpartition(", ")
    if head in labels:
        return head, rest.partition(" : ")[0]
    year = _YEAR.search(text)
    return text, year[0] if year else ""


def _points(shown: Figure, places: dict[Key, Withheld], labels: set[str]) -> Iterator[Withheld]:
    """Yield what a chart gives and should not; its table says of which area and year it is."""
    name = max((name for name in labels if name in shown.name), key=len, default=None)
    if name is None or shown.table is None or not shown.table.rows:
        return
    own = shown.table.rows[0][0]
    for point in labelled_points(shown.chart):
        head, _, figure = point.partition(" : ")
        if not _DIGIT.search(figure):
            continue
        keys = [(name, head, year) for year in _years(shown.table, head, name, labels)]
        found = [places.get(key) for key in keys] or [None]
        for item in (places.get((name, own, head)), found[0] if all(found) else None):
            if item and figure != item.told:
                yield item


def _years(grid: Grid, area: str, name: str, labels: set[str]) -> list[str]:
    """Return the years of which a figure shows an area: its rows', else its columns' or its own."""
    at_year = next((at for at, column in enumerate(grid.columns) if column in _SILENT[:2]), None)
    if at_year is not None:
        return [row[at_year] for row in grid.rows if row[0] == area and at_year < len(row)]
    dated = [_dated(text, labels) for text in (*grid.columns, grid.caption)]
    return [year for label, year in dated if label == name and year]


def _is_told(page: str, item: Withheld) -> bool:
    """Whether a page writes a number of a withheld figure beside the area's name."""
    names = {name for _, name, _ in item.places}
    forms = {form for number in item.hidden for form in written(number)}
    return any(
        name in text and forms.intersection(numbers(text.replace(name, " ")))
        for text in (
            *passages(page),
            *(" ".join(row) for grid in tables(page) for row in grid.rows),
        )
        for name in names
    )


def written(number: float) -> set[str]:
    """Return the ways to write a number, rounded or not, with a decimal point."""
    forms = {f"{number:.{digits}f}" for digits in range(4)} | {repr(float(number))}
    return forms - {"0"} if number else forms
