"""Solving in a child process: limits, cancelling, crashes, and what the report then says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.support.staffing_bundles import city_bundle, random_bundle
from tests.support.staffing_solved import plan_of, solved

from banzi.kernel.errors import BanziError, Cancelled
from banzi.kernel.messages import Message
from banzi.kernel.progress import Silent
from banzi.solvers import remote
from banzi.solvers.highs import Status
from banzi.solvers.lexicographic import Found, Ordered, Task
from banzi.staffing import referee, solving
from banzi.staffing.plan import read_plan, write_plan
from banzi.staffing.reading import interpret, read_problem
from banzi.staffing.solving import solve
from banzi.staffing.writing import write_bundle

SMALL = 11  # a seed whose random bundle has plans


def test_the_answer_is_the_same_for_any_seed_and_number_of_threads(tmp_path: Path) -> None:
    made = city_bundle(5, regions=1, persons=25, chance=0.5)
    write_bundle(tmp_path / "problem", made)
    problem = read_problem(tmp_path / "problem")
    plans = [solve(problem, 60, seed, threads) for seed, threads in ((0, 1), (7, 2))]
    assert plans[0].status == plans[1].status == "optimal"
    assert plans[0].tiers == plans[1].tiers
    assert plans[0].assignments == plans[1].assignments
    assert plans[0].assignments == plan_of(*solved(made)).assignments
    write_plan(tmp_path / "plan", plans[0])
    assert referee.check(tmp_path / "problem", tmp_path / "plan") == []
    assert read_plan(tmp_path / "plan").as_json() == plans[0].as_json()
    first = plans[0].first_plan_seconds
    assert first is not None
    assert first <= plans[0].seconds
    assert plans[0].trace[0][0] == first
    assert set(plans[0].versions) == {"banzi", "highspy", "python"}


def test_a_search_cut_short_reports_a_right_plan_and_an_honest_bound(tmp_path: Path) -> None:
    made = city_bundle(6, regions=4, persons=150, chance=0.3)
    write_bundle(tmp_path / "problem", made)
    began = time.monotonic()
    plan = solve(read_problem(tmp_path / "problem"), 2.5)
    assert time.monotonic() - began < 10
    assert plan.status in ("feasible", "unknown")
    write_plan(tmp_path / "plan", plan)
    assert referee.check(tmp_path / "problem", tmp_path / "plan") == []


class _Impatient(Silent):
    def __init__(self) -> None:
        self.beats = 0
        self.tasks: list[Message] = []

    def start(self, task: Message, total: int | None = None) -> None:
        self.tasks.append(task)

    def advance(self, steps: int = 1) -> None:
        self.beats += 1
        if self.beats > 3:
            raise Cancelled


def test_cancelling_ends_the_child_at_once() -> None:
    problem = interpret(city_bundle(7, regions=4, persons=150, chance=0.3))
    began = time.monotonic()
    impatient = _Impatient()
    with pytest.raises(Cancelled):
        solve(problem, 60, progress=impatient)
    assert time.monotonic() - began < 5
    assert impatient.tasks[0].code == "plan/searching"


def test_a_lost_child_leaves_the_best_plan_known(monkeypatch: pytest.MonkeyPatch) -> None:
    made = random_bundle(SMALL)
    _model, ordered = solved(made)
    assert ordered.values is not None
    values = ordered.values

    def crash(task: Task, seconds: float, *, on_news: object, beat: object) -> Ordered:
        del task, seconds, beat
        assert callable(on_news)
        on_news(Found(0, 0, None, values))
        raise remote.WorkerLost("killed")

    monkeypatch.setattr(solving, "maximise_in_order", crash)
    plan = solve(interpret(made), 60)
    assert plan.status == "feasible"
    assert plan.decisive.bound is None
    assert plan.gap is None
    assert len(plan.assignments) == len(interpret(made).posts)


def test_a_child_lost_before_any_plan_is_an_error_with_a_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote.sys, "executable", "/bin/false")
    with pytest.raises(BanziError) as caught:
        solve(interpret(random_bundle(SMALL)), 60)
    assert caught.value.message.code == "plan/solver-lost"


def test_a_child_that_outstays_its_time_is_ended_and_its_news_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def overdue(task: Task, seconds: float, *, on_news: object, beat: object) -> Ordered:
        del task, seconds, on_news, beat
        raise remote.Overdue("time limit")

    monkeypatch.setattr(solving, "maximise_in_order", overdue)
    plan = solve(interpret(random_bundle(SMALL)), 60)
    assert plan.status == "unknown"
    assert plan.decisive.value is None


def test_no_time_at_all_is_unknown_and_not_infeasible() -> None:
    plan = solve(interpret(random_bundle(SMALL)), 0.0, started=time.monotonic() - 10)
    assert plan.status == Status.UNKNOWN
    assert plan.assignments == ()
    assert plan.first_plan_seconds is None
