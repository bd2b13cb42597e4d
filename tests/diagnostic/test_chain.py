"""The chain of what cites what: both ways, whole, and honest about its loose ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
import thread_world
from hypothesis import given
from hypothesis import strategies as st
from testville import DWELLINGS, HOUSING, VACANCY, full_diagnostic

from ctgsite.config.models import Territory
from ctgsite.diagnostic.chain import Chain, Kind, Node, Ref, Role
from ctgsite.diagnostic.chain_links import (
    build_chain,
    chain_of,
    shortened,
    unplaced_indicators,
)
from ctgsite.diagnostic.model import ThemeDiagnostic
from ctgsite.errors import ConfigError

THEMES = full_diagnostic().themes
CATALOGUE = {indicator.id: indicator for indicator in (VACANCY, DWELLINGS)}


@pytest.fixture
def chain() -> Chain:
    return chain_of(thread_world.diagnostic(asked=True))


def ids(nodes: tuple[Node, ...]) -> list[str]:
    return [node.ref.id for node in nodes]


def test_a_finding_tells_the_enjeux_and_the_fiches_that_cite_it(chain: Chain) -> None:
    citing = chain.cited_by("part_logements_vacants")
    assert ids(citing.stakes) == ["loger"]
    assert ids(citing.actions) == []
    assert ids(citing.through) == ["primes"]  # names the enjeu, not the finding
    assert ids(citing.measured) == ["primes"]
    assert ids(chain.cited_by("logements").actions) == ["primes"]


def test_a_finding_that_nobody_cites_says_so(chain: Chain) -> None:
    assert not chain.cited_by("inconnu")


def test_the_evidence_of_a_fiche_is_told_apart_from_what_its_enjeux_and_its_axe_bring(
    chain: Chain,
) -> None:
    own = chain.evidence_of("primes")
    assert ids(own.own) == ["logements"]
    assert [(part.stake.ref.id, ids(part.evidence)) for part in own.by_stakes] == [
        ("loger", ["part_logements_vacants", "niveau_vie_median", "loyer"])
    ]
    assert own.by_axis == ()  # its axe has no other enjeu
    shared = chain.evidence_of("visites")
    assert (shared.own, shared.by_stakes) == ((), ())
    assert [part.stake.ref.id for part in shared.by_axis] == ["loger"]


def test_a_fiche_under_an_operational_objectif_still_finds_its_axe(chain: Chain) -> None:
    axis = chain.axis_of("visites")
    assert axis is not None
    assert axis.ref == Ref(Kind.AXIS, "habitat")


def test_a_question_is_known_by_its_citation_alone(chain: Chain) -> None:
    (question,) = chain.evidence_of("fete").own
    assert question.ref == Ref(Kind.VOICE, "familles/voisins")
    assert question.title == "Question « voisins » du questionnaire « familles »"


def test_a_question_whose_words_are_known_is_told_in_them() -> None:
    asked = thread_world.territory(asked=True)
    chain = build_chain(asked, THEMES, questions={"familles/voisins": "Voyez-vous vos voisins ?"})
    (question,) = chain.evidence_of("fete").own
    assert question.title == "Voyez-vous vos voisins ?"


def test_loose_ends_are_told(chain: Chain) -> None:
    orphans = chain.orphans()
    assert ids(orphans.stakes) == ["seul"]
    assert ids(orphans.actions) == ["fete"]
    assert ids(orphans.voices) == ["oubli"]


def test_a_verbatim_without_id_cannot_be_cited_and_stays_out(chain: Chain) -> None:
    assert all("sans suite" not in node.title for node in chain.of_kind(Kind.VOICE))


def test_an_indicator_without_figure_here_stays_in_the_chain(chain: Chain) -> None:
    assert not chain.by_ref[Ref(Kind.FINDING, thread_world.UNKNOWN_HERE)].shown
    assert chain.broken() == ()


def test_an_indicator_of_no_theme_of_the_site_is_found_in_the_catalogue() -> None:
    alone = (ThemeDiagnostic(HOUSING, findings=(), missing=THEMES[0].missing),)
    found = unplaced_indicators(thread_world.territory(), alone, CATALOGUE)
    assert {indicator.id for indicator in found} == {"part_logements_vacants", "logements"}
    chain = build_chain(thread_world.territory(), alone, found)
    assert not chain.by_ref[Ref(Kind.FINDING, "logements")].shown


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"enjeux": [{"id": "loger", "titre": "Loger", "constats": ["rien_de_tel"]}]},
            "le constat « rien_de_tel »",
        ),
        ({"enjeux": [{"id": "lien", "titre": "Lier"}]}, "l’enjeu « loger »"),
        ({"participation": {}}, "la parole « loyer »"),
    ],
)
def test_a_link_with_a_missing_end_stops_the_build(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match="fil conducteur est rompu") as caught:
        unplaced_indicators(thread_world.territory(**changes), THEMES, CATALOGUE)
    assert any(told in problem.message for problem in caught.value.problems)
    assert all(not problem.warning for problem in caught.value.problems)


def test_a_long_quotation_is_named_by_its_first_words() -> None:
    assert shortened("Un mot.") == "Un mot."
    assert shortened("Des mots, des mots, toujours des mots", 20) == "Des mots, des mots…"


FINDINGS = st.lists(st.sampled_from(["part_logements_vacants", "logements"]), unique=True)
VOICES = st.lists(st.sampled_from(["loyer", "cafe", "familles/voisins"]), unique=True)
STAKES = st.lists(st.sampled_from(["e-0", "e-1", "e-2"]), unique=True)


@st.composite
def territories(draw: st.DrawFn) -> Territory:
    """Any plan whose citations exist."""
    stakes = [
        {"id": f"e-{at}", "titre": "Enjeu", "constats": draw(FINDINGS), "paroles": draw(VOICES)}
        for at in range(3)
    ]
    count = iter(range(100))

    def actions() -> list[dict[str, object]]:
        return [
            {
                "id": f"f-{next(count)}", "titre": "Fiche", "enjeux": draw(STAKES),
                "constats": draw(FINDINGS), "paroles": draw(VOICES),
                "indicateurs": [{"indicateur": name} for name in draw(FINDINGS)],
            }
            for _ in range(draw(st.integers(0, 2)))
        ]  # fmt: skip

    axes = [
        {
            "id": f"a-{at}",
            "titre": f"Axe {at}",
            "enjeux": draw(STAKES),
            "objectifs": [
                {
                    "titre": "Objectif",
                    "actions": actions(),
                    "operationnels": [{"titre": "Opérationnel", "actions": actions()}],
                }
            ],
        }
        for at in range(draw(st.integers(0, 3)))
    ]
    return thread_world.territory(enjeux=stakes, priorites=axes)


@given(territories())
def test_what_cites_is_cited(territory: Territory) -> None:
    """A fiche finds a finding in its evidence exactly where the finding tells the fiche."""
    chain = build_chain(territory, THEMES)
    for finding in chain.of_kind(Kind.FINDING):
        citing = chain.cited_by(finding.ref.id)
        for action in chain.of_kind(Kind.ACTION):
            grounds = chain.evidence_of(action.ref.id)
            inherited = any(finding in part.evidence for part in grounds.by_stakes)
            assert (action in citing.actions) == (finding in grounds.own)
            assert (action in (*citing.actions, *citing.through)) == (
                finding in grounds.own or inherited
            )
            for part in (*grounds.by_stakes, *grounds.by_axis):
                assert (part.stake in citing.stakes) == (finding in part.evidence)


@given(territories())
def test_every_link_has_both_ends_on_the_site(territory: Territory) -> None:
    chain = build_chain(territory, THEMES)
    assert chain.broken() == ()
    assert len(chain.by_ref) == len(chain.nodes)
    for action in chain.of_kind(Kind.ACTION):
        assert chain.axis_of(action.ref.id) is not None


@given(territories(), st.data())
def test_a_node_taken_away_breaks_exactly_its_links(
    territory: Territory, data: st.DataObject
) -> None:
    chain = build_chain(territory, THEMES)
    gone = data.draw(st.sampled_from(chain.nodes))
    cut = replace(chain, nodes=tuple(node for node in chain.nodes if node != gone))
    assert set(cut.broken()) == {link for link in chain.links if gone.ref in (link.start, link.end)}


@given(territories())
def test_no_orphan_is_answered_and_no_answered_one_is_an_orphan(territory: Territory) -> None:
    chain = build_chain(territory, THEMES)
    orphans = chain.orphans()
    for stake in chain.of_kind(Kind.STAKE):
        answers = chain.after(stake.ref, {Kind.AXIS, Kind.ACTION}, Role.ANSWERED)
        assert (stake in orphans.stakes) == (not answers)
    for action in chain.of_kind(Kind.ACTION):
        grounds = chain.evidence_of(action.ref.id)
        assert (action in orphans.actions) == (not (grounds.by_stakes or grounds.by_axis))
