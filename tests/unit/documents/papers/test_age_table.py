"""The 到龄 list as papers: what stands in the cells, and that every format can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from tests.support.due import DAY, UNTIL, case, region

from banzi.documents.papers.age_table import COLUMNS, age_table, wave_table
from banzi.documents.papers.charts import Bar, ColumnChart, columns
from banzi.documents.papers.office_table import Group, Row
from banzi.documents.papers.paper_kinds import Request
from banzi.documents.papers.registry import find_paper
from banzi.documents.papers.writing import write_tables
from banzi.due.age_list import age_list
from banzi.due.scope import Scope
from banzi.kernel.errors import BanziError

LISTED = age_list(case(), Scope(), UNTIL)


def rows(table_of: str) -> list[tuple[object, ...]]:
    table = age_table(LISTED) if table_of == "list" else wave_table(LISTED)
    return [row.cells for row in table.rows if isinstance(row, Row)]


def test_the_three_dates_stand_in_columns_of_their_own() -> None:
    heads = [column.text for column in COLUMNS]
    line = dict(zip(heads, rows("list")[2], strict=True))
    assert line["姓名"] == "县长乙"
    assert line["法定退休年月"] == "2031.11"
    assert line["任职年龄界限到龄年月"] == "2028.06"
    assert line["换届时年龄"] == "56岁"
    assert line["能否提名（连任/新提名）"] == "可/超龄"
    assert line["依据"] == "①②③"


def test_groups_name_the_year_or_the_month_and_how_many() -> None:
    groups = [row.text for row in age_table(LISTED).rows if isinstance(row, Group)]
    assert groups == [
        "已到龄（截至2026.09）　共2人",
        "2028年　共1人",
        "到龄年月不能确定，请先核实　共1人",
    ]
    monthly = [row.text for row in age_table(LISTED, "month").rows if isinstance(row, Group)]
    assert monthly[1] == "2028年6月　共1人"


def test_every_number_of_the_basis_is_explained_under_the_table() -> None:
    notes = "".join(age_table(LISTED).notes)
    used = {number for cells in rows("list") for number in str(cells[7])}
    assert used
    assert used <= set(notes)
    assert "某文1号" in notes


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_each_format_is_written_twice_alike(tmp_path: Path, ending: str) -> None:
    tables = [age_table(LISTED), wave_table(LISTED)]
    files = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for file in files:
        write_tables(tables, file, DAY)
    assert files[0].read_bytes() == files[1].read_bytes()
    if ending == "xlsx":
        book = CalamineWorkbook.from_path(str(files[0]))
        assert book.sheet_names == ["干部到龄情况表", "到龄高峰"]
        assert any("县长乙" in row for row in book.get_sheet_by_index(0).to_python())
    if ending == "docx":
        assert len(Document(str(files[0])).tables) == 2


def test_columns_are_stacked_and_as_high_as_their_counts() -> None:
    chart = columns(
        ColumnChart("某图", ("2026上半年", "2026下半年"), (("甲", (1, 0)), ("乙", (3, 2))))
    )
    heights = [bar.height for bar in chart.bars if bar.height > 8]
    assert heights == [27, 82, 55]
    first, second = [bar for bar in chart.bars if bar.height in (27, 82)]
    assert second.y + second.height == first.y
    assert {"4", "2"} <= set(chart.labels)
    assert "0" not in chart.labels
    assert all(isinstance(shape, Bar) for shape in chart.bars)


def test_nobody_due_is_said_in_words() -> None:
    empty = age_table(age_list(case(), Scope(team_id="team-east"), UNTIL - 24))
    assert list(empty.rows) == []
    assert empty.empty


def test_the_list_is_printed_by_name_for_teams_with_rules_of_the_office(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        "post_age_limits:\n  - {title: 界限, age: 58岁, since: 2025-01-01, source: 某文}\n",
        encoding="utf-8",
    )
    paper, file = find_paper("干部到龄情况表"), tmp_path / "l.xlsx"
    options = {"到": "2029-12", "年龄规定": str(rules), "分组": "月"}
    paper.check_options(options)
    request = Request(region(), DAY, teams=("team-east",), options=options)
    assert list(paper.write(request, file)) == []
    cells = [
        cell for row in CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        for cell in row
    ]  # fmt: skip
    assert "县长乙" in cells
    assert "市长甲" not in cells
    assert any(str(cell).startswith("2028年6月") for cell in cells)
    with pytest.raises(BanziError) as refused:
        paper.write(Request(region(), DAY, options={"到": "2029"}), file)
    assert refused.value.message.code == "papers/bad-value"
