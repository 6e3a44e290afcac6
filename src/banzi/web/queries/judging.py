"""Who meets a condition, who does not, of whom it is not known; and why, with each one's values.

The lists come from the compiled condition, the reasons of one person from the condition itself,
part by part. A missing fact is one that, being known, could decide: a part that is unknown below
others that are unknown too, not one beside which something else has decided already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from banzi.kernel.columns import Kind, Labelled
from banzi.kernel.logic import Truth
from banzi.kernel.messages import Language, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.compiling import expression
from banzi.structure.conditions import AllOf, AnyOf, Compare, Not, Tree, evaluate
from banzi.structure.vocabulary import Vocabulary
from banzi.structure.wording import sentence
from banzi.web.queries.population import Population
from banzi.web.queries.values import shown
from banzi.web.queries.words import class_of

NOT_GRANTED = _("未授权查看")
_MONTHS = MessageKind("queries/months", _("{months}个月，即{text}"))


class Part(Labelled):
    """The three lists of a query."""

    MET = "met", "符合", "meets"
    UNKNOWN = "unknown", "情况不明", "not known"
    UNMET = "unmet", "不符合", "does not meet"


_TRUTHS: dict[Part, Truth] = {Part.MET: True, Part.UNKNOWN: None, Part.UNMET: False}


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison and how a person stands to it.

    Attributes
    ----------
    truth
        None where the value does not decide.
    value
        What is on record, in words; "" where the comparison says it.
    missing
        Whether knowing it could decide about the person.
    """

    text: str
    truth: Truth
    value: str
    missing: bool

    @property
    def beside(self) -> str:
        """The value in brackets; "" where there is none to say."""
        return f"（{self.value}）" if self.value else ""

    @property
    def sign(self) -> str:
        return {True: "✓", False: "✗", None: "？"}[self.truth]

    @property
    def style(self) -> str:
        return {True: "bz-pass", False: "bz-fail", None: "bz-unknown"}[self.truth]


def judged(frame: pl.DataFrame, tree: Tree | None, words: Vocabulary) -> pl.Series:
    """For every row true, false, or null where it is not known."""
    if tree is None:
        return pl.repeat(value=True, n=frame.height, eager=True, dtype=pl.Boolean())
    return frame.select(holds=expression(tree, words))["holds"]


def part_of(frame: pl.DataFrame, holds: pl.Series, part: Part) -> pl.DataFrame:
    """The rows of one list, in the frame's order."""
    truth = _TRUTHS[part]
    wanted = holds.is_null() if truth is None else (holds == truth).fill_null(value=False)
    return frame.filter(wanted)


def counts(holds: pl.Series) -> dict[Part, int]:
    """How many stand in each list."""
    met, unknown = int(holds.sum() or 0), holds.null_count()
    return {Part.MET: met, Part.UNKNOWN: unknown, Part.UNMET: len(holds) - met - unknown}


def reasons(
    tree: Tree | None, row: Mapping[str, Any], people: Population, language: Language
) -> list[Reason]:
    """Every comparison of the condition for one row of the frame, in its order."""
    if tree is None:
        return []
    words = people.words
    return [
        Reason(
            sentence(each, words, language),
            evaluate(each, row, words),
            _value(each, row, people, language),
            missing,
        )
        for each, missing in _comparisons(tree, row, words, open_above=True)
    ]


def _value(each: Compare, row: Mapping[str, Any], people: Population, language: Language) -> str:
    word = people.words[each.column]
    if people.hides(row["person_id"], class_of(word)):
        return translate(NOT_GRANTED, language)
    text = shown(word, row, language, empty=True)
    low, high = row.get(word.low), row.get(word.high)
    if low is None or high is None:
        return text
    if word.kind is Kind.BOOLEAN:
        return ""  # the comparison says it already
    if word.kind is not Kind.INTEGER or word.unit != "month":
        return text
    # The condition counts in months, people in years.
    return _MONTHS(months=low if low == high else f"{low}—{high}", text=text).text(language)


def _comparisons(
    tree: Tree, row: Mapping[str, Any], words: Vocabulary, *, open_above: bool
) -> Iterator[tuple[Compare, bool]]:
    open_here = open_above and evaluate(tree, row, words) is None
    match tree:
        case Compare():
            yield tree, open_here
        case Not():
            yield from _comparisons(tree.part, row, words, open_above=open_here)
        case AllOf() | AnyOf():
            for part in tree.parts:
                yield from _comparisons(part, row, words, open_above=open_here)
