"""Cases of every kind of due month that an expert can read: `tests/cases/due/kinds.yaml` says how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support.law_cases import roster_of_rows
from tests.unit.due.test_due_cases import month

from banzi.due.catalogue import KINDS, find_kind
from banzi.due.due_list import DueLine, due_list
from banzi.due.entries import DueCase
from banzi.due.scope import Scope
from banzi.law import load_law
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster

FILE = Path(__file__).parents[2] / "cases" / "due" / "kinds.yaml"
CONTENT = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def merged(case: dict[str, Any]) -> dict[str, Any]:
    given = CONTENT["given"]
    return {
        name: {**value, **case.get(name, {})} if isinstance(value, dict) else case.get(name, value)
        for name, value in given.items()
    } | {name: case[name] for name in ("kind", "expect") if name in case}


CASES = [
    pytest.param(merged(case), id=f"{case['kind']}：{case['name']}") for case in CONTENT["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    kind = find_kind(case["kind"])
    assert kind is not None
    due = DueCase(roster_of(case), case["as_of"], load_law())
    listed = due_list(due, Scope(), month(case["until"]), (kind,))
    expect = dict(case["expect"])
    if not expect.pop("listed", True):
        assert listed.every == ()
        return
    count = expect.pop("count", 1)
    assert len(listed.every) == count
    assert_as_expected(listed.every[0], expect)


def assert_as_expected(line: DueLine, expect: dict[str, Any]) -> None:
    if "due" in expect:
        wanted = expect.pop("due")
        if wanted is None:
            assert line.month is None
        elif hasattr(wanted, "day"):
            assert line.day == wanted
            assert line.month == month(f"{wanted:%Y-%m}")
        else:
            assert (line.month, line.day) == (month(wanted), None)
    for name, value in (("from", line.earliest), ("to", line.latest)):
        if name in expect:
            wanted = expect.pop(name)
            assert value == (None if wanted is None else month(wanted)), name
    assert expect.pop("about", "") in line.about
    if "missing" in expect:
        assert list(line.missing) == expect.pop("missing")
    if "doubts" in expect:
        assert [doubt.value for doubt in line.doubts] == expect.pop("doubts")
    if "certainty" in expect:
        assert line.certainty.value == expect.pop("certainty")
    assert not expect


def test_every_kind_but_those_about_age_has_cases_and_one_that_is_not_listed() -> None:
    kinds = {case["kind"] for case in CONTENT["cases"]}
    unlisted = {case["kind"] for case in CONTENT["cases"] if not case["expect"].get("listed", True)}
    others = {kind.zh for kind in KINDS if kind.id not in ("retirement", "post_age_limit")}
    assert kinds == others
    assert unlisted >= others - {"同一层次任职年限"}


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["rows"]])
def test_the_roster_of_a_case_is_sound(case: dict[str, Any]) -> None:
    assert check_roster(roster_of(case)) == []


def roster_of(case: dict[str, Any]) -> Roster:
    team = {"team_id": "team", "team_name": "某班子", "organ_id": "organ", **case["team"]}
    rows: dict[str, list[dict[str, Any]]] = {
        "persons": [{"person_id": "甲", "name": "甲", **case["person"]}],
        "organs": [{"organ_id": "organ", "organ_name": "某机构", "division_code": "990100"}],
        "teams": [team],
        "posts": [{"post_id": "post", "post_name": "副职", "organ_id": "organ", **case["post"]}],
        "post_teams": [{"post_id": "post", "team_id": "team", "team_order": 1}],
        "seats": [{"seat_no": 1, "post_id": "post", "person_id": "甲", **case["seat"]}],
    }
    for table, more in case["rows"].items():
        own = {"person_id": "甲"} if "person_id" in TABLES[table].schema else {}
        rows[table] = [*rows.get(table, []), *({**own, **row} for row in more)]
    return roster_of_rows(case["as_of"], rows)
