"""Flipping the fact a clause turns on flips the verdict as the clause says, for every rule."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.random_rosters import Maker
from tests.support.decisive_facts import DECISIVE, Flip

from banzi.facts import derive
from banzi.facts.next_ranks import rank_facts
from banzi.facts.teams import team_facts
from banzi.law import load_law
from banzi.roster import Roster
from banzi.rules.catalogue import ALL_RULES
from banzi.rules.runtime import Rule
from banzi.rules.runtime.algebra import rank
from banzi.rules.runtime.compiling import columns_of, compile_rule
from banzi.rules.runtime.judging import judge, make_case
from banzi.rules.runtime.verdicts import PASS, RANKED

LAW = load_law()
DAYS = (date(2026, 6, 30), date(2028, 2, 29), date(2025, 12, 31))
SEEDS = range(160)
MOST_OF_EACH = 6


@cache
def roster_of(seed: int) -> Roster:
    return Maker(random.Random(seed), DAYS[seed % len(DAYS)], 0.02).roster()


def passing(rule: Rule, roster: Roster, as_of: date) -> pl.DataFrame:
    """Facts of persons and posts, teams or ranks that pass, all known, of whom the rule asks something."""
    compiled = compile_rule(rule, LAW, as_of)
    check, breach = compiled.check, compiled.breach
    if rule.about == "team":
        rows = team_facts(roster, as_of)
    elif rule.about == "rank":
        ranks = rank_facts(roster, as_of, LAW.at(as_of))
        rows = derive(roster, as_of, LAW).join(ranks, on="person_id", maintain_order="left")
    else:
        frame = judge(make_case(roster, as_of, LAW), [rule])[0].frame
        rows = frame.rows[np.unique(frame.places)]
    applies = pl.lit(True) if check.applies is None else check.applies
    known = [pl.col(name).is_not_null() for name in columns_of(rule.reads)]
    return rows.filter((rank(check, breach) == PASS) & applies.fill_null(False), *known)


def flipped(row: pl.DataFrame, changes: Mapping[str, Any], as_of: date) -> pl.DataFrame:
    given = row.row(0, named=True)
    values = {
        column: value(given, as_of) if callable(value) else value
        for name, value in changes.items()
        for column in columns_of([name])
    }
    return row.with_columns(
        pl.lit(value, row.schema[column]).alias(column) for column, value in values.items()
    )


def verdict(rule: Rule, row: pl.DataFrame, as_of: date) -> str:
    compiled = compile_rule(rule, LAW, as_of)
    check, breach = compiled.check, compiled.breach
    return RANKED[row.select(rank(check, breach)).item()].value


def cases(rule: Rule) -> Iterator[tuple[pl.DataFrame, date]]:
    """A few passing cases of random rosters, the same every time."""
    found = 0
    for seed in SEEDS:
        as_of = DAYS[seed % len(DAYS)]
        rows = passing(rule, roster_of(seed), as_of)
        for place in range(min(rows.height, 2)):
            yield rows[[place]], as_of
            found += 1
        if found >= MOST_OF_EACH:
            return


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_flipping_the_decisive_fact_flips_the_verdict(rule: Rule) -> None:
    done: Counter[int] = Counter()
    for row, as_of in cases(rule):
        for place, flip in enumerate(DECISIVE[rule.id]):
            check_flip(rule, flip, row, as_of)
            done[place] += 1
    assert len(done) == len(DECISIVE[rule.id]), "no passing case of this rule was drawn"


def check_flip(rule: Rule, flip: Flip, row: pl.DataFrame, as_of: date) -> None:
    names = {*columns_of(rule.reads), *columns_of(rule.also_reads)}
    assert set(columns_of([*flip.inside, *flip.outside])) <= names, "not a fact the rule reads"
    inside = flipped(row, flip.inside, as_of)
    assert verdict(rule, inside, as_of) == "pass", (rule.id, flip.inside)
    outside = flipped(inside, flip.outside, as_of)
    expected = flip.verdict
    assert verdict(rule, outside, as_of) == (
        expected(row.row(0, named=True)) if callable(expected) else expected
    ), (rule.id, flip.outside)


def test_every_rule_has_its_decisive_fact() -> None:
    assert set(DECISIVE) == {rule.id for rule in ALL_RULES}
    assert len(DECISIVE) == 40
