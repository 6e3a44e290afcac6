"""Tasks over several processes: order, failure, death, and leaving early."""

from __future__ import annotations

import multiprocessing
import os
from contextlib import closing

import pytest

from banzi.kernel.errors import BanziError
from banzi.kernel.workers import results_in_order


def squared(number: int) -> int:
    return number * number


def fussy(number: int) -> int:
    if number == 3:
        raise ValueError(f"not {number}")
    return number


def dying(number: int) -> int:
    if number == 5:
        os._exit(7)
    return number


def home(_task: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    assert list(results_in_order(squared, range(20), workers)) == [n * n for n in range(20)]


def test_one_worker_is_this_process_and_two_are_others() -> None:
    assert set(results_in_order(home, range(3), 1)) == {os.getpid()}
    assert os.getpid() not in set(results_in_order(home, range(3), 2))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_task_raises_reaches_the_caller(workers: int) -> None:
    with pytest.raises(ValueError, match="not 3"):
        list(results_in_order(fussy, range(6), workers))


def test_a_process_that_dies_is_an_error_with_advice() -> None:
    results = []
    with pytest.raises(BanziError) as caught:
        results.extend(results_in_order(dying, range(50), 2))
    assert caught.value.message.code == "workers/died"
    assert multiprocessing.active_children() == []


def test_tasks_are_asked_for_as_they_are_needed_and_no_process_stays() -> None:
    asked: list[int] = []

    def tasks():
        for number in range(10_000):
            asked.append(number)
            yield number

    with closing(results_in_order(squared, tasks(), 2)) as results:
        assert [next(results) for _turn in range(3)] == [0, 1, 4]
    assert len(asked) < 20
    assert multiprocessing.active_children() == []
