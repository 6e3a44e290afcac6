"""One declaration of a table, written in three formats and looked at in the files."""

import re
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from banzi.documents.papers.charts import ColumnChart, columns
from banzi.documents.papers.office_table import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    Figure,
    Group,
    Heading,
    HeadingCell,
    OfficeTable,
    Picture,
    Row,
    heading_cells,
)
from banzi.documents.papers.table_pages import with_breaks
from banzi.documents.papers.writing import write_tables

AS_OF = date(2021, 7, 1)
IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
COLUMNS = (
    Heading("单位", 60, align="left"),
    Heading("姓名", 20, align="name"),
    Heading("应配", 15, ("领导职数",)),
    Heading("实配", 15, ("领导职数",)),
    Heading("占比", 20, ("学历", "研究生")),
)
ROWS = (
    Group("云岭市"),
    Row(("市委办公室", "王力", 3, 2, Figure(0.358, "35.8%", "0.0%"))),
    Row(("总计", "", 3, 2, ""), strong=True),
)
TABLE = OfficeTable("职数表", COLUMNS, ROWS, left="截至2021年7月1日", right="共1人", notes=["注"])


def written(tmp_path: Path, ending: str, *tables: OfficeTable) -> Path:
    file = tmp_path / f"t.{ending}"
    write_tables(tables or (TABLE,), file, AS_OF)
    return file


def test_headings_are_shared_by_neighbours_and_reach_down_where_they_have_fewer_lines() -> None:
    assert heading_cells(COLUMNS) == (
        HeadingCell("单位", 0, 0, 3, 1),
        HeadingCell("姓名", 0, 1, 3, 1),
        HeadingCell("领导职数", 0, 2, 1, 2),
        HeadingCell("学历", 0, 4, 1, 1),
        HeadingCell("应配", 1, 2, 2, 1),
        HeadingCell("实配", 1, 3, 2, 1),
        HeadingCell("研究生", 1, 4, 1, 1),
        HeadingCell("占比", 2, 4, 1, 1),
    )


def test_columns_of_one_heading_text_that_are_not_shared_stay_apart() -> None:
    same = Heading("学历", 10)
    assert [cell.column for cell in heading_cells((same, same))] == [0, 1]


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="4 cells for 5 columns"):
        OfficeTable("表", COLUMNS, [Row(("甲", "乙", 1, 2))])


def test_a_number_stays_a_number_in_the_workbook_and_a_name_has_no_blanks(tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(written(tmp_path, "xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "职数表"
    assert rows[1][0] == "截至2021年7月1日"
    assert rows[5][0] == "云岭市"
    assert rows[6] == ["市委办公室", "王力", 3.0, 2.0, 0.358]
    assert rows[8][0] == "注"


def test_the_document_repeats_its_headings_and_keeps_its_widths(tmp_path: Path) -> None:
    document = Document(str(written(tmp_path, "docx")))
    (table,) = document.tables
    heads = [row for row in table._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) == 3
    grid = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]
    assert sum(grid) == pytest.approx(A4_LANDSCAPE.text_width / 25.4 * 1440, abs=len(grid))
    assert grid[0] / grid[2] == pytest.approx(4, rel=0.001)
    assert [cell.text for cell in table.rows[4].cells] == [
        "市委办公室",
        "王　力",
        "3",
        "2",
        "35.8%",
    ]
    for run in document.element.body.iter(qn("w:rFonts")):
        slots = [run.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
        assert len(set(slots)) == 1
        assert slots[0]


def test_every_page_of_a_document_has_its_number(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, "docx")) as package:
        (footer,) = [name for name in package.namelist() if "footer" in name and "rels" not in name]
        text = package.read(footer).decode()
    assert " PAGE " in text
    assert " NUMPAGES " in text


def test_each_table_lies_on_its_own_page_size(tmp_path: Path) -> None:
    wide = OfficeTable("宽表", COLUMNS, ROWS, page=A3_LANDSCAPE)
    document = Document(str(written(tmp_path, "docx", TABLE, wide)))
    widths = [section.page_width.mm for section in document.sections]
    assert widths == [pytest.approx(297, abs=0.1), pytest.approx(420, abs=0.1)]
    rows = CalamineWorkbook.from_path(written(tmp_path, "xlsx", TABLE, wide)).sheet_names
    assert rows == ["职数表", "宽表"]


def test_an_empty_table_says_so_in_every_format(tmp_path: Path) -> None:
    empty = OfficeTable("空表", COLUMNS, [], empty="没有人员")
    sheet = CalamineWorkbook.from_path(written(tmp_path, "xlsx", empty)).get_sheet_by_index(0)
    assert sheet.to_python()[-1][0] == "没有人员"
    (table,) = Document(str(written(tmp_path, "docx", empty))).tables
    assert table.rows[-1].cells[0].text == "没有人员"
    assert written(tmp_path, "pdf", empty).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_the_same_table_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    first = written(tmp_path, ending).read_bytes()
    assert written(tmp_path, ending).read_bytes() == first


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_a_photo_that_is_no_picture_leaves_its_cell_blank(tmp_path: Path, ending: str) -> None:
    table = OfficeTable("表", COLUMNS[:2], [Row((Picture(b"no picture"), "王力"))])
    assert written(tmp_path, ending, table).stat().st_size > 1000


def test_a_word_wider_than_its_column_may_be_divided() -> None:
    assert with_breaks("Abcdefghij", 10, 10) == "\u200b".join("Abcdefghij")
    assert with_breaks("1975.03", 17, 9) == "1975.03"


def picture(shade: int) -> bytes:
    """A PNG of four by five grey pixels."""
    lines = b"".join(b"\0" + bytes([shade]) * 4 for _row in range(5))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 4, 5, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
        for tag, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_photographs_stand_in_their_cells_in_every_format(tmp_path: Path) -> None:
    rows = [Row((Picture(picture(shade)), f"王{shade}")) for shade in (1, 2, 3)]
    table = OfficeTable("表", (Heading("照片", 20), Heading("姓名", 40)), rows)
    document = Document(str(written(tmp_path, "docx", table)))
    drawings = [
        cell._tc.findall(f".//{qn('wp:docPr')}") for cell in document.tables[0].columns[0].cells
    ]
    assert [len(each) for each in drawings] == [0, 1, 1, 1]
    numbers = [each[0].get("id") for each in drawings[1:]]
    assert len(set(numbers)) == 3
    heights = [row.height.mm for row in document.tables[0].rows][1:]
    assert all(height > 100 for height in heights)  # 4 : 5 over the width of the column
    with zipfile.ZipFile(written(tmp_path, "xlsx", table)) as package:
        media = [name for name in package.namelist() if name.startswith("xl/media/")]
        assert len(media) == 3
        assert package.read("xl/drawings/drawing1.xml").count(b"<xdr:pic>") == 3
    pdf = pypdfium2.PdfDocument(written(tmp_path, "pdf", table))
    shown = [each for page in pdf for each in page.get_objects() if each.type == IMAGE]
    assert len(shown) == 3


def sheet_of(tmp_path: Path, table: OfficeTable) -> str:
    with zipfile.ZipFile(written(tmp_path, "xlsx", table)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def test_a_hidden_column_takes_no_height_whatever_it_holds(tmp_path: Path) -> None:
    def heights(hidden: bool) -> list[float]:
        key = Heading("标识", 1, hidden=hidden)
        table = OfficeTable("表", (Heading("项目", 40), key), [Row(("甲", "长标识" * 30))])
        return [float(each) for each in re.findall(r' ht="([\d.]+)"', sheet_of(tmp_path, table))]

    _title, heading, row = heights(hidden=True)
    assert max(heading, row) < 40 < heights(hidden=False)[2]


def test_a_list_to_be_filled_in_can_be_filtered_and_keeps_its_first_columns_in_view(
    tmp_path: Path,
) -> None:
    columns = (Heading("项目", 40), Heading("结果", 20, answer=True))
    rows = [Row(("甲", ""), offers={1: ("一致", "不一致")}), Row(("乙", ""))]
    sheet = sheet_of(tmp_path, OfficeTable("表", columns, rows, frozen=1))
    assert '<autoFilter ref="A2:B4"/>' in sheet
    assert 'xSplit="1" ySplit="2"' in sheet
    assert "autoFilter" not in sheet_of(tmp_path, OfficeTable("表", columns[:1], [Row(("甲",))]))


@pytest.mark.parametrize("beside", [False, True])
def test_a_word_document_shows_the_chart_over_the_width_of_its_page(
    tmp_path: Path, beside: bool
) -> None:
    chart = ColumnChart("到期人数", ("2026年", "2027年"), (("退休", (1, 2)),), beside)
    table = replace(TABLE, chart=chart)
    document = Document(str(written(tmp_path, "docx", table)))
    (picture,) = document.inline_shapes
    assert picture.width.mm == pytest.approx(table.page.text_width, abs=0.1)
    drawn = columns(chart)
    assert picture.height / picture.width == pytest.approx(drawn.height / drawn.width, abs=0.01)
    assert picture._inline.docPr.get("descr") == "到期人数"
    body = [child.tag for child in document.element.body]
    holds = [bool(list(child.iter(qn("w:drawing")))) for child in document.element.body]
    assert holds.index(True) < body.index(qn("w:tbl"))


def test_equal_charts_give_equal_word_documents(tmp_path: Path) -> None:
    chart = ColumnChart("图", ("甲", "乙"), (("数", (1, 2)),))
    first, second = (
        written(tmp_path, "docx", replace(TABLE, chart=chart)).read_bytes() for _turn in range(2)
    )
    assert first == second
    assert b"word/media/image" not in written(tmp_path, "docx").read_bytes()
