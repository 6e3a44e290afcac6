"""All persons against all posts on a day: one verdict a pair, one verdict a rule and pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from banzi.law import Law, load_law
from banzi.roster import Roster
from banzi.rules.catalogue import RULES
from banzi.rules.runtime.algebra import PackedVerdicts, packed_verdicts
from banzi.rules.runtime.compiling import SHOWN, compile_rule
from banzi.rules.runtime.judging import Case, Outcome, Ranks, judge, make_case
from banzi.rules.runtime.verdicts import PASS, RANKED, UNKNOWN

_NAMES = pl.Series("verdict", [verdict.value for verdict in RANKED])


@dataclass(frozen=True)
class Screening:
    """Verdicts of posts × persons, kept by rule; the frames are made when asked for."""

    case: Case
    outcomes: tuple[Outcome, ...]

    @property
    def as_of(self) -> date:
        return self.case.as_of

    @property
    def facts(self) -> pl.DataFrame:
        """The facts frame that was judged (`facts.derive`)."""
        return self.case.facts.whole

    @cached_property
    def ranks(self) -> Ranks:
        """Posts × persons: the overall verdict by rank (fail > unknown > review > pass).

        On a day without any rule in force nothing was checked, so every pair is unknown.
        """
        highest = np.full(self.case.shape, PASS if self.outcomes else UNKNOWN, dtype=np.uint8)
        for outcome in self.outcomes:
            np.maximum(highest, outcome.ranks, out=highest)
        return highest

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """`post_id`, `person_id`, `verdict`: every pair, posts then persons in roster order."""
        return self._grid().with_columns(verdict=_named(self.ranks))

    @cached_property
    def results(self) -> pl.DataFrame:
        """`post_id`, `person_id`, `rule_id`, `verdict`, `values` (JSON text of what the rule shows).

        Every pair and rule in force on the day, rule by rule in the order of `pairs`.
        """
        grid = self._grid()
        parts = []
        for outcome in self.outcomes:
            shown = outcome.told.select(
                pl.col(name).alias(name.removeprefix(SHOWN))
                for name in outcome.told.columns
                if name.startswith(SHOWN)
            )
            values = (
                shown.select(pl.struct(pl.all()).struct.json_encode()).to_series()[
                    outcome.frame.places.ravel()
                ]
                if shown.width
                else pl.repeat("{}", grid.height, eager=True)
            )
            parts.append(
                grid.with_columns(
                    pl.lit(outcome.rule.id).alias("rule_id"),
                    _named(outcome.ranks).alias("verdict"),
                    values.alias("values"),
                )
            )
        schema = {
            "post_id": pl.String(),
            "person_id": pl.String(),
            "rule_id": pl.String(),
            "verdict": pl.String(),
            "values": pl.String(),
        }
        return pl.concat([pl.DataFrame(schema=schema), *parts])

    def _grid(self) -> pl.DataFrame:
        return self.case.posts.select("post_id").join(
            self.case.person_ids.to_frame(), how="cross", maintain_order="left_right"
        )


def screen(
    roster: Roster,
    as_of: date,
    post_ids: Sequence[str] | None = None,
    law: Law | None = None,
) -> Screening:
    """Judge every person of a roster for every post (or the posts named) on a day."""
    case = make_case(roster, as_of, law or load_law(), post_ids)
    return Screening(case, tuple(judge(case, [rule for rule in RULES if rule.in_force(as_of)])))


def screen_persons(
    facts: pl.DataFrame | pl.LazyFrame, as_of: date, law: Law | None = None
) -> PackedVerdicts:
    """Judge facts by the rules that speak of the person alone, whatever the post; for many persons.

    Whoever holds a post and waivers on record belong to pairs and change nothing here.
    """
    law = law or load_law()
    checks = {}
    for rule in RULES:
        if rule.in_force(as_of) and not rule.of_post:
            compiled = compile_rule(rule, law, as_of)
            checks[rule.id] = (compiled.check, compiled.breach)
    return packed_verdicts(facts, checks)


def _named(ranks: Ranks) -> pl.Series:
    return _NAMES.gather(ranks.ravel())
