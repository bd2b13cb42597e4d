"""What an evaluation names exists, its dates hold, and its editions have their figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite.config.freezing import write_edition
from ctgsite.config.frozen import COLUMNS, FrozenFigure
from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories
from ctgsite.config.reading import read_territory

FIGURE = FrozenFigure(
    "population", "Population", "population", "31541", "Seilh", "territoire", "2018", 3277.0,
    "habitants", 3277.0, None, "publie", "Insee, Recensement", "RP 2018", cited=True,
)  # fmt: skip
BASE = """nom: Seilh
type: commune
codes: ["31541"]
periode: {debut: 2026, fin: 2029}
participation:
  verbatims: [{id: parole, texte: "On attend."}]
priorites:
  - id: accueil
    titre: Accueillir
    objectifs:
      - titre: Ouvrir
        actions: [{id: creche, titre: Une crèche, indicateurs: [{indicateur: population}]}]
"""


@pytest.fixture
def folder(workspace: Path) -> Path:
    found = workspace / "territories" / "seilh"
    found.mkdir()
    return found


def problems(workspace: Path, known: KnownNames, evaluation: str) -> list[str]:
    path = workspace / "territories" / "seilh.yml"
    path.write_text(f"{BASE}evaluation:\n{evaluation}", encoding="utf-8")
    _, found = load_territories(workspace, ("seilh",), known)
    return [
        str(problem).removeprefix("territories/")
        for problem in found
        if any(word in str(problem) for word in ("seilh.yml:1", "editions/"))
        and " est vide" not in str(problem)
    ]


def edition(name: str) -> str:
    return f'{{id: "{name}", titre: T, adoptee_le: 2026-01-31}}'


@pytest.mark.parametrize(
    ("evaluation", "told"),
    [
        (
            "  axes: [{axe: acueil, questions: {}}]\n",
            "seilh.yml:14:16: axe inconnu « acueil » : vouliez-vous dire « accueil » ?",
        ),
        (
            "  axes: [{axe: accueil, questions: {moyens: {texte: T, constats: [populations]}}}]\n",
            (
                "seilh.yml:14:67: indicateur inconnu « populations » : vouliez-vous dire "
                "« population » ?"
            ),
        ),
        (
            "  axes: [{axe: accueil, questions: {moyens: {texte: T, actions: [crèches]}}}]\n",
            "seilh.yml:14:66: fiche action inconnue « crèches » : vouliez-vous dire « creche » ?",
        ),
        (
            "  axes: [{axe: accueil, questions: {moyens: {texte: T, paroles: [paroles]}}}]\n",
            "seilh.yml:14:66: parole inconnue « paroles » : vouliez-vous dire « parole » ?",
        ),
        (
            "  bilans: [{id: b, type: final, titre: B, date: 2031-06-30}]\n",
            "seilh.yml:14:49: le bilan est daté de 2031, hors de la convention (2026 à 2029)",
        ),
        (
            (
                "  bilans:\n"
                "    - {id: b, type: final, titre: B, date: 2029-06-30}\n"
                "    - {id: b, type: final, titre: B, date: 2029-06-30}\n"
            ),
            "seilh.yml:16:12: « b » est écrit deux fois (déjà à la ligne 15)",
        ),
        (
            f'  t0: "2027"\n  editions: [{edition("2026")}]\n',
            "seilh.yml:14:7: édition inconnue « 2027 » : vouliez-vous dire « 2026 » ?",
        ),
    ],
)
def test_what_an_evaluation_names_exists(
    workspace: Path, folder: Path, known: KnownNames, evaluation: str, told: str
) -> None:
    write_edition(folder, "2026", [FIGURE])
    found = problems(workspace, known, evaluation)
    assert told in found


def test_an_edition_without_figures_names_the_nearest_file(
    workspace: Path, folder: Path, known: KnownNames
) -> None:
    write_edition(folder, "revue-2027", [FIGURE])
    found = problems(workspace, known, f"  editions: [{edition('revue-2072')}]\n")
    assert any(one.endswith("vouliez-vous dire « revue-2027 » ?") for one in found)


def test_a_declared_edition_without_figures_is_an_error_that_says_how_to_freeze(
    workspace: Path, folder: Path, known: KnownNames
) -> None:
    (found,) = problems(workspace, known, f"  editions: [{edition('2026')}]\n")
    assert found == (
        "seilh.yml:14:19: l’édition « 2026 » n’a pas de chiffres "
        "(territories/seilh/editions/2026.csv) : « ctgsite freeze seilh --edition 2026 » l’écrit"
    )
    path = workspace / "territories" / "seilh.yml"
    territory, _ = read_territory(path, workspace, known, freezing=True)
    assert territory is not None


def test_a_frozen_file_that_nothing_declares_is_a_warning(
    workspace: Path, folder: Path, known: KnownNames
) -> None:
    write_edition(folder, "2026", [FIGURE])
    (found,) = problems(workspace, known, "  introduction: T\n")
    assert found.startswith("seilh/editions/2026.csv:1:1: attention : aucune édition ne déclare")


def test_two_editions_without_t0_are_a_warning(
    workspace: Path, folder: Path, known: KnownNames
) -> None:
    for name in ("2026", "2028"):
        write_edition(folder, name, [FIGURE])
    both = f"  editions: [{edition('2026')}, {edition('2028')}]\n"
    (found,) = problems(workspace, known, both)
    assert found == (
        'seilh.yml:14:3: attention : laquelle est le point de départ ? Écrivez « t0: "2026" », '
        "par exemple"
    )
    assert problems(workspace, known, f'  t0: "2026"\n{both}') == []


def test_a_spoilt_frozen_file_is_told_at_its_line(
    workspace: Path, folder: Path, known: KnownNames
) -> None:
    path = write_edition(folder, "2026", [FIGURE])
    path.write_text(path.read_text(encoding="utf-8").replace("3277", "3 277"), encoding="utf-8")
    found = problems(workspace, known, f"  editions: [{edition('2026')}]\n")
    assert all(one.startswith("seilh/editions/2026.csv:2:1: ") for one in found)
    assert any("« valeur » vaut « 3 277 »" in one for one in found)


def test_an_edition_adopted_before_its_figures_is_a_warning(
    workspace: Path, folder: Path, known: KnownNames
) -> None:
    (folder / "editions").mkdir()
    row = "population,P,population,31541,Seilh,territoire,{},30,habitants,30,,calcule,S,V,oui"
    for year, told in (("2026", []), ("2020-2027", ["2027"])):
        text = "\n".join((",".join(COLUMNS), row.format(year), ""))
        (folder / "editions" / "adoptee.csv").write_text(text, encoding="utf-8")
        found = problems(workspace, known, f"  editions: [{edition('adoptee')}]\n")
        assert [one.rpartition(" ")[2] for one in found] == told
