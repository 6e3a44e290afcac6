"""Small staffing problems solved by hand; the working stands beside each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.staffing_bundles import bundle, target
from tests.support.staffing_solved import plan_of, solved

from banzi.staffing import referee
from banzi.staffing.bundle import Bundle
from banzi.staffing.plan import Plan, write_plan
from banzi.staffing.reading import interpret
from banzi.staffing.writing import write_bundle

TEAM = [{"team_id": "县委"}]


def people(*ids: str, **features: list[int]) -> list[dict[str, object]]:
    """Persons with features given as one list per column."""
    return [
        {"person_id": name, **{column: values[i] for column, values in features.items()}}
        for i, name in enumerate(ids)
    ]


def seats(**teams: str) -> list[dict[str, object]]:
    return [{"post_id": post, "team_ids": team} for post, team in teams.items()]


def pairs(**fits: dict[str, int]) -> list[dict[str, object]]:
    """post={person: fit}."""
    return [
        {"post_id": post, "person_id": person, "fit": fit}
        for post, row in fits.items()
        for person, fit in row.items()
    ]


def in_team(name: str) -> dict[str, object]:
    return {"scope_table": "teams", "scope_column": "team_id", "scope_values": name}


def result(made: Bundle, tmp_path: Path) -> Plan:
    """Solve what was written to files; the referee must agree."""
    write_bundle(tmp_path / "problem", made)
    plan = plan_of(*solved(made))
    write_plan(tmp_path / "plan", plan)
    assert referee.check(tmp_path / "problem", tmp_path / "plan") == []
    return plan


def placed(plan: Plan) -> dict[str, str | None]:
    return dict(plan.assignments)


def values(plan: Plan) -> list[int | None]:
    assert plan.status == "optimal"
    assert all(tier.proven for tier in plan.tiers)
    return [tier.value for tier in plan.tiers]


MERIT: dict[str, Any] = {"name": "merit", "pair_terms": {"fit": 1}}


def test_filling_comes_before_merit(tmp_path: Path) -> None:
    # 甲 fits a (90) and b (10); 乙 only a (1). By merit alone: 甲→a, b empty, 90.
    # Fill first: 乙→a, 甲→b, nothing vacant: fill 0, merit 1 + 10 = 11.
    made = bundle(
        persons=people("甲", "乙"),
        teams=TEAM,
        posts=seats(a="县委", b="县委"),
        candidates=pairs(a={"甲": 90, "乙": 1}, b={"甲": 10}),
        tiers=[{"name": "fill", "vacancy": -1000}, MERIT],
    )
    plan = result(made, tmp_path)
    assert values(plan) == [0, 11]
    assert placed(plan) == {"a": "乙", "b": "甲"}


def test_whoever_must_be_placed_is_placed_when_that_costs_less(tmp_path: Path) -> None:
    # One post; 甲 must be placed (−100 otherwise), 乙 fits better. fill: 甲→a 0; 乙→a −100.
    # 丙 must be placed too and has no pair: −100 always. So fill −100, merit 5.
    persons = people("甲", "乙", "丙", must_place=[1, 0, 1])
    made = bundle(
        persons=persons,
        teams=TEAM,
        posts=seats(a="县委"),
        candidates=pairs(a={"甲": 5, "乙": 50}),
        tiers=[{"name": "fill", "vacancy": -1000, "displaced": -100}, MERIT],
    )
    plan = result(made, tmp_path)
    assert values(plan) == [-100, 5]
    assert placed(plan) == {"a": "甲"}


def test_a_concurrent_post_counts_in_both_teams_and_once_over_all(tmp_path: Path) -> None:
    # c stands in 县委 and 县政府. Each team needs one woman, at most one woman over all:
    # only a woman in c does it, 乙. Nobody else is a woman, so 甲→a. merit 1 + 1.
    made = bundle(
        persons=people("甲", "乙", female=[0, 1], w=[0, 1]),
        teams=[{"team_id": "县委"}, {"team_id": "县政府", "superior_team_id": "县委"}],
        posts=seats(a="县委", c="县委;县政府"),
        candidates=pairs(a={"甲": 1, "乙": 90}, c={"甲": 90, "乙": 1}),
        targets=[
            target("党", "female", ">=", 1, citation="示例第一条", **in_team("县委")),
            target("政", "female", ">=", 1, citation="示例第一条", **in_team("县政府")),
            target("全", "w", "<=", 1),
        ],
        tiers=[MERIT],
    )
    plan = result(made, tmp_path)
    assert values(plan) == [2]
    assert placed(plan) == {"a": "甲", "c": "乙"}


def _couple(scope: str, a: str, b: str) -> Bundle:
    """甲 and 乙 are a couple; a in team 县, b in team 局 under it, both worth 1."""
    return bundle(
        persons=people("甲", "乙"),
        teams=[
            {"team_id": "县"},
            {"team_id": "局", "superior_team_id": "县"},
            {"team_id": "所", "superior_team_id": "局"},
        ],
        posts=seats(a=a, b=b),
        candidates=pairs(a={"甲": 1}, b={"乙": 2}),
        exclusions=[{"person_a": "甲", "person_b": "乙", "scope": scope, "reason": "夫妻"}],
        tiers=[MERIT],
    )


@pytest.mark.parametrize(
    ("scope", "a", "b", "merit"),
    [
        # same team: never both, the better (2) stays
        ("same_team", "县", "县", 2),
        ("line_of_command", "县", "县", 2),
        # direct superior: only the line of command forbids, either way round
        ("same_team", "县", "局", 3),
        ("line_of_command", "县", "局", 2),
        ("line_of_command", "局", "县", 2),
        # the superior's superior is not direct
        ("line_of_command", "县", "所", 3),
        # a concurrent post reaches through either of its teams: 局 and its superior 县; 所 under 局
        ("line_of_command", "县;所", "局", 2),
        ("same_team", "县;所", "所", 2),
        ("same_team", "县;所", "局", 3),
    ],
)
def test_an_exclusion_reaches_as_far_as_its_scope(
    scope: str, a: str, b: str, merit: int, tmp_path: Path
) -> None:
    assert values(result(_couple(scope, a, b), tmp_path)) == [merit]


def test_a_soft_share_falls_short_by_persons_rounded_up(tmp_path: Path) -> None:
    # Three posts, all filled; 甲 is young, 乙 and 丙 are not; at least 500 ‰ young.
    # Left side: (1000−500) + 2·(−500) = −500, misses by 500, /1000 rounded up = 1. Weight 3: −3.
    made = bundle(
        persons=people("甲", "乙", "丙", young=[1, 0, 0]),
        teams=TEAM,
        posts=seats(a="县委", b="县委", c="县委"),
        candidates=pairs(a={"甲": 0}, b={"乙": 0}, c={"丙": 0}),
        targets=[
            target("青", "young", ">=", 500, measure="share_permille")
            | {"force": "soft", "priority": 1, "weight": 3}
        ],
        tiers=[{"name": "fill", "vacancy": -1}, {"name": "soft", "soft_priority": 1}],
    )
    assert values(result(made, tmp_path)) == [0, -3]


def test_coverage_gains_fall_and_end(tmp_path: Path) -> None:
    # Four members know finance (a value of 2 counts as one member), gains 30, 15, 6:
    # 30 + 15 + 6 + nothing = 51; law: one member 30. Together 81.
    made = bundle(
        persons=people("甲", "乙", "丙", "丁", finance=[1, 2, 1, 1], law=[0, 0, 0, 1]),
        teams=TEAM,
        posts=seats(a="县委", b="县委", c="县委", d="县委"),
        candidates=pairs(a={"甲": 0}, b={"乙": 0}, c={"丙": 0}, d={"丁": 0}),
        tiers=[
            {"name": "fill", "vacancy": -1},
            {"name": "m", "coverage": {"features": ["finance", "law"], "gains": [30, 15, 6]}},
        ],
    )
    assert values(result(made, tmp_path)) == [0, 81]


def test_a_negative_gain_is_charged_and_not_skipped(tmp_path: Path) -> None:
    # Both posts must be filled, both know finance; gains 5, −3: 5 − 3 = 2, not 5.
    made = bundle(
        persons=people("甲", "乙", finance=[1, 1]),
        teams=TEAM,
        posts=seats(a="县委", b="县委"),
        candidates=pairs(a={"甲": 0}, b={"乙": 0}),
        tiers=[
            {"name": "fill", "vacancy": -1},
            {"name": "m", "coverage": {"features": ["finance"], "gains": [5, -3]}},
        ],
    )
    assert values(result(made, tmp_path)) == [0, 2]


def test_the_band_cap_divides_seats_and_rounds_up(tmp_path: Path) -> None:
    # Four seats, filled or not: ceil(4/3) = 2. Three members of 40–49 (49 in, 50 out): one beyond,
    # −20. 丁 is 50, in the next band alone. d has a candidate, so all four are filled.
    made = bundle(
        persons=people("甲", "乙", "丙", "丁", age=[40, 45, 49, 50]),
        teams=TEAM,
        posts=seats(a="县委", b="县委", c="县委", d="县委"),
        candidates=pairs(a={"甲": 0}, b={"乙": 0}, c={"丙": 0}, d={"丁": 0}),
        tiers=[
            {"name": "fill", "vacancy": -1000},
            {
                "name": "m",
                "bands": {
                    "feature": "age",
                    "edges": [30, 40, 50, 60],
                    "cap": "ceil(seats/3)",
                    "excess": -20,
                },
            },
        ],
    )
    assert values(result(made, tmp_path)) == [0, -20]


def test_a_mean_target_counts_members_only_and_an_empty_team_holds_it(tmp_path: Path) -> None:
    # Mean age at most 45, hard. 甲 50 (fit 9), 乙 41 (fit 1), 丙 39 (fit 1); two posts.
    # 甲 + 乙: (50−45) + (41−45) = 1 > 0, no. 甲 + 丙: 5 − 6 = −1, yes: 9 + 1 = 10.
    made = bundle(
        persons=people("甲", "乙", "丙", age=[50, 41, 39]),
        teams=TEAM,
        posts=seats(a="县委", b="县委"),
        candidates=pairs(a={"甲": 9}, b={"乙": 1, "丙": 1}),
        targets=[target("龄", "age", "<=", 45, measure="mean")],
        tiers=[{"name": "fill", "vacancy": -1000}, MERIT],
    )
    plan = result(made, tmp_path)
    assert values(plan) == [0, 10]
    assert placed(plan) == {"a": "甲", "b": "丙"}
    alone = bundle(
        persons=people("甲", age=[50]),
        teams=TEAM,
        posts=seats(a="县委"),
        candidates=pairs(a={"甲": 9}),
        targets=[target("龄", "age", "<=", 45, measure="mean")],
        tiers=[{"name": "fill", "vacancy": -1000}],
    )
    assert placed(result(alone, tmp_path)) == {"a": None}


def test_pins_that_break_a_hard_target_make_the_problem_infeasible(tmp_path: Path) -> None:
    # Somebody young is needed; 乙 is the only one and fits only a, where 甲 is pinned.
    made = bundle(
        persons=people("甲", "乙", young=[0, 1]),
        teams=TEAM,
        posts=seats(a="县委"),
        candidates=pairs(a={"甲": 0, "乙": 0}),
        targets=[target("青", "young", ">=", 1)],
        tiers=[MERIT],
        pins=[{"post_id": "a", "person_id": "甲"}],
    )
    plan = result(made, tmp_path)
    assert plan.status == "infeasible"
    assert plan.assignments == ()
    assert (plan.decisive.value, plan.decisive.bound, plan.gap) == (None, None, None)


def test_of_equal_plans_the_one_with_earlier_persons_in_earlier_posts_is_returned(
    tmp_path: Path,
) -> None:
    # All fits are equal, three persons for two posts. Position in persons.csv: 丙 0, 甲 1, 乙 2.
    # b: 丙 may not. Smallest: b→ 甲 (first post in the file), then a → 丙. An empty post is last.
    made = bundle(
        persons=people("丙", "甲", "乙"),
        teams=TEAM,
        posts=seats(b="县委", a="县委"),
        candidates=pairs(a={"甲": 1, "乙": 1, "丙": 1}, b={"乙": 1, "甲": 1}),
        tiers=[MERIT],
    )
    plan = result(made, tmp_path)
    assert plan.assignments == (("b", "甲"), ("a", "丙"))


def test_a_post_that_earns_nothing_is_still_filled_by_the_tie_break(tmp_path: Path) -> None:
    # Every plan is worth 0, the empty one too; an empty post comes last in the order.
    made = bundle(
        persons=people("甲"),
        teams=TEAM,
        posts=seats(a="县委", b="县委"),
        candidates=pairs(a={"甲": 0}, b={"甲": 0}),
        tiers=[MERIT],
    )
    assert result(made, tmp_path).assignments == (("a", "甲"), ("b", None))


def test_a_later_tier_never_buys_anything_from_an_earlier_one(tmp_path: Path) -> None:
    # soft-1 (priority 2, at least one young) stands before merit: 乙 (young, fit 1) beats
    # 甲 (fit 100). The other way round merit wins and the soft target misses by 1, weight 7.
    parts: dict[str, Any] = {
        "persons": people("甲", "乙", young=[0, 1]),
        "teams": TEAM,
        "posts": seats(a="县委"),
        "candidates": pairs(a={"甲": 100, "乙": 1}),
        "targets": [target("青", "young", ">=", 1) | {"force": "soft", "priority": 2, "weight": 7}],
    }
    soft = {"name": "soft", "soft_priority": 2}
    assert values(result(bundle(**parts, tiers=[soft, MERIT]), tmp_path)) == [0, 1]
    assert values(result(bundle(**parts, tiers=[MERIT, soft]), tmp_path)) == [100, -7]


def test_a_banned_pair_is_never_used(tmp_path: Path) -> None:
    # 甲 fits best and is banned from a; 乙 takes it.
    made = bundle(
        persons=people("甲", "乙"),
        teams=TEAM,
        posts=seats(a="县委"),
        candidates=pairs(a={"甲": 100, "乙": 1}),
        tiers=[MERIT],
        bans=[{"post_id": "a", "person_id": "甲"}],
    )
    plan = result(made, tmp_path)
    assert values(plan) == [1]
    assert interpret(made).bans == ((0, 0),)
