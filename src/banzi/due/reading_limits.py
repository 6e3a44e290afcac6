"""The settings file of an office's rules about age, read to its end; every problem with its line.

    congress: 2026-11                       # 换届月
    post_age_limits:
      - title: 市级班子副职任职年龄界限
        where: 层级=市级 且 正副职=副职
        age: 58岁
        since: 2025-01-01
        source: 澜组发〔2025〕3号
    nomination_limits:
      - title: 市级班子副职提名年龄
        where: 层级=市级 且 正副职=副职
        new: 不满57岁
        again: 不超过58岁
        since: 2026-01-01
        source: 换届人事安排意见

Ages are written `58岁`, `58岁6个月`; a bound `不满57岁`, `不超过57岁` or `1968年11月以后出生`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from banzi.due.limits import AgeLimits, NominationLimit, PostAgeLimit
from banzi.kernel.dates import Precision, month_index, parse_partial_date
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.settling import months_or_number, read_condition, refuse_protected
from banzi.structure.vocabulary import POST_WORDS
from banzi.structure.yaml_file import UNKNOWN_KEY, Written, model_message, read_yaml

WRONG_AGE = MessageKind("due/wrong-age", _("“{value}”不是年龄；请写作58岁或58岁6个月"))
WRONG_BOUND = MessageKind(
    "due/wrong-bound", _("“{value}”不能识别；请写作“不满57岁”“不超过57岁”或“1968年11月以后出生”")
)
WRONG_MONTH = MessageKind("due/wrong-month", _("“{value}”不是年月；请写作2026-11"))
WRONG_DAY = MessageKind("due/wrong-day", _("“{value}”不是日期；请写作2025-01-01"))
NOT_A_LIST = MessageKind("due/not-a-list", _("“{key}”下面应逐条列出，每条以“- ”开头"))

_UNDER = re.compile(r"(?:不满|未满|小于)(.+?岁(?:\d+个?月)?)")
_AT_MOST = re.compile(r"(?:不超过(.+?岁(?:\d+个?月)?)|(.+?岁(?:\d+个?月)?)(?:及)?以下)")
_BORN_FROM = re.compile(r"(\d{4}[年.．-]\d{1,2}月?)(?:\(含\)|（含）)?(?:及)?以后(?:出生)?")
_SECTIONS: dict[str, type[BaseModel]] = {
    "post_age_limits": PostAgeLimit,
    "nomination_limits": NominationLimit,
}
_KEYS = {"congress", *_SECTIONS}


class _Flawed(Exception):
    """A value that has been reported."""


def read_limits(file: Path, shown_as: str = "") -> AgeLimits:
    """The office's rules about age.

    Raises
    ------
    BadInput
        With every problem, as `file:line:column`.
    """
    log = ProblemLog()
    written = read_yaml(file, log, shown_as)
    limits = None if written is None else _Reader(written, log).limits()
    log.stop_if_any()
    assert limits is not None  # noqa: S101 - anything else was logged
    return limits


def read_bound(text: str) -> dict[str, int] | None:
    """`不满57岁` → fields of `limits.Bound`; None for anything else."""
    plain = "".join(text.split())
    if match := _UNDER.fullmatch(plain):
        months = _age(match[1])
        return None if months is None else {"under_months": months}
    if match := _AT_MOST.fullmatch(plain):
        written = match[1] or match[2]
        months = _age(written)
        if months is None:
            return None
        # Ages are counted in completed years, or months where months are written.
        return {"under_months": months + (1 if "月" in written else 12)}
    if match := _BORN_FROM.fullmatch(plain):
        month = _month(match[1])
        return None if month is None else {"born_from": month}
    return None


def _age(text: str) -> int | None:
    return None if text.isdigit() else months_or_number(text, "month")


def _month(text: str) -> int | None:
    found = parse_partial_date(text)
    if found is None or found.precision is not Precision.MONTH:
        return None
    return month_index(found.year, found.month)


class _Reader:
    def __init__(self, written: Written, log: ProblemLog) -> None:
        self.written, self.log = written, log

    def limits(self) -> AgeLimits | None:
        before = len(self.log)
        data: dict[str, Any] = {}
        for key in self.written.data:
            if key not in _KEYS:
                self.log.add(UNKNOWN_KEY(key=key), self.written.at(key))
        if self.written.data.get("congress") is not None:
            data["congress"] = self._try(self._month_at, "congress")
        for key, model in _SECTIONS.items():
            rows = self.written.data.get(key) or []
            if not isinstance(rows, list):
                self.log.add(NOT_A_LIST(key=key), self.written.at(key))
                continue
            data[key] = [self._rule(model, key, place) for place in range(len(rows))]
        return AgeLimits.model_validate(data) if len(self.log) == before else None

    def _rule(self, model: type[BaseModel], key: str, place: int) -> BaseModel | None:
        before = len(self.log)
        data = self._row(key, place)
        if data is None:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            reported = {name for name, value in data.items() if value is None}
            flaws = [flaw for flaw in error.errors() if flaw["loc"][:1] not in
                     {(name,) for name in reported}]  # fmt: skip
            for flaw in flaws:
                name = ".".join(str(part) for part in flaw["loc"])
                message = model_message(flaw["type"], name, flaw["input"])
                self.log.add(message, self.written.at(key, place, *flaw["loc"]))
            assert len(self.log) > before  # noqa: S101 - every flaw has been reported
            return None

    def _row(self, key: str, place: int) -> dict[str, Any] | None:
        """The row with its values read; None for a value that has been reported."""
        row = self.written.data[key][place]
        if not isinstance(row, dict):
            self.log.add(NOT_A_LIST(key=key), self.written.at(key, place))
            return None
        readers: dict[str, Callable[..., Any]] = {
            "where": self._condition,
            "since": self._day_at,
            "until": self._day_at,
            "age": self._age_at,
            "congress": self._month_at,
            "new": self._bound_at,
            "again": self._bound_at,
        }
        return {
            name: self._try(readers[name], key, place, name) if name in readers else value
            for name, value in row.items()
            if value is not None
        }

    def _try(self, reader: Callable[..., Any], *path: str | int) -> Any:
        try:
            return reader(*path)
        except _Flawed:
            return None

    def _at(self, path: tuple[str | int, ...]) -> tuple[str, Location]:
        value: Any = self.written.data
        for part in path:
            value = value[part]
        return str(value).strip(), self.written.at(*path)

    def _month_at(self, *path: str | int) -> Any:
        return self._read(path, _month, WRONG_MONTH)

    def _age_at(self, *path: str | int) -> Any:
        return self._read(path, _age, WRONG_AGE)

    def _bound_at(self, *path: str | int) -> Any:
        return self._read(path, read_bound, WRONG_BOUND)

    def _day_at(self, *path: str | int) -> Any:
        return self._read(path, _day, WRONG_DAY)

    def _read(
        self, path: tuple[str | int, ...], read: Callable[[str], Any], kind: MessageKind
    ) -> Any:
        text, at = self._at(path)
        found = read(text)
        if found is None:
            self.log.add(kind(value=text), at)
            raise _Flawed
        return found

    def _condition(self, *path: str | int) -> object:
        text, at = self._at(path)
        before = len(self.log)
        tree = read_condition(text, POST_WORDS, lambda message: self.log.add(message, at))
        if tree is not None:
            refuse_protected(tree, POST_WORDS, lambda message: self.log.add(message, at))
        if len(self.log) > before:
            raise _Flawed
        return tree


def _day(text: str) -> date | None:
    found = parse_partial_date(text)
    return None if found is None else found.earliest
