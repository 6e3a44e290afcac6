"""任职满十年交流: ten years in one post, or at one level in the teams of one area (EX/5, AR).

Of the two numbers for one post the smaller counts. Ten years in an area are listed apart only
where another post adds to them; posts of a career that are not linked to a post of the roster
cannot be counted, and the line says so.
"""

from __future__ import annotations

import polars as pl

from banzi.due.entries import (
    DUE,
    DueCase,
    DueKind,
    after,
    county_leader,
    entries,
    joined,
    where,
)
from banzi.due.reaching import reached
from banzi.due.terms import post_levels
from banzi.due.words import Doubt, Step, Theme
from banzi.facts.tenure import area_level_months
from banzi.kernel.dates import month_of
from banzi.kernel.messages import gettext_noop as _

_EXCHANGE, _MUST = "exchange_rules/ten_years", "appointment_regulations/must_move_months"


def _find_post(case: DueCase) -> pl.DataFrame:
    found, also, is_leader = case.then.find(_EXCHANGE), case.then.find(_MUST), county_leader(case)
    if found is None or is_leader is None:
        return DUE.empty()
    months, basis = found.value["same_post_must"], found.parameter.cites
    if also is not None:
        months, basis = min(months, also.value), f"{basis} {also.parameter.cites}"
    rows = post_levels(case).filter(is_leader.fill_null(True))
    known = pl.col("level_order").is_not_null()
    due = after(pl.col("started_on"), months)
    return entries(
        rows,
        **{**due, "due_month": pl.when(known).then(due["due_month"])},
        due_kind=pl.lit(SAME_POST.id),
        about=pl.lit(f"同一职位满{months // 12}年"),
        basis=pl.lit(basis),
        facts=pl.lit("started_on post_level"),
        missing=joined(
            where(pl.col("started_on").is_null(), "started_on"), where(~known, "post_level")
        ),
        doubts=joined(where(pl.col("is_minority"), Doubt.MINORITY_RELIEF.value)),
        next_step=pl.lit(Step.MUST_MOVE.value),
    )


def _find_area(case: DueCase) -> pl.DataFrame:
    found, is_leader = case.then.find(_EXCHANGE), county_leader(case, "level")
    if found is None or is_leader is None:
        return DUE.empty()
    months = found.value["same_area_level_should"]
    unlinked = (
        case.roster["appointments"]
        .filter(pl.col("post_id").is_null() & ~pl.col("in_office").fill_null(False))
        .select("person_id", has_unlinked=pl.lit(True))
        .unique()
    )
    rows = (
        area_level_months(case.roster, case.as_of)
        .filter(is_leader & (pl.col("posts") > 1))
        .join(unlinked, on="person_id", how="left", maintain_order="left")
        .join(
            case.people.select("person_id", "is_minority"),
            on="person_id",
            how="left",
            maintain_order="left",
        )
    )
    due = reached("months_low", "months_high", "since", months, month_of(case.as_of))
    return entries(
        rows,
        **due,
        due_kind=pl.lit(SAME_AREA.id),
        about=pl.format(
            "同一地区{}满" + str(months // 12) + "年",
            pl.col("level").replace_strict(case.level_names, default=None, return_dtype=pl.String),
        ),
        basis=pl.lit(found.parameter.cites),
        facts=pl.lit("started_on ended_on post_level division_code"),
        missing=joined(where(due["due_month"].is_null(), "started_on")),
        doubts=joined(
            where(pl.col("has_unlinked"), Doubt.EARLIER_POSTS_UNLINKED.value),
            where(pl.col("is_minority"), Doubt.MINORITY_RELIEF.value),
        ),
        next_step=pl.lit(Step.SHOULD_MOVE.value),
    )


SAME_POST = DueKind(
    "same_post",
    _("同一职位满十年"),
    "ten years in one post",
    _find_post,
    (_EXCHANGE, _MUST),
    theme=Theme.TERM,
)
SAME_AREA = DueKind(
    "same_area",
    _("同一地区同一层次满十年"),
    "ten years at one level in an area",
    _find_area,
    (_EXCHANGE,),
    theme=Theme.TERM,
)
