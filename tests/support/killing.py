"""A site whose writers are killed at chance moments; run as a program of its own, since it forks.

python -m tests.support.killing MODE KILLS SEED     with BANZI_HOME and DJANGO_SETTINGS_MODULE set

Prints what was killed as JSON, after having checked each time that nothing is half-written, nothing
that was said to be written is lost, and the chain of acts holds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import django

PERSONS_A_FILE = 2


def main(mode: str, kills: int, seed: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", interactive=False, verbosity=0)
    chance = random.Random(seed)
    site: Any = {"save": Saving, "sign": Signing, "import": Importing}[mode]()
    connections.close_all()
    _in_child(partial(site.prepare, kills))
    acknowledged: list[str] = []
    unfinished = 0
    for _kill in range(kills):
        said, was_killed = _killed_child(site.write, chance.uniform(*site.moments))
        acknowledged += said
        unfinished += was_killed
        _in_child(partial(_check, site, acknowledged))
    _in_child(site.finish)
    _in_child(partial(_check, site, acknowledged))
    print(json.dumps({"kills": unfinished, "acknowledged": len(acknowledged)}))


def _killed_child(write: Callable[[Callable[[str], None]], None], after: float) -> tuple[Any, int]:
    """Let a child write until it is killed; the lines it had said by then."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        write(lambda line: os.write(write_end, f"{line}\n".encode()) and None)
        os._exit(0)
    os.close(write_end)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(read_end) as stream:
        said = [line for line in stream.read().splitlines() if line]
    _pid, status = os.waitpid(child, 0)
    return said, os.WIFSIGNALED(status)


def _in_child(work: Callable[[], Any]) -> None:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if status:
        sys.exit("what was found after a kill does not hold")


def _check(site: Any, acknowledged: list[str]) -> None:
    from banzi.web.audit.verifying import verify

    flaws = verify()
    assert not flaws, [str(flaw.message) for flaw in flaws]
    site.check(acknowledged)


class Saving:
    """One clerk corrects a person and a relative in one act, again and again."""

    moments = (0.02, 0.35)

    def prepare(self, kills: int) -> None:
        from tests.support.small_region import small_region

        small_region()

    def write(self, say: Callable[[str], None]) -> None:
        from banzi.web.audit.acts import act
        from banzi.web.records.models import RECORDS

        number = _last()
        while True:
            number += 1
            with act("records.correct", by=None, reason=str(number)):
                RECORDS["persons"]._default_manager.filter(pk="head_a").update(health=str(number))
                RECORDS["relatives"]._default_manager.update(name=str(number))
            say(str(number))

    def check(self, acknowledged: list[str]) -> None:
        from banzi.web.records.models import RECORDS

        health = RECORDS["persons"]._default_manager.get(pk="head_a").health
        names = set(RECORDS["relatives"]._default_manager.values_list("name", flat=True))
        number = _last()
        written = {str(number)}
        assert number == 0 or {health} == names == written, (health, names, number)
        assert number >= max([0, *map(int, acknowledged)])

    def finish(self) -> None:
        return


def _last() -> int:
    from banzi.web.audit.models import Act

    acts = Act.objects.filter(verb="records.correct").order_by("-seq")
    return int(acts.values_list("reason", flat=True).first() or 0)


class Signing(Saving):
    """An act that adds rows to several tables, as a sign-off does; none may be there alone."""

    def write(self, say: Callable[[str], None]) -> None:
        from banzi.web.accounts.models import Account
        from banzi.web.audit.acts import act
        from banzi.web.records.models import RECORDS

        number = RECORDS["assessments"]._default_manager.count()
        while True:
            number += 1
            with act("records.sign", by=None, reason=str(number)):
                RECORDS["assessments"]._default_manager.create(
                    person_id="mayor", assessment_kind="annual", year=number
                )
                RECORDS["awards"]._default_manager.create(person_id="mayor", award_no=number)
                Account.objects.create(username=f"u{number}", name="某", staff_number=str(number))
            say(str(number))

    def check(self, acknowledged: list[str]) -> None:
        from banzi.web.accounts.models import Account
        from banzi.web.audit.models import Act
        from banzi.web.records.models import RECORDS

        counts = {
            RECORDS["assessments"]._default_manager.count(),
            RECORDS["awards"]._default_manager.count(),
            Account.objects.count(),
            Act.objects.filter(verb="records.sign").count(),
        }
        assert len(counts) == 1, counts
        assert counts.pop() >= max([0, *map(int, acknowledged)])


class Importing:
    """A worker reads files and takes them over."""

    moments = (0.3, 2.4)

    def prepare(self, kills: int) -> None:
        from tests.support.accounts import account, grant

        from banzi.documents.codecs.lrmx import write_form
        from banzi.documents.form import Form
        from banzi.kernel.columns import FieldClass
        from banzi.web.accounts.rights import Verb
        from banzi.web.imports.models import Import
        from banzi.web.jobs.jobs import enqueue
        from banzi.web.jobs.worker import Worker

        holder = account()
        grant(holder, verb=Verb.EDIT, fields=tuple(FieldClass))
        for number in range(2 * kills):
            if number == kills:  # half are to be taken over, the others to be read
                Worker().work(until_idle=True)
                self._ask()
            given = Import(by=holder.username, by_name=holder.name, as_of=date(2026, 3, 1))
            (given.folder / "files").mkdir(parents=True)
            for person in range(PERSONS_A_FILE):
                birth = f"{1960 + number % 40}{person + 1:02d}"
                form = Form({"name": f"周{number}号{'甲乙'[person]}", "birth": birth, "sex": "男"})
                (given.folder / "files" / f"{person}.lrmx").write_bytes(write_form(form))
            given.save(force_insert=True)
            enqueue("imports.read", {"import_id": given.pk}, by=holder)

    def _ask(self) -> None:
        """Ask for everything to be taken over that is ready and not asked for yet."""
        from banzi.web.imports.models import Import, ImportState
        from banzi.web.jobs.jobs import enqueue

        for given in Import.objects.filter(state=ImportState.READY):
            once = f"imports.take {given.pk}"
            enqueue("imports.take", {"import_id": given.pk}, by=given.asker, once=once)

    def write(self, say: Callable[[str], None]) -> None:
        from banzi.web.jobs.models import Job, JobState
        from banzi.web.jobs.worker import Worker

        while True:
            self._ask()
            if not Worker().work_one():
                return
            done = Job.objects.filter(kind="imports.take", state=JobState.DONE)
            for job in done:
                say(str(job.arguments["import_id"]))

    def check(self, acknowledged: list[str]) -> None:
        from banzi.web.audit.models import Act
        from banzi.web.imports.models import Import, ImportState
        from banzi.web.records.models import RECORDS

        taken = set(Import.objects.filter(state=ImportState.TAKEN).values_list("pk", flat=True))
        acts = list(Act.objects.filter(verb="imports.take").values_list("about", flat=True))
        assert sorted(acts) == sorted(taken), (acts, taken)
        assert set(acknowledged) <= taken
        persons = RECORDS["persons"]._default_manager.count()
        assert persons == PERSONS_A_FILE * len(taken), (persons, len(taken))

    def finish(self) -> None:
        self.write(lambda _line: None)
        from banzi.web.jobs.models import Job, JobState

        left = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
        assert not left.exists(), list(left.values_list("kind", "state", "attempts"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
