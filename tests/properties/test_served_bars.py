"""A bar that has been served stays served: waiting longer turns no pass into a breach."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from functools import cache

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_rosters import Maker

from banzi.roster import TABLES, Roster
from banzi.rules import RULES, judge_ranks, screen
from banzi.rules.catalogue import RANK_RULES
from banzi.rules.explaining import declared
from banzi.rules.runtime import Rule
from banzi.rules.runtime.compiling import columns_of

AS_OF = date(2026, 6, 30)
BARS = {
    "sanctions_end_on",
    "leading_post_barred_until",
    "higher_level_barred_until",
    "on_probation",
}
"""Facts that are a bar which time lifts."""


def barring(rules: tuple[Rule, ...]) -> list[Rule]:
    return [rule for rule in rules if BARS & set(columns_of([*rule.reads, *rule.also_reads]))]


def served(seed: int) -> Roster:
    """A roster whose records have all begun by the day, and in which nothing else ends later.

    What is bound to change later is left out: a level or a sanction still to come, a level that
    will end, a sanction revoked, the age of a statement of completeness.
    """
    made = Maker(random.Random(seed), AS_OF, 0.05).roster()
    day = AS_OF.year * 10000 + AS_OF.month * 100

    def begun(column: str) -> pl.Expr:
        return pl.col(column).is_null() | (pl.col(column) < day)

    none = pl.lit(None, pl.Int32)
    return made.with_tables(
        persons=made["persons"].with_columns(
            post_level_since=pl.when(begun("post_level_since")).then("post_level_since")
        ),
        sanctions=made["sanctions"].filter(begun("decided_on")).with_columns(revoked_on=none),
        level_history=made["level_history"].filter(
            begun("started_on"), pl.col("ended_on").is_null()
        ),
        appointments=made["appointments"].filter(begun("appointed_on")),
        seats=made["seats"].filter(begun("started_on"), pl.col("ended_on").is_null()),
        waivers=made["waivers"].filter(pl.col("approved_on") <= AS_OF),
        conclusions=TABLES["conclusions"].empty(),
        completeness=TABLES["completeness"].frame(
            [
                {"person_id": name, "table_name": "sanctions", "complete_on": 20300101}
                for name in made["persons"]["person_id"]
            ]
        ),
    )


@cache
def verdicts(seed: int, as_of: date) -> dict[tuple[str, str, str], str]:
    """Rule, post ("" for the next rank) and person → verdict, for the rules with a bar."""
    roster = served(seed)
    wanted = {rule.id for rule in barring(RULES)}
    found = {
        (rule, post, person): verdict
        for rule, post, person, verdict in screen(roster, as_of)
        .results.select("rule_id", "post_id", "person_id", "verdict")
        .iter_rows()
        if rule in wanted
    }
    for each in judge_ranks(roster, as_of, rules=barring(RANK_RULES)):
        found[each.rule_id, "", each.subject] = each.verdict.value
    return found


def revived(seed: int, wait: int) -> list[tuple[str, str, str]]:
    before, after = verdicts(seed, AS_OF), verdicts(seed, AS_OF + timedelta(days=wait))
    return [
        key
        for key, verdict in before.items()
        if verdict == "pass" and after[key] in ("fail", "unknown")
    ]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 900))
def test_waiting_longer_never_revives_a_served_bar(seed: int, wait: int) -> None:
    assert revived(seed, wait) == []


def test_bars_are_served_in_the_rosters_drawn() -> None:
    """Every rule with a bar has passes of people who bore one, and breaches that time lifts."""
    lifted: Counter[str] = Counter()
    for seed in range(12):
        before, after = verdicts(seed, AS_OF), verdicts(seed, AS_OF + timedelta(days=900))
        assert revived(seed, 900) == []
        for key, verdict in before.items():
            if verdict in ("fail", "review") and after[key] == "pass":
                lifted[key[0]] += 1
    assert {rule.id for rule in (*barring(RULES), *barring(RANK_RULES))} == set(lifted)


def test_every_fact_that_is_a_bar_is_asked_of() -> None:
    dates = {
        name
        for rule in RULES
        for name in columns_of([*rule.reads, *rule.also_reads])
        if name.endswith(("barred_until", "end_on"))
    }
    assert dates <= BARS
    assert all(declared(name) for name in BARS)
