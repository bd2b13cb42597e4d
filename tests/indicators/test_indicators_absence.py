"""Why an area has no figure: the sentence of the source that has figures elsewhere."""

from __future__ import annotations

import pytest
from small_figures import figures_of, measure

from ctgsite.geography.areas import Level
from ctgsite.indicators.absence import missing_measure
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.sources.descriptions import load_descriptions


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (("insee-caf-iris",), "insee-caf-iris"),
        (("cnaf-prestations",), "cnaf-prestations"),
        (("insee-caf-iris", "cnaf-prestations"), "cnaf-prestations"),
    ],
)
def test_an_absence_is_told_by_the_first_source_that_has_figures(
    embedded_catalogue: Catalogue, held: tuple[str, ...], told: str
):
    indicator = embedded_catalogue.indicators["foyers_allocataires"]
    figures = figures_of(
        measure(f"6700{place}", 100.0, indicator=indicator.id, dataset=name)
        for place, name in enumerate(held)
    )
    found = missing_measure(indicator, Level.COMMUNE, "01001", figures)
    assert found.dataset == told
    assert found.note == load_descriptions()[told].no_row.reason
