"""Plans for a browser to open: the prefecture's, in every state that has a page.

project 1   换届    draft 1 现任班子 (in work), draft 2 方案一 (in work), draft 3 已定 (signed)
project 2   密封换届, sealed; draft 4; leader made it
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from banzi.staffing.reading import read_problem
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.desk import Desk, desk_of, folder_of
from banzi.web.board.models import Draft, Placement, Project
from banzi.web.board.opening import incumbents
from banzi.web.board.signing import sign_draft

AS_OF = date(2026, 6, 30)
SIGNED = "已定"


def add_boards(owner: Account, problem: Path) -> None:
    """Both projects with their drafts."""
    now: dict[str, Any] = {"created_by": owner, "created_at": timezone.now()}
    sha256 = read_problem(problem).sha256
    with act("test.boards", by=None):
        for title, sealed in (("换届", False), ("密封换届", True)):
            project = Project.objects.create(
                name=title, as_of=AS_OF, problem_sha256=sha256, sealed=sealed, **now
            )
            shutil.copytree(problem, folder_of(project))
            desk = desk_of(project)
            for name in ("现任班子",) if sealed else ("现任班子", "方案一", SIGNED):
                draft = Draft.objects.create(project=project, name=name, **now)
                _place(draft, desk, everybody=name == "现任班子")
    sign_draft(Draft.objects.get(name=SIGNED), "", by=owner)


def _place(draft: Draft, desk: Desk, *, everybody: bool) -> None:
    """The incumbents; but for one draft only two of three, so that drafts differ."""
    held = sorted(incumbents(desk).items())
    Placement.objects.bulk_create(
        Placement(draft=draft, post_id=post, person_id=person)
        for number, (post, person) in enumerate(held)
        if everybody or number % 3
    )
