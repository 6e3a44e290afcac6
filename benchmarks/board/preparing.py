"""A site's folder with the invented region and one plan of it, made once: `prepare`, `opened`.

360 posts, 3,000 persons, some 85,000 pairs. The draft has the incumbents, as after a new project.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.large_rosters import region_roster
from benchmarks.workspace import AS_OF, Workspace, quietly

if TYPE_CHECKING:
    from django.test import Client

    from banzi.web.accounts.models import Account
    from banzi.web.board.models import Draft

USERNAME = "leader"


@dataclass(frozen=True)
class Opened:
    """The draft, and who works on it."""

    draft: Draft
    account: Account

    def client(self) -> Client:
        from django.test import Client

        made = Client(SERVER_NAME="localhost")
        made.force_login(self.account)
        return made


def settle(home: Path) -> None:
    """Let this process speak to the site in a folder."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ["BANZI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "banzi.web.config.settings"
    import django

    django.setup()


def sources(folder: Path, roster: Path | None, problem: Path | None) -> tuple[Path, Path]:
    """Roster and problem: those named, else the region's, written and built the first time."""
    space = Workspace(folder)
    if roster is None:
        from banzi.cli.main import load_commands

        load_commands()
        roster = region_roster(space)
    if problem is None:
        problem, files = folder / "problem-region", roster.parent
        if not problem.exists():
            quietly(
                "plan", "build", roster, "--targets", files / "targets.yaml",
                "--settings", files / "settings.yaml", "--problem", problem,
            )  # fmt: skip
    return roster, problem


def prepare(roster: Path, problem: Path) -> None:
    """Records, accounts, a project with a draft; nothing when they are there."""
    from django.core.management import call_command
    from django.utils import timezone
    from tests.support.accounts import account, grant

    from banzi.kernel.columns import FieldClass
    from banzi.roster import load_roster
    from banzi.staffing.reading import read_problem
    from banzi.web.accounts.rights import Verb
    from banzi.web.audit.acts import act
    from banzi.web.board.desk import folder_of
    from banzi.web.board.models import Draft, Project
    from banzi.web.records.freezing import store_roster

    call_command("migrate", interactive=False, verbosity=0)
    if Draft.objects.exists():
        return
    with act("bench.records", by=None):
        store_roster(load_roster(roster))
    leader = account(username=USERNAME, name="部长甲")
    for verb in Verb:
        grant(leader, verb, fields=tuple(FieldClass))
    now: dict[str, Any] = {"created_by": leader, "created_at": timezone.now()}
    with act("bench.project", by=None):
        project = Project.objects.create(
            name="换届", as_of=AS_OF, problem_sha256=read_problem(problem).sha256, **now
        )
        shutil.copytree(problem, folder_of(project), dirs_exist_ok=True)
        Draft.objects.create(project=project, name="现任班子", **now)


def opened() -> Opened:
    """The draft with the incumbents in their posts again, whatever runs before have moved."""
    from banzi.web.accounts.models import Account
    from banzi.web.audit.acts import act
    from banzi.web.board.desk import desk_of
    from banzi.web.board.models import Draft
    from banzi.web.board.moving import fill
    from banzi.web.board.opening import incumbents

    draft = Draft.objects.select_related("project").get()
    with act("bench.again", by=None):
        fill(draft, incumbents(desk_of(draft.project)), "")
    return Opened(draft, Account.objects.get(username=USERNAME))
