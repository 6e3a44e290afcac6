"""`.lrmx` in and out: a thousand variants, broken files, limits, and the way through a roster."""

from __future__ import annotations

import base64
import tracemalloc
from datetime import date
from random import Random

import polars as pl
import pytest
from tests.documents.lrmx_variants import JPEG, invented, variant, without_resume
from tests.documents.reading import Read, codes, merged, person_element

from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.codecs.resume import parse_resume
from banzi.documents.form import FamilyMember, Form
from banzi.documents.forms import form_of
from banzi.kernel.dates import PartialDate, month_index
from banzi.kernel.errors import BadInput, BanziError
from banzi.roster import Roster
from banzi.roster.checking import check_roster


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
        ("<ChuShengNianYue>七五年</ChuShengNianYue>", "form/not-a-date", "birth", "七五年"),
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
        "<ChuShengNianYue>七五年</ChuShengNianYue><ZhaoPian>不是照片</ZhaoPian>"
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
