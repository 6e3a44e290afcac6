"""Cases of the 到龄 list that an expert can read: `tests/cases/due/age_list.yaml` says how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support.law_cases import roster_of_rows

from banzi.due.age_list import AgeLine, age_list
from banzi.due.entries import DueCase
from banzi.due.limits import AgeLimits
from banzi.due.reading_limits import read_limits
from banzi.due.scope import Scope
from banzi.kernel.dates import month_index, month_text, parse_partial_date
from banzi.kernel.messages import Message
from banzi.law import load_law
from banzi.roster import Roster
from banzi.roster.checking import check_roster

SPANS = ("due/possible", "due/limit-possible")
FILE = Path(__file__).parents[2] / "cases" / "due" / "age_list.yaml"
CONTENT = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def merged(case: dict[str, Any]) -> dict[str, Any]:
    given = CONTENT["given"]
    person = {**given["person"], **case.get("person", {})}
    return {**given, **case, "person": person}


CASES = [pytest.param(merged(case), id=case["name"]) for case in CONTENT["cases"]]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    roster = roster_of(case)
    limits = AgeLimits()
    if "limits" in case:
        file = tmp_path / "limits.yaml"
        file.write_text(yaml.safe_dump(case["limits"], allow_unicode=True), encoding="utf-8")
        limits = read_limits(file)
    due = DueCase(roster, case["as_of"], load_law(), limits)
    congress = month(case["congress"]) if "congress" in case else None
    listed = age_list(due, Scope(), month(case["until"]), congress)
    expect = dict(case["expect"])
    if expect.pop("listed", "yes") == "no":
        assert listed.every == ()
        return
    (line,) = listed.every
    assert_as_expected(line, expect)


def assert_as_expected(line: AgeLine, expect: dict[str, Any]) -> None:
    for name, value in (
        ("retirement", line.retirement_month),
        ("limit", line.limit_month),
        ("due", line.due_month),
    ):
        if name in expect:
            wanted = expect.pop(name)
            assert value == (None if wanted is None else month(f"{wanted:.2f}")), name
    measured, rule = line.nomination, line.nomination.rule if line.nomination else None
    assert measured is not None
    if "years" in expect:
        wanted = expect.pop("years")
        assert measured.years == (None if wanted is None else tuple(wanted))
    for name in ("again", "new"):
        if name in expect:
            is_set = rule is not None and getattr(rule, name) is not None
            told = {True: "yes", False: "no", None: "unknown"}[getattr(measured, name)]
            assert (told if is_set else "unset") == expect.pop(name), name
    if "doubts" in expect:
        codes = [each.code if isinstance(each, Message) else each.value for each in line.notes]
        assert [code for code in codes if code not in SPANS] == expect.pop("doubts")
    texts = "；".join(each.text() if isinstance(each, Message) else each.zh for each in line.notes)
    for words in expect.pop("says", []):
        assert words in texts
    assert not expect


def test_the_roster_of_the_cases_is_sound() -> None:
    assert check_roster(roster_of(merged({}))) == []


def test_months_are_written_as_offices_write_them() -> None:
    assert month_text(month("2026-11")) == "2026.11"


def roster_of(case: dict[str, Any]) -> Roster:
    organ = {"organ_id": "organ", "organ_name": "某市人民政府", "region_tier": "prefecture"}
    post = {"post_id": "post", "post_name": "副市长", "organ_id": "organ", **case["post"]}
    rows: dict[str, list[dict[str, Any]]] = {
        "persons": [{"person_id": "甲", "name": "甲", **case["person"]}],
        "organs": [organ],
        "teams": [
            {
                "team_id": "team",
                "team_name": "某市政府",
                "team_kind": "government",
                "organ_id": "organ",
            }
        ],
        "posts": [post],
        "post_teams": [{"post_id": "post", "team_id": "team", "team_order": 1}],
        "seats": [{"seat_no": 1, "post_id": "post", "person_id": "甲"}],
    }
    return roster_of_rows(case["as_of"], rows)


def month(text: object) -> int:
    parsed = parse_partial_date(str(text))
    assert parsed is not None, text
    assert parsed.month, text
    return month_index(parsed.year, parsed.month)
