"""区县四套班子职数统计: area by area, with 法检两长 and the posts that are vacant (formats.md 2.2).

Every team is held against the quotas of its organ; somebody who sits in two of the four takes up a
place of each. Of 法院 and 检察院 only the heads count here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from banzi.codes.lookup import name_of
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    BLANK,
    Figure,
    FigureColumn,
    FigureRow,
    FigureTable,
    Unit,
    counted,
    summed,
    total_row,
)
from banzi.structure.counting.filling import Filling
from banzi.structure.counting.ordering import listed_posts, post_names, shortened
from banzi.structure.counting.places import Part, Places, places_of_teams
from banzi.structure.counting.quotas import (
    LEFT_OPEN,
    NO_QUOTA_KNOWN,
    NOT_ENTERED,
    TOTAL,
    TWICE,
    UNKNOWN_COLUMN,
)
from banzi.structure.counting.settings import CountingSettings
from banzi.teams.choices import TeamKind

FOUR = {
    TeamKind.PARTY_COMMITTEE: _("党委"),
    TeamKind.GOVERNMENT: _("政府"),
    TeamKind.PEOPLES_CONGRESS: _("人大"),
    TeamKind.CONSULTATIVE_CONFERENCE: _("政协"),
}
_KINDS = {kind.value: kind for kind in TeamKind}
HEADS = {TeamKind.COURT: _("院长"), TeamKind.PROCURATORATE: _("检察长")}

_ALL, _ALLOWED, _ACTUAL = _("合计"), _("四套班子职数"), _("实配")
_HEADS, _SHORT = _("法检两长"), _("缺配职数")
_AREA, _QUOTA, _VACANT, _REMARKS = _("单位"), _("职数"), _("缺配岗位"), _("备注")
_NO_AREA = _("地区不详")

OVER = MessageKind("counting/team-over", _("{team}超配{count}名"))
OPEN = MessageKind("counting/team-open", _("{team}缺配不能确定"))
FEWER_POSTS = MessageKind("counting/fewer-vacant-posts", _("{count}个缺配职数未设职位"))
MORE_POSTS = MessageKind("counting/more-vacant-posts", _("空缺职位比缺配职数多{count}个"))
NO_AREAS = MessageKind(
    "counting/no-areas",
    _("花名册中没有所设层级（{tiers}）的四套班子；请核对机构的“层级”，或在设置中改 area_tiers。"),
)

COLUMNS = (
    FigureColumn("area", _AREA, unit=Unit.TEXT),
    FigureColumn("all_allowed", _ALL, (_ALLOWED,)),
    *(FigureColumn(f"{kind}_allowed", name, (_ALLOWED,)) for kind, name in FOUR.items()),
    FigureColumn("all_actual", _ALL, (_ACTUAL,)),
    *(FigureColumn(f"{kind}_actual", name, (_ACTUAL,)) for kind, name in FOUR.items()),
    FigureColumn("heads_allowed", _QUOTA, (_HEADS,)),
    FigureColumn("heads_actual", _ACTUAL, (_HEADS,)),
    *(FigureColumn(f"{kind}_short", name, (_SHORT,)) for kind, name in (FOUR | HEADS).items()),
    FigureColumn("vacant", _VACANT, unit=Unit.TEXT),
    FigureColumn("remarks", _REMARKS, unit=Unit.TEXT),
)


def area_table(roster: Roster, as_of: date, settings: CountingSettings) -> FigureTable:
    """Rows by area, then the total.

    Columns `all_allowed`, `<kind>_allowed`, the same with `actual`, `heads_allowed`,
    `heads_actual`, `<kind>_short` for each of the four and for court and procuratorate, and
    `unknown` where it is not known whether somebody takes up a quota.
    """
    places = places_of_teams(roster, as_of, settings.technical_head_words)
    names = post_names(roster)
    areas: dict[str, dict[TeamKind, list[str]]] = {}
    for team in _teams(roster, settings):
        kinds = areas.setdefault(_area(team), {})
        kinds.setdefault(_KINDS[team["team_kind"]], []).append(team["team_id"])
    rows = [_row(area, kinds, places, names) for area, kinds in areas.items()]
    doubtful = dict.fromkeys(person for row in rows for person in row.figures["unknown"].persons)
    columns = (*COLUMNS[:-2], *((UNKNOWN_COLUMN,) if doubtful else ()), *COLUMNS[-2:])
    notes = _notes(rows, len(doubtful))
    if not rows:
        notes = [NO_AREAS(tiers=[tier.zh for tier in settings.area_tiers])]
    total = total_row(rows, columns, {"area": TOTAL, "vacant": "", "remarks": ""})
    return FigureTable(as_of, columns, (*rows, total) if rows else (), tuple(notes))


def _teams(roster: Roster, settings: CountingSettings) -> list[dict[str, Any]]:
    """Teams of the six kinds in areas of the tiers asked for, with the columns of their organ."""
    organs = roster["organs"].select("organ_id", "region_tier", "division_code")
    return (
        roster["teams"]
        .join(organs, on="organ_id", how="left", maintain_order="left")
        .filter(pl.col("team_kind").is_in([kind.value for kind in (*FOUR, *HEADS)]))
        .filter(pl.col("region_tier").is_in([tier.value for tier in settings.area_tiers]))
        .sort("display_order", "team_id", nulls_last=True, maintain_order=True)
        .to_dicts()
    )


def _area(team: dict[str, Any]) -> str:
    """The region the team is listed under, else the division of its organ."""
    code = team["division_code"]
    return team["region"] or (code and name_of("admin_divisions", code)) or _NO_AREA


def _row(
    area: str,
    kinds: dict[TeamKind, list[str]],
    places: dict[str, Places],
    names: dict[str, str],
) -> FigureRow:
    fillings = {
        kind: [places[team].whole for team in teams]
        for kind, teams in kinds.items()
        if kind in FOUR
    }
    fillings |= {
        kind: [places[team].parts[Part.PRINCIPAL] for team in kinds.get(kind, ())] for kind in HEADS
    }
    figures: dict[str, Figure] = {}
    for kind in (*FOUR, *HEADS):
        of_kind = fillings.get(kind, [])
        figures[f"{kind}_allowed"] = _sum([each.allowance for each in of_kind])
        figures[f"{kind}_actual"] = _sum([each.actual for each in of_kind])
        figures[f"{kind}_short"] = _sum([each.short for each in of_kind])
    for side in ("allowed", "actual"):
        figures[f"all_{side}"] = summed([figures[f"{kind}_{side}"] for kind in FOUR])
        figures[f"heads_{side}"] = summed([figures[f"{kind}_{side}"] for kind in HEADS])
    every = [(kind, each) for kind in (*FOUR, *HEADS) for each in fillings.get(kind, [])]
    figures["unknown"] = counted(
        dict.fromkeys(person for _kind, each in every for person in each.doubtful)
    )
    short = [figures[f"{kind}_short"] for kind in (*FOUR, *HEADS)]
    vacant = list(dict.fromkeys(post for figure in short for post in figure.posts))
    texts = {
        "area": area,
        "vacant": listed_posts([names[post] for post in vacant]),
        "remarks": render("{texts}", {"texts": [*_remarks(every), *_unlike(short)]}),
    }
    return FigureRow(area, texts, figures)


def _unlike(short: Sequence[Figure]) -> list[str]:
    """Whether as many posts are vacant as places are short; a post may be so for two teams."""
    surplus = sum(len(figure.posts) - int(figure.value or 0) for figure in short)
    if not surplus:
        return []
    kind = MORE_POSTS if surplus > 0 else FEWER_POSTS
    return [kind(count=abs(surplus)).text()]


def _sum(figures: Sequence[Figure]) -> Figure:
    """The sum, blank or open as soon as one part is: half a quota is no quota."""
    lacks = [figure for figure in figures if figure.value is None]
    if lacks or not figures:
        return Figure(None, is_open=any(figure.is_open for figure in lacks)) if lacks else BLANK
    return summed(figures)


def _remarks(every: Sequence[tuple[TeamKind, Filling]]) -> list[str]:
    said = []
    for kind, filling in every:
        team = (FOUR | HEADS)[kind]
        if filling.over.value:
            said.append(OVER(team=team, count=filling.over.value).text())
        elif filling.short.is_open or filling.over.is_open:
            said.append(OPEN(team=team).text())
    return said


def _notes(rows: Sequence[FigureRow], doubtful: int) -> list[Message]:
    notes: list[Message] = []
    allowed = [f"{kind}_allowed" for kind in (*FOUR, *HEADS)]
    present = [f"{kind}_actual" for kind in (*FOUR, *HEADS)]
    absent = [
        row.texts["area"]
        for row in rows
        if any(
            row.figures[key].value is None and row.figures[seen].value is not None
            for key, seen in zip(allowed, present, strict=True)
        )
    ]
    if absent:
        notes.append(NOT_ENTERED(rows=shortened(absent)))
    if left := [
        row.texts["area"] for row in rows if any(each.is_open for each in row.figures.values())
    ]:
        notes.append(LEFT_OPEN(rows=shortened(left)))
    listed = [person for row in rows for person in row.figures["all_actual"].persons]
    if len(set(listed)) < len(listed):
        notes.append(TWICE(places=len(listed), persons=len(set(listed))))
    if doubtful:
        notes.append(NO_QUOTA_KNOWN(count=doubtful))
    return notes
