"""A plan is told as of its latest update; its sums fall right; progress knows its direction."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.config.models import Territory
from ctgsite.config.plan import Action, ActionIndicator, Budget, Funder
from ctgsite.diagnostic.followed import followed
from ctgsite.diagnostic.plan import Plan, build_plan
from ctgsite.diagnostic.plan_budget import BudgetSum, budget_sum


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def plan_of(*actions: dict[str, object], updated: str | None = "2026-03-12") -> Plan:
    """Return a plan of these fiches, the first one updated on that day."""
    written = [{"titre": "Agir", **action} for action in actions]
    if updated:
        written[0]["mise_a_jour"] = updated
    axis = {
        "id": "axe",
        "titre": "Un axe",
        "enjeux": ["garde"],
        "objectifs": [{"titre": "Un objectif", "actions": written}],
    }
    stake = {"id": "garde", "titre": "Faire garder", "constats": ["population"]}
    territory = Territory.model_validate(
        {
            "slug": "essai",
            "nom": "Essai",
            "type": "commune",
            "codes": ["00000"],
            "enjeux": [stake],
            "priorites": [axis],
        }
    )
    return build_plan(territory, {})


@pytest.mark.parametrize(
    ("action", "late"),
    [
        ({"statut": "en_cours", "fin": "2026-03-01"}, ("fin", 11)),
        ({"statut": "en_pause", "fin": "2026-03-01"}, ("fin", 11)),
        ({"statut": "a_venir", "debut": "2026-02-12", "fin": "2026-12-31"}, ("debut", 28)),
        ({"statut": "a_venir", "debut": "2026-01-01", "fin": "2026-03-11"}, ("fin", 1)),
        ({"statut": "en_cours", "fin": "2026-03-12"}, None),
        ({"statut": "en_cours", "debut": "2026-01-01"}, None),
        ({"statut": "realisee", "fin": "2026-03-01"}, None),
        ({"statut": "abandonnee", "debut": "2026-01-01", "fin": "2026-03-01"}, None),
        ({"fin": "2026-03-01"}, None),
    ],
)
def test_a_fiche_is_late_when_a_planned_day_has_passed(
    action: dict[str, object], late: tuple[str, int] | None
) -> None:
    (planned,) = plan_of({"id": "a", **action}).actions
    assert (planned.late and (planned.late.of, planned.late.days)) == late


def test_a_plan_is_told_as_of_its_latest_update() -> None:
    ended = {"id": "a", "statut": "en_cours", "fin": "2026-03-01"}
    later = {"id": "b", "mise_a_jour": "2026-04-01"}
    plan = plan_of(ended, later, updated="2026-02-01")
    assert plan.as_of == day("2026-04-01")
    assert plan.actions[0].late is not None
    assert plan.actions[0].late.days == 31


def test_without_any_update_nothing_is_called_late() -> None:
    plan = plan_of({"id": "a", "statut": "en_cours", "fin": "2020-01-01"}, updated=None)
    assert (plan.as_of, plan.actions[0].late) == (None, None)


def test_a_link_is_told_from_both_sides_once() -> None:
    plan = plan_of(
        {"id": "a", "fiches_liees": ["b"]},
        {"id": "b", "fiches_liees": ["a"]},
        {"id": "c", "fiches_liees": ["a"]},
    )
    assert {p.action.id: p.linked for p in plan.actions} == {
        "a": ("b", "c"),
        "b": ("a",),
        "c": ("a",),
    }


def test_a_fiche_answers_the_enjeux_of_its_axe_unless_it_names_its_own() -> None:
    plan = plan_of({"id": "a"}, {"id": "b", "enjeux": ["autre"]})
    assert [planned.stakes for planned in plan.actions] == [("garde",), ("autre",)]


def test_measures_are_read_in_the_order_of_their_dates() -> None:
    data = {
        "intitule": "Places",
        "t0": {"date": "2025-01-01", "valeur": 40},
        "mesures": [{"date": "2027-01-01", "valeur": 50}, {"date": "2026-01-01", "valeur": 45}],
    }
    found = followed(ActionIndicator.model_validate(data), {})
    assert [reading.value for reading in found.readings] == [40, 45, 50]


CENTS = st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)
FUNDERS = st.builds(
    lambda name, amount, state: Funder.model_construct(name=name, amount=amount, state=state),
    st.sampled_from(["Caf", "CAF", "Commune", "Msa"]),
    CENTS,
    st.sampled_from(["acquis", "sollicite", None]),
)


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """Return a budget that adds up, as the checks see to."""
    funders = tuple(draw(st.lists(FUNDERS, max_size=4)))
    rest = draw(st.none() | CENTS)
    paid = sum((funder.amount for funder in funders), Decimal(0)) + (rest or 0)
    total = draw(CENTS) if not funders and rest is None else paid
    return Budget.model_construct(total=total, funders=funders, remainder=rest)


@given(st.lists(st.lists(st.none() | budgets(), max_size=5), max_size=4))
def test_totals_by_axe_are_those_by_funder_and_those_of_the_fiches(
    axes: list[list[Budget | None]],
) -> None:
    whole = budget_sum([budget for axis in axes for budget in axis])
    parts = [budget_sum(axis) for axis in axes]
    fiches = sum((b.total for axis in axes for b in axis if b), Decimal(0))
    assert whole.total == fiches == sum(part.total for part in parts)
    for found in (whole, *parts):
        assert found.total == found.funded + found.remainder + found.unassigned
    assert whole.count + whole.without == sum(map(len, axes))
    assert paid_by(whole) == paid_by(*parts)


def paid_by(*sums: BudgetSum) -> dict[str, Decimal]:
    """Return what each funder pays over several sums, blind to case."""
    found: dict[str, Decimal] = {}
    for share in (share for one in sums for share in one.shares):
        key = share.name.casefold()
        found[key] = found.get(key, Decimal(0)) + share.granted + share.asked + share.unstated
    return found


def test_granted_and_asked_are_told_apart() -> None:
    funders = (
        {"nom": "Caf", "montant": 60.5, "etat": "acquis"},
        {"nom": "CAF", "montant": 20, "etat": "sollicite"},
        {"nom": "Commune", "montant": 10},
    )
    budget = Budget.model_validate({"total": 100.5, "reste_a_charge": 10, "financeurs": funders})
    found = budget_sum([budget, None])
    assert [(s.name, s.granted, s.asked, s.unstated) for s in found.shares] == [
        ("Caf", Decimal("60.5"), Decimal(20), Decimal(0)),
        ("Commune", Decimal(0), Decimal(0), Decimal(10)),
    ]
    assert (found.remainder, found.count, found.without) == (Decimal(10), 1, 1)


def test_an_action_keeps_what_it_says() -> None:
    (planned,) = plan_of({"id": "a"}).actions
    assert isinstance(planned.action, Action)
    assert planned.axis.id == "axe"
