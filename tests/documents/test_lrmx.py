"""`.lrmx` in and out: a thousand variants, broken files, limits, and the way through a roster."""

from __future__ import annotations

import base64
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.documents.lrmx_variants import JPEG, invented, variant, without_resume

from banzi.documents.codecs.extract import LIMITS, Extract, PersonExtract
from banzi.documents.codecs.lrmx import read_form, read_lrmx, write_form
from banzi.documents.codecs.resume import parse_resume
from banzi.documents.form import FamilyMember, Form
from banzi.documents.forms import form_of, written_name
from banzi.kernel.dates import PartialDate, month_index
from banzi.kernel.errors import BadInput, BanziError
from banzi.roster import Roster
from banzi.roster.checking import check_roster

Read = Callable[[bytes], Extract]
SOURCE = "s1"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_bytes(data: bytes) -> Extract:
        path = tmp_path / "甲.lrmx"
        path.write_bytes(data)
        return read_lrmx(path)

    return read_bytes


def merged(person: PersonExtract) -> Roster:
    """One person's extract as a roster, numbered in order."""
    numbers = {
        "career_segments": "segment_no",
        "relatives": "relative_no",
        "form_extras": "extra_no",
    }
    tables: dict[str, list[dict[str, Any]]] = {"persons": [{"person_id": "p1", **person.row}]}
    for table, rows in person.rows.items():
        number = numbers.get(table)
        tables[table] = [
            {"person_id": "p1", **row, **({number: index} if number else {})}
            for index, row in enumerate(rows, start=1)
        ]
    tables["texts_as_written"] = [
        {
            "person_id": "p1",
            "column_name": written_name(finding.table, finding.column, finding.row_key),
            "written": finding.written,
        }
        for finding in person.findings
        if finding.written
    ]
    photos = {person.row["photo_sha256"]: person.photo} if person.photo else {}
    made = Roster.of(date(2026, 6, 30), **tables)
    return Roster(made.as_of, made.tables, photos)


def codes(extract: Extract) -> list[str]:
    (person,) = extract.persons
    return [finding.message.code for finding in person.findings]


def person_element(inner: str) -> bytes:
    return f"<Person>\n<XingMing>甲一</XingMing>\n{inner}\n</Person>".encode()


def test_a_thousand_variants_are_read_as_they_were_meant() -> None:
    random = Random(20260630)
    for number in range(1000):
        meant = invented(random)
        data = variant(meant, random)
        form = read_form(data, "甲.lrmx")
        assert without_resume(form) == without_resume(meant.form), number
        resume = parse_resume(form["resume_text"])
        assert (resume.segments, resume.closing) == (meant.segments, meant.closing), number
        written = write_form(form)
        assert read_form(written, "甲.lrmx") == form, number
        assert write_form(read_form(written, "甲.lrmx")) == written, number


def test_a_canonical_form_survives_writing_and_reading() -> None:
    random = Random(7)
    for _turn in range(100):
        form = invented(random).form
        assert read_form(write_form(form), "") == form


def test_forms_come_back_from_the_roster_alone(read: Read) -> None:
    random = Random(11)
    for _turn in range(60):
        meant = invented(random)
        extract = read(variant(meant, random))
        assert extract.problems == []
        roster = merged(extract.persons[0])
        assert check_roster(roster) == []
        form = form_of(roster, "p1")
        assert without_resume(form) == without_resume(meant.form)
        assert parse_resume(form["resume_text"]).segments == meant.segments
        assert read_form(write_form(form), "") == form


def test_the_file_is_written_with_bom_crlf_and_34_elements() -> None:
    data = write_form(Form({"name": "甲一"}))
    assert data.startswith(b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\r\n<Person>\r\n')
    assert data.count(b"\n") == data.count(b"\r\n") == 34 + 3
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[2] == "  <XingMing>甲一</XingMing>"
    assert lines[28] == "  <JiaTingChengYuan></JiaTingChengYuan>"
    assert lines[33:36] == [
        "  <ShenFenZheng></ShenFenZheng>",
        "  <ZhaoPian></ZhaoPian>",
        "  <Version></Version>",
    ]


BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Person><XingMing>&b;</XingMing></Person>"""
EXTERNAL = b"""<!-- x -->
<!DOCTYPE Person [<!ENTITY a SYSTEM "file:///etc/passwd">]><Person><XingMing>&a;</XingMing></Person>"""


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲.lrmx", "<Person/>")
    return stream.getvalue()


WHOLE = write_form(Form({"name": "甲一"}))
BROKEN = {
    "empty": (b"", "xml/empty-file", None),
    "blanks only": (b"\xef\xbb\xbf \r\n ", "xml/empty-file", None),
    "truncated": (WHOLE[: WHOLE.index(b"<MinZu>") + 9], "xml/broken", 6),
    "truncated between elements": (WHOLE[: WHOLE.index(b"<MinZu>")], "xml/broken", 6),
    "unescaped <": (person_element("<JiGuan>a<b</JiGuan>"), "xml/broken", 3),
    "undeclared entity": (person_element("<JiGuan>&nbsp;</JiGuan>"), "xml/broken", 3),
    "control character": (person_element("<JiGuan>\x01</JiGuan>"), "xml/broken", 3),
    "plain text": ("姓名：甲一".encode(), "xml/broken", 1),
    "entity bomb": (BILLION_LAUGHS, "xml/doctype", 2),
    "external entity": (EXTERNAL, "xml/doctype", 2),
    "noise": (b"<Person>\n" + bytes(range(1, 256)) * 9, "xml/undecodable", 3),
    "nul bytes": (person_element("\n\x00"), "xml/nul-bytes", 4),
    "utf-16 without bom": ("<Person/>".encode("utf-16-le"), "xml/nul-bytes", 1),
    "odd utf-16": ("<Person/>".encode("utf-16")[:-1], "xml/undecodable", None),
    "zip renamed": (zipped(), "xml/archive", None),
    "another root": (b"\n<Persons/>", "lrmx/not-a-form", 2),
    "root of a namespace": (b"<Person xmlns='u'/>", "lrmx/not-a-form", 1),
    "deep nesting": (b"<Person>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Person>", "xml/too-deep", 1),
    "endless text": (
        b"<Person>\n<ZhaoPian>" + b"A" * 11_000_000 + b"</ZhaoPian></Person>",
        "xml/too-long",
        2,
    ),
    "oversize": (b" " * (LIMITS["lrmx_bytes"] + 1), "lrmx/too-large", None),
    "no name": (b"<Person>\n<XingMing>\n </XingMing></Person>", "lrmx/no-name", 2),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_code_and_row(what: str, read: Read) -> None:
    data, code, row = BROKEN[what]
    extract = read(data)
    assert extract.persons == []
    (problem,) = extract.problems
    assert (problem.message.code, problem.at.row) == (code, row)
    assert problem.at.file.endswith("甲.lrmx")


def test_a_form_that_cannot_be_read_raises_every_problem_as_bad_input() -> None:
    with pytest.raises(BadInput) as caught:
        read_form(b"", "甲.lrmx")
    assert str(caught.value).startswith("甲.lrmx:: xml/empty-file ")


def test_an_oversize_file_is_not_opened(read: Read) -> None:
    extract = read(b" " * (LIMITS["lrmx_bytes"] + 1))
    assert (extract.sha256, extract.size) == ("", LIMITS["lrmx_bytes"] + 1)


def test_a_missing_file_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    (problem,) = read_lrmx(tmp_path / "无.lrmx").problems
    assert problem.message.code == "lrmx/unreadable"


@pytest.mark.parametrize("size", range(0, len(WHOLE), 37))
def test_no_truncation_ends_in_a_traceback(size: int, read: Read) -> None:
    assert len(read(WHOLE[:size]).problems) == 1


def test_a_chinese_encoding_is_read_with_a_finding(read: Read) -> None:
    for declared in ("gb2312", "utf-8"):
        text = f'<?xml version="1.0" encoding="{declared}"?>\n<Person><XingMing>甲一</XingMing></Person>'
        extract = read(text.encode("gb18030"))
        assert extract.persons[0].row["name"] == "甲一"
        assert [finding.message.code for finding in extract.findings] == ["xml/encoding"]


def test_typed_values_are_read(read: Read) -> None:
    form = Form(
        {
            "name": "甲一",
            "sex": "女",
            "birth": "194912",
            "ethnicity": "蒙古族",
            "party_text": "199807；民建",
            "resume_text": "1998.07--2001.08  科员\n2001.08--         局长",
            "awards_text": "无",
            "assessments_text": "2024年称职，2025年优秀",
            "form_filled_on": "202606",
            "id_number": "11010519491231002X",
        },
        family=(FamilyMember("丈夫", "乙一", "197601", "群众", "某厂工人"),),
        photo=JPEG + b"1",
    )
    (person,) = read(write_form(form)).persons
    row = person.row
    assert person.findings == []
    assert (row["sex"], row["ethnicity"], row["birth"]) == ("female", "02", 19491200)
    assert (row["political_status"], row["party_joined"]) == ("01", 19980700)
    assert (row["second_party"], row["third_party"]) == ("06", None)
    assert row["native_place"] is None
    assert [
        (segment["started"], segment["ended"], segment["is_open"], segment["source_place"])
        for segment in person.rows["career_segments"]
    ] == [
        (month_index(1998, 7), month_index(2001, 8), False, "简历第1行"),
        (month_index(2001, 8), None, True, "简历第2行"),
    ]
    assert [(row["year"], row["outcome"]) for row in person.rows["assessments"]] == [
        (2024, "2"),
        (2025, "1"),
    ]
    (relative,) = person.rows["relatives"]
    assert (relative["relation"], relative["birth"]) == ("12", 19760100)
    assert [(row["table_name"], row["complete_on"]) for row in person.rows["completeness"]] == [
        ("sanctions", 20260600),
        ("awards", 20260600),
        ("relatives", 20260600),
    ]


def test_a_blank_form_says_nothing_and_guesses_nothing(read: Read) -> None:
    (person,) = read(write_form(Form({"name": "甲一"}))).persons
    assert {column for column, value in person.row.items() if value is not None} == {"name"}
    assert person.rows == {}
    assert person.findings == []


def test_awards_without_a_filling_date_are_not_called_complete(read: Read) -> None:
    (person,) = read(write_form(Form({"name": "甲一", "awards_text": "无"}))).persons
    assert "completeness" not in person.rows


@pytest.mark.parametrize(
    ("inner", "code", "column", "written"),
    [
        ("<ChuShengNianYue>197513</ChuShengNianYue>", "form/not-a-date", "birth", "197513"),
        ("<XingBie>nan</XingBie>", "form/not-a-sex", "sex", "nan"),
        ("<MinZu>某某族</MinZu>", "form/not-an-ethnicity", "ethnicity", "某某族"),
        ("<ShenFenZheng>123</ShenFenZheng>", "codes/id-length", "id_number", "123"),
    ],
)
def test_a_value_that_does_not_fit_is_null_and_its_text_is_kept(
    inner: str, code: str, column: str, written: str, read: Read
) -> None:
    (person,) = read(person_element(inner)).persons
    (finding,) = person.findings
    assert (finding.message.code, finding.column, finding.written) == (code, column, written)
    assert finding.at.row == 3
    assert person.row[column] is None
    assert form_of(merged(person), "p1")[column] == written


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<RuDangShiJian>某年</RuDangShiJian>", ["form/party-unread"]),
        ("<MinZu>汉</MinZu>", ["form/short-ethnicity"]),
        ("<NianDuKaoHeJieGuo>近三年均称职</NianDuKaoHeJieGuo>", ["form/assessments-unread"]),
        ("<JiGuan>河北<b>盐山</b></JiGuan>", ["lrmx/nested-element"]),
        ("<ZhaoPian>不是照片</ZhaoPian>", ["lrmx/bad-photo"]),
        (
            "<ChuShengNianYue>194911</ChuShengNianYue><XingBie>男</XingBie>"
            "<ShenFenZheng>11010519491231002X</ShenFenZheng>",
            ["form/id-birth-differs", "form/id-sex-differs"],
        ),
        (
            "<JiaTingChengYuan><Item><ChengWei>某亲</ChengWei><ChuShengRiQi>x</ChuShengRiQi>"
            "<Tel>1</Tel></Item></JiaTingChengYuan>",
            ["form/relation-unknown", "form/relative-date", "lrmx/family-element"],
        ),
        ("<JianLi>1998.07--2001.13  科员</JianLi>", ["resume/no-such-month"]),
    ],
)
def test_doubts_become_findings(inner: str, expected: list[str], read: Read) -> None:
    assert codes(read(person_element(inner))) == expected


def test_a_doubt_about_a_resume_line_names_the_line_of_the_file(read: Read) -> None:
    inner = "<JianLi>\n\n1998.07--2001.08  甲\n2003.01--  乙</JianLi>"
    (person,) = read(person_element(inner)).persons
    assert [(finding.message.code, finding.at.row) for finding in person.findings] == [
        ("resume/gap", 6)
    ]


def test_an_element_that_is_there_twice_is_disputed(read: Read) -> None:
    inner = "<ChuShengNianYue>197503</ChuShengNianYue>\n<ChuShengNianYue>197603</ChuShengNianYue>"
    (person,) = read(person_element(inner)).persons
    (finding,) = person.findings
    assert (finding.message.code, finding.at.row) == ("lrmx/element-twice", 4)
    assert finding.options == ("197503", "197603")
    assert person.row["birth"] is None


def test_an_element_that_is_there_twice_saying_the_same_is_no_doubt(read: Read) -> None:
    inner = "<JiGuan>河北盐山</JiGuan><JiGuan/><JiGuan>\n河北盐山</JiGuan>"
    (person,) = read(person_element(inner)).persons
    assert person.findings == []
    assert person.row["native_place"] == "河北盐山"


def test_what_cannot_be_read_is_written_back(read: Read) -> None:
    inner = (
        "<ChuShengNianYue>197513</ChuShengNianYue><ZhaoPian>不是照片</ZhaoPian>"
        "<JiaTingChengYuan><Item><ChuShengRiQi>某年</ChuShengRiQi></Item></JiaTingChengYuan>"
    )
    data = person_element(inner)
    form = form_of(merged(read(data).persons[0]), "p1")
    assert form == read_form(data, "")
    written = write_form(form).decode("utf-8-sig")
    assert written.count("<ZhaoPian>") == 1
    assert "<ZhaoPian>不是照片</ZhaoPian>" in written
    assert "<ChuShengRiQi>某年</ChuShengRiQi>" in written


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("birth", PartialDate(19750300), "197503"),
        ("sex", "female", "女"),
        ("ethnicity", "03", "回族"),
        ("native_place", "河北盐山", "河北盐山"),
        ("id_number", None, ""),
    ],
)
def test_an_edit_of_one_field_changes_only_that_field(
    column: str, value: object, text: str, read: Read
) -> None:
    form = Form(
        {
            "name": "甲一",
            "sex": "男",
            "birth": "194912",
            "ethnicity": "汉族",
            "party_text": "民建2001.08",
            "resume_text": "1998.07—至今     科员",
            "id_number": "11010519491231002X",
        },
        extras=(("Ext", "<Ext>1</Ext>"),),
    )
    roster = merged(read(write_form(form)).persons[0])
    value = int(value) if isinstance(value, int) else value
    dtype = roster["persons"].schema[column]
    edited = roster.with_tables(
        persons=roster["persons"].with_columns(pl.lit(value, dtype=dtype).alias(column))
    )
    before, after = form_of(roster, "p1"), form_of(edited, "p1")
    assert before == form
    assert after[column] == text
    changed = {name for name in {*before.fields, *after.fields} if before[name] != after[name]}
    assert changed == {column}
    assert (after.family, after.extras, after.photo) == (before.family, before.extras, before.photo)


def test_the_party_text_is_recomposed_once_the_values_differ(read: Read) -> None:
    roster = merged(
        read(write_form(Form({"name": "甲一", "party_text": "民建2001.08"}))).persons[0]
    )
    persons = roster["persons"].with_columns(
        political_status=pl.lit("01"), party_joined=pl.lit(19980700, dtype=pl.Int32)
    )
    assert form_of(roster.with_tables(persons=persons), "p1")["party_text"] == "199807"


def test_changes_replace_what_the_roster_says(read: Read) -> None:
    roster = merged(read(write_form(Form({"name": "甲一", "health": "健康"}))).persons[0])
    form = form_of(roster, "p1", {"proposed_posts_text": "某县县长", "health": ""})
    assert (form["proposed_posts_text"], form["health"]) == ("某县县长", "")
    with pytest.raises(KeyError):
        form_of(roster, "p1", {"no_such_column": "x"})


def test_a_form_of_nobody_is_a_coded_error() -> None:
    with pytest.raises(BanziError) as caught:
        form_of(Roster.of(date(2026, 6, 30)), "p1")
    assert caught.value.message.code == "form/unknown-person"


def test_characters_that_xml_cannot_carry_are_never_written() -> None:
    form = Form(
        {"name": "甲\x01一", "health": "\ud800"},
        family=(FamilyMember(name="乙\x00"),),
        extras=(("Ext", "<Ext><b></Ext>"), ("XingMing", "<XingMing>丙</XingMing>")),
    )
    with pytest.raises(BadInput) as caught:
        write_form(form)
    assert [problem.message.code for problem in caught.value.problems] == [
        "lrmx/bad-character",
        "lrmx/bad-character",
        "lrmx/bad-character",
        "lrmx/bad-extra",
        "lrmx/bad-extra",
    ]


def test_a_large_photo_takes_a_bounded_amount_of_memory(read: Read) -> None:
    photo = JPEG + Random(1).randbytes(6_000_000)
    data = write_form(Form({"name": "甲一"}, photo=photo))
    assert len(data) > len(base64.b64encode(photo))
    tracemalloc.start()
    (person,) = read(data).persons
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert person.photo == photo
    assert peak < 8 * len(data)
