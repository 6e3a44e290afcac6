"""From what people write to a settled condition: identifiers for names, typed values, or messages.

Accepts a tree (YAML, form) or a text (`parsing`). Every wrong column, operator and value of a tree
is reported, not only the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from banzi.codes.lookup import load
from banzi.kernel.columns import Kind
from banzi.kernel.dates import parse_partial_date
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.conditions import AllOf, AnyOf, Compare, Condition, Not, Tree, comparisons
from banzi.structure.parsing import parse
from banzi.structure.vocabulary import FAVOURED, HAN, ORDERED, Field, Vocabulary

Say = Callable[[Message], None]

UNKNOWN_COLUMN = MessageKind(
    "condition/unknown-column",
    _("条件中的“{column}”不是可用的字段；可用字段见 banzi roster schema persons"),
)
WRONG_OPERATOR = MessageKind(
    "condition/wrong-operator", _("“{column}”不能用“{operator}”比较；可用：{allowed}")
)
WRONG_VALUE = MessageKind(
    "condition/wrong-value", _("“{column}”的取值“{value}”不对，应为{expected}")
)
WRONG_SHAPE = MessageKind(
    "condition/wrong-shape",
    _("条件写法不对：应为一句条件，或含 column、operator、value 的一组，或 all、any、not"),
)
PROTECTED_COLUMN = MessageKind(
    "condition/protected-column",
    _("性别、民族只能用于注明依据的最低配备目标，此处不得使用“{column}”；请删去这一条件"),
)
NOT_A_MINIMUM = MessageKind(
    "condition/not-a-minimum",
    _("“{column}”只能写成对女干部或少数民族干部的最低要求，不得反过来限制；请改写条件"),
)

_EXPECTED: dict[Kind, str] = {
    Kind.INTEGER: _("整数"),
    Kind.BOOLEAN: _("是或否"),
    Kind.DATE: _("日期，如 2026.06"),
    Kind.PARTIAL_DATE: _("日期，如 1980.01"),
    Kind.MONTH: _("年月，如 2026.06"),
}
_LISTED = MessageKind("condition/listed-values", _("下列之一：{values}"))
_IN_TABLE = MessageKind("condition/value-in-table", _("代码表“{table}”中的名称或代码"))
_KIND_WANTED = {
    kind: MessageKind(f"condition/wanted-{kind}", text) for kind, text in _EXPECTED.items()
}
_TEXT_WANTED = MessageKind("condition/wanted-text", _("文字"))

_TRUE = frozenset({"是", "true", "yes", "1", "有"})
_FALSE = frozenset({"否", "false", "no", "0", "无", "没有"})
_SPAN_OF_TIME = re.compile(r"(?:(\d+)(?:岁|周岁|年))?(?:(\d+)个?月)?")
_TREE: TypeAdapter[Tree] = TypeAdapter(Condition)


class ConditionError(BanziError):
    """A condition that cannot be used; carries every message."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__(messages[0])
        self.messages = messages


def condition(written: str | Mapping[str, Any] | Tree, words: Vocabulary) -> Tree:
    """A settled condition from text, mapping or tree.

    Raises
    ------
    ConditionError
        With every message.
    """
    messages: list[Message] = []
    settled = read_condition(written, words, messages.append)
    if settled is None or messages:
        raise ConditionError(messages)
    return settled


def read_condition(written: object, words: Vocabulary, say: Say) -> Tree | None:
    """A settled condition, or None after saying everything that is wrong with it."""
    if isinstance(written, str):
        tree = parse(written, words, say)
    elif isinstance(written, Compare | AllOf | AnyOf | Not):
        tree = written
    else:
        try:
            tree = _TREE.validate_python(written)
        except ValidationError:
            say(WRONG_SHAPE())
            return None
    return None if tree is None else _settled(tree, words, say)


def refuse_protected(tree: Tree, words: Vocabulary, say: Say) -> None:
    """Say that protected columns have no place here, once for each."""
    for name in sorted({each.column for each, _positive in comparisons(tree)}):
        if words[name].protected:
            say(PROTECTED_COLUMN(column=words[name].zh))


def refuse_ceiling(tree: Tree, words: Vocabulary, say: Say) -> None:
    """Say where a protected column is used other than in favour of women or minorities."""
    for each, positive in comparisons(tree):
        word = words[each.column]
        if word.protected and not (positive and _favours(each)):
            say(NOT_A_MINIMUM(column=word.zh))


def is_protected(tree: Tree, words: Vocabulary) -> bool:
    return any(words[each.column].protected for each, _positive in comparisons(tree))


def _favours(comparison: Compare) -> bool:
    if comparison.operator not in ("=", "in"):
        return False
    values = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    if comparison.column == "ethnicity":
        return HAN not in values
    return set(values) == {FAVOURED.get(comparison.column)}


def _settled(tree: Tree, words: Vocabulary, say: Say) -> Tree | None:
    match tree:
        case Compare():
            return _comparison(tree, words, say)
        case Not():
            part = _settled(tree.part, words, say)
            return None if part is None else Not(part=part)
        case AllOf() | AnyOf():
            parts = [_settled(part, words, say) for part in tree.parts]
            kept = tuple(part for part in parts if part is not None)
            return type(tree)(parts=kept) if len(kept) == len(parts) else None


def _comparison(written: Compare, words: Vocabulary, say: Say) -> Compare | None:
    word = words.find(written.column)
    if word is None:
        say(UNKNOWN_COLUMN(column=written.column))
        return None
    allowed = allowed_operators(word)
    if written.operator not in allowed:
        say(WRONG_OPERATOR(column=word.zh, operator=written.operator, allowed=" ".join(allowed)))
        return None
    several = written.operator == "in"
    given = written.value if isinstance(written.value, tuple) else (written.value,)
    if (not several and len(given) != 1) or not given:
        say(WRONG_VALUE(column=word.zh, value=list(given), expected=_wanted(word)))
        return None
    read = _prefix if written.operator == "starts_with" else _value
    values = [read(value, word) for value in given]
    for value, found in zip(given, values, strict=True):
        if found is None:
            say(WRONG_VALUE(column=word.zh, value=value, expected=_wanted(word)))
    settled = [value for value in values if value is not None]
    if len(settled) != len(given):
        return None
    return Compare(
        column=word.name,
        operator=written.operator,
        value=tuple(settled) if several else settled[0],
    )


def allowed_operators(word: Field) -> tuple[str, ...]:
    if word.kind in ORDERED:
        return ("=", "!=", "<", "<=", ">", ">=", "in")
    if word.kind is Kind.BOOLEAN:
        return ("=", "!=")
    return ("=", "!=", "in") if word.choices is not None else ("=", "!=", "in", "starts_with")


def _wanted(word: Field) -> Message:
    if word.choices is not None:
        return _LISTED(values="、".join(choice.zh for choice in word.choices))
    if word.codes:
        return _IN_TABLE(table=word.codes)
    return _KIND_WANTED.get(word.kind, _TEXT_WANTED)()


def _prefix(value: Any, word: Field) -> str | None:
    text = str(value).strip()
    return text or None


def _value(value: Any, word: Field) -> bool | int | str | None:
    text = str(value).strip()
    if word.kind is Kind.BOOLEAN:
        lowered = text.lower()
        return True if lowered in _TRUE else False if lowered in _FALSE else None
    if word.kind is Kind.INTEGER:
        return months_or_number(text, word.unit)
    if word.kind in (Kind.DATE, Kind.PARTIAL_DATE):
        partial = parse_partial_date(text)
        return None if partial is None else int(partial)
    if word.kind is Kind.MONTH:
        partial = parse_partial_date(text)
        return int(partial) // 100 * 100 if partial and partial.month else None
    if word.choices is not None:
        choice = word.choices.from_zh(text)
        return str(choice) if choice else text if text in list(word.choices) else None
    if word.codes:
        match = load(word.codes).find(text)
        return match.code if match else None
    return text or None


def months_or_number(text: str, unit: str) -> int | None:
    """`540`, or for months also `45岁`, `2年`, `45岁6个月`, `18个月`; None for anything else."""
    if re.fullmatch(r"-?\d{1,9}", text):
        return int(text)
    match = _SPAN_OF_TIME.fullmatch(text)
    if unit != "month" or match is None or not text:
        return None
    return 12 * int(match[1] or 0) + int(match[2] or 0)
