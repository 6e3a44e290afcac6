"""Gauges side by side: a row per team or area, a column per gauge, a light where a threshold says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from banzi.kernel.dates import PartialDate, month_text
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.counting.figures import (
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
    Unit,
)
from banzi.structure.counting.officials import NO_TEAMS
from banzi.structure.gauges.catalogue import GAUGES, Gauge, Situation
from banzi.structure.gauges.thresholds import Threshold, light_of
from banzi.structure.indicators import years_text
from banzi.structure.members import Group, Members

_TEAM, _AREA, _STATE, _TOTAL = _("班子"), _("地区"), _("状态"), _("合计")
_NO_AREA = _("地区不详")
_POST, _NAME, _AGE, _HELD, _EDUCATION, _DUE, _VACANT = (
    _("职位"),
    _("姓名"),
    _("年龄"),
    _("任现职时间"),
    _("最高学历"),
    _("法定退休年月"),
    _("空缺"),
)
NO_SUCH_POST = MessageKind(
    "gauges/no-such-post", _("没有名称或回避类别为“{post}”的职位；相近的有：{choices}")
)
RULED = MessageKind("gauges/ruled", _("{gauge}：红{red}，黄{yellow}，其余绿。依据：{source}"))
NO_SOURCE = MessageKind("gauges/no-source", _("{gauge}：设了界限但没有注明依据，不判定颜色"))
NO_THRESHOLDS = MessageKind(
    "gauges/no-thresholds",
    _("没有设定红黄绿界限，各项均不判定颜色；可在目标文件的 thresholds 中写明界限和依据。"),
)
UNRULED = MessageKind("gauges/unruled", _("未设界限、不判定颜色的指标：{gauges}"))
NOT_KNOWN = MessageKind(
    "gauges/not-known",
    _("情况不明的未计入：{gauges}；可能改变颜色的不判定。"),
)
_UNKNOWN_OF = _("{gauge}{count}人")
_NOT_SET = _("未设")


@dataclass(frozen=True, slots=True)
class State:
    """One side of a comparison: 现任, 方案实施后, 上届."""

    label: str
    situation: Situation


def team_groups(members: Members) -> list[Group]:
    """Every team by itself."""
    return [Group(team, name, members.posts_of(team)) for team, name in members.all_teams().items()]


def area_groups(members: Members) -> list[Group]:
    """Posts of all teams of an area together; a person in two of them counts once."""
    areas: dict[str, dict[str, None]] = {}
    for team, region in members.teams.select("team_id", "region").iter_rows():
        own = areas.setdefault(region or _NO_AREA, {})
        own.update(dict.fromkeys(members.posts_of(team)))
    return [Group(area, area, tuple(posts)) for area, posts in areas.items()]


def gauge_table(
    states: Sequence[State],
    groups: Iterable[Group],
    thresholds: Sequence[Threshold] = (),
    by_area: bool = False,
    gauges: Sequence[Gauge] = GAUGES,
) -> FigureTable:
    """Rows by team or area (with `/0`, `/1` for the states, where there are several), then the total.

    Columns as the gauges are called. `Figure.light` is set where a threshold with a source speaks
    of the gauge.
    """
    first = states[0].situation
    rules = {each.gauge: each for each in thresholds}
    key = "area" if by_area else "team"
    columns = [FigureColumn(key, _AREA if by_area else _TEAM, unit=Unit.TEXT)]
    several = len(states) > 1
    if several:
        columns.append(FigureColumn("state", _STATE, unit=Unit.TEXT))
    columns += [FigureColumn(each.id, each.zh, unit=each.unit) for each in gauges]
    rows: list[FigureRow] = []
    listed = list(groups)
    doubtful: dict[str, int] = {}

    def add(group: Group, kind: RowKind, name: str) -> None:
        whole = kind is RowKind.TOTAL or len(listed) == 1
        for place, state in enumerate(states):
            figures = {}
            present = state.situation.members.sitting(group.post_ids).height
            for each in gauges:
                figure = each.read(state.situation, group)
                light = light_of(rules.get(each.id), figure, each.unit, present)
                doubtful[each.zh] = doubtful.get(each.zh, 0) + (figure.unknown if whole else 0)
                figures[each.id] = replace(figure, light=light.value)
            row_key = name if kind is RowKind.TOTAL else str(group.team_id)
            texts = {key: group.team_name or _TOTAL, "state": state.label}
            shown_key = f"{row_key}/{place}" if several else row_key
            rows.append(FigureRow(shown_key, texts, figures, kind))

    for group in listed:
        add(group, RowKind.ROW, "")
    as_of = first.members.as_of
    if not listed:
        return FigureTable(as_of, tuple(columns), (), (NO_TEAMS(),))
    together = tuple(dict.fromkeys(post for group in listed for post in group.post_ids))
    if len(listed) > 1:
        add(Group(None, "", together), RowKind.TOTAL, "total")
    notes = list(_notes(thresholds, gauges))
    unknown = [
        render(_UNKNOWN_OF, {"gauge": name, "count": count})
        for name, count in doubtful.items()
        if count
    ]
    if unknown:
        notes.append(NOT_KNOWN(gauges=unknown))
    return FigureTable(as_of, tuple(columns), tuple(rows), tuple(notes))


def post_table(situation: Situation, post: str) -> FigureTable | None:
    """The same post across areas: rows by post id, texts only; None where there is no such post.

    `post` is a post name, or the Chinese name of a kind of head (政府正职).
    """
    members = situation.members
    from banzi.teams.choices import DutyHead

    head = DutyHead.from_zh(post)
    people = {row["person_id"]: row for row in members.people.iter_rows(named=True)}
    holders: dict[str, list[str]] = {}
    for held, person in members.seats.iter_rows():
        holders.setdefault(held, []).append(person)
    rows = []
    posts = members.posts.unique("post_id", keep="first", maintain_order=True)
    for row in posts.iter_rows(named=True):
        if row["post_name"] != post and (head is None or row["duty_head"] != head.value):
            continue
        for person in holders.get(row["post_id"], [""]):
            texts = {
                "area": row["region"] or _NO_AREA,
                "post": row["post_name"],
                **_about(people.get(person)),
            }
            key = f"{row['post_id']}/{person}" if person else row["post_id"]
            rows.append(FigureRow(key, texts, {}))
    if not rows:
        return None
    columns = tuple(
        FigureColumn(key, label, unit=Unit.TEXT)
        for key, label in (
            ("area", _AREA),
            ("post", _POST),
            ("name", _NAME),
            ("birth", _("出生年月")),
            ("age", _AGE),
            ("held", _HELD),
            ("education", _EDUCATION),
            ("due", _DUE),
        )
    )
    return FigureTable(members.as_of, columns, tuple(rows))


def post_names(members: Members) -> list[str]:
    """Names of posts that several teams have, the most frequent first."""
    counts = members.posts.unique("post_id")["post_name"].value_counts(sort=True, name="number")
    return list(counts.filter(counts["number"] > 1)["post_name"])


_TIERS = {3: _("研究生"), 2: _("大学"), 1: _("大专"), 0: _("大专以下")}
_YEARS = _("{years}年")


def _about(row: dict[str, Any] | None) -> dict[str, str]:
    if row is None:
        return {"name": _VACANT, "birth": "", "age": "", "held": "", "education": "", "due": ""}
    low, high = row["months_in_post_low"], row["months_in_post_high"]
    known = low is not None and low == high
    birth, age, due = row["birth"], row["age_months"], row["retirement_month"]
    return {
        "name": row["name"],
        "birth": "" if birth is None else PartialDate(birth).dotted()[:7],
        "age": "" if age is None else str(age // 12),
        "held": render(_YEARS, {"years": years_text(Fraction(low))}) if known else "",
        "education": _TIERS.get(row["education_tier"], ""),
        "due": "" if due is None else month_text(due),
    }


def _notes(thresholds: Sequence[Threshold], gauges: Sequence[Gauge]) -> Iterable[Message]:
    names = {each.id: each.zh for each in gauges}
    shown = [each for each in thresholds if each.gauge in names]
    if not shown:
        yield NO_THRESHOLDS()
        return
    for each in shown:
        if not each.source:
            yield NO_SOURCE(gauge=names[each.gauge])
            continue
        yield RULED(
            gauge=names[each.gauge],
            red=each.red.written if each.red else _NOT_SET,
            yellow=each.yellow.written if each.yellow else _NOT_SET,
            source=each.source,
        )
    ruled = {each.gauge for each in shown}
    yield UNRULED(gauges=[each.zh for each in gauges if each.id not in ruled])
