"""The solver against trying everything, and laws that every optimum must keep."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from tests.support.staffing_brute_force import best_plan
from tests.support.staffing_bundles import random_bundle
from tests.support.staffing_solved import plan_of, solved

from banzi.solvers.highs import Status
from banzi.staffing import referee
from banzi.staffing.bundle import Bundle, Table
from banzi.staffing.plan import write_plan
from banzi.staffing.writing import write_bundle

SEEDS = st.integers(min_value=0, max_value=10**6)
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@seed(20210701)
@settings(max_examples=200, deadline=None, suppress_health_check=QUIET, database=None)
@given(number=SEEDS)
def test_status_tier_values_and_canonical_plan_equal_those_of_trying_everything(
    number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bundle")
    bundle = random_bundle(number)
    write_bundle(folder / "problem", bundle)
    model, ordered = solved(bundle)
    plan = plan_of(model, ordered)
    write_plan(folder, plan)
    expected = best_plan(folder / "problem")
    if expected is None:
        assert plan.status == "infeasible"
    else:
        assert plan.status == "optimal"
        assert [tier.value for tier in plan.tiers] == expected.values
        assert [person for _post, person in plan.assignments] == expected.assignments
    if plan.found:
        assert referee.check(folder / "problem", folder) == []


@seed(20210702)
@settings(max_examples=40, deadline=None, suppress_health_check=QUIET, database=None)
@given(number=SEEDS)
def test_renaming_and_shuffling_persons_changes_no_tier_value(number: int) -> None:
    bundle = random_bundle(number, posts=5, persons=7)
    draw = random.Random(number)
    people = [row[0] for row in bundle.tables["persons.csv"].rows]
    names = dict(zip(people, draw.sample(range(100, 999), len(people)), strict=True))

    def renamed(table: Table) -> Table:
        rows = [tuple(str(names.get(cell, cell)) for cell in row) for row in table.rows]
        draw.shuffle(rows)
        return Table(table.columns, tuple(rows))

    tables = {
        name: renamed(table)
        if name in ("persons.csv", "candidates.csv", "exclusions.csv")
        else table
        for name, table in bundle.tables.items()
    }
    settings_ = dict(bundle.settings)
    for key in ("pins", "bans"):
        settings_[key] = [
            {**item, "person_id": str(names[item["person_id"]])} for item in settings_[key]
        ]
    before, first = solved(bundle)
    after, second = solved(Bundle(settings_, tables))
    assert first.status is second.status
    assert first.bounds == second.bounds
    if first.values and second.values:
        assert before.tier_values(first.values) == after.tier_values(second.values)


@seed(20210703)
@settings(max_examples=40, deadline=None, suppress_health_check=QUIET, database=None)
@given(number=SEEDS)
def test_a_larger_pool_never_makes_a_feasible_problem_infeasible(number: int) -> None:
    """Nor does it worsen the first goal, unless the newcomers must be placed themselves."""
    bundle = random_bundle(number)
    persons, pairs = bundle.tables["persons.csv"], bundle.tables["candidates.csv"]
    place = persons.columns.index("must_place")
    newcomer = ["新人" if column == "person_id" else "0" for column in persons.columns]
    newcomer[persons.columns.index("age")] = "45"
    assert newcomer[place] == "0"
    posts = [row[0] for row in bundle.tables["posts.csv"].rows]
    offers = [(post, "新人", *("0" for _ in pairs.columns[2:])) for post in posts]
    larger = {
        **bundle.tables,
        "persons.csv": replace(persons, rows=(*persons.rows, tuple(newcomer))),
        "candidates.csv": replace(pairs, rows=(*pairs.rows, *offers)),
    }
    before, first = solved(bundle)
    after, second = solved(Bundle(bundle.settings, larger))
    if first.status is Status.OPTIMAL:
        assert second.status is Status.OPTIMAL
        assert first.values is not None
        assert second.values is not None
        best, now = before.tier_values(first.values), after.tier_values(second.values)
        assert now >= best
