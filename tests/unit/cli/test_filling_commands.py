import json
from pathlib import Path

import pytest
from docx import Document
from tests.example_teams import example_roster, write_example_plan

from banzi.cli.main import run
from banzi.documents.papers.filling.fields import catalogue
from banzi.roster import save_roster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_roster(example_roster(), tmp_path / "roster")
    document = Document()
    document.add_paragraph("{{姓名}}{{出生地}}")
    document.save(str(tmp_path / "t.docx"))
    return tmp_path


def fill(folder: Path, *arguments: str) -> int:
    return run(["papers", "fill", str(folder / "t.docx"), str(folder / "roster"), *arguments])


def test_every_field_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["papers", "fields", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == len(catalogue())
    assert {"name": "现任职务", "block": "名单", "column": "persons.current_posts_text"} in listed


def test_people_are_named_by_list_and_blanks_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "names.txt").write_text("李芳\n赵大山\n", "utf-8")
    out = folder / "out"
    assert fill(folder, "--persons", str(folder / "names.txt"), "--out", str(out)) == 0
    assert sorted(each.name for each in out.iterdir()) == ["01李芳.docx", "02赵大山.docx"]
    assert "李芳：出生地没有内容" in capsys.readouterr().out


def test_a_folder_in_use_is_left_alone_unless_forced(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    (out / "a.txt").write_text("mine")
    assert fill(folder, "--all", "--out", str(out)) == 2
    assert [each.name for each in out.iterdir()] == ["a.txt"]
    assert fill(folder, "--all", "--out", str(out), "--force") == 0
    assert len(list(out.iterdir())) == 6


def test_nobody_named_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fill(folder, "--out", str(folder / "out")) == 2
    assert "filling/needs-persons" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_pack_is_written_and_says_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = write_example_plan(folder)
    (folder / "m.yaml").write_text("会议: 常委会\n名称: 常委会会议\n票数: 2\n", "utf-8")
    line = ["papers", "pack", str(folder / "roster"), str(folder / "m.yaml")]
    line += ["--problem", str(problem), "--plan", str(plan), "--out", str(folder / "p.zip")]
    assert run([*line, "--format", "pdf", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [check["name"] for check in said["checks"]] == ["孙明", "钱文", "李芳", "周强"]
    assert said["checks"][0]["states"]["档案必审"] == "未见"
    assert "Noto Serif SC" in said["pdf_fonts"]["text"]
    assert (folder / "p.zip").is_file()
    assert run(line) == 0
    assert "4人的材料不齐" in capsys.readouterr().out
