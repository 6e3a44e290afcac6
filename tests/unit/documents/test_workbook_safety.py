"""Files that are no workbooks, or wish to harm: one problem each, little memory, no traceback."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from tests.support.workbooks import persons_sheet, write_sheets

from banzi.documents.codecs import extract as extract_module
from banzi.documents.codecs.workbook import opening, read_workbook
from banzi.kernel.errors import BadInput


def refused(path: Path) -> str:
    def read_all() -> None:
        book = opening.open_book(path)
        for name in book.sheet_names:
            list(book.sheet(name))

    with pytest.raises(BadInput) as caught:
        read_all()
    (problem,) = caught.value.problems
    assert str(path) in str(problem.at)
    return problem.message.code


def repacked(path: Path, part: str, content: bytes) -> Path:
    """A sound workbook with one part replaced."""
    sound = write_sheets(path.with_name("sound.xlsx"), persons_sheet(["甲", "", "", "", ""]))
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info))
    return path


SHEET = "xl/worksheets/sheet1.xml"
XMLNS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_files_that_are_no_workbook(tmp_path: Path) -> None:
    files = {
        "empty": b"",
        "noise": random.Random(1).randbytes(5000),
        "gbk": "姓名,身份证号\n甲,1\n".encode("gbk"),
        "old": b"\xd0\xcf\x11\xe0" + bytes(600),
        "half": b"PK\x03\x04" + bytes(40),
    }
    expected = {"empty": "workbook/empty-file", "old": "workbook/old-or-encrypted"}
    for name, content in files.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        assert refused(path) == expected.get(name, "workbook/not-a-workbook"), name


def test_a_zip_with_something_else_in_it(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("照片/1.jpg", b"x")
    assert refused(path) == "workbook/not-a-workbook"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.xlsx") == "workbook/unreadable"
    (tmp_path / "folder.xlsx").mkdir()
    assert refused(tmp_path / "folder.xlsx") == "workbook/unreadable"


def test_a_file_over_the_limit_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dict(extract_module.LIMITS), "workbook_bytes", 10)
    monkeypatch.setattr(opening, "LIMITS", {"workbook_bytes": 10})
    path = write_sheets(tmp_path / "big.xlsx", persons_sheet())
    assert refused(path) == "workbook/too-large"


def test_a_part_that_unpacks_beyond_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "UNPACKED_LIMIT", 4_000_000)
    path = repacked(tmp_path / "bomb.xlsx", SHEET, b"<worksheet>" + b" " * 8_000_000)
    assert path.stat().st_size < 40_000
    assert refused(path) == "workbook/unsafe"


def test_a_directory_that_lies_about_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repacked(tmp_path / "liar.xlsx", SHEET, b"<worksheet>" + b" " * 8_000_000)
    content = path.read_bytes()
    true_size = (len(b"<worksheet>") + 8_000_000).to_bytes(4, "little")
    path.write_bytes(content.replace(true_size, (999).to_bytes(4, "little")))
    monkeypatch.setattr(opening, "UNPACKED_LIMIT", 4_000_000)
    assert refused(path) == "workbook/unsafe"


def test_one_cell_in_the_last_corner(tmp_path: Path) -> None:
    cell = b'<c s="1" r="%s" t="inlineStr"><is><t>x</t></is></c>'
    rows = b'<row r="1">%s</row><row r="1048576">%s</row>' % (cell % b"A1", cell % b"XFD1048576")
    content = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (XMLNS, rows)
    assert refused(repacked(tmp_path / "far.xlsx", SHEET, content)) == "workbook/too-many-cells"


def test_entities_are_refused(tmp_path: Path) -> None:
    content = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert refused(repacked(tmp_path / "entities.xlsx", SHEET, content)) == "workbook/unsafe"


def test_a_damaged_sheet(tmp_path: Path) -> None:
    content = b"<worksheet %s><sheetData><row r='1'><c r='A1'" % XMLNS
    assert refused(repacked(tmp_path / "cut.xlsx", SHEET, content)) in {
        "workbook/damaged",
        "workbook/not-a-workbook",
    }


def test_a_workbook_without_known_sheets_says_which_are_expected(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "other.xlsx", {"Sheet1": [["姓名", "身份证号"]]})
    extract = read_workbook(path)
    assert [problem.message.code for problem in extract.problems] == ["workbook/no-known-sheet"]
