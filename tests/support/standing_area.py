"""The demonstration area in the database, for tests that only read: stored once a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from banzi.demo.rows import build_roster
from banzi.demo.world import build_world
from banzi.roster import Roster
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.records.freezing import current_roster, store_roster
from banzi.web.targets.keeping import keep_set

TARGETS = """targets:
- id: women
  title: 每个班子至少1名女干部
  scope: teams
  each: team
  measure: count
  where: 女干部
  op: ">="
  bound: "1"
  citation: 中国妇女发展纲要
- id: young
  title: 80后不少于三成
  scope: all
  measure: share
  where: 出生年份>=1980
  op: ">="
  bound: 30%
  citation: 换届工作方案
thresholds:
- {gauge: 平均年龄, yellow: ">=40岁", source: 班子建设规划（示例）第三条}
- {gauge: 80后, red: "<1"}
"""


@pytest.fixture(scope="module")
def area(django_db_setup: None, django_db_blocker: Any) -> Iterator[Roster]:
    """The records as of the day of the demonstration; gone again after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        roster = build_roster(build_world(1))
        with act("test.area", by=None):
            store_roster(roster)
        yield current_roster(roster.as_of)
        transaction.set_rollback(True)


def set_targets(by: Account, text: str = TARGETS) -> None:
    """Put targets and thresholds in force."""
    with act("test.targets", by=by):
        keep_set("测试目标", text, by)


def browser(of: Account) -> Client:
    """Somebody's browser, signed in."""
    made = Client()
    made.force_login(of)
    return made


def on(day: date) -> str:
    """The part of an address that names the day."""
    return f"on={day.isoformat()}"
