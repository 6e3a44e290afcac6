"""干部名册: people unit by unit, in the columns offices use (formats.md 2.2), and its longer variant.

Within a unit people stand in the order of their posts; people without a post, by 姓氏笔画.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from banzi.documents.papers import person_columns as column
from banzi.documents.papers.office_table import Group, Heading, OfficeTable, Row
from banzi.documents.papers.paper_kinds import Need, PaperKind, Request, of_tables
from banzi.documents.papers.people import arranged, chosen
from banzi.documents.papers.person_columns import People, PersonColumn
from banzi.documents.papers.wording import NOBODY, count_text, day_text
from banzi.kernel.messages import Message
from banzi.kernel.messages import gettext_noop as _

TITLE = _("干部名册")

_FULL_TIME, _IN_SERVICE = _("全日制教育"), _("在职教育")
_Layout = tuple[tuple[PersonColumn, str], ...]

STANDARD: _Layout = (
    (column.NAME, ""),
    (column.POSTS, ""),
    (column.SEX, ""),
    (column.ETHNICITY, ""),
    (column.NATIVE_PLACE, ""),
    (column.FULL_TIME, _FULL_TIME),
    (column.FULL_TIME_SCHOOL, _FULL_TIME),
    (column.IN_SERVICE, _IN_SERVICE),
    (column.IN_SERVICE_SCHOOL, _IN_SERVICE),
    (column.BIRTH, ""),
    (column.WORK, ""),
    (column.PARTY, ""),
    (column.POST_SINCE, ""),
    (column.RANK_SINCE, ""),
    (column.REMARKS, ""),
)
LONG: _Layout = (
    *STANDARD[:5],
    (column.FULL_TIME_DEGREE, _FULL_TIME),
    (column.FULL_TIME_SCHOOL, _FULL_TIME),
    (column.IN_SERVICE_DEGREE, _IN_SERVICE),
    (column.IN_SERVICE_SCHOOL, _IN_SERVICE),
    (column.TITLE, ""),
    *STANDARD[9:13],
    (column.LEVEL_SINCE, ""),
    *STANDARD[13:],
)


def roster_sheet(
    request: Request, also: Iterable[str] = (), layout: _Layout = STANDARD, points: float = 9
) -> tuple[OfficeTable, tuple[str, ...], Sequence[Message]]:
    """The roster of the people asked for; by default of the teams as they sit on the day.

    Parameters
    ----------
    also
        Person ids to list although they hold no seat (those whom a plan brings in).

    Returns
    -------
    tuple
        The table, person ids in its order, and what should be looked at.
    """
    order = arranged(request, chosen(request, also))
    people = People(request.roster, request.as_of)
    rows: list[Row | Group] = []
    for section in order.sections:
        if section.title:
            rows.append(Group(section.title))
        for person_id in section.persons:
            person = people.person(person_id)
            rows.append(Row(tuple(each.cell(person) for each, _above in layout)))
    table = OfficeTable(
        TITLE,
        tuple(_heading(each, above) for each, above in layout),
        rows,
        subtitle=order.phrase,
        left=day_text(request.as_of),
        right=count_text(len(order.persons)),
        empty=NOBODY,
        points=points,
    )
    return table, order.persons, order.notes


def _heading(each: PersonColumn, above: str) -> Heading:
    return each.under(above) if above else each.under()


def _standard(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    table, _persons, notes = roster_sheet(request, _brought_in(request))
    return [table], notes


def _long(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    table, _persons, notes = roster_sheet(request, _brought_in(request), LONG, points=8)
    return [table], notes


def _brought_in(request: Request) -> list[str]:
    """Those whom a plan seats: they belong on the roster though they hold nothing yet."""
    moves = request.plan.moves if request.plan else ()
    return [move.person_id for move in moves if not move.leaves]


PAPERS = (
    PaperKind(
        "roster",
        TITLE,
        _("班子和干部的基本情况，按单位分列，供查阅和上会携带。"),
        (Need.PEOPLE,),
        of_tables(_standard),
    ),
    PaperKind(
        "long-roster",
        _("干部名册（详）"),
        _("在名册上加列职称、学位和任现职务层次时间。"),
        (Need.PEOPLE,),
        of_tables(_long),
    ),
)
