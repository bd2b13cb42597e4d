"""The same measures written by hand in polars: what the engine of the catalogue is held against.

Value, numerator, denominator and status of every indicator, area and year of a store, by the same
rules: the first formula that has a value stands, an unknown term makes an unknown measure. Notes,
editions and cautions, which the engine gives besides, are left out.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from ctgsite.geography.areas import Level
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.knowledge import catalogue
from ctgsite.sources.observations import Status
from ctgsite.sources.store import dataset_path, read_index

AREA = ["level", "code"]
LEVELS = [str(level) for level in Level]
RANKS = {str(status): rank for rank, status in enumerate(Status)}
PUBLISHED, COMPUTED, ESTIMATED, SECRET, ABSENT, NOT_ADDITIVE = range(6)
NO_ROW = -1
ZERO = pl.lit(0.0)

Key = tuple[str, str, str]  # dataset, variable, year


def measures(store: Path, indicators: Sequence[Indicator]) -> pl.DataFrame:
    """Return one row for each indicator, year and area that the store says something of."""
    formulas = [formula for found in indicators for formula in found.formulas]
    wanted = {(t.dataset or f.dataset, t.variable) for f in formulas for t in terms(f)}
    wide = pl.DataFrame(schema=dict.fromkeys(AREA, pl.String))
    for dataset, files in read_index(store).items():
        names = [name for owner, name in wanted if owner == dataset]
        wide = wide.join(
            table(dataset_path(store, dataset, files), dataset, names),
            on=AREA,
            how="full",
            coalesce=True,
        )
    known = set(wide.columns)
    parts = [part for found in indicators for part in of_indicator(wide, known, found)]
    first = pl.concat(pl.collect_all(parts))
    sums = [f for f in formulas if f.kind is Kind.INDICATEURS]
    names = {f: found.id for found in indicators for f in found.formulas}
    return pl.concat([first, *(of_others(first, names[f], f) for f in sums)])


def table(path: Path, dataset: str, names: Sequence[str]) -> pl.DataFrame:
    """Return a dataset with a row an area, two columns a variable and year: value and rank."""
    long = (
        pl.scan_parquet(path)
        .select("variable", "year", *AREA, "value", "status")
        .with_columns(pl.col("variable", "year", "level", "status").cast(pl.String))
        .filter(pl.col("variable").is_in(names), pl.col("level").is_in(LEVELS))
        .select(
            *AREA,
            "value",
            pl.format("{}|{}|{}", pl.lit(dataset), "variable", "year").alias("key"),
            pl.col("status").replace_strict(RANKS, return_dtype=pl.Int8).alias("rank"),
        )
        .collect()
    )
    return long.pivot(on="key", index=AREA, values=["value", "rank"])


def of_indicator(wide: pl.DataFrame, known: set[str], indicator: Indicator) -> list[pl.LazyFrame]:
    """Return the measures of one indicator, a part a year."""
    by_year: dict[str, list[pl.LazyFrame]] = {}
    for formula in indicator.formulas:
        for year in () if formula.kind is Kind.INDICATEURS else years(known, formula):
            part = of_formula(wide.lazy(), known, formula, year)
            by_year.setdefault(year, []).append(part)
    return [
        first_of(parts).with_columns(
            pl.lit(indicator.id).alias("indicator"), pl.lit(year).alias("year")
        )
        for year, parts in by_year.items()
    ]


def of_others(found: pl.DataFrame, name: str, formula: Formula) -> pl.DataFrame:
    """Return a signed sum of other indicators, for the years and areas of one of them."""
    terms = {term.variable: term.sign for term in formula.numerator}
    rows = found.filter(pl.col("indicator").is_in(list(terms)))
    if formula.years:
        rows = rows.filter(pl.col("year").is_in(formula.years))
    signed = pl.col("value") * pl.col("indicator").replace_strict(terms)
    gaps = [pl.col("status").eq(gap).any() for gap in (SECRET, NOT_ADDITIVE, ABSENT)]
    lacking = pl.len() < len(terms)
    status = (
        pl.when(gaps[0]).then(SECRET).when(gaps[1]).then(NOT_ADDITIVE)
        .when(gaps[2] | lacking).then(ABSENT).otherwise(COMPUTED)
    )  # fmt: skip
    common = rows.group_by("year").agg(pl.col("indicator").n_unique().alias("n"))
    summed = (
        rows.join(common.filter(pl.col("n") == len(terms)), on="year")
        .group_by(*AREA, "year")
        .agg(signed.sum().alias("value"), status.cast(pl.Int8).alias("status"))
    )
    blank = pl.lit(None, pl.Float64)
    return summed.select(
        *AREA,
        pl.when(pl.col("status") <= ESTIMATED).then("value").alias("value"),
        blank.alias("numerator"),
        blank.alias("denominator"),
        "status",
        pl.lit(name).alias("indicator"),
        "year",
    )


def first_of(parts: list[pl.LazyFrame]) -> pl.LazyFrame:
    """Keep for each area the first formula that has a value, or else the first of all."""
    if len(parts) == 1:
        return parts[0]
    ranked = [part.with_columns(pl.lit(at).alias("order")) for at, part in enumerate(parts)]
    best = pl.concat(ranked).sort(pl.col("status") > ESTIMATED, "order", maintain_order=True)
    return best.unique(AREA, keep="first", maintain_order=True).drop("order")


def of_formula(wide: pl.LazyFrame, known: set[str], formula: Formula, year: str) -> pl.LazyFrame:
    """Return what a formula gives in a year for the areas that its own dataset speaks of."""
    above, below, value = figures(known, formula, year)
    needed = [t for t in terms(formula) if counts(formula, t)]
    ranks = [rank(known, key(formula, term, year)) for term in needed]
    status = combined(formula, ranks)
    if formula.kind not in (Kind.SOMME, Kind.PUBLIE):
        no_ratio = ~(below.abs() > 0) & (status <= ESTIMATED)
        status = pl.when(no_ratio).then(ABSENT).otherwise(status)
    own = formula.numerator if formula.kind is Kind.PUBLIE else (
        *formula.numerator, *formula.denominator
    )  # fmt: skip
    told = [
        rank(known, key(formula, term, year)) != NO_ROW
        for term in own
        if term.dataset in (None, formula.dataset)
    ]
    levels = pl.col("level").is_in(formula.levels or LEVELS)
    counted = formula.kind not in (Kind.PUBLIE, Kind.QUOTIENT_PUBLIE)
    figured = {
        "value": value,
        "numerator": above if counted else None,
        "denominator": below if counted and formula.kind is not Kind.SOMME else None,
    }
    return wide.filter(pl.any_horizontal(told), levels).select(
        *AREA,
        *(
            pl.when(status <= ESTIMATED).then(column).cast(pl.Float64).alias(name)
            for name, column in figured.items()
        ),
        status.cast(pl.Int8).alias("status"),
    )


def figures(known: set[str], formula: Formula, year: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return numerator, denominator and value."""
    above, below = (
        total(known, formula, part, year) for part in (formula.numerator, formula.denominator)
    )
    scale, period = formula.scale, formula.period
    growth = scale * ((above / below) ** (1 / period) - 1)
    match formula.kind:
        case Kind.SOMME:
            return above * scale / period, below, above * scale / period
        case Kind.PUBLIE:
            return above, below, above * scale
        case Kind.RAPPORT | Kind.QUOTIENT_PUBLIE:
            return above, below, scale * above / below
        case Kind.TAUX_ANNUEL:
            return above, below, growth
        case Kind.SOLDE_ANNUEL:
            mean = below / len(formula.denominator)
            return above, mean, scale * above / period / mean
        case Kind.INDICATEURS:
            raise ValueError("a sum of indicators reads no variable")


def combined(formula: Formula, ranks: list[pl.Expr]) -> pl.Expr:
    """Return the status of a result: its terms’ gravest gap, else computed or as published."""
    untouched = (
        formula.kind in (Kind.SOMME, Kind.PUBLIE)
        and formula.period == formula.scale == 1
        and len(ranks) == 1
        and formula.numerator[0].sign > 0
    )
    status = ranks[0] if untouched else pl.lit(COMPUTED)
    estimated = pl.any_horizontal(r == ESTIMATED for r in ranks)
    return (
        pl.when(pl.any_horizontal(r == SECRET for r in ranks))
        .then(SECRET)
        .when(pl.any_horizontal(r == NOT_ADDITIVE for r in ranks))
        .then(NOT_ADDITIVE)
        .when(pl.any_horizontal((r == ABSENT) | (r == NO_ROW) for r in ranks))
        .then(ABSENT)
        .when(estimated)
        .then(ESTIMATED)
        .otherwise(status)
    )


def total(known: set[str], formula: Formula, part: Sequence[Term], year: str) -> pl.Expr:
    """Return a signed sum, null where a term is unknown."""
    found = ZERO
    for term in part:
        name = f"value_{'|'.join(key(formula, term, year))}"
        found = found + term.sign * (pl.col(name) if name in known else pl.lit(None, pl.Float64))
    return found


def rank(known: set[str], found: Key) -> pl.Expr:
    """Return the rank of a variable's status, NO_ROW where nothing is said."""
    name = f"rank_{'|'.join(found)}"
    return pl.col(name).fill_null(NO_ROW) if name in known else pl.lit(NO_ROW)


def key(formula: Formula, term: Term, year: str) -> Key:
    """Return where a term of a formula is found for a year."""
    return term.dataset or formula.dataset, term.variable, term.year or year


def counts(formula: Formula, term: Term) -> bool:
    """Whether a gap of the term is one of the result: not of a published figure's effectif."""
    return formula.kind is not Kind.PUBLIE or term in formula.numerator


def terms(formula: Formula) -> Iterator[Term]:
    """Yield every term of a formula."""
    if formula.kind is not Kind.INDICATEURS:
        yield from (*formula.numerator, *formula.denominator)


def years(known: set[str], formula: Formula) -> list[str]:
    """Return the years that all terms of the measure's own year have."""
    found: list[set[str]] = []
    for term in terms(formula):
        if term.year is None and counts(formula, term):
            start = f"value_{term.dataset or formula.dataset}|{term.variable}|"
            found.append({name.removeprefix(start) for name in known if name.startswith(start)})
    if not found:
        return list(formula.years)
    common = set.intersection(*found)
    return sorted(common.intersection(formula.years) if formula.years else common)


if __name__ == "__main__":
    indicators = tuple(catalogue().indicators.values())
    started = time.perf_counter()
    result = measures(Path(sys.argv[1]), indicators)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    valued = result.filter(pl.col("status") <= ESTIMATED)
    told = {"rows": len(result), "valued": len(valued), "sum": valued["value"].sum()}
    sys.stdout.write(json.dumps(told | {"seconds": seconds, "gib": peak}) + "\n")
