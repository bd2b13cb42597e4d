"""`ctgsite new` writes a file that is valid at once, and never overwrites one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from whole_territory import load_territory

from ctgsite.config.known import KnownNames
from ctgsite.config.scaffold import slug_of, write_territory
from ctgsite.errors import ConfigError


@pytest.mark.parametrize(
    ("codes", "name", "slug", "kind"),
    [
        (["31557"], None, "tournefeuille", "commune"),
        (["76351"], None, "le-havre", "commune"),
        (["200030526"], None, "ried-de-marckolsheim", "epci"),
        (["200068815"], None, "coeur-de-garonne", "epci"),
        (["200069821"], None, "fecamp-caux-littoral", "epci"),
        (["41"], None, "loir-et-cher", "departement"),
        (
            ["31541", "31557"],
            "L’Ouest: deux",
            "l-ouest-deux",
            "groupe",
        ),
    ],
)
def test_a_new_file_is_valid_as_it_is(
    tmp_path: Path, known: KnownNames, codes: list[str], name: str | None, slug: str, kind: str
) -> None:
    path = write_territory(tmp_path, codes, name, known)
    territory = load_territory(path, tmp_path, known)
    assert (territory.slug, territory.type, territory.codes) == (slug, kind, tuple(codes))
    assert territory.statut == "illustration"
    assert [theme.slug for theme in territory.themes] == list(known.themes)


def test_an_existing_file_is_never_overwritten(tmp_path: Path, known: KnownNames) -> None:
    path = write_territory(tmp_path, ["31557"], None, known)
    path.write_text("nom: mien\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        write_territory(tmp_path, ["31557"], None, known)
    assert "existe déjà" in caught.value.problems[0].message
    assert path.read_text(encoding="utf-8") == "nom: mien\n"


def test_an_unknown_code_writes_nothing_and_suggests_the_nearest(
    tmp_path: Path, known: KnownNames
) -> None:
    with pytest.raises(ConfigError) as caught:
        write_territory(tmp_path, ["31575"], None, known)
    assert "« 31557 » (Tournefeuille)" in caught.value.problems[0].message
    assert not (tmp_path / "territories").exists()


def test_every_code_of_a_group_is_checked_at_once(tmp_path: Path, known: KnownNames) -> None:
    with pytest.raises(ConfigError) as caught:
        write_territory(tmp_path, ["31575", "41", "31541", "31541"], "Groupe", known)
    assert len(caught.value.problems) == 3


def test_the_schema_beside_it_offers_the_catalogues_themes(
    tmp_path: Path, known: KnownNames
) -> None:
    path = write_territory(tmp_path, ["31557"], None, known)
    schema = json.loads((path.parent / "schema.json").read_text(encoding="utf-8"))
    slugs = [one["const"] for one in schema["$defs"]["ThemeChoice"]["anyOf"][0]["oneOf"]]
    assert slugs == list(known.themes)
    assert schema["required"] == ["nom", "type", "codes"]
    assert "slug" not in schema["properties"]


@pytest.mark.parametrize(
    "name",
    ["schema.json", "donnees.schema.json", "fiche.schema.json", "questionnaire.schema.json"],
)
def test_every_key_of_the_schemas_is_explained_in_french(
    tmp_path: Path, known: KnownNames, name: str
) -> None:
    path = write_territory(tmp_path, ["31557"], None, known)
    schema = json.loads((path.parent / name).read_text(encoding="utf-8"))
    parts = [schema, *schema["$defs"].values()]
    for part in parts:
        for key, described in part.get("properties", {}).items():
            assert "oneOf" in described or described.get("description"), key


def test_addresses_leave_the_legal_form_out() -> None:
    assert slug_of("CC Cœur de Garonne") == "coeur-de-garonne"
    assert slug_of("CA d’Épinal") == "epinal"


def test_a_name_that_would_take_the_portals_folder_writes_nothing(
    tmp_path: Path, known: KnownNames
) -> None:
    with pytest.raises(ConfigError, match="téléchargements du portail"):
        write_territory(tmp_path, ["31557"], "Données", known)
    assert not list(tmp_path.rglob("*.yml"))
