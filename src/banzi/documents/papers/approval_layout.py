"""The grid of the 干部任免审批表: columns, rows and what stands in each cell, as data.

A4, two pages, to the measures of the customary form (formats.md 2.1), in millimetres. Two layouts
are in use: the customary one, and the one of 2025 that prints 到龄时间. How text is fitted and
written is `approval_form`'s work.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from banzi.kernel.messages import gettext_noop as _

TITLE = _("干部任免审批表")
TITLE_PITCH = 12.5
"""Millimetres from one character of the title to the next."""

PAGE1_MARGINS = (11.1, 20.0, 12.0, 22.0)
PAGE2_MARGINS = (28.6, 20.0, 10.0, 21.0)
"""Top, right, bottom, left in millimetres."""

PAGE1_COLUMNS = (13.8, 4.2, 23.0, 18.7, 23.0, 23.2, 23.5, 36.3)
PAGE1_ROWS = (12.5, 12.2, 12.0, 12.5, 6.1, 6.1, 6.1, 6.1, 12.5, 12.5, 12.5, 125.8)
PAGE2_COLUMNS = (13.0, 19.2, 22.9, 10.1, 17.7, 13.8, 69.4)
FAMILY_ROWS = 7
FAMILY_ROW = 12.3
PAGE2_TOP_ROWS = (25.0, 18.0, 24.0, 11.4)
PAGE2_BOTTOM_ROWS = (23.5, 11.0, 35.6)


class Layout(StrEnum):
    """Which printed form."""

    STANDARD = "standard"
    OF_2025 = "2025"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the form: where it stands and what it shows.

    Attributes
    ----------
    row, column
        From 0, of its first row and column.
    label
        Fixed text, "" for a value.
    field
        `persons` column (or `family.N.column`) whose text is shown, "" for a label.
    below
        A second `persons` column shown under the first, on a line of its own.
    text
        Fixed text that is no label (the line for a seal).
    align
        How its text is set.
    vertical
        Whether the text runs downwards.
    open_sides
        Sides without a line: unit and date of 呈报单位 are not divided.
    """

    row: int
    column: int
    span: int = 1
    rows: int = 1
    label: str = ""
    field: str = ""
    below: str = ""
    text: str = ""
    align: Literal["left", "center", "right"] = "center"
    vertical: bool = False
    open_sides: tuple[Literal["top", "bottom"], ...] = ()


def page1(layout: Layout) -> tuple[Place, ...]:
    """Cells of the first page."""
    return (*_head(layout), *_education(), *_posts(), *_resume())


def page2_rows(relatives: int) -> tuple[float, ...]:
    """Row heights of the second page in millimetres; more than seven relatives share the band."""
    count = max(FAMILY_ROWS, relatives)
    height = FAMILY_ROWS * FAMILY_ROW / count
    return (*PAGE2_TOP_ROWS, *([height] * count), *PAGE2_BOTTOM_ROWS)


def page2(relatives: int) -> tuple[Place, ...]:
    """Cells of the second page for so many relatives."""
    count = max(FAMILY_ROWS, relatives)
    texts = (
        (_("奖惩情况"), "awards_text"),
        (_("年度考核结果"), "assessments_text"),
        (_("任免理由"), "appointment_reason"),
    )
    upper = [
        place
        for row, (label, field) in enumerate(texts)
        for place in (Place(row, 0, label=label), Place(row, 1, 6, field=field, align="left"))
    ]
    headings = (_("称谓"), _("姓名"), _("年龄"), _("政治\n面貌"), _("工作单位及职务"))
    columns = ("relation", "name", "age", "political_status", "unit_and_post")
    spans = ((1, 1), (2, 1), (3, 1), (4, 1), (5, 2))
    family = [
        Place(3, 0, rows=count + 1, label=_("家庭主要成员及重要社会关系"), vertical=True),
        *(
            Place(3, column, span, label=label)
            for (column, span), label in zip(spans, headings, strict=True)
        ),
    ]
    for number in range(count):
        for (column, span), name in zip(spans, columns, strict=True):
            align: Literal["left", "center"] = "left" if name == "unit_and_post" else "center"
            field = f"family.{number}.{name}"
            family.append(Place(4 + number, column, span, field=field, align=align))
    last = 4 + count
    seal = _("（盖章）　　　　\n　　年　　月　　日　")
    lower = [
        Place(last, 0, rows=2, label=_("呈报单位")),
        Place(last, 1, 6, field="reporting_unit", align="right", open_sides=("bottom",)),
        Place(last + 1, 1, 6, field="form_filled_on", align="right", open_sides=("top",)),
        Place(last + 2, 0, label=_("审批机关意见")),
        Place(last + 2, 1, 4, text=seal, align="right"),
        Place(last + 2, 5, label=_("行政机关任免意见")),
        Place(last + 2, 6, text=seal, align="right"),
    ]
    return (*upper, *family, *lower)


def _head(layout: Layout) -> list[Place]:
    third = (
        (_("到龄时间"), "retirement_month_stated")
        if layout is Layout.OF_2025
        else (_("健康状况"), "health")
    )
    rows = [
        ((_("姓名"), "name"), (_("性别"), "sex"), (_("出生年月\n（岁）"), "birth")),
        ((_("民族"), "ethnicity"), (_("籍贯"), "native_place"), (_("出生地"), "birthplace")),
        ((_("入党\n时间"), "party_text"), (_("参加工作时间"), "work_started"), third),
    ]
    if layout is Layout.OF_2025:
        title, specialty = _("专业技术职务"), _("熟悉专业有何专长")
        fourth = ((_("健康\n状况"), "health"), (title, "technical_title"), (specialty, "specialty"))
        rows.append(fourth)
    starts = ((0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1))
    places = []
    for row, pairs in enumerate(rows):
        for number, (label, field) in enumerate(pairs):
            (column, span), (value_column, value_span) = starts[2 * number : 2 * number + 2]
            places.append(Place(row, column, span, label=label))
            places.append(Place(row, value_column, value_span, field=field))
    if layout is Layout.STANDARD:
        places += [
            Place(3, 0, 2, label=_("专业技术职务")),
            Place(3, 2, 2, field="technical_title"),
            Place(3, 4, label=_("熟悉专业有何专长")),
            Place(3, 5, 2, field="specialty"),
        ]
    return [*places, Place(0, 7, rows=4, field="photo")]


def _education() -> list[Place]:
    places = [Place(4, 0, 2, rows=4, label=_("学历\n学位"))]
    modes = ((_("全日制\n教　育"), "full_time"), (_("在　职\n教　育"), "in_service"))
    for row, (label, mode) in zip((4, 6), modes, strict=True):
        places += [
            Place(row, 2, rows=2, label=label),
            Place(row, 3, 2, 2, field=f"{mode}_education", below=f"{mode}_degree"),
            Place(row, 5, rows=2, label=_("毕业院校\n系及专业")),
            Place(
                row,
                6,
                2,
                2,
                field=f"{mode}_education_school",
                below=f"{mode}_degree_school",
                align="left",
            ),
        ]
    return places


def _posts() -> list[Place]:
    rows = (
        (_("现任职务"), "current_posts_text"),
        (_("拟任职务"), "proposed_posts_text"),
        (_("拟免职务"), "removed_posts_text"),
    )
    return [
        place
        for row, (label, field) in enumerate(rows, start=8)
        for place in (
            Place(row, 0, 3, label="　".join(label)),
            Place(row, 3, 5, field=field, align="left"),
        )
    ]


def _resume() -> list[Place]:
    return [
        Place(11, 0, label=_("简　　历"), vertical=True),
        Place(11, 1, 7, field="resume_text", align="left"),
    ]
