"""What every kind of due month gives: one declared frame, and the case it is computed from.

A kind computes columns of its own and hands them to `entries`, which makes rows of `DUE` of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from banzi.codes.levels import LADDER, seniority
from banzi.codes.lookup import load
from banzi.due.limits import AgeLimits
from banzi.due.words import Certainty, Step, Theme
from banzi.facts.keeping import kept_facts
from banzi.facts.levels import seats_at
from banzi.kernel.columns import Column, Kind, Table
from banzi.kernel.date_columns import earliest_day, earliest_month, latest_month
from banzi.kernel.dates import month_of
from banzi.law import Law, LawAt
from banzi.roster import Roster

DUE = Table(
    "due",
    "到期事项",
    "due months",
    "What falls due when: a row per person, post (where it is about one), kind and what it is.",
    ("person_id", "post_id", "due_kind", "about"),
    (
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column("post_id", Kind.TEXT, "职位标识", "post id", null="不涉及某一职位"),
        Column("due_kind", Kind.TEXT, "事项", "kind"),
        Column("about", Kind.TEXT, "内容", "what exactly", null="事项本身已说明"),
        Column("due_on", Kind.DATE, "到期日", "due on", null="只到月，或不能确定"),
        Column("due_month", Kind.MONTH, "到期年月", "due month", null="不能确定"),
        Column("due_earliest", Kind.MONTH, "最早可能", "earliest", null="无从估计"),
        Column("due_latest", Kind.MONTH, "最晚可能", "latest", null="无从估计"),
        Column("certainty", Kind.CHOICE, "把握", "certainty", choices=Certainty),
        Column("basis", Kind.TEXT, "依据", "clause or setting it rests on", null="没有"),
        Column("facts", Kind.TEXT, "所用事实", "columns it was computed from"),
        Column("missing", Kind.TEXT, "缺少的事实", "columns that are missing", null="没有"),
        Column("doubts", Kind.TEXT, "疑点", "doubts, blank-separated", null="没有"),
        Column("next_step", Kind.CHOICE, "下一步", "next step", choices=Step),
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
        return kept_facts(self.roster, self.as_of, self.law)

    @property
    def level_names(self) -> dict[int, str]:
        """Place on the ladder → name of the level."""
        codes = load("post_level_zb09")
        rows = ((seniority(code), codes.row(code)) for code in LADDER)
        return {order: row.name for order, row in rows if order is not None and row is not None}

    @cached_property
    def held(self) -> pl.DataFrame:
        """Who holds which post on the day: `person_id`, `post_id`."""
        return seats_at(self.roster, self.as_of).select("person_id", "post_id")


@dataclass(frozen=True)
class DueKind:
    """One kind: its identifier, names, and the function that gives rows of `DUE`.

    Attributes
    ----------
    parameters
        Numbers of the law that it counts with; papers say of each how well it is known.
    theme
        What overviews add it to.
    in_bulk
        Whether everybody falls due on one day, so that lists of several kinds give one line.
    """

    id: str
    zh: str
    en: str
    find: Callable[[DueCase], pl.DataFrame]
    parameters: tuple[str, ...] = ()
    theme: Theme = Theme.AGE
    in_bulk: bool = False


def entries(frame: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    """Rows of `DUE`: the columns given, those of the frame that have its names, null for others.

    `certainty` follows from `due_month` and `doubts` unless given; a known month bounds itself.
    """
    given = {name for name in DUE.schema if name in frame.columns} | set(columns)
    nulls = {
        name: pl.lit(None, dtype=dtype) for name, dtype in DUE.schema.items() if name not in given
    }
    made = frame.with_columns(**columns).with_columns(**nulls)
    month = pl.col("due_month")
    if "certainty" not in given:
        made = made.with_columns(certainty=certainty(month, pl.col("doubts")))
    return (
        made.with_columns(
            due_earliest=pl.coalesce("due_earliest", month),
            due_latest=pl.coalesce("due_latest", month),
        )
        .select(list(DUE.schema))
        .cast(pl.Schema(DUE.schema))
    )


def after(start: pl.Expr, months: pl.Expr | int) -> dict[str, pl.Expr]:
    """The month so many months after a partial date, and its bounds where that is a bare year."""
    first, last = earliest_month(start) + months, latest_month(start) + months
    return {
        "due_month": pl.when(first == last).then(first),
        "due_earliest": first,
        "due_latest": last,
    }


def day_after(start: pl.Expr, months: pl.Expr | int) -> pl.Expr:
    """The same day so many months later (the last of a shorter month), for whole dates only."""
    period = pl.format("{}mo", pl.lit(months) if isinstance(months, int) else months)
    return pl.when(start % 100 > 0).then(earliest_day(start).dt.offset_by(period))


def month_of_day(day: pl.Expr) -> pl.Expr:
    """Month index of a day."""
    return day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1


def county_leader(case: DueCase, order: str = "level_order") -> pl.Expr | None:
    """Whether a place on the ladder is 县处级副职 or above; None before the law says so."""
    found = case.then.find("appointment_regulations/county_level")
    least = None if found is None else seniority(found.value)
    return None if least is None else pl.col(order) >= least


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
