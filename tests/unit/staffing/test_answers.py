"""What must hold of answers whatever the bundle: metamorphic laws, and what is refused."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.support.staffing_answers import case_of, disk, named, standing_of
from tests.support.staffing_bundles import bundle, random_bundle, target

from banzi.kernel.errors import BadInput
from banzi.staffing.answers.ahead import look_ahead
from banzi.staffing.answers.block import Block
from banzi.staffing.answers.case import read_case
from banzi.staffing.answers.changes import changes
from banzi.staffing.answers.portfolio import read_measure
from banzi.staffing.answers.pricing import prices
from banzi.staffing.answers.searching import fill
from banzi.staffing.answers.what_if import question
from banzi.staffing.answers.writing import plan_of
from banzi.staffing.bundle import Bundle, Table
from banzi.staffing.plan import write_plan
from banzi.staffing.reading import interpret

SEEDS = range(120)


def optimum(made: Bundle) -> tuple[list[int], dict[str, str]] | None:
    problem = interpret(made)
    standing = standing_of(problem)
    found = fill(Block(standing, range(standing.rows.posts))).standing
    return None if found is None else (found.tiers, named(problem, found))


def with_rows(made: Bundle, name: str, rows: Iterable[tuple[str, ...]]) -> Bundle:
    """The bundle with other rows in one of its tables."""
    table = Table(made.tables[name].columns, tuple(rows))
    return Bundle(made.settings, {**made.tables, name: table})


def test_more_candidates_never_worsen_the_optimum() -> None:
    better = 0
    for seed in SEEDS:
        made = random_bundle(seed)
        table = made.tables["candidates.csv"]
        held = {(pin["post_id"], pin["person_id"]) for pin in made.settings["pins"]}
        held |= {(ban["post_id"], ban["person_id"]) for ban in made.settings["bans"]}
        kept = tuple(row for k, row in enumerate(table.rows) if k % 3 or (row[0], row[1]) in held)
        fewer = with_rows(made, "candidates.csv", kept)
        few, many = optimum(fewer), optimum(made)
        if few is not None:
            assert many is not None, seed
            assert many[0] >= few[0], seed
            better += many[0] > few[0]
    assert better > 10


def test_one_more_requirement_never_improves_the_optimum() -> None:
    worse = 0
    for seed in SEEDS:
        made = random_bundle(seed)
        table = made.tables["targets.csv"]
        more = target("more", "young", ">=", 2)
        row = tuple(str(more.get(name, "")) for name in table.columns)
        harder = with_rows(made, "targets.csv", (*table.rows, row))
        before, after = optimum(made), optimum(harder)
        if before is None:
            assert after is None, seed
        elif after is None or after[0] < before[0]:
            worse += 1
        else:
            assert after[0] == before[0], seed
    assert worse > 10


def test_a_protected_column_that_no_target_cites_changes_nothing() -> None:
    asked = 0
    for seed in SEEDS:
        made = random_bundle(seed)
        if "female" in made.tables["targets.csv"].column("feature"):
            continue
        asked += 1
        table = made.tables["persons.csv"]
        place = table.columns.index("female")
        drawn = random.Random(seed)
        rows = tuple(
            (*row[:place], str(drawn.randint(0, 1)), *row[place + 1 :]) for row in table.rows
        )
        other = with_rows(made, "persons.csv", rows)
        assert optimum(made) == optimum(other), seed
    assert asked > 60


@pytest.mark.parametrize(
    ("where", "tier", "rows"),
    [
        ("a ceiling", {}, [target("顶", "female", "<=", 1, citation="示例规定第一条")]),
        ("no citation", {}, [target("无据", "female", ">=", 1)]),
        ("a mean", {}, [target("均", "female", ">=", 0, measure="mean", citation="示例规定")]),
        ("coverage", {"coverage": {"features": ["female"], "gains": [1]}}, []),
        ("bands", {"bands": {"feature": "female", "edges": [0, 2], "cap": 1, "excess": -1}}, []),
    ],
)
def test_a_protected_column_is_refused_elsewhere(
    where: str, tier: dict[str, object], rows: list[dict[str, object]]
) -> None:
    made = bundle(
        persons=[{"person_id": "甲", "female": 1}],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": "s", "team_ids": "t"}],
        candidates=[{"post_id": "s", "person_id": "甲"}],
        targets=rows,
        tiers=[{"name": "merit", "vacancy": -1, **tier}],
    )
    with pytest.raises(BadInput):
        interpret(made)


def small(**more: object) -> Bundle:
    """Two posts, three persons; the third may sit in the second post only."""
    return bundle(
        persons=[
            {"person_id": p, "female": k % 2, "age_months": 500 + k, **more}
            for k, p in enumerate("甲乙丙")
        ],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": s, "team_ids": "t"} for s in ("a", "b")],
        candidates=[
            {"post_id": "a", "person_id": "甲", "fit": 5},
            {"post_id": "a", "person_id": "乙", "fit": 3},
            {"post_id": "b", "person_id": "乙", "fit": 4},
            {"post_id": "b", "person_id": "丙", "fit": 1},
        ],
        targets=[target("女", "female", ">=", 1, citation="示例规定第一条")],
        tiers=[{"name": "merit", "vacancy": -100, "pair_terms": {"fit": 1}}],
        protected=["female", "minority"],
    )


def test_a_protected_column_is_no_measure_of_a_portfolio() -> None:
    problem = interpret(small())
    assert read_measure(problem, "fit:max").column == "fit"
    for typed in ("female:max", "minority:min", "nothing", "fit:best"):
        with pytest.raises(BadInput):
            read_measure(problem, typed)


def test_a_question_is_refused_that_contradicts_itself() -> None:
    case = case_of(interpret(small()), {"a": "甲", "b": "乙"})
    assert question(case, [(0, 1)], []).pinned == (1,)
    for pins, bans in (
        ([(0, 2)], []),
        ([(0, 0), (0, 1)], []),
        ([(0, 1), (1, 1)], []),
        ([(0, 0)], [(0, 0)]),
    ):
        with pytest.raises(BadInput):
            question(case, pins, bans)


def test_changes_tell_who_comes_goes_and_moves() -> None:
    problem = interpret(small())
    before = standing_of(problem, {"a": "甲", "b": "乙"})
    after = standing_of(problem, {"a": "乙", "b": "丙"})
    told = [(c.kind, problem.persons[c.person], c.before, c.after) for c in changes(before, after)]
    assert told == [("moved", "乙", 1, 0), ("placed", "丙", -1, 1), ("released", "甲", 0, -1)]


def test_the_price_of_a_target_is_what_dropping_it_gains() -> None:
    """乙 is the only woman; without the target 甲 and 丙 would be worth no more."""
    problem = interpret(small())
    found = prices(case_of(problem, {"a": "甲", "b": "乙"}))
    assert [(p.target.target_id, p.gains, p.proven, p.whole) for p in found] == [
        ("女", (0,), True, True)
    ]
    worse = prices(case_of(problem, {"a": "乙", "b": "丙"}))
    assert worse[0].gains == (5,)


def test_whoever_leaves_within_the_years_is_counted_and_a_cliff_told() -> None:
    made = small(retires_in_months="")
    table = made.tables["persons.csv"]
    place = table.columns.index("retires_in_months")
    months = {"甲": "20", "乙": "", "丙": "90"}
    rows = tuple((*r[:place], months[r[0]], *r[place + 1 :]) for r in table.rows)
    made = with_rows(made, "persons.csv", rows)
    case = case_of(interpret(made), {"a": "甲", "b": "乙"})
    now, two, five = look_ahead(case)
    assert [len(each.gone) for each in (now, two, five)] == [0, 1, 1]
    assert [case.problem.persons[person] for person in two.unknown] == ["乙"]
    assert two.cliffs == ((0, 1, 2),)
    assert two.tiers == (9 - 5 - 100,)
    assert now.cliffs == ()


def test_a_plan_found_by_an_answer_can_be_read_and_checked(tmp_path: Path) -> None:
    made = small()
    folder = disk(made, tmp_path / "problem")
    case = case_of(interpret(made), {"a": "甲", "b": "乙"})
    other = standing_of(case.problem, {"a": "乙", "b": "丙"})
    write_plan(tmp_path / "plan", plan_of(case, other))
    read = read_case(folder, tmp_path / "plan")
    assert named(read.problem, read.standing) == {"a": "乙", "b": "丙"}
    from banzi.staffing import referee

    assert referee.check(folder, tmp_path / "plan") == []


def test_a_plan_of_another_problem_is_refused(tmp_path: Path) -> None:
    case = case_of(interpret(small()), {"a": "甲", "b": "乙"})
    write_plan(tmp_path / "plan", plan_of(case, case.standing))
    folder = disk(random_bundle(1), tmp_path / "problem")
    with pytest.raises(BadInput):
        read_case(folder, tmp_path / "plan")
