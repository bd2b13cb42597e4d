"""What a description expects of a dataset's figures, beyond the layout of its files.

Declared in the YAML beside the variables; `plausibility` and `jumps` hold files against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Bounds = tuple[float | None, float | None]  # least and greatest value, None where there is none
Chain = Annotated[tuple[str, ...], Field(min_length=2)]  # each variable at most the next one


class Strict(BaseModel):
    """French keys, no unknown key, nothing changed once loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Total(Strict):
    """Parts that add up to a whole, or at most to it where the rest is not published."""

    whole: str | float = Field(alias="tout")  # a variable, or a constant such as 100
    parts: tuple[str, ...] = Field(alias="parties", min_length=1)
    rest: bool = Field(default=False, alias="reste")
    tolerance: float = 0.5  # the producer's rounding

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that it speaks of."""
        return self.parts if isinstance(self.whole, float) else (*self.parts, self.whole)


class Jump(Strict):
    """How far a figure may move from the vintage before, and how many areas may go further.

    `relative` is a share of the former figure, `points` a difference; one of the two. Areas whose
    former figure is under `floor` are not looked at: the small move a lot, and rightly.
    """

    relative: float | None = Field(default=None, alias="relatif", gt=0)
    points: float | None = Field(default=None, gt=0)
    floor: float = Field(default=0.0, alias="plancher")
    refused: float = Field(default=0.05, alias="refus", gt=0)  # share of areas, a file error above
    lost: float = Field(default=0.5, alias="perte", gt=0)  # the same, of figures that are no more

    @model_validator(mode="after")
    def _one_measure(self) -> Jump:
        if (self.relative is None) == (self.points is None):
            raise ValueError("un saut est dit en « relatif » ou en « points », l’un des deux")
        return self


class Expectations(Strict):
    """What holds between the variables of one area and one year."""

    totals: tuple[Total, ...] = Field(default=(), alias="totaux")
    included: tuple[Chain, ...] = Field(default=(), alias="inclus")

    @property
    def variables(self) -> frozenset[str]:
        """Every variable named."""
        return frozenset(name for item in self.relations for name in item.variables)

    @property
    def relations(self) -> tuple[Total, ...]:
        """Totals, and inclusions as totals of one part."""
        return (*self.totals, *self._inclusions())

    def _inclusions(self) -> Iterator[Total]:
        for chain in self.included:
            for part, whole in pairwise(chain):
                yield Total(tout=whole, parties=(part,), reste=True)
