"""干部名册: who sits in the teams now, unit by unit, in the columns offices use.

formats.md 2.2. Within a unit people stand in the order of their posts; people without a post, by
姓氏笔画. Somebody who sits in two teams is listed once, in the first, with a remark.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from banzi.codes.strokes import sort_names
from banzi.documents.form import Form
from banzi.documents.forms import form_of
from banzi.documents.papers.approval_values import month_shown, party_entry_shown
from banzi.documents.papers.office_table import Group, Heading, OfficeTable, Row
from banzi.documents.papers.wording import count_text, day_text, lines_of
from banzi.facts.levels import seats_at
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.roster import Roster
from banzi.structure.members import post_frame

TITLE = _("干部名册")
_FULL_TIME, _IN_SERVICE = (_("全日制教育"),), (_("在职教育"),)
COLUMNS = (
    Heading(_("姓名"), 14, align="name"),
    Heading(_("现任职务"), 38, align="left"),
    Heading(_("性别"), 9),
    Heading(_("民族"), 12),
    Heading(_("籍贯"), 16),
    Heading(_("学历"), 17, _FULL_TIME),
    Heading(_("毕业院校及专业"), 30, _FULL_TIME, align="left"),
    Heading(_("学历"), 17, _IN_SERVICE),
    Heading(_("毕业院校及专业"), 30, _IN_SERVICE, align="left"),
    Heading(_("出生年月"), 17),
    Heading(_("参加工作时间"), 17),
    Heading(_("入党时间"), 18),
    Heading(_("任现职时间"), 17),
    Heading(_("任现职级时间"), 17),
    Heading(_("备注"), 20, align="left"),
)

_ALSO = _("兼{teams}成员")
_OTHERS = _("不在上述班子任职的人员（按姓氏笔画为序）")


def roster_sheet(
    roster: Roster, as_of: date, also: Iterable[str] = ()
) -> tuple[OfficeTable, tuple[str, ...]]:
    """The roster of the teams as they sit on a day.

    Parameters
    ----------
    also
        Person ids to list although they hold no seat (those whom a plan brings in).

    Returns
    -------
    tuple
        The table, and person ids in its order.
    """
    groups = _groups(roster, as_of)
    seated = {person for _title, people in groups for person, *_rest in people}
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    others = sorted(set(also) - seated)
    if others:
        order = sort_names([names[person] for person in others]).order
        groups.append((_OTHERS, [(others[place], "", "") for place in order]))
    rows: list[Row | Group] = []
    for title, people in groups:
        rows.append(Group(title))
        rows += [
            Row(_cells(form_of(roster, person), roster, person, since, remark))
            for person, since, remark in people
        ]
    listed = tuple(person for _title, people in groups for person, *_rest in people)
    return (
        OfficeTable(
            TITLE,
            COLUMNS,
            rows,
            left=day_text(as_of),
            right=count_text(len(listed)),
            points=9,
        ),
        listed,
    )


def _groups(roster: Roster, day: date) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Team by team: (person, in post since, remark) in the order of posts."""
    holders: dict[str, list[tuple[str, str]]] = {}
    for person, post, value in seats_at(roster, day).iter_rows():
        shown = "" if value is None else PartialDate(value).dotted()[:7]
        holders.setdefault(post, []).append((person, shown))
    teams = dict(roster["teams"].select("team_id", "team_name").iter_rows())
    listed: set[str] = set()
    groups: dict[str, list[tuple[str, str, str]]] = {}
    frame = post_frame(roster).select("post_id", "team_id", "team_order")
    others: dict[str, list[str]] = {}
    for post, team, order in frame.iter_rows():
        if order > 1:
            others.setdefault(post, []).append(teams[team])
    for post, team, order in frame.iter_rows():
        if order > 1:
            continue
        also = render(_ALSO, {"teams": others[post]}) if post in others else ""
        for person, shown in sorted(holders.get(post, ()), key=lambda held: held[0]):
            if person not in listed:
                listed.add(person)
                groups.setdefault(team, []).append((person, shown, also))
    return [(teams[team], people) for team, people in groups.items()]


def _cells(form: Form, roster: Roster, person: str, since: str, remark: str) -> tuple[str, ...]:
    ((rank_since, remarks),) = (
        roster["persons"]
        .filter(pl.col("person_id") == person)
        .select("rank_since", "remarks")
        .iter_rows()
    )
    return (
        form["name"],
        form["current_posts_text"],
        form["sex"],
        form["ethnicity"],
        form["native_place"],
        lines_of(form["full_time_education"], form["full_time_degree"]),
        lines_of(form["full_time_education_school"], form["full_time_degree_school"]),
        lines_of(form["in_service_education"], form["in_service_degree"]),
        lines_of(form["in_service_education_school"], form["in_service_degree_school"]),
        month_shown(form["birth"]),
        month_shown(form["work_started"]),
        party_entry_shown(form["party_text"]),
        since,
        "" if rank_since is None else PartialDate(rank_since).dotted()[:7],
        lines_of(remark, remarks or ""),
    )
