"""What people type and the page that they expect first, on the default engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import Visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

Visits = Callable[..., Visit]

ON_DEMONSTRATION = {
    "crèche": "thematiques/petite-enfance",
    "creches": "thematiques/petite-enfance",
    "nounou": "thematiques/petite-enfance",
    "assistantes maternelles": "thematiques/petite-enfance",
    "mode de garde": "thematiques/petite-enfance",
    "l’école": "thematiques/enfance",
    "cantine": "thematiques/enfance",
    "décrocheurs": "thematiques/jeunesse",
    "etudiant": "thematiques/jeunesse",
    "médiation familiale": "thematiques/parentalite",
    "parent solo": "thematiques/familles",
    "divorce": "thematiques/familles",
    "logement social": "thematiques/logement",
    "HLM": "thematiques/logement",
    "loyers": "thematiques/logement",
    "chômage": "thematiques/emploi-revenus",
    "pauvrete": "thematiques/emploi-revenus",
    "niveau de vie": "thematiques/emploi-revenus",
    "l’emploi": "thematiques/emploi-revenus",
    "AAH": "thematiques/handicap",
    "médecin généraliste": "thematiques/sante",
    "france services": "thematiques/acces-aux-droits",
    "associations": "thematiques/animation-vie-sociale",
    "questionnaires": "participation",
    "comité de pilotage": "demarche",
    "budget": "actions",
    "enjeux": "priorites",
    "télécharger": "donnees",
    "mentions legales": "mentions-legales",
    "accessibilité": "accessibilite",
}
ON_COEUR_DE_GARONNE = {
    "Cazères": "communes/31135",
    "cazeres": "communes/31135",
    "saint-élix": "communes/31476",
    "Le Fousseret": "communes/31193",
    "personnes agées": "thematiques/seniors",
    "retraités": "thematiques/seniors",
    "internet": "thematiques/inclusion-numerique",
    "fibre": "thematiques/inclusion-numerique",
    "naissances": "thematiques/petite-enfance",
    "résidences secondaires": "thematiques/logement",
    "allocataires": "thematiques/familles",
}


def test_forty_searches_find_first_the_page_that_is_expected(
    visit: Visits, reference_sites: Path, reference_address: str
) -> None:
    assert len(ON_DEMONSTRATION) + len(ON_COEUR_DE_GARONNE) >= 40
    asked = {"demonstration": ON_DEMONSTRATION, "coeur-de-garonne": ON_COEUR_DE_GARONNE}
    found = {
        (slug, words): page
        for slug, expected in asked.items()
        for words, page in first_pages(visit(f"{reference_address}{slug}/"), expected)
    }
    assert found == {
        (slug, words): page for slug, expected in asked.items() for words, page in expected.items()
    }


def first_pages(made: Visit, searches: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield each search with the folder of the page that it finds first."""
    page = made.open()
    page.locator(".md-search__input").click()
    page.get_by_text("Taper pour démarrer la recherche").wait_for(timeout=20_000)
    for words in searches:
        yield words, _first(page, words).removeprefix(made.home).partition("/index.html")[0]


def _first(page: Page, words: str) -> str:
    box, links = page.locator(".md-search__input"), page.locator(".md-search-result__link")
    box.fill("")
    box.press("Backspace")  # the theme listens to keys
    expect(links).to_have_count(0)
    box.fill(words)
    box.press("End")
    links.first.wait_for(timeout=10_000)
    return str(links.first.evaluate("link => link.href"))
