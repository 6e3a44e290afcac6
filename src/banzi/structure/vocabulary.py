"""The words a condition may use: declared columns of persons, derived facts, posts and teams.

Names, types and Chinese names come from the declarations; a pair `…_low`, `…_high` becomes one
word that is unknown between its two bounds. Left out on purpose: identity (name, ID number), long
form texts, health, sanctions and conclusions (cited rules judge those), and `retirement_track`,
which tells a person's sex under another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from banzi.facts.declared import PERSON_FACTS
from banzi.kernel.columns import Column, Kind, Labelled
from banzi.kernel.messages import Language, name_in
from banzi.people import PERSONS
from banzi.people.choices import Sex
from banzi.people.provenance import PROVENANCE
from banzi.structure.placement import FACTS, PLACEMENT
from banzi.teams import ORGANS, POSTS, TEAMS

ORDERED = frozenset({Kind.INTEGER, Kind.MONTH, Kind.DATE, Kind.PARTIAL_DATE})
"""Kinds whose values can be larger or smaller."""

DATES = frozenset({Kind.DATE, Kind.PARTIAL_DATE})

_TEXTS_OF_PERSONS = frozenset(
    {
        "native_place",
        "birthplace",
        "growth_place",
        "person_category",
        "management_status",
        "management_category",
        "technical_title",
        "specialty",
        "reporting_organ",
        "establishment_kind",
        "current_post_id",
    }
)
_LEFT_OUT = frozenset(
    {
        "retirement_track",
        "retirement_is_verified",
        "age_counted_on",
        "form_filled_on",
        "sanctions_end_on",
        "sanctions_bar_until",
        "sanction_effect",
    }
) | {column.name for column in PROVENANCE}

FAVOURED: dict[str, bool | str] = {"is_woman": True, "is_minority": True, "sex": str(Sex.FEMALE)}
"""Protected column → the value that a minimum target may ask for; for ethnicity, all but 汉."""

HAN = "01"
"""Code of 汉族 in GB/T 3304; a minimum of the majority would be a ceiling for all others."""


@dataclass(frozen=True, slots=True)
class Field:
    """One word: `low` and `high` are the columns it reads, the same one unless it is a span."""

    name: str
    zh: str
    en: str
    kind: Kind
    low: str
    high: str
    codes: str = ""
    choices: type[Labelled] | None = None
    unit: str = ""
    protected: bool = False

    @property
    def is_span(self) -> bool:
        return self.low != self.high

    def label(self, language: Language = "zh") -> str:
        return name_in(self, language)


class Vocabulary:
    """Words by identifier or Chinese name."""

    def __init__(self, name: str, fields: Iterable[Field]) -> None:
        self.name = name
        self._fields = {field.name: field for field in fields}

    def __iter__(self) -> Iterator[Field]:
        return iter(self._fields.values())

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def find(self, word: str) -> Field | None:
        """The field with this identifier or Chinese name, or None."""
        return self._by_word.get(word.strip())

    @cached_property
    def _by_word(self) -> dict[str, Field]:
        return {**{field.zh: field for field in self}, **self._fields}

    @cached_property
    def words(self) -> list[str]:
        """Identifiers and Chinese names, longest first, as a reader of text must try them."""
        return sorted(self._by_word, key=lambda word: (-len(word), word))


def fields_of(columns: Iterable[Column]) -> Iterator[Field]:
    """The words of some columns; `…_low` and `…_high` are one word."""
    listed = {column.name: column for column in columns}
    for column in listed.values():
        base = column.name.removesuffix("_low")
        if column.name.endswith("_low") and f"{base}_high" in listed:
            yield Field(
                base,
                column.zh.removesuffix("（至少）"),
                column.en.removesuffix(", at least"),
                column.kind,
                column.name,
                f"{base}_high",
                unit=column.unit,
                protected=column.protected,
            )
        elif not column.name.endswith("_high"):
            yield Field(
                column.name,
                column.zh,
                column.en,
                column.kind,
                column.name,
                column.name,
                column.codes,
                column.choices,
                column.unit,
                column.protected,
            )


def _of_persons() -> Iterator[Column]:
    for column in (*PERSONS, *PERSON_FACTS):
        named = column.kind is not Kind.TEXT or column.name in _TEXTS_OF_PERSONS
        if named and column.name not in _LEFT_OUT:
            yield column


def _of_teams() -> Iterator[Column]:
    for name in ("team_id", "team_name", "team_kind", "region"):
        yield TEAMS[name]
    yield ORGANS["region_tier"]


def _of_posts() -> Iterator[Column]:
    for name in (
        "post_id",
        "post_name",
        "post_level",
        "role",
        "duty_head",
        "is_elected",
        "counts_against_quota",
    ):
        yield POSTS[name]
    yield from _of_teams()


PERSON_WORDS = Vocabulary("persons", fields_of(_of_persons()))
PLACEMENT_WORDS = Vocabulary("placement", fields_of(PLACEMENT[name] for name in FACTS))
MEMBER_WORDS = Vocabulary("members", (*PERSON_WORDS, *PLACEMENT_WORDS))
"""Words of a target: facts of a person, and those of a person in a post."""
TEAM_WORDS = Vocabulary("teams", fields_of(_of_teams()))
POST_WORDS = Vocabulary("posts", fields_of(_of_posts()))
"""A post is described with each of its teams; a condition holds when it holds with one of them."""
