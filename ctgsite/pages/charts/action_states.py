"""How the states of fiches look: one colour and one pattern each, on every chart.

The colours are those of `styles/00-jetons.css`, which the bars of the home page have too.
"""

from __future__ import annotations

from typing import Any

from ctgsite.config.plan import ActionState
from ctgsite.pages.palette import OUTLINE

PATTERNS: dict[ActionState, str] = {"en_pause": "/", "abandonnee": "x"}
UNTOLD = "."


def marker(*states: ActionState | None) -> dict[str, Any]:
    """Return the look of bars, one a state."""
    colours = [f"var(--ctg-etat-{state or 'inconnu'})" for state in states]
    return {
        "color": colours,
        "pattern": {
            "shape": [PATTERNS.get(state, "") if state else UNTOLD for state in states],
            "fillmode": "overlay",  # where bars have a colour each, no other keeps them opaque
            "fgopacity": 0.35,
            "size": 6,
        },
        "line": {"color": OUTLINE, "width": 1},
    }


def ink(state: ActionState | None) -> str:
    """Return the colour of a number written on a state's bar."""
    return "#ffffff" if state == "realisee" else "#000000"
