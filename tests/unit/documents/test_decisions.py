"""The list of questions: written for people, read back with their answers."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.support.workbooks import id_number, persons_sheet, write_sheets

from banzi.documents import decisions
from banzi.documents.codecs.workbook import read_workbook
from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.decisions import (
    answers_would_be_lost,
    read_decisions,
    write_decisions,
)
from banzi.documents.merging import Decision, Outcome, merge_extracts
from banzi.kernel.errors import BadInput
from banzi.roster.difference import roster_changes

DAY = date(2026, 6, 30)
NUMBER = id_number(19750312)
HEADER = ["姓名", "身份证号", "参加工作时间", "健康状况"]


def sources(folder: Path) -> list[Path]:
    return [
        write_sheets(
            folder / f"{name}.xlsx",
            persons_sheet(["甲", NUMBER, started, health], header=tuple(HEADER)),
        )
        for name, started, health in (("a", "199707", "健康"), ("b", "199708", "一般"))
    ]


def merged(folder: Path, decisions: list[Decision] | None = None) -> Outcome:
    extracts = [read_workbook(path) for path in sources(folder)]
    return merge_extracts(extracts, as_of=DAY, recorded_on=DAY, decisions=decisions or [])


def answered(path: Path, answers: dict[str, list[str]]) -> Path:
    """The list with the four answer cells filled for questions whose text holds a word."""
    rows = [list(row) for row in open_book(path).sheet("裁定")]
    for row in rows[2:]:
        for word, cells in answers.items():
            if word in row[4]:
                row[8 : 8 + len(cells)] = cells
    return write_sheets(path, {"裁定": rows})


def test_questions_are_listed_with_options_and_answers_are_applied(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    assert write_decisions(merged(tmp_path).roster, path) == 2
    rows = list(open_book(path).sheet("裁定"))
    assert rows[1][0] == "疑点标识"
    by_text = {row[4]: row for row in rows[2:]}
    (question,) = [row for text, row in by_text.items() if "参加工作时间" in text]
    assert question[1:4] == ["甲", "各来源不一致", "人员·参加工作时间"]
    assert question[7].split("\n") == ["1997.07", "1997.08"]
    answered(path, {"参加工作时间": ["1997.08", "某处长", "20260701", "查档案"]})
    (decision,) = read_decisions(path)
    assert (decision.chosen, decision.decided_on) == ("1997.08", date(2026, 7, 1))
    roster = merged(tmp_path, [decision]).roster
    assert roster["persons"]["work_started"].to_list() == [19970800]
    assert roster["persons"]["health"].to_list() == [None]


def test_the_list_carries_its_decisions_to_the_next_import(tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    write_decisions(merged(tmp_path).roster, path)
    answered(path, {"参加工作时间": ["1997.08", "某处长", "20260701"]})
    once = merged(tmp_path, read_decisions(path)).roster
    assert write_decisions(once, path) == 1
    rows = list(open_book(path).sheet("裁定"))
    assert [row[8] for row in rows[2:]] == ["", "1997.08"]  # open ones first
    again = merged(tmp_path, read_decisions(path)).roster
    assert roster_changes(once, again) == []


def test_answers_that_an_import_does_not_use_speak_against_a_new_list(tmp_path: Path) -> None:
    """Seen: importing again without `--decisions` wrote an empty list over a clerk's answers."""
    path = tmp_path / "decisions.xlsx"
    assert answers_would_be_lost(path, []) == []
    write_decisions(merged(tmp_path).roster, path)
    assert answers_would_be_lost(path, []) == []
    answered(path, {"参加工作时间": ["1997.08", "某处长", "20260701"]})
    (problem,) = answers_would_be_lost(path, [])
    assert problem.message.code == "decisions/would-be-lost"
    assert answers_would_be_lost(path, read_decisions(path)) == []
    answered(path, {"健康状况": ["健康"]})  # chosen, but not yet signed
    assert len(answers_would_be_lost(path, [])) == 1


def test_decisions_that_met_no_question_are_kept(tmp_path: Path) -> None:
    stray = Decision("FAAAAAAAAAA", "x", "某处长", DAY, "旧案")
    write_decisions(merged(tmp_path).roster, tmp_path / "d.xlsx", [stray])
    (kept,) = read_decisions(tmp_path / "d.xlsx")
    assert (kept.finding_id, kept.chosen, kept.note) == ("FAAAAAAAAAA", "x", "旧案")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["1997.08"], "decisions/who-and-when"),
        (["1997.08", "某处长"], "decisions/who-and-when"),
        (["1997.08", "某处长", "202607"], "workbook/not-a-full-date"),
    ],
)
def test_an_answer_without_name_or_day_is_refused_at_its_row(
    tmp_path: Path, cells: list[str], code: str
) -> None:
    path = tmp_path / "d.xlsx"
    write_decisions(merged(tmp_path).roster, path)
    answered(path, {"参加工作时间": cells})
    with pytest.raises(BadInput) as caught:
        read_decisions(path)
    assert code in {problem.message.code for problem in caught.value.problems}
    assert {problem.at.sheet for problem in caught.value.problems} == {"裁定"}


def test_a_file_without_the_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_decisions(write_sheets(tmp_path / "x.xlsx", persons_sheet()))
    assert caught.value.problems[0].message.code == "workbook/missing-sheet"


def test_a_list_too_long_for_excel_keeps_every_question_and_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More drop-downs than Excel bears would cost all of them; more lines than a sheet, the file."""
    path = tmp_path / "decisions.xlsx"
    roster = merged(tmp_path).roster
    write_decisions(roster, path)
    usual = [list(row) for row in open_book(path).sheet("裁定")]
    findings = roster["findings"]
    more = findings.with_columns(
        pl.lit(None, pl.String).alias("options_json"),
        pl.lit("noted").alias("state"),
        pl.col("finding_id") + "x",
    )
    roster = roster.with_tables(findings=pl.concat([findings, more]))
    monkeypatch.setattr(decisions, "_MANY", 1)
    monkeypatch.setattr(decisions, "_MOST_DROP_DOWNS", 1)
    monkeypatch.setattr(decisions, "_MOST_ROWS", 1)
    write_decisions(roster, path)
    assert [list(row) for row in open_book(path).sheet("裁定")] == usual
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/worksheets/sheet1.xml").count(b"<dataValidation ") == 1
    extra = [name for name in open_book(path).sheet_names if name.startswith("仅提示")]
    assert len(extra) == roster["findings"]["state"].to_list().count("noted") > 1
    answered(path, {"参加工作时间": ["1997.08", "某处长", "20260701"]})
    (decision,) = read_decisions(path)
    assert decision.chosen == "1997.08"
