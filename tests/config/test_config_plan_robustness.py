"""Whatever a fiche says, it is a fiche or problems with places, never a crash."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories
from ctgsite.config.plan import ActionFile, ActionIndicator, Budget
from ctgsite.config.validation import keys_at

KEYS = tuple(
    dict.fromkeys(
        (
            *keys_at(ActionFile, ()), *keys_at(Budget, ()), *keys_at(ActionIndicator, ()),
            "date", "valeur", "nom", "montant", "fichier", "actions", "operationnels", "titre",
        )
    )
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
USUAL = st.sampled_from(["agir", "objectif", "31541", "population", "2025-02-30", "annexes/a.pdf"])
VALUES = st.recursive(
    SCALARS | USUAL,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
PLACED = {"id": "agir", "titre": "Agir", "objectif": "objectif"}
FICHE = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)


def load(fiche: Any, axis: Any, known: KnownNames) -> tuple[int, tuple[Any, ...]]:
    """Load a territory whose plan is this axe and this fiche in a file of its own."""
    territory = {
        "nom": "Seilh",
        "type": "commune",
        "codes": ["31541"],
        "periode": {"debut": 2025, "fin": 2029},
        "priorites": axis,
    }
    with TemporaryDirectory() as name:
        folder = Path(name) / "territories"
        (folder / "seilh" / "actions").mkdir(parents=True)
        for path, data in (("seilh.yml", territory), ("seilh/actions/agir.yml", fiche)):
            (folder / path).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        territories, problems = load_territories(Path(name), (), known)
        return len(territories), problems


@settings(max_examples=150, deadline=None)
@given(fiche=FICHE)
def test_any_fiche_is_one_or_has_problems_with_places(
    known: KnownNames, fiche: dict[str, Any]
) -> None:
    axis = [{"id": "axe", "titre": "Axe", "objectifs": [{"id": "objectif", "titre": "Objectif"}]}]
    count, problems = load(
        {"id": "agir", "titre": "Agir", "objectif": "objectif", **fiche}, axis, known
    )
    assert count == 1 or any(not problem.warning for problem in problems)
    assert all(problem.place for problem in problems)


@settings(max_examples=150, deadline=None)
@given(objective=FICHE, axis=VALUES)
def test_any_axe_is_one_or_has_problems_with_places(
    known: KnownNames, objective: dict[str, Any], axis: Any
) -> None:
    axes = [{"id": "axe", "titre": "Axe", "objectifs": [objective]}, axis]
    count, problems = load(PLACED, axes, known)
    assert count == 1 or any(not problem.warning for problem in problems)
    assert all(problem.place for problem in problems)
