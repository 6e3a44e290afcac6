"""Packages of the national system: read as meant, refused with a place, never a traceback."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.support import packages
from tests.support.packages import JPEG, parts, rowset_parts, rowset_text, write_folder, write_zip

from banzi.documents.codecs.extract import Extract
from banzi.documents.codecs.package import opening, read_package
from banzi.documents.merging import merge_extracts
from banzi.kernel.errors import BadInput
from banzi.roster import Roster

DAY = date(2026, 6, 30)


def read(tmp_path: Path, given: dict[str, bytes]) -> Extract:
    return read_package(write_zip(tmp_path / "甲.hzb", given))


def with_table(name: str, text: str) -> dict[str, bytes]:
    return {**parts(), f"Table/{name}.xml": text.encode()}


def roster_of(extract: Extract) -> Roster:
    return merge_extracts([extract], as_of=DAY, recorded_on=DAY).roster


def codes(extract: Extract) -> list[tuple[str, str]]:
    return [
        (each.message.code, f"{each.at.sheet}:{each.at.row or ''}") for each in extract.problems
    ]


def test_tables_become_records_by_their_field_codes(tmp_path: Path) -> None:
    extract = read(tmp_path, parts())
    assert extract.problems == []
    man, woman = extract.persons
    assert (man.row["name"], man.row["sex"], man.row["birth"]) == ("甲一", "male", 19750300)
    assert (man.row["ethnicity"], man.row["political_status"]) == ("05", "01")
    assert (man.row["post_level"], man.row["health"]) == ("1A31", "健康")
    assert man.row["management_status"] == "现职人员"
    assert man.row["work_started"] == 19970701
    assert man.row["reporting_organ"] == "甲市某局"
    assert man.row["current_posts_text"] == "甲市某局局长，得分<60 & 其他"
    assert man.row["is_examined_recruit"] is True
    assert len(man.rows["career_segments"]) == 2
    post = man.rows["appointments"][0]
    assert (post["role"], post["is_leadership"], post["in_office"]) == ("principal", True, True)
    levels = man.rows["level_history"]
    assert [(each["level_kind"], each.get("post_level"), each.get("rank")) for each in levels] == [
        ("post_level", "1A31", None),
        ("rank", None, "04"),
    ]
    assert man.rows["technical_titles"][0]["title_name"] == "教授"
    assert man.rows["education"][0]["education_name"] == "大学"
    assert man.rows["sanctions"][0]["sanction_kind"] == "serious_demerit"
    assert man.rows["awards"][0]["award_name"] == "先进个人"
    assert man.rows["assessments"][0]["outcome"] == "1"
    relative = man.rows["relatives"][0]
    assert (relative["relation_text"], relative["relation"]) == ("妻子", "13")
    assert relative["political_status_text"] == "中共党员"
    assert man.photo == JPEG
    assert woman.photo is None
    assert [each["organ_name"] for each in extract.tables["organs"]] == [
        "甲市某局",
        "甲市某局办公室",
    ]


def test_codes_that_nobody_knows_become_findings_with_the_code_kept(tmp_path: Path) -> None:
    extract = read(tmp_path, parts())
    found = {
        (each.table, each.column, each.written, each.at.row)
        for person in extract.persons
        for each in person.findings
        if each.message.code == "import/unknown-wording"
    }
    assert {
        ("persons", "ethnicity", "77", 2),
        ("persons", "rank", "03", 1),
        ("persons", "person_category", "7", 1),
        ("appointments", "role", "31", 2),
        ("appointments", "appointment_method", "3", 1),
        ("level_history", "rank", "03", 3),
    } <= found
    man, woman = extract.persons
    assert man.row.get("rank") is None
    assert woman.rows["appointments"][0].get("role") is None
    general = {each.message.code for each in extract.findings}
    assert general == {"package/fields-unread", "package/tables-unread"}


def test_zip_folder_and_rowset_tell_the_same(tmp_path: Path) -> None:
    inner = {f"导出/{name}".replace("/", "\\"): data for name, data in parts().items()}
    wanted = [(each.row, each.rows, each.photo) for each in read(tmp_path, parts()).persons]
    others = [
        read_package(write_folder(tmp_path / "folder", parts())),
        read_package(write_zip(tmp_path / "b.zip", inner)),
        read_package(write_zip(tmp_path / "c.zb3", rowset_parts())),
    ]
    for extract in others:
        assert extract.problems == []
        assert [(each.row, each.rows, each.photo) for each in extract.persons] == wanted


def test_a_package_becomes_a_roster(tmp_path: Path) -> None:
    roster = roster_of(read(tmp_path, parts()))
    assert sorted(roster["persons"]["name"]) == ["乙", "甲一"]
    assert roster["organs"].height == 2
    assert roster["appointments"].height == 2
    assert roster["sources"]["format"].to_list() == ["national-package"]
    assert set(roster["appointments"]["source_place"]) == {"A02:1", "A02:2"}
    assert len(roster.photos) == 1


def test_changes_of_a_rowset_are_applied(tmp_path: Path) -> None:
    changes = (
        "<rs:insert><z:row c0='K-3' A0101='丙'/></rs:insert>"
        "<rs:update><rs:original><z:row c0='K-4' A0101='丁' A0104='1'/></rs:original>"
        "<z:row A0101='戊'/></rs:update>"
        "<rs:delete><z:row c0='K-5' A0101='己'/></rs:delete>"
    )
    text = rowset_text([{"A0000": "K-1", "A0101": "甲"}], changes)
    extract = read(tmp_path, {"Table/A01.xml": text.encode("gbk")})
    assert extract.problems == []
    told = [(each.row["name"], each.row.get("sex")) for each in extract.persons]
    assert told == [("甲", None), ("丙", None), ("戊", "male")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a<b & c>d", "a<b & c>d"),
        ("a&lt;b&amp;c", "a<b&c"),
        ('称"好"的', '称"好"的'),
        ("甲&#13;&#10;乙&#xA;丙", "甲\n乙\n丙"),
        ("甲\r\n乙", "甲\n乙"),
        ("&#0;&#xD800;&unknown;", "&#0;&#xD800;&unknown;"),
        ("<b/> A0104=男 />", "<b/> A0104=男 />"),
    ],
)
def test_values_are_read_although_nothing_was_escaped(
    tmp_path: Path, written: str, read_as: str
) -> None:
    given = {"A01": [{"A0000": "1", "A0101": "甲", "A0180": written}]}
    extract = read(tmp_path, parts(given))
    assert extract.problems == []
    assert extract.persons[0].row["remarks"] == read_as


def test_namesakes_without_numbers_are_told_apart_by_their_key(tmp_path: Path) -> None:
    rows = [{"A0000": key, "A0101": "甲", "A0107": f"19{key}01"} for key in ("70", "75")]
    given = {"A01": rows, "A02": [{"A0000": "75", "A0215A": "局长"}]}
    extract = read(tmp_path, parts(given))
    assert extract.problems == []
    assert [len(each.rows.get("appointments", [])) for each in extract.persons] == [0, 1]


def test_a_count_that_differs_is_told(tmp_path: Path) -> None:
    extract = read(tmp_path, parts(count=3))
    assert "package/count-differs" in {each.message.code for each in extract.findings}


def test_a_value_that_cannot_be_read_is_unknown_and_kept(tmp_path: Path) -> None:
    given = {"A01": [{"A0000": "1", "A0101": "甲", "A0184": "12345"}]}
    extract = read(tmp_path, parts(given))
    assert extract.problems == []
    [person] = extract.persons
    assert "id_number" not in person.row
    told = [(each.message.code, each.column, each.written) for each in person.findings]
    assert ("package/unreadable-value", "id_number", "12345") in told


def test_a_photo_that_is_none_is_told(tmp_path: Path) -> None:
    extract = read(tmp_path, {**parts(), "Photos/p1.jpg": b"MZ not a picture"})
    assert extract.persons[0].photo is None
    assert "package/bad-photo" in {each.message.code for each in extract.persons[0].findings}


def test_a_photo_that_is_not_there_is_told(tmp_path: Path) -> None:
    given = {name: data for name, data in parts().items() if not name.startswith("Photos")}
    extract = read(tmp_path, given)
    codes_found = {each.message.code for each in extract.persons[0].findings}
    assert "package/photo-missing" in codes_found


def test_photos_are_found_by_key_number_or_a_name_in_gbk(tmp_path: Path) -> None:
    given = packages.tables()
    number = given["A01"][0]["A0184"]
    path = tmp_path / "p.hzb"
    for listed, file in [("", "K-1.jpg"), ("", f"{number}.jpg"), ("照片\\甲一.jpg", "QQQQ.jpg")]:
        given["A57"] = [{"A0000": "K-1", "A5714": listed}]
        held = {name: data for name, data in parts(given).items() if "Photos" not in name}
        data = write_zip(path, {**held, f"Photos/{file}": JPEG}).read_bytes()
        path.write_bytes(data.replace(b"QQQQ.jpg", "甲一.jpg".encode("gbk")))
        extract = read_package(path)
        assert extract.problems == []
        assert extract.persons[0].photo == JPEG


ROW = '<row A0000="1" A0101="甲" />'
BROKEN = {
    "no xml": ("A01", "姓名,性别", ("package/not-xml", "A01:")),
    "empty table": ("A02", "", ("xml/empty-file", "A02:")),
    "noise": ("A02", "<xml>\x00</xml>", ("xml/nul-bytes", "A02:1")),
    "truncated": ("A01", f"<xml><data>{ROW}", ("package/truncated", "A01:")),
    "half a row": ("A01", f'<xml>{ROW}<row A0000="2" A0101="乙</xml>', ("package/broken-row", "A01:2")),
    "quote missing": (
        "A01",
        f'<xml>{ROW}<row A0000="2" A0101="乙/><row A0000="3" A0101="丙" /></xml>',
        ("package/broken-row", "A01:2"),
    ),
    "field twice": ("A01", '<xml><row A0000="1" A0000="2" /></xml>', ("package/broken-row", "A01:1")),
    "dtd": (
        "A01",
        f'<!DOCTYPE x [<!ENTITY a "b">]><xml>{ROW}</xml>',
        ("xml/doctype", "A01:"),
    ),
    "no key": ("A02", '<xml><row A0215A="局长" /></xml>', ("package/no-person-key", "A02:1")),
    "unknown key": (
        "A02",
        '<xml><row A0000="9" A0215A="局长" /></xml>',
        ("import/unknown-person-key", "A02:1"),
    ),
    "key twice": ("A01", f"<xml>{ROW}{ROW}</xml>", ("import/repeated-person-key", "A01:2")),
    "no name": ("A01", '<xml><row A0000="1" /></xml>', ("workbook/empty-cell", "A01:1")),
    "month 13": (
        "A01",
        '<xml><row A0000="1" A0101="甲" A0107="197513" /></xml>',
        ("form/impossible-date", "A01:1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_table_is_refused_with_its_place(tmp_path: Path, case: str) -> None:
    table, text, expected = BROKEN[case]
    assert expected in codes(read(tmp_path, with_table(table, text)))


def encrypted() -> bytes:
    """A zip whose directory says that its parts are encrypted."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Table/A01.xml", "<xml/>")
    data = bytearray(stream.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def zipped(given: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in given.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


A01 = {"Table/A01.xml": f"<xml>{ROW}</xml>".encode()}
HOSTILE = {
    "empty": (b"", "package/empty-file"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(64), "package/other-archive"),
    "rar": (b"Rar!\x1a\x07" + bytes(64), "package/other-archive"),
    "password": (encrypted(), "package/password"),
    "text": (b"hello, world", "package/not-a-package"),
    "zip of something else": (zipped({"a.txt": b"x"}), "package/not-a-package"),
    "cut off": (zipped(A01)[:-30], "package/damaged"),
    "leads outside": (zipped({**A01, "../x.xml": b"x"}), "package/unsafe-name"),
    "absolute": (zipped({**A01, "/etc/x.xml": b"x"}), "package/unsafe-name"),
    "drive": (zipped({**A01, "C:\\x.xml": b"x"}), "package/unsafe-name"),
    "same name twice": (zipped({**A01, "table/a01.XML": b"x"}), "package/repeated-part"),
    "two sets": (zipped({**A01, "b/Table/A01.xml": b"x"}), "package/several"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_by_code(tmp_path: Path, case: str) -> None:
    data, code = HOSTILE[case]
    path = tmp_path / "x.hzb"
    path.write_bytes(data)
    assert [each.message.code for each in read_package(path).problems] == [code]


def test_what_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "UNPACKED_LIMIT", 100_000)
    extract = read(tmp_path, {**A01, "Photos/1.jpg": bytes(200_000)})
    assert [each.message.code for each in extract.problems] == ["package/unpacks-too-large"]


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", A01)
    (folder / "Table" / "A02.xml").symlink_to("/etc/hostname")
    extract = read_package(folder)
    assert [each.message.code for each in extract.problems] == ["package/unsafe-name"]


def test_what_is_not_there_is_a_problem(tmp_path: Path) -> None:
    extract = read_package(tmp_path / "none.hzb")
    assert [each.message.code for each in extract.problems] == ["package/unreadable"]


def test_damaged_bytes_never_end_in_a_traceback(tmp_path: Path) -> None:
    random = Random(20260630)
    whole = write_zip(tmp_path / "w.hzb", parts()).read_bytes()
    texts = [parts(), rowset_parts()]
    refused = 0
    for turn in range(210):
        if turn % 3 == 0:
            path = tmp_path / "m.hzb"
            path.write_bytes(mutated(whole, random))
            extract = read_package(path)
        else:
            given = dict(texts[turn % 2])
            name = random.choice([each for each in given if each.startswith("Table/")])
            given[name] = mutated(given[name], random)
            extract = read(tmp_path, given)
        refused += bool(extract.problems)
        if not extract.problems and turn % 4 == 1:
            try:
                roster_of(extract)
            except BadInput:
                refused += 1
    assert 40 < refused < 210


def mutated(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _turn in range(random.randint(1, 4)):
        at = random.randrange(len(changed))
        match random.randrange(4):
            case 0:
                changed[at] = random.randrange(256)
            case 1:
                del changed[at : at + random.randint(1, 20)]
            case 2:
                changed[at:at] = random.randbytes(random.randint(1, 8))
            case _:
                del changed[at:]
        if not changed:
            return b"?"
    return bytes(changed)


@pytest.mark.parametrize(
    "text",
    [
        "<xml>" + '<row a="' * 200_000 + "</xml>",
        "<xml>" + '<row a="' * 200_000 + 'x" /></xml>',
        "<xml>" + "<row a='" + "' " * 500_000 + "</xml>",
        "<xml><row" + " " * 1_000_000 + "</xml>",
        "<xml>" + "<!--" * 200_000 + "</xml>",
        "<!--" * 200_000 + "</xml>",
    ],
    ids=["never closed", "closed far away", "quotes", "blanks", "comments", "comments at the head"],
)
def test_text_made_to_be_slow_is_refused_soon(tmp_path: Path, text: str) -> None:
    found = {code for code, _place in codes(read(tmp_path, with_table("A01", text)))}
    expected = {"package/broken-row", "package/truncated", "package/not-xml"}
    assert found & expected


def test_five_thousand_rows_are_scanned_in_a_breath(tmp_path: Path) -> None:
    rows = [{"A0000": str(n), "A0101": "甲", "A0180": "<&" * 200} for n in range(5_000)]
    text = packages.table_text(rows)
    extract = read(tmp_path, {"Table/A01.xml": text.encode()})
    assert len(extract.persons) == 5_000
