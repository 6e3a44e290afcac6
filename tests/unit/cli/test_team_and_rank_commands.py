"""`banzi eligibility teams | ranks`: verdicts with the names behind them, also as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.builders import AS_OF, person, roster

from banzi.cli.main import run
from banzi.roster import save_roster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = roster(
        AS_OF,
        persons=[
            person("甲", political_status="13", rank="06", rank_since=20240600),
            person("乙", political_status="01", rank="06", rank_since=20250600),
        ],
        organs=[{"organ_id": "o", "organ_name": "某县政府", "region_tier": "county"}],
        teams=[
            {"team_id": "t", "team_name": "某县政府", "team_kind": "government", "organ_id": "o"}
        ],
        posts=[{"post_id": "p", "post_name": "副县长", "organ_id": "o", "role": "deputy"}],
        post_teams=[{"post_id": "p", "team_id": "t", "team_order": 1}],
        seats=[{"seat_no": 1, "post_id": "p", "person_id": "甲", "started_on": 20240101}],
    )
    save_roster(made, tmp_path / "roster")
    return tmp_path / "roster"


def test_teams_are_judged_with_the_names_behind(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eligibility", "teams", str(folder), "--json"]) == 0
    told = {each["rule_id"]: each for each in json.loads(capsys.readouterr().out)["judgements"]}
    government = told["united-front/na/government-team"]
    assert (government["verdict"], government["facts"]["non_party_names"]) == ("pass", "甲")
    assert run(["eligibility", "teams", str(folder), "--all"]) == 0
    assert "党外干部：甲" in capsys.readouterr().out


def test_ranks_say_who_waits_and_how_long(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eligibility", "ranks", str(folder), "--json"]) == 0
    told = {
        each["subject"]: each
        for each in json.loads(capsys.readouterr().out)["judgements"]
        if each["rule_id"] == "rank-rules/18/rank-promotion"
    }
    assert (told["甲"]["verdict"], told["乙"]["verdict"]) == ("pass", "fail")
    assert told["乙"]["changes_on"] == "2027-06-01"


def test_a_folder_that_is_no_roster_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eligibility", "teams", str(tmp_path / "nowhere")]) == 2
    assert "roster/not-a-roster" in capsys.readouterr().err
