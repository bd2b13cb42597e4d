"""The block on what makes the population change: its two parts, side by side with benchmarks'."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.model import Finding, ThemeDiagnostic
from ctgsite.geography.names import dans
from ctgsite.indicators.contributions import APPARENT, CHANGE, NATURAL, Contributions
from ctgsite.indicators.measures import Measure
from ctgsite.pages.blocks import Block, Passage, Workshop, method_anchor, told
from ctgsite.pages.charts import as_json
from ctgsite.pages.charts.contributions import contributions_chart
from ctgsite.pages.french import during, quantity, rounded, sentence, when
from ctgsite.pages.sentences import label, reading_here
from ctgsite.pages.tables import Cell, Table

PRECISION = 2
UNIT = "% par an"
BLOCK = "composantes-population"
BIRTHS = "l’excédent des naissances sur les décès"
DEATHS = "l’excédent des décès sur les naissances"
MOVES = "le solde apparent des entrées et des sorties"


def with_population_block(
    blocks: Sequence[Block],
    theme: ThemeDiagnostic,
    changes: Sequence[Contributions],
    workshop: Workshop,
) -> tuple[Block, ...]:
    """Return a theme's blocks, those of the two balances replaced by one that adds them up.

    Unchanged where the theme has not both, of the period that the contributions are about.
    """
    found = {f.indicator.id: f for f in theme.findings}
    balances = [found[name] for name in (NATURAL, APPARENT) if name in found]
    if not changes or len(balances) < 2:
        return tuple(blocks)
    if any(finding.measure.year != changes[0].change.year for finding in balances):
        return tuple(blocks)
    block = population_block(changes, balances, workshop)
    first = next(place for place, other in enumerate(blocks) if other.id in (NATURAL, APPARENT))
    kept = [other for other in blocks if other.id not in (NATURAL, APPARENT)]
    return (*kept[:first], block, *kept[first:])


def population_block(
    changes: Sequence[Contributions], balances: Sequence[Finding], workshop: Workshop
) -> Block:
    """Return the block: a sentence that adds up, then what is said of each balance."""
    own = changes[0]
    written = [_written(row) for row in changes]
    shown = [m for row in changes for m in (row.change, row.natural, row.apparent)]
    return Block(
        id=BLOCK,
        heading=change_heading(own),
        name="Les composantes de la variation de la population",
        chart=as_json(contributions_chart(changes, written)),
        passages=(
            Passage((change_sentence(own),)),
            *(Passage(_rest(finding), finding.indicator.id) for finding in balances),
        ),
        table=_table(changes, written),
        sources=workshop.credits(shown),
        method=method_anchor(CHANGE),
        telling=not own.natural.caution,
        limits=tuple(sentence(f.indicator.limits) for f in balances if f.indicator.limits),
        questions=tuple(f.indicator.question for f in balances if f.indicator.question),
    )


def _rest(finding: Finding) -> tuple[str, ...]:
    """Return what is said of one balance; the place has been named."""
    return (reading_here(finding), *told(finding)[1:])


def change_heading(own: Contributions) -> str:
    """Return a heading that names the larger part, unless the figures are on few cases."""
    change, natural, apparent = (_value(m) for m in (own.change, own.natural, own.apparent))
    if own.change.caution or own.natural.caution or not change:
        return "Les composantes de la variation de la population"
    verb = "augmente" if change > 0 else "diminue"
    parts = {natural: "son solde naturel", apparent: MOVES}
    if natural == apparent:
        return f"Une population qui {verb} à parts égales par ses deux soldes"
    first = max(parts, key=lambda part: part * change)
    return f"Une population qui {verb} surtout par {parts[first]}"


def change_sentence(own: Contributions) -> str:
    """Return a population's change and its two parts, each with its sign in words."""
    change, natural, apparent = (_value(m) for m in (own.change, own.natural, own.apparent))
    start = f"{dans(own.area)}, {during(own.change.year)}, la population"
    if not change:
        return sentence(f"{start} est stable : {_apart(natural, apparent)}")
    verb = "augmente" if change > 0 else "diminue"
    start = f"{start} {verb} de {quantity(abs(change), UNIT, PRECISION)} en moyenne"
    if natural * change <= 0 or apparent * change <= 0:
        return sentence(f"{start} : {_apart(natural, apparent)}")
    excess = BIRTHS if natural > 0 else DEATHS
    return sentence(f"{start} : {_size(natural)} par {excess}, {_size(apparent)} par {MOVES}")


def _apart(natural: float, apparent: float) -> str:
    """Return what each part adds or takes away, where they do not pull the same way."""
    if not natural:
        first = "les naissances équilibrent les décès"
    else:
        first = f"{BIRTHS if natural > 0 else DEATHS} {_pull(natural)}"
    second = f"{MOVES} {_pull(apparent) if apparent else 'est à peu près nul'}"
    return f"{first}, {second}"


def _pull(part: float) -> str:
    return f"y ajoute {_size(part)}" if part > 0 else f"en retire {_size(part)}"


def _table(changes: Sequence[Contributions], written: Sequence[Sequence[str]]) -> Table:
    rows = tuple(
        (
            Cell(label(row.area), benchmark=row.area.level.value if at else ""),
            *(Cell(text, number=True) for text in texts),
        )
        for at, (row, texts) in enumerate(zip(changes, written, strict=True))
    )
    columns = ("Territoire", "Variation de la population", "Solde naturel", "Solde apparent")
    return Table(f"Variation annuelle moyenne, {when(changes[0].change.year)}", columns, rows)


def _written(row: Contributions) -> tuple[str, ...]:
    return tuple(_signed(measure) for measure in (row.change, row.natural, row.apparent))


def _signed(measure: Measure) -> str:
    value = _value(measure)
    text = ("+" if value > 0 else "") + quantity(value, UNIT, PRECISION)
    return f"{text} (petit effectif)" if measure.caution else text


def _size(value: float) -> str:
    return quantity(abs(value), "%", PRECISION)


def _value(measure: Measure) -> float:
    """Return a rate as it is shown: what reads as zero is told as zero."""
    return rounded(measure.value or 0.0, PRECISION)
