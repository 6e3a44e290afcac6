"""班子结构性干部: women and officials outside the Party, required and there (formats.md 2.2).

What is required stands in the targets of the department, as minimum counts or shares; a target
is read as one about women when its condition says no more than that, whichever words it uses.
少数民族 has columns where a target asks for it. Minimum requirements only: nothing here is a
ceiling, and without a target no figure is called short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from banzi.codes.lookup import load
from banzi.kernel.columns import Labelled
from banzi.kernel.logic import Truth
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import Sex
from banzi.structure.conditions import Tree, comparisons, evaluate
from banzi.structure.counting.figures import (
    BLANK,
    Figure,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
    Unit,
    counted,
    summed,
)
from banzi.structure.counting.filling import Filling
from banzi.structure.counting.officials import NO_TEAMS, UNKNOWN, categories_of_teams
from banzi.structure.members import Members
from banzi.structure.targets import Measure, Target
from banzi.structure.vocabulary import HAN, PERSON_WORDS


class Aspect(Labelled):
    """Whom a structural requirement asks for; the value is the beginning of column keys."""

    WOMEN = "women", "女干部", "women"
    OUTSIDE_PARTY = "outside_party", "党外干部", "officials outside the Party"
    MINORITY = "minority", "少数民族干部", "ethnic minority officials"


_MEMBERS = ("01", "02")  # political_gbt4762: full and probationary members
_CATEGORY, _TEAMS, _PRESENT, _SHORT_TEAMS = _("类别"), _("班子数"), _("实有人数"), _("缺配班子")
_ALLOWED, _ACTUAL, _SHORT = _("应配"), _("实配"), _("缺配")
_TOTAL = _("合计")
_TOGETHER = _("对多个班子或部分职位的要求")
_MISSING = _("缺{aspect}{count}名：{teams}")

NO_TARGETS = MessageKind(
    "counting/no-structural-targets",
    _(
        "未提供结构目标，应配和缺配空白；请用“目标”一项给出目标文件（每个班子的女干部、党外干部名额）。"
    ),
)
TWO_TEAMS = MessageKind(
    "counting/in-two-teams", _("实有{seats}人次、{persons}人：交叉任职的在两个班子各计一次。")
)
NOT_KNOWN = MessageKind(
    "counting/aspect-not-known",
    _("{count}人性别、政治面貌或民族不详，列“不详”，可能影响缺配的写“不详”。"),
)


def structural_table(members: Members, targets: Sequence[Target]) -> FigureTable:
    """Rows by kind of team (`市级政府班子`), their total, then requirements on other groups.

    Columns `teams` and `present`, then `<aspect>_allowed`, `_actual`, `_short` and, where somebody
    is not known, `_unknown`. Within a row the teams are added up; one team's surplus does not make
    up for another's shortage. A target over several teams together, or over some posts only, has
    a row of its own with its title as key.
    """
    asked = [
        (aspect, target)
        for target in targets
        if target.op == ">=" and target.measure is not Measure.MEAN
        if (aspect := aspect_of(target.where)) is not None
    ]
    aspects = [
        aspect
        for aspect in Aspect
        if aspect is not Aspect.MINORITY or any(each is aspect for each, _target in asked)
    ]
    required, others = _required(members, asked)
    names = members.all_teams()
    by_team = {
        team: _group(members, members.posts_of(team), required.get(team, {}), aspects)
        for team in names
    }
    rows = []
    for category, teams in categories_of_teams(members).items():
        short = _short_teams([(names[team], by_team[team]) for team in teams], aspects)
        texts = {"category": category, "short_teams": short}
        rows.append(FigureRow(category, texts, _added([by_team[team] for team in teams], aspects)))
    figures = _added(list(by_team.values()), aspects)
    rows.append(FigureRow("total", {"category": _TOTAL, "short_teams": ""}, figures, RowKind.TOTAL))
    for title, of_title in groupby(others, key=lambda each: each[0]):
        parts = [
            _group(members, posts, {aspect: bound}, [aspect])
            for _title, posts, aspect, bound in of_title
        ]
        texts = {"category": title, "short_teams": ""}
        figures_of_title = _added(parts, aspects) | {"teams": BLANK}
        rows.append(FigureRow(title, texts, figures_of_title, group=_TOGETHER))
    if not names:
        return FigureTable(members.as_of, tuple(_columns(aspects, rows)), (), (NO_TEAMS(),))
    notes = _notes(bool(asked), figures)
    return FigureTable(members.as_of, tuple(_columns(aspects, rows)), tuple(rows), notes)


def aspect_of(where: Tree | None) -> Aspect | None:
    """The aspect that a condition asks for, and nothing else; None for any other condition."""
    if where is None:
        return None
    columns = {each.column for each, _positive in comparisons(where)}
    for aspect, probes in _PROBES.items():
        rows = list(probes())
        if columns <= rows[0][0].keys() and all(
            evaluate(where, row, PERSON_WORDS) is truth for row, truth in rows
        ):
            return aspect
    return None


def _women() -> Iterator[tuple[dict[str, Any], Truth]]:
    for sex in Sex:
        yield {"sex": sex.value, "is_woman": sex is Sex.FEMALE}, sex is Sex.FEMALE


def _outside_party() -> Iterator[tuple[dict[str, Any], Truth]]:
    for row in load("political_gbt4762"):
        member = row.code in _MEMBERS
        yield {"political_status": row.code, "is_party_member": member}, not member


def _minority() -> Iterator[tuple[dict[str, Any], Truth]]:
    for row in load("ethnic_gbt3304"):
        other = row.code != HAN
        yield {"ethnicity": row.code, "is_minority": other}, other


_PROBES: dict[Aspect, Callable[[], Iterator[tuple[dict[str, Any], Truth]]]] = {
    Aspect.WOMEN: _women,
    Aspect.OUTSIDE_PARTY: _outside_party,
    Aspect.MINORITY: _minority,
}
_FACTS = {
    Aspect.WOMEN: ("is_woman", True),
    Aspect.OUTSIDE_PARTY: ("is_party_member", False),
    Aspect.MINORITY: ("is_minority", True),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Members of one group and how each requirement on it is filled."""

    persons: tuple[str, ...]
    fillings: dict[Aspect, Filling]


Requirements = dict[str, dict[Aspect, int]]
Other = tuple[str, tuple[str, ...], Aspect, int]


def _required(
    members: Members, asked: Sequence[tuple[Aspect, Target]]
) -> tuple[Requirements, list[Other]]:
    """What each team must have, and requirements on other groups: title, posts, aspect, how many."""
    teams: Requirements = {}
    others: list[Other] = []
    for aspect, target in asked:
        for group in target.groups(members):
            if not group.post_ids:
                continue  # about teams that are not on this roster
            bound = target.bound
            if target.measure is Measure.SHARE:
                bound = -(-target.bound * members.sitting(group.post_ids).height // 1000)
            if group.team_id and set(group.post_ids) == set(members.posts_of(group.team_id)):
                own = teams.setdefault(group.team_id, {})
                own[aspect] = max(own.get(aspect, 0), bound)
            else:
                others.append((target.title, group.post_ids, aspect, bound))
    return teams, others


def _group(
    members: Members,
    posts: tuple[str, ...],
    required: dict[Aspect, int],
    aspects: Sequence[Aspect],
) -> _Group:
    people = members.sitting(posts)
    fillings = {}
    for aspect in aspects:
        column, wanted = _FACTS[aspect]
        told = list(people.select("person_id", column).iter_rows())
        fillings[aspect] = Filling(
            required.get(aspect),
            tuple(person for person, fact in told if fact is wanted),
            tuple(person for person, fact in told if fact is None),
        )
    return _Group(tuple(people["person_id"]), fillings)


def _added(groups: Sequence[_Group], aspects: Sequence[Aspect]) -> dict[str, Figure]:
    figures = {
        "teams": Figure(len(groups)),
        "present": counted(person for group in groups for person in group.persons),
    }
    for aspect in aspects:
        filled = [group.fillings[aspect] for group in groups if aspect in group.fillings]
        unknown = [counted(each.doubtful) for each in filled]
        figures |= {
            f"{aspect}_allowed": summed([each.allowance for each in filled]),
            f"{aspect}_actual": summed([each.actual for each in filled]),
            f"{aspect}_short": _short([each.short for each in filled]),
            f"{aspect}_unknown": summed(unknown),
        }
    return figures


def _short(parts: Sequence[Figure]) -> Figure:
    """Open as soon as one team's shortage is; teams of which nothing is asked do not matter."""
    if any(part.is_open for part in parts):
        return Figure(None, is_open=True)
    return summed(parts)


def _short_teams(groups: Sequence[tuple[str, _Group]], aspects: Sequence[Aspect]) -> str:
    """A line an aspect and number: `缺女干部1名：东川区委班子`."""
    lines: dict[tuple[Aspect, int], list[str]] = {}
    for aspect in aspects:
        for name, group in groups:
            if short := group.fillings[aspect].short.value:
                lines.setdefault((aspect, int(short)), []).append(name)
    return "\n".join(
        render(_MISSING, {"aspect": aspect.zh, "count": count, "teams": teams})
        for (aspect, count), teams in lines.items()
    )


def _columns(aspects: Sequence[Aspect], rows: Sequence[FigureRow]) -> Iterator[FigureColumn]:
    yield FigureColumn("category", _CATEGORY, unit=Unit.TEXT)
    yield FigureColumn("teams", _TEAMS)
    yield FigureColumn("present", _PRESENT)
    for aspect in aspects:
        above = (aspect.zh,)
        yield FigureColumn(f"{aspect}_allowed", _ALLOWED, above)
        yield FigureColumn(f"{aspect}_actual", _ACTUAL, above)
        yield FigureColumn(f"{aspect}_short", _SHORT, above)
        if any(row.figures[f"{aspect}_unknown"].value for row in rows):
            yield FigureColumn(f"{aspect}_unknown", UNKNOWN, above)
    yield FigureColumn("short_teams", _SHORT_TEAMS, unit=Unit.TEXT)


def _notes(any_target: bool, total: dict[str, Figure]) -> tuple[Message, ...]:
    notes: list[Message] = [] if any_target else [NO_TARGETS()]
    present = total["present"].persons
    if len(set(present)) < len(present):
        notes.append(TWO_TEAMS(seats=len(present), persons=len(set(present))))
    doubtful = {
        person
        for key, figure in total.items()
        if key.endswith("_unknown")
        for person in figure.persons
    }
    if doubtful:
        notes.append(NOT_KNOWN(count=len(doubtful)))
    return tuple(notes)
