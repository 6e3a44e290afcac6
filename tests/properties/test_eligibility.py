"""Laws of screening: names and order do not matter, gaps never help."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_rosters import Maker

from banzi.roster import TABLES, Roster
from banzi.rules import RULES, explain, judge_ranks, judge_teams, recusals, screen
from banzi.rules.explaining import overall
from banzi.rules.runtime import judging

DAYS = st.sampled_from([date(2026, 6, 30), date(2028, 2, 29), date(2025, 12, 31), date(2026, 3, 1)])
SEEDS = st.integers(0, 2**32)


def made(seed: int, as_of: date, gap: float = 0.12) -> Roster:
    return Maker(random.Random(seed), as_of, gap).roster(findings=True)


def by_rule(roster: Roster, as_of: date) -> dict[tuple[str, str, str], str]:
    rows = screen(roster, as_of).results.select("rule_id", "post_id", "person_id", "verdict")
    return {tuple(row[:3]): row[3] for row in rows.iter_rows()}


@settings(max_examples=6, deadline=None)
@given(SEEDS, DAYS)
def test_facts_worked_out_in_threads_give_the_same_verdicts(seed: int, as_of: date) -> None:
    roster = made(seed, as_of)
    alone = screen(roster, as_of).results
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "MANY", 1)
        assert screen(roster, as_of).results.equals(alone)


@settings(max_examples=3, deadline=None)
@given(SEEDS, DAYS)
def test_explaining_one_pair_gives_the_verdicts_of_the_frame(seed: int, as_of: date) -> None:
    roster = made(seed, as_of)
    found = by_rule(roster, as_of)
    pairs = {(post, person): v for post, person, v in screen(roster, as_of).pairs.iter_rows()}
    rng = random.Random(seed)
    person, post = rng.choice(["甲", "乙", "丙", "丁", "戊"]), rng.choice("0123")
    results = explain(roster, as_of, person, post)
    assert {r.rule_id: r.verdict.value for r in results} == {
        rule: verdict for (rule, p, q), verdict in found.items() if (p, q) == (post, person)
    }
    assert overall(results).value == pairs[post, person]
    for result in results:
        assert "{" not in result.message(), result
        assert bool(result.missing) == (result.verdict.value == "unknown"), result


@settings(max_examples=3, deadline=None)
@given(SEEDS, DAYS)
def test_renaming_and_shuffling_people_changes_no_verdict(seed: int, as_of: date) -> None:
    roster = made(seed, as_of)
    ids = ["甲", "乙", "丙", "丁", "戊"]
    new = dict(zip(ids, random.Random(seed).sample(["庚", "辛", "壬", "癸", "己"], 5), strict=True))
    called = {**new, "同名": "重名", "外人": "路人"}

    def renamed(table: str, frame: pl.DataFrame) -> pl.DataFrame:
        columns = [c for c in ("person_id", "relative_person_id") if c in frame.columns]
        names = ["name"] if table in ("persons", "relatives") else []
        return frame.with_columns(
            pl.col(columns).replace(new), pl.col(names).replace(called)
        ).sample(fraction=1, shuffle=True, seed=seed % 1000)

    posts = ("posts", "organs", "teams", "post_teams")
    other = roster.with_tables(
        **{name: renamed(name, frame) for name, frame in roster.tables.items() if name not in posts}
    )
    expected = {(r, p, new[q]): v for (r, p, q), v in by_rule(roster, as_of).items()}
    assert by_rule(other, as_of) == expected
    for judge in (judge_teams, judge_ranks):
        before = {
            (e.rule_id, new.get(e.subject, e.subject)): e.verdict for e in judge(roster, as_of)
        }
        assert {(e.rule_id, e.subject): e.verdict for e in judge(other, as_of)} == before
    links = {
        (frozenset((new[a], new[b])), certain)
        for a, b, certain in recusals(roster, as_of)
        .select("person_a", "person_b", "certain")
        .rows()
    }
    again = recusals(other, as_of).select("person_a", "person_b", "certain").rows()
    assert {(frozenset((a, b)), certain) for a, b, certain in again} == links


NEEDED = {
    "birth": ["retirement/na/before-retirement", "term-rules/3/full-term"],
    "work_started": ["appointment-regulations/8.1/work-years"],
}


@settings(max_examples=3, deadline=None)
@given(SEEDS, DAYS, st.sampled_from(sorted(NEEDED)))
def test_a_missing_fact_never_turns_a_verdict_into_pass(
    seed: int, as_of: date, column: str
) -> None:
    roster = made(seed, as_of, gap=0.05)
    without = roster.with_tables(
        persons=roster["persons"].with_columns(pl.lit(None, pl.Int32).alias(column))
    )
    before, after = by_rule(roster, as_of), by_rule(without, as_of)
    for key, verdict in after.items():
        if key[0] in NEEDED[column] and verdict == "pass":
            assert before[key] == "pass", key


@settings(max_examples=3, deadline=None)
@given(SEEDS, DAYS, st.sampled_from(["birth", "work_started", "post_level_since", "growth_place"]))
def test_a_breach_of_one_rule_stays_a_breach_whatever_else_is_missing(
    seed: int, as_of: date, column: str
) -> None:
    roster = made(seed, as_of)
    dtype = TABLES["persons"][column].dtype
    without = roster.with_tables(
        persons=roster["persons"].with_columns(pl.lit(None, dtype).alias(column)),
        assessments=TABLES["assessments"].empty(),
        completeness=TABLES["completeness"].empty(),
    )
    rule = "appointment-regulations/24.6/sanctions-over"
    barred = {
        key[1:] for key, v in by_rule(roster, as_of).items() if key[0] == rule and v == "fail"
    }
    pairs = {(post, person): v for post, person, v in screen(without, as_of).pairs.iter_rows()}
    assert all(pairs[key] == "fail" for key in barred)


@pytest.mark.parametrize("flip", ["sex", "ethnicity"])
def test_sex_and_ethnicity_change_no_verdict_beyond_the_retirement_table(flip: str) -> None:
    as_of = date(2026, 6, 30)
    roster = made(7, as_of, gap=0.0)
    fixed = roster["persons"].with_columns(pl.lit("men").alias("retirement_track"))
    values = ("male", "female") if flip == "sex" else ("01", "05")
    one, other = (
        by_rule(roster.with_tables(persons=fixed.with_columns(pl.lit(v).alias(flip))), as_of)
        for v in values
    )
    # The cited tables are by sex: a table of the other sex is a contradiction and decides nothing.
    by_table = {rule.id for rule in RULES if "retirement_month" in rule.reads}
    assert by_table
    for key, verdict in one.items():
        if flip == "ethnicity" or key[0] not in by_table:
            assert other[key] == verdict, key
    assert one.keys() == other.keys()
