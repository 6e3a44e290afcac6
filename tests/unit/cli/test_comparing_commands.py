"""`banzi forms compare`, `apply`, `undo`, run as their user runs them."""

import json

import pytest
from tests.support.answering import answer, listed
from tests.support.clerk_books import form, write_book, write_forms

from banzi.documents.codecs.lrmx import read_form
from banzi.documents.codecs.workbook.opening import open_book

COMMAND = ("forms",)

BOOK = [
    ["1", "张　三", "汉", "辽宁大连", "1975.03", "某局局长", "", "", ""],
    ["2", "李四", "汉族", "辽宁沈阳", "1976.04", "", "大学", "", ""],
    ["3", "王五", "汉族", "", "1977.05", "某县县长", "", "", ""],
    ["4", "赵六", "汉族", "", "1979.05", "", "", "", ""],
]


@pytest.fixture
def sides(tmp_path):
    folder = write_forms(
        tmp_path / "表",
        form("张三", "197503", native_place="辽宁大连", current_posts_text="某局副局长"),
        form("李四", "197604", native_place="辽宁大连", current_posts_text="某厅厅长"),
        form("王五", "197705", current_posts_text="某县县长"),
        form("赵六", "197805"),
    )
    return folder, write_book(tmp_path / "花名册.xlsx", BOOK)


def compared(banzi, sides, out):
    return banzi("compare", *sides, "--out", out)


def test_differences_are_listed_by_kind_with_who_could_not_be_matched(banzi, sides, tmp_path):
    out = tmp_path / "差异.xlsx"
    code, said, _err = compared(banzi, sides, out)
    assert code == 1
    assert "比对3人" in said
    rows = {(row["人员"], row["栏目"]): row for row in listed(out)}
    assert {key: row["差别"] for key, row in rows.items()} == {
        ("张三", "民族"): "仅写法不同",
        ("张三", "现任职务"): "不一致",
        ("李四", "籍贯"): "不一致",
        ("李四", "现任职务"): "表二缺",
        ("李四", "全日制学历"): "表一缺",
    }
    assert rows["李四", "现任职务"]["表二值"] == "（空）"
    left = listed(out, "未比对")
    assert {row["人员"] for row in left} == {"赵六"}
    assert all("1979.05" in row["原因"] or "1978.05" in row["原因"] for row in left)


def test_wording_alone_answers_yes(banzi, tmp_path):
    folder = write_forms(tmp_path / "表", form("张三", "197503", native_place="辽宁大连"))
    book = write_book(
        tmp_path / "册.xlsx", [["1", "张三", "汉", "辽宁省大连市", "75.03", "", "", "", ""]]
    )
    code, said, _err = banzi("compare", folder, book, "--out", tmp_path / "差异.xlsx", "--json")
    found = json.loads(said)
    assert code == 1  # a two-digit year is no date to match by
    assert found["left_over"][0]["why"]["code"] == "compare/no-birth"
    write_book(book, [["1", "张三", "汉", "辽宁省大连市", "1975.03", "", "", "", ""]])
    code, said, _err = banzi("compare", folder, book, "--out", tmp_path / "差异.xlsx", "--json")
    assert code == 0
    assert json.loads(said)["kinds"] == {"wording": 2}


def test_answers_are_written_to_forms_and_a_copy_of_the_book_and_taken_back(banzi, sides, tmp_path):
    folder, book = sides
    out = tmp_path / "差异.xlsx"
    compared(banzi, sides, out)
    answer(
        out,
        {
            ("张三", "民族"): ("用表一", ""),
            ("张三", "现任职务"): ("用表二", ""),
            ("李四", "籍贯"): ("另填", "辽宁鞍山"),
            ("李四", "现任职务"): ("用表一", ""),
            ("李四", "全日制学历"): ("不改", ""),
        },
    )
    before = {path: path.read_bytes() for path in (*folder.iterdir(), book)}
    code, said, _err = banzi("apply", out, "--dry-run")
    assert code == 0
    assert "将改3个文件的5处" in said
    assert before == {path: path.read_bytes() for path in (*folder.iterdir(), book)}
    code, said, _err = banzi("apply", out)
    assert code == 0
    zhang, li = (read_form((folder / f"{name}.lrmx").read_bytes(), "") for name in ("张三", "李四"))
    assert (zhang["current_posts_text"], zhang["ethnicity"]) == ("某局局长", "汉族")
    assert (li["native_place"], li["full_time_education"]) == ("辽宁鞍山", "")
    assert zhang.extras == (("Own", "<Own>1</Own>"),)
    assert book.read_bytes() == before[book]
    rows = list(open_book(tmp_path / "花名册-已核对.xlsx").sheet("名册"))
    assert rows[3][2] == "汉族"
    assert rows[4][3:6] == ["辽宁鞍山", "1976.04", "某厅厅长"]
    (originals,) = tmp_path.glob("差异-原件-*")
    code, _out, err = banzi("apply", out)  # the forms are not what was compared any more
    assert code == 2
    assert err.count("compare/changed-since") == 2
    code, _out, _err = banzi("undo", originals)
    assert code == 0
    assert before == {path: path.read_bytes() for path in (*folder.iterdir(), book)}
    assert not (tmp_path / "花名册-已核对.xlsx").exists()


def test_answers_are_kept_until_a_value_changes(banzi, sides, tmp_path):
    folder, _book = sides
    out = tmp_path / "差异.xlsx"
    compared(banzi, sides, out)
    answer(out, {("张三", "现任职务"): ("用表二", ""), ("李四", "籍贯"): ("不改", "")})
    write_forms(folder, form("李四", "197604", native_place="辽宁抚顺"))
    code, said, _err = compared(banzi, sides, out)
    assert code == 1
    assert "保留原有处理1条；失效1条" in said
    chosen = {(row["人员"], row["栏目"]): row["采用"] for row in listed(out)}
    assert chosen["张三", "现任职务"] == "用表二"
    assert chosen["李四", "籍贯"] == ""
    assert [row["栏目"] for row in listed(out, "以前的处理")] == ["籍贯"]
    compared(banzi, sides, out)
    assert [row["采用"] for row in listed(out, "以前的处理")] == ["不改"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("另填", ""), "compare/no-value"),
        (("用表二", "某"), "compare/value-unused"),
        (("用第二", ""), "compare/bad-answer"),
        (("", "某"), "compare/value-unused"),
    ],
)
def test_half_filled_answers_are_refused_with_their_row(banzi, sides, tmp_path, given, code):
    out = tmp_path / "差异.xlsx"
    compared(banzi, sides, out)
    answer(out, {("张三", "现任职务"): given})
    for command in (("apply", out), ("compare", *sides, "--out", out)):
        status, _out, err = banzi(*command)
        assert status == 2
        assert code in err
        assert "差异.xlsx[差异]:" in err
    assert not list(tmp_path.glob("*原件*"))


def test_a_value_that_cannot_stand_there_writes_nothing(banzi, sides, tmp_path):
    out = tmp_path / "差异.xlsx"
    compared(banzi, sides, out)
    answer(out, {("张三", "民族"): ("另填", "某族"), ("张三", "现任职务"): ("用表二", "")})
    code, _out, err = banzi("apply", out)
    assert code == 2
    assert "compare/bad-value" in err
    assert "汉族" in err


def test_family_lines_of_two_folders_are_compared_and_written(banzi, tmp_path):
    one = form("张三", "197503")
    other = type(one)(one.fields, (*one.family[:1],), extras=one.extras)
    first, second = write_forms(tmp_path / "一", one), write_forms(tmp_path / "二", other)
    out = tmp_path / "差异.xlsx"
    assert banzi("compare", first, second, "--out", out)[0] == 1
    answer(out, "用表一")
    assert banzi("apply", out)[0] == 0
    assert read_form((second / "张三.lrmx").read_bytes(), "") == one
    assert banzi("compare", first, second, "--out", tmp_path / "再.xlsx")[0] == 0


def test_a_whole_family_line_cannot_be_filled_in_freely(banzi, tmp_path):
    one = form("张三", "197503")
    other = type(one)(one.fields, (*one.family[:1],), extras=one.extras)
    first, second = write_forms(tmp_path / "一", one), write_forms(tmp_path / "二", other)
    out = tmp_path / "差异.xlsx"
    banzi("compare", first, second, "--out", out)
    answer(out, {("张三", "家庭成员“儿子 张三子”"): ("另填", "某")})
    code, _out, err = banzi("apply", out)
    assert code == 2
    assert "compare/not-free" in err


def test_only_the_side_asked_for_is_written(banzi, sides, tmp_path):
    out = tmp_path / "差异.xlsx"
    compared(banzi, sides, out)
    answer(out, {("张三", "民族"): ("用表一", ""), ("张三", "现任职务"): ("用表二", "")})
    code, _out, _err = banzi("apply", out, "--only", "first")
    assert code == 0
    assert not (tmp_path / "花名册-已核对.xlsx").exists()
    assert banzi("apply", out, "--only", "third")[0] == 2


def test_wrong_sources_are_named(banzi, sides, tmp_path):
    folder, book = sides
    (tmp_path / "空").mkdir()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    out = tmp_path / "差异.xlsx"
    for first, code in (
        (tmp_path / "无", "compare/not-found"),
        (tmp_path / "空", "compare/no-forms"),
        (tmp_path / "a.txt", "compare/not-a-side"),
    ):
        status, _out, err = banzi("compare", first, book, "--out", out)
        assert status == 2
        assert code in err
    assert banzi("compare", folder, book, "--out", tmp_path / "a.doc")[0] == 2
    assert (
        "compare/not-a-list" in banzi("apply", book)[2]
        or "missing-sheet" in banzi("apply", book)[2]
    )
    assert not out.exists()


def test_a_foreign_workbook_is_not_written_over(banzi, sides):
    _folder, book = sides
    before = book.read_bytes()
    assert compared(banzi, sides, book)[0] == 2
    assert book.read_bytes() == before


def test_the_pdf_has_the_differences(banzi, sides, tmp_path):
    pdf = tmp_path / "差异.pdf"
    banzi("compare", *sides, "--out", tmp_path / "差异.xlsx", "--pdf", pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
