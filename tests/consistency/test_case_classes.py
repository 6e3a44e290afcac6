"""Every rule has every class of cases: inside, outside, unknown, month ends, before it began.

Which classes a rule wants follows from what it reads, which of them it has from judging its cases
(`tests.support.case_classes`). Where a class makes no sense, `case_class_gaps.EXCEPT` says why.
"""

from __future__ import annotations

import pytest
from tests.support.case_class_gaps import check_classes
from tests.support.law_checks import APPOINTMENTS

from banzi.rules.catalogue import ALL_RULES
from banzi.rules.checking import EVERY_RULE
from banzi.rules.proceedings import PROCEEDINGS, Proceeding
from banzi.rules.runtime import Rule


def test_the_appointment_regulations_have_every_class_of_cases() -> None:
    document = APPOINTMENTS.replace("_", "-")
    assert check_classes([rule for rule in ALL_RULES if rule.id.startswith(document)]) > 60


def test_the_rules_about_proceedings_have_every_class_of_cases() -> None:
    assert check_classes(PROCEEDINGS) > 300


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.id)
def test_a_rule_begins_on_its_day_and_ends_on_it(rule: Rule | Proceeding) -> None:
    assert rule.in_force(rule.since)
    assert rule.until is None or not rule.in_force(rule.until)
