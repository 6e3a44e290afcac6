"""JSON of what is declared elsewhere: rows of tables, their columns, figures with those behind them.

A row carries the identifiers the records hold: codes, choices by their identifier, dates as ISO
8601 to the precision known (`1975`, `1975-03`, `1975-03-12`). With `texts=true` it carries what the
pages show beside it. A column that may not be seen is absent; one that is not known is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, get_type_hints

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, create_model

from banzi.kernel.columns import Column, Kind, Labelled, Table
from banzi.kernel.dates import YEAR_RANGE, PartialDate, month_text
from banzi.kernel.messages import Language, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.counting.figures import FigureTable
from banzi.web.records.showing import value_text
from banzi.web.shared.languages import current_language

Row = Mapping[str, Any]
BAD_DAY = MessageKind(
    "api/bad-day", _("“{day}”不是日期；请按 2026-06-30 的样式填写，年份在{first}至{last}之间")
)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != len("2026-06-30") or day.year not in YEAR_RANGE:
        bad = BAD_DAY(day=text, first=YEAR_RANGE.start, last=YEAR_RANGE.stop - 1)
        raise ValueError(bad.text(current_language()))
    return text


DAY_FORM = {"format": "date", "pattern": r"^(19|20)\d\d-\d\d-\d\d$"}
Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra=DAY_FORM)]
"""A day of an address, as a text: the pages' own readers take it from there."""

_TYPES: dict[Kind, Any] = {Kind.INTEGER: int, Kind.BOOLEAN: bool}


class Plain(Schema):
    """A shape whose fields are named by declarations, whatever their names begin with."""

    model_config = ConfigDict(protected_namespaces=(), extra="forbid")


def row_shape(table: Table, more: Mapping[str, Any] | None = None, name: str = "") -> type[Plain]:
    """The shape of a row of a table, every column by its declaration.

    Parameters
    ----------
    more
        Further fields by name: type and `Field`.
    """
    declared = {column.name: _field(column) for column in table}
    texts: Any = (dict[str, str], Field(default={}, description=_("各列在页面上的写法")))
    given: dict[str, Any] = {**declared, "texts": texts, **(more or {})}
    return create_model(
        name or f"row_of_{table.name}", __base__=Plain, __doc__=table.about, **given
    )


def _field(column: Column) -> tuple[Any, Any]:
    about = {"x-kind": column.kind.value, "x-title-en": column.en}
    if column.codes:
        about["x-codes"] = column.codes
    if column.choices is not None:
        about["x-choices"] = "、".join(f"{each.value} {each.zh}" for each in column.choices)
    if column.null:
        about["x-null"] = column.null
    return (
        _TYPES.get(column.kind, str) | None,
        Field(default=None, description=column.zh, json_schema_extra=dict(about)),
    )


def row_json(
    table: Table, row: Row, language: Language = "zh", *, texts: bool = False
) -> dict[str, Any]:
    """A row with those of the table's columns that it has."""
    there = [column for column in table if column.name in row]
    told = {column.name: value_json(column.kind, row[column.name]) for column in there}
    if texts:
        told["texts"] = {
            column.name: value_text(column, row[column.name], language) for column in there
        }
    return told


def value_json(kind: Kind, value: Any) -> Any:
    """A value as records hold it, as JSON has it."""
    if value is None:
        return None
    match kind:
        case Kind.PARTIAL_DATE:
            return PartialDate(value).dotted().replace(".", "-")
        case Kind.MONTH:
            return month_text(value).replace(".", "-")
        case Kind.DATE:
            return value.isoformat() if isinstance(value, date) else str(value)
    return value


@cache
def dataclass_shape(declared: type, name: str) -> type[Plain]:
    """The shape of a dataclass of texts, numbers and messages, which are given as texts."""
    hints = get_type_hints(declared)
    given: dict[str, Any] = {
        each.name: (_TOLD.get(hints[each.name], hints[each.name]), ...) for each in fields(declared)
    }
    return create_model(name, __base__=Plain, __doc__=declared.__doc__, **given)


_TOLD: dict[Any, Any] = {Message | str: str, Message: str}


def dataclass_json(value: Any, language: Language) -> dict[str, Any]:
    return {each.name: told(getattr(value, each.name), language) for each in fields(value)}


def told(value: Any, language: Language) -> Any:
    """A message as its text, a label as its identifier, a fraction as a number."""
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, Labelled):
        return value.value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value


class FigureColumnShape(Schema):
    key: str
    title: str
    unit: str = Field(description=_("text 文字，count 个数，share 比例，mean_age 平均月龄"))


class FigureShape(Schema):
    value: float | None = Field(description=_("数值；没有依据或事实不全时为空"))
    shown: str = Field(description=_("页面上的写法"))
    persons: list[str] = Field(description=_("计入的人员标识"))
    posts: list[str] = Field(description=_("涉及的职位标识"))
    unknown: int = Field(description=_("是否计入尚不清楚的人数"))
    light: str = Field(description=_("red、yellow、green、grey；没有预警标准时为空"))


class FigureRowShape(Schema):
    key: str
    kind: str = Field(description=_("row 行，subtotal 小计，total 合计"))
    group: str
    texts: dict[str, str]
    figures: dict[str, FigureShape]


class FigureTableShape(Schema):
    """A table of figures; each figure names the persons counted."""

    as_of: str
    columns: list[FigureColumnShape]
    rows: list[FigureRowShape]
    notes: list[str]


def figures_json(table: FigureTable, language: Language) -> dict[str, Any]:
    units = {column.key: column.unit for column in table.columns}
    return {
        "as_of": table.as_of.isoformat(),
        "columns": [
            {
                "key": column.key,
                "title": "·".join((*column.above, column.label)),
                "unit": column.unit.value,
            }
            for column in table.columns
        ],
        "rows": [
            {
                "key": row.key,
                "kind": row.kind.value,
                "group": row.group,
                "texts": dict(row.texts),
                "figures": {
                    key: {
                        "value": told(figure.value, language),
                        "shown": figure.shown(units[key], language),
                        "persons": list(dict.fromkeys(figure.persons)),
                        "posts": list(dict.fromkeys(figure.posts)),
                        "unknown": figure.unknown,
                        "light": figure.light,
                    }
                    for key, figure in row.figures.items()
                    if key in units
                },
            }
            for row in table.rows
        ],
        "notes": [note.text(language) for note in table.notes],
    }


def only(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """The row with these of its columns."""
    return {name: row[name] for name in names if name in row}
