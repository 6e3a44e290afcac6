"""The units of the law's numbers, and what kind of entry each takes.

A unit is written in parts, `月；学时；天` for a table of three, each with a remark after a comma
(`占应到的比例，含本数`). A number without its unit decides nothing, so the list is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from banzi.kernel.messages import gettext_noop as _

Path = tuple[str, ...]
_FRACTION = {"numerator", "denominator"}


class Takes(StrEnum):
    """What stands for a value of a unit."""

    WHOLE = "whole"
    FRACTION = "fraction"
    TEXT = "text"


TAKES_NAMES = {
    Takes.WHOLE: _("整数"),
    Takes.FRACTION: _("比例，写作{numerator: 2, denominator: 3}"),
    Takes.TEXT: _("文字"),
}
_WHOLE = (
    "月", "年", "天", "工作日", "人", "名", "人口", "个职位", "任期", "学时", "级", "月日", "几分之一",
    "百分比", "占应选的百分比", "占代表的百分比",
)  # fmt: skip
_FRACTIONS = ("比例", "百分比", "占应到的比例", "占应选的比例", "占全体的比例")
_TEXTS = (
    "职务层次代码", "考核结论代码", "称谓代码", "学历", "地区层级", "正职类别", "机关", "应到或者实到",
    "全体代表", "进位或者舍去",
)  # fmt: skip
_REMARKS = ("含本数", "须超过", "约")
UNITS: dict[str, frozenset[Takes]] = {
    name: frozenset(
        takes
        for takes, names in (
            (Takes.WHOLE, _WHOLE), (Takes.FRACTION, _FRACTIONS), (Takes.TEXT, _TEXTS)
        )
        if name in names
    )
    for name in (*_WHOLE, *_FRACTIONS, *_TEXTS)
}  # fmt: skip
"""Chinese name of a unit → what it takes; 百分比 is written either way."""


def entries(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The entries of a value with the keys that lead to each."""
    if isinstance(value, dict) and set(value) != _FRACTION:
        for key, inner in value.items():
            yield from entries(inner, (*path, str(key)))
    else:
        yield path, value


def parts(unit: str) -> list[str]:
    """The names in a unit, without their remarks."""
    return [
        name
        for part in unit.split("；")
        for place, name in enumerate(part.split("，"))
        if place == 0 or name not in _REMARKS
    ]


def unknown_parts(unit: str) -> list[str]:
    """Names in a unit that no list has."""
    return [name for name in parts(unit) if name not in UNITS]


def is_counted(unit: str) -> bool:
    """Whether a number or a fraction stands for the unit, rather than a word or a code."""
    return any(UNITS[name] - {Takes.TEXT} for name in parts(unit))


def wrong_entries(unit: str, value: Any) -> list[Any]:
    """Entries of a value that the unit does not take; the unit must be known."""
    kinds = frozenset[Takes]().union(*(UNITS[name] for name in parts(unit)))
    return [entry for path, entry in entries(value) if not _fits(entry, kinds, in_table=bool(path))]


def _fits(entry: Any, kinds: frozenset[Takes], *, in_table: bool) -> bool:
    """Tables may hold lists of names, and yes or no, beside their numbers."""
    if isinstance(entry, bool):
        return in_table
    if isinstance(entry, int):
        return Takes.WHOLE in kinds
    if isinstance(entry, str):
        return Takes.TEXT in kinds
    if isinstance(entry, dict):
        both = [entry.get(name) for name in ("numerator", "denominator")]
        return Takes.FRACTION in kinds and all(type(part) is int and part > 0 for part in both)
    if isinstance(entry, list):
        names = in_table or Takes.TEXT in kinds
        return bool(entry) and (
            (names and all(isinstance(each, str) for each in entry))
            or (Takes.WHOLE in kinds and all(type(each) is int for each in entry))
        )
    return False


def expected_by(unit: str) -> list[Takes]:
    """What a unit takes, for messages."""
    kinds = frozenset[Takes]().union(*(UNITS[name] for name in parts(unit)))
    return [each for each in Takes if each in kinds]
