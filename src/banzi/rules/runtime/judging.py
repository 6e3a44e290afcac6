"""One rule over many persons and posts: the frame it reads, its verdicts, the pairs' adjustments.

A rule is evaluated once for each combination of the post features it depends on (`of_post`), over
all persons; the verdicts are then spread over the posts that share the combination. Only after
that come what belongs to a single pair: whoever holds the very post, and waivers on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.facts import PAIR_FACTS, PERSON_FACTS, RANK_FACTS, TEAM_FACTS, derive
from banzi.facts.levels import level_facts, seats_at
from banzi.facts.pairs import growth_pairs, level_pairs, post_features
from banzi.facts.relatives import kin_pairs, kin_seated
from banzi.facts.stays import area_level_pairs, months_in_post_pairs
from banzi.facts.waivers import waiver_pairs, waiver_rows
from banzi.law import Grade, Law, NotInForce, ValueInForce
from banzi.roster import Roster
from banzi.rules.runtime.declaring import Check, Context, Rule
from banzi.rules.runtime.verdicts import FAIL, PASS, REVIEW, UNKNOWN

Ranks = npt.NDArray[np.uint8]
SHOWN = "shown_"


@dataclass(frozen=True)
class Case:
    """What is judged: persons (with facts) and posts (with features) of a roster on a day."""

    roster: Roster
    as_of: date
    law: Law
    persons: pl.DataFrame
    posts: pl.DataFrame

    @cached_property
    def held(self) -> npt.NDArray[np.bool_]:
        """Posts × persons: who holds which of the posts on the day."""
        return self._grid(seats_at(self.roster, self.as_of))

    @cached_property
    def waivers(self) -> pl.DataFrame:
        return waiver_rows(self.roster, self.as_of)

    def waived(self, rule: Rule) -> npt.NDArray[np.bool_]:
        """Posts × persons: exceptions to the rule agreed to by the day, in time and reasoned."""
        return self._grid(
            self.waivers.filter(
                (pl.col("rule_id") == rule.id)
                & pl.col("is_reasoned")
                & pl.col(f"in_time_for_{rule.waivable_before}")
            )
        )

    def _grid(self, pairs: pl.DataFrame) -> npt.NDArray[np.bool_]:
        grid = np.zeros((self.posts.height, self.persons.height), dtype=bool)
        post_at = {post: row for row, post in enumerate(self.posts["post_id"])}
        person_at = {person: row for row, person in enumerate(self.persons["person_id"])}
        for post, person in pairs.select("post_id", "person_id").iter_rows():
            if post in post_at and person in person_at:
                grid[post_at[post], person_at[person]] = True
        return grid

    @cached_property
    def level_pairs(self) -> pl.DataFrame:
        orders = self.posts["target_level_order"].drop_nulls().unique().sort().to_list()
        present = level_facts(self.roster, self.as_of)
        return level_pairs(self.roster, present, orders, self.as_of)

    @cached_property
    def growth_pairs(self) -> pl.DataFrame:
        divisions = self.posts["division_code"].drop_nulls().unique().sort().to_list()
        return growth_pairs(self.roster, divisions)

    @cached_property
    def kin_pairs(self) -> pl.DataFrame:
        law = self.law.at(self.as_of)
        return kin_seated(self.roster, kin_pairs(self.roster, law), self.as_of, law)

    @cached_property
    def tenure_pairs(self) -> pl.DataFrame:
        return months_in_post_pairs(self.roster, self.as_of)

    @cached_property
    def area_pairs(self) -> pl.DataFrame:
        divisions = self.posts["division_code"].drop_nulls().unique().sort().to_list()
        orders = self.posts["target_level_order"].drop_nulls().unique().sort().to_list()
        law = self.law.at(self.as_of)
        return area_level_pairs(self.roster, divisions, orders, self.as_of, law)

    @cached_property
    def waiver_pairs(self) -> pl.DataFrame:
        return waiver_pairs(self.roster, self.as_of)

    def frame_for(self, rule: Rule) -> tuple[pl.DataFrame, list[int]]:
        """Persons × combinations of the rule's post features, and each post's combination."""
        features = list(rule.of_post)
        wanted = set(columns_of(rule.reads)) | set(columns_of(rule.also_reads))
        persons = self.persons.select(
            "person_id", *sorted(wanted & set(self.persons.columns) - set(features))
        )
        if not features:
            return persons, [0] * self.posts.height
        rows = self.posts.select(features).rows()
        place = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        combos = pl.DataFrame(list(place), schema=self.posts.select(features).schema, orient="row")
        frame = combos.join(persons, how="cross", maintain_order="left_right")
        for name, keys in (
            ("level_pairs", ["person_id", "target_level_order"]),
            ("growth_pairs", ["person_id", "division_code"]),
            ("area_pairs", ["person_id", "division_code", "target_level_order"]),
            ("kin_pairs", ["person_id", "post_id"]),
            ("tenure_pairs", ["person_id", "post_id"]),
            ("waiver_pairs", ["person_id", "post_id"]),
        ):
            if set(keys) <= set(frame.columns):
                table: pl.DataFrame = getattr(self, name)
                if wanted & set(table.columns) - set(keys):
                    frame = frame.join(table, on=keys, how="left", maintain_order="left")
        return frame, [place[row] for row in rows]


@dataclass(frozen=True)
class Outcome:
    """A rule's answer for every post and person of a case.

    Attributes
    ----------
    ranks
        Posts × persons, verdicts by rank.
    shown
        Persons × combinations: values named by the check (`shown_…`), `changes_on`, `says` (which
        message belongs to the row) and the facts read.
    combination
        Post → its block of rows in `shown`.
    """

    rule: Rule
    check: Check
    parameters: tuple[ValueInForce, ...]
    ranks: Ranks
    held: npt.NDArray[np.bool_]
    waived: npt.NDArray[np.bool_]
    shown: pl.DataFrame
    combination: list[int]


def make_case(
    roster: Roster,
    as_of: date,
    law: Law,
    post_ids: Sequence[str] | None = None,
    person_ids: Sequence[str] | None = None,
) -> Case:
    """Derive what rules read; posts and persons left out of the lists are not judged."""
    about = roster
    if person_ids is not None:
        chosen = pl.col("person_id").is_in(list(person_ids))
        about = roster.with_tables(
            **{
                name: frame.filter(chosen)
                for name, frame in roster.tables.items()
                if "person_id" in frame.columns
            }
        )
    persons = derive(about, as_of, law)
    posts = post_features(roster)
    if post_ids is not None:
        posts = posts.filter(pl.col("post_id").is_in(list(post_ids)))
    return Case(roster, as_of, law, persons, posts)


def evaluate(
    rule: Rule, frame: pl.DataFrame, law: Law, as_of: date
) -> tuple[Check, tuple[ValueInForce, ...], pl.DataFrame]:
    """A rule in force over a frame of what it reads, whatever the rows stand for.

    Returns
    -------
    Check, values, frame
        The check, the values of the law it used, and the frame with `shown_…`, `changes_on`,
        `rank_of_verdict`, `applies`, `truth` and `waivable` added.
    """
    context = Context(law.at(as_of))
    try:
        check = rule.check(context)
    except NotInForce as absent:
        check = Check(holds=pl.lit(None, pl.Boolean), otherwise="", undecided=absent.message.text())
    cites = law.clauses[rule.cites[0]]
    is_memory = cites.grade is Grade.FROM_MEMORY or any(
        used.grade is Grade.FROM_MEMORY for used in context.used
    )
    evaluated = frame.with_columns(
        **{f"{SHOWN}{name}": value for name, value in check.shows.items()},
        changes_on=_change(check),
        rank_of_verdict=_rank(check, breach=FAIL if rule.is_must and not is_memory else REVIEW),
        applies=_boolean(check.applies, default=True),
        truth=~_boolean(check.applies, default=True) | check.holds,
        waivable=_boolean(check.waivable, default=True).fill_null(False),
    )
    return check, tuple(context.used), evaluated


def judge(case: Case, rule: Rule) -> Outcome:
    """Evaluate one rule that is in force."""
    frame, combination = case.frame_for(rule)
    check, used, evaluated = evaluate(rule, frame, case.law, case.as_of)
    persons = case.persons.height
    ranks: Ranks = _spread(evaluated["rank_of_verdict"], persons, combination).astype(np.uint8)
    waived = case.waived(rule) & _spread(evaluated["waivable"], persons, combination).astype(bool)
    waived &= bool(rule.waivable_by)
    ranks[(ranks == FAIL) & waived] = REVIEW
    if rule.for_holder == "skipped":
        ranks[case.held] = PASS
    elif rule.for_holder == "softened":
        ranks[(ranks == FAIL) & case.held] = REVIEW
    return Outcome(
        rule,
        check,
        used,
        ranks,
        case.held,
        waived,
        evaluated.drop("rank_of_verdict"),
        combination,
    )


def _spread(rows: pl.Series, persons: int, combination: list[int]) -> npt.NDArray[Any]:
    """Combinations × persons, in rows, to posts × persons."""
    if not persons or not combination:
        return np.zeros((len(combination), persons), dtype=np.uint8)
    spread: npt.NDArray[Any] = rows.to_numpy().reshape(-1, persons)[combination]
    return spread


def columns_of(names: Sequence[str]) -> list[str]:
    """Columns behind the names a rule reads: a span's name stands for its two columns."""
    found: list[str] = []
    for name in names:
        whole = name in _SPANS or f"{name}_low" not in _SPANS
        found.extend([name] if whole else [f"{name}_low", f"{name}_high"])
    return found


_SPANS = {
    column.name for table in (PERSON_FACTS, PAIR_FACTS, TEAM_FACTS, RANK_FACTS) for column in table
}


def _rank(check: Check, breach: int) -> pl.Expr:
    """The verdict algebra of one rule, as ranks."""
    applies = _boolean(check.applies, default=True)
    truth = ~applies | check.holds
    doubt = applies & _boolean(check.doubt, default=False)
    lenient = _boolean(check.lenient, default=False).fill_null(False)
    return (
        pl.when(truth.is_null())
        .then(pl.lit(UNKNOWN))
        .when(~truth)
        .then(pl.when(lenient).then(pl.lit(REVIEW)).otherwise(pl.lit(breach)))
        .when(doubt.is_null())
        .then(pl.lit(UNKNOWN))
        .when(doubt)
        .then(pl.lit(REVIEW))
        .otherwise(pl.lit(PASS))
        .cast(pl.UInt8)
    )


def _change(check: Check) -> pl.Expr:
    if check.changes_on is None:
        return pl.lit(None, pl.Date)
    return pl.when(_boolean(check.applies, default=True)).then(check.changes_on)


def _boolean(given: pl.Expr | None, *, default: bool) -> pl.Expr:
    return pl.lit(default) if given is None else given
