"""Conditions typed as text: `出生年份>=1980 且（县（旗）领导经历 或 基层工作经历（月）>=2年）`.

For a cell of the workbook template and for anybody who would rather type than click. Columns by
identifier or Chinese name; 且 binds closer than 或; a yes/no column may stand alone. Reads shape
only: whether columns and values fit is settled afterwards (`settling`).
"""

from __future__ import annotations

from collections.abc import Callable

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.conditions import AllOf, AnyOf, Compare, Not, Operator, Tree
from banzi.structure.vocabulary import Vocabulary

NOT_READ = MessageKind(
    "condition/not-read",
    _("条件“{text}”自第{position}个字起无法识别（{rest}）；应写作：出生年份>=1980 且 性别=女"),
)

_OPERATORS: tuple[tuple[str, Operator], ...] = (
    ("不小于", ">="),
    ("不早于", ">="),
    ("不大于", "<="),
    ("不晚于", "<="),
    ("不等于", "!="),
    ("不为", "!="),
    ("大于等于", ">="),
    ("小于等于", "<="),
    ("大于", ">"),
    ("晚于", ">"),
    ("小于", "<"),
    ("早于", "<"),
    ("至少", ">="),
    ("至多", "<="),
    ("等于", "="),
    ("属于", "in"),
    ("开头为", "starts_with"),
    ("为", "="),
    (">=", ">="),
    ("≥", ">="),
    ("＞=", ">="),
    ("<=", "<="),
    ("≤", "<="),
    ("＜=", "<="),
    ("!=", "!="),
    ("<>", "!="),
    ("≠", "!="),
    ("==", "="),
    ("=", "="),
    ("＝", "="),
    (">", ">"),
    ("＞", ">"),
    ("<", "<"),
    ("＜", "<"),
)
_AND = ("并且", "且", "&&", "and ")
_OR = ("或者", "或", "||", "or ")
_NOT = ("非", "不满足", "not ")
_OPEN, _CLOSE = "(（", ")）"
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}
_SEPARATORS = "、,，"


def parse(text: str, words: Vocabulary, say: Callable[[Message], None]) -> Tree | None:
    """The tree of a text, or None after saying where it could not be read."""
    reader = _Reader(text, words)
    try:
        tree = reader.alternatives()
        reader.blanks()
        if reader.at < len(text):
            raise _Stuck
    except _Stuck:
        rest = text[reader.at : reader.at + 8] or "…"
        say(NOT_READ(text=text, position=min(reader.at + 1, len(text) + 1), rest=rest))
        return None
    return tree


class _Stuck(Exception):
    """The text does not go on as it should at the reader's place."""


class _Reader:
    def __init__(self, text: str, words: Vocabulary) -> None:
        self.text, self.words, self.at = text, words, 0

    def alternatives(self) -> Tree:
        parts = [self._joint()]
        while self._take(_OR):
            parts.append(self._joint())
        return parts[0] if len(parts) == 1 else AnyOf(parts=tuple(parts))

    def blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _joint(self) -> Tree:
        parts = [self._single()]
        while self._take(_AND):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else AllOf(parts=tuple(parts))

    def _single(self) -> Tree:
        if self._take(tuple(_OPEN)):
            inner = self.alternatives()
            self._need(tuple(_CLOSE))
            return inner
        if column := self._take(tuple(self.words.words)):
            return self._comparison(column)
        if self._take(_NOT):
            return Not(part=self._single())
        raise _Stuck

    def _comparison(self, column: str) -> Compare:
        sign = self._take(tuple(sign for sign, _ in _OPERATORS))
        if sign is None:
            return Compare(column=column, operator="=", value=True)
        operator = dict(_OPERATORS)[sign]
        values = [self._value()]
        while self._take(tuple(_SEPARATORS)):
            values.append(self._value())
        if self._take(("之一",)):
            operator = "in"
        if operator == "in":
            return Compare(column=column, operator="in", value=tuple(values))
        if len(values) > 1:
            raise _Stuck
        return Compare(column=column, operator=operator, value=values[0])

    def _value(self) -> str:
        self.blanks()
        opening = self.text[self.at : self.at + 1]
        if closing := _QUOTES.get(opening):
            end = self.text.find(closing, self.at + 1)
            if end < 0:
                raise _Stuck
            value, self.at = self.text[self.at + 1 : end], end + 1
            return value
        start = self.at
        while self.at < len(self.text) and not self._ends_value():
            self.at += 1
        if start == self.at:
            raise _Stuck
        return self.text[start : self.at]

    def _ends_value(self) -> bool:
        here = self.text[self.at]
        stops = ("且", "或", "并且", "之一", "&&", "||")
        return (
            here.isspace() or here in _CLOSE + _SEPARATORS or self.text.startswith(stops, self.at)
        )

    def _take(self, options: tuple[str, ...]) -> str | None:
        self.blanks()
        for option in options:
            if self.text.startswith(option, self.at):
                self.at += len(option)
                return option
        return None

    def _need(self, options: tuple[str, ...]) -> None:
        if self._take(options) is None:
            raise _Stuck
