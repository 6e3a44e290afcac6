"""Jobs are done once, end as they should, and can be called off."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.progress import Progress, tracked
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.jobs import claiming, jobs
from banzi.web.jobs.claiming import MOST_ATTEMPTS, Watch, claim, new_owner
from banzi.web.jobs.jobs import cancel, enqueue, job
from banzi.web.jobs.models import Asker, Job, JobState
from banzi.web.jobs.running import effects, run
from banzi.web.jobs.saying import said_problems
from banzi.web.jobs.worker import Worker

pytestmark = pytest.mark.django_db
ZHOU = Asker("zhou", "周某")
COUNTING = MessageKind("test/counting", "数数{of}")


@pytest.fixture(autouse=True)
def only_these_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    jobs.work_of("test")  # the kinds of all apps stand in the real ones, not in the copy
    monkeypatch.setattr(jobs, "_WORKS", dict(jobs._WORKS))
    return


def done_by_a_worker(kind: str = "test", **arguments: Any) -> Job:
    asked = enqueue(kind, arguments, by=ZHOU)
    Worker().work(until_idle=True)
    asked.refresh_from_db()
    return asked


def test_a_job_is_done_with_its_result_and_its_progress() -> None:
    @job("test")
    def count(given: Job, progress: Progress) -> dict[str, Any]:
        numbers = list(tracked(range(given.arguments["to"]), progress, COUNTING(of="到三"), 3))
        given.refresh_from_db()
        return {"numbers": numbers, "task": given.task}

    asked = done_by_a_worker(to=3)
    assert asked.state == JobState.DONE
    assert asked.result is not None
    assert asked.result["numbers"] == [0, 1, 2]
    assert asked.result["task"]["text"] == "数数{of}"
    assert (asked.owner, asked.attempts, asked.total) == ("", 1, 3)


def test_an_unknown_kind_is_refused_when_it_is_asked_for() -> None:
    with pytest.raises(KeyError):
        enqueue("nothing.such", {}, by=ZHOU)


def test_problems_of_the_input_are_kept_by_row_and_column() -> None:
    wrong = MessageKind("test/wrong", "出生年月{text}有误")

    @job("test")
    def refuse(given: Job, progress: Progress) -> dict[str, Any]:
        raise BadInput([Problem(wrong(text="1980.13"), Location("甲.xlsx", "A01", 7, "出生年月"))])

    asked = done_by_a_worker()
    (problem,) = said_problems(asked.problems, "zh")
    assert asked.state == JobState.FAILED
    assert (problem.file, problem.sheet, problem.row, problem.column, problem.text) == (
        "甲.xlsx", "A01", 7, "出生年月", "出生年月1980.13有误",
    )  # fmt: skip


def test_a_broken_job_says_so_and_what_it_wrote_is_undone() -> None:
    @job("test")
    def break_down(given: Job, progress: Progress) -> dict[str, Any]:
        with effects(given, "test.write"):
            Account.objects.create(username="half", name="半")
            raise ZeroDivisionError

    asked = done_by_a_worker()
    assert asked.state == JobState.FAILED
    assert asked.problems is not None
    assert asked.problems[0]["code"] == "jobs/broke"
    assert not Account.objects.exists()
    assert not Act.objects.exists()


def test_effects_and_the_end_of_the_job_are_one() -> None:
    @job("test")
    def write(given: Job, progress: Progress) -> dict[str, Any]:
        with effects(given, "test.write", reason="试") as (_opened, result):
            Account.objects.create(username="new", name="新")
            result["made"] = 1
        return {"not": "kept"}

    asked = done_by_a_worker()
    assert (asked.state, asked.result) == (JobState.DONE, {"made": 1})
    (entry,) = Act.objects.all()
    assert (entry.verb, entry.by, entry.reason) == ("test.write", "zhou", "试")


def test_who_lost_the_job_writes_nothing() -> None:
    @job("test")
    def write(given: Job, progress: Progress) -> dict[str, Any]:
        with effects(given, "test.write"):
            Account.objects.create(username="new", name="新")
            Job.objects.filter(pk=given.pk).update(owner="another", beats=9)
        return {}

    asked = done_by_a_worker()
    assert not Account.objects.exists()
    assert not Act.objects.exists()
    assert asked.state == JobState.RUNNING  # the other one's claim went with the transaction


def test_a_waiting_job_is_called_off_at_once_and_a_running_one_at_its_next_step() -> None:
    @job("test")
    def long_work(given: Job, progress: Progress) -> dict[str, Any]:
        cancel(given)
        progress.start(COUNTING(of="到三"))
        pytest.fail("went on")

    waiting = enqueue("test", {}, by=ZHOU)
    cancel(waiting)
    assert claim(new_owner()) is None
    assert done_by_a_worker().state == JobState.CANCELLED


def test_a_worker_told_to_stop_gives_the_job_back() -> None:
    @job("test")
    def long_work(given: Job, progress: Progress) -> dict[str, Any]:
        progress.start(COUNTING(of="到三"))
        pytest.fail("went on")

    asked = enqueue("test", {}, by=ZHOU)
    claimed = claim(new_owner())
    assert claimed is not None
    run(claimed, lambda: True)
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.owner) == (JobState.QUEUED, 0, "")


def test_two_workers_never_have_the_same_job() -> None:
    @job("test")
    def nothing(given: Job, progress: Progress) -> dict[str, Any]:
        return {}

    for _number in range(3):
        enqueue("test", {}, by=ZHOU)
    owners = [new_owner(), new_owner()]
    taken = [claim(owners[number % 2]) for number in range(4)]
    assert taken.pop() is None
    assert len({each.pk for each in taken if each}) == 3


def claimed_by(owner: str) -> Job:
    @job("test")
    def nothing(given: Job, progress: Progress) -> dict[str, Any]:
        return {}

    enqueue("test", {}, by=ZHOU)
    found = claim(owner)
    assert found is not None
    return found


def test_a_dead_process_of_this_machine_loses_its_job_at_once() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    dead = new_owner().replace(str(os.getpid()), str(pid))
    taken = claimed_by(dead)
    assert Watch("here:0:me").take_back() == [taken.pk]
    taken.refresh_from_db()
    assert (taken.state, taken.owner) == (JobState.QUEUED, "")


def test_a_living_one_keeps_it_and_a_still_one_loses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, now = claimed_by("elsewhere:1:abc"), 1000.0
    monkeypatch.setattr(claiming.time, "monotonic", lambda: now)
    watch = Watch("here:0:me")
    for _round in range(5):
        now += claiming.LEASE - 1
        claiming.beat(taken.pk, taken.owner)
        assert watch.take_back() == []
    now += claiming.LEASE - 1
    assert watch.take_back() == []
    now += 2
    assert watch.take_back() == [taken.pk]
    assert not claiming.beat(taken.pk, "elsewhere:1:abc")


def test_after_some_attempts_a_job_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "_is_dead_here", lambda _owner: True)
    taken = claimed_by("first")
    for _attempt in range(MOST_ATTEMPTS - 1):
        assert Watch("here:0:me").take_back() == [taken.pk]
        assert claim("next") is not None
    Watch("here:0:me").take_back()
    taken.refresh_from_db()
    assert taken.state == JobState.FAILED
    assert taken.problems is not None
    assert taken.problems[0]["code"] == "jobs/worker-died"


def test_of_the_same_thing_only_one_waits_or_runs() -> None:
    @job("test")
    def nothing(given: Job, progress: Progress) -> dict[str, Any]:
        return {}

    first = enqueue("test", {}, by=ZHOU, once="commit 1")
    assert enqueue("test", {}, by=ZHOU, once="commit 1").pk == first.pk
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE, ended_at=timezone.now())
    assert enqueue("test", {}, by=ZHOU, once="commit 1").pk != first.pk


def test_a_job_asked_for_in_an_act_goes_with_it() -> None:
    @job("test")
    def nothing(given: Job, progress: Progress) -> dict[str, Any]:
        return {}

    with pytest.raises(ZeroDivisionError), act("test.ask", by=None):
        enqueue("test", {}, by=ZHOU)
        raise ZeroDivisionError
    assert not Job.objects.exists()


def test_a_worker_puts_its_own_job_back_that_it_lost_with_the_database() -> None:
    me = new_owner()
    mine = claimed_by(me)
    assert Watch("here:0:other").take_back() == []
    assert Watch(me).take_back() == [mine.pk]
    mine.refresh_from_db()
    assert (mine.state, mine.owner) == (JobState.QUEUED, "")
