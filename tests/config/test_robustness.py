"""Whatever a file says, it is a territory or problems with places, never a crash."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories
from ctgsite.config.models import TerritoryFile
from ctgsite.config.validation import keys_at

KEYS = (*keys_at(TerritoryFile, ()), "theme", "slug", "debut", "phases", "id", "objectifs", "x")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
USUAL = st.sampled_from(["commune", "epci", "groupe", "31557", "21213", "population", "2025-02-30"])
VALUES = st.recursive(
    SCALARS | USUAL,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


def load(raw: bytes, known: KnownNames) -> tuple[int, tuple[Any, ...]]:
    with TemporaryDirectory() as folder:
        workspace = Path(folder)
        (workspace / "territories").mkdir()
        (workspace / "territories" / "essai.yml").write_bytes(raw)
        territories, problems = load_territories(workspace, (), known)
        return len(territories), problems


@settings(max_examples=150, deadline=None)
@given(data=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_any_yaml_is_a_territory_or_has_problems_with_places(
    known: KnownNames, data: dict[str, Any]
) -> None:
    count, problems = load(yaml.safe_dump(data, allow_unicode=True).encode(), known)
    assert count == 1 or any(not problem.warning for problem in problems)
    assert all(problem.place for problem in problems)


@settings(max_examples=150, deadline=None)
@given(
    raw=st.binary(max_size=60) | st.text("[]{}:-,&*!|>'\"%@`#?\n\t aé", max_size=60).map(str.encode)
)
def test_any_bytes_are_problems_and_never_a_crash(known: KnownNames, raw: bytes) -> None:
    count, problems = load(raw, known)
    assert count == 0
    assert problems
