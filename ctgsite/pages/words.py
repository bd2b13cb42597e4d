"""The words for what a territory's file names by short keys: actors, services, steps, states."""

from __future__ import annotations

from ctgsite.config.approach import FormerKind, FrameworkKind, StepName
from ctgsite.config.fields import State, Validation
from ctgsite.config.supply import Holder, ServiceKind
from ctgsite.config.voices import ActorKind, Agreement, SwotKind

ACTORS: dict[ActorKind, str] = {
    "habitant": "Habitants",
    "parent": "Parents",
    "jeune": "Jeunes",
    "senior": "Seniors",
    "association": "Associations",
    "professionnel": "Professionnels",
    "elu": "Élus",
    "institution": "Institutions",
    "entreprise": "Entreprises",
    "autre": "Autres acteurs",
}
ONE_ACTOR: dict[ActorKind, str] = {
    "habitant": "habitant ou habitante",
    "parent": "parent",
    "jeune": "jeune",
    "senior": "senior",
    "association": "association",
    "professionnel": "professionnel ou professionnelle",
    "elu": "élu ou élue",
    "institution": "institution",
    "entreprise": "entreprise",
    "autre": "autre acteur",
}
SERVICES: dict[ServiceKind, str] = {
    "eaje": "Accueil du jeune enfant (EAJE)",
    "rpe": "Relais petite enfance (RPE)",
    "laep": "Lieu d’accueil enfants-parents (LAEP)",
    "mam": "Maison d’assistants maternels (MAM)",
    "ludotheque": "Ludothèque",
    "alsh": "Accueil de loisirs (ALSH)",
    "clas": "Accompagnement à la scolarité (CLAS)",
    "evs": "Espace de vie sociale (EVS)",
    "centre_social": "Centre social",
    "france_services": "France services",
    "accueil_jeunes": "Accueil de jeunes",
    "pmi": "Protection maternelle et infantile (PMI)",
    "ccas": "Centre communal d’action sociale (CCAS)",
    "autre": "Autre service",
}
HOLDERS: dict[Holder, str] = {
    "commune": "Commune",
    "epci": "Intercommunalité",
    "syndicat": "Syndicat",
    "ccas": "CCAS",
    "cias": "CIAS",
    "departement": "Département",
    "region": "Région",
    "etat": "État",
    "caf": "Caf",
    "autre": "Autre organisme",
}
FRAMEWORKS: dict[FrameworkKind, str] = {
    "sdsf": "Schéma départemental des services aux familles (SDSF)",
    "pedt": "Projet éducatif territorial (PEDT)",
    "plan_mercredi": "Plan mercredi",
    "cls": "Contrat local de santé (CLS)",
    "abs": "Analyse des besoins sociaux (ABS)",
    "contrat_ville": "Contrat de ville",
    "autre": "Autre cadre",
}
FORMER: dict[FormerKind, str] = {
    "ctg": "Convention territoriale globale",
    "cej": "Contrat enfance jeunesse",
    "autre": "Autre contrat",
}
STEPS: dict[StepName, str] = {
    "quantitative": "Le diagnostic chiffré",
    "qualitative": "La parole des habitants et des acteurs",
    "attentes_des_acteurs": "Les attentes des acteurs",
    "offre_et_besoins": "L’offre et les besoins",
    "seminaire_enjeux_partages": "Le séminaire d’enjeux partagés",
    "actions_co_construites": "Les actions co-construites",
}
STATES: dict[State, str] = {"termine": "Terminé", "en_cours": "En cours", "a_venir": "À venir"}
VALIDATIONS: dict[Validation, str] = {
    "brouillon": "Brouillon",
    "cotech": "Validé en comité technique",
    "copil": "Validé en comité de pilotage",
    "deliberation": "Adopté par délibération",
}
SWOT: dict[SwotKind, str] = {
    "atout": "Atouts",
    "faiblesse": "Faiblesses",
    "opportunite": "Opportunités",
    "menace": "Menaces",
}
AGREEMENTS: dict[Agreement, str] = {
    "accord": "Chiffres et paroles se rejoignent",
    "divergence": "Chiffres et paroles divergent",
    "chiffres_seuls": "Des chiffres, aucune parole",
    "paroles_seules": "Des paroles, aucun chiffre",
}
