"""The cases an expert can read: `tests/cases/<document>/<rule>.yaml`, one file a rule.

A case changes what `given` says, key by key: `person` (columns of persons), `post`, `organ`, or
rows of any table about 甲. The post is called `post` and belongs to team `team` (of kind
`team_kind`), below team `above` (`above_kind`), to which `other post` belongs; 乙
(`other_person`) is on the roster too. A rule about teams is asked about `team`, one about ranks
about 甲. `expect` names the verdict (`absent`: the rule is not in force) and, where it matters,
words of the message, what is missing, and the day on which the verdict changes by itself.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from banzi.kernel.columns import Kind
from banzi.kernel.dates import month_index, parse_partial_date
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster
from banzi.rules import RULES, explain, judge_ranks, judge_teams
from banzi.rules.catalogue import RANK_RULES, TEAM_RULES

CASES = Path(__file__).parents[2] / "cases"


def law_files() -> list[Path]:
    """Case files of rules of law; forms, proceedings and due months have their own folders."""
    return [
        file
        for file in sorted(CASES.rglob("*.yaml"))
        if not {"forms", "proceedings", "due"} & set(file.parts)
    ]


@cache
def load() -> list[Any]:
    found = []
    for file in law_files():
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        name = str(file.relative_to(CASES).with_suffix(""))
        found += [
            pytest.param(name, content["given"] | case, id=f"{name}: {case['name']}")
            for case in content["cases"]
        ]
    return found


def file_of(rule_id: str) -> str:
    document, article, slug = rule_id.replace("-", "_").split("/")
    numbers = (
        "_".join(f"{int(n):03}" if i == 0 else n for i, n in enumerate(article.split(".")))
        if article != "na"
        else "na"
    )
    return f"{document}/art_{numbers}_{slug}"


BY_FILE = {file_of(rule.id): rule for rule in (*RULES, *TEAM_RULES, *RANK_RULES)}


@pytest.mark.parametrize(("name", "case"), load())
def test_case(name: str, case: dict[str, Any]) -> None:
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
    expect = dict(case["expect"])
    assert (result.verdict.value if result else "absent") == expect.pop("verdict")
    if "says" in expect:
        assert str(expect.pop("says")) in result.message()
    if "missing" in expect:
        assert list(result.missing) == expect.pop("missing")
    if "changes_on" in expect:
        assert result.changes_on == expect.pop("changes_on")
    assert not expect


def test_cases_are_sound_rosters() -> None:
    first_of_each = {each.values[0]: each.values[1] for each in load()}
    for case in first_of_each.values():
        assert check_roster(roster_of(case)) == []


def test_every_rule_has_its_file_and_its_cases() -> None:
    source = Path(__file__).parents[3] / "src/banzi/rules"
    for name in BY_FILE:
        assert (source / f"{name}.py").is_file(), name
        assert (CASES / f"{name}.yaml").is_file(), name
    written = {str(f.relative_to(source).with_suffix("")) for f in source.glob("*/art_*.py")}
    assert written == set(BY_FILE)


def roster_of(case: dict[str, Any]) -> Roster:
    organ = {"organ_id": "organ", "organ_name": "某机构", **case.get("organ", {})}
    posts = [
        {"post_id": "post", "post_name": "某职", "organ_id": "organ", "role": "deputy"}
        | case.get("post", {}),
        {"post_id": "other post", "post_name": "另职", "organ_id": "organ", "role": "deputy"},
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "persons": [
            {"person_id": "甲", "name": "甲", **case.get("person", {})},
            {"person_id": "乙", "name": "乙", **case.get("other_person", {})},
        ],
        "organs": [organ],
        "teams": [
            {"team_id": "above", "team_kind": case.get("above_kind", "other")},
            {
                "team_id": "team",
                "team_kind": case.get("team_kind", "other"),
                "superior_team_id": "above",
            },
        ],
        "posts": posts,
        "post_teams": [
            {"post_id": "post", "team_id": "team", "team_order": 1},
            {"post_id": "other post", "team_id": "above", "team_order": 1},
        ],
    }
    for team in rows["teams"]:
        team |= {"team_name": team["team_id"], "organ_id": "organ"}
    for table in set(TABLES) & set(case):
        rows[table] = [{"person_id": "甲", **row} for row in case[table]]
    for row in rows.get("career_segments", []):
        row.setdefault("segment_kind", "main")
    return Roster(
        case["as_of"],
        {
            table: TABLES[table].frame(
                [{name: typed(table, name, value) for name, value in row.items()} for row in given]
            )
            for table, given in rows.items()
        },
    )


def typed(table: str, name: str, value: Any) -> Any:
    """`2010-07` or a day as the column stores it."""
    kind = TABLES[table][name].kind
    if kind not in (Kind.PARTIAL_DATE, Kind.MONTH) or value is None:
        return value
    if isinstance(value, date):
        return value.year * 10000 + value.month * 100 + value.day
    parsed = parse_partial_date(str(value))
    assert parsed is not None, value
    return month_index(parsed.year, parsed.month) if kind is Kind.MONTH else int(parsed)
