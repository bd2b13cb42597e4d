"""Checks of budgets, to the cent: what is paid makes the total, what axes announce their fiches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ctgsite.config.fiches import Fiche
from ctgsite.config.patterns import values
from ctgsite.config.plan import Budget, StatedBudget
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import fold
from ctgsite.config.validation import valid_part
from ctgsite.errors import Problem


def check_budget(fiche: Fiche) -> Iterator[Problem]:
    """Find a funder written twice, and a total that is not what the funders and the rest make.

    A budget that names neither is a total whose funding is still to be found.
    """
    budget = valid_part(Budget, fiche.data.get("budget"))
    if budget is None:
        return
    path = (*fiche.path, "budget")
    seen: set[tuple[str, str | None]] = set()
    for at, funder in enumerate(budget.funders):
        key = (fold(funder.name), funder.state)
        if key in seen:
            message = (
                f"le financeur « {funder.name} » est écrit deux fois : additionnez ses montants"
            )
            yield fiche.problem(message, (*path, "financeurs", at, "nom"))
        seen.add(key)
    paid = sum((funder.amount for funder in budget.funders), Decimal(0))
    rest = budget.remainder
    if not budget.funders and rest is None:
        return
    if paid + (rest or 0) != budget.total:
        yield fiche.problem(_uneven(budget, paid), (*path, "total"))


def _uneven(budget: Budget, paid: Decimal) -> str:
    rest = budget.remainder
    if rest is None and paid < budget.total:
        lacking = budget.total - paid
        return (
            f"le budget ne tombe pas juste : les financeurs font {euros(paid)}, pas "
            f"{euros(budget.total)} ; ajoutez le financeur qui manque, ou « reste_a_charge: "
            f"{lacking.normalize():f} »"
        )
    made = f"les financeurs ({euros(paid)})"
    if rest is not None:
        made += f" et le reste à charge ({euros(rest)})"
    return (
        f"le budget ne tombe pas juste : {made} font {euros(paid + (rest or 0))}, pas "
        f"{euros(budget.total)}"
    )


def check_axis_budgets(document: Document, fiches: Iterable[Fiche]) -> Iterator[Problem]:
    """Find what an axe announces that is not the sum of its fiches, in all or by funder."""
    listed = tuple(fiches)
    for path, written in values(document.data, ("priorites", "*", "budget")):
        stated = valid_part(StatedBudget, written)
        of_axis = [fiche for fiche in listed if fiche.axis == path[1] and fiche.data.get("budget")]
        budgets = [valid_part(Budget, fiche.data["budget"]) for fiche in of_axis]
        if stated is not None and all(budgets):
            found = [budget for budget in budgets if budget is not None]
            yield from _check_axis(document, path, stated, found)


def _check_axis(
    document: Document, path: KeyPath, stated: StatedBudget, budgets: list[Budget]
) -> Iterator[Problem]:
    total = sum((budget.total for budget in budgets), Decimal(0))
    if stated.total != total:
        message = f"l’axe annonce {euros(stated.total)}, mais ses fiches font {euros(total)}"
        yield document.problem(message, (*path, "total"))
    paid: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    for funder in (funder for budget in budgets for funder in budget.funders):
        key = fold(funder.name)
        names.setdefault(key, funder.name)
        paid[key] = paid.get(key, Decimal(0)) + funder.amount
    seen: set[str] = set()
    for at, announced in enumerate(stated.funders):
        key, where = fold(announced.name), (*path, "financeurs", at)
        if key in seen:
            message = f"le financeur « {announced.name} » est écrit deux fois"
            yield document.problem(message, (*where, "nom"))
        elif announced.amount != paid.get(key, Decimal(0)):
            message = (
                f"l’axe annonce {euros(announced.amount)} de « {announced.name} », mais ses fiches "
                f"font {euros(paid.get(key, Decimal(0)))}"
            )
            yield document.problem(message, (*where, "montant"))
        seen.add(key)
    for key in paid if stated.funders else ():
        if key not in seen:
            message = (
                f"il manque « {names[key]} » : ce financeur apporte {euros(paid[key])} aux "
                "fiches de l’axe"
            )
            yield document.problem(message, (*path, "financeurs"), key=True)


def euros(amount: Decimal) -> str:
    """Return an amount as people write it, with cents only where there are some."""
    whole = amount == amount.to_integral_value()
    written = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return written.replace(",", " ").replace(".", ",") + " €"
