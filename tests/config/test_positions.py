"""A YAML file knows where each of its keys and values stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite.config.positions import Document, read_yaml
from ctgsite.errors import ConfigError, Place


def document(folder: Path, text: str | bytes) -> Document:
    path = folder / "catalogue.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path, folder)


def test_values_and_keys_have_their_own_places(tmp_path: Path) -> None:
    found = document(tmp_path, "# titre\nnom: Seilh\nperiode:\n  debut: 2025\n")
    assert found.place(("nom",)) == Place(Path("catalogue.yml"), 2, 6)
    assert found.place(("periode", "debut"), key=True) == Place(Path("catalogue.yml"), 4, 3)


def test_items_of_a_list_stand_where_they_begin(tmp_path: Path) -> None:
    found = document(tmp_path, "themes:\n  - population\n  - {theme: seniors}\n")
    assert found.place(("themes", 0)) == Place(Path("catalogue.yml"), 2, 5)
    assert found.place(("themes", 1, "theme")) == Place(Path("catalogue.yml"), 3, 13)


def test_what_is_missing_stands_at_the_key_of_its_nearest_ancestor(tmp_path: Path) -> None:
    found = document(tmp_path, "\n\nperiode:\n  debut: 2025\n")
    assert found.place(("periode", "fin")) == Place(Path("catalogue.yml"), 3, 1)
    assert found.place(("codes", 0)) == Place(Path("catalogue.yml"), 1, 1)


def test_keys_are_text_and_scalars_remember_how_they_are_written(tmp_path: Path) -> None:
    found = document(tmp_path, "no: 01004\n2025: oui\n")
    assert found.data == {"no": 516, "2025": "oui"}
    assert found.text(("no",)) == "01004"


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(tmp_path: Path) -> None:
    found = document(tmp_path, b"\xef\xbb\xbfnom: Seilh\r\ntype: commune\r\n")
    assert found.data == {"nom": "Seilh", "type": "commune"}
    assert found.place(("type",)).line == 2


def test_a_missing_file_is_a_problem_at_its_path(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_yaml(tmp_path / "absent.yml", tmp_path)
    assert caught.value.problems[0].place == Place(Path("absent.yml"))


@pytest.mark.parametrize(
    "text", ["[" * 5000, "a: " + "{b: " * 5000, "? [a]\n: b\n", "!!python/x y"]
)
def test_hostile_yaml_is_a_problem_and_never_a_crash(tmp_path: Path, text: str) -> None:
    try:
        document(tmp_path, text)
    except ConfigError as error:
        assert error.problems
