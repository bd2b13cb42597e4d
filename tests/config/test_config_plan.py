"""The plan d'actions is read from several files; each fault is told at its line in its own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories

HEAD = """\
nom: Seilh
type: commune
codes: ["31541"]
periode: {debut: 2025, fin: 2029}
participation:
  verbatims:
    - {id: creche-complete, texte: "La crèche est complète."}
enjeux:
  - {id: garde, titre: Faire garder, constats: [population]}
priorites:
  - id: enfance
    titre: L’enfance
    enjeux: [garde]
    objectifs:
      - id: accueillir
        titre: Accueillir
        operationnels:
          - id: places
            titre: Créer des places
            actions:
              - id: creche
                titre: Agrandir la crèche
                indicateurs: [{intitule: Places}]
"""
FICHE = """\
id: relais
objectif: places
titre: Ouvrir un relais
indicateurs: [{intitule: Visites}]
"""
AT = "territories/seilh/actions/relais.yml"


def told(workspace: Path, known: KnownNames, head: str = HEAD, **files: str) -> list[str]:
    """Return what is said of a territory whose fiches are these files, by stem."""
    write(workspace, head, **files)
    return [str(problem) for problem in load_territories(workspace, (), known)[1]]


def write(workspace: Path, head: str, **files: str) -> Path:
    folder = workspace / "territories" / "seilh"
    (folder / "actions").mkdir(parents=True, exist_ok=True)
    (workspace / "territories" / "seilh.yml").write_text(head, encoding="utf-8")
    for stem, text in files.items():
        (folder / "actions" / f"{stem}.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_fiche_of_its_own_file_stands_under_the_objectif_it_names(
    workspace: Path, known: KnownNames
) -> None:
    write(workspace, HEAD, relais=FICHE)
    (territory,), problems = load_territories(workspace, (), known)
    (objective,) = territory.priorities[0].objectives
    assert [a.id for a in objective.operational[0].actions] == ["creche", "relais"]
    assert objective.actions == ()
    assert problems == ()


def test_a_fiche_may_serve_a_strategic_objectif(workspace: Path, known: KnownNames) -> None:
    write(workspace, HEAD, relais=FICHE.replace("places", "accueillir"))
    ((territory,), _) = load_territories(workspace, (), known)
    assert [a.id for a in territory.priorities[0].objectives[0].actions] == ["relais"]


def test_files_stand_in_the_order_of_their_numbers(workspace: Path, known: KnownNames) -> None:
    fiches = {name: FICHE.replace("relais", name) for name in ("a-10", "a-2", "a-1")}
    write(workspace, HEAD, **fiches)
    ((territory,), _) = load_territories(workspace, (), known)
    (objective,) = territory.priorities[0].objectives
    assert [a.id for a in objective.operational[0].actions] == ["creche", "a-1", "a-2", "a-10"]


def test_a_broken_fiche_stops_its_territory_only(workspace: Path, known: KnownNames) -> None:
    write(workspace, HEAD, relais="id: [")
    talant = 'nom: Talant\ntype: commune\ncodes: ["21617"]\n'
    (workspace / "territories" / "talant.yml").write_text(talant, encoding="utf-8")
    territories, problems = load_territories(workspace, (), known)
    assert [territory.slug for territory in territories] == ["talant"]
    assert {str(p.place.path) for p in problems if p.place} == {AT}


INDICATOR = "indicateurs: [{intitule: Visites}]"
IN_FICHE = {
    "unknown objectif": (
        ("objectif: places", "objectif: place"),
        "2:11: objectif inconnu « place » : vouliez-vous dire « places » ?",
    ),
    "id is not the stem": (
        ("id: relais", "id: relai"),
        "1:5: l’identifiant « relai » et le nom du fichier, « relais », doivent être égaux",
    ),
    "id of another fiche": (
        ("id: relais", "id: creche"),
        "1:5: « creche » est écrit deux fois (déjà dans territories/seilh.yml, ligne 21)",
    ),
    "unknown key": (
        (INDICATOR, f"{INDICATOR}\npilotte: Caf"),
        "5:1: clé inconnue « pilotte » : vouliez-vous dire « pilote » ?",
    ),
    "unknown enjeu": (
        (INDICATOR, f"{INDICATOR}\nenjeux: [gardes]"),
        "5:10: enjeu inconnu « gardes » : vouliez-vous dire « garde » ?",
    ),
    "unknown finding": (
        (INDICATOR, f"{INDICATOR}\nconstats: [populations]"),
        "5:12: indicateur inconnu « populations » : vouliez-vous dire « population » ?",
    ),
    "unknown voice": (
        (INDICATOR, f"{INDICATOR}\nparoles: [creche-comple]"),
        "5:11: parole inconnue « creche-comple » : vouliez-vous dire « creche-complete » ?",
    ),
    "unknown indicator": (
        (INDICATOR, "indicateurs: [{indicateur: populatoin}]"),
        "4:28: indicateur inconnu « populatoin » : vouliez-vous dire « population » ?",
    ),
    "nameless indicator": (
        (INDICATOR, "indicateurs: [{cible: 3}]"),
        (
            "4:15: « indicateurs (1) » : attendu « intitule » (ce qui est mesuré) ou "
            "« indicateur » (un indicateur du site)"
        ),
    ),
    "unknown fiche": (
        (INDICATOR, f"{INDICATOR}\nfiches_liees: [creches]"),
        "5:16: fiche action inconnue « creches » : vouliez-vous dire « creche » ?",
    ),
    "link to itself": (
        (INDICATOR, f"{INDICATOR}\nfiches_liees: [relais]"),
        "5:16: la fiche « relais » se cite elle-même : retirez ce lien",
    ),
    "unknown commune": (
        (INDICATOR, f'{INDICATOR}\ncommunes: ["31542"]'),
        (
            "5:12: code inconnu « 31542 » : ce n’est pas le code d’une commune ; vouliez-vous dire "
            "« 31541 » (Seilh) ?"
        ),
    ),
    "commune of another territory": (
        (INDICATOR, f'{INDICATOR}\ncommunes: ["21617"]'),
        "5:12: « 21617 » (Talant) n’est pas une commune du territoire",
    ),
    "unknown theme": (
        (INDICATOR, f"{INDICATOR}\ntheme: seniror"),
        "5:8: thématique inconnue « seniror » : vouliez-vous dire « seniors » ?",
    ),
    "end before start": (
        (INDICATOR, f"{INDICATOR}\ndebut: 2027-01-01\nfin: 2026-01-01"),
        "6:6: « fin » vient avant « debut »",
    ),
    "start out of the convention": (
        (INDICATOR, f"{INDICATOR}\ndebut: 2024-12-31"),
        "5:8: « debut » : le 31/12/2024 est hors de la période de la convention (2025 à 2029)",
    ),
    "end out of the convention": (
        (INDICATOR, f"{INDICATOR}\nfin: 2030-01-01"),
        "5:6: « fin » : le 01/01/2030 est hors de la période de la convention (2025 à 2029)",
    ),
    "continuous with an end": (
        (INDICATOR, f"{INDICATOR}\nfin: 2027-01-01\ncontinue: true"),
        "5:6: une action continue n’a pas de « fin » : retirez l’une des deux clés",
    ),
    "milestone after the end": (
        (
            INDICATOR,
            f"{INDICATOR}\nfin: 2027-01-01\njalons: [{{date: 2027-01-02, titre: Ouverture}}]",
        ),
        "6:17: jalon : le 02/01/2027 vient après la fin de l’action (01/01/2027)",
    ),
    "milestone before the start": (
        (
            INDICATOR,
            f"{INDICATOR}\ndebut: 2027-01-03\njalons: [{{date: 2027-01-02, titre: Ouverture}}]",
        ),
        "6:17: jalon : le 02/01/2027 vient avant le début de l’action (03/01/2027)",
    ),
    "reading before the baseline": (
        (
            INDICATOR,
            (
                "indicateurs: [{intitule: Visites, t0: {date: 2026-01-01, valeur: 3},\n"
                "  mesures: [{date: 2025-12-31, valeur: 4}]}]"
            ),
        ),
        "5:20: cette mesure vient avant la situation de départ (t0, 01/01/2026)",
    ),
    "two readings of one day": (
        (
            INDICATOR,
            (
                "indicateurs: [{intitule: Visites, mesures: [{date: 2026-01-01, valeur: 3},\n"
                "  {date: 2026-01-01, valeur: 4}]}]"
            ),
        ),
        "5:10: deux mesures portent la date du 01/01/2026",
    ),
    "target the wrong way": (
        (
            INDICATOR,
            (
                "indicateurs: [{intitule: Visites, t0: {date: 2026-01-01, valeur: 3},\n"
                "  sens: hausse, cible: 2}]"
            ),
        ),
        "5:24: « sens: hausse », mais la cible est au-dessous de la situation de départ",
    ),
    "budget that does not add up": (
        (
            INDICATOR,
            (
                f"{INDICATOR}\nbudget: {{total: 75000, reste_a_charge: 10000.5,\n"
                "  financeurs: [{nom: Caf, montant: 60000}]}"
            ),
        ),
        (
            "5:17: le budget ne tombe pas juste : les financeurs (60 000 €) et le reste à charge "
            "(10 000,50 €) font 70 000,50 €, pas 75 000 €"
        ),
    ),
    "budget without its remainder": (
        (
            INDICATOR,
            f"{INDICATOR}\nbudget: {{total: 100, financeurs: [{{nom: Caf, montant: 60}}]}}",
        ),
        (
            "5:17: le budget ne tombe pas juste : les financeurs font 60 €, pas 100 € ; ajoutez le "
            "financeur qui manque, ou « reste_a_charge: 40 »"
        ),
    ),
    "funder written twice": (
        (
            INDICATOR,
            (
                f"{INDICATOR}\nbudget: {{total: 100, financeurs: [{{nom: Caf, montant: 60}},\n"
                "  {nom: CAF, montant: 40}]}"
            ),
        ),
        "6:9: le financeur « CAF » est écrit deux fois : additionnez ses montants",
    ),
    "annex elsewhere": (
        (
            INDICATOR,
            f"{INDICATOR}\nannexes: [{{titre: Réponses, fichier: questionnaires/parents.csv}}]",
        ),
        (
            "5:38: « questionnaires/parents.csv » n’est pas publié d’ici : rangez les annexes dans "
            "territories/seilh/annexes/"
        ),
    ),
    "annex missing": (
        (INDICATOR, f"{INDICATOR}\nannexes: [{{titre: Plan, fichier: annexes/plan.pdf}}]"),
        "5:34: le fichier « annexes/plan.pdf » n’existe pas dans territories/seilh/",
    ),
    "annex that could hold a script": (
        (INDICATOR, f"{INDICATOR}\nannexes: [{{titre: Plan, fichier: annexes/plan.html}}]"),
        (
            "5:34: « annexes/plan.html » : ce type de fichier n’est pas publié (admis : .csv, "
            ".docx, .jpeg, .jpg, .ods, .odp, .odt, .pdf, .png, .pptx, .xlsx)"
        ),
    ),
    "no indicator": (
        (INDICATOR, "pilote: Caf"),
        "1:5: attention : la fiche « relais » n’a aucun indicateur d’évaluation",
    ),
}


@pytest.mark.parametrize("fault", IN_FICHE)
def test_a_fault_of_a_fiche_is_told_at_its_line(
    fault: str, workspace: Path, known: KnownNames
) -> None:
    (old, new), expected = IN_FICHE[fault]
    found = told(workspace, known, relais=FICHE.replace(old, new))
    assert f"{AT}:{expected}" in found
    assert len(found) == (2 if fault == "id of another fiche" else 1)


IN_FILE = {
    "axe written twice": (
        ("priorites:\n", "priorites:\n  - {id: enfance, titre: Une autre}\n"),
        "12:9: « enfance » est écrit deux fois (déjà à la ligne 11)",
    ),
    "objectif written twice": (
        ("- id: places", "- id: accueillir"),
        "18:17: « accueillir » est écrit deux fois (déjà à la ligne 15)",
    ),
    "reserved name": (
        ("- id: creche\n", "- id: livret\n"),
        "21:21: « livret » est l’adresse d’une page du plan : choisissez un autre nom",
    ),
    "objectif without action": (
        (
            "          - id: places",
            "          - {id: horaires, titre: Élargir les horaires}\n          - id: places",
        ),
        "18:13: attention : l’objectif « Élargir les horaires » n’a aucune fiche action",
    ),
    "enjeu without evidence": (
        (", constats: [population]", ""),
        "9:10: attention : l’enjeu « garde » ne repose sur aucun constat ni aucune parole",
    ),
    "enjeu without answer": (
        ("    enjeux: [garde]\n", ""),
        "9:10: attention : aucun axe ni aucune fiche ne répond à l’enjeu « garde »",
    ),
    "axe that announces too much": (
        ("    titre: L’enfance\n", "    titre: L’enfance\n    budget: {total: 10}\n"),
        "13:21: l’axe annonce 10 €, mais ses fiches font 0 €",
    ),
    "unknown axe evaluated": (
        ("enjeux:\n", "evaluation:\n  axes: [{axe: enfants, questions: {}}]\nenjeux:\n"),
        "9:16: axe inconnu « enfants » : vouliez-vous dire « enfance » ?",
    ),
    "unknown fiche evaluated": (
        (
            "enjeux:\n",
            (
                "evaluation:\n  axes: [{axe: enfance, questions: {moyens: {texte: Oui,\n"
                "    actions: [creches]}}}]\nenjeux:\n"
            ),
        ),
        "10:15: fiche action inconnue « creches » : vouliez-vous dire « creche » ?",
    ),
    "unknown voice of an AFOM": (
        (
            "enjeux:\n",
            "afom: [{theme: seniors, type: atout, texte: Oui, paroles: [creche]}]\nenjeux:\n",
        ),
        "8:60: parole inconnue « creche » (attendu : creche-complete)",
    ),
    "voice written twice": (
        ("enjeux:\n", "    - {id: creche-complete, texte: Encore}\nenjeux:\n"),
        "8:12: « creche-complete » est écrit deux fois (déjà à la ligne 7)",
    ),
}


@pytest.mark.parametrize("fault", IN_FILE)
def test_a_fault_of_the_plan_is_told_at_its_line(
    fault: str, workspace: Path, known: KnownNames
) -> None:
    (old, new), expected = IN_FILE[fault]
    found = told(workspace, known, HEAD.replace(old, new, 1))
    assert found == [f"territories/seilh.yml:{expected}"]


def linked(**links: str) -> dict[str, str]:
    """Return a fiche for each name, with its links."""
    return {
        name: FICHE.replace("id: relais", f"id: {name}") + f"fiches_liees: [{others}]\n"
        for name, others in links.items()
    }


def test_links_that_go_round_are_refused_where_they_close(
    workspace: Path, known: KnownNames
) -> None:
    found = told(workspace, known, **linked(a="b", b="c", c="a"))
    assert found == [
        (
            "territories/seilh/actions/c.yml:5:16: ces liens entre fiches tournent en rond "
            "(c → a → b → c) : un lien se lit déjà sur les deux fiches, retirez celui-ci"
        )
    ]


def test_two_fiches_may_name_each_other(workspace: Path, known: KnownNames) -> None:
    assert told(workspace, known, **linked(a="b", b="a")) == []


def test_links_that_meet_without_going_round_are_let_be(workspace: Path, known: KnownNames) -> None:
    assert told(workspace, known, **linked(a="b, c", b="c", c="")) == []


AXIS = (
    "    budget: {total: 300, financeurs: [{nom: CAF, montant: 150}, {nom: Commune, montant: 50}]}"
)
PAID = "budget: {total: 300, reste_a_charge: 100, financeurs: [%s]}\n"


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ("{nom: Caf, montant: 150}, {nom: Commune, montant: 50}", []),
        (
            "{nom: Caf, montant: 160}, {nom: Commune, montant: 40}",
            [
                "13:59: l’axe annonce 150 € de « CAF », mais ses fiches font 160 €",
                "13:89: l’axe annonce 50 € de « Commune », mais ses fiches font 40 €",
            ],
        ),
        (
            "{nom: Caf, montant: 150}, {nom: Msa, montant: 50}",
            [
                "13:26: il manque « Msa » : ce financeur apporte 50 € aux fiches de l’axe",
                "13:89: l’axe annonce 50 € de « Commune », mais ses fiches font 0 €",
            ],
        ),
    ],
)
def test_an_axe_announces_what_its_fiches_make(
    paid: str, expected: list[str], workspace: Path, known: KnownNames
) -> None:
    head = HEAD.replace("    titre: L’enfance\n", f"    titre: L’enfance\n{AXIS}\n")
    found = told(workspace, known, head, relais=FICHE + PAID % paid)
    assert found == [f"territories/seilh.yml:{line}" for line in expected]


def test_a_funder_may_have_granted_a_part_and_be_asked_for_another(
    workspace: Path, known: KnownNames
) -> None:
    both = "{nom: Caf, montant: 150, etat: acquis}, {nom: Caf, montant: 50, etat: sollicite}"
    assert told(workspace, known, relais=FICHE + PAID % both) == []


def test_a_question_is_cited_by_its_questionnaire(workspace: Path, known: KnownNames) -> None:
    folder = write(workspace, HEAD, relais=FICHE + "paroles: [parents/garde, parents/gardes]\n")
    (folder / "questionnaires").mkdir()
    (folder / "questionnaires" / "parents.yml").write_text(
        "questions: [{id: garde}]\n", encoding="utf-8"
    )
    found = [str(p) for p in load_territories(workspace, (), known)[1] if AT in str(p)]
    assert found == [
        f"{AT}:5:26: parole inconnue « parents/gardes » : vouliez-vous dire « parents/garde » ?"
    ]


def test_every_shape_of_a_fiche_is_told_without_hiding_its_other_faults(
    workspace: Path, known: KnownNames
) -> None:
    fiche = FICHE + "statut: fini\nfin: 2031-01-01\nbudget: 12\njalons: oui\n"
    found = told(workspace, known, relais=fiche)
    assert [line.removeprefix(AT).split(":")[1] for line in found] == ["5", "6", "7", "8"]
