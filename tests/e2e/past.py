"""What was done on a site before a browser opens it: pages that exist only after something happened.

A correction that can be taken back and one that waits for a second person, a post profile, a plan
that no plan was found for, a backup that was checked, a reset that waits for the second office, a
token, an account with a printed card of codes. Each is made as the site makes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import account, grant
from tests.support.boards import small_board
from tests.support.staffing_bundles import target

from banzi.roster import TABLES
from banzi.web.accounts.lockouts import lock
from banzi.web.accounts.models import Account, Office, SecondFactor
from banzi.web.accounts.resets import ask_reset
from banzi.web.accounts.rights import Verb
from banzi.web.accounts.second_factor import new_card
from banzi.web.api.models import Area
from banzi.web.api.tokens import Limits, make_token
from banzi.web.audit.acts import act
from banzi.web.backup.trying import listed_backups
from banzi.web.jobs.claiming import claim, new_owner
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.running import run
from banzi.web.people.correcting import Correction, corrected
from banzi.web.people.file import row_at
from banzi.web.people.proposing import Grounds, correct, propose
from banzi.web.records.models import RECORDS
from banzi.web.targets.models import PostProfile

FILE = "past.json"


@dataclass(frozen=True, slots=True)
class Past:
    """Addresses by the name of the account that may open them; codes of the card of `carded`."""

    addresses: dict[str, list[str]]
    codes: list[str]


def read_past(home: Path) -> Past:
    """What `add_past` left in the folder of a site."""
    told = json.loads((home / FILE).read_text(encoding="utf-8"))
    return Past(told["addresses"], told["codes"])


def add_past(home: Path, leader: Account, system: Account) -> None:
    """All of it, for a site with records; where it can be seen is left in the folder."""
    clerk = account(username="clerk", name="经办乙")
    for verb in (Verb.VIEW, Verb.EDIT):
        grant(clerk, verb)
    first, second = (
        RECORDS["persons"]._default_manager.order_by("pk").values_list("pk", flat=True)[:2]
    )
    grounds = Grounds("档案审核，以最早材料为准", "履历表")
    correct(_correction(first, native_place="云岭云岭"), leader, grounds)
    propose(_correction(second, native_place="云岭龙泉"), clerk, grounds)
    with act("test.profile", by=leader):
        PostProfile.objects.create(
            title="年轻干部", where="出生年份不小于1985", weight=5, source="示例"
        )
    limits = Limits(frozenset({Verb.VIEW}), frozenset({Area.PERSONS}))
    make_token(leader, "名册同步", limits, timezone.localdate() + timedelta(days=90))
    ask_reset(system, clerk, "本人忘记密码，已当面核实")
    lock(system, account(Office.AUDITOR, username="auditor2", name="审乙"), "长期离岗学习")
    done(enqueue("backup.make", {}, by=system))
    checked = done(enqueue("backup.check", {"name": listed_backups()[0].name}, by=system))
    past = Past(
        {
            "leader": [
                reverse("person-history", args=[first]),
                reverse("people-proposals"),
                _clash(leader),
            ],
            "system": [reverse("backup-told", args=[checked.pk])],
        },
        _card(account(username="carded", name="持卡人")),
    )
    told = {"addresses": past.addresses, "codes": past.codes}
    (home / FILE).write_text(json.dumps(told), encoding="utf-8")


def _correction(person_id: str, **values: Any) -> Correction:
    old = row_at(TABLES["persons"], person_id, "")
    assert old is not None
    return Correction("persons", person_id, old, corrected(old, values, timezone.localdate()))


def _clash(owner: Account) -> str:
    """The page of a plan that cannot be: a woman is wanted where nobody may be."""
    nobody = target(
        "nobody", "one", "<=", 0, citation="示例", title="政府班子不配人",
        scope_table="teams", scope_column="team_id", scope_values="gov",
    )  # fmt: skip
    table = small_board(owner, more=[nobody], stored=True)
    asked = done(
        enqueue("board.solve", {"draft": table.draft.pk, "seconds": 30, "keep": False}, by=owner)
    )
    return reverse("board-clash", args=[table.draft.pk, asked.pk])


def _card(holder: Account) -> list[str]:
    with act("test.card", by=None):
        SecondFactor.objects.create(account=holder)
        return new_card(holder)


def done(asked: Job) -> Job:
    """The job at its end; it must be the only one that waits."""
    taken = claim(new_owner())
    assert taken is not None
    assert taken.pk == asked.pk
    run(taken)
    asked.refresh_from_db()
    assert asked.state == JobState.DONE, asked.problems
    return asked
