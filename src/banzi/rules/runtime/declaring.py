"""How a rule is written down: a decorator with its citation, and the `Check` its function gives.

    @must(id="document/article/slug", title=_("…"), cites=["AR/8.1"], since="2019-03-03",
          about="person", reads=["service_months"])
    def name(at: Context) -> Check: ...

`must` turns a known breach into `fail`, `generally` into `review`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import polars as pl

from banzi.facts.waivers import Before
from banzi.law import LawAt, ValueInForce

About = Literal["person", "appointment", "team", "rank"]
"""What a rule gives one verdict for: a person for every post alike, a person and a post, a team as
it sits, or a person and the next rank (职级)."""
ForHolder = Literal["applies", "softened", "skipped"]


@dataclass(frozen=True)
class Check:
    """What a rule says, as expressions over the facts.

    Attributes
    ----------
    holds
        Boolean, null where the facts cannot decide.
    shows
        Values that messages and results name.
    otherwise
        Message for a breach, with placeholders from `shows`.
    applies
        Where false the rule asks nothing (verdict pass, message `elsewhere`); null is unknown
        unless `holds` is true anyway.
    lenient
        Where true a breach is for people to decide (a 一般 case, a period known from memory).
    doubt
        Where true the rule holds but people must decide (`doubtful` says why); null is unknown.
    changes_on
        Day from which the verdict changes by itself, nothing in the records changing; null where
        it does not, or cannot be told.
    satisfied, undecided
        Messages for a pass and for an unknown, "" for none.
    waivable
        Where not true no exception is possible even if the rule knows some (越两级).
    """

    holds: pl.Expr
    otherwise: str
    shows: Mapping[str, pl.Expr] = field(default_factory=dict)
    applies: pl.Expr | None = None
    elsewhere: str = ""
    lenient: pl.Expr | None = None
    doubt: pl.Expr | None = None
    doubtful: str = ""
    changes_on: pl.Expr | None = None
    satisfied: str = ""
    undecided: str = ""
    waivable: pl.Expr | None = None


class Context:
    """What a rule may ask: the day, and values of the law on it (each use is noted)."""

    def __init__(self, law: LawAt) -> None:
        self.as_of: date = law.as_of
        self.used: list[ValueInForce] = []
        self._law = law

    def value(self, parameter: str) -> Any:
        """The value in force; raises `NotInForce` where there is none, which makes `unknown`."""
        value = self._law.value(parameter)
        found = self._law.find(parameter)
        if found is not None and all(used.parameter is not found.parameter for used in self.used):
            self.used.append(found)
        return value


@dataclass(frozen=True)
class Rule:
    """One rule: citation, dates, what it reads, who may waive it, and its check.

    Attributes
    ----------
    cites
        Clause ids; the first is the clause whose grade the rule has.
    reads
        Facts that must be known; a name without `_low`/`_high` stands for a span's two columns.
    also_reads
        Facts whose null is an answer.
    of_post
        Features of the post in which verdicts may differ (`facts.pairs.post_features`).
    for_holder
        For whoever holds the very post: `skipped` (a condition of entry), `softened` (a breach is
        for review) or `applies`.
    waivable_by
        Who may agree to an exception, "" when nobody may.
    waivable_before
        By when they must have agreed: the discussion (AR/35), or already the vetting.
    """

    id: str
    title: str
    cites: tuple[str, ...]
    since: date
    until: date | None
    about: About
    reads: tuple[str, ...]
    also_reads: tuple[str, ...]
    of_post: tuple[str, ...]
    for_holder: ForHolder
    waivable_by: str
    waivable_before: Before
    is_must: bool
    check: Callable[[Context], Check]

    def in_force(self, as_of: date) -> bool:
        return self.since <= as_of and (self.until is None or as_of < self.until)


def must(**declared: Any) -> Callable[[Callable[[Context], Check]], Rule]:
    """Declare a 必须/应当/不得 rule; see `Rule` for the names."""
    return _declare(is_must=True, **declared)


def generally(**declared: Any) -> Callable[[Callable[[Context], Check]], Rule]:
    """Declare a 一般/原则上 rule: a breach is for people to decide."""
    return _declare(is_must=False, **declared)


def _declare(
    *,
    is_must: bool,
    id: str,
    title: str,
    cites: Sequence[str],
    since: str,
    about: About,
    reads: Sequence[str],
    until: str = "",
    also_reads: Sequence[str] = (),
    of_post: Sequence[str] = (),
    for_holder: ForHolder = "applies",
    waivable_by: str = "",
    waivable_before: Before = "discussion",
) -> Callable[[Callable[[Context], Check]], Rule]:
    def declare(check: Callable[[Context], Check]) -> Rule:
        return Rule(
            id=id,
            title=title,
            cites=tuple(cites),
            since=date.fromisoformat(since),
            until=date.fromisoformat(until) if until else None,
            about=about,
            reads=tuple(reads),
            also_reads=tuple(also_reads),
            of_post=tuple(of_post),
            for_holder=for_holder,
            waivable_by=waivable_by,
            waivable_before=waivable_before,
            is_must=is_must,
            check=check,
        )

    return declare
