"""Solving in a child process: limits, cancelling, crashes, and what the report then says."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.support.staffing_bundles import city_bundle, random_bundle, with_first_bound
from tests.support.staffing_solved import plan_of, solved

from banzi.kernel.errors import BanziError, Cancelled
from banzi.kernel.messages import Message
from banzi.kernel.progress import Silent
from banzi.solvers import children, remote
from banzi.solvers.highs import Status
from banzi.solvers.lexicographic import Found, Ordered, Task
from banzi.solvers.rows import Form, System
from banzi.staffing import referee, solving
from banzi.staffing.plan import read_plan, write_plan
from banzi.staffing.reading import interpret, read_problem
from banzi.staffing.solving import solve
from banzi.staffing.starting_ahead import search_ahead
from banzi.staffing.writing import write_bundle

SMALL = 11  # a seed whose random bundle has plans


def test_the_answer_is_the_same_for_any_seed_and_number_of_threads(tmp_path: Path) -> None:
    made = city_bundle(5, regions=1, persons=25, chance=0.5)
    write_bundle(tmp_path / "problem", made)
    problem = read_problem(tmp_path / "problem")
    plans = [solve(problem, None, seed, threads) for seed, threads in ((0, 1), (7, 2))]
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
    plan = solve(read_problem(tmp_path / "problem"), 2.5)
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


def test_cancelling_ends_the_child_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = interpret(city_bundle(7, regions=4, persons=150, chance=0.3))
    impatient, begun = _Impatient(), list[subprocess.Popen[bytes]]()

    class Child(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Child)
    with pytest.raises(Cancelled):
        solve(problem, progress=impatient)
    assert impatient.tasks[0].code == "plan/searching"
    assert [bool(child.returncode) for child in begun] == [True]


def test_a_lost_child_leaves_the_best_plan_known_and_a_word_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
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
    assert "killed" in caplog.text


def test_a_child_lost_before_any_plan_is_an_error_with_a_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(BanziError) as caught:
        solve(interpret(random_bundle(SMALL)), 60)
    assert caught.value.message.code == "plan/solver-lost"


def test_children_that_outstay_their_time_without_news_leave_the_answer_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def overdue(*task: object, **listeners: object) -> Ordered:
        del task, listeners
        raise remote.Overdue("time limit")

    monkeypatch.setattr(solving, "maximise_in_order", overdue)
    monkeypatch.setattr(remote, "run", overdue)
    monkeypatch.setattr(solving, "opening_plan", lambda *_given: None)
    plan = solve(interpret(random_bundle(SMALL)), 60)
    assert plan.status == "unknown"
    assert plan.decisive.value is None


def test_no_time_at_all_is_unknown_and_not_infeasible() -> None:
    plan = solve(interpret(random_bundle(SMALL)), 0.0, started=time.monotonic() - 10)
    assert plan.status == Status.UNKNOWN
    assert plan.assignments == ()
    assert plan.first_plan_seconds is None


def test_a_large_problem_without_time_is_not_modelled_for_the_exact_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unwanted(problem: object) -> None:
        raise AssertionError(problem)

    monkeypatch.setattr(solving, "SMALL_ARCS", 0)
    monkeypatch.setattr(solving, "EXACT_POSTS", 0)
    monkeypatch.setattr(solving, "build_model", unwanted)
    problem = interpret(random_bundle(SMALL))
    assert solve(problem, 0.0, started=time.monotonic() - 10).status == Status.UNKNOWN
    assert solve(problem, None, 3, 1, moves=2_000).tiers[0].value is not None


def test_a_process_started_ahead_finds_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "SMALL_ARCS", 0)
    monkeypatch.setattr(solving, "EXACT_POSTS", 0)
    problem = interpret(random_bundle(SMALL))
    begun = list[subprocess.Popen[bytes]]()

    class Child(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Child)
    with search_ahead() as ahead:
        early = solve(problem, None, 3, 2, moves=2_000, ahead=ahead)
    late = solve(problem, None, 3, 2, moves=2_000)
    assert early.assignments == late.assignments
    assert early.tiers[0].value is not None
    assert len(begun) == 2
    assert all(child.returncode is not None for child in begun)


def test_a_large_problem_has_its_process_before_its_rows_a_small_one_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class NotYet(Exception):
        pass

    def unassembled(*_given: object) -> object:
        raise NotYet

    begun = list[children.Ahead]()

    def noted() -> children.Ahead:
        begun.append(search_ahead())
        return begun[-1]

    monkeypatch.setattr(solving, "Record", unassembled)
    monkeypatch.setattr(solving, "search_ahead", noted)
    problem = interpret(random_bundle(SMALL))
    for small, expected in ((len(problem.pairs), 0), (len(problem.pairs) - 1, 1)):
        monkeypatch.setattr(solving, "SMALL_ARCS", small)
        with pytest.raises(NotYet):
            solve(problem, 1)
        assert len(begun) == expected
    assert begun[0].take() is None, "closed, though nothing was solved"


def test_a_process_started_ahead_ends_when_nothing_is_searched_locally() -> None:
    with search_ahead() as ahead:
        assert solve(interpret(random_bundle(SMALL)), 60, ahead=ahead).status == "optimal"
        assert ahead.take() is None


def test_a_process_that_cannot_get_ready_does_its_job_all_the_same() -> None:
    with children.Ahead("banzi.solvers.worker:_listen") as ahead:  # called without arguments
        task = Task(System([0], [3]), (Form(((0, 2),)),), (), 1, 0, None)
        found = remote.run(
            "banzi.solvers.lexicographic:maximise_in_order", task, 30, print, lambda: None, ahead
        )
    assert isinstance(found, Ordered)
    assert found.values == [3]
    assert ahead.take() is None


def test_a_large_problem_is_searched_locally_and_its_moves_replay_the_plan(tmp_path: Path) -> None:
    made = city_bundle(8, regions=13, persons=260, chance=0.2)
    write_bundle(tmp_path / "problem", made)
    problem = read_problem(tmp_path / "problem")
    assert len(problem.posts) > solving.EXACT_POSTS
    plans = [solve(problem, None, 3, 2, moves=20_000) for _ in range(2)]
    assert plans[0].status == plans[1].status == "feasible"
    assert plans[0].assignments == plans[1].assignments
    assert plans[0].settings["moves"] == plans[1].settings["moves"] >= 20_000
    assert plans[0].tiers[0].value is not None
    write_plan(tmp_path / "plan", plans[0])
    assert referee.check(tmp_path / "problem", tmp_path / "plan") == []
    values = [row[2] for row in plans[0].trace if row[1] == plans[0].trace[-1][1]]
    assert values == sorted(values)


def test_a_problem_of_middle_size_ends_with_the_exact_optimum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The local search gives the exact one its start; the answer is that of the exact one alone."""
    made = city_bundle(5, regions=1, persons=25, chance=0.5)
    alone = plan_of(*solved(made))
    monkeypatch.setattr(solving, "SMALL_ARCS", 0)
    write_bundle(tmp_path / "problem", made)
    plan = solve(read_problem(tmp_path / "problem"), moves=2_000)
    assert plan.status == "optimal"
    assert plan.assignments == alone.assignments
    assert [tier.value for tier in plan.tiers] == [tier.value for tier in alone.tiers]
    assert plan.settings["moves"] >= 2_000


def test_a_large_problem_without_a_plan_is_shown_to_have_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = with_first_bound(city_bundle(5, regions=1, persons=25, chance=0.5), 11)  # of ten posts
    monkeypatch.setattr(solving, "SMALL_ARCS", 0)
    monkeypatch.setattr(solving, "EXACT_POSTS", 0)
    plan = solve(interpret(made))
    assert plan.status == "infeasible"
    assert plan.assignments == ()
