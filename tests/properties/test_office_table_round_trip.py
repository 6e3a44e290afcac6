"""What a table is given, its files hold: hard names and long texts are neither lost nor cut."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.builders import person, roster

from banzi.codes.texts import clean_name
from banzi.documents.papers.approval_values import plain_text
from banzi.documents.papers.office_table import (
    Group,
    Heading,
    OfficeTable,
    Row,
    heading_cells,
    heading_depth,
)
from banzi.documents.papers.paper_kinds import Order, Request
from banzi.documents.papers.roster_sheet import roster_sheet
from banzi.documents.papers.writing import write_tables

AS_OF = date(2026, 6, 30)
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
RARE = st.sampled_from("𠮷𬭚䶮㐂𱁬〇·　Aéẞ")
NAMES = st.one_of(
    st.text(HAN, min_size=2, max_size=4),
    st.text(st.one_of(HAN, RARE), min_size=1, max_size=50),
    st.just("买买提·吐尔逊·阿卜杜热合曼"),
    st.just("名" * 50),
)
CELLS = st.one_of(st.integers(-(10**9), 10**9), st.text(max_size=40), NAMES)


@st.composite
def tables(draw: st.DrawFn) -> OfficeTable:
    paths = draw(
        st.lists(
            st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=1, max_size=3),
            min_size=2,
            max_size=6,
        )
    )
    aligned = st.sampled_from(["center", "left", "name"])
    columns = tuple(
        Heading(path[-1], draw(st.integers(5, 60)), tuple(path[:-1]), draw(aligned))
        for path in paths
    )
    cells = st.tuples(*[CELLS] * len(columns))
    rows = st.one_of(cells.map(Row), NAMES.map(Group))
    return OfficeTable("表", columns, draw(st.lists(rows, max_size=5)), notes=draw(st.lists(NAMES)))


def sheet_rows(table: OfficeTable, folder: str) -> list[list[object]]:
    file = Path(folder) / "t.xlsx"
    write_tables([table], file, AS_OF)
    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(skip_empty_area=False)


@settings(deadline=None, max_examples=40)
@given(tables())
def test_cells_of_a_workbook_read_back_as_they_were_given(table: OfficeTable) -> None:
    with TemporaryDirectory() as folder:
        rows = sheet_rows(table, folder)
    below = rows[1 + heading_depth(table.columns) :]
    assert len(below) == len(table.rows) + len(table.notes)
    for row, read in zip(table.rows, below, strict=False):
        if isinstance(row, Group):
            assert read[0] == plain_text(row.text)
        else:
            given_cells = [c if isinstance(c, int) else plain_text(str(c)) for c in row.cells]
            assert read == given_cells


@settings(deadline=None, max_examples=20)
@given(tables())
def test_every_text_stands_in_the_word_document_once_more_blanks_aside(table: OfficeTable) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "t.docx"
        write_tables([table], file, AS_OF)
        (made,) = Document(str(file)).tables
    rows = made.rows[heading_depth(table.columns) :]
    for row, read in zip(table.body, rows, strict=True):
        texts = [row.text] if isinstance(row, Group) else [str(cell) for cell in row.cells]
        shown = [cell.text for cell in read.cells][: len(texts)]
        assert ["".join(text.split()) for text in shown] == [
            "".join(plain_text(text).split()) for text in texts
        ]


@given(tables())
def test_headings_cover_every_place_once(table: OfficeTable) -> None:
    covered = [
        (row, column)
        for cell in heading_cells(table.columns)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    depth, width = heading_depth(table.columns), len(table.columns)
    assert sorted(covered) == [(row, column) for row in range(depth) for column in range(width)]


@settings(deadline=None, max_examples=20)
@given(st.lists(NAMES.map(clean_name).filter(bool), min_size=1, max_size=8, unique=True))
def test_the_roster_lists_everybody_asked_for_by_the_name_they_have(names: list[str]) -> None:
    people = roster(AS_OF, persons=[person(name) for name in names])
    for order in Order:
        table, listed, _notes = roster_sheet(Request(people, AS_OF, tuple(names), order=order))
        assert sorted(listed) == sorted(names)
        with TemporaryDirectory() as folder:
            rows = sheet_rows(table, folder)
        assert [row[0] for row in rows if row[0] in names and row[2] == "待核"] == list(listed)
