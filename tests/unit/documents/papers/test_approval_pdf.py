from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import pypdfium2
import pytest
from tests.unit.documents.papers.test_approval_form import (
    MARGINS,
    PAGE_1_COLUMNS,
    PAGE_1_ROWS,
    PAGE_2_COLUMNS,
    PAGE_2_ROWS,
    png,
)

from banzi.documents.form import FamilyMember, Form
from banzi.documents.papers.approval_drawing import Sheet, Width, sheets_of
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.approval_pdf import Entry, Printer
from banzi.documents.papers.approval_typeset import TITLE, set_form
from banzi.documents.papers.fonts import SONG

DAY = datetime(2026, 6, 30, tzinfo=UTC)
MM_OF_TWIP = 25.4 / 1440


def form(**fields: str) -> Form:
    return Form({"name": "王力", "birth": "197503", "age_counted_on": "20250630", **fields})


def sheets(made: Form, layout: Layout = Layout.STANDARD) -> tuple[Sheet, Sheet]:
    return sheets_of(set_form(made, layout))


def shown(sheet: Sheet) -> str:
    return "".join(text.text for text in sheet.texts)


def lines(sheet: Sheet) -> list[str]:
    """The texts that stand at one height, from left to right."""
    found: dict[int, list[tuple[int, str]]] = {}
    for text in sheet.texts:
        found.setdefault(text.y, []).append((text.x, text.text))
    return ["".join(text for _x, text in sorted(found[y])) for y in sorted(found)]


def printed(folder: Path, *forms: Form) -> tuple[bytes, list[list[str]]]:
    entries = [Entry(set_form(each, Layout.STANDARD), each["name"]) for each in forms]
    made, notes = Printer(folder).print(entries, DAY)
    return made, [[note.code for note in each] for each in notes]


@pytest.mark.parametrize("layout", Layout)
def test_the_rules_stand_where_the_form_has_them(layout: Layout) -> None:
    wanted = [(PAGE_1_COLUMNS, PAGE_1_ROWS, 16.0), (PAGE_2_COLUMNS, PAGE_2_ROWS, 0.0)]
    pages = zip(sheets(form(), layout), wanted, MARGINS, strict=True)
    for sheet, (columns, rows, title), (top, left, _right, _bottom) in pages:
        xs = sorted({rule.x for rule in sheet.rules if rule.down})
        assert [x * MM_OF_TWIP for x in xs] == pytest.approx(
            list(accumulate(columns, initial=left)), abs=0.1
        )
        heights = [11.0 if row is None else row for row in rows]
        edges = list(accumulate(heights, initial=top + title))
        ys = sorted({rule.y for rule in sheet.rules if rule.across})
        # no line: within 学历学位, whose cells hold two rows, and between 呈报单位 and its date
        for row in [rows.index(None)] if None in rows else [7, 5]:
            del edges[row]
        assert [y * MM_OF_TWIP for y in ys] == pytest.approx(edges, abs=0.1)
        assert sheet.scale == 1


def test_a_long_line_ends_where_song_ends_it() -> None:
    # 151.9 mm less 3 mm of margins hold 30 characters of 14 pt; 9 are the date and its blanks
    resume = "1997.07--2001.03  " + "字" * 50
    first, _second = sheets(form(resume_text=resume))
    texts = [line for line in lines(first) if "字" in line]
    assert texts == ["1997.07--2001.03" + "字" * 21, "字" * 21, "字" * 8]


def test_latin_letters_are_half_as_wide_as_characters_and_marks_keep_their_width() -> None:
    first, _second = sheets(form(current_posts_text="（A省）·B局"))
    runs = [text for text in first.texts if text.text in ("（", "A", "省", "）", "·", "B", "局")]
    place = {run.text: run.x for run in runs[-7:]}
    em = runs[-1].size * 10
    start = place["（"]
    half_ems = [(place[mark] - start) * 2 // em for mark in "（A省）·B局"]
    assert half_ems == [0, 2, 3, 5, 7, 9, 10]
    widths = {run.text: run.width for run in runs[-7:]}
    assert widths["（"] is Width.OPENING
    assert widths["·"] is Width.FULL
    assert widths["A"] is Width.HALF


def test_every_character_of_a_form_is_drawn_on_the_paper() -> None:
    family = tuple(
        FamilyMember("弟弟", f"王{n}", unit_and_post="农民") for n in "一二三四五六七八九"
    )
    made = replace(form(awards_text="记三等功\n嘉奖", form_filled_by="李某"), family=family)
    first, second = sheets(made)
    for text in ("王力1975.03（50岁）", "干部任免审批表"):
        assert set(text) <= set(shown(first))
    for text in ("记三等功", "嘉奖", "王一", "王九", "填表人：李某", "（盖章）"):
        assert set(text) <= set(shown(second))


def test_too_much_text_makes_the_row_higher_and_the_page_smaller_but_cuts_nothing() -> None:
    awards = "".join(chr(0x4E00 + number) for number in range(3000))
    _first, second = sheets(form(awards_text=awards))
    assert awards in shown(second)
    paper = 297 / MM_OF_TWIP
    lowest = max(text.y + text.size * 10 for text in second.texts)
    assert lowest > paper
    assert lowest * second.scale <= paper
    assert max(rule.y for rule in second.rules) * second.scale <= paper


def test_two_pages_a_person_and_a_bookmark_each(tmp_path: Path) -> None:
    made, notes = printed(tmp_path, form(), form(name="李明"), Form({"name": "阿依·古丽"}))
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 6
    assert [each.get_title() for each in document.get_toc()] == ["王力", "李明", "阿依·古丽"]
    width, height = document[3].get_size()
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((210, 297), abs=0.1)
    assert notes == [[], [], []]
    text = document[0].get_textpage().get_text_range()
    assert "干部任免审批表" in text.replace(" ", "")
    assert "1975.03" in text


def test_the_same_forms_give_the_same_bytes(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    photo = replace(form(), photo=png(40, 50))
    assert printed(tmp_path, photo, form()) == printed(again, photo, form())
    assert [path.name for path in again.iterdir()] == ["approval_form.typ"]


@pytest.mark.parametrize("size", [(40, 50), (300, 20), (10, 400), (1, 1)])
def test_a_photo_of_any_shape_stays_inside_its_cell(size: tuple[int, int], tmp_path: Path) -> None:
    made = replace(form(), photo=png(*size))
    first, _second = sheets(made)
    frame = first.frame
    assert frame is not None
    cell = 36.3 / MM_OF_TWIP, sum(PAGE_1_ROWS[:4]) / MM_OF_TWIP
    assert 0 < frame.width < cell[0]
    assert 0 < frame.height < cell[1]
    assert frame.width / frame.height == pytest.approx(size[0] / size[1], rel=0.05)
    right = (22.0 + sum(PAGE_1_COLUMNS)) / MM_OF_TWIP
    assert right - cell[0] <= frame.x <= frame.x + frame.width <= right
    assert printed(tmp_path, made)[1] == [[]]


def test_a_photo_that_begins_like_a_picture_and_is_none_is_left_out_and_reported(
    tmp_path: Path,
) -> None:
    whole = png(40, 50)
    broken = whole[:45] + bytes(len(whole) - 60) + whole[-15:]
    made, notes = printed(tmp_path, form(), replace(form(), photo=broken))
    assert notes == [[], ["papers/bad-photo"]]
    assert len(pypdfium2.PdfDocument(made)) == 4


def test_a_photo_that_only_word_takes_is_reported(tmp_path: Path) -> None:
    header = b"BM" + bytes(8) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    bmp = header + (4).to_bytes(4, "little") + (5).to_bytes(4, "little") + bytes(100)
    _made, notes = printed(tmp_path, replace(form(), photo=bmp))
    assert notes == [["papers/no-pdf-photo"]]


def test_a_character_that_the_font_lacks_is_named(tmp_path: Path) -> None:
    assert SONG.missing("王䶮㛃·𬭎 　𪨊") == "𪨊"
    _made, notes = printed(tmp_path, form(name="王𪨊"))
    assert notes == [["papers/rare-characters"]]


def test_the_title_is_set_twelve_and_a_half_millimetres_apart() -> None:
    first, _second = sheets(form())
    title = next(text for text in first.texts if text.text == TITLE.text)
    assert (title.size * 10 + title.spacing) * MM_OF_TWIP == pytest.approx(12.5, abs=0.1)
