"""An office's own .docx: fields over several runs, repeated rows, pictures, what is refused."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from tests.example_teams import AS_OF, example_roster

from banzi.documents.papers.filling.filling import fill_template, open_template
from banzi.kernel.errors import BadInput, BanziError
from banzi.roster import Roster


def png(width: int = 40, height: int = 50) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def roster() -> Roster:
    plain = example_roster()
    rows = plain["persons"].to_dicts()
    rows[0]["photo_sha256"] = "x"
    made = plain.with_tables(persons=plain.of(AS_OF, persons=rows)["persons"])
    relatives = [
        {"person_id": "p1", "relative_no": number, "relation_text": relation, "name": name}
        for number, (relation, name) in enumerate((("妻子", "钱一"), ("儿子", "赵二")))
    ]
    return made.with_tables(relatives=plain.of(AS_OF, relatives=relatives)["relatives"])


def template(folder: Path, *paragraphs: str, rows: list[list[str]] | None = None) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    file = folder / "t.docx"
    document.save(str(file))
    return file


def filled(file: Path, out: Path, *persons: str, **more: Any) -> list[Any]:
    opened = open_template(file, more.get("given"))
    made = fill_template(opened, roster(), persons, AS_OF, out, **more)
    return [Document(str(each)) for each in made.files]


def flaws(file: Path) -> list[str]:
    with pytest.raises(BadInput) as bad:
        open_template(file)
    return [str(problem.at) + " " + problem.message.code for problem in bad.value.problems]


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_a_file_a_person_numbered_in_the_order_of_the_list(tmp_path: Path) -> None:
    file = template(
        tmp_path, "{{姓名}}，{{性别}}，{{民族}}，{{出生年月}}（{{年龄}}岁），{{现任职务}}"
    )
    first, second = filled(file, tmp_path / "out", "p5", "p1")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "01李芳.docx",
        "02赵大山.docx",
    ]
    assert texts(first) == ["李芳，女，汉族，1981.06（40岁），青河县委书记"]
    assert texts(second) == ["赵大山，男，汉族，1968.05（53岁），云岭市委书记"]


def test_a_field_over_several_runs_takes_the_look_of_its_first(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for text in ("姓名：", "{", "{姓", "名}", "}。"):
        paragraph.add_run(text).bold = text == "{"
    document.save(str(tmp_path / "t.docx"))
    (made,) = filled(tmp_path / "t.docx", tmp_path / "out", "p1")
    assert texts(made) == ["姓名：赵大山。"]
    assert next(run for run in made.paragraphs[0].runs if "赵大山" in run.text).bold


def test_full_width_braces_and_blanks_are_understood(tmp_path: Path) -> None:
    (made,) = filled(template(tmp_path, "｛｛ 姓名 ｝｝"), tmp_path / "out", "p1")
    assert texts(made) == ["赵大山"]


def test_lines_of_a_value_become_lines_of_the_paragraph(tmp_path: Path) -> None:
    (made,) = filled(template(tmp_path, "{{简历}}"), tmp_path / "out", "p1")
    assert made.paragraphs[0].text.count("\n") == 1
    assert len(made.paragraphs[0]._p.findall(".//" + qn("w:br"))) == 1


def test_rows_repeat_and_rows_that_hold_only_ends_go(tmp_path: Path) -> None:
    rows = [
        ["序号", "姓名"],
        ["{{#名单}}", ""],
        ["{{序号}}", "{{姓名（对齐）}}"],
        ["", "{{/名单}}"],
        ["共", "{{人数}}"],
    ]
    (made,) = filled(template(tmp_path, rows=rows), tmp_path / "out.docx", "p1", "p2")
    assert cells(made) == [["序号", "姓名"], ["1", "赵大山"], ["2", "钱　文"], ["共", "2"]]


def test_a_block_within_a_paragraph_repeats_its_text(tmp_path: Path) -> None:
    file = template(tmp_path, "亲属：{{#家庭成员}}{{称谓}}{{姓名}}、{{/家庭成员}}。")
    (made,) = filled(file, tmp_path / "out", "p1")
    assert texts(made) == ["亲属：妻子钱一、儿子赵二。"]
    (none,) = filled(file, tmp_path / "none", "p2")
    assert texts(none) == ["亲属：。"]


def test_paragraphs_between_the_ends_repeat(tmp_path: Path) -> None:
    file = template(tmp_path, "名单", "{{#名单}}", "{{序号}}.{{姓名}}", "{{/名单}}", "完")
    (made,) = filled(file, tmp_path / "out.docx", "p1", "p2")
    assert texts(made) == ["名单", "1.赵大山", "2.钱文", "完"]


def test_merged_persons_begin_on_a_page_each(tmp_path: Path) -> None:
    file = template(tmp_path, "{{姓名}}", "{{现任职务}}")
    (made,) = filled(file, tmp_path / "out.docx", "p1", "p2", merged=True)
    assert texts(made) == ["赵大山", "云岭市委书记", "钱文", "云岭市委副书记、市长"]
    breaks = [p._p.find(".//" + qn("w:pageBreakBefore")) is not None for p in made.paragraphs]
    assert breaks == [False, False, True, False]


def test_a_header_cannot_speak_of_one_person_in_a_merged_file(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{姓名}}")
    document.sections[0].header.paragraphs[0].text = "{{姓名}}"
    document.save(str(tmp_path / "t.docx"))
    with pytest.raises(BadInput, match="filling/header-of-person"):
        filled(tmp_path / "t.docx", tmp_path / "out.docx", "p1", "p2", merged=True)
    assert not (tmp_path / "out.docx").exists()
    (made,) = filled(tmp_path / "t.docx", tmp_path / "out", "p1")
    assert made.sections[0].header.paragraphs[0].text == "赵大山"


def test_a_photo_keeps_its_shape_within_the_size_asked_for(tmp_path: Path) -> None:
    file = template(tmp_path, "{{照片 30×45}}")
    with_photo = replace(roster(), photos={"x": png()})
    made = fill_template(open_template(file), with_photo, ["p1"], AS_OF, tmp_path / "out")
    document = Document(str(made.files[0]))
    (shape,) = document.inline_shapes
    assert (round(shape.width / Mm(1), 1), round(shape.height / Mm(1), 1)) == (30, 37.5)
    assert not made.notes


def test_fields_that_stay_blank_are_told(tmp_path: Path) -> None:
    opened = open_template(template(tmp_path, "{{姓名}}{{照片}}{{出生地}}"))
    made = fill_template(opened, roster(), ["p2"], AS_OF, tmp_path / "out")
    assert [note.text() for note in made.notes] == ["钱文：出生地、照片没有内容，已留空"]


def test_every_flaw_is_told_with_place_and_nearest_field(tmp_path: Path) -> None:
    file = template(
        tmp_path,
        "{{姓名}}",
        "{{出身年月}}",
        "{{称谓}} {{姓名",
        rows=[["", "{{#名但}}"], ["{{/名单}}", "x"]],
    )
    name = str(file)
    assert flaws(file) == [
        f"{name}[正文]:2: filling/unknown-field",
        f"{name}[正文]:3: filling/broken-braces",
        f"{name}[正文]:3: filling/only-in-block",
        f"{name}[表1]:1:2 filling/unknown-block",
        f"{name}[表1]:2:1 filling/not-opened",
        f"{name}[表1]:1:2 filling/not-closed",
    ]
    with pytest.raises(BadInput, match="相近的有：出生年月"):
        open_template(file)


def test_own_fields_are_given_by_the_user(tmp_path: Path) -> None:
    file = template(tmp_path, "{{会议}}{{姓名}}")
    assert flaws(file) == [f"{file}[正文]:1: filling/unknown-field"]
    given = {"会议": "部务会"}
    opened = open_template(file, given)
    made = fill_template(opened, roster(), ["p1"], AS_OF, tmp_path / "out", given=given)
    assert texts(Document(str(made.files[0]))) == ["部务会赵大山"]


def test_what_is_no_template_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"not a zip")
    assert flaws(tmp_path / "a.docx") == [f"{tmp_path / 'a.docx'}:: filling/not-a-package"]
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as package:
        package.writestr("x", "y")
    assert flaws(tmp_path / "b.docx") == [f"{tmp_path / 'b.docx'}:: filling/not-word"]
    assert flaws(template(tmp_path, "没有字段")) == [f"{tmp_path / 't.docx'}:: filling/no-fields"]
    with pytest.raises(BanziError, match="filling/other-kind"):
        open_template(tmp_path / "a.doc")


def test_the_same_people_give_the_same_bytes(tmp_path: Path) -> None:
    opened = open_template(
        template(tmp_path, "{{姓名}}", rows=[["{{#家庭成员}}{{称谓}}", "{{姓名}}{{/家庭成员}}"]])
    )
    contents = []
    for name in ("a", "b"):
        fill_template(opened, roster(), ["p1"], AS_OF, tmp_path / name)
        contents.append((tmp_path / name / "01赵大山.docx").read_bytes())
    assert contents[0] == contents[1]
    assert cells(Document(io.BytesIO(contents[0]))) == [["妻子", "钱一"], ["儿子", "赵二"]]
