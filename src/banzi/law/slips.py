"""Slips in law files, each in a plain sentence that says how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from banzi.kernel.errors import Location, Problem
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law.units import TAKES_NAMES

UNREADABLE = MessageKind(
    "law/unreadable", _("从这里起不是有效的YAML；请检查缩进、引号和冒号（冒号后面空一格）")
)
WRONG_DATE = MessageKind(
    "law/wrong-date", _("没有“{value}”这一天；请改成真实日期，写作2019-03-03，不加引号")
)
REPEATED_KEY = MessageKind(
    "law/repeated-key", _("“{key}”写了两次，前一处会被覆盖；请删去一处（生效日期重叠也属此类）")
)
EMPTY_FILE = MessageKind(
    "law/empty-file", _("文件没有内容；请照同目录其他文件填写，不需要的请删去")
)
MISSING_FIELD = MessageKind("law/missing-field", _("缺少“{field}”；请补上，填写{hint}"))
STRAY_FIELD = MessageKind("law/stray-field", _("不认识“{field}”这一项；请检查拼写，或者删去"))
NOT_ONE_OF = MessageKind("law/not-one-of", _("“{value}”不在允许的取值内，只能是{expected}；请改正"))
EMPTY_TEXT = MessageKind("law/empty-text", _("“{field}”不能为空；请填写{hint}"))
WRONG_SHAPE = MessageKind(
    "law/wrong-shape", _("“{field}”应为{hint}，现为“{value}”；请照同目录其他文件改正")
)
ENDS_FIRST = MessageKind(
    "law/ends-first",
    _("失效日期（until）{until}应当晚于施行日期（in_force_from）{start}；请核对两处日期"),
)
ID_ELSEWHERE = MessageKind(
    "law/id-elsewhere",
    _("条款“{name}”应以“{document}/”开头；请改正编号，或者移到所属文件"),
)
NO_VALUES = MessageKind(
    "law/no-values", _("至少要有一个生效日期，且每个日期都要有值；请写作“2019-03-03: 值”")
)
SHAPES_DIFFER = MessageKind(
    "law/shapes-differ", _("各生效日期的值写法不一（有的是数，有的是表）；请统一写法")
)
STRAY_GRADE = MessageKind(
    "law/stray-grade", _("grades中的日期{days}在values中没有；请改正日期，或者删去")
)
UNKNOWN_UNIT = MessageKind(
    "law/unknown-unit",
    _("不认识单位“{unit}”；请改用：{known}（几种单位之间用“；”，比例之后可注“，含本数”）"),
)
WRONG_ENTRY = MessageKind(
    "law/wrong-entry",
    _("{since}起的值“{value}”与单位“{unit}”不符，应为{expected}；请改正（数字不加引号）"),
)
_CUSTOM = {
    kind.code: kind
    for kind in (
        ENDS_FIRST,
        ID_ELSEWHERE,
        NO_VALUES,
        SHAPES_DIFFER,
        STRAY_GRADE,
        UNKNOWN_UNIT,
        WRONG_ENTRY,
        NOT_ONE_OF,
    )
}

_PLACES = {WRONG_ENTRY.code: ["values"]}
_A_DATE = _("日期，如2019-03-03")
_TEXT = _("文字")
_HINTS = {
    "grade": _("依据等级：V（现行文本）、V-old（旧版）、V-2nd（转述）或者MEM（凭记忆）"),
    "grades": _("日期和依据等级"),
    "force": _("M（应当）、G（一般）、P（程序）或者D（定义）"),
    "cites": _("所依据条款的编号，如AR/8.1"),
    "checked_on": _("与原文核对的日期；尚未核对的写null"),
    "in_force_from": _A_DATE,
    "until": _A_DATE,
    "values": _("生效日期和值，如“2019-03-03: 12”"),
    "unit": _("中英文单位，如{zh: 月, en: month}"),
    "title": _("中英文名称，如{zh: 名称, en: name}"),
    "fact": _("中英文内容，如{zh: 内容, en: fact}"),
    "reading": _("中英文理解，如{zh: 理解, en: reading}"),
    "labels": _("各项的名称"),
    "clauses": _("条款编号和条款"),
    "division": _("六位行政区划代码，加引号"),
    "source": _("文件的名称和文号"),
}
_DATES = ("date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact", "date_type")
_LOOKS_LIKE_A_DAY = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")


def slips_of(error: ValidationError, file: Path) -> Iterator[Problem]:
    """Every slip a model found, at its field."""
    for each in error.errors():
        place = [str(part) for part in each["loc"] if part != "[key]"]
        place = place or _PLACES.get(each["type"], [])
        message = _message(each["type"], place, each["input"], each.get("ctx", {}))
        yield Problem(message, Location(str(file), column=".".join(place)))


def _message(kind: str, place: list[str], value: Any, context: Mapping[str, Any]) -> Message:
    field = place[-1] if place else ""
    hint = _HINTS.get(field, _TEXT)
    if kind in _CUSTOM:
        return _CUSTOM[kind](**_named(context))
    if kind in _DATES:
        return WRONG_DATE(value=value)
    if kind in ("enum", "literal_error"):
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return NOT_ONE_OF(value=value, expected=allowed.replace(", ", "、"))
    if kind == "missing":
        return MISSING_FIELD(field=field, hint=hint)
    if kind == "extra_forbidden":
        return STRAY_FIELD(field=field)
    if not place:
        return EMPTY_FILE()
    if kind == "string_too_short":
        return EMPTY_TEXT(field=field, hint=hint)
    return WRONG_SHAPE(field=field, hint=hint, value=value)


def _named(context: Mapping[str, Any]) -> dict[str, Any]:
    """What a unit takes by the name that people know."""
    if "expected" in context and isinstance(context["expected"], list):
        return {**context, "expected": [TAKES_NAMES[each] for each in context["expected"]]}
    return dict(context)


def wrong_days(text: str, file: Path) -> Iterator[Problem]:
    """Days written in a file that do not exist, each at its line."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _LOOKS_LIKE_A_DAY.findall(line):
            try:
                date(*(int(part) for part in found.split("-")))
            except ValueError:
                yield Problem(WRONG_DATE(value=found), Location(str(file), row=number))
