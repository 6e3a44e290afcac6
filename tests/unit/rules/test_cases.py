"""The cases an expert can read: `tests/cases/<document>/<rule>.yaml`, one file a rule.

A case changes what `given` says, key by key: `person` (columns of persons), `post`, `organ`, or
rows of any table about 甲. The post is called `post` and belongs to team `team` (of kind
`team_kind`), below team `above` (`above_kind`), to which `other post` belongs; with `without_team`
it belongs to none. 乙 (`other_person`) is on the roster too. A rule about teams is asked about
`team`, one about ranks about 甲. `expect` names the verdict (`absent`: the rule is not in force)
and, where it matters, words of the message, what is missing, and the day on which the verdict
changes by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.law_cases import CASES, law_cases, roster_of
from tests.support.law_checks import BY_FILE, check_case, params

from banzi.roster.checking import check_roster


@pytest.mark.parametrize(("name", "case"), params(appointments=True))
def test_case(name: str, case: dict[str, Any]) -> None:
    check_case(name, case)


def test_cases_are_sound_rosters() -> None:
    first_of_each = dict(reversed(list(law_cases())))
    for case in first_of_each.values():
        assert check_roster(roster_of(case)) == []


def test_every_rule_has_its_file_and_its_cases() -> None:
    source = Path(__file__).parents[3] / "src/banzi/rules"
    for name in BY_FILE:
        assert (source / f"{name}.py").is_file(), name
        assert (CASES / f"{name}.yaml").is_file(), name
    written = {str(f.relative_to(source).with_suffix("")) for f in source.glob("*/art_*.py")}
    assert written == set(BY_FILE)
