"""Figures worked out by hand from the producers' files come out of the pipeline as they are.

Each row of figures.csv says how it was derived: file, row, formula.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ctgsite import knowledge
from ctgsite.geography.areas import Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.reach import obstacle
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.embedded import embedded_manifest
from ctgsite.sources.observations import Status

ROWS = list(csv.DictReader((Path(__file__).parent / "figures.csv").open(encoding="utf-8")))


def check(figures: Figures, row: dict[str, str]) -> None:
    """Compare one row with what the figures hold."""
    measure = figures.at(row["indicateur"], Level(row["niveau"]), row["code"], row["annee"])
    status = measure.status if measure else Status.ABSENT
    assert status == row["statut"], (row, measure)
    if row["valeur"]:
        assert measure is not None
        assert measure.value == pytest.approx(float(row["valeur"]), rel=1e-9)
    else:
        assert measure is None or measure.value is None


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['code']}-{r['indicateur']}-{r['annee']}")
def test_the_embedded_figures_are_those_worked_out_by_hand(
    embedded_figures: Figures, row: dict[str, str]
) -> None:
    check(embedded_figures, row)


@pytest.mark.reference_data
@pytest.mark.xdist_group("imported")  # one import serves them all
def test_the_producers_files_give_the_same_figures(imported_figures: Figures) -> None:
    for row in ROWS:
        check(imported_figures, row)


def test_the_rows_cover_every_level_and_status() -> None:
    assert Counter(r["niveau"] for r in ROWS).keys() == {
        "commune", "epci", "departement", "region", "france",
    }  # fmt: skip
    assert {r["statut"] for r in ROWS} >= {
        "publie", "calcule", "secret", "absent", "non_agregeable",
    }  # fmt: skip
    assert len(ROWS) >= 60
    assert all(r["derivation"] for r in ROWS)


def test_each_indicator_has_figures_at_the_levels_that_it_claims_and_at_no_other(
    embedded_figures: Figures,
) -> None:
    """A level that the snapshot lacks is one that only a dataset which it lacks can serve."""
    descriptions = load_descriptions()
    embedded = {source["jeu"] for source in embedded_manifest()["sources"]}
    for found in knowledge.catalogue().indicators.values():
        at_hand = embedded_figures.levels(found.id)
        reading = [one for written in found.formulas for one in written.reading]
        others = [one for one in reading if one.dataset not in embedded]
        assert set(at_hand) <= set(found.levels), found.id
        for level in set(found.levels) - set(at_hand):
            assert any(not obstacle(one, level, descriptions, {}) for one in others), found.id
