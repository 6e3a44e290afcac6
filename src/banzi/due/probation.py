"""任职试用期满: twelve months from a promotion to a post that is not elected (AR/43).

The promotion is the beginning of the present level; a post taken up later at the same level brings
none. Elected posts have none. Deputies and inner units of departments are what the clause names;
for other posts that are not elected somebody must say whether they are among them.
"""

from __future__ import annotations

import polars as pl

from banzi.due.entries import (
    DUE,
    DueCase,
    DueKind,
    day_after,
    entries,
    joined,
    month_of_day,
    where,
)
from banzi.due.words import Doubt, Step, Theme
from banzi.facts.levels import level_facts, level_order
from banzi.facts.promotions import HIGHEST_ON_PROBATION, PROBATION_MONTHS
from banzi.facts.stays import post_tenures
from banzi.kernel.date_columns import earliest_day, latest_day
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SeatRole
from banzi.teams.choices import TeamKind


def _find(case: DueCase) -> pl.DataFrame:
    found = case.then.find(PROBATION_MONTHS)
    if found is None:
        return DUE.empty()
    start, since = pl.col("started_on"), pl.col("level_since")
    rows = (
        post_tenures(case.roster, case.as_of)
        .join(_posts(case), on="post_id", how="left", maintain_order="left")
        .join(
            level_facts(case.roster, case.as_of).select("person_id", "level_since"),
            on="person_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            first=earliest_day(start).dt.offset_by(f"{found.value}mo"),
            last=latest_day(start).dt.offset_by(f"{found.value}mo"),
            # Taken up after the level was reached: a move at the same level.
            is_lateral=earliest_day(start) > latest_day(since),
        )
        .filter(
            ~pl.col("is_elected").fill_null(False)
            & ~(pl.col("order") > HIGHEST_ON_PROBATION).fill_null(False)
            & ~pl.col("is_lateral").fill_null(False)
            & (pl.col("last") >= case.as_of).fill_null(True)
        )
    )
    decides = pl.col("is_elected").is_not_null()
    same = month_of_day(pl.col("first")) == month_of_day(pl.col("last"))
    return entries(
        rows,
        due_kind=pl.lit(PROBATION.id),
        due_on=pl.when(decides).then(day_after(start, found.value)),
        due_month=pl.when(decides & same).then(month_of_day(pl.col("last"))),
        due_earliest=month_of_day(pl.col("first")),
        due_latest=month_of_day(pl.col("last")),
        basis=pl.lit(found.parameter.cites),
        facts=pl.lit("started_on is_elected post_level_since"),
        missing=joined(
            where(start.is_null(), "started_on"),
            where(pl.col("is_elected").is_null(), "is_elected"),
        ),
        doubts=joined(
            where(since.is_null(), Doubt.PROMOTION_NOT_KNOWN.value),
            where(~pl.col("is_named").fill_null(False), Doubt.PROBATION_FOR_POST.value),
        ),
        next_step=pl.lit(Step.END_PROBATION.value),
    )


def _posts(case: DueCase) -> pl.DataFrame:
    """Post → level, whether it is elected, and whether the clause names it."""
    kinds = case.roster["post_teams"].join(case.roster["teams"], on="team_id")
    in_department = kinds.group_by("post_id").agg(
        (pl.col("team_kind") == TeamKind.DEPARTMENT.value).all().alias("in_department")
    )
    posts = case.roster["posts"].join(in_department, on="post_id", how="left")
    return posts.select(
        "post_id",
        "is_elected",
        order=level_order("post_level"),
        is_named=pl.col("in_department") & (pl.col("role") != SeatRole.PRINCIPAL.value),
    )


PROBATION = DueKind(
    "probation", _("任职试用期满"), "end of probation", _find, (PROBATION_MONTHS,), theme=Theme.RANK
)
