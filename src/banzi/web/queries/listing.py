"""Columns, order and texts of a list of people.

Every column is one declared elsewhere: a column of `persons`, a fact, or a word about seats. Which
of them an account may choose follows from its field classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from banzi.kernel.columns import FieldClass, Kind
from banzi.kernel.messages import Language
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.structure.vocabulary import Field, fields_of
from banzi.web.queries.population import Population
from banzi.web.queries.values import shown
from banzi.web.queries.words import QUERY_WORDS, class_of

_LEFT_OUT = frozenset(
    {
        *("person_id", "name", "photo_sha256", "form_version", "source_id", "source_place"),
        *("recorded_on", "resume_text", "current_post_id", "level_order", "retirement_track"),
        *("age_counted_on", "form_filled_on", "is_woman", "is_minority"),
    }
)
_WIDE = {"current_posts_text": 60.0, "current_posts_short": 40.0, "first_team": 30.0}
_FIRST_SHOWN = (
    *("current_posts_text", "sex", "ethnicity", "birth", "native_place", "party_joined"),
    *("work_started", "education_tier", "full_time_education", "in_service_education"),
    *("post_level", "post_level_since", "post_since", "rank", "first_team"),
)
DEFAULT = (
    *("current_posts_text", "sex", "birth", "party_joined", "full_time_education"),
    *("post_level", "post_since"),
)
MOST_COLUMNS = 24

ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rank": (_("按职务排列"), ("rank_place",)),
    "strokes": (_("按姓氏笔画"), ()),
    "birth": (_("按出生年月"), ("birth",)),
    "level": (_("按任现职务层次时间"), ("post_level_since",)),
    "work": (_("按参加工作时间"), ("work_started",)),
    "party": (_("按入党时间"), ("party_joined",)),
}
"""Earliest first; whoever has no such date or place stands last, by 姓氏笔画 among equals."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column one may choose: heading, class, and what it says of a row."""

    word: Field
    field_class: FieldClass

    @property
    def name(self) -> str:
        return self.word.name

    def heading(self, language: Language = "zh") -> str:
        """The name without the unit and the key of numbers, which the texts say themselves."""
        if language != "zh":
            return self.word.en.partition(" (")[0].removesuffix(" in months")
        text = self.word.zh.replace("时间（月）", "年限").removesuffix("（月）")
        return text.partition("（")[0] if self.name.endswith("_tier") else text

    @property
    def width(self) -> float:
        if self.name in _WIDE:
            return _WIDE[self.name]
        return 30 if self.word.kind is Kind.TEXT else 20

    @property
    def is_left(self) -> bool:
        return self.word.kind is Kind.TEXT

    def text(self, row: Mapping[str, Any], language: Language) -> str:
        return shown(self.word, row, language)


@cache
def catalogue() -> dict[str, ListColumn]:
    """Every column there is, those most asked for first."""
    words = {word.name: word for word in fields_of(PERSONS)}
    words.update({word.name: word for word in QUERY_WORDS})
    names = [*_FIRST_SHOWN, *(name for name in words if name not in _FIRST_SHOWN)]
    return {
        name: ListColumn(words[name], class_of(words[name]))
        for name in names
        if name not in _LEFT_OUT
    }


def columns_for(classes: Iterable[FieldClass]) -> list[ListColumn]:
    """The columns an account with these classes may choose."""
    held = frozenset(classes)
    return [each for each in catalogue().values() if each.field_class in held]


def chosen(names: Sequence[str], classes: Iterable[FieldClass]) -> list[ListColumn]:
    """The columns of these names, in the order given; those that may not be chosen left out."""
    held = frozenset(classes)
    known = catalogue()
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    return [each for each in found if each.field_class in held][:MOST_COLUMNS]


def ordered(frame: pl.DataFrame, order: str) -> pl.DataFrame:
    """The rows in an order of `ORDERS`."""
    _title, columns = ORDERS[order]
    there = [name for name in columns if name in frame.columns]
    return frame.sort(*there, "stroke_place", nulls_last=True, maintain_order=True)


def rows_of(
    frame: pl.DataFrame, people: Population, columns: Sequence[ListColumn], language: Language
) -> list[dict[str, Any]]:
    """What a list shows of each row: `person_id`, `name`, `cells` (texts), and the `row` itself."""
    return [
        {
            "person_id": row["person_id"],
            "name": row["name"],
            "cells": [each.text(row, language) for each in columns],
            "row": row,
        }
        for row in frame.iter_rows(named=True)
    ]
