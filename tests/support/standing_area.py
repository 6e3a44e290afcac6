"""The demonstration area in the database, for tests that only read: stored once a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests.support.accounts import browser as browser

from banzi.demo.rows import build_roster
from banzi.demo.world import build_world
from banzi.roster import Roster
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.reading_targets import read_targets_text
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights
from banzi.web.audit.acts import act
from banzi.web.organs.asking import Seen
from banzi.web.records.freezing import current_roster, store_roster
from banzi.web.records.sight import Sight, sight
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


def on(day: date) -> str:
    """The part of an address that names the day."""
    return f"on={day.isoformat()}"


def sight_of(holder: Account, roster: Roster) -> Sight:
    """What an account sees on the day of the roster."""
    return sight(Rights(holder, roster.as_of), roster.as_of)


def seen_by(mine: Sight) -> Seen:
    """A request for tables by whoever has this sight, with the targets and no thresholds."""
    file = read_targets_text(TARGETS, "目标")
    return Seen(
        mine.roster, mine.as_of, default_settings(), mine.law, file.targets, (), file.settings, mine
    )
