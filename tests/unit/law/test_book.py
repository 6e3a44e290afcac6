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
        (PARAMETER, "2006-06-10: 60", "{2006-06-10: 60, 2016-06-10: [6]}", "law/wrong-field", "values"),
        (PARAMETER, "2006-06-10: 60", "2006-06-10: 60\n  2006-06-10: 48", "law/repeated-key", None),
        (PARAMETER, "title: {", "title: {{", "law/unreadable", None),
        (CLAUSES, "force: G", "force: X", "law/not-one-of", "clauses.TM/3.force"),
        (CLAUSES, "in_force_from: 2006-06-10", "in_force_from: 2006-06-10\n    until: 2006-06-10",
         "law/wrong-field", "clauses.TM/3"),
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
