"""A package held against the receiving roster: every difference an item to accept or leave.

Persons are the same by their id and name, by ID number, or by name and birth month; who cannot be
told for certain is listed and left alone. A person who is new is one item; of one who is known
every field is one, and every list (相关经历、家庭成员 …) row by row where both have the same rows,
else as a whole. What the package is silent about is no difference: what it left out, links cut at
its border, persons and organs it does not have, and blanks of organs, teams and posts, where a
remark that names somebody outside is withheld.

Not here: the workbook that is answered (`comparing.difference_book`), putting accepted items in
place (`accepting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import polars as pl

from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.codecs.workbook.cells import cell_text
from banzi.documents.comparing.difference import Difference
from banzi.documents.comparing.matching import LeftOver
from banzi.documents.comparing.meaning import DifferenceKind, difference_kind
from banzi.documents.exchange.identities import in_our_ids, same_persons
from banzi.documents.exchange.left_out import left_columns, left_tables, silent_about_left
from banzi.documents.exchange.package_reading import Package
from banzi.documents.exchange.scope import CUT_LINKS
from banzi.documents.form_checks.places import place_text
from banzi.documents.merging.stable_ids import base32_of
from banzi.kernel.columns import Kind, Table
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.people import PERSONS
from banzi.roster import TABLES, Roster

Row = dict[str, Any]
_PROVENANCE = ("source_id", "source_place", "recorded_on")
_STRUCTURE = {"organs": "organ_name", "teams": "team_name", "posts": "post_name"}
_TOGETHER = (("career_segments", "career_tags"), ("findings", "decisions"))
_PERHAPS_CUT = CUT_LINKS | {("relatives", "is_linked"), ("relatives", "id_number")}
_ID_LENGTH = 10
_MOST_LINES = 12

_NEW_PERSON = _("新增人员")
_NEW_ROW = _("新增{table}")
_FIELD = _("{table}·{column}")
_ROW_FIELD = _("{table}（{row}）·{column}")
_WHOLE = _("{table}（整项）")
_TEAMS_OF_POST = _("职位·所属班子")
_MORE = _("……共{count}条")
_PHOTO = _("照片{mark}")
_COUNT = _("{table}{count}条")


@dataclass(frozen=True, slots=True)
class MergeItem:
    """One difference and what accepting it does.

    Accepting puts rows of `tables` in place: of the person `here`, or those with `key`; with a
    `column` only that value. `is_new` is a person the roster does not have.
    """

    shown: Difference
    tables: tuple[str, ...]
    key: tuple[Any, ...] = ()
    column: str = ""
    here: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class MergePlan:
    """All differences; who could not be told; person id in the package → id here for the rest."""

    items: tuple[MergeItem, ...]
    left_over: tuple[LeftOver, ...]
    ids: Mapping[str, str]


def plan_merge(
    roster: Roster, package: Package, told: Mapping[str, str | None] = MappingProxyType({})
) -> MergePlan:
    """Everything in which the package differs from the roster; `told` as for `same_persons`."""
    ids, new, left_over = same_persons(roster, package.roster, told)
    theirs = in_our_ids(package.roster, ids)
    silent = left_columns(package.about.without)
    tables = left_tables(package.about.without)
    groups = [group for group in _groups() if not tables.intersection(group)]
    ours = silent_about_left(roster.tables, package.about.without)
    sides = Sides(ours, theirs, silent)
    items = list(_structure_items(sides))
    for here in sorted(ids.values()):
        items.extend(_new_person(sides, here) if here in new else _known(sides, here, groups))
    return MergePlan(tuple(items), tuple(left_over), ids)


class Sides:
    """Both rosters' rows at hand: by key, and by person."""

    def __init__(
        self,
        ours: Mapping[str, pl.DataFrame],
        theirs: Mapping[str, pl.DataFrame],
        silent: frozenset[tuple[str, str]],
    ) -> None:
        self.frames = (ours, theirs)
        self.silent = silent
        self._by_person: dict[tuple[int, str], dict[str, list[Row]]] = {}

    def rows(self, side: int, table: str, person: str) -> list[Row]:
        """Rows about a person in the order of their keys; decisions go with their findings."""
        if table == "decisions":
            found = {row["finding_id"] for row in self.rows(side, "findings", person)}
            frame = self.frames[side]["decisions"].sort("finding_id")
            return [row for row in frame.iter_rows(named=True) if row["finding_id"] in found]
        if (side, table) not in self._by_person:
            grouped: dict[str, list[Row]] = {}
            for row in self.frames[side][table].sort(TABLES[table].key).iter_rows(named=True):
                grouped.setdefault(row["person_id"], []).append(row)
            self._by_person[side, table] = grouped
        return self._by_person[side, table].get(person, [])

    def changed(self, table: Table, mine: Row, other: Row) -> Iterator[tuple[str, str, str]]:
        """(column, our text, their text) of every value that differs and that the package tells."""
        for column in table:
            name = column.name
            if name in (*table.key, *_PROVENANCE) or (table.name, name) in self.silent:
                continue
            old, new = mine[name], other[name]
            may_be_cut = table.name in _STRUCTURE or (table.name, name) in _PERHAPS_CUT
            if old == new or (new is None and may_be_cut):
                continue
            yield name, cell_text(old, column), cell_text(new, column)


def _structure_items(sides: Sides) -> Iterator[MergeItem]:
    ours, theirs = sides.frames
    for name, named in _STRUCTURE.items():
        table = TABLES[name]
        (key,) = table.key
        known = {row[key]: row for row in ours[name].iter_rows(named=True)}
        for row in theirs[name].sort(key).iter_rows(named=True):
            at = (row[key],)
            if row[key] not in known:
                label = render(_NEW_ROW, {"table": table.zh})
                shown = _difference((name, *at), row[named], label, "", _row_text(table, row))
                yield MergeItem(shown, (name, "post_teams") if name == "posts" else (name,), at)
                continue
            for column, old, new in sides.changed(table, known[row[key]], row):
                label = render(_FIELD, {"table": table.zh, "column": table[column].zh})
                shown = _difference((name, *at, column), row[named], label, old, new)
                yield MergeItem(shown, (name,), at, column)
    yield from _team_links(ours, theirs)


def _team_links(
    ours: Mapping[str, pl.DataFrame], theirs: Mapping[str, pl.DataFrame]
) -> Iterator[MergeItem]:
    """Posts whose teams differ; a team outside the package is none it could know of."""
    both = pl.concat([frames["teams"].select("team_id", "team_name") for frames in (ours, theirs)])
    teams = dict(both.iter_rows())
    posts = dict(ours["posts"].select("post_id", "post_name").iter_rows())
    told = set(theirs["teams"]["team_id"])
    mine = _links(ours["post_teams"])
    for post, linked in _links(theirs["post_teams"]).items():
        own = mine.get(post)
        if own is None or own == linked or not told.issuperset(own):
            continue
        old, new = ("、".join(teams[each] for each in side) for side in (own, linked))
        shown = _difference(("post_teams", post), posts[post], _TEAMS_OF_POST, old, new)
        yield MergeItem(shown, ("post_teams",), (post,))


def _links(frame: pl.DataFrame) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    ordered = frame.sort("post_id", "team_order").select("post_id", "team_id")
    for post, team in ordered.iter_rows():
        links.setdefault(post, []).append(team)
    return links


def person_tables() -> tuple[str, ...]:
    """Tables with rows about persons, `persons` itself aside; decisions go with findings."""
    about = [name for name, table in TABLES.items() if "person_id" in table and name != "persons"]
    return (*about, "decisions")


def _groups() -> list[tuple[str, ...]]:
    """Tables that are accepted together: a tag without its segment would mean another one."""
    joined = {name for group in _TOGETHER for name in group}
    return [*_TOGETHER, *((name,) for name in person_tables() if name not in joined)]


def _new_person(sides: Sides, here: str) -> Iterator[MergeItem]:
    (row,) = sides.rows(1, "persons", here)
    told = {name: sides.rows(1, name, here) for name in person_tables()}
    head = [cell_text(row[each], PERSONS[each]) for each in ("sex", "birth", "current_posts_text")]
    counts = [
        render(_COUNT, {"table": TABLES[name].zh, "count": len(rows)})
        for name, rows in told.items()
        if rows
    ]
    text = "，".join(filter(None, [*head, *counts]))
    shown = _difference((here,), row["name"], _NEW_PERSON, "", text, row, mark=_mark([row, told]))
    yield MergeItem(shown, ("persons", *person_tables()), here=here, is_new=True)


def _known(sides: Sides, here: str, groups: Sequence[tuple[str, ...]]) -> Iterator[MergeItem]:
    (mine,), (row,) = sides.rows(0, "persons", here), sides.rows(1, "persons", here)
    for column, old, new in sides.changed(PERSONS, mine, row):
        label = place_text(column) if column in COLUMN_OF.values() else PERSONS[column].zh
        if column == "photo_sha256":
            old, new = (render(_PHOTO, {"mark": text[:8]}) if text else "" for text in (old, new))
        key = (here, column)
        shown = _difference(key, row["name"], label, old, new, row, column=column)
        yield MergeItem(shown, ("persons",), (here,), column, here)
    for group in groups:
        if group == ("completeness",):
            yield from _completeness(sides, here, row)
        elif group[0] in ("seats", "findings"):
            yield from _as_a_whole(sides, here, row, group)
        else:
            yield from _list(sides, here, row, group)


def _list(sides: Sides, here: str, person: Row, group: tuple[str, ...]) -> Iterator[MergeItem]:
    """Value by value where both have the same rows, else the list as a whole."""
    keyed = [
        [{_key(name, row): row for row in sides.rows(side, name, here)} for side in (0, 1)]
        for name in group
    ]
    if any(mine.keys() != other.keys() for mine, other in keyed):
        yield from _as_a_whole(sides, here, person, group)
        return
    for name, (mine, other) in zip(group, keyed, strict=True):
        table = TABLES[name]
        for key, row in other.items():
            for column, old, new in sides.changed(table, mine[key], row):
                named = zip(table.key[1:], key[1:], strict=True)
                shown_row = "、".join(cell_text(part, table[each]) for each, part in named)
                values = {"table": table.zh, "row": shown_row, "column": table[column].zh}
                at = (name, *key, column)
                label = render(_ROW_FIELD, values)
                shown = _difference(at, person["name"], label, old, new, person)
                yield MergeItem(shown, (name,), key, column, here)


def _as_a_whole(
    sides: Sides, here: str, person: Row, group: tuple[str, ...]
) -> Iterator[MergeItem]:
    name = group[0]
    mine, other = (_told_rows(sides, side, group, here) for side in (0, 1))
    if name == "findings":
        known = {row["finding_id"] for row in mine}
        other = [row for row in other if row["finding_id"] not in known]
        mine = []
    if not other or _bare(group, mine) == _bare(group, other):
        return
    old, new = (_lines(TABLES[name], rows) for rows in (mine, other))
    label = render(_WHOLE, {"table": TABLES[name].zh})
    mark = _mark([mine, other])
    shown = _difference((name, here), person["name"], label, old, new, person, mark=mark)
    yield MergeItem(shown, group, here=here)


def _told_rows(sides: Sides, side: int, group: tuple[str, ...], here: str) -> list[Row]:
    """Rows of a group; of our seats only those at posts the package knows of."""
    rows = [row for name in group for row in sides.rows(side, name, here)]
    if group == ("seats",):
        posts = set(sides.frames[1]["posts"]["post_id"])
        return [row for row in rows if row["post_id"] in posts]
    return rows


def _bare(group: tuple[str, ...], rows: Iterable[Row]) -> list[str]:
    left_out = {*_PROVENANCE, *(column for name, column in _PERHAPS_CUT if name in group)}
    left_out |= {"seat_no"} if group == ("seats",) else set()
    return sorted(repr([(k, v) for k, v in row.items() if k not in left_out]) for row in rows)


def _completeness(sides: Sides, here: str, person: Row) -> Iterator[MergeItem]:
    table = TABLES["completeness"]
    mine = {_key("completeness", row): row for row in sides.rows(0, "completeness", here)}
    for row in sides.rows(1, "completeness", here):
        key = _key("completeness", row)
        old, new = (_row_text(table, each) if each else "" for each in (mine.get(key), row))
        if old != new:
            about = TABLES[row["table_name"]].zh if row["table_name"] in TABLES else ""
            label = render(_FIELD, {"table": table.zh, "column": about})
            at = ("completeness", *key)
            shown = _difference(at, person["name"], label, old, new, person)
            yield MergeItem(shown, ("completeness",), key, here=here)


def _key(table: str, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in TABLES[table].key)


def _difference(
    key: Sequence[Any],
    who: str,
    label: str,
    first: str,
    second: str,
    person: Row | None = None,
    *,
    column: str = "",
    mark: str = "",
) -> Difference:
    kind: DifferenceKind | None = None
    if column in COLUMN_OF.values():
        kind = difference_kind(column, first, second)
    if kind is None:
        kind = DifferenceKind.DIFFERS if first else DifferenceKind.MISSING_FIRST
        kind = kind if second else DifferenceKind.MISSING_SECOND
    birth = None if person is None else person["birth"]
    return Difference(
        item_id="M" + base32_of(repr(tuple(key)), _ID_LENGTH),
        person=who,
        birth="" if birth is None else PartialDate(birth).dotted()[:7],
        field=label,
        first=first,
        second=second,
        kind=kind,
        free=False,
        mark=mark,
    )


def _mark(content: Any) -> str:
    return base32_of(repr(content), _ID_LENGTH)


def _row_text(table: Table, row: Row) -> str:
    """A row for people: no running numbers, ids and yes-or-no, nothing said twice in a row."""
    shown = [
        cell_text(row[column.name], column)
        for column in table
        if column.name not in _PROVENANCE
        and not column.references
        and column.kind not in (Kind.BOOLEAN, Kind.INTEGER)
    ]
    told = [text for at, text in enumerate(shown) if text and text not in shown[:at][-1:]]
    return "，".join(told)


def _lines(table: Table, rows: Sequence[Row]) -> str:
    own = [row for row in rows if row.keys() == table.schema.keys()]
    lines = [_row_text(table, row) for row in own[:_MOST_LINES]]
    if len(own) > _MOST_LINES:
        lines.append(render(_MORE, {"count": len(own)}))
    return "\n".join(lines)
