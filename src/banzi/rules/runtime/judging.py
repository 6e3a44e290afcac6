"""Rules over many persons and posts: the frame each one reads, its verdicts, the pairs' adjustments.

A rule is evaluated once for each combination of the post features it depends on (`of_post`) over
all persons, or over the answers they have where those are few; verdicts are bytes, spread over the
posts that share the combination. A fact that few pairs have (kin seated near a post) is evaluated
for these pairs alone. After that come whoever holds the very post, and waivers on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.facts.derive import Facts
from banzi.facts.pairs import PairFacts, post_features
from banzi.facts.relatives import NO_KIN, kin_circle, kin_pairs, kin_seated
from banzi.facts.tenures import months_in_post_pairs
from banzi.facts.waivers import waiver_pairs, waiver_rows
from banzi.kernel.few_rows import picked
from banzi.law import Law, ValueInForce
from banzi.roster import Roster
from banzi.roster.lookup import RowsBy
from banzi.rules.runtime.compiling import Compiled, compile_rule
from banzi.rules.runtime.declaring import Check, Rule
from banzi.rules.runtime.frames import Frame, derive_at_once, facts_of_pair, frames_of
from banzi.rules.runtime.verdicts import FAIL, PASS, REVIEW

Ranks = npt.NDArray[np.uint8]
MANY = 1_000
"""Persons from which facts are worked out in threads; of fewer, starting those costs more."""


@dataclass(frozen=True)
class Case:
    """What is judged: persons and posts (with features) of a roster on a day.

    Attributes
    ----------
    about
        The roster of the persons judged; `roster` is the whole one, with their kin.
    """

    roster: Roster
    about: Roster
    as_of: date
    law: Law
    posts: pl.DataFrame

    def on(self, day: date) -> Case:
        """The same persons and posts on another day."""
        return replace(self, as_of=day)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.about, self.as_of, self.law)

    @cached_property
    def pair_facts(self) -> PairFacts:
        return PairFacts(self.facts, self.posts)

    @property
    def persons(self) -> pl.DataFrame:
        """The persons with all their facts, also those that no rule reads (`facts.derive`)."""
        return self.facts.whole

    @property
    def person_ids(self) -> pl.Series:
        return self.facts.person_ids

    @property
    def shape(self) -> tuple[int, int]:
        """Number of posts, number of persons."""
        return self.posts.height, len(self.person_ids)

    @cached_property
    def held(self) -> npt.NDArray[np.bool_]:
        """Posts × persons: who holds which of the posts on the day."""
        return self._marked(self.facts.seats)

    @cached_property
    def waivers(self) -> pl.DataFrame:
        return waiver_rows(self.about, self.as_of)

    def waived(self, rule: Rule) -> npt.NDArray[np.bool_]:
        """Posts × persons: exceptions to the rule agreed to by the day, in time and reasoned."""
        if not (self.waivers.height and rule.waivable_by):
            return self._none
        return self._marked(
            self.waivers.filter(
                (pl.col("rule_id") == rule.id)
                & pl.col("is_reasoned")
                & pl.col(f"in_time_for_{rule.waivable_before}")
            )
        )

    @cached_property
    def _none(self) -> npt.NDArray[np.bool_]:
        return np.zeros(self.shape, dtype=bool)

    def _marked(self, pairs: pl.DataFrame) -> npt.NDArray[np.bool_]:
        marked = np.zeros(self.shape, dtype=bool)
        marked[self.places_of(pairs)[1:]] = True
        return marked

    def places_of(
        self, pairs: pl.DataFrame
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Row in `pairs`, post and person by number, of those pairs that are judged."""
        found = [
            (row, self._post_at[post], self._person_at[person])
            for row, (post, person) in enumerate(picked(pairs, "post_id", "person_id").iter_rows())
            if post in self._post_at and person in self._person_at
        ]
        rows, posts, persons = np.array(found, dtype=np.int64).reshape(-1, 3).T
        return rows, posts, persons

    @cached_property
    def _post_at(self) -> dict[str, int]:
        return {post: row for row, post in enumerate(self.posts["post_id"])}

    @cached_property
    def _person_at(self) -> dict[str, int]:
        return {person: row for row, person in enumerate(self.person_ids)}

    @cached_property
    def post_row(self) -> dict[str, Any]:
        """Of a single post: its features."""
        return self.posts.row(0, named=True)

    def row_of_pair(self, table: str) -> dict[str, Any]:
        """Of a single pair: its row in a table of pairs (`facts.pairs.BY_PAIR`), or nothing."""
        found: pl.DataFrame = getattr(self, table)
        rows = self.places_of(found)[0].tolist() if found.height else []
        return found.row(rows[0], named=True) if rows else {}

    @cached_property
    def kin_pairs(self) -> pl.DataFrame:
        """Pairs of post and person judged that have kin there, or somebody to confirm."""
        law, circle = self.law.at(self.as_of), self._kin_circle
        if circle is None:
            return NO_KIN
        pairs = kin_pairs(circle, law)
        return kin_seated(circle, pairs, self.as_of, law, self.posts["post_id"])

    @property
    def _kin_circle(self) -> Roster | None:
        whole = self.about is self.roster
        return self.roster if whole else kin_circle(self.roster, self.person_ids.to_list())

    @cached_property
    def tenure_pairs(self) -> pl.DataFrame:
        return months_in_post_pairs(self.facts)

    @cached_property
    def waiver_pairs(self) -> pl.DataFrame:
        return waiver_pairs(self.about, self.as_of)


@dataclass(frozen=True)
class Outcome:
    """A rule's answer for every post and person of a case.

    Attributes
    ----------
    ranks
        Posts × persons, verdicts by rank.
    """

    case: Case
    compiled: Compiled
    ranks: Ranks
    make_frame: Callable[[], Frame]
    said: Mapping[str, Any] | None = None
    """Of a single pair: what `row` gives, where that is known already."""

    @cached_property
    def frame(self) -> Frame:
        """The rows the rule is evaluated on."""
        return self.make_frame()

    @property
    def rule(self) -> Rule:
        return self.compiled.rule

    @property
    def check(self) -> Check:
        return self.compiled.check

    @property
    def parameters(self) -> tuple[ValueInForce, ...]:
        return self.compiled.parameters

    @property
    def held(self) -> npt.NDArray[np.bool_]:
        return self.case.held

    @cached_property
    def waived(self) -> npt.NDArray[np.bool_]:
        """Posts × persons: an exception is on record, and the rule allows one there."""
        waived = self.case.waived(self.rule)
        if self.check.waivable is None or not waived.any():
            return waived
        allowed = self.frame.rows.select(allowed=self.check.waivable.fill_null(False))
        spread: npt.NDArray[np.bool_] = self.frame.spread(allowed["allowed"].to_numpy())
        return waived & spread

    @cached_property
    def told(self) -> pl.DataFrame:
        """Rows of the frame: what the check says of each (`Compiled.told`)."""
        told = self.compiled.told
        return self.frame.rows.with_columns(**told).select(*told)

    def row(self, post: int, person: int) -> dict[str, Any]:
        """What is said of a post and a person (`Compiled.completed`), and the facts read."""
        if self.said is not None:
            return dict(self.said)
        at = self.frame.row(post, person)
        told = self.told.row(at, named=True)
        return self.frame.facts_of(at) | self.compiled.completed(told)


def make_case(
    roster: Roster,
    as_of: date,
    law: Law,
    post_ids: Sequence[str] | None = None,
    person_ids: Sequence[str] | None = None,
) -> Case:
    """Posts and persons left out of the lists are not judged; facts are derived as rules ask."""
    about = roster if person_ids is None else roster.about(person_ids)
    posts = roster.keep("post features", lambda: post_features(roster))
    if post_ids is not None:
        by_id = roster.keep("post features by id", lambda: RowsBy(posts, "post_id"))
        posts = by_id.rows(*post_ids)
    return Case(roster, about, as_of, law, posts)


def judge(case: Case, rules: Sequence[Rule], *, shown: bool = False) -> list[Outcome]:
    """Evaluate rules that are in force; with `shown`, what messages say in the same step.

    Rules that read the same rows are evaluated together: a frame costs more than a rule.
    """
    compiled = [compile_rule(rule, case.law, case.as_of) for rule in rules]
    if case.shape[1] >= MANY:
        derive_at_once(case, compiled)
    judged = _judged_pair if case.shape == (1, 1) else _judged
    found: dict[str, Outcome] = {}
    for outcome in judged(case, compiled, shown=shown):
        _adjust(outcome)
        found[outcome.rule.id] = outcome
    return [found[rule.id] for rule in rules]


def _judged(case: Case, rules: Sequence[Compiled], *, shown: bool) -> Iterator[Outcome]:
    """Outcomes before exceptions and holders."""
    for frame, together in frames_of(case, rules):
        asked = [each.told if shown else each.answers for each in together]
        told = frame.rows.with_columns(
            expression.alias(f"{each.rule.id}|{name}")
            for each, columns in zip(together, asked, strict=True)
            for name, expression in columns.items()
        )
        ranks = told.select(each.rank for each in together)
        for each, columns, rank_of_row in zip(together, asked, ranks, strict=True):
            spread = frame.spread(rank_of_row.to_numpy())
            outcome = Outcome(case, each, spread, partial(_same, frame))
            if shown:
                outcome.__dict__["told"] = pl.DataFrame(
                    [told[f"{each.rule.id}|{name}"].alias(name) for name in columns]
                )
            yield outcome


def _same(frame: Frame) -> Frame:
    return frame


def _judged_pair(case: Case, rules: Sequence[Compiled], *, shown: bool) -> Iterator[Outcome]:
    """The same for one post and one person: their row alone, as far as it can be worked out so."""
    for facts, make_frame, together in facts_of_pair(case, rules):
        for each in together:
            try:
                said = each.of_row(facts, shown=shown)
            except (ArithmeticError, LookupError, ValueError):
                yield from _judged(case, [each], shown=shown)
                continue
            ranks = np.array([[said.pop("rank")]], dtype=np.uint8)
            row = facts | each.completed(said) if shown else None
            yield Outcome(case, each, ranks, make_frame, row)


def _adjust(outcome: Outcome) -> None:
    """Exceptions on record, and whoever holds the very post."""
    rule, ranks, case = outcome.rule, outcome.ranks, outcome.case
    if rule.waivable_by and case.waivers.height:
        ranks[(ranks == FAIL) & outcome.waived] = REVIEW
    if rule.for_holder == "skipped":
        ranks[case.held] = PASS
    elif rule.for_holder == "softened":
        ranks[case.held & (ranks == FAIL)] = REVIEW
