"""What tiers count adds up to what they are worth, for any plan of any bundle."""

from __future__ import annotations

import random

import numpy as np
from tests.support.staffing_answers import standing_of
from tests.support.staffing_bundles import random_bundle

from banzi.staffing.answers.counting import Counting, Thing
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.tier_words import tier_changes, tier_values
from banzi.staffing.problem import Problem
from banzi.staffing.reading import interpret
from banzi.staffing.system.rows import EMPTY


def some_plan(problem: Problem, draw: random.Random) -> Standing:
    """Posts filled by chance, nobody twice; hard requirements may be broken."""
    empty = standing_of(problem)
    rows, taken = empty.rows, set()
    plan = np.full(rows.posts, EMPTY, np.int64)
    for post in range(rows.posts):
        arcs = [
            arc
            for arc in range(rows.post_start[post], rows.post_start[post + 1])
            if rows.arc_person[arc] not in taken
        ]
        if arcs and draw.random() < 0.8:
            plan[post] = draw.choice(arcs)
            taken.add(rows.arc_person[plan[post]])
    return Standing(rows, plan)


def test_the_points_of_all_counts_are_the_value_of_the_tier() -> None:
    seen = set()
    for seed in range(300):
        problem, draw = interpret(random_bundle(seed)), random.Random(seed)
        for _ in range(3):
            standing = some_plan(problem, draw)
            counts = Counting(problem, standing.rows).of(standing)
            assert [sum(c.points for c in tier) for tier in counts] == standing.tiers, seed
            assert all(c.number >= 0 for t in counts for c in t if c.thing is not Thing.COLUMN)
            seen |= {count.thing for tier in counts for count in tier if count.number}
    assert seen == set(Thing) - {Thing.CONDITIONS, Thing.SHORT_MONTHS}


def test_every_tier_that_differs_says_in_what_and_no_other_does() -> None:
    told = 0
    for seed in range(300):
        problem, draw = interpret(random_bundle(seed)), random.Random(seed)
        one, other = some_plan(problem, draw), some_plan(problem, draw)
        counting = Counting(problem, one.rows)
        changes = tier_changes(counting, one, other)
        differ = [(a, b) for a, b in zip(one.tiers, other.tiers, strict=True) if a != b]
        assert [(change.before, change.after) for change in changes] == differ, seed
        assert all(change.parts for change in changes)
        assert all(value.parts for value in tier_values(counting, one))
        told += len(changes)
    assert told > 300
