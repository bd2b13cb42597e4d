"""What a plan costs and who pays, to the cent: by axe, by funder, and what is left to pay.

In every sum, total = funders + what is left to the one that leads + what nobody is named for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ctgsite.config.plan import Budget, Funder, Priority
from ctgsite.config.spelling import fold

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class FunderShare:
    """What one funder pays: granted, asked for, and where the fiches do not say which."""

    name: str
    granted: Decimal = ZERO
    asked: Decimal = ZERO
    unstated: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All that it pays, granted or not."""
        return self.granted + self.asked + self.unstated


@dataclass(frozen=True, slots=True)
class BudgetSum:
    """The budgets of some fiches together.

    Attributes:
        total: what they cost.
        shares: who pays, the largest first.
        remainder: reste à charge.
        unassigned: the cost of fiches that name neither funder nor reste à charge.
        count: how many fiches have a budget.
        without: how many have none.
    """

    total: Decimal = ZERO
    shares: tuple[FunderShare, ...] = ()
    remainder: Decimal = ZERO
    unassigned: Decimal = ZERO
    count: int = 0
    without: int = 0

    @property
    def funded(self) -> Decimal:
        """What all funders pay."""
        return sum((share.total for share in self.shares), ZERO)


@dataclass(frozen=True, slots=True)
class PlanBudget:
    """The budget of a plan, in all and by axe, in the order of the axes."""

    whole: BudgetSum
    axes: tuple[tuple[Priority, BudgetSum], ...]


NOTHING = PlanBudget(BudgetSum(), ())


def plan_budget(
    axes: Iterable[Priority], budgets: Iterable[tuple[Priority, Budget | None]]
) -> PlanBudget:
    """Return the sums of a plan; `budgets` are its fiches' own, each with its axe."""
    listed = tuple(budgets)
    by_axis = tuple(
        (axis, budget_sum([budget for of, budget in listed if of.id == axis.id])) for axis in axes
    )
    return PlanBudget(budget_sum([budget for _, budget in listed]), by_axis)


def budget_sum(budgets: Sequence[Budget | None]) -> BudgetSum:
    """Return what several budgets make, a funder's names gathered whatever their case."""
    known = [budget for budget in budgets if budget is not None]
    funders: dict[str, list[Funder]] = {}
    for funder in (funder for budget in known for funder in budget.funders):
        funders.setdefault(fold(funder.name), []).append(funder)
    shares = (_share(found) for found in funders.values())
    return BudgetSum(
        total=sum((budget.total for budget in known), ZERO),
        shares=tuple(sorted(shares, key=lambda share: (-share.total, share.name))),
        remainder=sum((budget.remainder or ZERO for budget in known), ZERO),
        unassigned=sum((budget.total for budget in known if is_unassigned(budget)), ZERO),
        count=len(known),
        without=len(budgets) - len(known),
    )


def is_unassigned(budget: Budget) -> bool:
    """Whether a budget says what an action costs, and not who pays."""
    return not budget.funders and budget.remainder is None


def _share(funders: Sequence[Funder]) -> FunderShare:
    def paid(state: str | None) -> Decimal:
        return sum((funder.amount for funder in funders if funder.state == state), ZERO)

    return FunderShare(funders[0].name, paid("acquis"), paid("sollicite"), paid(None))
