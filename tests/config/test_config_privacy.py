"""What a site publishes is read whole; what the law or the public wants known is let through."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.config.models import TerritoryFile
from ctgsite.config.positions import read_yaml
from ctgsite.config.privacy_checks import check_privacy
from ctgsite.config.published_texts import EXEMPTIONS, published_texts
from ctgsite.config.validation import keys_at
from ctgsite.errors import Problem

HEAD = 'nom: Tournefeuille\ntype: commune\ncodes: ["31557"]\n'


def problems_of(workspace: Path, written: str) -> tuple[Problem, ...]:
    path = workspace / "territories" / "t.yml"
    path.write_text(HEAD + written, encoding="utf-8")
    return tuple(check_privacy(read_yaml(path, workspace), path.with_suffix(""), workspace))


@pytest.mark.parametrize("exemption", EXEMPTIONS, ids=lambda one: ".".join(one.path))
def test_each_exemption_is_a_key_of_the_model_and_says_why(exemption) -> None:
    *above, key = (step for step in exemption.path if step != "*")
    assert key in keys_at(TerritoryFile, tuple(above))
    assert exemption.why


@given(
    st.recursive(
        st.just("06 12 34 56 78"),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3),
            st.dictionaries(st.text("abcdef", min_size=1, max_size=5), inner, min_size=1),
        ),
        max_leaves=8,
    )
)
def test_a_number_is_found_wherever_it_is_written(tmp_path_factory, data) -> None:
    workspace = tmp_path_factory.mktemp("ici")
    path = workspace / "t.yml"
    written = yaml.dump({"presentation": data})
    path.write_text(written, encoding="utf-8")
    found = tuple(check_privacy(read_yaml(path, workspace), workspace / "t", workspace))
    assert len(found) == written.count("06 12 34 56 78")
    for problem in found:
        line = written.split("\n")[problem.place.line - 1]
        assert line[problem.place.column - 1 :].startswith("06 12")


@pytest.mark.parametrize(
    "secret",
    ["06 12 34 56 78", "1 86 03 75 123 456 78", "jean.dupont@exemple.fr", "12 rue des Lilas"],
)
def test_a_message_never_tells_again_what_must_not_be_published(
    workspace: Path, secret: str
) -> None:
    (problem,) = problems_of(workspace, f"presentation: Voici {secret} ici.\n")
    assert secret not in problem.message
    assert not problem.warning


def test_answers_to_questionnaires_are_not_read(workspace: Path) -> None:
    folder = workspace / "territories" / "t" / "questionnaires"
    folder.mkdir(parents=True)
    (folder / "familles.csv").write_text("contact\n06 12 34 56 78\n", encoding="utf-8")
    assert problems_of(workspace, "") == ()


def test_every_file_beside_a_territory_is_read(workspace: Path) -> None:
    folder = workspace / "territories" / "t"
    for name in ("actions/a.yml", "questionnaires/q.yml", "donnees/d.yml"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("titre: Mme Martin\n", encoding="utf-8")
    for name in ("textes/falc.md", "textes/thematiques/logement.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Mme Martin\n", encoding="utf-8")
    found = problems_of(workspace, "")
    places = {str(problem.place.path.relative_to("territories/t")) for problem in found}
    assert places == {
        "actions/a.yml",
        "donnees/d.yml",
        "questionnaires/q.yml",
        "textes/falc.md",
        "textes/thematiques/logement.md",
    }


def test_the_rows_of_a_table_are_read_and_not_its_other_columns(workspace: Path) -> None:
    folder = workspace / "territories" / "t" / "donnees"
    folder.mkdir(parents=True)
    (folder / "d.yml").write_text("lignes: Garderie\n", encoding="utf-8")
    table = "Garderie,Contact\nChez Mme Martin,06 12 34 56 78\n"
    (folder / "d.csv").write_text(table, encoding="utf-8")
    (problem,) = problems_of(workspace, "")
    assert str(problem.place) == "territories/t/donnees/d.csv:2:6"


def test_a_broken_file_hides_nothing_of_the_others(workspace: Path) -> None:
    folder = workspace / "territories" / "t" / "actions"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text("titre: [", encoding="utf-8")
    (folder / "b.yml").write_text("titre: Mme Martin\n", encoding="utf-8")
    assert len(problems_of(workspace, "")) == 1


def test_an_exception_covers_a_passage_however_its_lines_are_cut(workspace: Path) -> None:
    text = "presentation: |\n  Le 0 800 123\n  456 est gratuit, le 0 800 123 457 non.\n"
    exception = "confidentialite: {exceptions: [{texte: 0 800 123 456, motif: Public}]}\n"
    (problem,) = problems_of(workspace, text + exception)
    assert (problem.place.line, problem.place.column) == (6, 23)


def test_an_exception_must_hold_the_whole_passage(workspace: Path) -> None:
    text = "presentation: Au 06 12 34 56 78.\n"
    exception = "confidentialite: {exceptions: [{texte: 06 12, motif: Public}]}\n"
    found = problems_of(workspace, text + exception)
    assert [problem.warning for problem in found] == [False, True]


def test_the_declaration_of_accessibility_says_where_to_write(workspace: Path) -> None:
    text = "editeur: {accessibilite: {texte: 'Écrivez à a@b.fr, ou à Mme Martin'}}\n"
    (problem,) = problems_of(workspace, text)
    assert "Mme Martin" in problem.message


def test_an_author_is_credited_by_name_and_nothing_more(workspace: Path) -> None:
    image = "images: [{fichier: images/a.png, autorisation: Libre, credit: 'Mme Martin, a@b.fr'}]\n"
    (problem,) = problems_of(workspace, image)
    assert "adresse électronique" in problem.message


def test_the_kinds_of_text_that_are_published_are_all_there(workspace: Path) -> None:
    path = workspace / "territories" / "t.yml"
    path.write_text(HEAD + "presentation: Ici.\npopulation_reference: {valeur: 3, source: x}\n")
    found = published_texts(read_yaml(path, workspace), path.with_suffix(""), workspace)
    assert [text.text for text in found] == ["Tournefeuille", "commune", "31557", "Ici.", "x"]
