"""`banzi papers settings`: the defaults to copy, never over a file that is there."""

from pathlib import Path

import pytest
from tests.support.counting import county

from banzi.cli.main import run
from banzi.roster import save_roster
from banzi.structure.counting.reading_settings import default_text


def test_the_defaults_are_shown_or_written_and_can_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["papers", "settings"]) == 0
    assert "age_bands:" in capsys.readouterr().out
    file = tmp_path / "口径.yaml"
    assert run(["papers", "settings", "--out", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == default_text()
    assert run(["papers", "settings", "--check", str(file)]) == 0
    save_roster(county(), tmp_path / "roster")
    out = tmp_path / "t.xlsx"
    typed = ["papers", "print", "team-statistics", str(tmp_path / "roster"), "--out", str(out)]
    assert run([*typed, "--set", f"口径={file}"]) == 0
    assert out.exists()


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "口径.yaml"
    file.write_text("young: 45岁左右\n", encoding="utf-8")
    assert run(["papers", "settings", "--out", str(file)]) == 2
    assert file.read_text(encoding="utf-8") == "young: 45岁左右\n"


def test_wrong_settings_are_told_line_by_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "口径.yaml"
    file.write_text("age_bnads: []\nyoung: 无\n", encoding="utf-8")
    save_roster(county(), tmp_path / "roster")
    out = tmp_path / "t.xlsx"
    typed = ["papers", "print", "team-statistics", str(tmp_path / "roster"), "--out", str(out)]
    assert run([*typed, "--set", f"口径={file}"]) == 2
    told = capsys.readouterr().err
    assert "口径.yaml:1:" in told
    assert "口径.yaml:2:" in told
    assert not out.exists()
    assert run(["papers", "settings", "--check", str(file)]) == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert run(["papers", "settings", "--check", str(tmp_path / "无.yaml")]) == 2
