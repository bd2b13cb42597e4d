"""Why an area has no figure: not published there, not to be added up, or not at hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_figures import SHARE, figures_of, measure

from ctgsite.geography.areas import Level
from ctgsite.indicators.absence import HERE, NOWHERE, WITHOUT_COUNTS, missing_measure
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator, Kind
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.observations import Status

KNOWN = figures_of(
    [
        measure("31541", 10.0, year="2018"),
        measure("31541", 11.0, year="2021"),
        measure("31541", 12.0, year="2023", indicator="autre"),
        measure("31", 12.0, year="2019", level=Level.DEPARTEMENT),
    ]
)
NARROW = (Level.COMMUNE, Level.DEPARTEMENT)


def indicator(kind: Kind = Kind.RAPPORT, *levels: Level, **changes: object) -> Indicator:
    dataset = next(iter(load_descriptions()))
    formulas = (replace(SHARE.formulas[0], kind=kind, dataset=dataset),)
    return replace(SHARE, formulas=formulas, levels=levels or NARROW, **changes)  # type: ignore[arg-type]


def missing(found: Indicator, level: Level, year: str | None = None) -> Measure:
    return missing_measure(found, level, "00001", KNOWN, year)


def test_what_is_missing_is_a_measure_without_value_in_the_latest_year_of_any_level() -> None:
    found = indicator()
    assert missing(found, Level.EPCI) == Measure(
        "part", Level.EPCI, "00001", "2021", None, None, None, Status.ABSENT,
        found.formulas[0].dataset, "",
        note="Publié seulement pour les communes et les départements.",
    )  # fmt: skip
    assert missing(found, Level.EPCI, "2018").year == "2018"


def test_a_figure_that_no_area_has_is_not_covered_and_has_no_year() -> None:
    nowhere = missing(indicator(Kind.PUBLIE, id="inconnu"), Level.EPCI)
    assert (nowhere.status, nowhere.note, nowhere.year) == (Status.ABSENT, NOWHERE, "")


@pytest.mark.parametrize("kind", [Kind.PUBLIE, Kind.RAPPORT])
def test_the_catalogues_own_reason_goes_before_any_other(kind: Kind) -> None:
    told = indicator(kind, absences=(("epci", "Pas de maille intercommunale."),))
    assert missing(told, Level.EPCI).note == "Pas de maille intercommunale."
    status = Status.NON_AGREGEABLE if kind is Kind.PUBLIE else Status.ABSENT
    assert missing(told, Level.EPCI).status is status
    assert missing(told, Level.REGION).note != "Pas de maille intercommunale."


def test_an_area_of_a_level_that_has_figures_does_not_figure_in_the_files() -> None:
    found = missing(indicator(Kind.PUBLIE, Level.COMMUNE), Level.DEPARTEMENT)  # not even claimed
    assert (found.status, found.note) == (Status.ABSENT, HERE)


def test_a_level_claimed_without_any_figure_at_hand_is_told_where_there_are_some() -> None:
    found = missing(indicator(Kind.RAPPORT, Level.COMMUNE, Level.REGION), Level.REGION)
    told = "Publié seulement pour les communes et les départements."
    assert (found.status, found.note) == (Status.ABSENT, told)


def test_a_commune_without_a_row_has_the_reason_of_its_producer() -> None:
    found = indicator()
    rule = load_descriptions()[found.formulas[0].dataset].no_row
    told = missing(found, Level.COMMUNE)
    assert (told.status, told.note) == (Status(rule.status), rule.reason)


@pytest.mark.parametrize("kind", [Kind.PUBLIE, Kind.QUOTIENT_PUBLIE])
@pytest.mark.parametrize("level", [Level.EPCI, Level.REGION, Level.TERRITOIRE, Level.COMPARABLES])
def test_a_figure_published_without_counts_does_not_add_up(kind: Kind, level: Level) -> None:
    found = missing(indicator(kind), level)
    assert (found.status, found.note) == (Status.NON_AGREGEABLE, WITHOUT_COUNTS)


def test_a_figure_published_for_wider_areas_only_is_absent_and_says_where_it_is() -> None:
    regions = figures_of([measure("76", 10.0, level=Level.REGION)])
    found = missing_measure(indicator(Kind.PUBLIE, Level.REGION), Level.EPCI, "00001", regions)
    assert (found.status, found.note) == (Status.ABSENT, "Publié seulement pour les régions.")


def test_a_figure_that_is_computed_from_counts_in_one_way_is_absent() -> None:
    both = indicator(Kind.PUBLIE)
    both = replace(both, formulas=(*both.formulas, replace(both.formulas[0], kind=Kind.RAPPORT)))
    found = missing(both, Level.EPCI)
    assert found.status is Status.ABSENT
    assert found.note.startswith("Publié seulement pour les communes")


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


def test_an_absence_is_told_by_the_source_of_the_latest_year(embedded_catalogue: Catalogue):
    name = "foyers_allocataires"
    figures = figures_of(
        measure("67001", 100.0, indicator=name, dataset=dataset, year=year)
        for dataset, year in (("cnaf-prestations", "2018"), ("insee-caf-iris", "2021"))
    )
    found = missing_measure(embedded_catalogue.indicators[name], Level.COMMUNE, "01001", figures)
    assert found.dataset == "insee-caf-iris"


def test_a_published_figure_of_narrower_areas_at_hand_is_not_added_up_whatever_is_claimed() -> None:
    found = missing(indicator(Kind.PUBLIE, Level.REGION), Level.EPCI)
    assert (found.status, found.note) == (Status.NON_AGREGEABLE, WITHOUT_COUNTS)


def test_an_area_of_the_narrowest_level_that_is_published_is_absent_whatever_reason_is_told():
    regions = figures_of([measure("76", 10.0, level=Level.REGION)])
    told = indicator(Kind.PUBLIE, Level.REGION, absences=(("region", "Pas cette année."),))
    found = missing_measure(told, Level.REGION, "00001", regions)
    assert (found.status, found.note) == (Status.ABSENT, "Pas cette année.")
