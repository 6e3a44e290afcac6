"""The cases of rules about proceedings: `tests/cases/proceedings/<document>/<rule>.yaml`.

A case changes the figures of `given` one by one. `expect` names the verdict (`absent`: the rule is
not in force) and, where it matters, words of the message, what is missing, and the value.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.law_cases import PROCEEDING_CASES, check_answer, file_of, proceeding_cases

from banzi.kernel.errors import BanziError
from banzi.law import load_law
from banzi.rules.proceedings import PROCEEDINGS, Proceeding, reckon

SOURCE = Path(__file__).parents[4] / "src/banzi/rules/proceedings"


BY_FILE = {file_of(rule.id): rule for rule in PROCEEDINGS}


QUORUM = BY_FILE["local_party_elections/art_024_quorum"]


LOADED = [
    pytest.param(name, case, id=f"{name}: {case['name']}") for name, case in proceeding_cases()
]


@pytest.mark.parametrize(("name", "case"), LOADED)
def test_case(name: str, case: dict[str, Any]) -> None:
    result = reckon(BY_FILE[name], case["figures"], case["as_of"], load_law())
    check_answer(result, case["expect"])


def test_every_rule_has_its_file_and_its_cases() -> None:
    for name in BY_FILE:
        assert (SOURCE / f"{name}.py").is_file(), name
        assert (PROCEEDING_CASES / f"{name}.yaml").is_file(), name
    written = {
        str(file.relative_to(SOURCE).with_suffix("")).replace("\\", "/")
        for file in SOURCE.glob("*/art_*.py")
    }
    assert written == set(BY_FILE)


@pytest.mark.parametrize("rule", PROCEEDINGS, ids=lambda rule: rule.id)
def test_a_rule_is_unknown_or_says_what_is_wrong_when_nothing_is_known(rule: Proceeding) -> None:
    result = reckon(rule, {}, max(rule.since, date(2026, 6, 30)), load_law())
    assert result is None or result.verdict.value == "unknown"
    assert result is None or result.missing


def test_a_figure_that_no_rule_asks_for_is_refused_by_name() -> None:
    with pytest.raises(BanziError, match="应到会人数"):
        reckon(QUORUM, {"absent": 3}, date(2026, 6, 30), load_law())


@pytest.mark.parametrize("value", [-1, 2.5, "151", True])
def test_a_count_that_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(BanziError, match="不小于零的整数"):
        reckon(QUORUM, {"present": value}, date(2026, 6, 30), load_law())
