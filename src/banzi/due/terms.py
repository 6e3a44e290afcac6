"""任期届满和层次任职年限: two full terms in one post, and fifteen years at one level (TM).

Both speak of posts from 县处级副职 up. Terms follow the congresses, which the roster does not
hold; two terms are counted as twice the length of a term in the same post without a break, and
somebody confirms it.
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
from banzi.due.words import Doubt, Step, Theme
from banzi.facts.levels import level_facts, level_order, months_at_levels
from banzi.facts.tenure import post_tenures
from banzi.kernel.date_columns import latest_month
from banzi.kernel.dates import month_of
from banzi.kernel.messages import gettext_noop as _

_LIMITS, _TERM = "term_rules/limits", "term_rules/term_months"
_LEVEL_CLAUSE = "TM/3-7/level-limit"


def _find_terms(case: DueCase) -> pl.DataFrame:
    limits, term, is_leader = case.then.find(_LIMITS), case.then.find(_TERM), county_leader(case)
    if limits is None or term is None or is_leader is None:
        return DUE.empty()
    terms = limits.value["consecutive_terms"]
    rows = post_levels(case).filter(is_leader.fill_null(True))
    known = pl.col("level_order").is_not_null()
    due = after(pl.col("started_on"), terms * term.value)
    return entries(
        rows,
        **{**due, "due_month": pl.when(known).then(due["due_month"])},
        due_kind=pl.lit(TERMS.id),
        about=pl.lit(f"连续任满{terms}个任期（{terms * term.value // 12}年）"),
        basis=pl.lit(limits.parameter.cites),
        facts=pl.lit("started_on post_level"),
        missing=joined(
            where(pl.col("started_on").is_null(), "started_on"), where(~known, "post_level")
        ),
        doubts=pl.lit(Doubt.TERMS_BY_CONGRESS.value),
        next_step=pl.lit(Step.LEAVE_AT_TERM.value),
    )


def _find_level(case: DueCase) -> pl.DataFrame:
    limits, is_leader = case.then.find(_LIMITS), county_leader(case)
    if limits is None or is_leader is None:
        return DUE.empty()
    months = limits.value["level_months"]
    present = level_facts(case.roster, case.as_of)
    counted = months_at_levels(case.roster, present, case.as_of)
    names = case.level_names
    rows = (
        present.filter(is_leader)
        .join(
            counted.rename({"level": "level_order"}),
            on=["person_id", "level_order"],
            how="left",
            maintain_order="left",
        )
        .with_columns(
            since=latest_month(pl.col("level_since")),
            dated=pl.col("months_low") > 0,
        )
    )
    today = month_of(case.as_of)
    due = reached("months_low", "months_high", "since", months, today)
    # Without any date the least is nothing, and "fifteen years from now at the latest" is no bound.
    known = pl.col("level_since").is_not_null() | pl.col("dated").fill_null(False)
    return entries(
        rows,
        due_kind=pl.lit(LEVEL.id),
        about=pl.format(
            "{}累计" + str(months // 12) + "年",
            pl.col("level_order").replace_strict(names, default=None, return_dtype=pl.String),
        ),
        due_month=due["due_month"],
        due_earliest=pl.when(known).then(due["due_earliest"]),
        due_latest=pl.when(known).then(due["due_latest"]),
        basis=pl.lit(_LEVEL_CLAUSE),
        facts=pl.lit("post_level post_level_since started_on ended_on"),
        missing=joined(where(due["due_month"].is_null(), "post_level_since")),
        next_step=pl.lit(Step.LEAVE_LEVEL.value),
    )


def post_levels(case: DueCase) -> pl.DataFrame:
    """Posts held, when the stay began, and the level of the post, else that of the person."""
    posts = case.roster["posts"].select("post_id", of_post=level_order("post_level"))
    return (
        post_tenures(case.roster, case.as_of)
        .join(posts, on="post_id", how="left", maintain_order="left")
        .join(
            case.people.select("person_id", "level_order", "is_minority"),
            on="person_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(level_order=pl.coalesce("of_post", "level_order"))
    )


TERMS = DueKind(
    "terms",
    _("同一职务任期届满"),
    "two terms in one post",
    _find_terms,
    (_LIMITS, _TERM),
    theme=Theme.TERM,
)
LEVEL = DueKind(
    "level_years",
    _("同一层次任职年限"),
    "years at one level",
    _find_level,
    (_LIMITS,),
    theme=Theme.TERM,
)
