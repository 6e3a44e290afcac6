"""A settled condition as a sentence: “性别为女 且 出生年份不小于1980”.

The Chinese sentence can be read back by `parsing`, so what a page shows is what a person may type.
"""

from __future__ import annotations

from typing import Any

from banzi.codes.lookup import load
from banzi.kernel.columns import Kind
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import Language, name_in, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.conditions import AllOf, AnyOf, Compare, Not, Tree
from banzi.structure.vocabulary import DATES, Field, Vocabulary

SPECIAL = frozenset('（）()“”"、，,且或非为不<>=≥≤≠！! 之')
"""Characters that must stand between quotes inside a value."""

_NUMBERS = {
    "=": _("{column}为{value}"),
    "!=": _("{column}不为{value}"),
    "<": _("{column}小于{value}"),
    "<=": _("{column}不大于{value}"),
    ">": _("{column}大于{value}"),
    ">=": _("{column}不小于{value}"),
    "in": _("{column}为{value}之一"),
    "starts_with": _("{column}开头为{value}"),
}
_DATES = {
    "<": _("{column}早于{value}"),
    "<=": _("{column}不晚于{value}"),
    ">": _("{column}晚于{value}"),
    ">=": _("{column}不早于{value}"),
}
_AND, _OR, _NOT = _(" 且 "), _(" 或 "), _("非（{condition}）")
_GROUP = _("（{condition}）")
YES, NO = _("是"), _("否")


def sentence(tree: Tree, words: Vocabulary, language: Language = "zh") -> str:
    """The condition in words; parts of other kinds stand in brackets."""
    match tree:
        case Compare():
            word = words[tree.column]
            dated = word.kind in DATES or word.kind is Kind.MONTH
            templates = {**_NUMBERS, **_DATES} if dated else _NUMBERS
            shown: Any = (
                [value_text(value, word, language) for value in tree.value]
                if isinstance(tree.value, tuple)
                else value_text(tree.value, word, language)
            )
            values = {"column": word.label(language), "value": shown}
            return render(templates[tree.operator], values, language)
        case Not():
            inner = sentence(tree.part, words, language)
            return render(_NOT, {"condition": inner}, language)
        case AllOf() | AnyOf():
            joint = translate(_AND if isinstance(tree, AllOf) else _OR, language)
            return joint.join(
                render(_GROUP, {"condition": sentence(part, words, language)}, language)
                if isinstance(part, AllOf | AnyOf)
                else sentence(part, words, language)
                for part in tree.parts
            )


def value_text(value: Any, word: Field, language: Language = "zh") -> str:
    """One settled value as people write it."""
    if word.kind is Kind.BOOLEAN:
        return translate(YES if value else NO, language)
    if word.kind in DATES or word.kind is Kind.MONTH:
        return PartialDate(value).dotted()
    if word.choices is not None:
        choice = next(choice for choice in word.choices if choice == value)
        return name_in(choice, language)
    text = _name_of_code(word.codes, value) if word.codes else str(value)
    return f"“{text}”" if not text or SPECIAL & set(text) else text


def _name_of_code(table: str, code: str) -> str:
    row = load(table).row(code)
    # A short name may stand for two codes; the full name never does.
    return code if row is None or load(table).find(row.name) is None else row.name
