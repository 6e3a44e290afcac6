"""What a career contains: months at the grassroots, experiences of each kind, fields of expertise.

A segment that was judged not to count (tag with holds = false) never counts; one that nobody
judged counts to the upper bound only. A person without any résumé segment has nulls throughout.
A segment whose start or end cannot be read gives nothing to the lower bound and the widest
possible stretch to the upper one.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.spans import BEGINNING
from banzi.facts.stretches import months_of_kinds
from banzi.kernel.date_columns import earliest_month
from banzi.kernel.dates import month_of
from banzi.people.choices import CareerTag, ExpertField, SegmentKind
from banzi.roster import Roster

_TAGS = pl.Enum([tag.value for tag in CareerTag])
_BITS = pl.Series([1 << place for place in range(len(CareerTag))], dtype=pl.Int64)
_SECONDMENT_WORD = CareerTag.SECONDMENT.zh


def career_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person with a résumé: grassroots spans and every `has_…`."""
    segments = _judged_segments(roster, as_of)
    counts = pl.col("grassroots")
    # The form's filling rules have 挂职 written out in the résumé line, so a line that does not
    # mention it and was not tagged as such is the person's own post.
    own = ~pl.coalesce(
        "secondment", pl.when(~pl.col("text").str.contains(_SECONDMENT_WORD)).then(False)
    )
    sure = pl.col("is_sure")
    months = months_of_kinds(
        segments,
        ["person_id"],
        {
            "grassroots_months": (counts & sure, counts.fill_null(True)),
            "grassroots_own_months": (counts & own & sure, (counts & own).fill_null(True)),
        },
    )
    only = segments.group_by("person_id").agg(
        pl.when((counts & own).fill_null(False).any() | (~counts).fill_null(False).all())
        .then(False)
        .when(counts.is_not_null().all() & (counts & own).is_not_null().all())
        .then(True)
        .alias("grassroots_by_secondment_only")
    )
    return months.join(only, on="person_id", how="left").join(
        _experiences(segments), on="person_id", how="left"
    )


def expertise_facts(roster: Roster) -> pl.DataFrame:
    """One row per person with any: `knows_<field>` as recorded; a field without a row is null."""
    recorded = roster["expertise"]
    return recorded.group_by("person_id").agg(
        pl.col("holds").filter(pl.col("field") == field.value).first().alias(f"knows_{field.value}")
        for field in ExpertField
    )


def _judged_segments(roster: Roster, as_of: date) -> pl.DataFrame:
    """Segments up to the day, their bounds, and a Boolean column for each tag (null: not judged)."""
    today = month_of(as_of)
    # Bits summed over a segment's rows: choosing the row of each tag costs ten times as much.
    bit = pl.lit(_BITS).gather(pl.col("tag").cast(_TAGS).to_physical())
    by_segment = (
        roster["career_tags"]
        .select(
            "person_id",
            "segment_no",
            yes=pl.when("holds").then(bit),
            no=pl.when(~pl.col("holds")).then(bit),
        )
        .group_by("person_id", "segment_no")
        .sum()
        .select(
            "person_id",
            "segment_no",
            *(
                pl.when((pl.col("yes") & bit) > 0)
                .then(True)
                .when((pl.col("no") & bit) > 0)
                .then(False)
                .alias(tag.value)
                for tag, bit in zip(CareerTag, _BITS, strict=True)
            ),
        )
    )
    born = roster["persons"].select("person_id", born=earliest_month(pl.col("birth")))
    end = pl.coalesce("ended", pl.when(pl.col("is_open")).then(today))
    return (
        roster["career_segments"]
        .filter(pl.col("started").is_null() | (pl.col("started") < today))
        .join(by_segment, on=["person_id", "segment_no"], how="left")
        .join(born, on="person_id", how="left")
        .with_columns(
            is_sure=pl.col("started").is_not_null() & end.is_not_null(),
            start=pl.coalesce("started", "born", pl.lit(BEGINNING)).cast(pl.Int64),
            end=end.fill_null(today).clip(upper_bound=today).cast(pl.Int64),
        )
    )


def _experiences(segments: pl.DataFrame) -> pl.DataFrame:
    """`has_<tag>`: true by one segment, false when every main segment was judged not to count."""
    main = pl.col("segment_kind") == SegmentKind.MAIN.value
    return segments.group_by("person_id").agg(
        pl.when(pl.col(tag.value).fill_null(False).any())
        .then(True)
        .when((pl.col(tag.value).is_not_null() | ~main).all())
        .then(False)
        .alias(f"has_{tag.value}")
        for tag in CareerTag
    )
