"""A rule on a day under a law: its check, its numbers, and its expressions, over a frame or a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

import polars as pl

from banzi.facts import PAIR_FACTS, PERSON_FACTS, RANK_FACTS, TEAM_FACTS
from banzi.kernel.logic import any_of, negate
from banzi.kernel.one_row import function_of
from banzi.kernel.row_functions import Function, Row
from banzi.law import Grade, Law, NotInForce, ValueInForce
from banzi.rules.runtime.algebra import Breach, rank
from banzi.rules.runtime.declaring import Check, Context, Rule
from banzi.rules.runtime.verdicts import FAIL, RANKED, REVIEW

SHOWN = "shown_"
"""Before the name of a value for messages, where it is a column."""


@dataclass(frozen=True)
class Compiled:
    """A rule on a day under a law: its check, the numbers it used, and its expressions."""

    rule: Rule
    check: Check
    parameters: tuple[ValueInForce, ...]
    breach: Breach
    reads: tuple[str, ...]
    """Columns of all it reads."""

    @cached_property
    def answers(self) -> dict[str, pl.Expr]:
        """The truths that a verdict is made of, as far as the check speaks of them."""
        given = {
            name: getattr(self.check, name) for name in ("holds", "applies", "lenient", "doubt")
        }
        return {name: expression for name, expression in given.items() if expression is not None}

    @cached_property
    def rank(self) -> pl.Expr:
        """The verdict from columns `RULE|answer`, so that each answer is worked out once."""
        answered = {name: pl.col(f"{self.rule.id}|{name}") for name in self.answers}
        check = Check(
            holds=answered["holds"],
            otherwise="",
            applies=answered.get("applies"),
            lenient=answered.get("lenient"),
            doubt=answered.get("doubt"),
        )
        return rank(check, self.breach).alias(self.rule.id)

    @cached_property
    def told(self) -> dict[str, pl.Expr]:
        """The answers, values for messages (`shown_…`), and as far as given the day and waivable."""
        given = {name: getattr(self.check, name) for name in ("changes_on", "waivable")}
        return {
            **self.answers,
            **{f"{SHOWN}{name}": value for name, value in self.check.shows.items()},
            **{name: expression for name, expression in given.items() if expression is not None},
        }

    @cached_property
    def _functions(self) -> dict[str, Function | None]:
        return {name: function_of(expression) for name, expression in self.told.items()}

    def of_row(self, facts: Row, *, shown: bool) -> dict[str, Any]:
        """A row of `answers`, or with `shown` of `told`, and its `rank`.

        Raises
        ------
        ArithmeticError, LookupError, ValueError
            Where an expression has to be left to Polars.
        """
        said = {}
        for name in self.told if shown else self.answers:
            function = self._functions[name]
            if function is None:
                raise LookupError(name)
            said[name] = function(facts)
        return {**said, "rank": self.rank_of(said)}

    def rank_of(self, answers: Row) -> int:
        """The verdict from a row of `answers`."""
        found: int = _rank_function(tuple(self.answers), self.breach)(answers)
        return found

    def completed(self, told: dict[str, Any]) -> dict[str, Any]:
        """A row of `told` with `applies`, `truth` (which message fits), `changes_on`, `waivable`."""
        applies = told.get("applies", True)
        return {
            **told,
            "applies": applies,
            "truth": any_of([negate(applies), told["holds"]]),
            "changes_on": told.get("changes_on") if applies else None,
            "waivable": bool(told.get("waivable", True)),
        }


@cache
def _rank_function(answers: tuple[str, ...], breach: Breach) -> Function:
    """The verdict from a row of answers."""
    given: dict[str, Any] = {name: pl.col(name) for name in answers}
    function = function_of(rank(Check(otherwise="", **given), breach))
    if function is None:
        raise LookupError("rank")
    return function


@lru_cache(maxsize=1_000)
def compile_rule(rule: Rule, law: Law, as_of: date) -> Compiled:
    """What a rule says on a day; building its expressions takes longer than judging one person."""
    context = Context(law.at(as_of))
    try:
        check = rule.check(context)
    except NotInForce as absent:
        check = Check(holds=pl.lit(None, pl.Boolean), otherwise="", undecided=absent.message.text())
    is_memory = law.clauses[rule.cites[0]].grade is Grade.FROM_MEMORY or any(
        used.grade is Grade.FROM_MEMORY for used in context.used
    )
    breach = FAIL if rule.is_must and not is_memory else REVIEW
    reads = columns_of([*rule.reads, *rule.also_reads])
    return Compiled(rule, check, tuple(context.used), breach, tuple(reads))


def evaluate(
    rule: Rule, frame: pl.DataFrame, law: Law, as_of: date
) -> tuple[Compiled, list[dict[str, Any]]]:
    """A rule in force over a frame of what it reads, whatever the rows stand for.

    Returns
    -------
    Compiled, rows
        Each row of the frame with what is said of it (`Compiled.completed`) and its `verdict`.
    """
    compiled = compile_rule(rule, law, as_of)
    told = frame.with_columns(
        expression.alias(f"{rule.id}|{name}") for name, expression in compiled.told.items()
    )
    ranks = told.select(compiled.rank).to_series()
    said = told.select(pl.col(f"{rule.id}|{name}").alias(name) for name in compiled.told)
    rows = zip(
        frame.iter_rows(named=True), said.iter_rows(named=True), ranks.to_list(), strict=True
    )
    return compiled, [
        facts | compiled.completed(row) | {"verdict": RANKED[rank_of_row]}
        for facts, row, rank_of_row in rows
    ]


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
