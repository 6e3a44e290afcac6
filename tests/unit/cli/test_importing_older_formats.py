"""`banzi import` with older forms and packages: known by content, counted by kind, merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.packages import JPEG, parts, rowset_parts, write_folder, write_zip
from tests.support.workbooks import persons_sheet, write_sheets

from banzi.cli.main import run
from banzi.documents.codecs.lrm import write_lrm
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.codecs.sniffing import SourceKind, kind_of
from banzi.documents.form import Form
from banzi.roster import load_roster

DAYS = ["--as-of", "2026-06-30", "--recorded-on", "2026-07-01"]
FORM = Form({"name": "丁", "sex": "男", "birth": "196901"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One source of every kind, and two files that are none."""
    files = tmp_path / "files"
    write_folder(files / "解压", rowset_parts({"A01": [{"A0000": "9", "A0101": "戊"}]}))
    write_zip(files / "导出.zip", parts())
    write_zip(files / "其他.zip", {"a.txt": b"x"})
    (files / "readme.txt").write_text("x", encoding="utf-8")
    (files / "丁.LRM").write_bytes(write_lrm(FORM))
    (files / "丁.pic").write_bytes(JPEG)
    (files / "己.lrmx").write_bytes(write_form(Form({"name": "己"})))
    return tmp_path


def test_every_kind_is_read_and_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "r"
    assert run(["import", str(folder / "files"), "--roster", str(target), *DAYS]) == 0
    out = capsys.readouterr().out
    assert "2份任免审批表、0个工作簿、2个数据包" in out
    assert "未读取的其他文件：2个" in out
    roster = load_roster(target)
    assert sorted(roster["persons"]["name"]) == ["丁", "乙", "己", "戊", "甲一"]
    assert len(roster.photos) == 1  # the same picture twice


def test_figures_name_the_formats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["import", str(folder / "files"), "--roster", str(folder / "r"), "--json", *DAYS]
    assert run(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sources"] == {"lrm": 1, "lrmx": 1, "national-package": 2}


def test_an_older_form_and_a_package_make_one_person(folder: Path) -> None:
    files = folder / "files"
    (files / "甲一.lrm").write_bytes(write_lrm(Form({"name": "甲一", "birth": "197503"})))
    assert run(["import", str(files), "--roster", str(folder / "r"), *DAYS]) == 0
    assert load_roster(folder / "r")["persons"]["name"].to_list().count("甲一") == 1


def test_an_unpacked_package_may_be_named_itself(folder: Path) -> None:
    package = folder / "files" / "解压"
    assert run(["import", str(package), "--roster", str(folder / "r"), *DAYS]) == 0
    assert load_roster(folder / "r")["persons"]["name"].to_list() == ["戊"]


def test_problems_are_listed_with_advice_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = folder / "files"
    (files / "a.hzb").write_bytes(b"7z\xbc\xaf\x27\x1c")
    (files / "b.lrm").write_bytes(b'"a","b"')
    assert run(["import", str(files), "--roster", str(folder / "r"), *DAYS]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert any("a.hzb" in line and "package/other-archive" in line for line in lines)
    assert any("b.lrm:1:" in line and "lrm/field-count" in line for line in lines)
    assert not (folder / "r").exists()


def test_the_content_tells_the_kind_and_the_name_only_where_it_cannot(tmp_path: Path) -> None:
    def kind(name: str, data: bytes) -> SourceKind | None:
        path = tmp_path / name
        path.write_bytes(data)
        return kind_of(path)

    package = write_zip(tmp_path / "p", parts()).read_bytes()
    sheets = persons_sheet(["甲", "", "男", "197503", "汉族"])
    book = write_sheets(tmp_path / "w.xlsx", sheets).read_bytes()
    assert kind("a.xlsx", package) is SourceKind.PACKAGE
    assert kind("a.hzb", book) is SourceKind.WORKBOOK
    assert kind("a.lrmx", write_lrm(FORM)) is SourceKind.LRM
    assert kind("a.lrm", write_form(FORM)) is SourceKind.LRMX
    assert kind("b.hzb", b"noise") is SourceKind.PACKAGE
    assert kind("b.xlsx", b"noise") is SourceKind.WORKBOOK
    assert kind("b.lrm", b"") is SourceKind.LRM
    assert kind("b.zip", b"noise") is None
    assert kind("b.txt", write_lrm(FORM)) is None
