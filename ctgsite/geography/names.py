"""The grammar of French place names: an area as subject, and after *de*, *à*, *dans*, *que*.

Pure functions over Area. INSEE's TNCC says whether a name has an article, and whether *de* elides;
what it does not say (gender of “Normandie”, *en* or *dans*) stands in the tables below.
"""

from __future__ import annotations

import re

from ctgsite.geography.areas import Area, Level

ARTICLES = {2: "le ", 3: "la ", 4: "les ", 5: "l’"}  # by TNCC
NAMED_ARTICLES = ("Le ", "La ", "Les ", "L’", "Aux ", "Las ", "Los ")  # in names of communes

# Régions and départements that take no article after "de" (TNCC 0 and 1) take one as a subject.
SUBJECT_ARTICLES = {
    "Maine-et-Loire": "le ",
    "Meurthe-et-Moselle": "la ",
    "Saône-et-Loire": "la ",
    "Seine-et-Marne": "la ",
    "Eure-et-Loir": "l’",
    "Ille-et-Vilaine": "l’",
    "Indre-et-Loire": "l’",
    "Auvergne-Rhône-Alpes": "l’",
    "Bourgogne-Franche-Comté": "la ",
    "Bretagne": "la ",
    "Corse": "la ",
    "Île-de-France": "l’",
    "Normandie": "la ",
    "Occitanie": "l’",
    "Provence-Alpes-Côte d’Azur": "la ",
}
AT = frozenset({"Paris", "La Réunion", "Mayotte"})  # "à", like a town
# Usage wants "dans la" for these feminine départements, "en" for the other feminine names.
IN_THE = frozenset(
    {
        *("Creuse", "Drôme", "Loire", "Manche", "Marne", "Meuse", "Nièvre"),
        *("Sarthe", "Somme", "Vienne"),
    }
)
# TNCC 5 ("l’") is of both genders: these take "en", the others "dans l’".
ELIDED_EN = frozenset({"Ardèche", "Ariège", "Essonne", "Isère"})
MASCULINE_EN = frozenset({"Centre-Val de Loire"})  # its own and INSEE's usage, against the rule

EPCI_KINDS = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
}
GENERIC = {  # what an EPCI's or a groupe's name may start with, and its article
    "Communauté": "la ",
    "Métropole": "la ",
    "Eurométropole": "l’",
    "Agglomération": "l’",
    "Territoire": "le ",
    "Pays": "le ",
    "Bassin": "le ",
    "Vallée": "la ",
    "Vallées": "les ",
    "Communes": "les ",
}
PROPER = frozenset({"Métropole", "Eurométropole", "Pays"})  # which keep their capital
# EPCI whose own name says what they are ("Vitré Communauté") are called by it alone.
OWN_KIND = re.compile(
    r"(?!(?:de|du|des|la|le|les) |[dl]’).+ (?:Agglo(?:mération)?|Communauté|Métropole)",
    re.IGNORECASE,
)

VOWEL = re.compile(r"[aeiouàâäéèêëîïôöùûüœæ]|y(?![aeiou])", re.IGNORECASE)
MUTE_H = re.compile(
    r"h(abit|abil|ebdo|erb|eure|ier\b|ist|iver|omm|onn|ono|ôpi|ôte|uil|umain|umid|érault)"
)
NOT_ELIDED = re.compile(r"(onz|oui\b|ouistiti|yaourt|un %)", re.IGNORECASE)
QUOTED = re.compile(r"(?:''|\")(.+?)(?:''|\")")


def typographic(name: str) -> str:
    """Return a name with typographic apostrophes, quotes and ligatures, and single spaces."""
    quoted = QUOTED.sub("«\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}»", " ".join(name.split(" ")))
    ligated = re.sub(r"\b([Cc])oeur", r"\1œur", quoted)
    return re.sub(r" {2,}", " ", ligated).replace("'", "’")


def nom(area: Area) -> str:
    """Return the full name for a title: "Le Havre", "Communauté de communes Cœur de Garonne"."""
    name = typographic(area.name)
    kind, _, rest = name.partition(" ")
    if kind not in EPCI_KINDS or _kind(area) is not Level.EPCI:
        return name
    return rest if OWN_KIND.fullmatch(rest) else majuscule(f"{EPCI_KINDS[kind]} {rest}")


def le(area: Area) -> str:
    """Return the area as a subject: "Le Havre", "la Haute-Garonne", "Paris"."""
    article, name = _parts(area)
    return article + name


def de(area: Area) -> str:
    """Return the area after *de*: "du Havre", "d’Orléans", "de la Haute-Garonne"."""
    article, name = _parts(area)
    if _kind(area) in (Level.DEPARTEMENT, Level.REGION) and area.tncc in (0, 1):
        article = ""  # INSEE: "de Bretagne", "d’Eure-et-Loir"
    return _contracted("de ", article, name, elides=_elides(area, name))


def a(area: Area) -> str:
    """Return the area after *à*: "au Havre", "à Seilh", (comparé) "au Loir-et-Cher"."""
    return _contracted("à ", *_parts(area))


def dans(area: Area) -> str:
    """Return where something happens: "au Havre", "en Haute-Garonne", "dans le Loir-et-Cher"."""
    kind = _kind(area)
    article, name = _parts(area)
    if kind is Level.COMMUNE or name in AT:
        return _contracted("à ", article, name)
    if kind in (Level.DEPARTEMENT, Level.REGION, Level.FRANCE) and _takes_en(article, name):
        return f"en {name}"
    return f"dans {article}{name}"


def que(text: str) -> str:
    """Return a text after *que*: "qu’à Seilh", "qu’en Haute-Garonne", "que dans le Gers"."""
    return f"qu’{text}" if starts_with_vowel(text) else f"que {text}"


def majuscule(text: str) -> str:
    """Return a text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def starts_with_vowel(text: str) -> bool:
    """Whether words elide before this text (an h counts as aspirate unless known to be mute)."""
    if NOT_ELIDED.match(text):
        return False
    return bool(VOWEL.match(text) or MUTE_H.match(text.lower()))


def _kind(area: Area) -> Level:
    """Return the level whose grammar applies: a territory's code says what it covers."""
    if area.level is not Level.TERRITOIRE:
        return area.level
    if re.fullmatch(r"\d{9}", area.code):
        return Level.EPCI
    if re.fullmatch(r"\d[\dAB]\d{3}", area.code):
        return Level.COMMUNE
    return Level.DEPARTEMENT if re.fullmatch(r"\d[\dAB]\d?", area.code) else Level.TERRITOIRE


def _parts(area: Area) -> tuple[str, str]:
    """Return the article of a name ("" for none) and the name without it."""
    kind = _kind(area)
    name = typographic(area.name)
    if kind is Level.COMPARABLES:
        return "les ", "territoires comparables"
    if kind is Level.COMMUNE:
        return _commune_parts(name)
    if kind in (Level.EPCI, Level.TERRITOIRE):
        return _generic_parts(kind, nom(area))
    return SUBJECT_ARTICLES.get(name, ARTICLES.get(area.tncc, "")), name


def _commune_parts(name: str) -> tuple[str, str]:
    # The name decides, not the TNCC: a few (Le Vernet-Chaméane) have an article and TNCC 0.
    for article in NAMED_ARTICLES:
        if name.startswith(article):
            return article, name.removeprefix(article)
    return "", name


def _generic_parts(kind: Level, name: str) -> tuple[str, str]:
    """Return the parts of an EPCI's or a groupe's name, by its first word.

    A name that is no common noun stays as it is for an EPCI ("Bordeaux Métropole"), and becomes
    "le territoire X" for a groupe.
    """
    first = name.split(" ")[0]
    if first in GENERIC:
        return GENERIC[first], name if first in PROPER else name[0].lower() + name[1:]
    for article in ("Le ", "La ", "Les ", "L’"):
        if kind is Level.TERRITOIRE and name.startswith(article):
            return article.lower(), name.removeprefix(article)
    return ("", name) if kind is Level.EPCI else ("le ", f"territoire {name}")


def _contracted(preposition: str, article: str, name: str, *, elides: bool = False) -> str:
    """Join *de* or *à* with an article: only "le" and "les" (and INSEE's "Aux") contract."""
    du, des = ("du ", "des ") if preposition == "de " else ("au ", "aux ")
    if article.lower() == "le ":
        return du + name
    if article.lower() in ("les ", "aux "):
        return des + name
    if not article and elides and preposition == "de ":
        return f"d’{name}"
    return preposition + article + name


def _elides(area: Area, name: str) -> bool:
    """Whether *de* elides before a name without article: INSEE says so, if the name is its own."""
    if _kind(area) in (Level.EPCI, Level.TERRITOIRE):
        return starts_with_vowel(name)
    return area.tncc == 1 or (area.tncc == 0 and starts_with_vowel(name) and name[0] not in "Hh")


def _takes_en(article: str, name: str) -> bool:
    if name in MASCULINE_EN or name in SUBJECT_ARTICLES:
        return True
    return (article == "la " and name not in IN_THE) or name in ELIDED_EN
