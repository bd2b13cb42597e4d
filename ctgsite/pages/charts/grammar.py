"""The grammar of charts: each form, the question that a reader answers with it, and its module.

A form is added here first: what is asked that no other form answers? `docs/architecture.md` has the
same table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartForm:
    """One form; `modules` are those of this package that draw it, but for the heat table."""

    name: str
    question: str
    modules: tuple[str, ...]


GRAMMAR = (
    ChartForm("comparison bars", "Is it more or less than elsewhere?", ("comparison",)),
    ChartForm("evolution line", "Which way has it gone, year after year?", ("evolution",)),
    ChartForm("slope", "Has it changed between two dates as it has elsewhere?", ("slope",)),
    ChartForm("strip", "How do the communes spread, and who stands apart?", ("distribution",)),
    ChartForm("map", "Where is it high, and where low?", ("map",)),
    ChartForm("heat table", "What marks each commune, all indicators together?", ("heat_table",)),
    ChartForm("stacked bars", "What is the whole made of?", ("composition", "answers", "states")),
    ChartForm("diverging bars", "Which part adds, and which takes away?", ("contributions",)),
    ChartForm("pyramid", "How old are men and women here?", ("pyramid",)),
    ChartForm("deciles", "How far apart are the poorest and the richest?", ("deciles",)),
    ChartForm("paired panels", "Does the supply meet the need?", ("pairs",)),
    ChartForm("answer bars", "What did people answer, and who are they?", ("answers", "counts")),
    ChartForm("readings", "Is the objective getting nearer?", ("readings",)),
    ChartForm("schedule", "What happens when, and how far along is it?", ("schedule", "calendar")),
    ChartForm("place map", "Where are the services?", ("places",)),
)
