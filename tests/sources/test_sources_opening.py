"""Files are opened whatever their wrapping; what is damaged or badly encoded says where."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ctgsite.errors import SourceError
from ctgsite.sources import opening
from ctgsite.sources.opening import TooLargeError, check_members, decode, read_bytes

Write = Callable[..., Path]
TEXT = "CODGEO;LIBGEO\n01001;L'Abergement-Clémenciat\n"


def zipped(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()


def test_a_plain_a_gzipped_and_a_zipped_file_have_the_same_content(write: Write):
    plain = write("a.csv", TEXT)
    wrapped = write("a.csv.gz", gzip.compress(TEXT.encode()))
    archive = write("a.zip", zipped(meta_a__csv="COD_VAR\n", a__csv=TEXT))
    assert read_bytes(plain) == read_bytes(wrapped) == read_bytes(archive, "a.csv")


def test_the_member_of_an_archive_is_found_whatever_its_case_and_folder(write: Write):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("dossier/meta_base_cc_comparateur.CSV", "COD_VAR\n")
        archive.writestr("dossier/base_cc_comparateur.CSV", TEXT)
    path = write("base.zip", content.getvalue())
    assert read_bytes(path, "base_cc_comparateur.csv").decode() == TEXT


def test_an_archive_without_the_member_says_what_it_has(write: Write):
    path = write("base.zip", zipped(lisez_moi__txt="rien"))
    with pytest.raises(SourceError) as caught:
        read_bytes(path, "base.csv")
    assert "« base.csv »" in caught.value.problems[0].message
    assert "lisez_moi.txt" in caught.value.problems[0].message


@pytest.mark.parametrize("length", [30, 45])
def test_a_truncated_gzip_is_reported_as_damaged(write: Write, length: int):
    path = write("a.csv.gz", gzip.compress(TEXT.encode())[:length])
    with pytest.raises(SourceError) as caught:
        read_bytes(path)
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.path == path
    assert "endommagée" in caught.value.problems[0].message


def test_a_gzip_whose_bytes_are_altered_is_refused(write: Write):
    content = bytearray(gzip.compress(TEXT.encode() * 50))
    content[20] ^= 0xFF
    with pytest.raises(SourceError):
        read_bytes(write("a.csv.gz", bytes(content)))


def test_a_text_named_gz_is_refused(write: Write):
    with pytest.raises(SourceError) as caught:
        read_bytes(write("a.csv.gz", TEXT))
    assert "illisible" in caught.value.problems[0].message


@pytest.mark.parametrize("kept", [0.4, 0.9])
def test_a_truncated_zip_is_reported_as_damaged(write: Write, kept: float):
    content = zipped(a__csv=TEXT * 20)
    with pytest.raises(SourceError) as caught:
        read_bytes(write("a.zip", content[: int(len(content) * kept)]), "a.csv")
    assert "endommagée" in caught.value.problems[0].message


@pytest.mark.parametrize("content", [b"", b"\r\n \r\n"])
def test_an_empty_file_is_refused(write: Write, content: bytes):
    with pytest.raises(SourceError) as caught:
        read_bytes(write("a.csv", content))
    assert "vide" in caught.value.problems[0].message


def test_an_empty_gzip_is_refused_as_an_empty_file(write: Write):
    with pytest.raises(SourceError) as caught:
        read_bytes(write("a.csv.gz", gzip.compress(b"")))
    assert "vide" in caught.value.problems[0].message


def test_a_missing_file_is_a_problem_with_its_place(tmp_path: Path):
    with pytest.raises(SourceError) as caught:
        read_bytes(tmp_path / "absent.csv")
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.path == tmp_path / "absent.csv"


def test_the_byte_order_mark_is_no_part_of_the_text(tmp_path: Path):
    marked = TEXT.encode("utf-8-sig")
    assert decode(marked, tmp_path, ("utf-8-sig",)) == TEXT
    assert decode(TEXT.encode(), tmp_path, ("utf-8-sig",)) == TEXT


def test_windows_1252_is_read_where_it_is_announced(tmp_path: Path):
    encodings = ("utf-8-sig", "cp1252")
    assert decode(TEXT.encode("cp1252"), tmp_path, encodings) == TEXT
    assert decode(TEXT.encode("utf-8"), tmp_path, encodings) == TEXT


def test_windows_1252_is_refused_elsewhere_at_the_line_of_its_first_byte(tmp_path: Path):
    with pytest.raises(SourceError) as caught:
        decode(TEXT.encode("cp1252"), tmp_path / "a.csv", ("utf-8-sig",))
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (2, 22)  # é, the 22nd byte of line 2
    assert "UTF-8 attendu" in problem.message
    assert "0xe9" in problem.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_text_of_two_bytes_a_letter_is_refused(tmp_path: Path, encoding: str):
    with pytest.raises(SourceError) as caught:
        decode(TEXT.encode(encoding), tmp_path / "a.csv", ("utf-8-sig", "cp1252"))
    assert "encodage" in caught.value.problems[0].message


def bomb(size: int) -> bytes:
    """Return a gzip of so many zeros: a thousandth of them."""
    return gzip.compress(b"0" * size)


def test_no_more_than_the_limit_is_unwrapped(write: Write):
    for path, member in (
        (write("a.csv.gz", bomb(100_000)), ""),
        (write("a.zip", zipped(a__csv="0" * 100_000)), "a.csv"),
        (write("a.csv", "0" * 100_000), ""),
    ):
        assert len(read_bytes(path, member, limit=100_000)) == 100_000
        with pytest.raises(TooLargeError) as caught:
            read_bytes(path, member, limit=99_999)
        assert caught.value.problems[0].place is not None
        assert caught.value.problems[0].place.path == path
        assert "dépasse 99999 octets" in caught.value.problems[0].message


def test_a_declared_size_is_refused_before_anything_is_unwrapped(
    write: Write, monkeypatch: pytest.MonkeyPatch
):
    """The archive declares 3 GiB: nothing is read of them."""
    content = bytearray(zipped(a__csv="0" * 100))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (3 * 1024**3).to_bytes(4, "little")
    monkeypatch.setattr(opening, "_bounded", lambda *_: pytest.fail("something was read"))
    with pytest.raises(TooLargeError) as caught:
        read_bytes(write("a.zip", bytes(content)), "a.csv")
    assert "dépasse 2 Gio" in caught.value.problems[0].message


def test_a_size_that_is_declared_too_small_unwraps_no_more_than_the_limit(write: Write):
    content = bytearray(bomb(100_000))
    content[-4:] = (10).to_bytes(4, "little")
    with pytest.raises(TooLargeError):
        read_bytes(write("a.csv.gz", bytes(content)), limit=50_000)


def test_a_workbook_whose_sheets_are_too_large_is_refused(tmp_path: Path):
    content = zipped(xl__sheet="0" * 100_000)
    check_members(content, tmp_path, limit=100_000)
    with pytest.raises(TooLargeError):
        check_members(content, tmp_path, limit=99_999)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (zipped(xl__workbook="x"), "une archive"),
        (b"PK\x03\x04" + b"xl/workbook.xml", "un classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un classeur"),
    ],
)
def test_a_workbook_or_an_archive_named_csv_is_told_for_what_it_is(
    tmp_path: Path, content: bytes, told: str
):
    with pytest.raises(SourceError) as caught:
        decode(content, tmp_path / "a.csv", ("utf-8-sig", "cp1252"))
    assert caught.value.problems[0].message.startswith(f"c’est {told} : le fichier texte")
