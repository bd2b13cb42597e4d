"""The words for what a territory's file names by short keys: actors, services, steps, states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ctgsite.config.approach import FormerKind, FrameworkKind, StepName
from ctgsite.config.evaluation import BilanKind
from ctgsite.config.fields import State, Validation
from ctgsite.config.plan import ActionState, Direction, FundingState, Importance, IndicatorKind
from ctgsite.config.supply import Holder, ServiceKind
from ctgsite.config.voices import ActorKind, Agreement, SwotKind
from ctgsite.diagnostic.targets import Progress
from ctgsite.diagnostic.voices import VoiceKind
from ctgsite.pages.french import NBSP, counted, listing

TO_COMPLETE = "à compléter"  # where a territory's file says nothing

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
STEP_STATES: dict[State, str] = {"termine": "Terminé", "en_cours": "En cours", "a_venir": "À venir"}
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
VOICES: dict[VoiceKind, str] = {
    "verbatim": "verbatim",
    "atelier": "atelier",
    "entretien": "entretien",
}
# A state of a fiche, furthest along first: what one fiche and what several are said to be.
ACTION_STATES: dict[ActionState | None, tuple[str, str]] = {
    "realisee": ("réalisée", "réalisées"),
    "en_cours": ("en cours", "en cours"),
    "a_venir": ("à venir", "à venir"),
    "en_pause": ("en pause", "en pause"),
    "abandonnee": ("abandonnée", "abandonnées"),
    None: ("sans statut", "sans statut"),
}
IMPORTANCES: dict[Importance, str] = {"elevee": "élevée", "moyenne": "moyenne", "basse": "basse"}
FUNDINGS: dict[FundingState, str] = {"acquis": "acquis", "sollicite": "sollicité"}
INDICATORS: dict[IndicatorKind, str] = {"resultat": "résultat", "moyens": "moyens"}
DIRECTIONS: dict[Direction, str] = {
    "hausse": "à la hausse",
    "baisse": "à la baisse",
    "maintien": "à maintenir",
}
VERDICTS: dict[Progress, str] = {
    Progress.REACHED: "Cible atteinte",
    Progress.ON_TRACK: "En bonne voie",
    Progress.UNCHANGED: "Sans changement net",
    Progress.AWAY: "S’éloigne",
    Progress.UNKNOWN: "Pas encore mesurable",
}
BILANS: dict[BilanKind, str] = {"mi_parcours": "Bilan à mi-parcours", "final": "Bilan final"}


def action_state(state: ActionState | None) -> str:
    """Return the state of a fiche in words."""
    return ACTION_STATES[state][0] if state else TO_COMPLETE


def count_states(
    states: Iterable[ActionState | None],
) -> tuple[tuple[ActionState | None, int], ...]:
    """Return how many fiches are in each state, furthest along first, those that some are in."""
    counts = Counter(states)
    return tuple((state, counts[state]) for state in ACTION_STATES if counts[state])


def told_states(states: Iterable[ActionState | None]) -> str:
    """Return these counts in words: “6 fiches actions : 1 réalisée, 3 en cours et 2 à venir”."""
    counts = count_states(states)
    if not counts:
        return "aucune fiche action"
    total = counted(sum(count for _, count in counts), "fiche action", "fiches actions")
    told = listing(f"{count} {ACTION_STATES[state][count > 1]}" for state, count in counts)
    return f"{total}{NBSP}: {told}"
