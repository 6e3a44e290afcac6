"""The measures of GB/T 9704-2012, read back from the written file and not from the code."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from banzi.documents.papers.letters.letter import Attachment, Fonts, Head, Imprint, Letter
from banzi.documents.papers.letters.writing import write_letter

LETTER = Letter(
    title="关于做好有关工作的通知",
    body="现通知如下。\n一、总体要求\n（一）提高认识。各级党组织要高度重视。\n1.加强领导\n特此通知。",
    addressees=("各县委组织部", "市直各单位党组"),
    attachments=(Attachment("任务分工表"), Attachment("统计表", "第一行\n第二行")),
    issuers=("中共云岭市委组织部",),
    issued_on=date(2025, 3, 5),
    head=Head("中共云岭市委组织部文件", "云组发〔2025〕5号"),
    imprint=Imprint(("市委办公室",), "中共云岭市委组织部办公室", date(2025, 3, 6)),
)
MM = 1440 / 25.4


def written(letter: Letter, folder: Path, fonts: Fonts | None = None) -> Any:
    write_letter(letter, folder / "a.docx", fonts)
    return Document(str(folder / "a.docx"))


def paragraph(document: Any, text: str) -> Any:
    return next(p._p for p in document.paragraphs if text in p.text)


def value(node: Any, path: str, name: str) -> str:
    found = node.find("/".join(qn(f"w:{part}") for part in path.split("/")))
    return str(found.get(qn(f"w:{name}")))


def fonts_of(node: Any) -> list[str]:
    return [each.get(qn("w:eastAsia")) for each in node.iter(qn("w:rFonts"))]


def test_the_text_area_is_156_by_225_mm_with_its_margins(tmp_path: Path) -> None:
    section = written(LETTER, tmp_path).element.body.find(qn("w:sectPr"))
    margins = {side: int(value(section, "pgMar", side)) / MM for side in ("top", "left")}
    assert margins["top"] == pytest.approx(37, abs=0.1)
    assert margins["left"] == pytest.approx(28, abs=0.1)
    width = int(value(section, "pgSz", "w")) - sum(
        int(value(section, "pgMar", side)) for side in ("left", "right")
    )
    height = int(value(section, "pgSz", "h")) - sum(
        int(value(section, "pgMar", side)) for side in ("top", "bottom")
    )
    assert width / MM == pytest.approx(156, abs=0.1)
    assert height / MM == pytest.approx(225, abs=0.1)


def test_exactly_22_lines_of_28_characters_fit(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    section = document.element.body.find(qn("w:sectPr"))
    assert value(section, "docGrid", "type") == "linesAndChars"
    line = int(value(section, "docGrid", "linePitch"))
    pitch = 16 + int(value(section, "docGrid", "charSpace")) / 4096
    assert 225 * MM // line == 22
    assert 156 / 25.4 * 72 // pitch == 28
    body = paragraph(document, "特此通知")
    assert value(body, "pPr/spacing", "lineRule") == "exact"
    assert int(value(body, "pPr/spacing", "line")) == line == 579
    tighter = int(value(body, "r/rPr/spacing", "val"))
    assert int(value(body, "r/rPr/sz", "val")) == 32
    assert 156 * MM // (320 + tighter) == 28


def test_fonts_follow_the_level_and_a_heading_may_run_into_its_text(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    assert fonts_of(paragraph(document, "关于做好")) == ["方正小标宋简体"]
    assert fonts_of(paragraph(document, "一、总体要求")) == ["黑体"]
    run_in = paragraph(document, "（一）提高认识")
    assert fonts_of(run_in) == ["楷体_GB2312", "仿宋_GB2312"]
    assert fonts_of(paragraph(document, "1.加强领导")) == ["仿宋_GB2312"]
    assert value(paragraph(document, "关于做好"), "r/rPr/sz", "val") == "44"


def test_an_office_may_name_other_fonts(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path, Fonts(body="仿宋", second="楷体"))
    assert fonts_of(paragraph(document, "（一）提高认识")) == ["楷体", "仿宋"]


def test_the_red_mark_begins_35_mm_down_and_the_line_is_red(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    assert [p.text for p in document.paragraphs[:3]] == ["", "", ""]
    mark = paragraph(document, "组织部文件")
    size = int(value(mark, "r/rPr/sz", "val"))
    before = int(value(mark, "pPr/spacing", "before"))
    # an exact line of 1.2 sizes stands its characters a tenth of the size below its top
    assert (3 * 579 + before + size) / MM == pytest.approx(35, abs=1)
    assert value(mark, "r/rPr/color", "val") == "FF0000"
    assert size / 2 * len("中共云岭市委组织部文件") <= 156 / 25.4 * 72
    number = paragraph(document, "云组发〔2025〕5号")
    assert value(number, "pPr/pBdr/bottom", "color") == "FF0000"
    assert value(number, "pPr/jc", "val") == "center"


def test_a_letter_to_a_superior_has_its_number_left_and_the_signer_right(tmp_path: Path) -> None:
    head = Head("中共云岭市委组织部文件", "云组〔2025〕5号", signers=("赵大山",))
    document = written(Letter("关于编制的请示", "妥否，请批示。", head=head), tmp_path)
    line = paragraph(document, "云组〔2025〕5号")
    assert value(line, "pPr/jc", "val") == "left"
    assert document.paragraphs[6].text == "　云组〔2025〕5号\t签发人：赵大山"
    assert fonts_of(line)[-1] == "楷体_GB2312"


def test_marks_above_the_head_take_the_blank_lines(tmp_path: Path) -> None:
    head = Head("某某文件", copy_number="000001", secrecy="秘密★1年", urgency="特急")
    document = written(Letter("通知", "正文", head=head), tmp_path)
    assert [p.text for p in document.paragraphs[:3]] == ["000001", "秘密★1年", "特急"]
    assert fonts_of(document.paragraphs[1]._p) == ["黑体"]


def test_the_date_stands_four_in_and_the_signature_is_centred_on_it(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    character = 156 * MM / 28
    dated = int(value(paragraph(document, "2025年3月5日"), "pPr/ind", "right")) / character
    signature = [p for p in document.paragraphs if p.text == "中共云岭市委组织部"][-1]._p
    signed = int(value(signature, "pPr/ind", "right")) / character
    assert dated == pytest.approx(4, abs=0.05)
    # date of 6 characters, signature of 9: equal centres
    assert dated + 6 / 2 == pytest.approx(signed + 9 / 2, abs=0.05)


def test_without_a_seal_the_date_begins_two_after_the_signature(tmp_path: Path) -> None:
    letter = Letter(
        "通知", "正文", issuers=("中共云岭市委组织部",), issued_on=date(2025, 3, 5), sealed=False
    )
    document = written(letter, tmp_path)
    character = 156 * MM / 28
    dated = int(value(paragraph(document, "2025年3月5日"), "pPr/ind", "right")) / character
    signed = int(value(paragraph(document, "中共云岭市委"), "pPr/ind", "right")) / character
    assert signed == pytest.approx(2, abs=0.05)
    assert (28 - dated - 6) - (28 - signed - 9) == pytest.approx(2, abs=0.1)


def test_a_long_signature_stays_within_the_text_area(tmp_path: Path) -> None:
    issuer = "中共云岭市委组织部云岭市人力资源和社会保障局云岭市公务员局"
    document = written(
        Letter("通知", "正文", issuers=(issuer,), issued_on=date(2025, 3, 5)), tmp_path
    )
    for text in (issuer, "2025年3月5日"):
        assert int(value(paragraph(document, text), "pPr/ind", "right")) >= 0


@pytest.mark.parametrize("sealed", [True, False])
def test_several_long_signatures_stand_below_each_other(tmp_path: Path, sealed: bool) -> None:
    issuers = ("中共云岭市东麓新区工作委员会组织部", "云岭市东麓新区人力资源和社会保障局")
    letter = Letter("通知", "正文", issuers=issuers, issued_on=date(2025, 12, 31), sealed=sealed)
    document = written(letter, tmp_path)
    character = 156 * MM / 28
    for text, width in ((issuers[0], 17), (issuers[1], 17), ("2025年12月31日", 7)):
        right = int(value(paragraph(document, text), "pPr/ind", "right")) / character
        assert 0 <= right <= 28 - width


def test_a_request_to_several_is_pointed_out(tmp_path: Path) -> None:
    letter = Letter("关于某事的请示", "正文", ("甲", "乙"), issued_on=date(2025, 1, 1))
    notes = write_letter(letter, tmp_path / "a.docx")
    assert [note.code for note in notes] == ["letters/one-addressee"]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (line,) = footer._element.findall(qn("w:p"))
        assert value(line, "pPr/jc", "val") == side
        assert value(line, "pPr/ind", side) == "280"
        assert line.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert "".join(each.text for each in line.iter(qn("w:t"))) == "— 1 —"
        assert {each.get(qn("w:val")) for each in line.iter(qn("w:sz"))} == {"28"}
    foot = int(value(document.element.body.find(qn("w:sectPr")), "pgMar", "footer")) / MM
    # the dash is in the middle of a line of 14 pt, 7 mm below the text area
    assert 35 - foot - 14 / 72 * 25.4 / 2 == pytest.approx(7, abs=0.2)


def test_attachments_are_numbered_and_hang_under_their_names(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    texts = [p.text for p in document.paragraphs]
    first = texts.index("附件：1.任务分工表")
    assert texts[first - 1] == ""
    assert texts[first + 1] == "2.统计表"
    character = 156 * MM / 28
    indents = [
        tuple(
            round(int(value(document.paragraphs[place]._p, "pPr/ind", name)) / character, 1)
            for name in ("left", "hanging")
        )
        for place in (first, first + 1)
    ]
    assert indents == [(6, 4), (6, 1)]
    page = paragraph(document, "附件2")
    assert page.find(qn("w:pPr")).find(qn("w:pageBreakBefore")) is not None
    assert fonts_of(page) == ["黑体"]


def test_the_imprint_stands_at_the_foot_between_thick_lines(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    copies, printed = paragraph(document, "抄送：市委办公室。"), paragraph(document, "3月6日印发")
    assert value(copies, "pPr/pBdr/top", "sz") == value(printed, "pPr/pBdr/bottom", "sz") == "8"
    assert value(printed, "pPr/pBdr/top", "sz") == "6"
    bottom = int(value(printed, "pPr/framePr", "y")) + 480
    assert bottom / MM == pytest.approx(297 - 35, abs=0.2)
    assert int(value(copies, "pPr/framePr", "y")) + 480 == bottom - 480
    assert value(printed, "r/rPr/sz", "val") == "28"


def test_blanks_to_fill_in_are_told(tmp_path: Path) -> None:
    notes = write_letter(Letter("通知", "正文", head=Head("某某文件")), tmp_path / "a.docx")
    assert [note.code for note in notes] == ["letters/no-number", "letters/no-date"]
    assert "　　　　年　　月　　日" in [
        p.text for p in Document(str(tmp_path / "a.docx")).paragraphs
    ]


def test_the_same_letter_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_letter(LETTER, tmp_path / f"{name}.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
