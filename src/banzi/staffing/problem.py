"""A staffing problem, read and found free of error: the words of the bundle as Python values.

Positions (`post`, `person`, `team`) are places in the tuples of the problem, from 0; identifiers
stay text. Quantities are whole numbers as in the bundle (months, permille, 0/1).
Made by `reading`; turned into rows by `model`. Nothing here solves anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

from banzi.kernel.errors import Problem as Finding
from banzi.kernel.sequences import SequenceOfTuples
from banzi.staffing.bundle import Bundle

Feature = TypeVar("Feature", int, npt.NDArray[np.int64])


class Scope(StrEnum):
    SAME_TEAM = "same_team"
    LINE_OF_COMMAND = "line_of_command"


class Measure(StrEnum):
    COUNT = "count"
    SHARE_PERMILLE = "share_permille"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Post:
    """`teams`: one team, or the two of a concurrent post."""

    post_id: str
    teams: tuple[int, ...]
    incumbent_person_id: str | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two persons who may not sit together; `number` counts exclusions from 1, as in the file."""

    number: int
    person_a: int
    person_b: int
    scope: Scope
    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """One linear form over assignments in scope, and the side it must lie on.

    `posts`: the posts in scope. `values`: the text of the scope, empty for `all`.
    `priority` and `weight` are None for hard targets.
    """

    target_id: str
    scope_table: str
    scope_column: str
    scope_values: tuple[str, ...]
    posts: frozenset[int]
    measure: Measure
    feature: str
    op: str
    bound: int
    hard: bool
    priority: int | None
    weight: int | None
    citation: str

    def coefficient(self, feature: Feature) -> Feature:
        """What an assignment with this feature value, or each of several, adds to the left side."""
        match self.measure:
            case Measure.COUNT:
                return feature
            case Measure.SHARE_PERMILLE:
                return 1000 * feature - self.bound
            case Measure.MEAN:
                return feature - self.bound

    @property
    def right_side(self) -> int:
        return self.bound if self.measure is Measure.COUNT else 0

    @property
    def unit(self) -> int:
        """Left-side units in one unit of shortfall; a part of one counts as one."""
        return 1000 if self.measure is Measure.SHARE_PERMILLE else 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """`gains[k]` for the (k+1)-th member of a team with a feature above 0, for each feature."""

    features: tuple[str, ...]
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """Members of a team in one band beyond the cap cost `excess` (≤ 0) each.

    `cap` is a number, or None where it is the team's seats divided by `seats_per_cap`, rounded up.
    """

    feature: str
    edges: tuple[int, ...]
    cap: int | None
    seats_per_cap: int
    excess: int

    def cap_of(self, seats: int) -> int:
        return self.cap if self.cap is not None else -(-seats // self.seats_per_cap)


@dataclass(frozen=True, slots=True)
class Tier:
    """One goal: the sum of its terms."""

    name: str
    vacancy: int
    displaced: int
    soft_priority: int | None
    pair_terms: Mapping[str, int]
    coverage: Coverage | None
    bands: Bands | None


class Pairs(SequenceOfTuples[tuple[int, int]]):
    """Pairs (post, person) in two arrays."""

    def __init__(self, post: npt.ArrayLike, person: npt.ArrayLike) -> None:
        self.post = np.array(post, np.int32)
        self.person = np.array(person, np.int32)

    def __len__(self) -> int:
        return len(self.post)

    @overload
    def __getitem__(self, place: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, place: slice) -> Pairs: ...
    def __getitem__(self, place: int | slice) -> tuple[int, int] | Pairs:
        if isinstance(place, slice):
            return Pairs(self.post[place], self.person[place])
        return int(self.post[place]), int(self.person[place])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.post.tolist(), self.person.tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the optimiser knows. `pairs` are (post, person), in the order of the file.

    `person_features[name][person]`, `pair_features[name][pair]`: the columns in use.
    `superiors[team]`: position of the direct superior team, None at the top.
    """

    name: str
    as_of: date
    persons: tuple[str, ...]
    must_place: tuple[bool, ...]
    teams: tuple[str, ...]
    superiors: tuple[int | None, ...]
    posts: tuple[Post, ...]
    pairs: Pairs
    person_features: Mapping[str, Sequence[int]]
    pair_features: Mapping[str, Sequence[int]]
    exclusions: tuple[Exclusion, ...]
    targets: tuple[Target, ...]
    tiers: tuple[Tier, ...]
    pins: tuple[tuple[int, int], ...]
    bans: tuple[tuple[int, int], ...]
    bundle: Bundle
    sha256: str
    warnings: tuple[Finding, ...] = ()

    def feature_of_pair(self, name: str, pair: int) -> int:
        """The value of a person or pair column for one pair."""
        if name in self.pair_features:
            return self.pair_features[name][pair]
        return self.person_features[name][self.pairs[pair][1]]

    def posts_of_team(self, team: int) -> tuple[int, ...]:
        """The seats of a team, concurrent posts among them."""
        return tuple(place for place, post in enumerate(self.posts) if team in post.teams)
