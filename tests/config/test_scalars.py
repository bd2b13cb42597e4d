"""A passage of a YAML value is pointed at where it is written, in every style of YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.nodes import ScalarNode

from ctgsite.config.positions import read_yaml
from ctgsite.config.scalars import place_in_scalar

FILE = Path("t.yml")


def place_of(written: str, word: str) -> tuple[int, int]:
    """Return the line and column given to a word of the only value of a file."""
    node = yaml.compose(written, Loader=yaml.SafeLoader).value[0][1]
    assert isinstance(node, ScalarNode)
    place = place_in_scalar(node, node.value.index(word), FILE)
    return place.line, place.column


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("clé: un mot ICI\n", (1, 13)),
        ("clé: un mot\n  et la suite ICI\n", (2, 15)),
        ("clé: 'l''un et l''autre ICI'\n", (1, 25)),
        ('clé: "a\\tb\\u00e9\\n \\"c\\" ICI"\n', (1, 26)),
        ('clé: "un \\\n  mot ICI"\n', (2, 7)),
        ("clé: |\n  un\n\n    deux\n  trois ICI\n", (5, 9)),
        ("clé: |2-  # note ICI pas là\n   un ICI\n", (2, 7)),
        ("clé: >-\n  un\n  deux\n\n  trois ICI\n", (5, 9)),
        ("clé: !!str 'un ICI'\n", (1, 16)),
        ("clé: &nom |\n  un ICI\n", (2, 6)),
        ("# ICI\nclé:\n  - x\n", (3, 5)),
        ("clé: |\r\n  un\r\n  deux ICI\r\n", (3, 8)),
    ],
)
def test_a_passage_is_found_in_each_style(written: str, expected: tuple[int, int]) -> None:
    word = "x" if "- x" in written else "ICI"
    if word == "x":
        written = written.replace("- x", "  x")
    assert place_of(written, word) == expected


@given(
    st.lists(st.text("aé'\" -:", min_size=0, max_size=12), min_size=1, max_size=5),
    st.sampled_from(["|", ">", "'", '"', None]),
)
def test_whatever_yaml_writes_the_mark_is_found_where_it_stands(
    lines: list[str], style: str | None
) -> None:
    value = "\n".join(lines) + " ÀTROUVER"
    written = yaml.dump({"clé": value}, default_style=style, allow_unicode=True, width=20)
    node = yaml.compose(written, Loader=yaml.SafeLoader).value[0][1]
    place = place_in_scalar(node, node.value.index("ÀTROUVER"), FILE)
    assert written.split("\n")[place.line - 1][place.column - 1 :].startswith("ÀTROUVER")


def test_places_hold_in_the_document_that_config_reads(tmp_path: Path) -> None:
    path = tmp_path / "t.yml"
    path.write_bytes(b"\xef\xbb\xbfa: |\r\n  un\r\n  deux ICI\r\n")
    document = read_yaml(path, tmp_path)
    node = document.root.value[0][1]
    assert str(place_in_scalar(node, node.value.index("ICI"), document.path)) == "t.yml:3:8"
