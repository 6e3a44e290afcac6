"""A case of a rule of law, judged the way screens and papers judge it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.law_cases import check_answer, file_of, law_cases, roster_of

from banzi.rules import explain, judge_ranks, judge_teams
from banzi.rules.catalogue import ALL_RULES

BY_FILE = {file_of(rule.id): rule for rule in ALL_RULES}

APPOINTMENTS = "appointment_regulations/"
"""Half of the cases are about these regulations: what looks at every case comes in two files."""


def params(*, appointments: bool) -> list[Any]:
    """Cases of the appointment regulations, or of all other documents."""
    return [
        pytest.param(name, case, id=f"{name}: {case['name']}")
        for name, case in law_cases()
        if name.startswith(APPOINTMENTS) is appointments
    ]


def check_case(name: str, case: dict[str, Any]) -> None:
    """Judge a case as its users would, and hold the answer against what it expects."""
    roster = roster_of(case)
    rule = BY_FILE[name]
    as_of = case["as_of"]
    if rule.about == "team":
        found = [
            each for each in judge_teams(roster, as_of, rules=[rule]) if each.subject == "team"
        ]
    elif rule.about == "rank":
        found = [each for each in judge_ranks(roster, as_of, rules=[rule]) if each.subject == "甲"]
    else:
        found = explain(roster, as_of, "甲", "post", rules=[rule])
    result = next(iter(found), None)
    check_answer(result, case["expect"])
