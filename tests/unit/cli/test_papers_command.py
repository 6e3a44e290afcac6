import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.example_teams import example_roster, write_example_plan

from banzi.cli.main import run
from banzi.documents.codecs.lrmx import read_form
from banzi.roster import save_roster


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    save_roster(example_roster(), tmp_path / "roster")
    problem, plan = write_example_plan(tmp_path)
    return ["papers", "write", str(tmp_path / "roster"), str(problem), str(plan)]


def test_every_paper_of_a_plan_is_written_and_listed(inputs: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run([*inputs, "--out", str(out)]) == 0
    files = sorted(str(file.relative_to(out)) for file in out.rglob("*") if file.is_file())
    forms = [f"任免审批表/{stem}" for stem in ("01孙明", "02钱文", "03李芳", "04周强")]
    others = ["干部名册.xlsx", "干部调配建议方案.xlsx", "清单.xlsx", "班子结构分析报告.pdf"]
    assert files == sorted([f"{f}.{t}" for f in forms for t in ("docx", "lrmx")] + others)
    rows = CalamineWorkbook.from_path(out / "清单.xlsx").get_sheet_by_index(0).to_python()
    assert sorted(str(row[1]) for row in rows[3:]) == files
    form = read_form((out / "任免审批表/01孙明.lrmx").read_bytes(), "01孙明.lrmx")
    assert form["proposed_posts_text"] == "云岭市委副书记、市长"
    assert form["removed_posts_text"] == "云岭市副市长"
    assert form["age_counted_on"] == "20210701"


def test_json_lists_papers_moves_and_what_must_be_settled(
    inputs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*inputs, "--out", str(tmp_path / "out"), "--layout", "2025", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [move["name"] for move in said["moves"]] == ["孙明", "钱文", "李芳", "周强"]
    assert said["vacant"] == ["fushi2"]
    codes = {
        note["code"]
        for paper in said["papers"]
        if paper["name"] == "李芳"
        for note in paper["notes"]
    }
    assert codes == {"papers/age-counted-at", "papers/settle-first", "papers/other-office"}


def test_a_plan_the_referee_rejects_is_refused_and_nothing_is_written(
    inputs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan" / "plan.json"
    said = json.loads(file.read_text("utf-8"))
    said["assignments"][3]["person_id"] = "p6"
    file.write_text(json.dumps(said), "utf-8")
    assert run([*inputs, "--out", str(tmp_path / "out")]) == 1
    assert "fushi2" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_things_in_it_is_left_alone(
    inputs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("keep me", "utf-8")
    assert run([*inputs, "--out", str(out)]) == 2
    assert "papers/folder-in-use" in capsys.readouterr().err
    assert [file.name for file in out.iterdir()] == ["letter.txt"]


def test_papers_of_an_earlier_run_are_replaced(inputs: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run([*inputs, "--out", str(out)]) == 0
    (out / "任免审批表" / "99旧.docx").write_bytes(b"")
    assert run([*inputs, "--out", str(out)]) == 0
    assert not (out / "任免审批表" / "99旧.docx").exists()


def test_an_unknown_layout_is_a_usage_error(inputs: list[str], tmp_path: Path) -> None:
    assert run([*inputs, "--out", str(tmp_path / "out"), "--layout", "B5"]) == 2
