"""`banzi forms check`, run as its user runs it."""

import json
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from tests.support.form_cases import clean_file

COMMAND = ("forms", "check")


AS_OF = ("--as-of", "2026-06-30")


@pytest.fixture
def folder(tmp_path):
    """One clean form and one with two faults, in folders, with a file that is no form."""
    inside = tmp_path / "表" / "市直"
    inside.mkdir(parents=True)
    (tmp_path / "表" / "林清远.LRMX").write_bytes(clean_file())
    faulty = clean_file().replace("<MinZu>汉族".encode(), "<MinZu>汉".encode())
    (inside / "林清.lrmx").write_bytes(faulty.replace("林清远".encode(), "林清".encode()))
    (inside / "说明.txt").write_text("无", encoding="utf-8")
    return tmp_path / "表"


def test_clean_forms_answer_yes(banzi, folder):
    code, out, _err = banzi(folder / "林清远.LRMX", *AS_OF)
    assert code == 0
    assert "1份无问题，错误0处，提示0处" in out


def test_a_fault_answers_no_and_is_listed_by_person_and_by_rule(banzi, folder):
    code, out, _err = banzi(folder, *AS_OF)
    assert code == 1
    assert "林清（" in out
    assert "民族应写规范全称，如“汉族”　现填“汉”，建议“汉族”" in out
    assert "民族写法" in out
    assert "未读取的其他文件：1个" in out


def test_a_hint_alone_does_not_fail(banzi, folder):
    file = folder / "林清远.LRMX"
    file.write_bytes(
        clean_file().replace(
            "<JianKangZhuangKuang>健康".encode(), "<JianKangZhuangKuang>高血压".encode()
        )
    )
    code, out, _err = banzi(file, *AS_OF)
    assert code == 0
    assert "提示1处" in out


def test_json_names_rule_cell_text_and_suggestion(banzi, folder):
    code, out, _err = banzi(folder, *AS_OF, "--json")
    answer = json.loads(out)
    assert code == 1
    assert (answer["forms"], answer["clean"], answer["errors"]) == (2, 1, 1)
    findings = [each for person in answer["persons"] for each in person["findings"]]
    assert [
        (each["rule"], each["place"], each["written"], each["suggested"]) for each in findings
    ] == [("forms/ethnicity-name", "ethnicity", "汉", "汉族")]


def test_the_list_is_written_as_workbook_and_pdf_the_same_every_time(banzi, folder, tmp_path):
    first = [tmp_path / "a.xlsx", tmp_path / "a.pdf"]
    again = [tmp_path / "b.xlsx", tmp_path / "b.pdf"]
    for out, pdf in (first, again):
        assert banzi(folder, *AS_OF, "--out", out, "--pdf", pdf)[0] == 1
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    book = CalamineWorkbook.from_path(str(first[0]))
    assert book.sheet_names == ["逐人清单", "按规则统计"]
    rows = book.get_sheet_by_name("逐人清单").to_python()
    assert rows[2] == ["姓名", "性质", "规则", "栏目", "现填", "建议", "说明", "文件"]
    assert rows[3][:6] == ["林清", "错误", "民族写法", "民族", "汉", "汉族"]
    counts = book.get_sheet_by_name("按规则统计").to_python()
    assert counts[3][:5] == ["民族写法", "错误", 1, 1, "填表说明"]
    with zipfile.ZipFile(first[0]) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert first[1].read_bytes().startswith(b"%PDF")


def test_bad_input_is_all_reported_and_nothing_is_written(banzi, folder, tmp_path):
    (folder / "坏.lrmx").write_text("<Person><XingMing>", encoding="utf-8")
    (folder / "另.lrmx").write_text("<Other/>", encoding="utf-8")
    out = tmp_path / "list.xlsx"
    code, _out, err = banzi(folder, *AS_OF, "--out", out)
    assert code == 2
    assert "坏.lrmx" in err
    assert "另.lrmx" in err
    assert "lrmx/not-a-form" in err
    assert not out.exists()


def test_wrong_sources_and_names_are_reported_together(banzi, folder, tmp_path):
    (tmp_path / "空").mkdir()
    code, _out, err = banzi(
        tmp_path / "无",
        tmp_path / "空",
        folder / "市直" / "说明.txt",
        "--out",
        tmp_path / "list.docx",
    )
    assert code == 2
    for expected in ("import/not-found", "forms/no-forms", "forms/not-a-form-file"):
        assert expected in err
    assert "files/wrong-ending" in err


def test_english(banzi, folder):
    code, out, _err = banzi(folder, *AS_OF, lang="en")
    assert code == 1
    assert "ethnicity: write the full standard name" in out
