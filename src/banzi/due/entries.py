"""What every kind of due month gives: one declared frame, and the case it is computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from banzi.due.limits import AgeLimits
from banzi.facts import derive
from banzi.facts.levels import seats_at
from banzi.kernel.columns import Column, Kind, Labelled, Table
from banzi.kernel.dates import month_of
from banzi.law import Law, LawAt
from banzi.roster import Roster


class Certainty(Labelled):
    """How much the month can be relied on."""

    CERTAIN = "certain", "确定", "certain"
    TO_CONFIRM = "to_confirm", "待核", "to be confirmed"
    UNKNOWN = "unknown", "不明", "unknown"


class Doubt(Labelled):
    """Why a month is not certain."""

    TABLE_FROM_MEMORY = (
        "table_from_memory",
        "退休年龄表尚未与原文核对",
        "the retirement table is not verified",
    )
    WOMEN_LEADERS = (
        "women_leaders",
        "县处级以上女干部适用的退休年龄尚未核实，请确认",
        "the retirement age of women at county level and above is not verified; confirm it",
    )
    TABLE_OF_OTHER_SEX = (
        "table_of_other_sex",
        "退休年龄类别与性别不一致，请更正",
        "the retirement table contradicts the sex; correct one of them",
    )
    NO_LIMIT_SET = (
        "no_limit_set",
        "未设该职位的任职年龄界限",
        "no age limit is set for this post",
    )
    SEVERAL_LIMITS = (
        "several_limits",
        "有几条任职年龄界限同时适用而年龄不同，请改为互不重叠",
        "several age limits apply and differ; make them exclude each other",
    )
    LIMIT_UNDECIDED = (
        "limit_undecided",
        "职位情况不全，不能确定适用哪条年龄界限",
        "the post is not described well enough to tell which age limit applies",
    )


DUE = Table(
    "due",
    "到期事项",
    "due months",
    "What falls due when: one row per person, post (where it is about one) and kind.",
    ("person_id", "post_id", "due_kind"),
    (
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column("post_id", Kind.TEXT, "职位标识", "post id", null="不涉及某一职位"),
        Column("due_kind", Kind.TEXT, "事项", "kind"),
        Column("due_month", Kind.MONTH, "到期年月", "due month", null="不能确定"),
        Column("due_earliest", Kind.MONTH, "最早可能", "earliest", null="无从估计"),
        Column("due_latest", Kind.MONTH, "最晚可能", "latest", null="无从估计"),
        Column("certainty", Kind.CHOICE, "把握", "certainty", choices=Certainty),
        Column("basis", Kind.TEXT, "依据", "clause or setting it rests on", null="没有"),
        Column("facts", Kind.TEXT, "所用事实", "columns it was computed from"),
        Column("missing", Kind.TEXT, "缺少的事实", "columns that are missing", null="没有"),
        Column("doubts", Kind.TEXT, "疑点", "doubts, blank-separated", null="没有"),
    ),
)
"""Lists inside a text (`facts`, `missing`, `doubts`) are separated by one blank."""


@dataclass(frozen=True)
class DueCase:
    """A roster looked at on a day, with the law and the office's own limits.

    Attributes
    ----------
    limits
        The office's rules about age; empty ones decide nothing.
    """

    roster: Roster
    as_of: date
    law: Law
    limits: AgeLimits = field(default_factory=AgeLimits)

    @cached_property
    def then(self) -> LawAt:
        return self.law.at(self.as_of)

    @property
    def one_term_on(self) -> int:
        """Month index one full term after the day, which lists reach unless told otherwise."""
        return month_of(self.as_of) + int(self.then.value("term_rules/term_months"))

    @cached_property
    def people(self) -> pl.DataFrame:
        """One row per person: `persons` columns and derived facts."""
        return derive(self.roster, self.as_of, self.law)

    @cached_property
    def held(self) -> pl.DataFrame:
        """Who holds which post on the day: `person_id`, `post_id`."""
        return seats_at(self.roster, self.as_of).select("person_id", "post_id")


@dataclass(frozen=True)
class DueKind:
    """One kind: its identifier, names, and the function that gives rows of `DUE`."""

    id: str
    zh: str
    en: str
    find: Callable[[DueCase], pl.DataFrame]


def joined(*parts: pl.Expr) -> pl.Expr:
    """Texts that are not null, with a blank between; null where all of them are."""
    text = pl.concat_str(parts, separator=" ", ignore_nulls=True)
    return pl.when(text != "").then(text)


def where(holds: pl.Expr, text: str) -> pl.Expr:
    """The text where the condition is known to hold, else null."""
    return pl.when(holds.fill_null(False)).then(pl.lit(text))


def certainty(month: pl.Expr, doubts: pl.Expr) -> pl.Expr:
    """Unknown without a month, to be confirmed with a doubt, else certain."""
    return (
        pl.when(month.is_null())
        .then(pl.lit(Certainty.UNKNOWN.value))
        .when(doubts.is_not_null())
        .then(pl.lit(Certainty.TO_CONFIRM.value))
        .otherwise(pl.lit(Certainty.CERTAIN.value))
    )
