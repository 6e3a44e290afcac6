"""`banzi plan why` of somebody who is no candidate: the clause, the plan's limit, or how to know."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.support.staffing_answers import asked_of
from tests.support.staffing_bundles import bundle

from banzi.cli.main import run
from banzi.roster import Roster, save_roster
from banzi.staffing.left_out import PLAN_FILE


@pytest.fixture
def places(tmp_path: Path) -> tuple[str, str]:
    """甲 (江一) holds post a; 乙 (江二) is a candidate of b only; 丙 (江三) is not in the bundle."""
    made = bundle(
        persons=[{"person_id": p} for p in "甲乙"],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": s, "team_ids": "t"} for s in "ab"],
        candidates=[
            {"post_id": "a", "person_id": "甲", "fit": 5},
            {"post_id": "b", "person_id": "乙", "fit": 4},
        ],
        tiers=[{"name": "merit", "vacancy": -100, "pair_terms": {"fit": 1}}],
    )
    names = {("post", "a"): "甲县县长", ("person", "甲"): "江一", ("person", "乙"): "江二"}
    return asked_of(made, {"a": "甲"}, names, tmp_path)


@pytest.fixture
def roster(tmp_path: Path) -> str:
    people = [("甲", "江一"), ("乙", "江二"), ("丙", "江三")]
    save_roster(
        Roster.of(
            date(2021, 7, 1),
            persons=[{"person_id": p, "name": n, "birth": 19800300} for p, n in people],
            organs=[{"organ_id": "o", "organ_name": "甲县"}],
            posts=[{"post_id": s, "post_name": "县长", "organ_id": "o"} for s in "ab"],
        ),
        tmp_path / "roster",
    )
    return str(tmp_path / "roster")


def test_without_a_roster_it_is_said_plainly_and_how_to_know(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "why", *places, "a", "乙"]) == 0
    said = capsys.readouterr().out
    assert "江二不是职位甲县县长的可选人员" in said
    assert "也没有记录原因" in said
    assert "加--roster" in said


def test_with_the_roster_the_clauses_that_exclude_are_named(
    places: tuple[str, str], roster: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "why", *places, "a", "江二", "--roster", roster]) == 0
    said = capsys.readouterr().out
    assert "江二不是职位甲县县长的可选人员" in said
    assert "无法认定｜逐级提拔（《党政领导干部选拔任用工作条例》第9条，AR/9/one-step）" in said
    assert f"banzi eligibility explain {roster} --person 乙 --post a" in said
    assert "｜符合" not in said


def test_somebody_the_bundle_does_not_know_is_looked_up_in_the_roster(
    places: tuple[str, str], roster: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "why", *places, "a", "江三", "--roster", roster, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["person_id"], said["limit"]) == ("not-candidate", "丙", None)
    assert {rule["verdict"] for rule in said["excluded_by"]} <= {"fail", "unknown"}
    assert said["excluded_by"]
    assert run(["plan", "why", *places, "a", "江三", "--roster", roster]) == 0
    assert "江三不是职位甲县县长的可选人员" in capsys.readouterr().out


def test_what_the_plan_itself_leaves_out_is_known_without_a_roster(
    places: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(places[0]) / PLAN_FILE).write_text(
        "person_id,reason,post_ids\n丙,reach,a\n乙,level,a\n", "utf-8"
    )
    for person, reason in (("丙", "不在人选来源之内"), ("乙", "职务层次不在考虑范围")):
        assert run(["plan", "why", *places, "a", person]) == 0
        said = capsys.readouterr().out
        assert "按任职规定没有障碍" in said
        assert reason in said


@pytest.mark.parametrize(
    ("person", "with_roster", "code"),
    [("江三", False, "plan/why-not-in-bundle"), ("江九", True, "selection/no-such-person")],
)
def test_who_is_nowhere_is_an_error_with_the_next_step(
    places: tuple[str, str],
    roster: str,
    person: str,
    with_roster: bool,
    code: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    more = ["--roster", roster] if with_roster else []
    assert run(["plan", "why", *places, "a", person, *more]) != 0
    assert code in capsys.readouterr().err
