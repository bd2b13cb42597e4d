"""Words and figures with their unit: the FRR list, and the indicators of precariousness."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from producers_layouts import BOM, CRLF, FRR, PRECARITE, lines
from small_france import COMMUNES, RIVER, WEST, figure, observed, read, value

from ctgsite import knowledge
from ctgsite.errors import SourceError
from ctgsite.geography.areas import Level
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.store import read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

LIST = "Liste communes FRR_juillet2025.xlsx"
INDICATORS = "20260306-indicateurs-precarite.csv"
CLASSES = (
    ("01001", "FRR socle", [1, 0, 0]),
    ("01002", "FRR+", [1, 1, 0]),
    ("01003", "Non classée", [0, 0, 0]),
    ("01004", "Classée FRR partiellement", [1, 0, 0]),
    ("67001", "FRR bénéficiaire", [0, 0, 1]),
    ("67002", "FRR bénéficiaire partiellement", [0, 0, 1]),
)
EVERY = tuple(code for code, _, _ in COMMUNES)
COUNTED = ("FRR", "FRR_PLUS", "FRR_BENEFICIAIRES")


def zoning(*rows: tuple[object, str], header: tuple[str, ...] = FRR) -> bytes:
    book = Workbook()
    book.worksheets[0].title = "Liste communes"
    book.worksheets[0].append(list(header))
    for code, word in rows:
        book.worksheets[0].append([code, str(code)[:2], "A", word])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


ZONED = zoning(*((code, word) for code, word, _ in CLASSES))


@pytest.mark.parametrize(("code", "counts"), [(code, counts) for code, _, counts in CLASSES])
def test_a_commune_counts_for_what_its_class_says(write: Write, code: str, counts: list[int]):
    found = read(write(LIST, ZONED))
    assert [value(found, code, name, year="2025") for name in COUNTED] == counts
    assert set(found.frame["vintage"]) == {"classement au 10 juillet 2025"}


def test_classed_communes_add_up(write: Write):
    found = observed(write(LIST, ZONED)).derived
    assert [value(found, WEST, name, level="epci") for name in COUNTED] == [2, 1, 0]
    assert value(found, "01", "FRR", level="departement") == 3


@pytest.mark.parametrize(("epci", "count"), [(RIVER, 1), (WEST, 0)])
def test_the_indicator_counts_the_communes_classed(
    write: Write, importing: Import, store: Path, epci: str, count: int
):
    classed = ("67001", "FRR socle")
    rows = (classed, *((code, "Non classée") for code in EVERY if code not in classed))
    assert importing(write(LIST, zoning(*rows))).imported
    figures = Figures(compute_measures(knowledge.catalogue(), [read_store(store)]))
    measure = figures.latest("communes_frr", Level.EPCI, epci)
    assert measure is not None
    assert measure.value == count


def test_a_commune_without_a_class_is_a_gap_and_no_zero(write: Write):
    found = read(write(LIST, zoning(("01001", "FRR socle"), ("01002", ""))))
    assert value(found, "01002", "FRR") == "absent"


def test_codes_that_a_workbook_made_numbers_get_their_zero_back(write: Write):
    rows = ((1001, "FRR+"), (67001, "Non classée"))
    found = observed(write(LIST, zoning(*rows))).published
    assert value(found, "01001", "FRR") == 1


def test_a_class_that_is_not_known_is_refused_with_the_nearest(write: Write):
    with pytest.raises(SourceError) as caught:
        read(write(LIST, zoning(("01001", "FRR socle"), ("01002", "FRR soclé"))))
    (problem,) = caught.value.problems
    assert "« FRR soclé » n’est pas une valeur connue" in problem.message
    assert "« FRR socle »" in problem.message
    assert problem.place is not None
    assert problem.place.line == 3


def test_the_list_of_another_day_is_not_taken_for_this_one(write: Write):
    header = (*FRR[:3], "Classement FRR et FRR+ au 1er janvier 2027")
    with pytest.raises(SourceError, match="au 10 juillet 2025 » attendue"):
        read(write(LIST, zoning(("01001", "FRR+"), header=header)))


def row(code: str, share: str, level: str = "Commune") -> str:
    return ";".join([code, level, "A", "24 810 ", "11%", share, "12%"])


def indicators(*rows: str) -> str:
    return BOM + lines(PRECARITE, *rows, end=CRLF)


def test_shares_are_read_with_the_sign_that_follows_them(write: Write):
    rows = (row("1001", "5%"), row("67001", "12 %"), row("67002", "7,5%"))
    found = read(write(INDICATORS, indicators(*rows)))
    told = [value(found, code, "RSA_PART", year="2024") for code in ("01001", "67001", "67002")]
    assert told == [5, 12, 7.5]
    assert set(found.frame["vintage"]) == {"décembre 2024"}


def test_the_rows_of_other_levels_are_left_out(write: Write):
    rows = (row("1001", "5%"), row("D1", "6%", "Département"), row("R84", "4%", "Région"))
    found = read(write(INDICATORS, indicators(*rows)))
    assert set(found.frame["code"]) == {"01001"}


def test_a_whole_percent_of_zero_and_a_blank_are_no_zero(write: Write):
    found = read(write(INDICATORS, indicators(row("1001", "0%"), row("67001", ""))))
    zero = figure(found, "01001", "RSA_PART")
    assert zero is not None
    assert (zero.value, zero.status) == (None, "absent")
    assert "moins de 1 %" in zero.note
    assert value(found, "67001", "RSA_PART") == "absent"


def test_another_unit_is_refused(write: Write):
    with pytest.raises(SourceError, match="« 5 ‰ »"):
        read(write(INDICATORS, indicators(row("1001", "5 ‰"))))


def test_an_edition_of_another_year_is_refused(write: Write):
    text = indicators(row("1001", "5%")).replace("CAF 2024", "CAF 2025")
    with pytest.raises(SourceError, match="autre millésime"):
        read(write(INDICATORS, text))
