"""The plan shown while the search proper gets ready: a right one, the same each time, or none."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from tests.support.staffing_bundles import city_bundle, random_bundle, with_first_bound

from banzi.kernel.errors import BanziError, Cancelled
from banzi.solvers import remote
from banzi.staffing import solving
from banzi.staffing.reading import interpret
from banzi.staffing.search.job import SearchTask
from banzi.staffing.search.opening import BEAT, FEWEST_CHANGES, opening_plan
from banzi.staffing.solving import solve
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import RowSystem


def test_it_breaks_no_hard_row_and_is_the_same_each_time() -> None:
    rows = assemble(interpret(city_bundle(8, regions=13, persons=260, chance=0.2)))
    first, again = (opening_plan(rows, 5, lambda: None) for _ in range(2))
    assert first is not None
    assert again is not None
    assert rows.breached(first) == []
    assert first.tolist() == again.tolist()


def test_it_soon_ends_without_one_where_there_is_none() -> None:
    made = with_first_bound(city_bundle(8, regions=2, persons=60, chance=0.5), 21)  # of 20 posts
    rows, beats = assemble(interpret(made)), 0

    def beat() -> None:
        nonlocal beats
        beats += 1

    assert opening_plan(rows, 5, beat) is None
    assert rows.posts < BEAT * beats
    assert BEAT * (beats - 1) < rows.posts + FEWEST_CHANGES


def test_it_may_be_stopped() -> None:
    rows = assemble(interpret(city_bundle(8, regions=2, persons=60, chance=0.5)))

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        opening_plan(rows, 5, stop)


def test_it_ends_with_the_time_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_rows: RowSystem, _seed: int, beat: Callable[[], None]) -> None:
        for _ in range(1_000):
            time.sleep(0.01)
            beat()
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(solving, "SMALL_ARCS", 0)
    monkeypatch.setattr(solving, "EXACT_POSTS", 0)
    monkeypatch.setattr(solving, "opening_plan", endless)
    plan = solve(interpret(random_bundle(3)), 0.1)
    assert plan.status == "unknown"
    assert plan.assignments == ()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[SearchTask]:
    """What the process of the search is asked, which then ends without a word."""
    tasks: list[SearchTask] = []

    def lost(_job: str, task: SearchTask, *_others: object) -> None:
        tasks.append(task)
        raise remote.Overdue("time limit")

    monkeypatch.setattr(solving, "SMALL_ARCS", 0)
    monkeypatch.setattr(solving, "EXACT_POSTS", 0)
    monkeypatch.setattr(remote, "run", lost)
    return tasks


def test_moves_are_told_of_a_plan_of_the_search_only(asked: list[SearchTask]) -> None:
    """The opening plan came without any: nobody could find it again by a number of them."""
    plan = solve(interpret(random_bundle(11)), 60, 3)
    assert plan.tiers[0].value is not None
    assert plan.settings["moves"] is None


def test_the_search_begins_as_if_there_were_no_such_plan(asked: list[SearchTask]) -> None:
    """Else a number of moves, with which none is sought, would not find its plans again."""
    plan = solve(interpret(random_bundle(11)), 60, 3)
    assert plan.first_plan_seconds is not None
    assert [task.start for task in asked] == [None]


def test_none_is_sought_for_a_number_of_moves(
    asked: list[SearchTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    sought: list[object] = []
    monkeypatch.setattr(solving, "opening_plan", lambda *given: sought.append(given))
    solve(interpret(random_bundle(11)), 1, 3)
    assert len(sought) == 1
    solve(interpret(random_bundle(11)), 1, 3, moves=1_000)
    assert len(sought) == 1


@pytest.mark.usefixtures("asked")
def test_it_does_not_pass_for_the_answer_of_a_search_that_crashed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crashed(*_given: object) -> None:
        raise remote.WorkerLost("killed")

    monkeypatch.setattr(remote, "run", crashed)
    with pytest.raises(BanziError) as caught:
        solve(interpret(random_bundle(11)), 60, 3)
    assert caught.value.message.code == "plan/solver-lost"
