"""The older `.lrm`: out and in again, its photo, and broken files refused with code and row."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.documents.lrmx_variants import JPEG, invented

from banzi.documents.codecs.extract import LIMITS, Extract
from banzi.documents.codecs.lrm import form_of_record, read_lrm, write_lrm
from banzi.documents.codecs.lrm_fields import FIELDS
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.errors import BadInput

NOT_CARRIED = (
    "id_number",
    "form_version",
    "retirement_month_stated",
    "retirement_limit_text",
)
FORM = Form(
    {
        "name": "甲一",
        "sex": "男",
        "birth": "197503",
        "ethnicity": "汉族",
        "full_time_education": "大学",
        "in_service_degree_school": "某大学",
        "resume_text": "1997.07--2005.03  某局科员\n2005.03--         某局局长",
        "awards_text": "无",
        "form_filled_on": "20260630",
    },
    (
        FamilyMember("妻子", "乙", "197604", "中共党员", "某校教师"),
        FamilyMember("父亲", "丙", "", "", "某县农民（已去世）"),
    ),
)


def read(tmp_path: Path, data: bytes) -> Extract:
    path = tmp_path / "甲.lrm"
    path.write_bytes(data)
    return read_lrm(path)


def record(**changes: str) -> bytes:
    """A record of 33 fields, blank but for the name; `f9="…"` sets field 9."""
    texts = {"f0": "甲", **changes}
    fields = [texts.get(f"f{number}", "") for number in range(len(FIELDS))]
    return ('"' + '","'.join(fields) + '"').encode("gbk")


def test_a_record_has_33_fields_in_gbk_with_crlf() -> None:
    data = write_lrm(FORM)
    assert data.startswith('"甲一","男","197503","汉族",'.encode("gbk"))
    text = data.decode("gbk")
    assert text.count('","') == 32
    assert '"大学#@#","#@#某大学"' in text
    assert "科员\r\n2005" in text
    assert '"妻子@父亲@@@@@@@@@@@"' in text


def test_forms_survive_writing_and_reading() -> None:
    random, carried = Random(20260630), 0
    for _turn in range(300):
        meant = invented(random).form
        try:
            data = write_lrm(meant)
        except BadInput as refused:
            found = {each.message.code for each in refused.problems}
            assert found <= {"lrm/not-in-gbk", "lrm/cannot-carry", "lrm/too-many-relatives"}
            continue
        carried += 1
        form = form_of_record(data, "甲.lrm")
        fields = {key: text for key, text in meant.fields.items() if key not in NOT_CARRIED}
        assert (dict(form.fields), form.family) == (fields, meant.family)
        assert write_lrm(form) == data
    assert carried > 200


def test_a_file_becomes_a_person_with_rows_and_places(tmp_path: Path) -> None:
    (tmp_path / "甲.PIC").write_bytes(JPEG)
    extract = read(tmp_path, write_lrm(FORM))
    assert (extract.format, extract.problems) == ("lrm", [])
    (person,) = extract.persons
    assert (person.row["name"], person.row["birth"]) == ("甲一", 19750300)
    assert person.row["full_time_education"] == "大学"
    assert [each["relation"] for each in person.rows["relatives"]] == ["13", "10"]
    assert len(person.rows["career_segments"]) == 2
    assert person.photo == JPEG


def test_the_place_of_a_doubt_is_the_line_in_the_file(tmp_path: Path) -> None:
    extract = read(
        tmp_path, record(f17="\r\n1997.07--2001.07  某厂\r\n2003.07--  某局", f22="某日")
    )
    gap = next(
        each for each in extract.persons[0].findings if each.message.code.startswith("resume/")
    )
    assert gap.at.row == 3
    birth = read(tmp_path, record(f21="乙", f22="某日", f17="一\r\n二")).persons[0].findings
    assert [each.at.row for each in birth if each.column == "birth"] == [2]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"f9": "大学"}, "lrm/education-shape"),
        ({"f9": "大学#学士@研究生#硕士@"}, "lrm/education-shape"),
        ({"f10": "a#b#c@d"}, "lrm/education-shape"),
        ({"f20": "妻子@父亲", "f21": "乙@丙@丁"}, "lrm/family-shape"),
        ({"f13": "x"}, "lrm/unused-field"),
        ({"f2": "三月"}, "form/not-a-date"),
    ],
)
def test_what_does_not_fit_is_a_finding(tmp_path: Path, changes: dict[str, str], code: str) -> None:
    extract = read(tmp_path, record(**changes))
    assert extract.problems == []
    found = [*extract.findings, *extract.persons[0].findings]
    assert code in {each.message.code for each in found}
    assert "relatives" not in extract.persons[0].rows


def test_a_photo_is_known_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "甲.pic").write_bytes(b"MZ")
    extract = read(tmp_path, record())
    assert extract.persons[0].photo is None
    assert [each.message.code for each in extract.persons[0].findings] == ["lrm/bad-photo"]


BROKEN = {
    "empty": (b"", "lrm/empty-file", None),
    "blanks": (b" \r\n", "lrm/empty-file", None),
    "no quotes": ("甲一,男".encode("gbk"), "lrm/not-a-record", 1),
    "one quote": (b'\r\n"', "lrm/not-a-record", 2),
    "too few fields": (b'\r\n"a","b"', "lrm/field-count", 2),
    "too many fields": (record(f31='a","b'), "lrm/field-count", 1),
    "truncated": (record(f17="一\r\n二")[:-20], "lrm/not-a-record", 1),
    "utf-8": (record().decode("gbk").replace("甲", "甲乙丙丁戊己庚辛壬癸").encode(), "lrm/encoding", 1),
    "utf-16": (record().decode("gbk").encode("utf-16"), "lrm/encoding", 1),
    "noise": (b'"\n' + bytes(range(128, 256)) * 3, "lrm/encoding", 2),
    "nul": (record() + b"\r\n\x00", "lrm/encoding", 2),
    "no name": (record(f0=" "), "lrm/no-name", 1),
    "month 13": (record(f2="197513"), "form/impossible-date", 1),
    "oversize": (b" " * (LIMITS["lrm_bytes"] + 1), "lrm/too-large", None),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_code_and_row(tmp_path: Path, case: str) -> None:
    data, code, row = BROKEN[case]
    problems = read(tmp_path, data).problems
    assert [(each.message.code, each.at.row) for each in problems] == [(code, row)]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    problems = read_lrm(tmp_path / "none.lrm").problems
    assert [each.message.code for each in problems] == ["lrm/unreadable"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (Form({"name": "㐂𠮷"}), "lrm/not-in-gbk"),
        (Form({"name": "甲", "full_time_education": "大学@"}), "lrm/cannot-carry"),
        (Form({"name": "甲"}, (FamilyMember(name="乙", unit_and_post="a@b"),)), "lrm/cannot-carry"),
        (Form({"name": "甲", "specialty": 'a","b'}), "lrm/cannot-carry"),
        (Form({"name": "甲"}, (FamilyMember(name="乙"),) * 14), "lrm/too-many-relatives"),
    ],
)
def test_what_the_format_cannot_carry_is_not_written(form: Form, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        write_lrm(form)
    assert code in {each.message.code for each in refused.value.problems}


def test_damaged_bytes_never_end_in_a_traceback(tmp_path: Path) -> None:
    random, whole, refused = Random(7), write_lrm(FORM), 0
    for _turn in range(300):
        data = bytearray(whole)
        for _change in range(random.randint(1, 4)):
            at = random.randrange(len(data))
            data[at : at + random.randrange(3)] = random.randbytes(random.randrange(3))
        refused += bool(read(tmp_path, bytes(data)).problems)
    assert 20 < refused < 300
