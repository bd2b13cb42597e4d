"""What an indicator is: the types that the catalogue's YAML becomes, and that pages read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ctgsite.geography.areas import Level

OFFICIAL_LEVELS = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)


class Direction(StrEnum):
    """Which way calls for attention; AUCUN where neither does."""

    HAUT = "haut"
    BAS = "bas"
    AUCUN = "aucun"


class Kind(StrEnum):
    """How a formula becomes a value; INDICATEURS and the …PUBLIE have no counts."""

    SOMME = "somme"  # numerator ÷ period: a count, or its yearly mean over a period
    RAPPORT = "rapport"  # scale × numerator ÷ denominator
    TAUX_ANNUEL = "taux_annuel"  # 100 × ((numerator ÷ denominator)^(1 ÷ years) − 1)
    SOLDE_ANNUEL = "solde_annuel"  # scale × numerator ÷ period ÷ mean of the denominator's terms
    QUOTIENT_PUBLIE = "quotient_publie"  # RAPPORT of published shares, whose counts are unknown
    INDICATEURS = "indicateurs"  # signed sum of other indicators, without counts of its own
    PUBLIE = "publie"  # as the producer published it; the denominator only serves the caution


class Form(StrEnum):
    """The chart that suits the reading task."""

    COMPARAISON = "comparaison"  # bars: the territory and each benchmark
    EVOLUTION = "evolution"  # line over the years
    COMPOSITION = "composition"  # stacked parts, with the indicators of the same group


@dataclass(frozen=True, slots=True)
class Term:
    """A signed variable of a sum: ``P_POP``, ``-P_CHOM1564``, ``insee-comparateur:P_POP@2013``.

    In a formula of INDICATEURS, the variable is the id of another indicator.
    """

    variable: str
    sign: int = 1
    year: str | None = None  # None: the measure's own year
    dataset: str | None = None  # None: the formula's own dataset


@dataclass(frozen=True, slots=True)
class Formula:
    """One way to compute an indicator from one dataset; earlier formulas win over later ones.

    A sum of other indicators has their formulas `behind` it, and the dataset of the first.
    """

    dataset: str
    kind: Kind
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()
    scale: float = 100.0
    years: tuple[str, ...] = ()  # () = every year the dataset has
    period: float = 1.0  # length in years, for annual rates
    levels: tuple[str, ...] = ()  # () = every level
    note: str = ""
    behind: tuple[Formula, ...] = ()

    @property
    def reading(self) -> tuple[Formula, ...]:
        """The formulas that read datasets: this one, or those behind it."""
        return self.behind or (self,)


@dataclass(frozen=True, slots=True)
class SignedWording:
    """Headings of a rate of change, by the signs of the figure and of the benchmark's."""

    up_more: str
    up_less: str
    down_more: str  # it falls less fast
    down_less: str
    up_against_down: str
    down_against_up: str

    def clause(self, here: float, there: float) -> str:
        """Return the clause that fits two rates that differ."""
        if here >= 0 > there:
            return self.up_against_down
        if here < 0 <= there:
            return self.down_against_up
        if here >= 0:
            return self.up_more if here > there else self.up_less
        return self.down_more if here > there else self.down_less


@dataclass(frozen=True, slots=True)
class Wording:
    """French clauses; `{reference}` stands for "en Haute-Garonne", `{valeur}` for the figure.

    `reading` completes "À Seilh, en 2018, …": "{valeur} des logements sont vacants".
    `more`, `less`, `close` are headings that state a finding: "Davantage de logements vacants que
    {reference}". `plain` is the heading where no comparison can be made.
    """

    reading: str
    more: str
    less: str
    close: str
    plain: str
    signed: SignedWording | None = None


@dataclass(frozen=True, slots=True)
class CitedVariable:
    """A variable that a formula reads, as its producer names it and as its description does."""

    name: str
    label: str
    additive: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A dataset that an indicator reads: its editions, and the variables that formulas name."""

    dataset: str
    title: str
    producer: str
    vintages: tuple[str, ...]
    variables: tuple[CitedVariable, ...]

    def __str__(self) -> str:
        return f"{self.producer}, {self.title} ({', '.join(self.vintages)})"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue, with what the descriptions of its sources say of it."""

    id: str
    label: str
    theme: str
    definition: str
    unit: str  # "%", "habitants", "€", "pour 1 000"…; shown after the number
    direction: Direction
    precision: int  # decimals at display only
    # On the denominator, on the value of a count, or on the smaller end of a change; 0: none.
    caution_threshold: float
    form: Form
    wording: Wording
    formulas: tuple[Formula, ...]
    counted: str = ""  # what the numerator counts, plural: "logements", "personnes"
    limits: str = ""  # "Ce que ce chiffre ne dit pas"
    question: str = ""  # "La question à poser"
    synonyms: tuple[str, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()  # (first year of the new series, reason), everywhere
    level_breaks: tuple[tuple[str, str, str], ...] = ()  # (level, year, reason), at one level only
    citations: tuple[Citation, ...] = ()  # the dataset preferred first
    imprecisions: tuple[tuple[str, float], ...] = ()  # (reason, ± of one published figure)
    small_counts: str = ""  # what its source asks of small counts
    # Under it, a difference is "proche de"; of a count, a difference of changes in % a year.
    minimum_difference: float = 0.0
    highlight: bool = True  # whether it may become a highlight
    ranked: bool = True  # whether areas may be ranked on it
    trend_gap: int = 1  # years that must separate two vintages to compare them (census: 5)
    events: bool = False  # a count of events, that chance alone makes vary from year to year
    group: str = ""  # the whole whose parts the indicators of one group are, in catalogue order
    absences: tuple[tuple[str, str], ...] = ()  # (level, why it has no figure there), in French
    levels: tuple[Level, ...] = OFFICIAL_LEVELS  # those at which it claims figures
    local: bool = False  # from a territory's own file: no other area has a figure

    def breaks_at(self, level: Level) -> tuple[tuple[str, str], ...]:
        """Return the breaks of the series of areas of one level."""
        own = ((year, why) for found, year, why in self.level_breaks if found == level)
        return (*self.breaks, *own)


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of a CTG; `question` is what élus ask of it, `synonyms` what people search."""

    slug: str
    title: str
    question: str
    intro: str = ""
    synonyms: tuple[str, ...] = ()
