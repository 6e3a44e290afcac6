"""A real site whose processes are killed at chance moments, and what must hold afterwards.

python -m tests.support.killing KILLS SEED [--postgresql] [--only PAIR …] [--broken FAULT]

Prints the seed first and at the end, as JSON, how often which process was killed during what.

    processes   the web process, the worker and the database: begun, killed, begun again
    browsing    the office's browser: signs in, fills forms in, hears what the site acknowledges
    errands     what a clerk is doing while something is killed: a correction, an import, a sign-off
    checking    what must hold after every kill
    breaking    the same site made wrong on purpose, so that the check is seen to fail
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.support.killing.breaking import FAULTS, halfway
from tests.support.killing.processes import Site
from tests.support.postgres import Server, postgres_programs

BOARDS_A_KILL = 3
MOMENTS = {"save": 0.5, "sign": 0.5, "read": 1.0, "import": 1.0}
"""Seconds after an errand has come to its middle, within which something is killed."""
JOBS = {"read": "imports.read", "import": "imports.take"}
"""Errands that are in their middle when a worker has their job."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("kills", type=int)
    asked.add_argument("seed", type=int)
    asked.add_argument("--postgresql", action="store_true")
    asked.add_argument("--only", nargs="*", default=[], help="as `worker:import`")
    asked.add_argument("--broken", choices=FAULTS, default="")
    given = asked.parse_args()
    print(f"seed {given.seed}", file=sys.stderr, flush=True)
    home = Path(tempfile.mkdtemp(prefix="banzi-killing-"))
    server = None
    try:
        if given.postgresql:
            programs = postgres_programs()
            assert programs is not None, "PostgreSQL is not installed"
            server = Server(programs, Path(tempfile.mkdtemp(prefix="banzi-pg-")))
            server.start()
            os.environ["BANZI_DATABASE"] = server.address
        site = Site(home, server, given.broken)
        chance = random.Random(given.seed)
        pairs = [tuple(each.split(":")) for each in given.only] or _pairs(site.victims, chance)
        run(site, [pairs[number % len(pairs)] for number in range(given.kills)], chance)
    finally:
        if server is not None:
            server.stop(signal.SIGQUIT)
            shutil.rmtree(server.folder, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def run(site: Site, plan: list[tuple[str, ...]], chance: random.Random) -> None:
    """Kill what the plan says during what it says, and check after each."""
    places = _prepare(site.home, len(plan))
    from tests.support.killing.browsing import Browser
    from tests.support.killing.checking import check
    from tests.support.killing.errands import Clerk, Signing

    told: Counter[str] = Counter()
    clerk = Clerk(Browser(site.port, "clerk"))
    signing = clerk.errands["sign"]
    assert isinstance(signing, Signing)
    signing.drafts = list(places)
    try:
        for name in ("web", "worker"):
            if name == "web" or any("worker" in pair or pair[1] in JOBS for pair in plan):
                site.begin(name)
        for victim, errand in plan:
            clerk.take_up(errand)
            clerk.begun.wait(60)
            _wait_for_job(JOBS.get(errand, ""))
            if site.is_broken:
                _wait_for_fault(halfway(site.home))
            time.sleep(chance.uniform(0, MOMENTS[errand]))
            site.kill(victim)
            heard = list(clerk.acknowledged)
            if victim == "database":
                site.begin(victim)
            check(heard, places)
            if victim != "database":
                site.begin(victim)
            clerk.lay_down()
            check(clerk.acknowledged, places)
            told[f"{victim} {errand}"] += 1
        _go_on(clerk, {errand for _victim, errand in plan})
        check(clerk.acknowledged, places)
    finally:
        clerk.lay_down()
        site.end()
    told_by = {"acknowledged": _heard(clerk), "unanswered": len(clerk.unanswered)}
    print(json.dumps({"kills": told, **told_by}))


def _pairs(victims: tuple[str, ...], chance: random.Random) -> list[tuple[str, ...]]:
    """Every victim during every errand, in chance order."""
    pairs = [(victim, errand) for errand in MOMENTS for victim in victims]
    chance.shuffle(pairs)
    return list(pairs)


def _prepare(home: Path, kills: int) -> dict[int, str]:
    """Make the database, a clerk who may do everything, people and boards; draft → its place."""
    os.environ["BANZI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "banzi.web.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from django.db import connections
    from tests.support.accounts import account, grant
    from tests.support.boards import fill_seats, small_board, store_people

    from banzi.kernel.columns import FieldClass
    from banzi.web.accounts.rights import Verb

    names = [f"p{number:02}-" for number in range(max(3, BOARDS_A_KILL * kills))]
    store_people(*names)
    leader = account(username="clerk", name="部长甲")
    for verb in Verb:
        grant(leader, verb, fields=tuple(FieldClass))
    drafts = {}
    for name in names:
        table = small_board(leader, place=name, stored=True)
        fill_seats(table, leader, name)
        drafts[table.draft.pk] = name
    connections.close_all()
    return drafts


def _wait_for_job(kind: str) -> None:
    from django.db import connections

    from banzi.web.jobs.models import Job, JobState

    until = time.monotonic() + 10  # a clerk may have none under way by now
    while kind and time.monotonic() < until:
        if Job.objects.filter(kind=kind, state=JobState.RUNNING).exists():
            break
        time.sleep(0.02)
    connections.close_all()


def _wait_for_fault(halfway: Path) -> None:
    until = time.monotonic() + 60
    while not halfway.exists() and time.monotonic() < until:
        time.sleep(0.02)
    halfway.unlink(missing_ok=True)


def _go_on(clerk: Any, errands: set[str]) -> None:
    """The site still does everything: each errand to its acknowledged end."""
    for errand, wanted in (("save", "save"), ("sign", "apply"), ("import", "import")):
        if errand not in errands:
            continue
        until, before = time.monotonic() + 600, _heard(clerk)[wanted]
        clerk.take_up(errand)
        while _heard(clerk)[wanted] <= before:
            assert time.monotonic() < until, f"{errand} no longer comes to its end"
            time.sleep(0.1)
        clerk.lay_down()


def _heard(clerk: Any) -> Counter[str]:
    return Counter(kind for kind, _which in set(clerk.acknowledged))


if __name__ == "__main__":
    main()
