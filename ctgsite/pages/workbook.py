"""The rows of a site as a spreadsheet, the same bytes for the same rows and date."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter


def workbook(
    rows: Sequence[Mapping[str, str | float | None]],
    names: Sequence[str],
    numbers: set[str],
    created: datetime,
) -> bytes:
    """Return an .xlsx of one sheet with a frozen header and filters.

    Args:
        rows: the lines, by column name.
        names: the columns, in order.
        numbers: the columns whose cells are numbers; all others stay text, codes above all.
        created: the date that the file states.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": created.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("indicateurs")
    sheet.write_row(0, 0, names, bold)
    for line, row in enumerate(rows, start=1):
        for column, name in enumerate(names):
            value = row[name]
            if value is None or value == "":
                continue
            if name in numbers:
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, str(value))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
    sheet.set_column(0, 1, 34)
    sheet.set_column(2, len(names) - 1, 16)
    book.close()
    return buffer.getvalue()
