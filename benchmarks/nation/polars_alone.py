"""Polars by itself: the same expressions of dates and rules, months covered by expressions too.

The quickest way found: months already reached are the running maximum of "person, then end" in one
number, a person's months the difference of running sums at the person's last segment. A window
`over("person")` took fifteen times the processor time, `group_by("person")` twice. Persons go in
batches that fit the caches, which is quicker than all at once and keeps memory small.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.facts.spans import months_since
from banzi.rules.runtime.algebra import PackedVerdicts, packed_verdicts
from benchmarks.nation import ours
from benchmarks.nation.question import AS_OF, DATES, KINDS

BATCH = 25_000
_ROOM = 1 << 16  # more than any month index

Loaded = tuple[pl.DataFrame, pl.DataFrame, npt.NDArray[np.int64]]


def load(folder: Path) -> Loaded:
    offsets = pl.read_parquet(folder / "offsets.parquet")["offset"].to_numpy()
    names = ("persons", "segments")
    persons, segments = (pl.read_parquet(folder / f"{name}.parquet") for name in names)
    return persons, segments, offsets


def derive(loaded: Loaded) -> pl.DataFrame:
    persons, segments, offsets = loaded
    parts = []
    for first in range(0, persons.height, BATCH):
        last = min(first + BATCH, persons.height)
        here = segments.slice(offsets[first], offsets[last] - offsets[first])
        parts.append(_covered(here, offsets[first + 1 : last + 1] - offsets[first] - 1))
    months = pl.concat(parts)
    return (
        persons.hstack(months)
        .lazy()
        .with_columns(
            fact for name in DATES for fact in months_since(name, AS_OF, f"{name}_months")
        )
        .collect()
    )


def screen(facts: pl.DataFrame) -> PackedVerdicts:
    return packed_verdicts(facts, ours.CHECKS)


ranks = ours.ranks


def _covered(segments: pl.DataFrame, last: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Months of every kind and bound, a row a person; `last` is each person's last segment."""
    base = segments.select(pl.col("person").cast(pl.Int64) * _ROOM).to_series()
    names = [f"{kind}_months_{bound}" for kind in KINDS for bound in ("low", "high")]
    # In two steps, so that nothing is worked out twice: the months reached, then what is fresh.
    reached = segments.select(
        (base + pl.when(_counts(lane)).then("end").otherwise(0)).cum_max().alias(name)
        for lane, name in enumerate(names)
    )
    both = segments.hstack(reached)
    fresh = []
    for lane, name in enumerate(names):
        start = base + pl.when(_counts(lane)).then("start").otherwise(0)
        before = pl.col(name).shift(1, fill_value=0)
        fresh.append(pl.col(name) - pl.when(start > before).then(start).otherwise(before))
    sums = both.select(each.cum_sum().alias(name) for each, name in zip(fresh, names, strict=True))[
        last
    ]
    return sums.select((pl.all() - pl.all().shift(1, fill_value=0)).cast(pl.Int16))


def _counts(lane: int) -> pl.Expr:
    return (pl.col("counts") & (1 << lane)) != 0
