"""`banzi forms fill` and `banzi forms extract`, run as their user runs them."""

import json

from tests.support.clerk_books import form, write_book, write_forms
from tests.support.workbooks import write_sheets

from banzi.documents.codecs.lrmx import read_form
from banzi.documents.codecs.workbook.opening import open_book

COMMAND = ("forms",)

ROWS = [
    ["1", "张三", "汉", "辽宁大连", "1975.03", "某局局长", "", "", ""],
    ["2", "李四", "", "", "1976.04", "", "", "", ""],
]


def read(folder):
    return {path.name: read_form(path.read_bytes(), "") for path in sorted(folder.iterdir())}


def test_every_row_becomes_a_form_and_empty_cells_stay_empty(banzi, tmp_path):
    book = write_book(tmp_path / "册.xlsx", ROWS)
    code, said, _err = banzi("fill", book, "--out", tmp_path / "新")
    assert code == 0
    assert "未用的列（不能识别表头）：备注" in said
    made = read(tmp_path / "新")
    assert list(made) == ["张三.lrmx", "李四.lrmx"]
    assert made["张三.lrmx"].fields == {
        "name": "张三",
        "birth": "197503",
        "ethnicity": "汉族",
        "native_place": "辽宁大连",
        "current_posts_text": "某局局长",
    }
    assert made["李四.lrmx"].fields == {"name": "李四", "birth": "197604"}


def test_a_base_keeps_all_but_the_chosen_fields_and_its_files(banzi, tmp_path):
    book = write_book(
        tmp_path / "册.xlsx", [*ROWS, ["3", "王五", "", "", "1980.01", "", "", "", ""]]
    )
    base = write_forms(
        tmp_path / "底", form("张三", "197503", native_place="辽宁沈阳"), form("李四", "197604")
    )
    before = {path.name: path.read_bytes() for path in base.iterdir()}
    out = tmp_path / "新"
    code, said, _err = banzi(
        "fill", book, "--base", base, "--columns", "籍贯，民族", "--out", out, "--dry-run"
    )
    assert code == 0
    assert "试运行：将写出1份任免审批表（1处）" in said
    assert "未对应：王五" in said
    assert not out.exists()
    assert banzi("fill", book, "--base", base, "--columns", "籍贯", "--out", out)[0] == 0
    (made,) = read(out).values()
    old = read_form(before["张三.lrmx"], "")
    assert made["native_place"] == "辽宁大连"
    assert (made.family, made.extras) == (old.family, old.extras)
    assert made["current_posts_text"] == ""
    assert before == {path.name: path.read_bytes() for path in base.iterdir()}


def test_all_that_cannot_be_filled_in_is_listed_and_nothing_written(banzi, tmp_path):
    rows = [
        ["姓名", "出生年月", "性别", "参加工作时间"],
        ["甲", "1975.13", "male", 1998.1],
        ["乙", "", "女", ""],
    ]
    book = write_sheets(tmp_path / "册.xlsx", {"册": rows})
    code, _out, err = banzi("fill", book, "--out", tmp_path / "新")
    assert code == 2
    assert "fill/unread-cell" in err
    rows[1][3] = ""
    write_sheets(book, {"册": rows})
    code, _out, err = banzi("fill", book, "--out", tmp_path / "新")
    assert code == 2
    assert err.count("compare/bad-value") == 2
    assert "册.xlsx[册]:2:出生年月" in err
    assert not (tmp_path / "新").exists()


def test_wrong_columns_and_folders_are_named(banzi, tmp_path):
    book = write_book(tmp_path / "册.xlsx", ROWS)
    out = tmp_path / "新"
    assert "fill/unknown-column" in banzi("fill", book, "--out", out, "--columns", "职务")[2]
    assert "fill/not-in-sheet" in banzi("fill", book, "--out", out, "--columns", "性别")[2]
    assert (
        "fill/not-a-workbook"
        in banzi("fill", write_forms(out, form("甲", "")), "--out", tmp_path / "b")[2]
    )
    assert "fill/folder-used" in banzi("fill", book, "--out", out)[2]
    assert "fill/not-forms" in banzi("extract", book, "--out", tmp_path / "b.xlsx")[2]


def test_forms_become_a_table_in_chosen_columns_with_the_headers_of_the_form(banzi, tmp_path):
    folder = write_forms(tmp_path / "表", form("张三", "197503", party_text="199807"))
    out = tmp_path / "册.xlsx"
    code, said, _err = banzi(
        "extract", folder, "--out", out, "--columns", "姓名、出生年月、入党时间"
    )
    assert code == 0
    assert "1人、3个栏目" in said
    rows = list(open_book(out).sheet("花名册"))
    assert rows == [["姓名", "出生年月", "入党时间"], ["张三", "1975.03", "1998.07"]]


def test_a_clerks_empty_table_is_filled_below_its_headers(banzi, tmp_path):
    folder = write_forms(tmp_path / "表", form("张三", "197503"), form("李四", "197604"))
    empty, out = write_book(tmp_path / "空表.xlsx", []), tmp_path / "册.xlsx"
    code, said, _err = banzi("extract", folder, "--out", out, "--like", empty, "--json")
    assert code == 0
    assert json.loads(said)["unknown_columns"] == ["备注"]
    rows = list(open_book(out).sheet("名册"))
    assert [row[:5] for row in rows[3:]] == [
        ["1", "张三", "汉族", "", "1975.03"],
        ["2", "李四", "汉族", "", "1976.04"],
    ]
    code, _out, err = banzi("extract", folder, "--out", tmp_path / "c.xlsx", "--like", out)
    assert code == 2
    assert "fill/template-not-empty" in err
