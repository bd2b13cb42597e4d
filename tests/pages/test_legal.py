"""The pages that the law asks for, made from `editeur:`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ctgsite.config.publisher import Publisher
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.legal import missing_mentions, reached
from ctgsite.pages.render import render_pages
from ctgsite.site.identity import site_spec

IT = "l’accessibilité"
MODEL = (  # the headings of the official declaration, in its order
    "État de conformité",
    "Résultats des tests",
    "Contenus non accessibles",
    "Non-conformités",
    "Dérogations pour charge disproportionnée",
    "Contenus non soumis à l’obligation d’accessibilité",
    "Établissement de cette déclaration d’accessibilité",
    "Technologies utilisées pour la réalisation du site",
    f"Agents utilisateurs, technologies d’assistance et outils utilisés pour vérifier {IT}",
    "Pages du site ayant fait l’objet de la vérification de conformité",
    "Retour d’information et contact",
    "Voies de recours",
)
WHOLE = {
    "collectivite": "CC de l’Exemple",
    "adresse": "1 place de la Mairie, 31000 Exemple",
    "telephone": "05 00 00 00 00",
    "contact": "ctg@exemple.fr",
    "directeur_de_publication": "la présidente",
    "hebergeur": {"nom": "Hébergeur", "adresse": "1 rue", "telephone": "01 00 00 00 00"},
    "dpo": "dpo@exemple.fr",
    "accessibilite": {
        "conformite": "partielle",
        "date": "2026-11-26",
        "mise_a_jour": "2026-12-01",
        "contact": "https://exemple.fr/accessibilite",
        "schema_pluriannuel": "https://exemple.fr/schema",
        "audit": {
            "par": "la société Exemple",
            "date": "2026-10-01",
            "taux": 78,
            "environnements": ["Firefox et NVDA"],
            "outils": ["Contrast-Finder"],
            "pages": ["Synthèse"],
        },
        "non_conformites": ["des images sans légende"],
        "derogations": ["la vidéo du séminaire"],
        "exemptions": ["la carte interactive"],
    },
}


def page(diagnostic: Diagnostic, templates: Path, name: str, said: dict[str, object]) -> str:
    territory = diagnostic.territory.model_copy(
        update={"publisher": Publisher.model_validate(said)}
    )
    pages = render_pages(replace(diagnostic, territory=territory), templates)
    found = next(p.markdown for p in pages if str(p.path) == f"{name}/index.md")
    return re.sub("[\u00a0\u202f]", " ", found)


@pytest.mark.parametrize("said", [{}, WHOLE])
def test_the_declaration_follows_the_official_model(
    diagnostic: Diagnostic, templates: Path, said: dict[str, object]
) -> None:
    text = page(diagnostic, templates, "accessibilite", said)
    assert tuple(re.findall(r"^##+ (.+)$", text, re.MULTILINE)) == MODEL
    for word in ("Défenseur des droits", "Libre réponse 71120", "09 69 39 00 00", "/saisir/"):
        assert word in text


def test_until_an_audit_the_site_is_not_in_conformity(
    diagnostic: Diagnostic, templates: Path
) -> None:
    text = page(diagnostic, templates, "accessibilite", {})
    assert "**non conforme**" in text
    assert "pas encore fait l’objet d’un audit" in text
    assert text.count('!!! note "À compléter"') == 2  # its date, and where to write


def test_the_declaration_says_all_that_the_publisher_declares(
    diagnostic: Diagnostic, templates: Path
) -> None:
    text = page(diagnostic, templates, "accessibilite", WHOLE)
    for words in (
        "**partiellement conforme**", "en raison des non-conformités", "78 % des critères",
        "la société Exemple, le 1er octobre 2026", "établie le 26 novembre 2026",
        "mise à jour le 1er décembre 2026", "Firefox et NVDA", "Contrast-Finder", "- Synthèse",
        "- Des images sans légende.", "- La vidéo du séminaire.", "- La carte interactive.",
        "(https://exemple.fr/schema)", "<https://exemple.fr/accessibilite>",
    ):  # fmt: skip
        assert words in text, words
    assert "compléter" not in text


def test_the_foot_of_every_page_says_the_state_and_leads_to_the_data(
    diagnostic: Diagnostic,
) -> None:
    links = [link.label for link in site_spec(diagnostic, None).footer_links]
    assert "Accessibilité : non conforme" in links
    assert "Données personnelles" in links


def test_what_the_mentions_lack_is_said_once(diagnostic: Diagnostic, templates: Path) -> None:
    text = page(diagnostic, templates, "mentions-legales", {"hebergeur": {"nom": "Hébergeur"}})
    assert text.count("compléter") == 1
    assert "le téléphone de l’hébergeur" in text
    assert "l’hébergeur du site" not in text
    whole = page(diagnostic, templates, "mentions-legales", WHOLE)
    assert "compléter" not in whole
    for words in ("1 place de la Mairie", "[ctg@exemple.fr](mailto:ctg@exemple.fr)", "1 rue"):
        assert words in whole


def test_a_publisher_that_says_everything_lacks_nothing() -> None:
    assert missing_mentions(Publisher.model_validate(WHOLE)) == []
    assert len(missing_mentions(Publisher())) == 6


def test_rights_are_used_with_the_delegate_or_the_publisher(
    diagnostic: Diagnostic, templates: Path
) -> None:
    name = "donnees-personnelles"
    assert "(mailto:dpo@exemple.fr)" in page(diagnostic, templates, name, WHOLE)
    assert "(mailto:a@b.fr)" in page(diagnostic, templates, name, {"contact": "a@b.fr"})
    alone = page(diagnostic, templates, name, {})
    assert alone.count("À compléter") == 1
    assert "https://www.cnil.fr/fr/plaintes" in alone


@pytest.mark.parametrize(
    ("contact", "markdown"),
    [
        ("a@b.fr", "[a@b.fr](mailto:a@b.fr)"),
        ("https://b.fr/ecrire", "<https://b.fr/ecrire>"),
        ("https://b.fr/<script>", "https://b.fr/&lt;script>"),
        ("au guichet, <b>le mardi</b>", "au guichet, &lt;b>le mardi&lt;/b>"),
        ("a@b.fr](javascript:x)", "a@b.fr\\](javascript:x)"),
    ],
)
def test_where_to_write_is_a_link_and_cannot_act(contact: str, markdown: str) -> None:
    assert reached(contact) == markdown
