"""What the file of a place that does not exist says of its démarche, its voices and its supply."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from testville import BOURG, TESTVILLE, of_territory

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.supply import PlacedService

SAID: dict[str, Any] = {
    "slug": "pays-d-essai",
    "nom": "Pays d’Essai",
    "type": "epci",
    "codes": ["000000000"],
    "thematiques": ["logement"],
    "signataires": [
        {
            "nom": "Caf de la Fictive",
            "role": "financeur",
            "logo": "images/caf.svg",
            "autorisation_logo": {"par": "service communication", "date": "2025-01-10"},
        },
        {"nom": "CC du Pays d’Essai", "logo": "images/cc.png"},
    ],
    "demarche": {
        "phases": {
            "quantitative": {
                "debut": "2025-01-15",
                "fin": "2025-04-30",
                "etat": "termine",
                "validation": "cotech",
                "validee_le": "2025-05-06",
            }
        },
        "etapes": {
            "attentes_des_acteurs": {"debut": "2025-02-01", "etat": "en_cours"},
            "seminaire_enjeux_partages": {"debut": "2025-10-14", "fin": "2025-10-14"},
        },
        "gouvernance": {
            "comites_thematiques": [{"nom": "Comité habitat", "theme": "logement"}],
        },
        "mobilisation": [
            {"acteurs": "habitant", "nombre": 40, "etape": "qualitative"},
            {"acteurs": "habitant", "nombre": 5, "etape": "seminaire_enjeux_partages"},
            {"acteurs": "habitant", "nombre": 2, "etape": "qualitative"},
            {"acteurs": "elu", "nombre": 8, "etape": "seminaire_enjeux_partages"},
        ],
        "bilan": {
            "contrat": "cej",
            "periode": "2019-2022",
            "reussites": ["un relais ouvert"],
            "difficultes": ["peu de places"],
            "suites": ["le comité technique"],
        },
        "cadres": [
            {"type": "cls", "nom": "CLS du Pays", "texte": "mêmes publics"},
            {"type": "plan_mercredi", "nom": "Plan mercredi des communes"},
        ],
    },
    "participation": {
        "verbatims": [
            {
                "id": "vides",
                "texte": "« Il y a des maisons *vides*\npartout. »",
                "acteur": "une habitante du bourg",
                "type_acteur": "habitant",
                "date": "2025-04-12",
                "lieu": "marché",
                "constats": ["part_logements_vacants"],
            },
            {"id": "loyers", "texte": "Trop cher.", "theme": "logement", "type_acteur": "parent"},
            {"texte": "On ne sait pas à qui demander."},
        ],
        "ateliers": [
            {
                "id": "atelier-habitat",
                "titre": "Habiter ici",
                "type_acteur": "professionnel",
                "date": "2025-05-20",
                "participants": 23,
                "thematiques": ["logement"],
                "constats": ["part_logements_vacants", "niveau_vie_median"],
            }
        ],
        "entretiens": [{"titre": "Le bailleur", "synthese": "Des demandes."}],
    },
    "competences": [
        {"domaine": "Habitat", "titulaire": "epci", "organisme": "CC", "theme": "logement"}
    ],
    "offre": [
        {
            "type": "ccas",
            "nom": "CCAS du Bourg",
            "theme": "logement",
            "latitude": 47.05,
            "longitude": 1.15,
            "gestionnaire": "la commune",
            "capacite": 12,
            "repond_a": ["part_logements_vacants", "niveau_vie_median"],
        },
        {"type": "autre", "nom": "Bus <b>bleu</b>"},
        {"type": "centre_social", "nom": "Le Phare", "theme": "logement"},
    ],
    "afom": [
        {
            "theme": "logement",
            "type": "faiblesse",
            "texte": "des logements vides",
            "constats": ["part_logements_vacants"],
            "paroles": ["vides"],
        },
        {"theme": "logement", "type": "atout", "texte": "un bailleur présent"},
    ],
    "convergence": [
        {
            "theme": "logement",
            "lecture": "accord",
            "texte": "Tous disent la **vacance**.",
            "constats": ["part_logements_vacants"],
            "paroles": ["vides", "atelier-habitat"],
        }
    ],
}


def said(**changes: Any) -> dict[str, Any]:
    """Return a copy of the file, some of its keys changed."""
    return {**deepcopy(SAID), **changes}


def told(**changes: Any) -> Diagnostic:
    """Return the diagnostic of a territory whose file says so, its services placed by hand."""
    territory = Territory.model_validate(said(**changes))
    places = [(BOURG, (1.15, 47.05), True), (None, None, False), (TESTVILLE, (1.05, 47.05), False)]
    services = tuple(
        PlacedService(service, commune, point, exact=exact)
        for service, (commune, point, exact) in zip(territory.services, places, strict=False)
    )
    return replace(of_territory(territory), services=services)
