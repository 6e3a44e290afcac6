"""The fields that an office may write into its own template, and what stands there for a person.

They are the columns of `persons` by their Chinese names, the customary labels of the form where
those differ, and a few that are counted. Nothing else can be asked for: a template computes
nothing. A fact that is not known leaves its field blank, and the blank is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from banzi.codes.lookup import name_of
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.codecs.workbook.cells import member
from banzi.documents.form import FamilyMember, Form
from banzi.documents.forms import form_of
from banzi.documents.papers.approval_values import (
    age_at,
    month_shown,
    padded_name,
    party_entry_shown,
    plain_text,
)
from banzi.kernel.columns import Column, Kind
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS, RELATIVES
from banzi.roster import Roster

PERSON_LIST, FAMILY = "名单", "家庭成员"
"""Blocks that repeat: one turn a person, one turn a relative."""

PHOTO = "照片"
NUMBER, AGE, PADDED_NAME = "序号", "年龄", "姓名（对齐）"
COUNT, AS_OF_DAY = "人数", "基准日"

_LABELS = {
    "现任职务": "current_posts_text",
    "入党时间": "party_text",
    "奖惩情况": "awards_text",
    "年度考核结果": "assessments_text",
    "熟悉专业有何专长": "specialty",
    "到龄时间": "retirement_month_stated",
}
"""Labels of the printed form that differ from the column's name; they win over a column."""

_NOT_SHOWN = {"person_id", "photo_sha256", "form_version", "source_id", "source_place"}
_NOT_SHOWN |= {"recorded_on"}
_FAMILY_NAMES = {
    "称谓": "relation",
    "姓名": "name",
    "出生年月": "birth",
    "政治面貌": "political_status",
    "工作单位及职务": "unit_and_post",
}
_ABOUT_NUMBER, _ABOUT_AGE = _("名单中的顺序号"), _("按基准日计算的周岁，计算到月")
_ABOUT_PADDED = _("两字姓名中间空一字")
_ABOUT_PHOTO = _("照片；可写明大小（毫米），如“照片 30×40”；仅用于Word模板")
_ABOUT_COUNT, _ABOUT_AS_OF = _("名单人数"), _("基准日，如2026年6月30日")
_ABOUT_FAMILY = _("写在“{{#家庭成员}}”与“{{/家庭成员}}”之间")


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field.

    Attributes
    ----------
    block
        `PERSON_LIST` for what is said of a person, `FAMILY` of a relative, "" of the whole.
    column
        `table.column` it shows, "" for what is counted.
    """

    name: str
    block: str
    column: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in the fields: of the whole, of a person, or of a relative.

    Attributes
    ----------
    blocks
        Name of a block → values of each of its turns.
    """

    texts: Mapping[str, str]
    photo: bytes | None = None
    blocks: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
    name: str = ""


@cache
def catalogue() -> tuple[TemplateField, ...]:
    """Every field, those of a person first, in the order of the columns."""
    columns = {
        column.zh: TemplateField(column.zh, PERSON_LIST, f"persons.{column.name}")
        for column in PERSONS
        if column.name not in _NOT_SHOWN
    }
    labels = {
        label: TemplateField(label, PERSON_LIST, f"persons.{column}")
        for label, column in _LABELS.items()
    }
    counted = (
        TemplateField(NUMBER, PERSON_LIST, about=_ABOUT_NUMBER),
        TemplateField(PADDED_NAME, PERSON_LIST, "persons.name", _ABOUT_PADDED),
        TemplateField(AGE, PERSON_LIST, about=_ABOUT_AGE),
        TemplateField(PHOTO, PERSON_LIST, "persons.photo_sha256", _ABOUT_PHOTO),
    )
    family = [
        TemplateField(name, FAMILY, f"relatives.{_relative_column(name)}", _ABOUT_FAMILY)
        for name in _FAMILY_NAMES
    ]
    return (
        *counted,
        *({**columns, **labels}).values(),
        *family,
        TemplateField(AGE, FAMILY, about=_ABOUT_FAMILY),
        TemplateField(NUMBER, FAMILY, about=_ABOUT_FAMILY),
        TemplateField(COUNT, "", about=_ABOUT_COUNT),
        TemplateField(AS_OF_DAY, "", about=_ABOUT_AS_OF),
    )


def names_in(block: str) -> frozenset[str]:
    """The fields that may stand in a block; "" for those that may stand anywhere."""
    return frozenset(each.name for each in catalogue() if each.block == block)


def whole_values(persons: tuple[Values, ...], as_of: date, given: Mapping[str, str]) -> Values:
    """What is said of all persons together; `given` are fields the user named himself."""
    texts = {
        COUNT: str(len(persons)),
        AS_OF_DAY: f"{as_of.year}年{as_of.month}月{as_of.day}日",
        **given,
    }
    return Values(texts, blocks={PERSON_LIST: persons})


def person_values(roster: Roster, person_id: str, as_of: date, number: int) -> Values:
    """What stands in the fields for one person.

    Raises
    ------
    BanziError
        `form/unknown-person`.
    """
    form = form_of(roster, person_id)
    (row,) = roster["persons"].filter(pl.col("person_id") == person_id).to_dicts()
    by_column = {
        column.name: _text(column, row[column.name], form)
        for column in PERSONS
        if column.name not in _NOT_SHOWN
    }
    texts = {
        each.name: by_column[each.column.removeprefix("persons.")]
        for each in catalogue()
        if each.block == PERSON_LIST and each.column.removeprefix("persons.") in by_column
    }
    day = PartialDate.from_date(as_of)
    years = age_at(form["birth"], day)
    texts |= {
        NUMBER: str(number),
        AGE: "" if years is None else str(years),
        PADDED_NAME: padded_name(form["name"]),
    }
    family = tuple(
        _family_values(each, day, place) for place, each in enumerate(form.family, start=1)
    )
    return Values(texts, form.photo, {FAMILY: family}, form["name"])


def _text(column: Column, value: Any, form: Form) -> str:
    if column.name in COLUMN_OF.values():
        text = plain_text(form[column.name]).strip("\n")
        if column.name == "party_text":
            return party_entry_shown(text)
        return month_shown(text) if column.kind is Kind.PARTIAL_DATE else text
    if value is None:
        return ""
    match column.kind:
        case Kind.PARTIAL_DATE:
            return PartialDate(value).dotted()
        case Kind.BOOLEAN:
            return "是" if value else "否"
        case Kind.CODE:
            return name_of(column.codes, value) or str(value)
        case Kind.CHOICE:
            assert column.choices is not None  # noqa: S101  (checked by Column itself)
            return member(column.choices, value).zh
    return plain_text(str(value))


def _family_values(relative: FamilyMember, day: PartialDate, number: int) -> Values:
    years = age_at(relative.birth, day)
    texts = {name: plain_text(getattr(relative, key)) for name, key in _FAMILY_NAMES.items()}
    texts["出生年月"] = month_shown(relative.birth)
    gone = any(word in relative.unit_and_post for word in ("已去世", "已故"))
    texts |= {AGE: "" if years is None or gone else str(years), NUMBER: str(number)}
    return Values(texts, name=relative.name)


def _relative_column(name: str) -> str:
    key = _FAMILY_NAMES[name]
    return key if key in RELATIVES else f"{key}_text"
