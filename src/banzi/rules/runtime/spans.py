"""Comparing a span of facts (`…_low`, `…_high`) with a number of the law, three-valued."""

from __future__ import annotations

import polars as pl


def at_least(name: str, least: int) -> pl.Expr:
    """Whether `name` reaches a minimum: true by its lower bound, false by its upper, else null."""
    return (
        pl.when(pl.col(f"{name}_low") >= least)
        .then(True)
        .when(pl.col(f"{name}_high") < least)
        .then(False)
        .otherwise(None)
    )
