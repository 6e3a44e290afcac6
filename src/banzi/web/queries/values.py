"""Values as people read them in a list: `1980.05`, `44岁10个月`, `县处级副职`, `2年至3年1个月`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from banzi.codes.lookup import name_of
from banzi.facts.times import AGE_MONTHS
from banzi.kernel.columns import Kind
from banzi.kernel.dates import PartialDate, month_text
from banzi.kernel.messages import Language, MessageKind, name_in, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.vocabulary import Field
from banzi.web.queries.words import NO_SEAT

NOT_KNOWN = _("不掌握")
WITHOUT_SEAT = _("不在班子任职")
YES, NO = _("是"), _("否")
_AGE = MessageKind("queries/age", _("{years}岁{months}个月"))
_AGE_EVEN = MessageKind("queries/age-even", _("{years}岁"))
_TIME = MessageKind("queries/time", _("{years}年{months}个月"))
_TIME_EVEN = MessageKind("queries/time-even", _("{years}年"))
_TIME_SHORT = MessageKind("queries/time-short", _("{months}个月"))
_SPAN = MessageKind("queries/span", _("{low}至{high}"))


def shown(word: Field, row: Mapping[str, Any], language: Language, *, empty: bool = False) -> str:
    """The value of a word in a row; "" for what is not known, or 不掌握 with `empty`."""
    low, high = row.get(word.low), row.get(word.high)
    if low is None and high is None:
        return translate(NOT_KNOWN, language) if empty else ""
    if low == high or not word.is_span:
        return _text(word, low if low is not None else high, language)
    ends = [
        translate(NOT_KNOWN, language) if each is None else _text(word, each, language)
        for each in (low, high)
    ]
    return _SPAN(low=ends[0], high=ends[1]).text(language)


def _text(word: Field, value: Any, language: Language) -> str:
    match word.kind:
        case Kind.BOOLEAN:
            return translate(YES if value else NO, language)
        case Kind.PARTIAL_DATE:
            return PartialDate(value).dotted()
        case Kind.DATE:
            return f"{value:%Y.%m.%d}"
        case Kind.MONTH:
            return month_text(value)
        case Kind.INTEGER:
            return _months(word, value, language) if word.unit == "month" else str(value)
    if value == NO_SEAT:
        return translate(WITHOUT_SEAT, language) if word.name.startswith("first_") else ""
    if word.choices is not None:
        choice = word.choices.from_value(value)
        return str(value) if choice is None else name_in(choice, language)
    return (name_of(word.codes, value) or str(value)) if word.codes else str(value)


def _months(word: Field, value: int, language: Language) -> str:
    years, months = divmod(value, 12)
    if word.name == AGE_MONTHS:
        said = _AGE(years=years, months=months) if months else _AGE_EVEN(years=years)
    elif not years:
        said = _TIME_SHORT(months=months)
    else:
        said = _TIME(years=years, months=months) if months else _TIME_EVEN(years=years)
    return said.text(language)
