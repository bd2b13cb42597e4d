"""Questionnaires: what each survey tool's export says, and where each of its faults stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctgsite.config.citations import question_ids
from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories
from ctgsite.config.survey_files import SurveyAnswers, read_surveys

HEAD = """titre: Vos besoins
public: Familles
finalite: préparer la convention
information: en tête du questionnaire
conservation_jusqu_au: 2027-06-30
questions:
"""
ABOUT = (
    HEAD
    + """  - id: age
    intitule: Quel est votre âge ?
    type: nombre
    minimum: 0
    maximum: 120
  - id: accord
    intitule: Êtes-vous d’accord ?
    type: echelle
    modalites: [{code: A1, libelle: Pas d’accord}, {code: A2, libelle: D’accord}]
  - id: trajet
    intitule: Comment venez-vous ?
    type: choix_multiple
    modalites:
      - {code: SQ001, libelle: À pied}
      - {code: SQ002, libelle: En bus}
      - {code: SQ003, libelle: "En voiture, seul ou à plusieurs"}
  - id: idees
    intitule: Vos idées
    type: texte
"""
)
LIMESURVEY_CODES = """\
"id","submitdate","lastpage","age","accord","trajet[SQ001]","trajet[SQ002]","trajet[SQ003]","idees"
"1","2026-03-01 10:00:00","3","34","A2","Y","","Y","Plus de bus"
"2","2026-03-01 11:00:00","3","","A1","","Y","",""
"""
LIMESURVEY_TEXTS = """\
"Date de soumission";"Quel est votre âge ?";"Êtes-vous d’accord ?";"Comment venez-vous ? [À pied]";\
"Comment venez-vous ? [En bus]";"Comment venez-vous ? [En voiture, seul ou à plusieurs]";"Vos idées"
"2026-03-01";"34";"D’accord";"Oui";"Non";"Oui";"Plus de bus"
"2026-03-01";"";"Pas d’accord";"Non";"Oui";"Non";""
"""
LIMESURVEY_BOTH = """\
"age. Quel est votre âge ?","accord. Êtes-vous d’accord ?",\
"trajet[SQ001]. Comment venez-vous ? [À pied]","trajet[SQ002]. Comment venez-vous ? [En bus]",\
"trajet[SQ003]. Comment venez-vous ? [En voiture, seul ou à plusieurs]","idees. Vos idées"
"34","D’accord","1","0","1","Plus de bus"
"N/A","Pas d’accord","0","1","0",""
"""
GOOGLE_FORMS = """\
Horodateur,Quel est votre âge ?,Êtes-vous d’accord ?,Comment venez-vous ?,Vos idées
2026/03/01 10:00:00 AM,34,D’accord,"À pied, En voiture, seul ou à plusieurs",Plus de bus
2026/03/01 11:00:00 AM,,Pas d’accord,En bus,
"""
EXCEL = """\
Âge;Accord;Trajet;Idées\r
34;d'accord;À pied;"Plus de bus; et vite"\r
;Pas d'accord;En bus;\r
"""
MICROSOFT_FORMS = """\
Id,Quel est votre âge ?,Êtes-vous d’accord ?,Comment venez-vous ?,Vos idées
1,34,D’accord,"À pied;En voiture, seul ou à plusieurs;",Plus de bus
2,,Pas d’accord,En bus;,
"""
FRAMAFORMS = (
    "Vos besoins\t\t\t\t\t\t\t\t\n"
    "Détails de la soumission\t\t\t\t\tComment venez-vous ?\t\t\t\n"
    "Série\tSID\tHeure\tQuel est votre âge ?\tÊtes-vous d’accord ?\tÀ pied\tEn bus\t"
    '"En voiture, seul ou à plusieurs"\tVos idées\n'
    "1\t101\t2026-03-01\t34\tD’accord\tX\t\tX\tPlus de bus\n"
    "2\t102\t2026-03-01\t\tPas d’accord\t\tX\t\t\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "territories" / "seilh" / "questionnaires"
    own.mkdir(parents=True)
    return own


def write(
    folder: Path, about: str | None = ABOUT, answers: str | bytes | None = GOOGLE_FORMS
) -> None:
    if about is not None:
        (folder / "familles.yml").write_text(about, encoding="utf-8")
    if answers is not None:
        raw = answers if isinstance(answers, bytes) else answers.encode()
        (folder / "familles.csv").write_bytes(raw)


def read(folder: Path, known: KnownNames) -> tuple[tuple[SurveyAnswers, ...], list[str]]:
    found, problems = read_surveys(
        folder.parent, folder.parents[2], known, [*known.themes], [*known.indicators]
    )
    return found, [str(p).removeprefix("territories/seilh/questionnaires/") for p in problems]


def problems(folder: Path, known: KnownNames) -> list[str]:
    return read(folder, known)[1]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(LIMESURVEY_CODES, id="LimeSurvey, codes"),
        pytest.param(LIMESURVEY_TEXTS, id="LimeSurvey, texts"),
        pytest.param(LIMESURVEY_BOTH, id="LimeSurvey, codes and texts"),
        pytest.param(GOOGLE_FORMS, id="Google Forms"),
        pytest.param(MICROSOFT_FORMS, id="Microsoft Forms"),
        pytest.param(FRAMAFORMS, id="Framaforms"),
        pytest.param(GOOGLE_FORMS.encode("utf-8-sig"), id="with a BOM"),
        pytest.param(LIMESURVEY_TEXTS.encode("windows-1252"), id="windows-1252"),
        pytest.param(EXCEL.replace("À pied", "À pied;En voiture, seul ou à plusieurs", 1)
                     .replace("À pied;En", '"À pied;En').replace("plusieurs;", 'plusieurs";', 1)
                     .encode("windows-1252"), id="Excel"),
        pytest.param(FRAMAFORMS.encode("utf-16"), id="Excel, Unicode text"),
        pytest.param(FRAMAFORMS.encode("utf-16-le"), id="UTF-16 without a BOM"),
    ],
)  # fmt: skip
def test_the_exports_of_survey_tools_say_the_same(
    folder: Path, known: KnownNames, answers: str | bytes
) -> None:
    write(folder, answers=answers)
    (survey,), told = read(folder, known)
    assert told == []
    assert survey.answers == {
        "age": (34.0, None),
        "accord": (1, 0),
        "trajet": (frozenset({0, 2}), frozenset({1})),
        "idees": (True, None),
    }


def test_what_was_answered_shows_nowhere(folder: Path, known: KnownNames) -> None:
    write(folder)
    (survey,), _ = read(folder, known)
    assert "34" not in repr(survey)
    assert "Plus de bus" not in str(survey.answers)


def test_a_line_without_any_answer_is_no_respondent(folder: Path, known: KnownNames) -> None:
    write(folder, answers=GOOGLE_FORMS + "2026/03/02 9:00:00 AM,,,,\n")
    (survey,), told = read(folder, known)
    assert told == []
    assert survey.respondents == 2


def test_a_column_is_named_where_the_export_calls_it_otherwise(
    folder: Path, known: KnownNames
) -> None:
    about = ABOUT.replace("type: nombre", "type: nombre\n    colonne: Q1 âge")
    write(folder, about, GOOGLE_FORMS.replace("Quel est votre âge ?", "Q1 Age"))
    (survey,), told = read(folder, known)
    assert told == []
    assert survey.answers["age"] == (34.0, None)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            GOOGLE_FORMS.replace(",34,", ","),
            "familles.csv:2:1: cette ligne a 4 cases au lieu de 5 : une par colonne",
        ),
        (
            GOOGLE_FORMS.replace("En bus,", '"En bus,'),
            "familles.csv:3:1: un guillemet est mal placé ou n’est jamais fermé",
        ),
        ("", "familles.csv:1:1: ce fichier est vide"),
        (
            GOOGLE_FORMS.splitlines()[0],
            "familles.csv:1:1: ce fichier n’a aucune réponse",
        ),
        (
            b"PK\x03\x04 xl/workbook.xml",
            (
                "familles.csv:1:1: c’est un classeur, un fichier CSV est attendu : dans votre "
                "tableur, « Enregistrer sous », puis « CSV UTF-8 »"
            ),
        ),
        (
            GOOGLE_FORMS.replace("Quel est votre âge ?", "Quel est ton age ?"),
            (
                "familles.yml:7:9: colonne inconnue « age » dans familles.csv : "
                "vouliez-vous dire « Quel est ton age ? » ?"
            ),
        ),
        (
            GOOGLE_FORMS.replace("Vos idées", "Quel est votre âge ?"),
            "familles.csv:1:75: la colonne « Quel est votre âge ? » est écrite deux fois",
        ),
        (
            GOOGLE_FORMS.replace("34,D’accord", "34,Daccord"),
            (
                "familles.csv:2:27: « Daccord » n’est pas une réponse proposée à « accord » : "
                "vouliez-vous dire « D’accord » ?"
            ),
        ),
        (
            GOOGLE_FORMS.replace("En bus", "En buss"),
            (
                "familles.csv:3:38: « En buss » n’est pas une réponse proposée à « trajet » : "
                "vouliez-vous dire « En bus » ?"
            ),
        ),
        (
            GOOGLE_FORMS.replace(",34,", ",trente,"),
            (
                "familles.csv:2:24: « age » : cette réponse n’est pas un nombre écrit simplement "
                "(12 ou 12,5)"
            ),
        ),
        (
            GOOGLE_FORMS.replace(",34,", ",340,"),
            "familles.csv:2:24: « age » : ce nombre est trop grand (au plus 120)",
        ),
        (
            LIMESURVEY_CODES.replace('"Y","","Y"', '"Y","peut-être","Y"'),
            "familles.csv:2:45: « trajet » : cette case doit dire Oui ou Non (Y ou N, 1 ou 0)",
        ),
        (
            LIMESURVEY_CODES.replace("trajet[SQ002]", "trajet[SQ009]"),
            (
                "familles.csv:1:61: « SQ009 » n’est pas une réponse proposée à « trajet » : "
                "vouliez-vous dire « SQ001 » ?"
            ),
        ),
    ],
)
def test_each_fault_of_the_answers_is_told_at_its_place(
    folder: Path, known: KnownNames, answers: str | bytes, expected: str
) -> None:
    write(folder, answers=answers)
    assert expected in problems(folder, known)


def test_a_column_that_may_say_who_answered_is_told(folder: Path, known: KnownNames) -> None:
    write(folder, answers=LIMESURVEY_CODES.replace('"lastpage"', '"ipaddr"'))
    (_,), told = read(folder, known)
    assert told == [
        (
            "familles.csv:1:19: attention : la colonne « ipaddr » peut dire qui a répondu : elle "
            "n’est pas lue, retirez-la du fichier"
        )
    ]


def test_a_message_quotes_no_free_text_nor_address(folder: Path, known: KnownNames) -> None:
    text = "Mon voisin au 3 rue des Lilas me garde mes enfants depuis toujours"
    answers = GOOGLE_FORMS.replace("34", "jean.petit@example.org")
    answers = answers.replace("En bus", "paul@example.org").replace("Plus de bus", f'"{text}"x')
    write(folder, answers=answers)
    told = " ".join(problems(folder, known))
    write(folder, answers=answers.replace('"x', '"'))
    told += " ".join(problems(folder, known))
    assert "example.org" not in told
    assert "Lilas" not in told


def test_an_answer_outside_its_list_is_cut(folder: Path, known: KnownNames) -> None:
    write(folder, answers=GOOGLE_FORMS.replace("34,D’accord", "34," + "x" * 60))
    assert any("« " + "x" * 40 + " »" in told for told in problems(folder, known))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- id: accord", "- id: age", "familles.yml:12:9: « age » est écrit deux fois"),
        (
            "type: echelle",
            "type: echelle\n    croiser_par: [agee]",
            "familles.yml:15:19: question inconnue « agee » : vouliez-vous dire « age » ?",
        ),
        (
            "type: echelle",
            "type: echelle\n    croiser_par: [trajet]",
            (
                "familles.yml:15:19: « trajet » ne peut pas croiser : attendu une question à "
                "réponse unique"
            ),
        ),
        (
            "type: echelle",
            "type: echelle\n    theme: logements",
            (
                "familles.yml:15:12: thématique inconnue « logements » : vouliez-vous dire "
                "« logement » ?"
            ),
        ),
        (
            "type: echelle",
            "type: echelle\n    constats: [populations]",
            (
                "familles.yml:15:16: indicateur inconnu « populations » : vouliez-vous dire "
                "« population » ?"
            ),
        ),
        (
            "{code: A2, libelle: D’accord}",
            "{code: A1, libelle: D’accord}",
            "familles.yml:15:59: « A1 » désigne deux réponses de cette question",
        ),
        (
            "questions:",
            "ponderation: {sur: [accord]}\nquestions:",
            (
                "familles.yml:6:21: « accord » ne peut pas servir au redressement : chacune de ses "
                "réponses doit dire à quoi elle se compare (« recensement »)"
            ),
        ),
        (
            "type: echelle\n    modalites: [{code: A1, libelle: Pas d’accord}",
            (
                "type: choix\n    role: commune\n    modalites: "
                '[{code: A1, libelle: Pas d’accord, recensement: ["3154"]}'
            ),
            (
                "familles.yml:16:65: code inconnu « 3154 » : ce n’est pas le code d’une commune ; "
                "vouliez-vous dire « 31541 » (Seilh) ?"
            ),
        ),
        (
            "type: texte",
            "type: texte\n    modalites: [{libelle: A}, {libelle: B}]",
            (
                "familles.yml:23:5: « questions (4) » : une question « texte » n’a pas de "
                "« modalites »"
            ),
        ),
    ],
)
def test_each_fault_of_the_description_is_told_at_its_place(
    folder: Path, known: KnownNames, old: str, new: str, expected: str
) -> None:
    assert old in ABOUT
    write(folder, ABOUT.replace(old, new, 1))
    assert expected in problems(folder, known)


def test_a_description_and_its_answers_go_together(folder: Path, known: KnownNames) -> None:
    write(folder, about=None)
    assert problems(folder, known) == [
        "familles.csv:1:1: il manque la description de ce questionnaire : « familles.yml » à côté"
    ]
    (folder / "familles.csv").unlink()
    write(folder, answers=None)
    assert problems(folder, known) == [
        (
            "familles.yml:1:1: les réponses manquent : le fichier « familles.csv » est attendu à "
            "côté, ou « familles.resultats.json », que « ctgsite freeze » écrit avant qu’on les "
            "supprime"
        )
    ]
    (folder / "familles.xlsx").write_bytes(b"")
    assert any(
        told.startswith("familles.xlsx:1:1: c’est un classeur") for told in problems(folder, known)
    )


def test_a_required_answer_is_asked_of_those_who_answered(folder: Path, known: KnownNames) -> None:
    write(folder, ABOUT.replace("type: nombre", "type: nombre\n    obligatoire: true"))
    assert problems(folder, known) == [
        "familles.csv:3:24: « age » est obligatoire : cette case est vide"
    ]


def test_questions_can_be_cited_whatever_is_wrong_with_their_answers(folder: Path) -> None:
    write(folder, answers="")
    assert tuple(question_ids(folder.parent)) == (
        "familles/age", "familles/accord", "familles/trajet", "familles/idees",
    )  # fmt: skip


def test_a_fault_of_a_questionnaire_stops_its_territory(folder: Path, known: KnownNames) -> None:
    workspace = folder.parents[2]
    (workspace / "territories" / "seilh.yml").write_text(
        'nom: Seilh\ntype: commune\ncodes: ["31541"]\n', encoding="utf-8"
    )
    write(folder)
    territories, told = load_territories(workspace, (), known)
    assert len(territories) == 1
    assert told == ()
    write(folder, answers="")
    territories, told = load_territories(workspace, (), known)
    assert territories == ()
    assert [str(problem) for problem in told] == [
        "territories/seilh/questionnaires/familles.csv:1:1: ce fichier est vide"
    ]


def test_what_is_not_listed_may_go_to_one_choice_and_is_never_read(
    folder: Path, known: KnownNames
) -> None:
    about = ABOUT.replace("libelle: Pas d’accord}", "libelle: Pas d’accord, autre: true}")
    about = about.replace("libelle: À pied}", "libelle: À pied, autre: true}")
    answers = GOOGLE_FORMS.replace("34,D’accord", "34,ça dépend des jours")
    answers = answers.replace("En bus,", '"En bus, en trottinette",')
    write(folder, about, answers)
    (survey,), told = read(folder, known)
    assert told == []
    assert survey.answers["accord"] == (0, 0)
    assert survey.answers["trajet"] == (frozenset({0, 2}), frozenset({0, 1}))


def test_a_column_of_other_answers_ticks_the_choice_that_takes_them(
    folder: Path, known: KnownNames
) -> None:
    about = ABOUT.replace("{code: SQ001, libelle: À pied}", "{libelle: Autrement, autre: true}")
    write(folder, about, LIMESURVEY_CODES.replace("trajet[SQ001]", "trajet[other]")
          .replace('"Y","","Y"', '"en trottinette","","Y"'))  # fmt: skip
    (survey,), told = read(folder, known)
    assert told == []
    assert survey.answers["trajet"] == (frozenset({0, 2}), frozenset({1}))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    answers=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    | st.lists(
        st.text(alphabet='a;,"\t\n\r34é’ DA', max_size=40), min_size=1, max_size=6
    ).map(lambda lines: "\n".join([GOOGLE_FORMS.splitlines()[0], *lines]).encode())
)  # fmt: skip
def test_whatever_the_answers_hold_they_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, known: KnownNames, answers: bytes
) -> None:
    own = tmp_path_factory.mktemp("espace") / "territories" / "seilh" / "questionnaires"
    own.mkdir(parents=True)
    write(own, answers=answers)
    surveys, told = read(own, known)
    errors = [one for one in told if "attention" not in one]
    assert bool(surveys) != bool(errors)
    for survey in surveys:
        assert {len(column) for column in survey.answers.values()} == {survey.respondents}
