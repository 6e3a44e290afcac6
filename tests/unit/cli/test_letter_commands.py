import json
from pathlib import Path

import pytest
from docx import Document
from tests.example_teams import example_roster, write_example_plan

from banzi.cli.main import run
from banzi.roster import save_roster

FRAME = "版头: {发文机关标志: 中共云岭市委文件}\n署名: 中共云岭市委\n成文日期: 2021年7月5日\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_roster(example_roster(), tmp_path / "roster")
    (tmp_path / "head.yaml").write_text(FRAME, "utf-8")
    return tmp_path


def notice(folder: Path, *arguments: str) -> int:
    frame = ["--letter", str(folder / "head.yaml"), "--out", str(folder / "n.docx")]
    return run(["papers", "notice", str(folder / "roster"), *frame, *arguments])


def test_a_plan_becomes_a_notice_and_blanks_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = write_example_plan(folder)
    assert notice(folder, "--problem", str(problem), "--plan", str(plan), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["count"], said["appointed"], said["removed"]) == (4, 2, 3)
    assert [note["code"] for note in said["notes"]] == ["letters/no-number"]
    texts = [each.text for each in Document(str(folder / "n.docx")).paragraphs]
    assert "关于孙明等同志职务任免的通知" in texts
    assert "任命孙明同志为云岭市委副书记、市长，免去其云岭市副市长职务；" in texts


def test_a_list_or_a_plan_but_not_both(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notice(folder) == 2
    assert "notice/one-source" in capsys.readouterr().err
    assert not (folder / "n.docx").exists()


def test_a_bad_list_leaves_nothing_behind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["papers", "decisions-template", str(folder / "d.xlsx")]) == 0
    assert notice(folder, str(folder / "d.xlsx")) == 2
    assert "notice/no-decisions" in capsys.readouterr().err
    assert not (folder / "n.docx").exists()


def test_a_letter_is_written_and_a_wrong_ending_refused(folder: Path) -> None:
    (folder / "l.yaml").write_text(FRAME + "标题: 通知\n正文: 内容\n", "utf-8")
    assert run(["papers", "letter", str(folder / "l.yaml"), "--out", str(folder / "l.doc")]) == 2
    assert run(["papers", "letter", str(folder / "l.yaml"), "--out", str(folder / "l.docx")]) == 0
    assert (folder / "l.docx").is_file()
