"""Settled conditions as Polars expressions: Boolean columns, null where the facts do not decide.

The same meaning as `conditions.evaluate`, which stays the oracle; whole rosters are judged here.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from banzi.kernel.columns import Kind
from banzi.kernel.date_columns import earliest_day, latest_day
from banzi.structure.conditions import AllOf, AnyOf, Compare, Not, Tree, period, sureness
from banzi.structure.vocabulary import ORDERED, Field, Vocabulary


def expression(tree: Tree, words: Vocabulary) -> pl.Expr:
    """Boolean expression over a frame with the columns of the vocabulary."""
    match tree:
        case AllOf():
            return reduce(and_, (expression(part, words) for part in tree.parts))
        case AnyOf():
            return reduce(or_, (expression(part, words) for part in tree.parts))
        case Not():
            return ~expression(tree.part, words)
        case Compare():
            return _compare(tree, words[tree.column])


def _compare(comparison: Compare, word: Field) -> pl.Expr:
    value = comparison.value
    if comparison.operator == "in":
        assert isinstance(value, tuple)  # noqa: S101 - settled
        return reduce(or_, (_holds("=", each, word) for each in value))
    if comparison.operator == "!=":
        return ~_holds("=", value, word)
    return _holds(comparison.operator, value, word)


def _holds(operator: str, value: Any, word: Field) -> pl.Expr:
    low, high = pl.col(word.low), pl.col(word.high)
    if word.kind not in ORDERED:
        return low.str.starts_with(value) if operator == "starts_with" else low == value
    if word.kind is Kind.PARTIAL_DATE:
        low, high = earliest_day(low), latest_day(high)
    least, greatest = (pl.lit(bound) for bound in period(value, word.kind))
    surely, surely_not = sureness(operator, low, high, least, greatest)
    return pl.when(surely).then(True).when(surely_not).then(False).otherwise(None)
