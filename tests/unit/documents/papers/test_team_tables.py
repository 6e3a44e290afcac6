"""Tables of figures as papers: layout, numbers that stay numbers, and 反查 on the second sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from tests.support.counting import AS_OF, county, county_tables

from banzi.documents.papers.office_table import Figure, Group, OfficeTable, Row, heading_depth
from banzi.documents.papers.paper_kinds import Request
from banzi.documents.papers.registry import find_paper
from banzi.documents.papers.team_tables import PAPERS, tables_of
from banzi.kernel.errors import BadInput, BanziError
from banzi.roster import Roster
from banzi.structure.counting.tables import COUNTED_TABLES, counted_table

QUOTAS = counted_table("quota-table")


def paper(name: str, roster: Roster | None = None, **options: str) -> list[OfficeTable]:
    request = Request(roster or county(), AS_OF, options=options)
    return tables_of(request, counted_table(name), with_trace=True)[0]


def cells(table: OfficeTable, first: str) -> list[list[object]]:
    return [list(row.cells) for row in table.rows if isinstance(row, Row) and row.cells[0] == first]


def test_every_counted_table_is_a_paper_that_can_be_found_by_name() -> None:
    assert [each.id for each in PAPERS] == [each.id for each in COUNTED_TABLES]
    assert find_paper("领导职数配备情况表").id == "quota-table"


def test_the_quota_table_has_the_columns_that_offices_use() -> None:
    table = paper("quota-table")[0]
    assert [column.path for column in table.columns[:7]] == [
        ("机构名称",), ("机构级别",), ("机构类型",),
        ("领导职数", "应配"), ("领导职数", "实配"), ("领导职数", "超配"), ("领导职数", "缺配"),
    ]  # fmt: skip
    assert heading_depth(table.columns) == 2
    assert cells(table, "gov") == [["gov", "县处级", "", 2, 3, 1, 0, 1, 1, 0, 0, 1, 2, 1, 0, 0]]
    assert cells(table, "congress")[0][3:7] == ["", 1, "", ""]
    (total,) = [row for row in table.rows if isinstance(row, Row) and row.strong]
    assert total.cells[0] == "总计"
    assert table.notes[0].startswith("注：1．")


def test_behind_every_figure_stand_its_persons_or_its_vacant_posts() -> None:
    trace = paper("quota-table")[1]
    assert trace.sheet == "反查"
    assert ["gov", "副职·超配", 1, "丁、戊"] in cells(trace, "gov")
    assert ["party", "副职·缺配", 1, "空缺职位：常委2"] in cells(trace, "party")
    assert not cells(trace, "总计")


def test_namesakes_are_told_apart_by_their_month_of_birth() -> None:
    persons = [
        {**row, "name": "王力", "birth": 19700100 + number * 100}
        for number, row in enumerate(county_tables()["persons"])
    ]
    trace = paper("quota-table", county(persons=persons))[1]
    assert cells(trace, "gov")[-1][3] == "王力（1970.04）、王力（1970.05）"


def test_namesakes_of_one_month_are_told_apart_by_their_id() -> None:
    persons = [{**row, "name": "王力", "birth": 19700100} for row in county_tables()["persons"]]
    trace = paper("quota-table", county(persons=persons))[1]
    assert cells(trace, "gov")[-1][3] == "王力（1970.01，丁）、王力（1970.01，戊）"


def test_a_workbook_has_the_second_sheet_and_a_document_only_when_asked(tmp_path: Path) -> None:
    kind = find_paper("quota-table")
    kind.write(Request(county(), AS_OF), tmp_path / "t.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "t.xlsx")
    assert book.sheet_names == ["领导职数配备情况表", "反查"]
    rows = book.get_sheet_by_index(0).to_python()
    assert next(row for row in rows if row[0] == "party")[3:7] == [4.0, 3.0, 0.0, 1.0]
    kind.write(Request(county(), AS_OF), tmp_path / "t.docx")
    assert len(Document(str(tmp_path / "t.docx")).tables) == 1
    kind.write(Request(county(), AS_OF, options={"反查": "是"}), tmp_path / "t.docx")
    assert len(Document(str(tmp_path / "t.docx")).tables) == 2
    with pytest.raises(BanziError, match="papers/bad-value"):
        kind.write(Request(county(), AS_OF, options={"反查": "要"}), tmp_path / "t.docx")


def test_teams_that_are_chosen_bring_their_organs_only() -> None:
    request = Request(county(), AS_OF, teams=("team-party",))
    table = tables_of(request, QUOTAS, with_trace=False)[0][0]
    assert [row.cells[0] for row in table.rows if isinstance(row, Row)] == ["party", "总计"]
    assert cells(table, "party")[0][3:7] == [4, 3, 0, 1]


def test_ages_and_shares_are_numbers_with_one_decimal() -> None:
    persons = [{**row, "birth": 19810800} for row in county_tables()["persons"]]
    table = paper("birth-year-table", county(persons=persons))[0]
    shown = [cell for cell in cells(table, "party班子")[0] if isinstance(cell, Figure)]
    assert [each.shown for each in shown] == ["44.8", "100.0%", "0.0%", "0.0%"]
    assert shown[1].pattern == "0.0%"


def test_teams_of_a_kind_stand_under_a_heading_with_their_subtotal() -> None:
    tables, more = county_tables(), county_tables("二", 10)
    both = county(**{name: [*tables[name], *more[name]] for name in tables})
    table = paper("team-statistics", both)[0]
    assert table.rows[0] == Group("县级党委班子")
    assert [row.cells[0] for row in table.rows[1:4] if isinstance(row, Row)] == [
        "party班子", "二party班子", "小计",
    ]  # fmt: skip


@pytest.mark.parametrize("counted", COUNTED_TABLES, ids=lambda each: each.id)
def test_a_roster_with_nothing_to_count_says_what_is_missing(counted) -> None:
    (table, *_rest), notes = tables_of(Request(Roster(AS_OF), AS_OF), counted, with_trace=True)
    assert table.rows == []
    assert table.empty
    assert notes


def test_flaws_of_the_settings_stop_the_paper_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "口径.yaml"
    file.write_text("age_bands: [{label: 甲, to: 40}, {label: 乙, from: 40}]\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        paper("team-statistics", 口径=str(file))
    assert "口径.yaml:1:" in str(caught.value)


def test_targets_give_what_is_required(tmp_path: Path) -> None:
    file = tmp_path / "目标.yaml"
    file.write_text(
        "targets:\n- {id: a, title: 女干部, scope: teams, each: team, measure: count,"
        " where: 女干部为是, op: '>=', bound: 1, citation: 方案}\n",
        encoding="utf-8",
    )
    persons = [{**row, "sex": "male"} for row in county_tables()["persons"]]
    table = paper("structural-members", county(persons=persons), 目标=str(file))[0]
    assert cells(table, "县级党委班子")[0][3:6] == [1, 0, 1]
    assert cells(table, "县级党委班子")[0][-1] == "缺女干部1名：party班子"


def test_lists_and_plans_that_have_no_effect_are_said_to_have_none() -> None:
    _tables, notes = tables_of(Request(county(), AS_OF, persons=("甲",)), QUOTAS, with_trace=False)
    assert [note.code for note in notes] == ["papers/counts-teams"]
