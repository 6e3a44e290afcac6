"""The invented region with accounts for every part: what a newcomer signs in to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.staffing.plan import read_plan
from banzi.staffing.reading import read_problem
from banzi.web.accounts.models import Account, Grant, Office, Verb
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.board.opening import add_draft, open_project, placed_by, proof_of
from banzi.web.records.freezing import store_roster
from banzi.web.records.models import RECORDS
from banzi.web.targets.keeping import keep_set

NOT_EMPTY = MessageKind(
    "site/not-empty", _("数据库中已有人员资料，演示资料只写入空的数据库；请换一个数据文件夹")
)
SOLVED = _("程序求解的方案")
TARGETS = _("换届结构目标（示例）")
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another on paper."""


@dataclass(frozen=True, slots=True)
class Part:
    """An account of the demonstration: login name, what its holder is, and what it may do."""

    username: str
    title: str
    verbs: tuple[Verb, ...] = ()
    office: Office = Office.NONE


PARTS = (
    Part("kezhang", _("科长"), (Verb.VIEW, Verb.EDIT, Verb.APPROVE)),
    Part("shenhe", _("副科长（审核）"), (Verb.VIEW, Verb.APPROVE)),
    Part("jingban", _("经办"), (Verb.VIEW, Verb.EDIT)),
    Part("buling", _("部领导（看方案）"), (Verb.VIEW, Verb.RELEASE)),
    Part("xitong", _("系统管理员"), office=Office.SYSTEM),
    Part("anquan", _("安全管理员"), office=Office.SECURITY),
    Part("shenji", _("审计管理员"), office=Office.AUDITOR),
)


@dataclass(frozen=True, slots=True)
class Material:
    """What the demonstration has made of the roster: each may be missing, a plan needs its problem."""

    targets: Path | None = None
    problem: Path | None = None
    plan: Path | None = None


def load_demonstration(
    roster: Roster, today: date, material: Material = Material()
) -> list[tuple[Part, str]]:
    """Put roster, targets, plan and accounts into an empty database; each part with its password.

    Passwords are made by chance, told once and must be changed at the first signing in.

    Raises
    ------
    BanziError
        `site/not-empty`.
    """
    if RECORDS["persons"]._default_manager.exists() or Account.objects.exists():
        raise BanziError(NOT_EMPTY())
    with act("site.demonstration", by=None):
        store_roster(roster)
        passwords = [(part, new_password()) for part in PARTS]
        accounts = {
            part.username: Account.objects.create_account(
                part.username, part.title, password, office=part.office.value,
                must_change_password=True,
            )
            for part, password in passwords
        }  # fmt: skip
        giver = accounts["anquan"]
        for part in PARTS:
            for verb in part.verbs:
                Grant.objects.create(
                    account=accounts[part.username],
                    verb=verb.value,
                    fields=" ".join(FieldClass),
                    starts=today - timedelta(days=1),
                    given_by=giver,
                    why="演示",
                )
        _load(material, accounts["kezhang"])
    return passwords


def _load(material: Material, by: Account) -> None:
    """The targets in force, and a project of the plan board with those in office and the plan."""
    if material.targets is not None:
        keep_set(TARGETS, material.targets.read_text("utf-8"), by)
    if material.problem is not None:
        problem = read_problem(material.problem)
        project, _draft = open_project(
            problem.name,
            problem.as_of,
            material.problem,
            problem.sha256,
            by,
            records_seq=Act.objects.count() + 1,  # the act under way, which brings the records
        )
        if material.plan is not None:
            plan = read_plan(material.plan)
            add_draft(project, SOLVED, placed_by(plan), by, proof_of(plan))


def new_password() -> str:
    """Sixteen signs in groups of four, to be read from paper."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))
    return "-".join(groups)
