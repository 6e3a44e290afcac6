"""Organs in their tree, teams by area, and tables turned over: what pages list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import FigureColumn, FigureRow, FigureTable, Unit
from banzi.structure.counting.ordering import ordered_organs
from banzi.structure.indicators import years_text
from banzi.structure.members import Members, team_frame
from banzi.structure.report import TeamPicture, age_bands, team_picture
from banzi.teams.choices import RegionTier, TeamKind
from banzi.web.organs.asking import Seen
from banzi.web.organs.showing import Cell, Shown
from banzi.web.shared.links import person_url

_TIERS = {each.value: each.zh for each in RegionTier}
_KINDS = {each.value: each.zh for each in TeamKind}
NO_AREA = _("地区不详")


@dataclass
class OrganNode:
    """An organ with its quota figures ("" where none is on record) and the organs below it."""

    organ_id: str
    name: str
    tier: str
    allowed: str = ""
    actual: str = ""
    over: int = 0
    short: int = 0
    below: list[OrganNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OrganArea:
    """Organs that stand first, of an area; "" where the office does not group by areas."""

    name: str
    roots: tuple[OrganNode, ...]


def organ_areas(roster: Roster, quotas: FigureTable) -> list[OrganArea]:
    """The organs in sight in their tree, each tree under the area of its first organ's teams."""
    regions = dict(roster["teams"].select("organ_id", "region").drop_nulls().iter_rows())
    areas: dict[str, list[OrganNode]] = {}
    for root in organ_tree(roster, quotas):
        areas.setdefault(regions.get(root.organ_id, NO_AREA if regions else ""), []).append(root)
    return [OrganArea(name, tuple(roots)) for name, roots in areas.items()]


def organ_tree(roster: Roster, quotas: FigureTable | None = None) -> list[OrganNode]:
    """The organs in sight under their superiors; one whose superior is out of sight is a root."""
    figures = {row.key: row.figures for row in quotas.rows} if quotas else {}
    nodes: dict[str, OrganNode] = {}
    superiors: dict[str, str | None] = {}
    for organ in ordered_organs(roster):
        own = figures.get(organ["organ_id"])
        node = OrganNode(
            organ["organ_id"], organ["organ_name"], _TIERS.get(organ["region_tier"] or "", "")
        )
        if own is not None:
            node.allowed = own["all_allowed"].shown(Unit.COUNT)
            node.actual = own["all_actual"].shown(Unit.COUNT)
            node.over = int(own["all_over"].value or 0)
            node.short = int(own["all_short"].value or 0)
        nodes[node.organ_id] = node
        superiors[node.organ_id] = organ["superior_organ_id"]
    roots = []
    for key, node in nodes.items():
        superior = superiors[key]
        if superior in nodes and not _circles(key, superiors):
            nodes[superior].below.append(node)
        else:
            roots.append(node)
    return roots


def _circles(key: str, superiors: dict[str, str | None]) -> bool:
    """Whether an organ is its own superior by some way; a slip of the records, shown as a root."""
    passed, at = {key}, superiors.get(key)
    while at is not None and at in superiors:
        if at == key:
            return True
        if at in passed:
            return False
        passed.add(at)
        at = superiors.get(at)
    return False


@dataclass(frozen=True, slots=True)
class OrganPage:
    organ: dict[str, Any]
    tier: str
    superior: tuple[str, str] | None
    below: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str, str], ...]
    posts: tuple[tuple[str, str, str, str], ...]
    """Post id and name, person id and name; both "" where it is vacant."""


def organ_page(asked: Seen, organ_id: str) -> OrganPage | None:
    """One organ; None where it is not in sight."""
    organs = {row["organ_id"]: row for row in asked.roster["organs"].iter_rows(named=True)}
    organ = organs.get(organ_id)
    if organ is None:
        return None
    above = organs.get(organ["superior_organ_id"] or "")
    names = dict(asked.members.people.select("person_id", "name").iter_rows())
    holders: dict[str, list[str]] = {}
    for post, person in asked.members.seats.iter_rows():
        holders.setdefault(post, []).append(person)
    posts = [
        (row["post_id"], row["post_name"], person, names.get(person, ""))
        for row in asked.roster["posts"]
        .filter(organ_id=organ_id)
        .sort("display_order", "post_id", nulls_last=True)
        .iter_rows(named=True)
        for person in holders.get(row["post_id"], [""])
    ]
    teams = asked.roster["teams"].filter(organ_id=organ_id)
    return OrganPage(
        organ,
        _TIERS.get(organ["region_tier"] or "", ""),
        (above["organ_id"], above["organ_name"]) if above else None,
        tuple(
            (row["organ_id"], row["organ_name"])
            for row in organs.values()
            if row["superior_organ_id"] == organ_id and row["organ_id"] != organ_id
        ),
        tuple(
            (row["team_id"], row["team_name"], _KINDS.get(row["team_kind"], ""))
            for row in teams.iter_rows(named=True)
        ),
        tuple(posts),
    )


@dataclass(frozen=True)
class TeamLine:
    """A team of a list; its figures are worked out when a page shows them."""

    team_id: str
    name: str
    kind: str
    asked: Seen = field(repr=False)

    @property
    def picture(self) -> TeamPicture:
        key = ("team-picture", id(self.asked), self.team_id)
        return self.asked.roster.keep(key, lambda: _picture(self.asked, self.team_id, self.name))

    @property
    def mean_age(self) -> str:
        mean = self.picture.mean_age_months
        return "" if mean is None else years_text(mean)


@dataclass(frozen=True, slots=True)
class Area:
    name: str
    teams: tuple[TeamLine, ...]


def listed_teams(asked: Seen, query: str, kind: str) -> list[Area]:
    """Teams in order of display under their areas; part of the name, kind by its identifier."""
    areas: dict[str, list[TeamLine]] = {}
    for row in _team_frame(asked).iter_rows(named=True):
        name, of_kind = row["team_name"], row["team_kind"]
        if (query and query.strip() not in name) or (kind and kind != of_kind):
            continue
        line = TeamLine(row["team_id"], name, _KINDS.get(of_kind, ""), asked)
        areas.setdefault(row["region"] or NO_AREA, []).append(line)
    return [Area(name, tuple(found)) for name, found in areas.items()]


def _picture(asked: Seen, team_id: str, name: str) -> TeamPicture:
    members = asked.roster.keep(("seated", id(asked)), lambda: _seated(asked.members))
    posts = members.posts_of(team_id)
    return team_picture(team_id, name, posts, members, age_bands(asked.report), asked.report)


def _seated(members: Members) -> Members:
    """The same members, with facts of whoever sits somewhere alone: a tenth of everybody."""
    return replace(members, people=members.people.join(members.seats, on="person_id", how="semi"))


def _team_frame(asked: Seen) -> pl.DataFrame:
    return asked.roster.keep("team-frame", lambda: team_frame(asked.roster))


def neighbours(asked: Seen, team_id: str) -> SafeString:
    """Teams of the same kind, to compare one with, as options; "" where there is none."""
    kinds = asked.roster.keep("team-options", lambda: _options(_team_frame(asked)))
    same = next((each for each in kinds.values() if team_id in each), {})
    return mark_safe("".join(option for key, option in same.items() if key != team_id))  # noqa: S308 - made by format_html


def _options(teams: pl.DataFrame) -> dict[str, dict[str, SafeString]]:
    """Kind → team id → option."""
    found: dict[str, dict[str, SafeString]] = {}
    for kind, key, name in teams.select("team_kind", "team_id", "team_name").iter_rows():
        found.setdefault(kind, {})[key] = format_html('<option value="{}">{}</option>', key, name)
    return found


def only_row(table: FigureTable, key: str) -> FigureTable:
    """The table with one of its rows; its notes speak of all and are left out."""
    return replace(table, rows=tuple(row for row in table.rows if row.key == key), notes=())


def post_links() -> Any:
    """Rows of the comparison of posts lead to their holders."""

    def link(row: FigureRow, column: FigureColumn) -> str:
        _post, slash, person = row.key.partition("/")
        return person_url(person) if slash and column.key == "name" else ""

    return link


@dataclass(frozen=True, slots=True)
class Turned:
    """A table turned over: a column for each row, a line for each gauge."""

    heads: tuple[Cell, ...]
    lines: tuple[tuple[str, str, tuple[Cell, ...]], ...]
    """Label, what it counts, cells."""
    notes: Sequence[Any]


def turned(table: Shown, count: int) -> Turned:
    """The first `count` rows as columns; the total of teams that share members says little."""
    rows = [row for section in table.sections for row in section.rows if not row.is_sum][:count]
    labels = table.heads[-1]
    lines = tuple(
        (labels[place].label, labels[place].title, tuple(row.cells[place] for row in rows))
        for place in range(1, len(labels))
    )
    return Turned(tuple(row.cells[0] for row in rows), lines, table.notes)
