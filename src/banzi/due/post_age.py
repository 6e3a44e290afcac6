"""任职年龄界限到龄年月: when the holder of a post reaches the age limit the office has set for it."""

from __future__ import annotations

import polars as pl

from banzi.due.entries import DueCase, DueKind, entries, joined, where
from banzi.due.matching import match_posts
from banzi.due.words import Step
from banzi.kernel.date_columns import earliest_month, latest_month
from banzi.kernel.messages import gettext_noop as _

_SCHEMA = {
    "post_id": pl.String(),
    "age": pl.Int64(),
    "least": pl.Int64(),
    "most": pl.Int64(),
    "basis": pl.String(),
    "doubts": pl.String(),
}


def _find(case: DueCase) -> pl.DataFrame:
    matches = match_posts(case.roster, case.limits.posts, case.as_of, lambda rule: rule.age_months)
    rows = []
    for post, match in matches.items():
        ages = [rule.age_months for rule in match.candidates]
        rows.append(
            {
                "post_id": post,
                "age": match.rule.age_months if match.rule else None,
                "least": min(ages, default=None),
                "most": max(ages, default=None),
                "basis": match.rule.title if match.rule else None,
                "doubts": match.doubt.value if match.doubt else None,
            }
        )
    limits = pl.DataFrame(rows, schema=_SCHEMA)
    born = pl.col("birth")
    has_month = (born // 100 % 100 > 0).fill_null(False)
    month = pl.when(has_month).then(latest_month(born) + pl.col("age"))
    held = (
        case.held.join(limits, on="post_id", how="left", maintain_order="left")
        .join(case.people.select("person_id", "birth"), on="person_id", maintain_order="left")
        .with_columns(due_month=month)
    )
    return entries(
        held,
        due_kind=pl.lit(POST_AGE.id),
        due_earliest=earliest_month(born) + pl.col("least"),
        due_latest=latest_month(born) + pl.col("most"),
        facts=pl.lit("birth"),
        missing=joined(where(~has_month, "birth")),
        next_step=pl.lit(Step.LEAVE_POST.value),
    )


POST_AGE = DueKind("post_age_limit", _("任职年龄界限"), "age limit of the post", _find)
