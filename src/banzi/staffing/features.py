"""Feature columns of a bundle: conditions and values as whole numbers, nothing left unknown.

Most are columns of persons. A target over who stays or moves (`structure.placement`) asks about a
person in a post and becomes a column of candidate pairs.

An unknown fact is settled against whoever asks: 0 for "at least" and for coverage, 1 for "at most",
the worst value for a mean, the oldest band for ages. One condition asked both ways is written
twice, as `…_at_least` and `…_at_most`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from banzi.structure.compiling import expression
from banzi.structure.conditions import Compare, Tree
from banzi.structure.settling import is_protected
from banzi.structure.targets import Measure, Target
from banzi.structure.vocabulary import MEMBER_WORDS, PERSON_WORDS
from banzi.structure.wording import sentence

RESERVED = frozenset(
    {"person_id", "post_id", "must_place", "fit", "moves", "short_term", "review"}
    | {"from_other_region", "female", "minority"}
)
"""Names with a meaning of their own in a bundle."""

Key = tuple[str, int]
"""What a column holds (condition or column) and what stands for unknown."""


@dataclass(frozen=True, slots=True)
class FeatureColumn:
    """`meaning` is the condition as a sentence, or the name of the column.

    `of_pairs`: a column of candidate pairs, `values` in their order; else one of persons.
    """

    name: str
    values: pl.Series
    meaning: str
    unknown_as: int
    unknown: int
    protected: bool
    of_pairs: bool = False


class FeatureColumns:
    """Columns asked for so far; the same question gets the same column.

    `pairs` has a row per candidate pair: `PLACEMENT` and the columns of the person.
    """

    def __init__(
        self, people: pl.DataFrame, targets: Iterable[Target], pairs: pl.DataFrame | None = None
    ) -> None:
        self._people = people
        self._pairs = pairs
        self._by_key: dict[Key, FeatureColumn] = {}
        self._against: dict[str, set[int]] = {}
        for target in targets:
            self._against.setdefault(_question(target), set()).add(target.against)

    @property
    def columns(self) -> list[FeatureColumn]:
        return list(self._by_key.values())

    @property
    def person_columns(self) -> list[FeatureColumn]:
        return [column for column in self.columns if not column.of_pairs]

    @property
    def pair_columns(self) -> list[FeatureColumn]:
        return [column for column in self.columns if column.of_pairs]

    def of_target(self, target: Target) -> str:
        """Name of the column a target counts."""
        if target.measure is Measure.MEAN:
            return self.of_value(target.value, target.against)
        question = _question(target)
        hint = _hint(target.where, target.id)
        if len(self._against[question]) > 1:
            hint += "_at_most" if target.against else "_at_least"
        meaning = "" if target.where is None else sentence(target.where, MEMBER_WORDS)
        protected = target.where is not None and is_protected(target.where, MEMBER_WORDS)
        of_pairs = target.is_about_placement
        if of_pairs and self._pairs is None:
            raise ValueError("a target about placement needs candidate pairs")
        raw = target.raw(self._pairs if of_pairs and self._pairs is not None else self._people)
        return self._column((question, target.against), hint, raw, meaning, protected, of_pairs)

    def of_condition(self, where: Tree, hint: str) -> str:
        """Name of a 0/1 column for a condition, 0 when unknown."""
        question = where.model_dump_json(by_alias=True)
        raw = self._people.select(
            expression(where, PERSON_WORDS).cast(pl.Int64).alias("feature")
        ).to_series()
        meaning = sentence(where, PERSON_WORDS)
        name = _hint(where, hint)
        if len(self._against.get(question, set()) | {0}) > 1:
            name += "_at_least"
        return self._column((question, 0), name, raw, meaning, is_protected(where, PERSON_WORDS))

    def of_value(self, column: str, unknown_as: int) -> str:
        """Name of a column with the values of a person column."""
        raw = self._people[column].cast(pl.Int64)
        return self._column((column, unknown_as), column, raw, PERSON_WORDS[column].zh, False)

    def _column(
        self,
        key: Key,
        hint: str,
        raw: pl.Series,
        meaning: str,
        protected: bool,
        of_pairs: bool = False,
    ) -> str:
        if key not in self._by_key:
            taken = {column.name for column in self.columns} | RESERVED
            name, number = hint, 1
            while name in taken:
                number += 1
                name = f"{hint}_{number}"
            values = raw.fill_null(key[1])
            self._by_key[key] = FeatureColumn(
                name, values, meaning, key[1], raw.null_count(), protected, of_pairs
            )
        return self._by_key[key].name


def _question(target: Target) -> str:
    if target.measure is Measure.MEAN:
        return target.value
    return "" if target.where is None else target.where.model_dump_json(by_alias=True)


def _hint(where: Tree | None, otherwise: str) -> str:
    """The column's own name for a plain yes/no condition, else the name given."""
    if where is None:
        return "one"
    plain = isinstance(where, Compare) and where.operator == "=" and where.value is True
    return where.column if isinstance(where, Compare) and plain else f"where_{otherwise}"
