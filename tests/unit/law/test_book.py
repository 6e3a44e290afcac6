"""Law files: what ships is sound, and each kind of slip is reported with its file and place."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from banzi.kernel.errors import BadInput, BanziError
from banzi.law import Grade, NotInForce, load_law
from banzi.law.book import shipped_folder
from banzi.rules.checking import rule_problems

PARAMETER = "parameters/term_rules/term_months.yaml"
CLAUSES = "clauses/term_rules.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("clauses", "parameters"):
        shutil.copytree(shipped_folder() / part, tmp_path / part)
    return tmp_path


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> list[tuple[str, str, str | None]]:
    load_law.cache_clear()
    with pytest.raises(BadInput) as caught:
        load_law(folder)
    return [(p.message.code, Path(p.at.file).name, p.at.column) for p in caught.value.problems]


def test_the_shipped_law_has_no_problem_and_resolves_every_citation() -> None:
    law = load_law()
    assert list(rule_problems(law)) == []
    assert all(parameter.cites in law.clauses for parameter in law.parameters.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "column"),
    [
        (PARAMETER, "cites: TM/3", "cites: TM/99", "law/unknown-clause", "cites"),
        (PARAMETER, "grade: V\n", "", "law/missing-field", "grade"),
        (PARAMETER, "grade: V\n", "grade: V\ngarde: V\n", "law/stray-field", "garde"),
        (PARAMETER, "2006-06-10: 60", "2006-13-10: 60", "law/wrong-date", None),
        (PARAMETER, "2006-06-10: 60", "2001-06-10: 60", "law/before-clause", "cites"),
        (PARAMETER, "checked_on: null", "checked_on: 2001-08-20", "law/checked-before-in-force", "checked_on"),
        (PARAMETER, "2006-06-10: 60", "{2006-06-10: 60, 2016-06-10: [6]}", "law/shapes-differ", "values"),
        (PARAMETER, "2006-06-10: 60", "2006-06-10: 60\n  2006-06-10: 48", "law/repeated-key", None),
        (PARAMETER, "title: {", "title: {{", "law/unreadable", None),
        (CLAUSES, "force: G", "force: X", "law/not-one-of", "clauses.TM/3.force"),
        (CLAUSES, "in_force_from: 2006-06-10", "in_force_from: 2006-06-10\n    until: 2006-06-10",
         "law/ends-first", "clauses.TM/3"),
        (PARAMETER, "2006-06-10: 60", "2006.06.10: 60", "law/wrong-date", "values"),
        (PARAMETER, "2006-06-10: 60", "2006-06-10: sixty", "law/wrong-entry", "values"),
        (PARAMETER, "2006-06-10: 60", "2006-06-10: 60.5", "law/wrong-entry", "values"),
        (PARAMETER, "2006-06-10: 60", '2006-06-10: "60"', "law/wrong-entry", "values"),
        (PARAMETER, "2006-06-10: 60", "2006-06-10:", "law/no-values", "values"),
        (PARAMETER, "unit: {zh: 月", "unit: {zh: 旬", "law/unknown-unit", "unit"),
        (PARAMETER, "grade: V\n", "grade: V\nstricter: harder\n", "law/not-one-of", "stricter"),
        (PARAMETER, "grade: V\n", "grade: V\ngrades: {2020-01-01: V}\n", "law/stray-grade", None),
        (PARAMETER, "title: {zh: ", "title: {zh: '', en: x} #", "law/empty-text", "title.zh"),
        (PARAMETER, "cites: TM/3", "cites: [TM/3]", "law/wrong-shape", "cites"),
        (CLAUSES, "  TM/3:", "  XX/3:", "law/id-elsewhere", None),
    ],
)  # fmt: skip
def test_each_slip_is_reported_at_its_place(
    folder: Path, file: str, old: str, new: str, code: str, column: str | None
) -> None:
    edit(folder, file, old, new)
    found = problems(folder)
    assert any(
        (c, f) == (code, Path(file).name) and (column is None or (col or "").startswith(column))
        for c, f, col in found
    ), found


def test_a_file_without_content_is_named(folder: Path) -> None:
    (folder / PARAMETER).write_text("", encoding="utf-8")
    assert ("law/empty-file", Path(PARAMETER).name, "") in problems(folder)


def test_a_clause_in_two_files_names_the_other(folder: Path) -> None:
    copy = folder / "clauses/zz.yaml"
    copy.write_text((folder / CLAUSES).read_text(encoding="utf-8"), encoding="utf-8")
    load_law.cache_clear()
    with pytest.raises(BadInput, match=r"“TM/3”在term_rules\.yaml中已经有了；请保留一处"):
        load_law(folder)


def test_a_clause_file_that_cannot_be_read_is_the_only_problem(folder: Path) -> None:
    edit(folder, CLAUSES, "force: G", "force: X")
    assert {file for _code, file, _column in problems(folder)} == {Path(CLAUSES).name}


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (PARAMETER, "2006-06-10: 60", "2006-02-30: 60", "没有“2006-02-30”这一天；请改成真实日期"),
        (PARAMETER, "cites: TM/3", "cites: TM/99", "请先在 clauses/TM.yaml 中补录该条"),
        (PARAMETER, "grade: V\n", "", "缺少“grade”；请补上，填写依据等级：V（现行文本）"),
        (PARAMETER, "2006-06-10: 60", "2006-06-10: sixty", "与单位“月”不符，应为整数；请改正"),
        (PARAMETER, "unit: {zh: 月", "unit: {zh: 旬", "不认识单位“旬”；请改用：月、年、天"),
        (PARAMETER, "grade: V\n", "grade: V\nstricter: x\n", "只能是higher、lower；请改正"),
        (CLAUSES, "in_force_from: 2006-06-10", "in_force_from: 2006-06-10\n    until: 2005-01-01",
         "失效日期（until）2005-01-01应当晚于施行日期（in_force_from）2006-06-10；请核对"),
        (PARAMETER, "title: {", "title: {{", "请检查缩进、引号和冒号"),
    ],
)  # fmt: skip
def test_each_sentence_says_how_to_mend_it(
    folder: Path, file: str, old: str, new: str, sentence: str
) -> None:
    edit(folder, file, old, new)
    load_law.cache_clear()
    with pytest.raises(BadInput) as caught:
        load_law(folder)
    texts = [problem.message.text() for problem in caught.value.problems]
    assert any(sentence in text for text in texts), texts
    assert not any("Input should" in text or "Value error" in text for text in texts)


def test_a_value_is_that_of_the_day_and_nothing_before_the_first() -> None:
    law = load_law()
    name = "appointment_regulations/assessment_years_back"
    assert law.at(date(2019, 3, 2)).value(name) == 3
    assert law.at(date(2019, 3, 3)).value(name) == 1
    assert law.at(date(2014, 1, 13)).find(name) is None
    with pytest.raises(NotInForce, match="2014-01-14"):
        law.at(date(2014, 1, 13)).value(name)


def test_a_single_value_can_have_its_own_grade() -> None:
    law = load_law()
    before, after = (
        law.at(day).find("retirement/schedule") for day in (date(2024, 12, 31), date(2025, 1, 1))
    )
    assert before is not None
    assert after is not None
    assert (before.grade, after.grade) == (Grade.FROM_MEMORY, Grade.SECOND_HAND)


def test_an_unknown_parameter_names_those_there_are() -> None:
    with pytest.raises(BanziError, match="term_rules/term_months"):
        load_law().at(date(2026, 1, 1)).value("term_rules/term_years")
