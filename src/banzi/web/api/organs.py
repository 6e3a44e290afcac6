"""Organs, teams as on a day with their figures and targets, and every table of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from banzi.documents.papers.team_tables import paper_tables
from banzi.documents.papers.writing import Format
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import translate
from banzi.roster import TABLES
from banzi.structure.counting.tables import counted_table
from banzi.web.accounts.rights import Verb
from banzi.web.api.models import Area
from banzi.web.api.offering import offers
from banzi.web.api.paging import Dated, Paged, page_json, paged_shape
from banzi.web.api.shapes import (
    FigureTableShape,
    Plain,
    dataclass_json,
    dataclass_shape,
    figures_json,
    row_json,
    row_shape,
)
from banzi.web.organs.asking import Seen, seen, table_of, tables_for
from banzi.web.organs.teams import MemberRow, TargetRow, team_page
from banzi.web.organs.trees import TeamLine, listed_teams
from banzi.web.records.papers import MEDIA_TYPES, paper_file
from banzi.web.shared.languages import current_language

ORGANS, TEAMS = TABLES["organs"], TABLES["teams"]

OrganItem = row_shape(ORGANS, name="Organ")
OrgansShape = paged_shape(OrganItem, "Organs")
_COUNTED = {
    "area": (str, Field("", description=_("地区"))),
    "seats": (int, Field(0, description=_("职数"))),
    "vacancies": (int, Field(0, description=_("空缺"))),
    "mean_age": (str, Field("", description=_("平均年龄（岁）；不掌握的为空"))),
}
TeamItem = row_shape(TEAMS, _COUNTED, "Team")
TeamsShape = paged_shape(TeamItem, "Teams")
MemberShape = dataclass_shape(MemberRow, "Member")


class TargetShape(Schema):
    """One structural target measured in the team, with the persons on either side."""

    target_id: str
    title: str
    value: str
    bound: str
    is_met: bool | None
    gap: str
    met: list[str]
    unmet: list[str]
    unknown: list[str]


class TeamShape(Plain):
    """One team as on a day."""

    as_of: str
    team: TeamItem  # type: ignore[valid-type]  # made at start
    members: list[MemberShape]  # type: ignore[valid-type]  # made at start
    targets: list[TargetShape]
    figures: FigureTableShape


class TeamsAsked(Paged):
    q: str = Field("", max_length=60, description=_("班子名称的一部分"))
    kind: str = Field("", description=_("班子类别"))


@offers("/organs", OrgansShape, Area.TEAMS, Verb.VIEW, summary=_("机构和职数"))
def organs(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    mine = seen(request)
    found = mine.roster["organs"].sort("organ_id").to_dicts()
    return page_json(found, asked, mine.as_of, lambda some: _rows(ORGANS, some, asked.texts))


@offers("/organs/{organ_id}", OrganItem, Area.TEAMS, Verb.VIEW, summary=_("一个机构"))
def organ(request: HttpRequest, organ_id: str, asked: Query[Dated]) -> dict[str, Any]:
    found = seen(request).roster["organs"].filter(organ_id=organ_id).to_dicts()
    if not found:
        raise Http404
    return _rows(ORGANS, found, texts=True)[0]


def _rows(table: Any, some: Sequence[dict[str, Any]], texts: bool) -> list[dict[str, Any]]:
    return [row_json(table, row, current_language(), texts=texts) for row in some]


@offers("/teams", TeamsShape, Area.TEAMS, Verb.VIEW, summary=_("班子、职数、空缺和平均年龄"))
def teams(request: HttpRequest, asked: Query[TeamsAsked]) -> dict[str, Any]:
    mine = seen(request)
    found = [
        (area.name, line) for area in listed_teams(mine, asked.q, asked.kind) for line in area.teams
    ]
    return page_json(
        found,
        asked,
        mine.as_of,
        lambda some: [_team(mine, *each, texts=asked.texts) for each in some],
    )


def _team(mine: Seen, area: str, line: TeamLine, *, texts: bool) -> dict[str, Any]:
    row = mine.roster["teams"].filter(team_id=line.team_id).to_dicts()[0]
    return {
        **row_json(TEAMS, row, current_language(), texts=texts),
        "area": area,
        "seats": line.picture.seats,
        "vacancies": line.picture.vacancies,
        "mean_age": line.mean_age,
    }


@offers(
    "/teams/{team_id}", TeamShape, Area.TEAMS, Verb.VIEW,
    summary=_("一个班子：成员、结构目标和各项指标"),
)  # fmt: skip
def team(request: HttpRequest, team_id: str, asked: Query[Dated]) -> dict[str, Any]:
    mine, language = seen(request), current_language()
    page = team_page(mine, team_id)
    if page is None:
        raise Http404
    line = next(
        (area.name, line)
        for area in listed_teams(mine, "", "")
        for line in area.teams
        if line.team_id == team_id
    )
    return {
        "as_of": mine.as_of.isoformat(),
        "team": _team(mine, *line, texts=True),
        "members": [dataclass_json(each, language) for each in page.members],
        "targets": [_target(each) for each in page.targets],
        "figures": figures_json(page.gauges, language),
    }


def _target(row: TargetRow) -> dict[str, Any]:
    language = current_language()
    return {
        "target_id": row.result.indicator.id,
        "title": row.result.indicator.title,
        "value": row.value.text(language),
        "bound": row.bound.text(language),
        "is_met": row.result.met,
        "gap": row.gap if isinstance(row.gap, str) else row.gap.text(language),
        "met": [person for person, _name in row.met],
        "unmet": [person for person, _name in row.unmet],
        "unknown": [person for person, _name in row.unknown],
    }


class TableNameShape(Schema):
    id: str
    title: str


class TableNamesShape(Schema):
    tables: list[TableNameShape]


@offers("/figures", TableNamesShape, Area.TEAMS, Verb.VIEW, summary=_("有哪些统计表"))
def figure_tables(request: HttpRequest, asked: Query[Dated]) -> dict[str, Any]:
    language = current_language()
    return {
        "tables": [
            {"id": each.id, "title": translate(each.title, language)}
            for each in tables_for(seen(request))
        ]
    }


@offers(
    "/figures/{table_id}", FigureTableShape, Area.TEAMS, Verb.VIEW,
    summary=_("一张统计表，每个数附计入的人员"),
)  # fmt: skip
def figure_table(request: HttpRequest, table_id: str, asked: Query[Dated]) -> dict[str, Any]:
    return figures_json(_table(seen(request), table_id), current_language())


@offers(
    "/figures/{table_id}/paper.xlsx", None, Area.TEAMS, Verb.RELEASE,
    summary=_("统计表工作簿，与页面导出相同"), file_type=MEDIA_TYPES[Format.XLSX],
)  # fmt: skip
def figure_workbook(request: HttpRequest, table_id: str, asked: Query[Dated]) -> HttpResponse:
    mine = seen(request, Verb.RELEASE)
    made = _table(mine, table_id)
    title = counted_table(table_id).title
    listed = paper_tables(table_id, title, made, mine.roster, with_trace=True)
    return paper_file(listed, table_id, Format.XLSX, mine.as_of)


def _table(mine: Seen, table_id: str) -> Any:
    try:
        return table_of(mine, table_id)
    except KeyError:
        raise Http404 from None
