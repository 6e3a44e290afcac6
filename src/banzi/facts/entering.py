"""来源渠道: from what kind of work a person came into the teams, by the résumé line before the first seat.

The line that was running in the month before the first seat of the roster's history tells: its tags
are the channel. For somebody who never held a seat it is the line that is running on the day, so
that a candidate of a plan has a channel too. A person whose first seat has no month, or whose line is
missing or not judged, is unknown.

Not here: what a person ever did (`careers`, `has_…`).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.date_columns import earliest_month, latest_month, on_or_before
from banzi.kernel.dates import month_of
from banzi.people.choices import CareerTag, SegmentKind
from banzi.roster import Roster

CHANNELS: dict[CareerTag, tuple[str, str]] = {
    CareerTag.HIGHER_ORGAN: ("来自上级机关", "came from a higher organ"),
    CareerTag.ENTERPRISE: ("来自企业", "came from an enterprise"),
    CareerTag.UNIVERSITY: ("来自高校", "came from a university"),
    CareerTag.INSTITUTION: ("来自事业单位", "came from a public institution"),
    CareerTag.GRASSROOTS: ("来自基层", "came from the grassroots"),
    CareerTag.COUNTY_LEADERSHIP: ("来自县（旗）领导岗位", "came from county leadership"),
    CareerTag.TOWNSHIP_LEADERSHIP: ("来自乡镇领导岗位", "came from township leadership"),
}
"""Tag of the line before → Chinese and English name of the fact `came_from_<tag>`."""


def entering_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person with such a line: every `came_from_…`, null where the line is not judged."""
    lines = _line_before(roster, as_of)
    tags = roster["career_tags"]
    judged = tags.group_by("person_id", "segment_no").agg(
        pl.col("holds").filter(pl.col("tag") == tag.value).first().alias(f"came_from_{tag.value}")
        for tag in CHANNELS
    )
    return lines.join(
        judged, on=["person_id", "segment_no"], how="left", maintain_order="left"
    ).drop("segment_no")


def _line_before(roster: Roster, as_of: date) -> pl.DataFrame:
    """`person_id`, `segment_no`: the main line running in the month that decides."""
    today = month_of(as_of)
    began = on_or_before(pl.col("started_on"), as_of).fill_null(True)
    first = (
        roster["seats"]
        .filter(began)
        .with_columns(low=earliest_month(pl.col("started_on")))
        .with_columns(high=latest_month(pl.col("started_on")))
        .group_by("person_id")
        .agg(
            # One seat without a date might have been the first.
            pl.when(pl.col("low").is_not_null().all()).then(pl.col("low").min()).alias("low"),
            pl.when(pl.col("high").is_not_null().all()).then(pl.col("high").min()).alias("high"),
        )
        .with_columns(
            month=pl.when(pl.col("low") == pl.col("high")).then(pl.col("low") - 1), seated=True
        )
        .select("person_id", "month", "seated")
    )
    segments = roster["career_segments"].filter(
        (pl.col("segment_kind") == SegmentKind.MAIN.value)
        & pl.col("started").is_not_null()
        & (pl.col("ended").is_not_null() | pl.col("is_open").fill_null(False))
    )
    running = (
        segments.join(first, on="person_id", how="left")
        .with_columns(
            at=pl.when(pl.col("seated").is_null()).then(pl.lit(today)).otherwise(pl.col("month"))
        )
        .filter(pl.col("started") <= pl.col("at"))
        .filter((pl.col("at") < pl.col("ended")) | pl.col("ended").is_null())
    )
    # Of two lines running at once nobody can say which is the channel.
    return (
        running.group_by("person_id")
        .agg(pl.col("segment_no").first(), pl.len())
        .filter(pl.col("len") == 1)
        .select("person_id", "segment_no")
    )
