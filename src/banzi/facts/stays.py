"""How long posts have been held: one post without a break, and posts of one level in one area.

Seats count, and posts of the career table that are linked to a post. A stay that ends in the month
in which the next stay in the same post begins, or after it, goes on in that one (re-election).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.levels import level_order
from banzi.facts.stretches import months_held
from banzi.kernel.date_columns import earliest_month, latest_month, on_or_before
from banzi.kernel.dates import month_of
from banzi.roster import Roster
from banzi.teams.choices import TeamKind

AREA_TEAMS = (TeamKind.PARTY_COMMITTEE.value, TeamKind.GOVERNMENT.value)
"""Teams of which "ten years at one level in an area" speaks (EX/5)."""

_STAY = ["person_id", "post_id", "started_on", "ended_on"]


def stays(roster: Roster, as_of: date) -> pl.DataFrame:
    """Every stay in a post begun by the day: `person_id`, `post_id`, `started_on`, `ended_on`.

    `ended_on` is null while it goes on. An entry of the career table counts where no seat has the
    same person and post. One that is over without a date, and one that is not known to go on, have
    no end to count to and are left out.
    """
    seats = roster["seats"].select(_STAY)
    linked = (
        roster["appointments"]
        .filter(pl.col("post_id").is_not_null())
        .rename({"appointed_on": "started_on", "removed_on": "ended_on"})
        .filter(pl.col("ended_on").is_not_null() | pl.col("in_office").fill_null(False))
        .join(seats.select("person_id", "post_id"), on=["person_id", "post_id"], how="anti")
        .select(_STAY)
    )
    over = on_or_before(pl.col("ended_on"), as_of).fill_null(False)
    return (
        pl.concat([seats, linked])
        .filter(on_or_before(pl.col("started_on"), as_of).fill_null(True))
        .with_columns(ended_on=pl.when(over).then("ended_on"))
    )


def post_tenures(roster: Roster, as_of: date) -> pl.DataFrame:
    """Posts held on the day: `person_id`, `post_id`, `started_on` of the unbroken stay.

    `started_on` is null where the start of the present stay is not known.
    """
    keys = ["person_id", "post_id"]
    every = (
        stays(roster, as_of)
        .with_columns(
            first=earliest_month(pl.col("started_on")),
            end=latest_month(pl.col("ended_on")).fill_null(month_of(as_of)),
            is_held=pl.col("ended_on").is_null(),
        )
        .filter(pl.col("is_held").any().over(keys))
        .sort(*keys, "first", nulls_last=True, maintain_order=True)
    )
    # A stay begins anew where every earlier one of the same post ended before it.
    reached = pl.col("end").cum_max().shift(1).over(keys)
    fresh = ((pl.col("first") > reached) | reached.is_null()).fill_null(True)
    runs = every.with_columns(run=fresh.cast(pl.Int32).cum_sum().over(keys))
    return (
        runs.group_by(*keys, "run", maintain_order=True)
        .agg(pl.col("started_on").first(), pl.col("is_held").any())
        .filter("is_held")
        .group_by(keys, maintain_order=True)
        .agg(pl.col("started_on").first())
    )


def area_level_months(roster: Roster, as_of: date) -> pl.DataFrame:
    """Months in Party committees and governments of one area at one level, for those who serve there.

    Returns
    -------
    Frame
        `person_id`, `division_code`, `level`, `since` (month index of the present stay, null if not
        known), `posts` (how many posts were counted), `months_low`, `months_high`.
    """
    keys = ["person_id", "division_code", "level"]
    teams = (
        roster["post_teams"]
        .join(roster["teams"], on="team_id")
        .filter(pl.col("team_kind").is_in(AREA_TEAMS))
        .join(roster["organs"].select("organ_id", "division_code"), on="organ_id")
        .select("post_id", "division_code")
        .unique()
    )
    levels = roster["posts"].select("post_id", level=level_order("post_level"))
    rows = (
        stays(roster, as_of)
        .join(teams, on="post_id")
        .join(levels, on="post_id")
        .drop_nulls(["division_code", "level"])
        .with_columns(is_held=pl.col("ended_on").is_null())
        .filter(pl.col("is_held").any().over(keys))
    )
    held = rows.group_by(keys, maintain_order=True).agg(
        since=latest_month(pl.col("started_on").filter("is_held")).min(),
        posts=pl.col("post_id").n_unique(),
    )
    covered = months_held(rows, keys, as_of)
    return held.join(covered, on=keys, how="left", maintain_order="left").with_columns(
        pl.col("months_low", "months_high").fill_null(0)
    )
