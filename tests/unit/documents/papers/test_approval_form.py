import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from banzi.documents.form import FamilyMember, Form
from banzi.documents.papers.approval_form import write_approval_form
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.approval_typeset import resume_fit, resume_lines
from banzi.documents.papers.fitting import Box, Line
from banzi.kernel.errors import BadInput

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM_OF_TWIP = 25.4 / 1440

# formats.md 2.1, millimetres
PAGE_1_COLUMNS = [13.8, 4.2, 23.0, 18.7, 23.0, 23.2, 23.5, 36.3]
PAGE_1_ROWS = [12.5, 12.2, 12.0, 12.5, *[6.1] * 4, *[12.5] * 3, 125.8]
PAGE_2_COLUMNS = [13.0, 19.2, 22.9, 10.1, 17.7, 13.8, 69.4]
PAGE_2_ROWS = [25.0, 18.0, 24.0, 11.4, *[12.3] * 7, 23.5, None, 35.6]
MARGINS = [(11.1, 22.0, 20.0, 12.0), (28.6, 21.0, 20.0, 10.0)]


def form(**fields: str) -> Form:
    return Form({"name": "王力", "birth": "197503", "age_counted_on": "20250630", **fields})


def written(made: Form, folder: Path, layout: Layout = Layout.STANDARD) -> etree._Element:
    file = folder / "form.docx"
    write_approval_form(made, file, layout)
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read("word/document.xml"))


def number(element: etree._Element, tag: str, attribute: str = "val") -> int:
    return int(element.find(f".//{W}{tag}").get(f"{W}{attribute}"))


def text_of(element: etree._Element) -> str:
    paragraphs = element.iter(f"{W}p")
    return "\n".join("".join(p.xpath(".//*[local-name()='t']/text()")) for p in paragraphs)


def cell_with(root: etree._Element, text: str) -> etree._Element:
    return next(cell for cell in root.iter(f"{W}tc") if text in text_of(cell))


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height))))
    return b"\x89PNG\r\n\x1a\n" + header + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize("layout", Layout)
def test_the_grid_keeps_the_measures_of_the_form(tmp_path: Path, layout: Layout) -> None:
    root = written(form(), tmp_path, layout)
    tables = root.findall(f".//{W}tbl")
    wanted = [(PAGE_1_COLUMNS, PAGE_1_ROWS), (PAGE_2_COLUMNS, PAGE_2_ROWS)]
    for table, (columns, rows) in zip(tables, wanted, strict=True):
        widths = [int(col.get(f"{W}w")) * MM_OF_TWIP for col in table.iter(f"{W}gridCol")]
        assert widths == pytest.approx(columns, abs=0.1)
        heights = [rule.get(f"{W}val") for rule in table.iter(f"{W}trHeight")]
        assert len(heights) == len(rows)
        for height, row in zip(heights, rows, strict=True):
            assert 9.5 <= int(height) * MM_OF_TWIP <= 13 or row is not None
            assert row is None or int(height) * MM_OF_TWIP == pytest.approx(row, abs=0.1)
        assert {rule.get(f"{W}hRule") for rule in table.iter(f"{W}trHeight")} == {"exact"}
        assert table.find(f".//{W}tblLayout").get(f"{W}type") == "fixed"
        for row in table.iter(f"{W}tr"):
            spans = [int(s.get(f"{W}val")) for s in row.iter(f"{W}gridSpan")]
            assert sum(spans) + len(list(row.iter(f"{W}tc"))) - len(spans) == len(columns)
            cells = [number(cell, "tcW", "w") for cell in row.iter(f"{W}tc")]
            assert sum(cells) * MM_OF_TWIP == pytest.approx(sum(columns), abs=0.2)


def test_two_a4_pages_with_margins_of_their_own(tmp_path: Path) -> None:
    sections = written(form(), tmp_path).findall(f".//{W}sectPr")
    for section, margins in zip(sections, MARGINS, strict=True):
        sides = ("top", "left", "right", "bottom")
        found = [number(section, "pgMar", side) * MM_OF_TWIP for side in sides]
        assert found == pytest.approx(margins, abs=0.1)
        assert number(section, "pgSz", "w") * MM_OF_TWIP == pytest.approx(210, abs=0.1)
        assert number(section, "pgSz", "h") * MM_OF_TWIP == pytest.approx(297, abs=0.1)


def test_every_run_names_song_for_every_script_and_nothing_is_embedded(tmp_path: Path) -> None:
    root = written(form(resume_text="1997.07--2001.03  科员"), tmp_path)
    for run in root.iter(f"{W}r"):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        slots = [fonts.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
        assert slots == ["宋体"] * 4
    with zipfile.ZipFile(tmp_path / "form.docx") as package:
        assert not [name for name in package.namelist() if "font" in name and "Table" not in name]


def test_the_title_is_set_twelve_and_a_half_millimetres_apart(tmp_path: Path) -> None:
    title = next(iter(written(form(), tmp_path).iter(f"{W}p")))
    assert text_of(title) == "干部任免审批表"
    assert number(title, "sz") == 48
    run = title.find(f"{W}r/{W}rPr")
    pitch = 24 * 20 + number(run, "spacing")
    assert pitch * MM_OF_TWIP == pytest.approx(12.5, abs=0.1)


def test_two_character_names_are_padded_and_the_age_is_counted_to_the_month(tmp_path: Path) -> None:
    root = written(form(), tmp_path)
    assert text_of(cell_with(root, "王　力")) == "王　力"
    assert text_of(cell_with(root, "1975.03")) == "1975.03\n（50岁）"
    assert "（49岁）" in text_of(written(form(age_counted_on="20250228"), tmp_path))


def test_age_falls_back_to_the_filling_date_and_says_so(tmp_path: Path) -> None:
    made = form(age_counted_on="", form_filled_on="202401")
    notes = write_approval_form(made, tmp_path / "form.docx")
    assert [str(note) for note in notes] == ["年龄计算到2024.01（按填表时间）"]
    assert "（48岁）" in text_of(written(made, tmp_path))


def test_no_age_is_printed_where_no_month_is_known(tmp_path: Path) -> None:
    notes = write_approval_form(form(age_counted_on=""), tmp_path / "form.docx")
    assert [note.code for note in notes] == ["papers/no-age-month"]
    notes = write_approval_form(form(birth="1975"), tmp_path / "form.docx")
    assert "papers/no-birth-month" in [note.code for note in notes]
    root = written(form(birth="1975"), tmp_path)
    assert text_of(cell_with(root, "1975")) == "1975"


def test_labels_are_fourteen_point_and_long_values_shrink_but_not_below_eight(
    tmp_path: Path,
) -> None:
    root = written(form(current_posts_text="云山省东岭市人民政府副市长" * 6), tmp_path)
    assert number(cell_with(root, "拟　任　职　务"), "sz") == 28
    assert 16 <= number(cell_with(root, "云山省东岭市"), "sz") < 28


def test_a_text_that_will_not_fit_is_reported_and_its_row_may_grow(tmp_path: Path) -> None:
    made = form(proposed_posts_text="副市长" * 110)
    notes = write_approval_form(made, tmp_path / "form.docx")
    assert [note.code for note in notes] == ["papers/age-counted-at", "papers/text-too-long"]
    root = written(made, tmp_path)
    cell = cell_with(root, "副市长副市长")
    assert number(cell, "sz") == 16
    assert text_of(cell) == "副市长" * 110
    assert cell.getparent().find(f".//{W}trHeight").get(f"{W}hRule") == "atLeast"


def test_a_text_that_fits_without_room_to_spare_may_grow_but_is_not_reported(
    tmp_path: Path,
) -> None:
    # 拟任职务: 124.7 mm less 3 mm of margin is 42 em of 8 pt, on 4 lines of 8.25 pt in 12.5 mm
    made = form(proposed_posts_text="任" * 42 * 4)
    assert [n.code for n in write_approval_form(made, tmp_path / "form.docx")] == [
        "papers/age-counted-at"
    ]
    cell = cell_with(written(made, tmp_path), "任任任任")
    assert cell.getparent().find(f".//{W}trHeight").get(f"{W}hRule") == "atLeast"


def test_education_and_degree_share_one_cell_so_that_a_long_school_has_room(
    tmp_path: Path,
) -> None:
    school = "中央党校函授学院领导干部研究生班经济管理（区域经济方向）专业"
    made = form(in_service_education_school=school, in_service_degree_school="云山大学经济系")
    cell = cell_with(written(made, tmp_path), school)
    assert text_of(cell) == f"{school}\n云山大学经济系"
    assert number(cell, "sz") >= 18
    assert cell.find(f"{W}tcPr/{W}vMerge").get(f"{W}val") == "restart"


@pytest.mark.parametrize("character", ["\0", "\a", "\x1f", "\x7f", "\x9b", "\ud83d", "\uffff"])
def test_a_character_that_no_paper_can_hold_is_refused_with_person_and_field(
    tmp_path: Path, character: str
) -> None:
    father = FamilyMember("父亲", "王大河", unit_and_post=f"粮食局{character}")
    made = Form({"name": "王力", "native_place": f"云山{character}青河"}, (father,))
    with pytest.raises(BadInput) as refused:
        write_approval_form(made, tmp_path / "form.docx")
    code = f"U+{ord(character):04X}"
    assert [str(problem.message) for problem in refused.value.problems] == [
        f"王力的“籍贯”第3个字是无法打印的控制字符（{code}）；请删除该字符后重新输出",
        f"王力的“家庭成员第1人工作单位及职务”第4个字是无法打印的控制字符（{code}）；请删除该字符后重新输出",
    ]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028"])
def test_line_ends_of_every_editor_part_paragraphs(tmp_path: Path, end: str) -> None:
    root = written(form(awards_text=f"2019年记三等功{end}2021年嘉奖"), tmp_path)
    assert text_of(cell_with(root, "三等功")) == "2019年记三等功\n2021年嘉奖"


def test_resume_lines_hang_under_their_text(tmp_path: Path) -> None:
    resume = (
        "1997.07--2001.03  青河县教育局科员\n"
        "                  （其间：2000.09--2001.01在党校学习）\n"
        "2001.03--         青河县委组织部科员\n\n第四届市委委员"
    )
    cell = cell_with(written(form(resume_text=resume), tmp_path), "科员")
    paragraphs = cell.findall(f"{W}p")
    indents = [p.find(f"{W}pPr/{W}ind") for p in paragraphs]
    nine_em = 9 * 14 * 20
    assert [int(i.get(f"{W}left")) for i in indents[:3]] == [nine_em] * 3
    assert [int(i.get(f"{W}hanging")) for i in indents[:3]] == [nine_em, 0, nine_em]
    assert indents[4] is None
    assert len(paragraphs[0].findall(f".//{W}tab")) == 1


@pytest.mark.parametrize(
    ("lines", "size"), [(12, 28), (13, 27), (18, 27), (24, 26), (26, 25), (34, 18), (58, 10)]
)
def test_the_resume_follows_the_table_of_sizes_and_then_really_fits(lines: int, size: int) -> None:
    # 34 lines begin at 12 pt, but 356 pt of height leave 10.47 pt a line: 9 pt and 1 pt between
    box = Box(8400, 7120)
    found = resume_fit([Line("字")] * lines, box)
    assert found.size == size
    assert found.fits
    assert found.lines * found.leading <= box.height


def test_more_than_seven_relatives_share_the_band_and_are_reported(tmp_path: Path) -> None:
    family = tuple(FamilyMember("弟弟", f"王{n}", "198001") for n in "一二三四五六七八九")
    made = Form({"name": "王力", "age_counted_on": "202506"}, family)
    assert "papers/more-relatives" in [
        note.code for note in write_approval_form(made, tmp_path / "form.docx")
    ]
    table = written(made, tmp_path).findall(f".//{W}tbl")[1]
    rows = [int(h.get(f"{W}val")) * MM_OF_TWIP for h in table.iter(f"{W}trHeight")][4:13]
    assert sum(rows) == pytest.approx(7 * 12.3, abs=0.2)


def test_a_dead_relatives_age_is_blank(tmp_path: Path) -> None:
    family = (
        FamilyMember("父亲", "王大河", "194502", "中共党员", "粮食局原局长（已去世）"),
        FamilyMember("母亲", "孙秀兰", "194709", "群众", "农民"),
    )
    made = Form({"name": "王力", "age_counted_on": "202506"}, family)
    table = written(made, tmp_path).findall(f".//{W}tbl")[1]
    rows = list(table.iter(f"{W}tr"))[4:6]
    assert [text_of(row.findall(f"{W}tc")[3]) for row in rows] == ["", "77"]


def test_the_layout_of_2025_prints_the_month_of_the_age_limit(tmp_path: Path) -> None:
    made = form(retirement_month_stated="203609", health="健康")
    assert "2036.09" in text_of(written(made, tmp_path, Layout.OF_2025))
    assert "2036.09" not in text_of(written(made, tmp_path, Layout.STANDARD))
    row = written(made, tmp_path, Layout.OF_2025).findall(f".//{W}tbl/{W}tr")[3]
    assert "健康" in text_of(row)


def test_the_photo_fits_its_cell_and_rubbish_is_reported(tmp_path: Path) -> None:
    made = Form(form().fields, (), png(40, 50))
    extent = next(written(made, tmp_path).iter("{*}extent"))
    width, height = (int(extent.get(side)) / 36000 for side in ("cx", "cy"))
    assert 30 < width < 36.3
    assert height == pytest.approx(width * 1.25, abs=0.1)
    notes = write_approval_form(Form(form().fields, (), b"no picture"), tmp_path / "form.docx")
    assert "papers/bad-photo" in [note.code for note in notes]


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    write_approval_form(form(), tmp_path / "a.docx")
    write_approval_form(form(), tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_dated_line_is_told_from_a_line_of_its_own() -> None:
    lines = resume_lines("1997.07--2001.03  科员\n                  附注\n\n市委委员")
    assert lines == [
        ("1997.07--2001.03", Line("科员", 18)),
        Line("附注", 18),
        Line(""),
        Line("市委委员"),
    ]


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\uffff\ufffe"), max_size=400
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(awards=texts, resume=texts, posts=texts)
def test_no_character_of_a_text_is_ever_lost(
    tmp_path: Path, awards: str, resume: str, posts: str
) -> None:
    made = form(awards_text=awards, resume_text=resume, current_posts_text=posts)
    shown = "".join(filter(str.isalnum, text_of(written(made, tmp_path))))
    for text in (awards, resume, posts):
        assert "".join(filter(str.isalnum, text)) in shown
