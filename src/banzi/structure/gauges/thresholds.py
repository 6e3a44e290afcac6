"""Thresholds of the lights: which figure is red, which yellow, and which document says so.

    thresholds:
      - gauge: 三年内离任占比
        red: ">=50%"
        yellow: ">=33%"
        source: 市委组织部〔2026〕3号文件第五条

Red is looked at first, then yellow; what is neither is green. A threshold without a source colours
nothing: the figure stays grey and the page says why. Gauges about women and ethnic minorities take
minimum requirements only (`<`, `<=`): they can never be red for being many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from banzi.kernel.columns import Labelled
from banzi.kernel.errors import ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.counting.figures import Figure, Unit
from banzi.structure.settling import months_or_number
from banzi.structure.yaml_file import MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE, Written


class Light(Labelled):
    """Colour of a figure, and the word printed beside it."""

    RED = "red", "红", "red"
    YELLOW = "yellow", "黄", "yellow"
    GREEN = "green", "绿", "green"
    GREY = "grey", "未判定", "grey"


Operator = Literal[">=", ">", "<=", "<"]

NO_SUCH_GAUGE = MessageKind("gauges/no-such-gauge", _("没有“{gauge}”这项指标；可用：{choices}"))
BAD_BOUND = MessageKind(
    "gauges/bad-bound",
    _("“{key}”写作“{value}”不对：应为比较号加数，如 >=50%、>3、<1、>=55岁"),
)
NO_BOUND = MessageKind("gauges/no-bound", _("“{gauge}”须写红（red）或黄（yellow）的界限"))
GAUGE_TWICE = MessageKind(
    "gauges/gauge-twice", _("“{gauge}”的界限写了两次（另见第{row}行）；请只留一处")
)
ONLY_TOO_FEW = MessageKind(
    "gauges/only-too-few",
    _("“{gauge}”涉及性别或民族，界限只能是“少于”（<、<=）多少，不得因人数多而亮灯；请改写"),
)
OTHER_WAY = MessageKind(
    "gauges/other-way", _("“{gauge}”的红、黄界限方向不一致或红不比黄更严；请改写")
)
_BOUND = re.compile(r"(>=|≥|<=|≤|>|＞|<|＜)\s*(.+)")
_SIGNS: dict[str, Operator] = {
    ">=": ">=",
    "≥": ">=",
    "<=": "<=",
    "≤": "<=",
    ">": ">",
    "＞": ">",
    "<": "<",
    "＜": "<",
}
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d))?\s*[%％]")
KEYS = ("gauge", "red", "yellow", "source")


@dataclass(frozen=True, slots=True)
class Bound:
    """`>= 1/2`; a share as a fraction of one, an age in months."""

    op: Operator
    value: Fraction
    written: str

    def holds(self, value: Fraction) -> bool:
        match self.op:
            case ">=":
                return value >= self.value
            case ">":
                return value > self.value
            case "<=":
                return value <= self.value
            case _:
                return value < self.value


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a gauge is red or yellow, and where that comes from ("" leaves it grey)."""

    gauge: str
    red: Bound | None
    yellow: Bound | None
    source: str

    def light(self, value: int | Fraction | None) -> Light:
        """The colour of a value; grey where it is not known or no source is given."""
        if value is None or not self.source:
            return Light.GREY
        number = Fraction(value)
        if self.red is not None and self.red.holds(number):
            return Light.RED
        if self.yellow is not None and self.yellow.holds(number):
            return Light.YELLOW
        return Light.GREEN


def light_of(rule: Threshold | None, figure: Figure, unit: Unit, members: int) -> Light:
    """The colour of a figure; grey where those who are not known might change it.

    `members` is how many the figure is a share of.
    """
    if rule is None or figure.value is None:
        return Light.GREY
    least = Fraction(figure.value)
    if not figure.unknown:
        return rule.light(least)
    if unit is Unit.MEAN_AGE:
        return Light.GREY
    most = least + Fraction(figure.unknown, max(members, 1) if unit is Unit.SHARE else 1)
    low, high = rule.light(least), rule.light(most)
    return low if low is high else Light.GREY


@dataclass(frozen=True, slots=True)
class Measured:
    """What reading needs to know of a gauge."""

    id: str
    zh: str
    unit: Unit
    only_too_few: bool


def read_thresholds(
    written: Written, gauges: Sequence[Measured], log: ProblemLog
) -> tuple[Threshold, ...]:
    """Thresholds of a targets file; every flaw goes to the log with its place."""
    listed = written.data.get("thresholds") or []
    if not isinstance(listed, list):
        log.add(WRONG_VALUE(key="thresholds", value=str(listed)), written.at("thresholds"))
        return ()
    by_word = {word: gauge for gauge in gauges for word in (gauge.id, gauge.zh)}
    found: list[Threshold] = []
    seen: dict[str, int] = {}
    for place, row in enumerate(listed):
        at = written.at("thresholds", place)
        if not isinstance(row, Mapping):
            log.add(WRONG_VALUE(key="thresholds", value=str(row)), at)
            continue
        for key in row:
            if key not in KEYS:
                log.add(UNKNOWN_KEY(key=key), written.at("thresholds", place, key))
        name = str(row.get("gauge") or "")
        gauge = by_word.get(name)
        if not name:
            log.add(MISSING_KEY(key="gauge"), at)
        elif gauge is None:
            choices = [each.zh for each in gauges]
            said = NO_SUCH_GAUGE(gauge=name, choices=choices)
            log.add(said, written.at("thresholds", place, "gauge"))
        else:
            if gauge.id in seen:
                log.add(GAUGE_TWICE(gauge=gauge.zh, row=seen[gauge.id]), at)
            seen.setdefault(gauge.id, at.row or 0)
            found += _threshold(row, gauge, written, place, log)
    return tuple(found)


def _threshold(
    row: Mapping[str, Any], gauge: Measured, written: Written, place: int, log: ProblemLog
) -> list[Threshold]:
    bounds: dict[str, Bound | None] = {}
    for key in ("red", "yellow"):
        text = row.get(key)
        bounds[key] = None if text is None else read_bound(str(text), gauge.unit)
        if text is not None and bounds[key] is None:
            log.add(BAD_BOUND(key=key, value=text), written.at("thresholds", place, key))
            return []
    red, yellow = bounds["red"], bounds["yellow"]
    at = written.at("thresholds", place)
    if red is None and yellow is None:
        log.add(NO_BOUND(gauge=gauge.zh), at)
        return []
    given = [bound for bound in (red, yellow) if bound is not None]
    if gauge.only_too_few and any(bound.op[0] == ">" for bound in given):
        log.add(ONLY_TOO_FEW(gauge=gauge.zh), at)
        return []
    if red is not None and yellow is not None and not _stricter(red, yellow):
        log.add(OTHER_WAY(gauge=gauge.zh), at)
        return []
    return [Threshold(gauge.id, red, yellow, str(row.get("source") or "").strip())]


def read_bound(text: str, unit: Unit) -> Bound | None:
    """`>=50%`, `<1`, `>=55岁`; None when it cannot be read for this unit."""
    match = _BOUND.fullmatch(text.strip())
    if match is None:
        return None
    op, number = _SIGNS[match[1]], match[2].strip()
    percent = _PERCENT.fullmatch(number)
    if unit is Unit.SHARE:
        if percent is None:
            return None
        value = Fraction(10 * int(percent[1]) + int(percent[2] or 0), 1000)
    else:
        whole = months_or_number(number, "month" if unit is Unit.MEAN_AGE else "")
        if whole is None:
            return None
        value = Fraction(whole)
    return Bound(op, value, f"{op}{number}")


def _stricter(red: Bound, yellow: Bound) -> bool:
    """Red lies beyond yellow on the same side."""
    if red.op[0] != yellow.op[0]:
        return False
    return red.value > yellow.value if red.op[0] == ">" else red.value < yellow.value
