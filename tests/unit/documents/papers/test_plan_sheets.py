"""The two workbooks of a plan, read back."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook
from tests.builders import person
from tests.example_teams import AS_OF, PLAN, example_roster

from banzi.documents.papers.adjustment_proposal import adjustment_proposal
from banzi.documents.papers.moves import House, Move, house_of, moves_of
from banzi.documents.papers.office_table import OfficeTable
from banzi.documents.papers.paper_kinds import PlanMoves, Request
from banzi.documents.papers.roster_sheet import roster_sheet
from banzi.documents.papers.writing import write_tables
from banzi.roster import Roster


def write_roster_sheet(roster: Roster, file: Path, also: Sequence[str] = ()) -> tuple[str, ...]:
    table, order, _notes = roster_sheet(Request(roster, AS_OF), also)
    write_tables([table], file, AS_OF)
    return order


def proposed(roster: Roster, house: House, moves: tuple[Move, ...], *vacant: str) -> OfficeTable:
    tables, _notes = adjustment_proposal(
        Request(roster, AS_OF, plan=PlanMoves(house, moves, tuple(vacant)))
    )
    (table,) = tables
    return table


def rows_of(file: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def sheet_xml(file: Path) -> str:
    with zipfile.ZipFile(file) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def test_the_roster_sheet_has_the_customary_columns_and_unit_headings(tmp_path: Path) -> None:
    file = tmp_path / "r.xlsx"
    order = write_roster_sheet(example_roster(), file, ["p5"])
    rows = rows_of(file)
    assert rows[0][0] == "干部名册"
    assert rows[1][0] == "截至2021年7月1日"
    assert rows[2][:6] == ["姓名", "现任职务", "性别", "民族", "籍贯", "全日制教育"]
    assert rows[3][5:9] == ["学历", "毕业院校及专业"] * 2
    assert rows[2][9:] == [
        "出生年月",
        "参加工作时间",
        "入党时间",
        "任现职时间",
        "任现职级时间",
        "备注",
    ]
    assert rows[4][0] == "中共云岭市委领导班子"
    assert rows[5][:5] == ["赵大山", "云岭市委书记", "男", "汉族", "云山青河"]
    assert rows[5][9:13] == ["1968.05", "1995.07", "1998.06", "2018.03"]
    assert order == ("p1", "p2", "p3", "p4", "p5")


def test_who_sits_in_two_teams_is_listed_once_with_a_remark(tmp_path: Path) -> None:
    write_roster_sheet(example_roster(), tmp_path / "r.xlsx")
    rows = rows_of(tmp_path / "r.xlsx")
    assert [row[0] for row in rows].count("钱文") == 1
    assert next(row for row in rows if row[0] == "钱文")[14] == "兼云岭市政府领导班子成员"


def test_people_without_a_seat_stand_by_stroke_order(tmp_path: Path) -> None:
    roster = example_roster()
    people = roster.with_tables(
        persons=roster["persons"].vstack(
            example_roster().of(AS_OF, persons=[person("丁一"), person("卜二")])["persons"]
        )
    )
    order = write_roster_sheet(people, tmp_path / "r.xlsx", ["p6", "丁一", "卜二", "p5"])
    assert order[4:] == ("丁一", "卜二", "p5", "p6")  # 丁 2, 卜 2, 李 7, 吴 7 strokes: 李 begins 横


def test_it_prints_one_landscape_page_wide_with_titles_and_page_numbers(tmp_path: Path) -> None:
    write_roster_sheet(example_roster(), tmp_path / "r.xlsx")
    xml = sheet_xml(tmp_path / "r.xlsx")
    assert 'orientation="landscape"' in xml
    assert 'paperSize="9"' in xml
    assert 'fitToHeight="0"' in xml
    assert "第&amp;P页，共&amp;N页" in xml
    with zipfile.ZipFile(tmp_path / "r.xlsx") as package:
        assert "$3:$4" in package.read("xl/workbook.xml").decode()


def test_the_proposal_lists_moves_by_team_and_leaves_the_opinion_blank(tmp_path: Path) -> None:
    roster = example_roster()
    house = house_of(roster, AS_OF)
    moves = moves_of(house, PLAN, {("fushi1", "p5"): "须附破格提拔请示批复"})
    file = tmp_path / "p.xlsx"
    write_tables([proposed(roster, house, moves, "fushi2")], file, AS_OF)
    rows = rows_of(file)
    assert rows[2] == [
        "序号",
        "姓名",
        "出生年月",
        "学历/职称",
        "现任职务",
        "拟任免职务",
        "讨论意见",
    ]
    assert [row[0] for row in rows[3:9]] == [
        "中共云岭市委领导班子",
        1,
        2,
        "云岭市政府领导班子",
        3,
        4,
    ]
    assert rows[4][1:] == [
        "孙明",
        "1974.03",
        "大学",
        "云岭市副市长",
        "拟任云岭市委副书记、市长\n拟免云岭市副市长",
        "",
    ]
    notes = [str(row[0]) for row in rows[9:]]
    assert sum("由有关领导集体讨论决定" in note for note in notes) == 1
    assert "方案中仍空缺的职位：云岭市副市长" in notes
    assert "1．李芳：需先由人裁定——须附破格提拔请示批复" in notes


def test_a_note_about_several_people_stands_once_with_their_names(tmp_path: Path) -> None:
    roster = example_roster()
    house = house_of(roster, AS_OF)
    moves = moves_of(house, [*PLAN[:3], ("fushi2", "p6")])
    write_tables([proposed(roster, house, moves)], tmp_path / "p.xlsx", AS_OF)
    notes = [str(row[0]) for row in rows_of(tmp_path / "p.xlsx")]
    assert "1．李芳、吴用：现任职务不在本次选配职位之内，是否免去请核定" in notes


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_roster_sheet(example_roster(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
