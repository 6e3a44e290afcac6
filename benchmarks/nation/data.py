"""Made-up persons and careers, always the same for a seed, as the Parquet files engines load.

persons.parquet    one row a person: partial dates, codes as numbers, spans, answers
segments.parquet   one row a career segment, sorted by person and start: person, start, end, counts
offsets.parquet    where each person's segments begin (persons + 1 rows)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.nation.question import KINDS, NOW, TODAY

SEGMENTS_PER_PERSON = 6
_FEWEST, _MOST = 2, 10
Array = npt.NDArray[Any]


def write(folder: Path, persons: int, seed: int = 1) -> None:
    rng = np.random.default_rng(seed)
    segments, offsets = careers(rng, persons)
    segments.write_parquet(folder / "segments.parquet", compression="zstd")
    pl.DataFrame({"offset": offsets}).write_parquet(folder / "offsets.parquet")
    del segments
    people(rng, persons).write_parquet(folder / "persons.parquet", compression="zstd")


def careers(rng: np.random.Generator, persons: int) -> tuple[pl.DataFrame, Array]:
    """Six segments a person on average, from two to ten; some overlap, some leave gaps."""
    cycle = np.arange(_FEWEST, _MOST + 1)
    lengths = np.full(persons, SEGMENTS_PER_PERSON)
    whole = persons // len(cycle) * len(cycle)
    lengths[:whole] = np.tile(cycle, whole // len(cycle))
    rng.shuffle(lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    size = int(offsets[-1])
    steps = rng.integers(0, 60, size, dtype=np.int32)
    steps[offsets[:-1]] = 0
    walked = np.cumsum(steps, dtype=np.int64)
    first = rng.integers(NOW - 480, NOW - 60, persons)
    starts = walked + np.repeat(first - walked[offsets[:-1]], lengths)
    starts = np.minimum(starts, NOW).astype(np.int16)
    ends = np.minimum(starts + rng.integers(1, 80, size, dtype=np.int16), NOW).astype(np.int16)
    frame = pl.DataFrame(
        {
            "person": np.repeat(np.arange(persons, dtype=np.int32), lengths),
            "start": starts,
            "end": ends,
            "counts": _counts(rng, size),
        }
    )
    return frame, offsets


def _counts(rng: np.random.Generator, size: int) -> Array:
    """Two bits a kind; a tag is yes, no or not judged, and one date in twenty is not sure."""
    dated = rng.random(size, dtype=np.float32) < 0.95
    tags = {}
    for kind, share in zip(KINDS[1:], (0.35, 0, 0.2, 0.2, 0.25, 0.15, 0.15), strict=True):
        drawn = rng.random(size, dtype=np.float32)
        tags[kind] = (drawn < share, drawn < share + 0.08)
    grassroots, seconded = tags["grassroots"], tags["secondment"]
    tags["grassroots_own"] = (grassroots[0] & ~seconded[1], grassroots[1] & ~seconded[0])
    tags["resume"] = (np.ones(size, dtype=bool), np.ones(size, dtype=bool))
    counts = np.zeros(size, dtype=np.uint16)
    for place, kind in enumerate(KINDS):
        sure, perhaps = tags[kind]
        counts |= (sure & dated).astype(np.uint16) << np.uint16(2 * place)
        counts |= perhaps.astype(np.uint16) << np.uint16(2 * place + 1)
    return counts


def people(rng: np.random.Generator, persons: int) -> pl.DataFrame:
    def gaps(values: Array, share: float = 0.06) -> pl.Series:
        """Some values missing."""
        missing = rng.random(persons, dtype=np.float32) < share
        return pl.select(pl.when(~pl.Series(missing)).then(pl.Series(values))).to_series()

    def partial(earliest: int, latest: int) -> pl.Series:
        """Days, months (a half) and years alone (a tenth) between two years."""
        year = rng.integers(earliest, latest + 1, persons, dtype=np.int32)
        month = rng.integers(1, 13, persons, dtype=np.int32)
        day = rng.integers(1, 29, persons, dtype=np.int32)
        vague = rng.random(persons, dtype=np.float32)
        month[vague < 0.1] = 0
        day[vague < 0.6] = 0
        return gaps(year * 10000 + month * 100 + day)

    def code(highest: int, first: int = 0) -> pl.Series:
        return gaps(rng.integers(first, highest + 1, persons, dtype=np.int8))

    def flag(share: float) -> pl.Series:
        return gaps(rng.random(persons, dtype=np.float32) < share)

    def span(name: str, highest: int) -> dict[str, pl.Series]:
        low = rng.integers(0, highest + 1, persons, dtype=np.int16)
        more = rng.integers(0, max(2, highest // 5), persons, dtype=np.int16)
        low_column = gaps(low)
        high = pl.Series(low + more * (rng.random(persons) < 0.3))
        both = pl.DataFrame({"low": low_column, "high": high})
        high = both.select(pl.when(pl.col("low").is_not_null()).then("high")).to_series()
        return {f"{name}_low": low_column, f"{name}_high": high.cast(pl.Int16)}

    year = rng.integers(2019, 2029, persons, dtype=np.int32)
    ends_on = np.where(rng.random(persons) < 0.9, 10101, year * 10000 + TODAY % 10000)
    return pl.DataFrame(
        {
            "birth": partial(1962, 2003),
            "work_started": partial(1985, 2025),
            "party_joined": partial(1985, 2025),
            "level_since": partial(2012, 2026),
            "post_since": partial(2010, 2026),
            "political_status": code(4, first=1),
            "level_order": code(10, first=1),
            **span("posts", 4),
            **span("training_hours", 900),
            "education_tier": code(3),
            "full_time_education_tier": code(3),
            "last_assessment": code(6, first=1),
            "assessment_2_years_back": code(6, first=1),
            "assessment_3_years_back": code(6, first=1),
            "sanctions_end_on": gaps(ends_on.astype(np.int32)),
            "sanction_is_verified": flag(0.7),
            "sanction_effect": code(9),
            "conclusions": code(8),
            "health": code(4),
            "retirement_month": gaps(rng.integers(NOW - 24, NOW + 400, persons, dtype=np.int32)),
            "retirement_is_verified": flag(0.8),
            "family_abroad": flag(0.05),
            "grew_up_in_area": flag(0.2),
            "declaration_matches": flag(0.9),
        }
    )
