"""What offices type into the national workbook, read as meant or refused with the place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.builders import of, person, roster
from tests.support.workbooks import id_number, persons_sheet, write_sheets

from banzi.documents.codecs.workbook import read_national, read_workbook, write_national
from banzi.documents.codecs.workbook.discipline import read_award_or_sanction, written_name
from banzi.documents.codecs.workbook.national_layout import A01, NATIONAL_SHEETS
from banzi.kernel.errors import BadInput
from banzi.people.choices import SanctionKind

NUMBER = id_number(19750312)


def read(tmp_path: Path, sheets: dict[str, list[list[Any]]]):
    return read_workbook(write_sheets(tmp_path / "w.xlsx", sheets), "w.xlsx")


def codes(extract) -> list[tuple[str, str]]:
    return [(problem.message.code, str(problem.at)) for problem in extract.problems]


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("197503", 19750300),
        ("19750312", 19750312),
        ("1975.03", 19750300),
        ("1975年3月", 19750300),
        (197503, 19750300),
        (197503.0, 19750300),
        (1975.03, 19750300),
        (1975, 19750000),
        (date(1975, 3, 12), 19750312),
        (date(1975, 3, 1), 19750300),  # a typed "1975-3" becomes a date on the first
        (27465, 19750312),  # days since 1899-12-30
    ],
)
def test_dates_are_read_however_excel_kept_them(tmp_path: Path, cell: Any, birth: int) -> None:
    extract = read(tmp_path, persons_sheet(["甲", NUMBER, "男", cell, "汉族"]))
    assert codes(extract) == []
    assert extract.persons[0].row["birth"] == birth


def test_a_decimal_that_may_be_january_or_october_is_a_question(tmp_path: Path) -> None:
    extract = read(tmp_path, persons_sheet(["甲", NUMBER, "男", 1975.1, "汉族"]))
    (finding,) = [each for each in extract.persons[0].findings if each.column == "birth"]
    assert extract.persons[0].row.get("birth") is None
    assert finding.options == ("197501", "197510")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["甲", NUMBER, "男", "197513", ""], "workbook/bad-date", "出生年月"),
        (["甲", NUMBER, "男", 99999999.0, ""], "workbook/bad-date", "出生年月"),
        (["甲", NUMBER, "不详", "", ""], "workbook/bad-choice", "性别"),
        (["甲", 1.50102197503121e17, "男", "", ""], "workbook/id-as-number", "身份证号"),
        (["甲", "1.50102E+17", "男", "", ""], "workbook/id-as-number", "身份证号"),
        (["甲", "12345", "男", "", ""], "workbook/bad-id-number", "身份证号"),
        (["", NUMBER, "男", "", ""], "workbook/empty-cell", "姓名"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, row: list[Any], code: str, column: str
) -> None:
    extract = read(tmp_path, persons_sheet(row))
    assert (code, f"w.xlsx[A01人员]:3:{column}") in codes(extract)


def test_every_problem_of_a_file_is_reported_at_once(tmp_path: Path) -> None:
    extract = read(
        tmp_path,
        persons_sheet(["甲", NUMBER, "?", "197513", ""], ["乙", NUMBER, "男", "", ""]),
    )
    assert [code for code, _at in codes(extract)] == [
        "workbook/bad-choice",
        "workbook/bad-date",
        "import/repeated-id-number",
    ]


def test_headers_match_without_blanks_and_extra_columns_are_a_finding(tmp_path: Path) -> None:
    header = ("姓名 ", " 身份证号", "性别  ", "出 生 年 月", "本地备注")
    sheets = persons_sheet(["张 三", NUMBER.lower(), "男", "197503", "x"], header=header)
    extract = read(tmp_path, sheets)
    assert codes(extract) == []
    assert extract.persons[0].row["name"] == "张三"
    unused = [f for f in extract.findings if f.message.code == "import/unused-columns"]
    assert unused[0].message.values["headers"] == ["本地备注"]


def test_a_missing_identity_column_or_sheet_is_a_problem(tmp_path: Path) -> None:
    no_number = read(tmp_path, persons_sheet(["甲", "男"], header=("姓名", "性别")))
    assert codes(no_number) == [("workbook/missing-header", "w.xlsx[A01人员]:2:")]
    no_header = read(tmp_path, {"A01人员": [["甲", NUMBER]]})
    assert codes(no_header) == [("workbook/missing-header-row", "w.xlsx[A01人员]::")]
    no_sheet = read(tmp_path, {"A02职务": [["t"], ["姓名", "身份证号", "职务名称"]]})
    assert codes(no_sheet) == [("workbook/missing-sheet", "w.xlsx::")]


def test_a_sheet_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    extract = read(tmp_path, persons_sheet(["甲", NUMBER, "男", "", ""]))
    absent = [f for f in extract.findings if f.message.code == "import/sheet-absent"]
    assert len(absent) == len(NATIONAL_SHEETS) - 1
    assert extract.persons[0].rows == {}


def test_rows_of_other_sheets_find_their_person_or_are_refused(tmp_path: Path) -> None:
    sheets = persons_sheet(["甲", NUMBER, "男", "", ""], ["乙", "", "男", "", ""])
    sheets["A15考核"] = [
        ["t"],
        ["姓名", "身份证号", "考核年度", "考核结论类别"],
        ["甲", "", "2024", "优秀"],
        ["乙", "", 2024, "称职"],
        ["丙", "", "2024", "优秀"],
        ["乙", NUMBER, "2023", "优秀"],
    ]
    extract = read(tmp_path, sheets)
    assert [p.rows["assessments"][0]["outcome"] for p in extract.persons] == ["1", "2"]
    assert codes(extract) == [
        ("import/not-in-persons", "w.xlsx[A15考核]:5:姓名"),
        ("import/name-differs", "w.xlsx[A15考核]:6:姓名"),
    ]


def test_an_id_number_that_contradicts_the_form_is_only_a_warning(tmp_path: Path) -> None:
    extract = read(tmp_path, persons_sheet(["甲", NUMBER, "女", "197601", ""]))
    person = extract.persons[0]
    assert (person.row["sex"], person.row["birth"]) == ("female", 19760100)
    assert {f.message.code for f in person.findings} == {
        "form/id-birth-differs",
        "form/id-sex-differs",
    }


def test_a_code_kept_as_a_number_finds_its_zero_again(tmp_path: Path) -> None:
    extract = read(tmp_path, persons_sheet(["甲", NUMBER, 1, "", 2]))
    assert (extract.persons[0].row["sex"], extract.persons[0].row["ethnicity"]) == ("male", "02")


@pytest.mark.parametrize("kind", list(SanctionKind))
def test_every_kind_of_sanction_is_read_back_from_its_name(kind: SanctionKind) -> None:
    family, again = read_award_or_sanction(kind.zh) or (None, None)
    assert again is kind
    assert family is not None
    assert written_name(family, kind) == kind.zh


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("政务警告处分", SanctionKind.WARNING),
        ("给予行政记大过处分", SanctionKind.SERIOUS_DEMERIT),
        ("党内严重警告处分", SanctionKind.PARTY_SERIOUS_WARNING),
        ("诫勉谈话", SanctionKind.ADMONITION),
        ("某种处分", None),
    ],
)
def test_wordings_of_sanctions(name: str, kind: SanctionKind | None) -> None:
    read_as = read_award_or_sanction(name)
    assert read_as is not None
    assert read_as[1] is kind


def test_an_award_is_no_sanction() -> None:
    assert read_award_or_sanction("三等功") is None
    assert read_award_or_sanction("优秀共产党员") is None


def test_namesakes_without_id_numbers_are_not_written(tmp_path: Path) -> None:
    twins = roster(persons=[person("a") | {"name": "甲"}, person("b") | {"name": "甲"}])
    with pytest.raises(BadInput) as caught:
        write_national(twins, tmp_path / "n.xlsx")
    assert caught.value.problems[0].message.code == "workbook/cannot-tell-apart"
    assert list(tmp_path.iterdir()) == []


def test_the_header_of_a01_is_the_national_one(tmp_path: Path) -> None:
    expected = (
        "姓名, 身份证号, 性别, 出生年月, 籍贯, 出生地, 成长地, 民族, 健康状况, 参加工作时间, "
        "入党时间文字, 政治面貌, 入党时间, 第二党派, 第三党派, 人员类别, 人员管理状态, 管理类别, "
        "熟悉专业有何特长, 现工作单位及职务全称, 现工作单位及职务简称, 现职务层次, "
        "任现职务层次时间, 现职级, 任现职级时间, 专业技术职务, 是否具有两年以上基层工作经历, "
        "统计关系所在单位, 简历, 奖惩综述, 年度考核结果综述, 级别, 编制类型, "
        "专业技术类公务员任职资格, 公务员登记时间, 备注"
    )
    assert [field.shown for field in A01.fields] == expected.split(", ")


def test_a_text_too_long_for_a_cell_is_refused_before_writing(tmp_path: Path) -> None:
    long = roster(persons=[person("甲", resume_text="字" * 40_000)])
    with pytest.raises(BadInput) as caught:
        write_national(long, tmp_path / "n.xlsx")
    assert caught.value.problems[0].message.code == "workbook/cell-too-long"
    assert list(tmp_path.iterdir()) == []


def test_awards_and_sanctions_share_a_sheet_and_part_again(tmp_path: Path) -> None:
    written = roster(
        persons=[person("甲", id_number=NUMBER)],
        awards=[of("甲", "award_no", award_name="先进工作者", awarded_on=20200100)],
        sanctions=[of("甲", "sanction_no", sanction_family="party", sanction_kind="party_warning")],
    )
    write_national(written, tmp_path / "n.xlsx")
    rows = read_national(tmp_path / "n.xlsx").persons[0].rows
    assert rows["awards"][0]["award_name"] == "先进工作者"
    assert rows["sanctions"][0]["sanction_kind"] == "party_warning"
