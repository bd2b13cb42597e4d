"""Composite views: indicators and published profiles that are read together, as types.

A view names what it draws, kind by kind; each of its slots holds an indicator, one of the catalogue
or one that the view alone uses (an age of the pyramid, a decile), so that its figures are resolved
once and carry status and vintage like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ctgsite.indicators.model import Indicator


class ViewKind(StrEnum):
    """The forms that a view can take; the values are those of the catalogue."""

    BESOIN_OFFRE = "besoin_offre"  # what people need beside what is offered, as rates
    COMPOSITION = "composition"  # the parts of a whole, which add up to 100
    PYRAMIDE = "pyramide"  # ages, men on one side and women on the other
    DECILES = "deciles"  # published thresholds, from the lowest to the highest
    QUARTIERS = "quartiers"  # the priority districts of the territory


class Role(StrEnum):
    """What a slot is for in its view."""

    BESOIN = "besoin"
    OFFRE = "offre"
    PART = "part"
    HOMMES = "hommes"
    FEMMES = "femmes"
    DECILE = "decile"
    QUARTIER = "quartier"


@dataclass(frozen=True, slots=True)
class Slot:
    """One figure of a view: what it is called there, and the indicator that gives it."""

    label: str
    role: Role
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class View:
    """One entry of the catalogue's views; `missing` is said where no source has its other half."""

    id: str
    theme: str
    title: str
    kind: ViewKind
    slots: tuple[Slot, ...]
    reading: str = ""
    limits: str = ""
    question: str = ""
    missing: str = ""
