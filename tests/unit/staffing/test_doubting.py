"""A search that finds no plan is told when there is none, and left alone when there is one."""

from __future__ import annotations

import math
import threading
import time

import pytest
from tests.properties.test_answers_conflict import infeasible_bundle

from banzi.kernel.progress import Silent
from banzi.staffing.answers import doubting
from banzi.staffing.answers.clashing import seen_at_once
from banzi.staffing.answers.demands import Demands
from banzi.staffing.problem import Problem
from banzi.staffing.reading import interpret


def problem_where(clashes: bool) -> Problem:
    for seed in range(200):
        problem = interpret(infeasible_bundle(seed))
        if (seen_at_once(Demands.of(problem), math.inf, Silent()) is not None) == clashes:
            return problem
    raise AssertionError("none drawn")


def looked(doubt: doubting.Doubt, *, found: bool) -> None:
    """Look for a second, or until it is said that there is no plan."""
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        doubt.look(found=found)
        time.sleep(0.01)


def test_it_is_said_that_there_is_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubting, "LATE", 0.0)
    doubt = doubting.Doubt(problem_where(True), math.inf)
    end = time.monotonic() + 30
    with pytest.raises(doubting.NoPlan):
        while time.monotonic() < end:
            doubt.look(found=False)
            time.sleep(0.01)


def test_nothing_is_said_of_a_problem_with_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubting, "LATE", 0.0)
    looked(doubting.Doubt(problem_where(False), math.inf), found=False)


def test_a_search_that_has_not_tried_yet_is_not_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Begun(Exception):
        pass

    def begin(**given: object) -> None:
        raise Begun

    monkeypatch.setattr(doubting, "LATE", 0.0)
    doubt = doubting.Doubt(problem_where(True), math.inf)
    monkeypatch.setattr(threading, "Thread", begin)
    for _ in range(3):
        doubt.look(found=False, tried=False)
        time.sleep(0.01)
    with pytest.raises(Begun):
        doubt.look(found=False, tried=True)


def test_a_plan_in_hand_ends_the_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubting, "LATE", 0.0)
    looked(doubting.Doubt(problem_where(True), math.inf), found=True)
