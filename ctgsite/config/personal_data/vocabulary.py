"""The words that tell a name from what is none, without case, accent nor dash."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    """
    de du des la le les d l van von der den di da do dos el al ben bel ould saint
    """
)
TITLES = _words(
    """
    adjoint adjointe ambassadeur ambassadrice batonnier batonniere chef cheffe commissaire
    conseiller conseillere coordinateur coordinatrice cure defenseur defenseure delegue deleguee
    depute deputee directeur directrice docteur docteure doyen doyenne elu elue garde gouverneur
    inspecteur inspectrice juge maire mairesse mediateur mediatrice ministre ordonnateur prefet
    prefete premier premiere president presidente principal principale procureur procureure
    professeur professeure proviseur proviseure rapporteur rapporteure recteur rectrice referent
    referente responsable secretaire senateur senatrice tresorier tresoriere
    """
)
QUALIFIERS = _words(
    """
    adjoint adjointe departemental departementale communautaire delegue deleguee
    general generale honoraire municipal municipale regional regionale maire president presidente
    """
)
# Words that follow a civility, or a name, with a capital and are no name.
NO_NAMES = _words(
    """
    a ainsi alors apres au aussi aux avant avec bonjour car ce cela ces cet cette chaque chez chers
    cheres comme d dans de depuis des donc du elle elles en enfin ensuite est et eux ici il ils je
    l la le les leur leurs lors ma mais merci mes mon moi nos notre nous on or ou oui par pas pour
    quand que qui sa sans selon ses si son sous sur ta tes ton tous tout toute toutes tu un une vers
    vos votre vous y
    monsieur messieurs madame mesdames mademoiselle mesdemoiselles mme mmes mlle mlles mr mm dr pr
    docteur docteure docteurs professeur professeure professeurs maitre maitres
    caf ccas cias msa pmi rpe eaje enfance jeunesse petite parentalite
    conferences ecoles nageur nageurs nageuse oeuvre ouvrage restaurateur restaurateurs composteur
    composteurs apprentissage too
    alsh clas ctg culture education epci evs famille familles habitat handicap laep logement lieu
    numerique pedt ram reaap sante seniors solidarite solidarites sport sports
    """
) | {"tout le monde"}
# Kinds of places that bear people's names: « rue du Docteur Roux », « collège Monsieur Vincent ».
PLACES = (
    "all[ée]es?", "avenue", "av\\.?", "biblioth[èe]que", "boulevard", "bd", "centre[ ]social",
    "chemin", "coll[èe]ge", "cours",
    "[ée]coles?", "gymnase", "groupe[ ]scolaire", "h[ôo]pital", "impasse", "lyc[ée]e", "parc",
    "passage", "place", "pont", "quai", "rond-point", "route", "rue", "salle", "square", "stade",
)  # fmt: skip
