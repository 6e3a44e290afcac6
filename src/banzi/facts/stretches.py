"""Stretches of careers side by side, and the months that each kind of them covers.

Months are the one costly fact: a stretch may overlap any other, and an overlap counts once. So
stretches lie in arrays, sorted by person and start, with the place where each person begins, and
one pass over them (`covering`) gives the least and the most months of every kind at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.facts.covering import cover
from banzi.facts.spans import BEGINNING
from banzi.kernel.compiling import WORTH_COMPILING, in_parts, machine_code, read_only
from banzi.kernel.date_columns import earliest_month, latest_month
from banzi.kernel.dates import month_of
from banzi.kernel.few_rows import ordered, together
from banzi.kernel.steps import Gathering, Step

MOST_KINDS = 16
_REGISTER = 16
"""Lanes come in sixteens for machine code: whole registers, no rest."""

_NARROW = 8  # kinds whose two bits fit 16 bits

_APART = 1 << 16
"""Months between the calendars of two persons: more than a month index can be."""


@dataclass(frozen=True)
class Stretches:
    """Half-open stretches of months, what they prove and what they allow.

    Attributes
    ----------
    offsets
        Int64, persons + 1: person `i` has the stretches `offsets[i]` … `offsets[i + 1]`.
    starts, ends
        Int16 month indices (from 0); starts ascend within a person. A stretch that ends before it
        starts covers nothing.
    counts
        UInt16 for up to 8 kinds, else UInt32. Bit `2 k`: surely of kind `k`, within these very
        months, so it counts to the least; bit `2 k + 1`: perhaps, so it counts to the most.
    """

    offsets: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int16]
    ends: npt.NDArray[np.int16]
    counts: npt.NDArray[np.unsignedinteger]

    @property
    def persons(self) -> int:
        return len(self.offsets) - 1


def covered_months(stretches: Stretches, kinds: int) -> npt.NDArray[np.int16]:
    """Months covered, an overlap counted once: `[2 k]` the least of kind `k`, `[2 k + 1]` the most.

    Returns
    -------
    Int16, 2 kinds × persons
    """
    lanes = 2 * kinds
    steps = lanes * len(stretches.starts)
    if steps < WORTH_COMPILING:
        return in_arrays(stretches, lanes)
    return in_machine_code(stretches, lanes)


def in_arrays(stretches: Stretches, lanes: int) -> npt.NDArray[np.int16]:
    """The same as the loop of `covering`, a lane at a time over all persons at once.

    Every person has a calendar of their own, so far after the one before that a running maximum
    over all stretches never carries anything over.
    """
    offsets = stretches.offsets
    calendar = np.repeat(np.arange(stretches.persons) * _APART, np.diff(offsets))
    starts, ends = calendar + stretches.starts, calendar + stretches.ends
    gained = np.zeros(len(starts) + 1, dtype=np.int64)
    months = np.empty((lanes, stretches.persons), dtype=np.int16)
    for lane in range(lanes):
        chosen = (stretches.counts & (1 << lane)).astype(bool)
        reached = np.maximum.accumulate(np.where(chosen, ends, calendar))
        fresh = np.maximum(starts, calendar)
        np.maximum(fresh[1:], reached[:-1], out=fresh[1:])
        np.cumsum(np.maximum(reached, fresh) - fresh, out=gained[1:])
        months[lane] = gained[offsets[1:]] - gained[offsets[:-1]]
    return months


def in_machine_code(stretches: Stretches, lanes: int) -> npt.NDArray[np.int16]:
    """The same, whatever the size (the set-up stores the translation with it)."""
    width = -(-lanes // _REGISTER) * _REGISTER
    bits = np.zeros(width, dtype=stretches.counts.dtype)
    bits[:lanes] = [1 << lane for lane in range(lanes)]
    months = np.zeros((width, stretches.persons), dtype=np.int16)
    given = [
        read_only(each)
        for each in (stretches.offsets, stretches.starts, stretches.ends, stretches.counts, bits)
    ]
    run = machine_code(cover)

    def part(first: int, last: int) -> None:
        reached, total = np.zeros((2, width), dtype=np.int32)
        run(*given, reached, total, months, first, last)

    in_parts(part, stretches.persons)
    return months[:lanes]


_LATEST = int(np.iinfo(np.int16).max)


class Kinds:
    """What kinds of stretches months are counted for.

    Parameters
    ----------
    make
        Gives by name whether a row surely is of the kind within its months, and whether it may
        be; null counts as no.
    """

    def __init__(self, make: Callable[[], Mapping[str, tuple[pl.Expr, pl.Expr]]]) -> None:
        self._make = make
        self.names: tuple[str, ...] = tuple(make())
        if len(self.names) > MOST_KINDS:
            raise ValueError(f"{len(self.names)} kinds of stretches, at most {MOST_KINDS}")
        self.rows = Step(self._rows)
        """`start`, `end` and the bits of `Stretches.counts`."""

    def _rows(self) -> dict[str, pl.Expr]:
        width = pl.UInt16 if len(self.names) <= _NARROW else pl.UInt32
        flags = [flag for pair in self._make().values() for flag in pair]
        counts = pl.sum_horizontal(
            flag.fill_null(False).cast(width) * (1 << place) for place, flag in enumerate(flags)
        )
        return {
            **{name: pl.col(name).clip(0, _LATEST).cast(pl.Int16) for name in ("start", "end")},
            "counts": counts.cast(width),
        }


def months_of_kinds(stretches: pl.DataFrame, keys: list[str], kinds: Kinds) -> pl.DataFrame:
    """Months covered by each kind, from rows.

    Parameters
    ----------
    stretches
        One row a stretch: the keys, `start`, `end` (month indices, not null) and what the
        expressions read.
    keys
        Columns that tell apart what months are counted for: the person, or person and level.

    Returns
    -------
    Frame
        One row for each combination of keys with a stretch: the keys, `{name}_low`,
        `{name}_high`, whole months.
    """
    rows = ordered(kinds.rows.select(stretches, *keys), *keys, "start")
    owners = _counted(tuple(keys)).of(rows)
    offsets = np.zeros(owners.height + 1, dtype=np.int64)
    np.cumsum(owners["len"].to_numpy(), out=offsets[1:])
    arrays = (rows[name].to_numpy() for name in ("start", "end", "counts"))
    months = covered_months(Stretches(offsets, *arrays), len(kinds.names)).astype(np.int64)
    names = [f"{name}_{bound}" for name in kinds.names for bound in ("low", "high")]
    return pl.DataFrame([*(owners[key] for key in keys), *map(pl.Series, names, months)])


@cache
def _counted(keys: tuple[str, ...]) -> Gathering:
    return Gathering(keys, lambda: {"len": pl.len()})


def months_held(
    rows: pl.DataFrame,
    keys: list[str],
    as_of: date,
    *,
    is_open: str | None = None,
    is_certain: str | None = None,
) -> pl.DataFrame:
    """`months_low` by the shortest stretches dates allow, `months_high` by the longest.

    Parameters
    ----------
    rows
        The keys, `started_on` and `ended_on` (partial dates) and the columns named.
    is_open
        Whether a row without an end goes on until the day; else its end is not known. Every such
        row does without it.
    is_certain
        Whether a row counts to the least at all; every row does without it.

    Returns
    -------
    Frame
        One row for each combination of keys: the keys, `months_low`, `months_high`.
    """
    bounds = _bounds(is_open, is_certain).select(rows, *keys, today=month_of(as_of))
    parts = [_SURE.select(_KNOWN.filter(bounds), *keys), _PERHAPS.select(bounds, *keys)]
    return months_of_kinds(together(*parts), keys, _HELD)


@cache
def _bounds(is_open: str | None, is_certain: str | None) -> Step:
    """The months between which each stretch surely, and perhaps, lies."""

    def make(today: int | pl.Expr) -> dict[str, pl.Expr]:
        start, end = pl.col("started_on"), pl.col("ended_on")
        goes_on = pl.lit(True) if is_open is None else pl.col(is_open).fill_null(False)
        still = pl.when(end.is_null() & goes_on).then(today)
        return {
            "surely_from": latest_month(start),
            "surely_to": pl.coalesce(earliest_month(end), still).clip(upper_bound=today),
            "perhaps_from": earliest_month(start).fill_null(BEGINNING),
            "perhaps_to": latest_month(end).fill_null(today).clip(upper_bound=today),
            "is_certain": pl.lit(True) if is_certain is None else pl.col(is_certain),
        }

    return Step(make)


def _known() -> dict[str, pl.Expr]:
    known = pl.col("surely_from").is_not_null() & pl.col("surely_to").is_not_null()
    return {"is_kept": known & pl.col("is_certain")}


def _between(start: str, end: str, *, is_sure: bool) -> Step:
    return Step(lambda: {"start": pl.col(start), "end": pl.col(end), "is_sure": pl.lit(is_sure)})


_KNOWN = Step(_known)
_SURE = _between("surely_from", "surely_to", is_sure=True)
_PERHAPS = _between("perhaps_from", "perhaps_to", is_sure=False)
_HELD = Kinds(lambda: {"months": (pl.col("is_sure"), ~pl.col("is_sure"))})
