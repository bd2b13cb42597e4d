"""The descriptions of the datasets: complete, in French, and checked before any file is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from small_france import describe

from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources.cells import Source
from ctgsite.sources.descriptions import Description, load_descriptions, load_ignored
from ctgsite.sources.importing import recognise
from ctgsite.sources.observations import Status

DESCRIPTIONS = load_descriptions()
DATASETS = pytest.mark.parametrize("dataset", DESCRIPTIONS.values(), ids=DESCRIPTIONS)


@DATASETS
def test_each_dataset_names_its_producer_licence_page_and_field(dataset: Description):
    assert dataset.title
    assert dataset.producer
    assert dataset.licence
    assert dataset.page.startswith("https://")
    assert dataset.coverage.phrase
    assert dataset.no_row.reason


@DATASETS
def test_each_variable_is_called_something(dataset: Description):
    assert all(variable.label for variable in dataset.variables.values())


@DATASETS
def test_what_no_row_means_is_no_value(dataset: Description):
    gaps = [dataset.no_row, *(variable.empty for variable in dataset.variables.values())]
    assert not any(Status(gap.status).has_value for gap in gaps)
    assert all(gap.reason for gap in gaps)


@DATASETS
def test_zero_is_read_for_no_row_in_counts_alone(dataset: Description):
    zeros = [variable for variable in dataset.variables.values() if variable.zero_without_row]
    assert all(variable.additive for variable in zeros)


@DATASETS
def test_shares_and_rates_are_never_said_to_add_up(dataset: Description):
    added = [variable.unit for variable in dataset.variables.values() if variable.additive]
    assert not {"%", "‰", "indice", "€ par an"} & set(added)


@DATASETS
def test_breaks_are_about_variables_that_exist(dataset: Description):
    named = {name for item in dataset.breaks for name in item.variables}
    assert named <= set(dataset.variables)


def test_a_break_without_variables_is_one_of_all_of_them():
    (mayotte,) = DESCRIPTIONS["insee-estimations-age"].breaks
    assert mayotte.levels == ("france",)
    assert all(mayotte.concerns(name) for name in DESCRIPTIONS["insee-estimations-age"].variables)
    (activity,) = DESCRIPTIONS["insee-caf-iris"].breaks
    assert activity.concerns("APPA")
    assert not activity.concerns("ARSAS")


@DATASETS
def test_fields_exclude_départements_that_exist(dataset: Description):
    known = {area.code for area in embedded_geography().departements}
    excluded = {
        code for variable in dataset.variables for code in dataset.coverage_of(variable).outside
    }
    assert excluded <= known


@DATASETS
def test_each_file_of_a_dataset_is_recognised_by_its_own_name(dataset: Description):
    """Several datasets may be read from one file, under the one name that it has."""
    for spec in dataset.files:
        name = spec.name.replace("{aaaa}", "2021").replace("*", "x")
        found = recognise(Path(name))
        assert (dataset.id, spec.name) in {(item.description.id, item.spec.name) for item in found}
        others = {item.spec.name for item in found if item.description.id != dataset.id}
        assert others <= {spec.name}


def test_files_left_aside_say_why():
    assert load_ignored()
    assert all(item.reason for item in load_ignored())


def test_the_year_of_a_name_fills_the_columns():
    description = describe()
    source = Source(Path("a.csv"), description, description.files[0], "2018")
    assert source.fill("P{aa}_POP") == "P18_POP"
    assert source.fill("RP {aaaa}") == "RP 2018"
    assert source.fill("NAIS{aa}", "2013-2018") == "NAIS1318"


def test_a_column_without_its_variable_is_refused():
    with pytest.raises(ValidationError, match="colonnes sans variable"):
        describe(variables={"N": {"libelle": "N"}, "M": {"libelle": "M"}})


def test_a_variable_that_no_file_has_is_refused():
    names = {name: {"libelle": name} for name in ("N", "M", "Z", "AUTRE")}
    with pytest.raises(ValidationError, match="AUTRE"):
        describe(variables=names)


def test_an_unknown_key_is_refused():
    with pytest.raises(ValidationError, match="producer"):
        describe(producer="Insee")


def test_a_description_does_not_change_once_loaded():
    with pytest.raises(ValidationError, match="frozen"):
        describe().title = "Autre"  # type: ignore[misc]
