"""A value of a declared column as people read it: dates as 1975.03, codes and choices by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from banzi.codes.lookup import find
from banzi.kernel.columns import Column, Kind, Table
from banzi.kernel.dates import PartialDate, month_text
from banzi.kernel.messages import Language, name_in, translate
from banzi.kernel.messages import gettext_noop as _

YES, NO = _("是"), _("否")
_WORDS = {"in_office": (_("在任"), _("已免")), "in_force": (_("现行"), _("已终止"))}
"""Columns whose yes and no have names of their own."""


def value_text(column: Column, value: Any, language: Language = "zh") -> str:
    """The text of a value; "" for one that is not known (`column.null` says what that means)."""
    if value is None:
        return ""
    match column.kind:
        case Kind.PARTIAL_DATE:
            return PartialDate(value).dotted()
        case Kind.MONTH:
            return month_text(value)
        case Kind.DATE:
            day = value if isinstance(value, date) else date.fromisoformat(value)
            return PartialDate.from_date(day).dotted()
        case Kind.BOOLEAN:
            return translate(_WORDS.get(column.name, (YES, NO))[0 if value else 1], language)
        case Kind.CODE:
            found = find(column.codes, value)
            return found.wording if found else str(value)
        case Kind.CHOICE:
            assert column.choices is not None  # noqa: S101 - a choice column names its list
            chosen = column.choices.from_value(value)
            if chosen is None:
                return str(value)
            return name_in(chosen, language)
        case _:
            return str(value)


def title_of(declared: Column | Table, language: Language = "zh") -> str:
    """The name of a column or table in a language."""
    return name_in(declared, language)
