"""French place names: articles, contractions, elisions, and the preposition of place."""

import pytest

from ctgsite.geography.areas import COMPARABLES_CODE, Area, Level
from ctgsite.geography.cog import Geography
from ctgsite.geography.names import a, dans, de, le, majuscule, nom, que

LOCATIVES = {
    # départements
    "01": "dans l’Ain",
    "02": "dans l’Aisne",
    "03": "dans l’Allier",
    "04": "dans les Alpes-de-Haute-Provence",
    "05": "dans les Hautes-Alpes",
    "06": "dans les Alpes-Maritimes",
    "07": "en Ardèche",
    "08": "dans les Ardennes",
    "09": "en Ariège",
    "10": "dans l’Aube",
    "11": "dans l’Aude",
    "12": "dans l’Aveyron",
    "13": "dans les Bouches-du-Rhône",
    "14": "dans le Calvados",
    "15": "dans le Cantal",
    "16": "en Charente",
    "17": "en Charente-Maritime",
    "18": "dans le Cher",
    "19": "en Corrèze",
    "2A": "en Corse-du-Sud",
    "2B": "en Haute-Corse",
    "21": "en Côte-d’Or",
    "22": "dans les Côtes-d’Armor",
    "23": "dans la Creuse",
    "24": "en Dordogne",
    "25": "dans le Doubs",
    "26": "dans la Drôme",
    "27": "dans l’Eure",
    "28": "en Eure-et-Loir",
    "29": "dans le Finistère",
    "30": "dans le Gard",
    "31": "en Haute-Garonne",
    "32": "dans le Gers",
    "33": "en Gironde",
    "34": "dans l’Hérault",
    "35": "en Ille-et-Vilaine",
    "36": "dans l’Indre",
    "37": "en Indre-et-Loire",
    "38": "en Isère",
    "39": "dans le Jura",
    "40": "dans les Landes",
    "41": "dans le Loir-et-Cher",
    "42": "dans la Loire",
    "43": "en Haute-Loire",
    "44": "en Loire-Atlantique",
    "45": "dans le Loiret",
    "46": "dans le Lot",
    "47": "dans le Lot-et-Garonne",
    "48": "en Lozère",
    "49": "en Maine-et-Loire",
    "50": "dans la Manche",
    "51": "dans la Marne",
    "52": "en Haute-Marne",
    "53": "en Mayenne",
    "54": "en Meurthe-et-Moselle",
    "55": "dans la Meuse",
    "56": "dans le Morbihan",
    "57": "en Moselle",
    "58": "dans la Nièvre",
    "59": "dans le Nord",
    "60": "dans l’Oise",
    "61": "dans l’Orne",
    "62": "dans le Pas-de-Calais",
    "63": "dans le Puy-de-Dôme",
    "64": "dans les Pyrénées-Atlantiques",
    "65": "dans les Hautes-Pyrénées",
    "66": "dans les Pyrénées-Orientales",
    "67": "dans le Bas-Rhin",
    "68": "dans le Haut-Rhin",
    "69": "dans le Rhône",
    "70": "en Haute-Saône",
    "71": "en Saône-et-Loire",
    "72": "dans la Sarthe",
    "73": "en Savoie",
    "74": "en Haute-Savoie",
    "75": "à Paris",
    "76": "en Seine-Maritime",
    "77": "en Seine-et-Marne",
    "78": "dans les Yvelines",
    "79": "dans les Deux-Sèvres",
    "80": "dans la Somme",
    "81": "dans le Tarn",
    "82": "dans le Tarn-et-Garonne",
    "83": "dans le Var",
    "84": "dans le Vaucluse",
    "85": "en Vendée",
    "86": "dans la Vienne",
    "87": "en Haute-Vienne",
    "88": "dans les Vosges",
    "89": "dans l’Yonne",
    "90": "dans le Territoire de Belfort",
    "91": "en Essonne",
    "92": "dans les Hauts-de-Seine",
    "93": "en Seine-Saint-Denis",
    "94": "dans le Val-de-Marne",
    "95": "dans le Val-d’Oise",
    "971": "en Guadeloupe",
    "972": "en Martinique",
    "973": "en Guyane",
    "974": "à La Réunion",
    "976": "à Mayotte",
}
REGIONS = {  # subject, after "de", after "à", where
    "01": ("la Guadeloupe", "de la Guadeloupe", "à la Guadeloupe", "en Guadeloupe"),
    "02": ("la Martinique", "de la Martinique", "à la Martinique", "en Martinique"),
    "03": ("la Guyane", "de la Guyane", "à la Guyane", "en Guyane"),
    "04": ("La Réunion", "de La Réunion", "à La Réunion", "à La Réunion"),
    "06": ("Mayotte", "de Mayotte", "à Mayotte", "à Mayotte"),
    "11": ("l’Île-de-France", "d’Île-de-France", "à l’Île-de-France", "en Île-de-France"),
    "24": (
        "le Centre-Val de Loire",
        "du Centre-Val de Loire",
        "au Centre-Val de Loire",
        "en Centre-Val de Loire",
    ),
    "27": (
        "la Bourgogne-Franche-Comté",
        "de Bourgogne-Franche-Comté",
        "à la Bourgogne-Franche-Comté",
        "en Bourgogne-Franche-Comté",
    ),
    "28": ("la Normandie", "de Normandie", "à la Normandie", "en Normandie"),
    "32": (
        "les Hauts-de-France",
        "des Hauts-de-France",
        "aux Hauts-de-France",
        "dans les Hauts-de-France",
    ),
    "44": ("le Grand Est", "du Grand Est", "au Grand Est", "dans le Grand Est"),
    "52": (
        "les Pays de la Loire",
        "des Pays de la Loire",
        "aux Pays de la Loire",
        "dans les Pays de la Loire",
    ),
    "53": ("la Bretagne", "de Bretagne", "à la Bretagne", "en Bretagne"),
    "75": (
        "la Nouvelle-Aquitaine",
        "de la Nouvelle-Aquitaine",
        "à la Nouvelle-Aquitaine",
        "en Nouvelle-Aquitaine",
    ),
    "76": ("l’Occitanie", "d’Occitanie", "à l’Occitanie", "en Occitanie"),
    "84": (
        "l’Auvergne-Rhône-Alpes",
        "d’Auvergne-Rhône-Alpes",
        "à l’Auvergne-Rhône-Alpes",
        "en Auvergne-Rhône-Alpes",
    ),
    "93": (
        "la Provence-Alpes-Côte d’Azur",
        "de Provence-Alpes-Côte d’Azur",
        "à la Provence-Alpes-Côte d’Azur",
        "en Provence-Alpes-Côte d’Azur",
    ),
    "94": ("la Corse", "de Corse", "à la Corse", "en Corse"),
}


@pytest.mark.parametrize(
    ("code", "subject", "of", "at"),
    [
        ("76351", "Le Havre", "du Havre", "au Havre"),
        ("93045", "Les Lilas", "des Lilas", "aux Lilas"),
        ("32160", "L’Isle-Jourdain", "de L’Isle-Jourdain", "à L’Isle-Jourdain"),
        ("75056", "Paris", "de Paris", "à Paris"),
        ("45234", "Orléans", "d’Orléans", "à Orléans"),
        ("72181", "Le Mans", "du Mans", "au Mans"),
        ("13001", "Aix-en-Provence", "d’Aix-en-Provence", "à Aix-en-Provence"),
        ("97101", "Les Abymes", "des Abymes", "aux Abymes"),
        ("31541", "Seilh", "de Seilh", "à Seilh"),
        ("17300", "La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("14333", "Honfleur", "de Honfleur", "à Honfleur"),
        ("83069", "Hyères", "d’Hyères", "à Hyères"),
        ("76758", "Yvetot", "d’Yvetot", "à Yvetot"),
        ("60703", "Aux Marais", "des Marais", "aux Marais"),
        ("66104", "Los Masos", "de Los Masos", "à Los Masos"),
        ("63448", "Le Vernet-Chaméane", "du Vernet-Chaméane", "au Vernet-Chaméane"),
    ],
)
def test_communes(geography: Geography, code: str, subject: str, of: str, at: str):
    area = geography.area("commune", code)
    assert (le(area), de(area), a(area), dans(area)) == (subject, of, at, at)


def test_every_departement_has_its_preposition(geography: Geography):
    assert len(LOCATIVES) == 101
    assert {area.code: dans(area) for area in geography.areas("departement")} == LOCATIVES


@pytest.mark.parametrize(
    ("code", "subject", "of", "at"),
    [
        ("41", "le Loir-et-Cher", "du Loir-et-Cher", "au Loir-et-Cher"),
        ("31", "la Haute-Garonne", "de la Haute-Garonne", "à la Haute-Garonne"),
        ("22", "les Côtes-d’Armor", "des Côtes-d’Armor", "aux Côtes-d’Armor"),
        ("34", "l’Hérault", "de l’Hérault", "à l’Hérault"),
        ("28", "l’Eure-et-Loir", "d’Eure-et-Loir", "à l’Eure-et-Loir"),
        ("71", "la Saône-et-Loire", "de Saône-et-Loire", "à la Saône-et-Loire"),
        ("49", "le Maine-et-Loire", "de Maine-et-Loire", "au Maine-et-Loire"),
        ("75", "Paris", "de Paris", "à Paris"),
        ("974", "La Réunion", "de La Réunion", "à La Réunion"),
    ],
)
def test_departements(geography: Geography, code: str, subject: str, of: str, at: str):
    area = geography.area("departement", code)
    assert (le(area), de(area), a(area)) == (subject, of, at)


def test_every_region(geography: Geography):
    found = {r.code: (le(r), de(r), a(r), dans(r)) for r in geography.areas("region")}
    assert found == REGIONS


def test_france(geography: Geography):
    france = geography.area("france", "FRANCE")
    assert (le(france), de(france), a(france)) == ("la France", "de la France", "à la France")
    assert dans(france) == "en France"


@pytest.mark.parametrize(
    ("name", "subject", "of", "where"),
    [
        (
            "CC Coeur de Garonne",
            "la communauté de communes Cœur de Garonne",
            "de la communauté de communes Cœur de Garonne",
            "dans la communauté de communes Cœur de Garonne",
        ),
        (
            "CA de Blois ''Agglopolys''",
            "la communauté d’agglomération de Blois «\xa0Agglopolys\xa0»",
            "de la communauté d’agglomération de Blois «\xa0Agglopolys\xa0»",
            "dans la communauté d’agglomération de Blois «\xa0Agglopolys\xa0»",
        ),
        (
            "CU d'Arras",
            "la communauté urbaine d’Arras",
            "de la communauté urbaine d’Arras",
            "dans la communauté urbaine d’Arras",
        ),
        (
            "CA Fécamp Caux Littoral Agglomération",
            "Fécamp Caux Littoral Agglomération",
            "de Fécamp Caux Littoral Agglomération",
            "dans Fécamp Caux Littoral Agglomération",
        ),
        (
            "CA Le Muretain Agglo",
            "la communauté d’agglomération Le Muretain Agglo",
            "de la communauté d’agglomération Le Muretain Agglo",
            "dans la communauté d’agglomération Le Muretain Agglo",
        ),
        (
            "Eurométropole de Strasbourg",
            "l’Eurométropole de Strasbourg",
            "de l’Eurométropole de Strasbourg",
            "dans l’Eurométropole de Strasbourg",
        ),
        (
            "Métropole de Lyon",
            "la Métropole de Lyon",
            "de la Métropole de Lyon",
            "dans la Métropole de Lyon",
        ),
        (
            "Orléans Métropole",
            "Orléans Métropole",
            "d’Orléans Métropole",
            "dans Orléans Métropole",
        ),
    ],
)
def test_epci(name: str, subject: str, of: str, where: str):
    area = Area(Level.EPCI, "200000000", name)
    assert (le(area), de(area), dans(area)) == (subject, of, where)


def test_comparable_territories():
    peers = Area(Level.COMPARABLES, COMPARABLES_CODE, "Territoires comparables")
    assert le(peers) == "les territoires comparables"
    assert de(peers) == "des territoires comparables"
    assert a(peers) == "aux territoires comparables"
    assert dans(peers) == "dans les territoires comparables"


@pytest.mark.parametrize(
    ("code", "name", "tncc", "subject", "of", "where"),
    [
        ("76351", "Le Havre", 2, "Le Havre", "du Havre", "au Havre"),
        ("31541", "Seilh", 0, "Seilh", "de Seilh", "à Seilh"),
        ("41", "Loir-et-Cher", 2, "le Loir-et-Cher", "du Loir-et-Cher", "dans le Loir-et-Cher"),
        (
            "200030526",
            "CC du Ried de Marckolsheim",
            0,
            "la communauté de communes du Ried de Marckolsheim",
            "de la communauté de communes du Ried de Marckolsheim",
            "dans la communauté de communes du Ried de Marckolsheim",
        ),
        (
            "demonstration",
            "Val d'Exemple",
            0,
            "le territoire Val d’Exemple",
            "du territoire Val d’Exemple",
            "dans le territoire Val d’Exemple",
        ),
        (
            "demonstration",
            "Territoire de démonstration",
            0,
            "le territoire de démonstration",
            "du territoire de démonstration",
            "dans le territoire de démonstration",
        ),
        (
            "trois-rivieres",
            "Les Trois Rivières",
            0,
            "les Trois Rivières",
            "des Trois Rivières",
            "dans les Trois Rivières",
        ),
    ],
)
def test_a_territory_is_named_like_what_it_covers(
    code: str, name: str, tncc: int, subject: str, of: str, where: str
):
    area = Area(Level.TERRITOIRE, code, name, tncc)
    assert (le(area), de(area), dans(area)) == (subject, of, where)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à Seilh", "qu’à Seilh"),
        ("au Havre", "qu’au Havre"),
        ("en Haute-Garonne", "qu’en Haute-Garonne"),
        ("dans le Loir-et-Cher", "que dans le Loir-et-Cher"),
        ("Orléans", "qu’Orléans"),
        ("Évry", "qu’Évry"),
        ("Yvetot", "qu’Yvetot"),
        ("Yaoundé", "que Yaoundé"),
        ("la France", "que la France"),
        ("onze habitants", "que onze habitants"),
        ("hommes", "qu’hommes"),
        ("Haguenau", "que Haguenau"),
        ("", "que "),
    ],
)
def test_que_elides_before_a_vowel(text: str, expected: str):
    assert que(text) == expected


@pytest.mark.parametrize(
    ("level", "name", "title"),
    [
        (Level.COMMUNE, "L'Isle-Jourdain", "L’Isle-Jourdain"),
        (
            Level.EPCI,
            "CC Pyrénées Haut Garonnaises",
            "Communauté de communes Pyrénées Haut Garonnaises",
        ),
        (Level.EPCI, "CA Vitré Communauté", "Vitré Communauté"),
        (Level.EPCI, "CA ECLA  (Espace)", "Communauté d’agglomération ECLA (Espace)"),
        (Level.REGION, "Grand Est", "Grand Est"),
    ],
)
def test_titles_have_the_whole_name(level: Level, name: str, title: str):
    assert nom(Area(level, "", name)).startswith(title)


def test_a_sentence_starts_with_a_capital_and_the_rest_is_kept():
    assert majuscule("en Haute-Garonne") == "En Haute-Garonne"
    assert majuscule("") == ""
