"""Wrong command lines get a coded line and exit 2; wrong input never shows a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.builders import person, roster

from banzi.cli.main import run
from banzi.roster import save_roster


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["roster", "check"], "usage/missing-parameter"),
        (["nonsense"], "usage/no-such-command"),
        (["roster", "check", "--nonsense", "x"], "usage/no-such-option"),
        (["roster", "schema", "nonsense"], "usage/bad-value"),
        (["--lang", "fr", "roster", "schema"], "usage/bad-value"),
        (["roster", "check", "/nowhere"], "roster/not-a-roster"),
    ],
)
def test_a_wrong_line_is_answered_with_a_code(
    line: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line) == 2
    assert code in capsys.readouterr().err


def test_check_answers_yes_and_no_by_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_roster(roster(persons=[person("甲")]), tmp_path / "good")
    save_roster(roster(persons=[person("甲", sex="男")]), tmp_path / "bad")
    assert run(["roster", "check", str(tmp_path / "good")]) == 0
    assert run(["roster", "check", str(tmp_path / "bad"), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert [problem["message"]["code"] for problem in answer["problems"]] == ["roster/not-in-list"]


def test_diff_names_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_roster(roster(persons=[person("甲")]), tmp_path / "old")
    save_roster(roster(persons=[person("甲", health="健康")]), tmp_path / "new")
    assert run(["roster", "diff", str(tmp_path / "old"), str(tmp_path / "old")]) == 0
    capsys.readouterr()
    assert run(["roster", "diff", str(tmp_path / "old"), str(tmp_path / "new"), "--json"]) == 1
    changes = json.loads(capsys.readouterr().out)
    assert [(c["column"], c["old"], c["new"]) for c in changes] == [("health", None, "健康")]


def test_schema_lists_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    from banzi.roster import TABLES

    assert run(["roster", "schema", "--json"]) == 0
    assert [table["table"] for table in json.loads(capsys.readouterr().out)] == list(TABLES)
