"""`banzi papers list` and `print`, as a clerk uses them."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.example_teams import example_roster, write_example_plan

from banzi.cli.main import run
from banzi.documents.papers.registry import ALL_PAPERS
from banzi.roster import save_roster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_roster(example_roster(), tmp_path / "roster")
    return tmp_path


def printed(folder: Path, paper: str, *options: str) -> int:
    out = () if "--out" in options else ("--out", str(folder / "out"))
    return run(["papers", "print", paper, str(folder / "roster"), *options, *out])


def first_column(file: Path) -> list[object]:
    return [row[0] for row in CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()]


def test_the_list_names_every_paper_with_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["papers", "list", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [paper["id"] for paper in said] == [paper.id for paper in ALL_PAPERS]
    assert all(paper["purpose"] and paper["needs"] and paper["formats"] for paper in said)
    assert run(["papers", "list"]) == 0
    text = capsys.readouterr().out
    assert all(paper.id in text for paper in ALL_PAPERS)


def test_a_paper_is_printed_by_its_chinese_name_into_a_folder_in_several_formats(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(folder, "干部名册", "--format", "xlsx", "--format", "docx") == 0
    files = sorted(file.name for file in (folder / "out").iterdir())
    assert files == ["干部名册.docx", "干部名册.xlsx"]
    assert "已写出《干部名册》" in capsys.readouterr().out


def test_the_ending_of_the_file_decides_the_format(folder: Path) -> None:
    file = folder / "一份.pdf"
    assert printed(folder, "roster", "--out", str(file)) == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_list_in_a_file_decides_who_and_in_which_order(folder: Path) -> None:
    names = folder / "名单.txt"
    names.write_text("1、李芳\n2、赵大山\n", "gb18030")
    file = folder / "r.xlsx"
    assert printed(folder, "roster", "--persons", str(names), "--out", str(file)) == 0
    assert first_column(file)[-2:] == ["李芳", "赵大山"]


def test_a_paper_we_wrote_can_be_the_list_of_the_next(folder: Path) -> None:
    first, second = folder / "a.xlsx", folder / "b.xlsx"
    assert printed(folder, "roster", "--team", "gov", "--out", str(first)) == 0
    assert printed(folder, "roster", "--persons", str(first), "--out", str(second)) == 0
    assert first_column(second)[-2:] == ["孙明", "周强"]


def test_a_checked_plan_gives_the_proposals(folder: Path) -> None:
    problem, plan = write_example_plan(folder)
    file = folder / "d.xlsx"
    options = ["--problem", str(problem), "--plan", str(plan), "--marking", "机密"]
    assert printed(folder, "discussion-list", *options, "--out", str(file)) == 0
    column = first_column(file)
    assert column[0] == "机密"
    assert [name for name in column if name in ("孙明", "钱文", "李芳", "周强")] == [
        "孙明",
        "钱文",
        "李芳",
        "周强",
    ]


def test_the_outcome_paragraph_counts_whom_it_marks(folder: Path) -> None:
    problem, plan = write_example_plan(folder)
    file = folder / "outcome.xlsx"
    options = ["--problem", str(problem), "--plan", str(plan)]
    assert printed(folder, "换届成效段落", *options, "--out", str(file)) == 0
    book = CalamineWorkbook.from_path(file)
    assert book.sheet_names == ["换届成效段落", "方案实施后", "现任班子"]
    figures = {
        (row[0], row[1], row[2]): row[4]
        for row in book.get_sheet_by_name("换届成效段落").to_python()
        if len(row) > 4
    }
    for state in ("方案实施后", "现任班子"):
        rows = book.get_sheet_by_name(state).to_python()
        (head,) = [row for row in rows if row[0] == "序号"]
        people = [row for row in rows if isinstance(row[0], float)]
        (total,) = [row for row in rows if row[1] == "合计"]
        assert figures["班子成员", "全部班子", state] == f"{len(people)}/{len(people)}"
        for place, title in list(enumerate(head))[5:]:
            marked = sum(row[place] == "√" for row in people)
            assert total[place] == marked
            assert str(figures[title, "全部班子", state]).startswith(f"{marked}/")
    rows = book.get_sheet_by_name("方案实施后").to_python()
    assert [row[3] for row in rows if isinstance(row[0], float)] == ["赵大山", "孙明", "李芳"]


def test_the_outcome_paragraph_needs_a_plan(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(folder, "outcome") == 2
    assert "papers/outcome-without-plan" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_plan_the_referee_rejects_is_refused(folder: Path) -> None:
    problem, plan = write_example_plan(folder)
    file = plan / "plan.json" if plan.is_dir() else plan
    said = json.loads(file.read_text("utf-8"))
    said["assignments"][3]["person_id"] = "p6"
    file.write_text(json.dumps(said), "utf-8")
    assert printed(folder, "proposal", "--problem", str(problem), "--plan", str(plan)) == 1
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("paper", "options", "code"),
    [
        ("nosuch", [], "papers/no-such-paper"),
        ("roster", ["--persons", "某人"], "selection/no-such-person"),
        ("roster", ["--persons", "没有.txt"], "selection/no-file"),
        ("roster", ["--team", "没有"], "papers/no-such-team"),
        ("roster", ["--marking", "很秘密"], "papers/bad-marking"),
        ("roster", ["--format", "doc"], "papers/not-in-format"),
        ("roster", ["--plan", "plan"], "papers/plan-and-problem"),
        ("roster", ["--set", "份数=2"], "papers/no-options"),
        ("committee-ballot", ["--set", "份数"], "papers/bad-setting"),
        ("committee-ballot", ["--set", "张数=2"], "papers/bad-option"),
        ("committee-ballot", ["--set", "份数=2000", "--persons", "孙明"], "papers/bad-value"),
        ("proposal", [], "papers/nothing-proposed"),
        ("roster", ["--order", "age"], "usage/bad-value"),
        ("roster", ["--page", "b5"], "usage/bad-value"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_code_and_nothing_is_written(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    paper: str,
    options: list[str],
    code: str,
) -> None:
    assert printed(folder, paper, *options) == 2
    assert code in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_another_day_than_the_plans_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = write_example_plan(folder)
    options = ["--problem", str(problem), "--plan", str(plan), "--as-of", "2020-01-01"]
    assert printed(folder, "proposal", *options) == 2
    assert "papers/day-of-plan" in capsys.readouterr().err


def test_a_folder_that_ends_like_a_file_and_a_format_that_disagrees(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(folder, "roster", "--format", "docx", "--out", str(folder / "x.pdf")) == 2
    assert "papers/format-differs" in capsys.readouterr().err
    (folder / "y.pdf").mkdir()
    assert printed(folder, "roster", "--out", str(folder / "y.pdf")) == 0
    assert (folder / "y.pdf" / "干部名册.xlsx").is_file()
