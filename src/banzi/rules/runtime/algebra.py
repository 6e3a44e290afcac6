"""The verdict algebra of one rule: from a check's truths to two bits a verdict.

A verdict's rank is written in two Boolean columns: `grave` (fail or unknown) and `marked` (fail or
review). Boolean columns are packed bits, so a nation's verdicts fit where one column of numbers
would, and the algebra works on 64 persons at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.rules.runtime.declaring import Check
from banzi.rules.runtime.verdicts import FAIL, RANKED

Breach = int
"""What a clear breach is: FAIL, or REVIEW where the rule or its clause allows no more."""


def verdict_bits(check: Check, breach: Breach) -> tuple[pl.Expr, pl.Expr]:
    """`grave`, `marked`: Boolean, never null; rank = 2 × grave + marked."""
    truth, doubt = check.holds, check.doubt
    if check.applies is not None:
        truth = ~check.applies | truth
        doubt = None if doubt is None else check.applies & doubt
    breached = (~truth).fill_null(False)
    grave = (~truth).fill_null(True) if breach == FAIL else truth.is_null()
    marked = breached
    if check.lenient is not None and breach == FAIL:
        grave &= ~(breached & check.lenient.fill_null(False))
    if doubt is not None:
        holds = truth.fill_null(False)
        grave |= holds & doubt.is_null()
        marked |= holds & doubt.fill_null(False)
    return grave, marked


def rank(check: Check, breach: Breach) -> pl.Expr:
    """The same as one UInt8 number, 0 to 3."""
    grave, marked = (bit.cast(pl.UInt8) for bit in verdict_bits(check, breach))
    return grave * 2 + marked


@dataclass(frozen=True)
class PackedVerdicts:
    """Verdicts of many persons by rule, two bits each.

    Attributes
    ----------
    rule_ids
        In the order they were asked for.
    bits
        A row a person, in the order of the facts; the two bits of each rule as Boolean columns.
    """

    rule_ids: tuple[str, ...]
    bits: pl.DataFrame

    def ranks(self, rule_id: str) -> npt.NDArray[np.uint8]:
        """One verdict a person, by rank."""
        grave, marked = (self.bits[name].cast(pl.UInt8).to_numpy() for name in _names(rule_id))
        found: npt.NDArray[np.uint8] = 2 * grave + marked
        return found

    def counts(self) -> pl.DataFrame:
        """`rule_id` and the number of persons with each verdict."""
        rows = []
        for rule_id in self.rule_ids:
            found = np.bincount(self.ranks(rule_id), minlength=len(RANKED))
            rows.append((rule_id, *found.tolist()))
        schema = {"rule_id": pl.String(), **{verdict.value: pl.Int64() for verdict in RANKED}}
        return pl.DataFrame(rows, schema=schema, orient="row")


def packed_verdicts(
    facts: pl.DataFrame | pl.LazyFrame, checks: Mapping[str, tuple[Check, Breach]]
) -> PackedVerdicts:
    """Judge every row of facts by checks that read nothing but its columns (rule id → check)."""
    columns = [
        bit.alias(name)
        for rule_id, (check, breach) in checks.items()
        for name, bit in zip(_names(rule_id), verdict_bits(check, breach), strict=True)
    ]
    rows = facts.lazy()
    bits = rows.with_columns(columns).select(pl.col(_all_names(list(checks)))).collect()
    return PackedVerdicts(tuple(checks), bits)


def _all_names(rule_ids: Sequence[str]) -> list[str]:
    return [name for rule_id in rule_ids for name in _names(rule_id)]


def _names(rule_id: str) -> tuple[str, str]:
    return f"{rule_id}|grave", f"{rule_id}|marked"
