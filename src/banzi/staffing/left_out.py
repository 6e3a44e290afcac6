"""Who is no candidate and why: side files of a bundle, which optimiser and referee ignore.

`left_out.csv`          per post and reason how many persons are no candidates of it
`left_out_rules.csv`    the rules that left pairs out, with how many; the most first
`left_out_by_plan.csv`  whom the plan's own limits leave out, whom no rule keeps away: posts by person

What a rule says of one pair is not kept: it is asked of the records anew (`rules.explain`).
A bundle from elsewhere has none of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from functools import cached_property
from pathlib import Path

import polars as pl

from banzi.kernel.errors import ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.bundle import Table
from banzi.staffing.raw_reading import read_table

POSTS_FILE, RULES_FILE, PLAN_FILE = (
    "left_out.csv",
    "left_out_rules.csv",
    "left_out_by_plan.csv",
)
_POSTS = ("post_id", "reason", "persons")
_PLAN = ("person_id", "reason", "post_ids")
BY_PLAN = ("level", "considered", "reach")
"""Reasons that lie in the settings of the plan; the others are verdicts of rules."""

REASONS = {
    "fail": MessageKind("plan-build/out-fail", _("不符合任职条件")),
    "unknown": MessageKind("plan-build/out-unknown", _("材料不足无法认定")),
    "level": MessageKind("plan-build/out-level", _("职务层次不在考虑范围")),
    "considered": MessageKind("plan-build/out-considered", _("不在考虑范围或情况不明")),
    "reach": MessageKind("plan-build/out-reach", _("不在人选来源之内或工作地不明")),
}
PAIRS = MessageKind("plan-build/out-pairs", _("{reason}{count}对"))
PERSONS = MessageKind("plan-build/out-persons", _("{reason}{count}人"))


@dataclass(frozen=True, slots=True)
class RuleLeftOut:
    """A rule that left pairs out: `verdict` is fail or unknown."""

    title: str
    clause: str
    verdict: str
    pairs: int


_RULES = tuple(column.name for column in fields(RuleLeftOut))


@dataclass(frozen=True)
class LeftOut:
    """`by_post[post][reason]` persons; `by_plan[person, post]` the reason, one of `BY_PLAN`."""

    by_post: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rules: tuple[RuleLeftOut, ...] = ()
    by_plan: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def totals(self) -> dict[str, int]:
        """Reason → pairs of person and post."""
        found: Counter[str] = Counter()
        for reasons in self.by_post.values():
            found.update(reasons)
        return dict(found)

    def of_post(self, post_id: str) -> list[Message]:
        """Why persons are no candidates of a post, in words; nothing where it is not known."""
        return counted(self.by_post.get(post_id, {}), PERSONS)

    def limit(self, person_id: str, post_id: str) -> Message | None:
        """Which limit of the plan keeps a person out whom no rule does; None for none known."""
        reason = self.by_plan.get((person_id, post_id))
        return None if reason is None else REASONS[reason]()


def counted(reasons: Mapping[str, int], kind: MessageKind = PAIRS) -> list[Message]:
    """Reasons with their numbers, in the order of `REASONS`."""
    return [
        kind(reason=REASONS[reason](), count=reasons[reason])
        for reason in REASONS
        if reasons.get(reason)
    ]


def left_out_tables(dropped: pl.DataFrame, rules: Iterable[RuleLeftOut]) -> dict[str, Table]:
    """The files of a new bundle, by name.

    Parameters
    ----------
    dropped
        `post_id`, `person_id`, `reason` of every pair left out, in the order of the posts.
    rules
        In any order.
    """
    by_post = dropped.group_by("post_id", "reason", maintain_order=True).agg(
        pl.len().alias("persons")
    )
    places = {reason: place for place, reason in enumerate(REASONS)}
    post_places = {
        post: place for place, post in enumerate(by_post["post_id"].unique(maintain_order=True))
    }
    counts = sorted(by_post.iter_rows(), key=lambda row: (post_places[row[0]], places[row[1]]))
    by_plan = (
        dropped.filter(pl.col("reason").is_in(list(BY_PLAN)))
        .group_by("person_id", "reason")
        .agg(pl.col("post_id").str.join(";"))
        .sort("person_id", "reason")
    )
    most = sorted(rules, key=lambda rule: (-rule.pairs, rule.title, rule.verdict))
    return {
        POSTS_FILE: _table(_POSTS, counts),
        RULES_FILE: _table(_RULES, map(astuple, most)),
        PLAN_FILE: _table(_PLAN, by_plan.iter_rows()),
    }


def read_left_out(folder: Path) -> LeftOut:
    """What a bundle says of it; nothing where it has no such files.

    Raises
    ------
    BadInput
        A file that is no CSV of UTF-8, or lacks a column. Unknown reasons and numbers that are
        none are passed over.
    """
    log = ProblemLog()
    by_post: dict[str, dict[str, int]] = {}
    for post, reason, persons in _rows(folder / POSTS_FILE, _POSTS, log):
        if reason in REASONS and persons.isdecimal():
            by_post.setdefault(post, {})[reason] = int(persons)
    rules = tuple(
        RuleLeftOut(title, clause, verdict, int(pairs))
        for title, clause, verdict, pairs in _rows(folder / RULES_FILE, _RULES, log)
        if pairs.isdecimal()
    )
    by_plan = {
        (person, post): reason
        for person, reason, posts in _rows(folder / PLAN_FILE, _PLAN, log)
        if reason in BY_PLAN
        for post in posts.split(";")
    }
    log.stop_if_any()
    return LeftOut(by_post, rules, by_plan)


def _rows(path: Path, columns: tuple[str, ...], log: ProblemLog) -> list[tuple[str, ...]]:
    try:
        table = read_table(path, columns, log)
    except FileNotFoundError:
        return []
    if table is None or any(column not in table.columns for column in columns):
        return []
    return list(zip(*map(table.column, columns), strict=True))


def _table(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Table:
    return Table(columns, tuple(tuple(str(cell) for cell in row) for row in rows))
