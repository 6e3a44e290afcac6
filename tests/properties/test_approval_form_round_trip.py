"""What a printed 干部任免审批表 says is what was put in: read back from the .docx and from the PDF."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from banzi.documents.form import FamilyMember, Form
from banzi.documents.papers.approval_drawing import sheets_of
from banzi.documents.papers.approval_form import write_approval_form
from banzi.documents.papers.approval_layout import Layout, page1, page2
from banzi.documents.papers.approval_typeset import set_form
from banzi.documents.papers.approval_values import padded_name, shown_texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

RARE = "䶮㛃𬬱𬭎𪨊𠅤堃沄禛"
"""In GB 18030 these take four bytes, or are given names' characters outside the common set."""

words = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.sampled_from(RARE + "·，。（）、“”—…　 &<>\"'0123456789.-AzZ"),
    ),
    max_size=60,
)
names = st.text(st.sampled_from("王李欧阳" + RARE + "·古丽"), min_size=1, max_size=50)
paragraphs = st.lists(words, max_size=4).map("\n".join)
members = st.builds(
    FamilyMember,
    relation=st.sampled_from(["妻子", "父亲", "长女", ""]),
    name=names,
    birth=st.sampled_from(["", "195003", "1976"]),
    political_status=st.sampled_from(["中共党员", "群众", "九三学社", ""]),
    unit_and_post=words,
)
forms = st.builds(
    Form,
    st.fixed_dictionaries(
        {
            "name": names,
            "birth": st.sampled_from(["197503", "", "1975"]),
            "age_counted_on": st.sampled_from(["202506", ""]),
            "native_place": words,
            "party_text": st.sampled_from(["199812；民建", "", "无党派"]),
            "current_posts_text": words,
            "proposed_posts_text": paragraphs,
            "awards_text": paragraphs,
            "resume_text": paragraphs,
            "full_time_education": words,
            "full_time_degree": words,
            "form_filled_by": names,
        }
    ),
    st.lists(members, max_size=9).map(tuple),
)


def value_cells(root: etree._Element) -> list[list[str]]:
    """The cells of both pages that begin something, row by row."""
    return [
        [
            text
            for cell in row.iter(f"{W}tc")
            if (merge := cell.find(f"{W}tcPr/{W}vMerge")) is None or merge.get(f"{W}val")
            for text in ["\n".join(_paragraph(each) for each in cell.iter(f"{W}p"))]
        ]
        for row in root.iter(f"{W}tr")
    ]


def _paragraph(element: etree._Element) -> str:
    parts = element.iter(f"{W}t", f"{W}tab")
    return "".join("\t" if part.tag == f"{W}tab" else part.text for part in parts)


def wanted_cells(form: Form, layout: Layout) -> dict[tuple[int, int], str]:
    """(row over both pages, column) → the text of a value cell, from the layout alone."""
    texts = shown_texts(form).texts
    first = page1(layout)
    below = 1 + max(place.row for place in first)
    found = {}
    for place in (*first, *page2(len(form.family))):
        row = place.row + (0 if place in first else below)
        if place.field and place.field != "photo":
            values = [texts.get(name, "") for name in (place.field, place.below) if name]
            found[row, place.column] = "\n".join(filter(None, values))
    return found


def bare(text: str) -> str:
    """Without the blanks that setting in paragraphs and runs may take away."""
    return "".join(text.split())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(form=forms, layout=st.sampled_from(list(Layout)))
def test_every_cell_of_the_docx_says_what_was_put_in(
    tmp_path: Path, form: Form, layout: Layout
) -> None:
    file = tmp_path / "form.docx"
    write_approval_form(form, file, layout)
    with zipfile.ZipFile(file) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    rows = value_cells(root)
    places = {**_by_row(page1(layout), 0), **_by_row(page2(len(form.family)), 12)}
    for (row, column), text in wanted_cells(form, layout).items():
        assert bare(rows[row][places[row].index(column)]) == bare(text)
    name = rows[0][1]
    assert name == padded_name(form["name"])


def _by_row(places: tuple, first: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place in sorted(places, key=lambda place: place.column):
        found.setdefault(first + place.row, []).append(place.column)
    return found


@settings(max_examples=30, deadline=None)
@given(form=forms, layout=st.sampled_from(list(Layout)))
def test_the_pdf_draws_the_same_text_as_the_docx(form: Form, layout: Layout) -> None:
    ready = set_form(form, layout)
    for page, sheet in enumerate(sheets_of(ready)):
        drawn = sorted("".join(bare(text.text) for text in sheet.texts))
        said = [text.text for cell in ready.texts[page] for text in cell]
        said.append(ready.filled_by.text if page else "干部任免审批表")
        assert drawn == sorted("".join(map(bare, said)))
        assert all(text.x >= 0 and text.y >= 0 for text in sheet.texts)
        assert 0 < sheet.scale <= 1


@pytest.mark.parametrize("layout", Layout)
def test_a_form_without_anything_has_its_labels_alone(tmp_path: Path, layout: Layout) -> None:
    write_approval_form(Form({}), tmp_path / "form.docx", layout)
    sheets = sheets_of(set_form(Form({}), layout))
    shown = ["".join(text.text for text in sheet.texts) for sheet in sheets]
    assert shown[0].startswith("干部任免审批表姓名性别")
    assert "填表人：" in shown[1]
