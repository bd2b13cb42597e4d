"""The page of the démarche: its aims, its timeline, who takes part in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ctgsite.config.approach import Approach, Framework, Mobilised, Step, StepName
from ctgsite.config.models import Territory
from ctgsite.config.spelling import fold
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts import as_json
from ctgsite.pages.charts.calendar import Stretch, calendar_chart
from ctgsite.pages.charts.counts import counts_chart
from ctgsite.pages.french import counted, number
from ctgsite.pages.model import Page
from ctgsite.pages.page_state import state_words
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.templates import day
from ctgsite.pages.words import ACTORS, FORMER, FRAMEWORKS, STEP_STATES, STEPS, TO_COMPLETE

METHOD = "paroles-et-offre"  # anchor on the page of methods
UNSTATED = "État à compléter"
ENOUGH_DATES = 2  # dated steps that make a calendar
NOT_PEOPLE = (
    "Ce sont des participations, et non des personnes distinctes : une personne présente à deux "
    "étapes compte deux fois."
)
ADDRESSES: dict[StepName, str] = {
    "quantitative": "phase-quantitative",
    "qualitative": "phase-qualitative",
    "attentes_des_acteurs": "etape-attentes",
    "offre_et_besoins": "etape-offre-et-besoins",
    "seminaire_enjeux_partages": "etape-seminaire",
    "actions_co_construites": "etape-actions",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase or a step as the timeline shows it; `step` is None where nothing is said of it."""

    key: StepName
    title: str
    anchor: str
    step: Step | None
    facts: tuple[str, ...]  # state, dates, validation: each in words

    @property
    def state(self) -> str:
        """The state in a word, for the look of the timeline."""
        return (self.step and self.step.state) or "inconnu"


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    territory = renderer.view.diagnostic.territory
    stages = stages_of(territory.approach)
    yield renderer.page(
        "demarche",
        "demarche",
        "Démarche",
        section=CONVENTION,
        phases=stages[:2],
        steps=stages[2:],
        calendar=calendar_block(stages, territory),
        mobilised=mobilised_block(territory),
        logos=[signatory for signatory in territory.signatories if signatory.shows_logo],
        frameworks=[
            (_kind_of(framework), framework) for framework in territory.approach.frameworks
        ],
        former=FORMER,
        titles={theme.theme.slug: theme.theme.title for theme in renderer.view.diagnostic.themes},
    )


def stages_of(approach: Approach) -> tuple[Stage, ...]:
    """Return the two phases, then the four steps."""
    steps, phases = approach.steps, approach.phases
    told: dict[StepName, Step | None] = {
        "quantitative": phases.quantitative,
        "qualitative": phases.qualitative,
        "attentes_des_acteurs": steps.expectations,
        "offre_et_besoins": steps.supply_and_needs,
        "seminaire_enjeux_partages": steps.seminar,
        "actions_co_construites": steps.actions,
    }
    return tuple(
        Stage(key, STEPS[key], ADDRESSES[key], step, tuple(_facts(step)) if step else ())
        for key, step in told.items()
    )


def _facts(step: Step) -> Iterator[str]:
    if step.state:
        yield STEP_STATES[step.state]
    if when := _moment(step):
        yield when
    if step.validation:
        yield state_words(step.validation, step.validated_on)


def _moment(step: Step) -> str:
    if step.start and step.end:
        if step.start == step.end:
            return f"le {day(step.start)}"
        return f"du {day(step.start)} au {day(step.end)}"
    if step.start:
        return f"à partir du {day(step.start)}"
    return f"jusqu’au {day(step.end)}" if step.end else ""


def calendar_block(stages: Sequence[Stage], territory: Territory) -> Block | None:
    """Return the calendar of the dated phases and steps, None where fewer than two are dated."""
    dated = [(s, s.step, s.step.start or s.step.end) for s in stages if s.step]
    stretches = [
        Stretch(
            stage.title,
            STEP_STATES[step.state] if step.state else UNSTATED,
            first,
            step.end or first,
        )
        for stage, step, first in dated
        if first
    ]
    if len(stretches) < ENOUGH_DATES:
        return None
    rows = tuple(
        (
            Cell(stage.title, f"#{stage.anchor}"),
            Cell(day(stage.step.start) if stage.step and stage.step.start else "–"),
            Cell(day(stage.step.end) if stage.step and stage.step.end else "–"),
            Cell(STEP_STATES[stage.step.state] if stage.step and stage.step.state else TO_COMPLETE),
        )
        for stage in stages
    )
    first, last = min(s.start for s in stretches), max(s.end for s in stretches)
    return Block(
        id="calendrier",
        heading=_progress(stages),
        name="Calendrier de la démarche",
        chart=as_json(calendar_chart(stretches, (*STEP_STATES.values(), UNSTATED))),
        passages=(Passage((_span_sentence(first, last),)),),
        table=Table("Les phases et les étapes", ("Phase ou étape", "Début", "Fin", "État"), rows),
        sources=(source_of(territory, "démarche de la convention"),),
        method=METHOD,
    )


def _progress(stages: Sequence[Stage]) -> str:
    done = sum(stage.state == "termine" for stage in stages)
    if not done:
        return "Les dates prévues"
    ended = counted(done, "phase ou étape terminée", "phases ou étapes terminées")
    return f"{ended} sur {number(len(stages))}"


def _span_sentence(first: date, last: date) -> str:
    return (
        f"Les dates connues vont du {day(first)} au {day(last)} : chaque barre est une phase ou "
        "une étape."
    )


def mobilised_block(territory: Territory) -> Block | None:
    """Return who took part, by kind of actor and step, None where nothing is said."""
    told = territory.approach.mobilisation
    if not told:
        return None
    counts = _sums(told)
    actors = [words for words in ACTORS.values() if any(a == words for a, _ in counts)]
    steps = [words for words in STEPS.values() if any(s == words for _, s in counts)]
    total = sum(counts.values())
    return Block(
        id="mobilisation",
        heading=f"{counted(total, 'participation')} à la démarche",
        name="Participations par type d’acteur et par étape",
        chart=as_json(counts_chart(actors, steps, counts)),
        passages=(Passage((_total_sentence(total), NOT_PEOPLE)),),
        table=_mobilised_table(actors, steps, counts),
        sources=(source_of(territory, "suivi de la démarche"),),
        method=METHOD,
    )


def _total_sentence(total: int) -> str:
    return (
        f"En tout, {counted(total, 'participation')} : chaque barre est un type d’acteur, chaque "
        "part une phase ou une étape."
    )


def _sums(told: Sequence[Mobilised]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for group in told:
        key = (ACTORS[group.kind], STEPS[group.step])
        counts[key] = counts.get(key, 0) + group.number
    return counts


def _mobilised_table(
    actors: Sequence[str], steps: Sequence[str], counts: dict[tuple[str, str], int]
) -> Table:
    """Return the counts with their totals; a pair of which nothing is said has a dash."""
    lines: list[tuple[str, list[int | None]]] = [
        (actor, [counts.get((actor, step)) for step in steps]) for actor in actors
    ]
    sums: list[int | None] = [
        sum(line[place] or 0 for _, line in lines) for place in range(len(steps))
    ]
    rows = [
        (
            Cell(name),
            *(Cell("–" if value is None else number(value), number=True) for value in line),
            Cell(number(sum(value or 0 for value in line)), number=True),
        )
        for name, line in [*lines, ("Ensemble", sums)]
    ]
    columns = ("Acteurs", *steps, "Ensemble")
    return Table("Participations (et non personnes distinctes)", columns, tuple(rows))


def _kind_of(framework: Framework) -> str:
    """Return what kind of framework it is, "" where its name says so already."""
    kind = FRAMEWORKS[framework.kind]
    told = fold(kind.split(" (")[0]) in fold(framework.name)
    return "" if told or framework.kind == "autre" else kind


def source_of(territory: Territory, what: str) -> str:
    """Return who says what a chart of the territory's own shows."""
    return f"{territory.publisher.body or territory.name}, {what}"
