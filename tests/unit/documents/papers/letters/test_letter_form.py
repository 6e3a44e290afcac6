"""信函格式 of GB/T 9704-2012, read back from the written file; and which letters are set in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from banzi.documents.papers.letters.letter import Form, Head, Imprint, Letter
from banzi.documents.papers.letters.writing import write_letter

MM = 1440 / 25.4
HEAD = Head("中共云岭市委组织部", "云组函〔2026〕8号", form=Form.LETTER)
LETTER = Letter(
    title="关于商请协助考察的函",
    body="现函告如下。\n专此函达。",
    addressees=("云岭大学党委",),
    issuers=("中共云岭市委组织部",),
    issued_on=date(2026, 7, 2),
    head=HEAD,
)


def written(letter: Letter, folder: Path) -> Any:
    write_letter(letter, folder / "a.docx")
    return Document(str(folder / "a.docx"))


def attribute(node: Any, path: str, name: str) -> str | None:
    found = node.find("/".join(qn(f"w:{part}") for part in path.split("/")))
    value = None if found is None else found.get(qn(f"w:{name}"))
    return None if value is None else str(value)


def paragraphs(part: Any) -> list[Any]:
    return list(part._element.findall(qn("w:p")))


def text(node: Any) -> str:
    return "".join(each.text for each in node.iter(qn("w:t")))


def sizes(rule: Any) -> list[tuple[str | None, str | None]]:
    return [
        (attribute(rule, f"pPr/pBdr/{side}", "sz"), attribute(rule, f"pPr/pBdr/{side}", "color"))
        for side in ("top", "bottom")
    ]


def test_the_mark_begins_30_mm_below_the_edge_and_the_rule_4_mm_below_it(tmp_path: Path) -> None:
    document = written(LETTER, tmp_path)
    mark, rule = paragraphs(document.sections[0].first_page_header)
    assert text(mark) == "中共云岭市委组织部"
    assert attribute(mark, "r/rPr/color", "val") == "FF0000"
    size = int(attribute(mark, "r/rPr/sz", "val") or 0)
    header = int(attribute(document.element.body.find(qn("w:sectPr")), "pgMar", "header") or 0)
    # an exact line of 1.2 sizes stands its characters a tenth of the size below its top
    assert (header + size) / MM == pytest.approx(30, abs=0.2)
    assert attribute(mark, "pPr/spacing", "line") == str(size * 12)
    before = int(attribute(rule, "pPr/spacing", "before") or 0)
    assert (before + size) / MM == pytest.approx(4, abs=0.2)


def test_the_rules_are_red_170_mm_long_and_their_thick_lines_lie_outside(tmp_path: Path) -> None:
    part = written(LETTER, tmp_path).sections[0]
    upper, (lower,) = paragraphs(part.first_page_header)[-1], paragraphs(part.first_page_footer)
    assert sizes(upper) == [("24", "FF0000"), ("6", "FF0000")]
    assert sizes(lower) == [("6", "FF0000"), ("24", "FF0000")]
    for rule in (upper, lower):
        left, right = (int(attribute(rule, "pPr/ind", side) or 0) for side in ("left", "right"))
        assert left == right
        assert 156 - (left + right) / MM == pytest.approx(170, abs=0.1)


def test_the_lower_rule_stands_20_mm_up_and_the_page_numbers_where_they_always_do(
    tmp_path: Path,
) -> None:
    document = written(LETTER, tmp_path)
    foot = int(attribute(document.element.body.find(qn("w:sectPr")), "pgMar", "footer") or 0) / MM
    assert foot == pytest.approx(20, abs=0.1)
    part = document.sections[0]
    for footer in (part.footer, part.even_page_footer):
        number, lift = paragraphs(footer)
        assert text(number) == "— 1 —"
        above = foot + int(attribute(lift, "pPr/spacing", "line") or 0) / MM
        # the dash is in the middle of a line of 14 pt, 7 mm below the text area
        assert 35 - above - 14 / 72 * 25.4 / 2 == pytest.approx(7, abs=0.2)


def test_the_first_page_has_no_number(tmp_path: Path) -> None:
    part = written(LETTER, tmp_path).sections[0]
    assert part.different_first_page_header_footer
    assert not list(part.first_page_footer._element.iter(qn("w:fldSimple")))


def test_marks_stand_left_and_the_number_right_of_the_first_of_them(tmp_path: Path) -> None:
    head = replace(HEAD, copy_number="000012", secrecy="秘密★1年", urgency="加急")
    lines = [p.text for p in written(replace(LETTER, head=head), tmp_path).paragraphs]
    title = lines.index(LETTER.title)
    assert lines[:title] == ["000012\t云组函〔2026〕8号", "秘密★1年", "加急", "", ""]
    document = written(LETTER, tmp_path)
    assert [p.text for p in document.paragraphs[:4]] == [
        "\t云组函〔2026〕8号",
        "",
        "",
        LETTER.title,
    ]
    tab = document.paragraphs[0]._p.find(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}")
    assert tab.get(qn("w:val")) == "right"
    assert int(tab.get(qn("w:pos"))) / MM == pytest.approx(156, abs=0.1)


def test_the_imprint_holds_the_copies_alone_and_no_line(tmp_path: Path) -> None:
    imprint = Imprint(("市委办公室",), "中共云岭市委组织部办公室", date(2026, 7, 3))
    letter = replace(LETTER, imprint=imprint)
    notes = write_letter(letter, tmp_path / "a.docx")
    assert [note.code for note in notes] == ["letters/printed-left-out"]
    document = Document(str(tmp_path / "a.docx"))
    (copies,) = [p for p in document.paragraphs if p.text.startswith("抄送")]
    assert not any("印发" in p.text for p in document.paragraphs)
    assert copies._p.find(f"{qn('w:pPr')}/{qn('w:framePr')}") is not None
    assert not list(copies._p.iter(qn("w:top"), qn("w:bottom")))


def test_the_document_form_has_no_furniture_of_the_letter_form(tmp_path: Path) -> None:
    head = Head("中共云岭市委组织部文件", "云组发〔2026〕8号", form=Form.DOCUMENT)
    part = written(replace(LETTER, head=head), tmp_path).sections[0]
    assert not part.different_first_page_header_footer
    assert len(paragraphs(part.footer)) == 1


@pytest.mark.parametrize(
    ("title", "head", "form", "note"),
    [
        ("关于某事的函", Head("某部", "甲〔2026〕1号"), "letter", ["letters/letter-form-chosen"]),
        ("关于某事的复函", Head("某部", "甲〔2026〕1号"), "letter", ["letters/letter-form-chosen"]),
        (
            "关于某事的函",
            Head("某部文件", "甲〔2026〕1号"),
            "document",
            ["letters/usually-letter-form"],
        ),
        (
            "关于某事的函",
            Head("某部", "甲〔2026〕1号", signers=("赵大山",)),
            "document",
            ["letters/usually-letter-form"],
        ),
        ("关于某事的函", Head("某部", "甲〔2026〕1号", form=Form.DOCUMENT), "document", []),
        ("关于某事的通知", Head("某部", "甲〔2026〕1号", form=Form.LETTER), "letter", []),
        ("关于某事的通知", Head("某部", "甲〔2026〕1号"), "document", []),
        ("关于某事的函", None, "document", []),
    ],
)
def test_a_letter_is_set_in_the_form_asked_for_or_in_that_of_its_kind(
    title: str, head: Head | None, form: str, note: list[str], tmp_path: Path
) -> None:
    letter = Letter(title, "正文", issued_on=date(2026, 7, 2), head=head)
    assert letter.form == form
    assert [each.code for each in write_letter(letter, tmp_path / "a.docx")] == note
