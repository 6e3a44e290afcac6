"""The columns of tables of persons, each declared once: heading, width and what it says of someone.

A date is `1975.03`, or `75.03` on papers of meetings. A fact that is not known is blank, or 待核
where papers cannot do without it; nothing is guessed. Ages are counted to the month at the
paper's date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from banzi.documents.form import Form
from banzi.documents.forms import form_of
from banzi.documents.papers.approval_values import age_at, month_shown, party_entry_shown
from banzi.documents.papers.office_table import Align, Cell, Heading, Picture
from banzi.documents.papers.people import Seat, seats_of
from banzi.documents.papers.wording import lines_of
from banzi.facts.levels import level_rows
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster

TO_CHECK = _("待核")
"""Stands where a paper needs a fact that the roster does not have."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)(\d{2}\.\d{2})(?!\d)")
_DEPUTY_COUNTY, _PRINCIPAL_COUNTY = 3, 4
"""县处级副职 and 县处级正职 on the ladder of `codes.levels`."""


@dataclass(frozen=True)
class Person:
    """One person as tables show them: the form's texts, and dates of posts and levels."""

    person_id: str
    form: Form
    as_of: date
    post_since: str = ""
    rank_since: str = ""
    level_since: str = ""
    county_levels: str = ""
    remarks: str = ""

    @property
    def name(self) -> str:
        return self.form["name"]


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """A column of a table of persons.

    Attributes
    ----------
    needed
        Whether 待核 stands in a cell that would be blank.
    dated
        Whether the text is a date that meetings print with a short year.
    """

    heading: str
    width: float
    shows: Callable[[Person], Cell]
    align: Align = "center"
    needed: bool = False
    dated: bool = False

    def cell(self, person: Person, short_years: bool = False) -> Cell:
        shown = self.shows(person)
        if shown == "" and self.needed:
            return TO_CHECK
        return short_year(shown) if short_years and self.dated and isinstance(shown, str) else shown

    def text(self, person: Person, short_years: bool = False) -> str:
        """The cell of a column of texts."""
        cell = self.cell(person, short_years)
        assert isinstance(cell, str)  # noqa: S101 - said of columns of texts only
        return cell

    def under(self, *above: str, width: float = 0, text: str = "") -> Heading:
        return Heading(text or self.heading, width or self.width, above, self.align)


def short_year(text: str) -> str:
    """`1976.06` → `76.06`, as lists for meetings print dates."""
    return _YEAR.sub(r"\1", text)


class People:
    """What tables say of persons of a roster at a day."""

    def __init__(self, roster: Roster, as_of: date) -> None:
        self._roster, self._as_of = roster, as_of
        self._seats: Mapping[str, Seat] = seats_of(roster, as_of)
        columns = ("person_id", "rank_since", "post_level_since", "remarks")
        self._rows = {
            row["person_id"]: row for row in roster["persons"].select(columns).iter_rows(named=True)
        }
        self._offices = _sole_offices(roster, as_of)
        self._levels = _level_starts(roster, as_of)

    def person(self, person_id: str) -> Person:
        row: Mapping[str, Any] = self._rows[person_id]
        seat = self._seats.get(person_id)
        starts = self._levels.get(person_id, {})
        level = _month(row["post_level_since"]) or (_month(starts[max(starts)]) if starts else "")
        county = [_month(starts.get(step)) for step in (_DEPUTY_COUNTY, _PRINCIPAL_COUNTY)]
        return Person(
            person_id,
            form_of(self._roster, person_id),
            self._as_of,
            post_since=seat.since if seat else self._offices.get(person_id, ""),
            rank_since=_month(row["rank_since"]),
            level_since=level,
            county_levels=county[0] + (f"\n({county[1]})" if county[1] else ""),
            remarks=lines_of(seat.also if seat else "", row["remarks"] or ""),
        )


def _sole_offices(roster: Roster, day: date) -> dict[str, str]:
    """Person → month of the office held, for people whose offices all began together."""
    held = roster["appointments"].filter(pl.col("in_office").fill_null(False))
    began: dict[str, set[int | None]] = {}
    for person, since in held.select("person_id", "appointed_on").iter_rows():
        began.setdefault(person, set()).add(since)
    return {
        person: _month(since)
        for person, (since, *others) in ((key, [*days]) for key, days in began.items())
        if not others and since is not None and PartialDate(since).on_or_before(day) is True
    }


def _level_starts(roster: Roster, day: date) -> dict[str, dict[int, int]]:
    """Person → level on the ladder → first day of it."""
    starts: dict[str, dict[int, int]] = {}
    rows = level_rows(roster, day).select("person_id", "level", "started_on").drop_nulls()
    for person, level, started in rows.iter_rows():
        known = starts.setdefault(person, {})
        known[level] = min(started, known.get(level, started))
    return starts


def _month(value: int | None) -> str:
    return "" if value is None else PartialDate(value).dotted()[:7]


def _of(name: str) -> Callable[[Person], str]:
    return lambda person: person.form[name]


def _lines(*names: str) -> Callable[[Person], str]:
    return lambda person: lines_of(*(person.form[name] for name in names))


def _first(*names: str) -> Callable[[Person], str]:
    return lambda person: next((person.form[name] for name in names if person.form[name]), "")


def _date(name: str) -> Callable[[Person], str]:
    return lambda person: month_shown(person.form[name])


def _age(person: Person) -> Cell:
    years = age_at(person.form["birth"], PartialDate.from_date(person.as_of))
    return "" if years is None else years


def _photo(person: Person) -> Cell:
    return Picture(person.form.photo) if person.form.photo else ""


_STUDIES = ("full_time_education", "in_service_education")
_SCHOOLS = (
    "full_time_education_school",
    "full_time_degree_school",
    "in_service_education_school",
    "in_service_degree_school",
)

NAME = PersonColumn(_("姓名"), 15, _of("name"), "name", needed=True)
POSTS = PersonColumn(_("现任职务"), 40, _of("current_posts_text"), "left")
SEX = PersonColumn(_("性别"), 9, _of("sex"), needed=True)
ETHNICITY = PersonColumn(_("民族"), 12, _of("ethnicity"), needed=True)
NATIVE_PLACE = PersonColumn(_("籍贯"), 16, _of("native_place"), needed=True)
BIRTH = PersonColumn(_("出生年月"), 17, _date("birth"), needed=True, dated=True)
AGE = PersonColumn(_("年龄"), 9, _age, needed=True)
WORK = PersonColumn(_("参加工作时间"), 17, _date("work_started"), needed=True, dated=True)
PARTY = PersonColumn(
    _("入党时间"), 18, lambda person: party_entry_shown(person.form["party_text"]), dated=True
)
POST_SINCE = PersonColumn(_("任现职时间"), 17, lambda person: person.post_since, dated=True)
RANK_SINCE = PersonColumn(_("任现职级时间"), 17, lambda person: person.rank_since, dated=True)
LEVEL_SINCE = PersonColumn(_("任现职务层次时间"), 17, lambda person: person.level_since, dated=True)
COUNTY_LEVELS = PersonColumn(
    _("副处(正处)职时间"), 18, lambda person: person.county_levels, dated=True
)
TITLE = PersonColumn(_("职称"), 16, _of("technical_title"))
EDUCATION = PersonColumn(_("学历"), 18, _lines(*_STUDIES), needed=True)
EDUCATION_AND_TITLE = PersonColumn(
    _("学历/职称"), 34, _lines(*_STUDIES, "technical_title"), needed=True
)
SCHOOLS = PersonColumn(_("毕业院校系及专业"), 30, _lines(*_SCHOOLS), "left")
FULL_TIME = PersonColumn(_("学历"), 16, _first("full_time_education", "full_time_degree"))
IN_SERVICE = PersonColumn(_("学历"), 16, _first("in_service_education", "in_service_degree"))
FULL_TIME_DEGREE = PersonColumn(
    _("学历/学位"), 19, _lines("full_time_education", "full_time_degree")
)
IN_SERVICE_DEGREE = PersonColumn(
    _("学历/学位"), 19, _lines("in_service_education", "in_service_degree")
)
FULL_TIME_SCHOOL = PersonColumn(
    _("毕业院校及专业"),
    30,
    _lines("full_time_education_school", "full_time_degree_school"),
    "left",
)
IN_SERVICE_SCHOOL = PersonColumn(
    _("毕业院校及专业"),
    30,
    _lines("in_service_education_school", "in_service_degree_school"),
    "left",
)
PHOTO = PersonColumn(_("照片"), 20, _photo)
ID_NUMBER = PersonColumn(_("身份证号"), 50, _of("id_number"), needed=True)
REMARKS = PersonColumn(_("备注"), 22, lambda person: person.remarks, "left")
