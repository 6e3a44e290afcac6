"""Banzi's own engine: its one pass over stretches, its months of dates, its rules and their bits."""

from __future__ import annotations

from functools import reduce
from operator import and_
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.facts.spans import months_since
from banzi.facts.stretches import Stretches, covered_months
from banzi.rules.runtime import Check, at_least
from banzi.rules.runtime.algebra import Breach, PackedVerdicts, packed_verdicts
from banzi.rules.runtime.verdicts import FAIL, REVIEW
from benchmarks.nation.question import AS_OF, DATES, KINDS, RULES, Rule, Term

Loaded = tuple[pl.DataFrame, Stretches]


def load(folder: Path) -> Loaded:
    persons = pl.read_parquet(folder / "persons.parquet")
    segments = pl.read_parquet(folder / "segments.parquet", columns=["start", "end", "counts"])
    offsets = pl.read_parquet(folder / "offsets.parquet")["offset"]
    arrays = (segments[name].to_numpy() for name in ("start", "end", "counts"))
    return persons, Stretches(offsets.to_numpy(), *arrays)


def derive(loaded: Loaded) -> pl.DataFrame:
    """The persons with every fact the rules read."""
    return _with_facts(loaded).collect()


def screen(facts: pl.DataFrame) -> PackedVerdicts:
    return packed_verdicts(facts, CHECKS)


def whole(loaded: Loaded) -> PackedVerdicts:
    """Both, without keeping the facts."""
    return packed_verdicts(_with_facts(loaded), CHECKS)


def ranks(packed: PackedVerdicts) -> list[npt.NDArray[np.uint8]]:
    return [packed.ranks(rule.id) for rule in RULES]


def _with_facts(loaded: Loaded) -> pl.LazyFrame:
    persons, stretches = loaded
    months = covered_months(stretches, len(KINDS))
    names = [f"{kind}_months_{bound}" for kind in KINDS for bound in ("low", "high")]
    return (
        persons.with_columns(pl.Series(name, row) for name, row in zip(names, months, strict=True))
        .lazy()
        .with_columns(
            fact for name in DATES for fact in months_since(name, AS_OF, f"{name}_months")
        )
    )


def check_of(rule: Rule) -> tuple[Check, Breach]:
    """The rule as a check of the rules engine."""
    check = Check(
        holds=_all(rule.holds),
        applies=_all(rule.applies) if rule.applies else None,
        doubt=_all(rule.doubt) if rule.doubt else None,
        lenient=_all(rule.lenient) if rule.lenient else None,
        otherwise="",
    )
    return check, FAIL if rule.is_must else REVIEW


def _all(terms: tuple[Term, ...]) -> pl.Expr:
    return reduce(and_, map(_term, terms))


def _term(term: Term) -> pl.Expr:
    column = pl.col(term.name)
    if term.span:
        truth = at_least(term.name, term.values[0])
    elif term.kind == "at_least":
        truth = column >= term.values[0]
    else:
        truth = column.is_in(term.values) if term.kind == "one_of" else column
    return ~truth if term.negated else truth


CHECKS = {rule.id: check_of(rule) for rule in RULES}
