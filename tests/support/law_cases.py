"""The case files of rules of law, and the rosters that their cases mean.

`tests/cases/<document>/<rule>.yaml` is about persons, posts, teams and ranks (how to write one:
`tests/unit/rules/test_cases.py`); `tests/cases/proceedings/<document>/<rule>.yaml` holds figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from banzi.kernel.columns import Kind
from banzi.kernel.dates import month_index, parse_partial_date
from banzi.roster import TABLES, Roster

CASES = Path(__file__).parents[1] / "cases"
PROCEEDING_CASES = CASES / "proceedings"


def file_of(rule_id: str) -> str:
    """Where the module and the cases of a rule stand, below their folders, without the ending."""
    document, article, slug = rule_id.replace("-", "_").split("/")
    first, *rest = article.split(".")
    number = article if article == "na" else "_".join([f"{int(first):03}", *rest])
    return f"{document}/art_{number}_{slug}"


@cache
def law_cases() -> tuple[tuple[str, dict[str, Any]], ...]:
    """File and case of every case about persons, posts, teams and ranks; `given` is filled in."""
    return tuple(
        (_name(file, CASES), content["given"] | case)
        for file in sorted(CASES.rglob("*.yaml"))
        if not {"forms", "proceedings", "due"} & set(file.parts)
        for content in [yaml.safe_load(file.read_text(encoding="utf-8"))]
        for case in content["cases"]
    )


def proceeding_cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """File and case of every case about a proceeding; its figures change those of `given`."""
    for file in sorted(PROCEEDING_CASES.rglob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        given = content["given"]
        for case in content["cases"]:
            figures = {**given.get("figures", {}), **case.get("figures", {})}
            yield _name(file, PROCEEDING_CASES), {**given, **case, "figures": figures}


def check_answer(result: Any, expected: dict[str, Any]) -> None:
    """Hold an answer (None: the rule is not in force) against all that its case expects."""
    expect = dict(expected)
    assert (result.verdict.value if result else "absent") == expect.pop("verdict")
    if "says" in expect:
        assert str(expect.pop("says")) in result.message()
    if "missing" in expect:
        assert list(result.missing) == expect.pop("missing")
    for name in {"changes_on", "value"} & set(expect):
        assert getattr(result, name) == expect.pop(name)
    assert not expect


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).with_suffix("").as_posix()


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
            {"post_id": post, "team_id": team, "team_order": 1}
            for post, team in (("post", "team"), ("other post", "above"))
            if not (post == "post" and case.get("without_team"))
        ],
    }
    for team in rows["teams"]:
        team |= {"team_name": team["team_id"], "organ_id": "organ"}
    for table in set(TABLES) & set(case):
        rows[table] = [{"person_id": "甲", **row} for row in case[table]]
    for row in rows.get("career_segments", []):
        row.setdefault("segment_kind", "main")
    return roster_of_rows(case["as_of"], rows)


def roster_of_rows(as_of: date, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Roster:
    """A roster of rows by table, with dates and months as case files write them."""
    return Roster(
        as_of,
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
