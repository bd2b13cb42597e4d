"""What a producer, or its file, tells of the precision of its figures: rounding, blurring, caution.

Rules stand in a dataset's description, in French; nothing is known of a variable that none names.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Rule(BaseModel):
    """What is said of some variables of a dataset, or of all of them where none is named."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    variables: tuple[str, ...] = ()
    reason: str = Field(alias="motif", min_length=1)

    def covers(self, variable: str) -> bool:
        """Whether the rule is about a variable."""
        return not self.variables or variable in self.variables


class Imprecision(_Rule):
    """How far a published cell may stand from the producer's own figure, in the variable's unit.

    Of two causes, one: `rounding` is the step that figures are rounded to, and half of it is the
    bound; `blur` is the bound of a noise added on purpose. `since` is the first year concerned.
    """

    rounding: float = Field(default=0.0, ge=0, alias="arrondi")
    blur: float = Field(default=0.0, ge=0, alias="flou")
    since: str = Field(default="", alias="depuis")

    @property
    def half_width(self) -> float:
        """The bound of one published cell, on either side of it."""
        return self.blur or self.rounding / 2

    def applies(self, variable: str, year: str) -> bool:
        """Whether the rule is about a variable in a year, or in the year that a period ends."""
        return self.covers(variable) and year[-4:] >= self.since

    @model_validator(mode="after")
    def _has_one_cause(self) -> Imprecision:
        if bool(self.rounding) == bool(self.blur):
            raise ValueError("une incertitude a un arrondi ou un flou, l’un ou l’autre")
        return self


class SmallCounts(_Rule):
    """The count under which the producer asks that its weighted counts be read with caution."""

    threshold: float = Field(gt=0, alias="seuil")
