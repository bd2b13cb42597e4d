"""Personal data is found however it is written, and ordinary French with figures is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.config.personal_data.identity import identity
from ctgsite.config.personal_data.sightings import find_personal_data

NBSP, THIN = "\u00a0", "\u202f"
SEPARATORS = ["", " ", ".", "-", "/", NBSP, THIN, " - ", "·", "\u2011", "&nbsp;", "\n"]


def kinds(text: str) -> list[str]:
    return [found.kind for found in find_personal_data(text)]


def passages(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_personal_data(text)]


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return passages within a sentence."""
    before = st.sampled_from(
        ["", "Appelez le ", "tél. : ", "**", "(", "Contact\n", "« ", "en 2025, "]
    )
    after = st.sampled_from(["", ".", ", merci", ")", " »", "\n", "**", " le soir"])
    return st.tuples(before, inner, after).map("".join)


@st.composite
def french_phones(draw: st.DrawFn) -> str:
    digits = draw(st.text("0123456789", min_size=8, max_size=8))
    pairs = [draw(st.sampled_from("123456789")), *(digits[at : at + 2] for at in range(0, 8, 2))]
    prefix = draw(st.sampled_from(["0", "+33", "+33 ", "0033", "0033 ", "+33 (0)", "00 33 "]))
    return prefix + draw(st.sampled_from(SEPARATORS)).join(pairs)


@st.composite
def nirs(draw: st.DrawFn, *, key: bool, separators: list[str]) -> str:
    number = st.integers
    place = draw(
        st.one_of(number(1, 95).map(lambda n: f"{n:02}"), st.sampled_from(["2A", "2B", "99"]))
    )
    fields = [
        draw(st.sampled_from("12")),
        f"{draw(number(0, 99)):02}",
        f"{draw(number(1, 12)):02}",
        place,
        f"{draw(number(1, 990)):03}",
        f"{draw(number(1, 999)):03}",
    ]
    if key:
        digits = "".join(fields).replace("2A", "19").replace("2B", "18")
        fields.append(f"{97 - int(digits) % 97:02}")
    return draw(st.sampled_from(separators)).join(fields)


@st.composite
def emails(draw: st.DrawFn) -> str:
    word = st.text("abcdefghijklmnopqrstuvwxyz0123456789é", min_size=1, max_size=8)
    name = draw(st.sampled_from([".", "-", "_", "+"])).join(
        draw(st.lists(word, min_size=1, max_size=3))
    )
    at = draw(st.sampled_from(["@", "@", "[at]", " (at) ", "(@)", "&#64;", "\\@"]))
    return f"{name}{at}{draw(word)}.{draw(st.sampled_from(['fr', 'com', 'asso.fr', 'gouv.fr']))}"


@given(around(french_phones()))
def test_a_french_phone_number_is_found_in_every_spacing(text: str) -> None:
    assert kinds(text) == ["telephone"]


@given(around(nirs(key=True, separators=SEPARATORS[:-1])))
def test_a_social_security_number_is_found_with_its_key(text: str) -> None:
    assert kinds(text) == ["nir"]


@given(around(nirs(key=False, separators=SEPARATORS[:-1])))
def test_a_social_security_number_is_found_without_its_key(text: str) -> None:
    assert kinds(text) == ["nir"]


@given(around(emails()))
def test_an_e_mail_address_is_found_even_half_hidden(text: str) -> None:
    assert kinds(text) == ["courriel"]


@given(nirs(key=True, separators=[""]), st.integers(1, 96))
def test_fifteen_figures_with_a_wrong_key_are_another_number(nir: str, shift: int) -> None:
    wrong = (int(nir[-2:]) - 1 + shift) % 97 + 1
    assert kinds(f"Dossier {nir[:-2]}{wrong:02}") == []


@given(st.integers(0, 10**9 - 1), st.sampled_from([" ", NBSP, THIN]))
def test_an_amount_is_no_personal_data(amount: int, space: str) -> None:
    written = f"{amount:,}".replace(",", space)
    assert kinds(f"Un budget de {written} € pour {written} heures et {amount} repas.") == []


@given(st.integers(10**8, 10**9 - 1), st.integers(0, 99_999), st.sampled_from(["", " ", NBSP]))
def test_a_siret_is_no_personal_data(siren: int, nic: int, space: str) -> None:
    groups = (f"{siren}"[:3], f"{siren}"[3:6], f"{siren}"[6:], f"{nic:05}")
    assert kinds(f"SIRET {space.join(groups)}, SIREN {space.join(groups[:3])}") == []


@given(st.lists(st.integers(1_001, 95_999).map(lambda code: f"{code:05}"), min_size=1, max_size=8))
def test_codes_of_communes_are_no_personal_data(codes: list[str]) -> None:
    assert kinds(f"Communes {' '.join(codes)} ({', '.join(codes)})") == []


@given(st.dates(), st.dates(), st.integers(0, 23))
def test_dates_are_no_personal_data(start, end, hour: int) -> None:
    days = f"du {start:%d/%m/%Y} au {end:%d/%m/%Y} à {hour:02} h 30, {start:%d.%m.%y} {hour:02} h"
    assert kinds(days) == []


@pytest.mark.parametrize("word", ["a" * 50_000, "1 " * 25_000, "Mme " * 12_000, "(" * 50_000])
def test_a_long_text_without_sense_is_read_at_once(word: str) -> None:
    started = time.perf_counter()
    find_personal_data(word)
    assert time.perf_counter() - started < 20


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for found in find_personal_data(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "phone",
    [
        "06 12 34 56 78", "0612345678", "06.12.34.56.78", "06 - 12 - 34 - 56 - 78", "0612 345 678",
        "06 1234 5678", "0 800 123 456", "0 825 25 12 34", "(+33) 6 12 34 56 78", "06_12_34_56_78",
        "06,12,34,56,78", "tel0612345678", "06&nbsp;12&nbsp;34&nbsp;56&nbsp;78", "0690 12 34 56",
        "+32 470 12 34 56", "0049 7821 123456", "+49 (0) 7821 12345", "+262 692 12 34 56",
    ],
)  # fmt: skip
def test_each_way_to_write_a_phone_number(phone: str) -> None:
    assert kinds(f"Appelez le {phone} le matin") == ["telephone"]


@pytest.mark.parametrize(
    "nir",
    [
        "1 86 03 75 123 456 78", "1860375123456", "1.86.03.75.123.456/78", "2 99 12 2B 004 011",
        "2 99 12 2a 004 011", "1 86 03 75 123 456 clé 12", "1 86 35 99 123 456",
    ],
)  # fmt: skip
def test_each_way_to_write_a_social_security_number(nir: str) -> None:
    assert kinds(f"Son numéro est {nir}.") == ["nir"]


@pytest.mark.parametrize(
    "address",
    [
        "12 rue des Lilas", "12, rue des lilas", "3 bis, avenue Foch", "3bis avenue Foch",
        "12 rue pasteur", "1 place de la République", "5 cours Victor", "12 bd Jean",
        "7, RUE DE L’ÉCOLE", "14 allée Jean-Moulin", "12, r. des Lilas", "3 avenue du 11",
        "10-12 rue Basse", "4 lieu-dit Les", "2 B chemin du Moulin", "8 impasse de l’Église",
        "12\nrue des Lilas", "6 résidence Les",
    ],
)  # fmt: skip
def test_each_way_to_write_a_postal_address(address: str) -> None:
    assert kinds(f"J’habite {address}.") == ["adresse"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mme Martin nous a dit", "Mme Martin"),
        ("selon M. Dupont", "M. Dupont"),
        ("M.Dupont", "M.Dupont"),
        ("M Dupont a dit", "M Dupont"),
        ("Mr Dupont", "Mr Dupont"),
        ("merci à madame Dupont et à tous", "madame Dupont"),
        ("Mademoiselle Claire", "Mademoiselle Claire"),
        ("Mme **Martin**", "Mme **Martin"),
        ("M. J.-P. de La Tour habite", "M. J.-P. de La Tour"),
        ("M. de Villiers", "M. de Villiers"),
        ("M. D’Angelo", "M. D’Angelo"),
        ("M. Le Goff", "M. Le Goff"),
        ("**Mme** Martin", "Mme** Martin"),
        ("> Mme\n> Martin", "Mme\n> Martin"),
        ("Mᵐᵉ Martin", "Mᵐᵉ Martin"),
        ("Mᵉ Dubois", "Mᵉ Dubois"),
        ("Mme L’Hostis", "Mme L’Hostis"),
        ("Mme Dupont-Martin", "Mme Dupont-Martin"),
        ("MME DUPONT", "MME DUPONT"),
        ("Mme la maire Claire Dupont", "Mme la maire Claire Dupont"),
        ("Monsieur le docteur Roux", "Monsieur le docteur Roux"),
        ("le Dr Roux", "Dr Roux"),
        ("Docteur Roux", "Docteur Roux"),
        ("Maître Dubois", "Maître Dubois"),
        ("Me Dubois", "Me Dubois"),
        ("M. et Mme Durand", "Mme Durand"),
        ("le 3 mars 2025 Mme Martin", "Mme Martin"),
        ("à l’école de Mme Martin", "Mme Martin"),
        (f"Mme{NBSP}Martin", f"Mme{NBSP}Martin"),
        ("Mme\nMartin\nDirectrice", "Mme\nMartin"),
    ],
)
def test_a_person_named_by_civility_is_found(text: str, expected: str) -> None:
    assert passages(text) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "52 places pour 100 enfants, soit 1 250 000 € entre 2015 et 2021 (article L. 263-1).",
        "Mme la maire, Madame la Maire et M. le Maire ont ouvert la réunion.",
        "MADAME LA MAIRE DE SEILH",
        "Monsieur le président de la Communauté, Mme la Vice-présidente, Mme l’Adjointe",
        "Madame la Directrice Générale des Services",
        "MM. les Maires, Mmes et MM. les Élus, Mesdames et Messieurs les Conseillers Régionaux",
        "Madame, Monsieur, Mesdames et Messieurs les élus",
        "Monsieur Le Maire remercie les habitants",
        "Mme D., habitante, et M. X sont venus. Mme A. Elle a parlé.",
        "La rue du Docteur Roux et le collège Monsieur Vincent",
        "La rue est calme, une rue, 1 rue piétonne, 12 rues, 3 800 places, 31 routes.",
        "1 place de crèche, 1 place en crèche, 2 cours de danse, 2 cours d’anglais",
        "En 2021, rue des Lilas, un accueil a ouvert.",
        "à 14 h 30, place de la Mairie ; le 14/10, place de la Mairie",
        "0,123456789 ou 0.123456789 ; 01, 02, 03, 04, 05, 06",
        "+12 500 000 € et + 1 250 000 habitants",
        "Un professeur de Français, le maître d’Ouvrage, un maître-nageur, un docteur en droit",
        "12 M€, 12 M d’euros, la ligne M",
        "https://www.insee.fr/fr/statistiques/0123456789 et @ville",
        "Appelez le 119, le 3919, le 36 46 ou le 116 000.",
        "- 01\n- 02\n- 03\n- 04\n- 05\n- 06\n",
        "0 12 24 36 48 60 72 84 mois",
        "2 101 234 567 890 € ; ISBN 9782070368228 ; 3017620422003",
        "Le quotient familial passe de 0 à 1 200 ; 1 216 places au 31 12 2024.",
    ],
)  # fmt: skip
def test_ordinary_french_is_left_alone(sentence: str) -> None:
    assert passages(sentence) == []


@pytest.mark.parametrize(
    ("consent", "written", "covered"),
    [
        ("Mme Martin", "Madame Martin", True),
        ("Mme Martin", "Mlle MARTIN", True),
        ("Mᵐᵉ Martin", "Mme Martin", True),
        ("Mme Martin", "M. Martin", False),
        ("Mme Martin", "Mme Martineau", False),
        ("Mme Martin", "Mme Claire Martin", False),
        ("Claire Martin", "Mme Claire Martin", True),
        ("Martin", "Mme Martin", False),
        ("Mme Claire Dupont", "Mme la maire Claire Dupont", True),
        ("Dr Roux", "Docteur Roux", True),
    ],
)
def test_a_consent_holds_for_one_person(consent: str, written: str, covered: bool) -> None:
    assert identity(consent).covers(identity(written)) is covered


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jean.dupont[at]mairie[dot]fr", "courriel"),
        ("jean.dupont [at] mairie [point] fr", "courriel"),
        ("jean.dupont arobase mairie point fr", "courriel"),
        ("jean.dupont @ mairie.fr", "courriel"),
        ("jean dot dupont at mairie dot fr", "courriel"),
        ("jean.dupont(a)mairie.fr", "courriel"),
        ("jean.dupont＠mairie.fr", "courriel"),
        ("jean.dupont&#x40;mairie.fr", "courriel"),
        ("(06) 12 34 56 78", "telephone"),
        ("O6 12 34 56 78", "telephone"),
        ("au 12 de la rue des Lilas", "adresse"),
        ("12 all. des Lilas", "adresse"),
        ("mme dupont", "personne"),
        ("Mme_Dupont", "personne"),
        ("M<sup>me</sup> Dupont", "personne"),
        ("M^me^ Dupont", "personne"),
    ],
)
def test_hasty_and_disguised_writing_hides_nobody(text: str, kind: str) -> None:
    assert kinds(f"Voir {text} pour la suite.") == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "La réunion est à 14 h @ la mairie.",
        "Du 12 au 14, place de la République, le bus des droits s’arrête.",
        "Du 12 juin au 14, place de la République.",
        "Mme la Référente Familles et Mme la Coordinatrice CTG l’animent.",
        "M. et Mme Tout-le-Monde ne lisent pas ce document.",
        "L’atelier s’est tenu salle Monsieur Hulot, au centre social Monsieur Vincent.",
        "Le mouvement Me Too en parle.",
        "Une mme qui parle, mme la maire, mme la directrice.",
        "Meet at noon. Look at www.caf.fr for more.",
    ],
)
def test_a_month_of_ordinary_writing_is_left_alone(text: str) -> None:
    assert kinds(text) == []
