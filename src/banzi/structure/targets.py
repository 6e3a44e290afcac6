"""Indicators and targets: what is counted, over whom, and the bound it must keep.

One target is one linear form over the members in scope (problem-bundle.md), with f the settled
feature of a member: count `Σ f op b`, share in permille `Σ (1000 f − b) op 0`, mean `Σ (f − b) op 0`.
The page, the shortage list and the optimiser's row are all read off this form. A fact that is not
known counts against the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict

from banzi.kernel.columns import Column, Kind, Labelled, Table
from banzi.structure.compiling import expression
from banzi.structure.conditions import Condition, comparisons
from banzi.structure.members import Group, Members
from banzi.structure.placement import FACTS
from banzi.structure.vocabulary import MEMBER_WORDS
from banzi.structure.wording import sentence


class ScopeKind(Labelled):
    ALL = "all", "全部", "all"
    TEAMS = "teams", "班子", "teams"
    POSTS = "posts", "职位", "posts"


class Measure(Labelled):
    COUNT = "count", "人数", "count"
    SHARE = "share", "占比", "share"
    MEAN = "mean", "平均", "mean"


class Force(Labelled):
    HARD = "hard", "必须达到", "hard"
    SOFT = "soft", "尽量达到", "soft"


class Each(Labelled):
    TOGETHER = "together", "合计", "together"
    TEAM = "team", "每个班子", "each team"


TARGETS = Table(
    "targets",
    "结构目标",
    "structure targets",
    "One row per target; conditions are written as text, such as 出生年份>=1980.",
    ("id",),
    (
        Column("id", Kind.TEXT, "目标标识", "target id"),
        Column("title", Kind.TEXT, "目标名称", "title"),
        Column("scope", Kind.CHOICE, "范围", "scope", null="全部", choices=ScopeKind),
        Column("scope_where", Kind.TEXT, "范围条件", "condition on the scope", null="不限"),
        Column("each", Kind.CHOICE, "计算单位", "counted", null="合计", choices=Each),
        Column("measure", Kind.CHOICE, "计算方式", "measure", choices=Measure),
        Column("where", Kind.TEXT, "人员条件", "condition on persons", null="全体成员"),
        Column("value", Kind.TEXT, "平均的字段", "column to average", null="不是求平均"),
        Column("op", Kind.TEXT, "比较", "comparison"),
        Column("bound", Kind.TEXT, "目标值", "bound"),
        Column("force", Kind.CHOICE, "约束", "force", null="必须达到", choices=Force),
        Column("priority", Kind.INTEGER, "优先级", "priority", null="必须达到的目标不填"),
        Column("weight", Kind.INTEGER, "权重", "weight", null="必须达到的目标不填"),
        Column("citation", Kind.TEXT, "依据", "citation", null="没有依据文件"),
        Column(
            "unknown_as",
            Kind.INTEGER,
            "不明时按",
            "value when unknown",
            null="年龄按最不利计，其他字段求平均时必填",
        ),
    ),
)
"""The sheet of targets in the workbook template, and the keys of the YAML file."""

WORST_AGE_MONTHS = {"<=": 1187, ">=": 0}
"""Ages counted for people of unknown age: 98 years 11 months against "at most", 0 against "at least"."""


class Indicator(BaseModel):
    """Something counted over members; conditions are settled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    scope: ScopeKind = ScopeKind.ALL
    scope_where: Condition | None = None
    each: Each = Each.TOGETHER
    measure: Measure
    where: Condition | None = None
    value: str = ""

    def groups(self, members: Members) -> Iterator[Group]:
        """What is measured together: one group, or one per team in scope."""
        posts = members.all_posts(self.scope_where if self.scope is ScopeKind.POSTS else None)
        teams = members.all_teams(self.scope_where if self.scope is ScopeKind.TEAMS else None)
        if self.scope is ScopeKind.TEAMS:
            chosen = {post for team in teams for post in members.posts_of(team)}
            posts = tuple(post for post in posts if post in chosen)
        if self.each is Each.TOGETHER:
            only = next(iter(teams.items())) if self._is_one_team(teams) else (None, "")
            yield Group(only[0], only[1], posts)
            return
        inside = set(posts)
        for team, name in teams.items():
            own = tuple(post for post in members.posts_of(team) if post in inside)
            if own or self.scope is ScopeKind.TEAMS:
                yield Group(team, name, own)

    def _is_one_team(self, teams: dict[str, str]) -> bool:
        return self.scope is ScopeKind.TEAMS and len(teams) == 1

    @property
    def is_about_placement(self) -> bool:
        """Whether it asks about a person in a post (留任, 交流), not about the person alone."""
        asked = () if self.where is None else comparisons(self.where)
        return any(each.column in FACTS for each, _positive in asked)

    @property
    def columns_read(self) -> frozenset[str]:
        """Columns of members that the measure reads: of persons, their facts and their placement."""
        asked = () if self.where is None else comparisons(self.where)
        averaged = (self.value,) if self.measure is Measure.MEAN else ()
        return frozenset((*averaged, *(each.column for each, _positive in asked)))

    def raw(self, people: pl.DataFrame) -> pl.Series:
        """The feature per row of `people`: 1, 0 or null; for a mean the value or null."""
        if self.measure is Measure.MEAN:
            return people[self.value].cast(pl.Int64).rename("feature")
        if self.where is None:
            return pl.Series("feature", [1] * people.height, pl.Int64())
        holds = expression(self.where, MEMBER_WORDS).cast(pl.Int64).alias("feature")
        return people.select(holds).to_series()

    def definition(self, language: Literal["zh", "en"] = "zh") -> str:
        """The condition on persons as a sentence, or the column that is averaged."""
        if self.measure is Measure.MEAN:
            return MEMBER_WORDS[self.value].label(language)
        return "" if self.where is None else sentence(self.where, MEMBER_WORDS, language)


class Target(Indicator):
    """An indicator with a bound: persons for a count, permille for a share, the value for a mean."""

    op: Literal[">=", "<="]
    bound: int
    force: Force = Force.HARD
    priority: int | None = None
    weight: int | None = None
    citation: str = ""
    unknown_as: int | None = None

    @property
    def against(self) -> int:
        """The value that stands for an unknown one: the worse for this target."""
        if self.unknown_as is not None:
            return self.unknown_as
        if self.measure is Measure.MEAN:
            return WORST_AGE_MONTHS[self.op]
        return 0 if self.op == ">=" else 1

    def feature(self, people: pl.DataFrame) -> pl.Series:
        """The feature with unknown values settled against the target; integers, no nulls."""
        return self.raw(people).fill_null(self.against)

    def coefficient(self, feature: int) -> int:
        """What one member with this feature adds to the left side."""
        match self.measure:
            case Measure.SHARE:
                return 1000 * feature - self.bound
            case Measure.MEAN:
                return feature - self.bound
            case _:
                return feature

    @property
    def right_side(self) -> int:
        return self.bound if self.measure is Measure.COUNT else 0

    def left_side(self, people: pl.DataFrame) -> int:
        return sum(self.coefficient(value) for value in self.feature(people))

    def shortfall(self, left: int) -> int:
        """How far a left side misses: persons, or feature units summed over members; 0 if met."""
        missing = self.right_side - left if self.op == ">=" else left - self.right_side
        unit = 1000 if self.measure is Measure.SHARE else 1
        return max(0, -(-missing // unit))
