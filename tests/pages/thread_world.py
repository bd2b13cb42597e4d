"""A fictive convention: voices, enjeux, two axes and four fiches of the Pays d’Essai."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from testville import INCOME, of_territory

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import Diagnostic

PLAN: dict[str, Any] = {
    "slug": "pays-d-essai",
    "nom": "Pays d’Essai",
    "type": "epci",
    "codes": ["000000000"],
    "thematiques": ["logement"],
    "periode": {"debut": 2025, "fin": 2029},
    "participation": {
        "verbatims": [
            {"texte": "Un mot sans suite.", "theme": "logement"},
            {
                "id": "loyer",
                "texte": "Les loyers sont trop hauts pour un premier emploi.",
                "theme": "logement",
                "acteur": "un père",
                "lieu": "Testville",
                "date": "2025-05-02",
                "constats": ["part_logements_vacants"],
            },
            {"id": "oubli", "texte": "Personne n’a repris ce mot.", "theme": "logement"},
        ],
        "ateliers": [{"id": "cafe", "titre": "Café des parents", "participants": 14}],
    },
    "afom": [
        {
            "theme": "logement",
            "type": "atout",
            "texte": "Des logements à remettre en location.",
            "constats": ["part_logements_vacants"],
        }
    ],
    "enjeux": [
        {
            "id": "loger",
            "titre": "Loger les jeunes actifs",
            "theme": "logement",
            "constats": ["part_logements_vacants", "niveau_vie_median"],
            "paroles": ["loyer"],
        },
        {"id": "lien", "titre": "Rompre l’isolement", "paroles": ["cafe"]},
        {"id": "seul", "titre": "Un enjeu sans réponse", "constats": ["logements"]},
    ],
    "priorites": [
        {
            "id": "habitat",
            "titre": "Mieux habiter",
            "enjeux": ["loger"],
            "objectifs": [
                {
                    "id": "louer",
                    "titre": "Remettre en location",
                    "actions": [
                        {
                            "id": "primes",
                            "titre": "Des primes à la remise en location",
                            "pilote": "la CC du Pays d’Essai",
                            "statut": "en_cours",
                            "enjeux": ["loger"],
                            "constats": ["logements"],
                            "mise_a_jour": "2026-03-12",
                            "jalons": [
                                {"date": "2026-02-01", "titre": "Comité oublié"},
                                {"date": "2026-06-01", "titre": "Premières primes"},
                                {
                                    "date": "2026-04-01",
                                    "titre": "Règlement",
                                    "atteint_le": "2026-03-01",
                                },
                            ],
                            "indicateurs": [{"indicateur": "part_logements_vacants", "cible": 6}],
                        }
                    ],
                    "operationnels": [
                        {
                            "titre": "Repérer les logements vides",
                            "actions": [
                                {"id": "visites", "titre": "Des visites", "statut": "realisee"},
                            ],
                        }
                    ],
                }
            ],
        },
        {
            "id": "vie-sociale",
            "titre": "Se retrouver",
            "objectifs": [
                {
                    "titre": "Ouvrir des lieux",
                    "actions": [
                        {"id": "tiers-lieu", "titre": "Un tiers-lieu", "enjeux": ["lien"]},
                        {
                            "id": "fete",
                            "titre": "Une fête des voisins",
                            "statut": "a_venir",
                        },
                    ],
                }
            ],
        },
    ],
}


def territory(*, asked: bool = False, **changes: object) -> Territory:
    """Return the fictive territory, some of its keys replaced.

    With `asked`, a fiche cites a question of a questionnaire, whose page is not on its site.
    """
    written = deepcopy({**PLAN, **changes})
    if asked:
        party = written["priorites"][1]["objectifs"][0]["actions"][1]
        party["paroles"] = ["familles/voisins"]
    return Territory.model_validate(written)


def diagnostic(*, asked: bool = False, **changes: object) -> Diagnostic:
    """Return its whole diagnostic."""
    return of_territory(territory(asked=asked, **changes))


UNKNOWN_HERE = INCOME.id  # on the site's theme, without a figure
