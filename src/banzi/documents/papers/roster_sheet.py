"""干部名册 as .xlsx: who sits in the teams now, unit by unit, in the columns offices use.

formats.md 2.2. Within a unit people stand in the order of their posts; people without a post, by
姓氏笔画. Somebody who sits in two teams is listed once, in the first, with a remark.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from banzi.codes.strokes import sort_names
from banzi.documents.form import Form
from banzi.documents.forms import form_of
from banzi.documents.papers.approval_values import month_shown, party_entry_shown
from banzi.documents.papers.sheets import Heading, Sheet, new_workbook
from banzi.facts.levels import seats_at
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.roster import Roster
from banzi.structure.members import post_frame

TITLE = _("干部名册")
COLUMNS = (
    Heading(_("姓名"), 8),
    Heading(_("现任职务"), 22, centred=False),
    Heading(_("性别"), 5),
    Heading(_("民族"), 7),
    Heading(_("籍贯"), 9),
    Heading(_("学历"), 10, _("全日制教育")),
    Heading(_("毕业院校及专业"), 18, _("全日制教育"), centred=False),
    Heading(_("学历"), 10, _("在职教育")),
    Heading(_("毕业院校及专业"), 18, _("在职教育"), centred=False),
    Heading(_("出生年月"), 8),
    Heading(_("参加工作时间"), 8),
    Heading(_("入党时间"), 9),
    Heading(_("任现职时间"), 8),
    Heading(_("任现职级时间"), 8),
    Heading(_("备注"), 11, centred=False),
)

_AS_OF = _("截至{year}年{month}月{day}日")
_COUNT = _("共{count}人")
_ALSO = _("兼{teams}成员")
_OTHERS = _("不在上述班子任职的人员（按姓氏笔画为序）")


def write_roster_sheet(
    roster: Roster, path: Path, as_of: date, also: Iterable[str] = ()
) -> tuple[str, ...]:
    """Write the roster of the teams as they sit on a day.

    Parameters
    ----------
    also
        Person ids to list although they hold no seat (those whom a plan brings in).

    Returns
    -------
    tuple of str
        Person ids in the order of the sheet.
    """
    groups = _groups(roster, as_of)
    seated = {person for _title, people in groups for person, *_rest in people}
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    others = sorted(set(also) - seated)
    if others:
        order = sort_names([names[person] for person in others]).order
        groups.append((_OTHERS, [(others[place], "", "") for place in order]))
    workbook = new_workbook(path, TITLE, as_of)
    sheet = Sheet(workbook, TITLE, COLUMNS)
    count = sum(len(people) for _title, people in groups)
    sheet.title(TITLE, day_text(as_of), render(_COUNT, {"count": count}))
    sheet.headings()
    for title, people in groups:
        sheet.group(title)
        for person, since, remark in people:
            sheet.row(_row(form_of(roster, person), roster, person, since, remark))
    sheet.finish()
    workbook.close()
    return tuple(person for _title, people in groups for person, *_rest in people)


def day_text(day: date) -> str:
    return render(_AS_OF, {"year": day.year, "month": day.month, "day": day.day})


def lines_of(*texts: str) -> str:
    """The texts that are not blank, one a line, none twice."""
    return "\n".join(dict.fromkeys(text for text in texts if text))


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


def _row(form: Form, roster: Roster, person: str, since: str, remark: str) -> list[str | int]:
    ((rank_since, remarks),) = (
        roster["persons"]
        .filter(pl.col("person_id") == person)
        .select("rank_since", "remarks")
        .iter_rows()
    )
    return [
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
    ]
