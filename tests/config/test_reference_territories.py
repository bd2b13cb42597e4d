"""The eight reference territories: their file says what is known of them, and nothing more."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from ctgsite.config.loader import load_territories
from ctgsite.config.models import Territory
from ctgsite.config.scaffold import write_schema
from ctgsite.diagnostic.known import Known
from ctgsite.geography.embedded import embedded_geography
from ctgsite.indicators.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]

# Slug, type, code, and the population stated by the list of reference territories.
REFERENCES = [
    ("coeur-de-garonne", "epci", "200068815", 34626),
    ("fecamp-caux-littoral", "epci", "200069821", 39319),
    ("loir-et-cher", "departement", "41", 331915),
    ("pyrenees-haut-garonnaises", "epci", "200072635", 15588),
    ("ried-de-marckolsheim", "epci", "200030526", 20046),
    ("seilh", "commune", "31541", 3277),
    ("talant", "commune", "21617", 11689),
    ("tournefeuille", "commune", "31557", 28117),
]
SLUGS = [slug for slug, *_ in REFERENCES]


@cache
def known() -> Known:
    return Known(load_catalogue(), embedded_geography())


@cache
def references() -> dict[str, Territory]:
    territories, problems = load_territories(ROOT, SLUGS, known())
    assert not problems, "\n".join(map(str, problems))
    return {territory.slug: territory for territory in territories}


@pytest.mark.parametrize(("slug", "kind", "code", "population"), REFERENCES)
def test_a_reference_states_its_type_code_and_population(
    slug: str, kind: str, code: str, population: int
) -> None:
    territory = references()[slug]
    assert (territory.type, territory.codes) == (kind, (code,))
    stated = territory.stated_population
    assert stated is not None
    assert (stated.value, stated.source) == (population, "liste de référence")


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_invented_about_a_real_territory(slug: str) -> None:
    territory = references()[slug]
    assert territory.statut == "illustration"
    assert territory.period is None
    written = territory.model_dump(
        include={
            "signatories", "participation", "competences", "services", "stakes", "priorities",
            "presentation", "publisher", "approach",
        },
        exclude_defaults=True,
    )  # fmt: skip
    assert not _leaves(written)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_reference_picks_at_least_ten_themes(slug: str) -> None:
    assert len(references()[slug].themes) >= 10


def test_the_schema_for_editors_is_the_one_of_the_models(tmp_path: Path) -> None:
    write_schema(tmp_path, known())
    fresh, committed = tmp_path / "schema.json", ROOT / "territories" / "schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == json.loads(
        fresh.read_text(encoding="utf-8")
    ), "the models or the catalogue have changed: any `ctgsite new` writes the schema again"


def _leaves(value: object) -> list[object]:
    """Return what is really said in nested sections, however deep."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list | tuple):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [] if value in (None, "") else [value]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_editor_that_follows_the_schema_finds_no_fault(slug: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "territories" / "schema.json").read_text(encoding="utf-8"))
    written = yaml.safe_load((ROOT / "territories" / f"{slug}.yml").read_text(encoding="utf-8"))
    faults = jsonschema.Draft202012Validator(schema).iter_errors(written)
    assert not [f"{fault.json_path}: {fault.message}" for fault in faults]
