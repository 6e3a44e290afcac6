"""A clerk's table made from forms fills the same forms."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st
from tests.support.hard_forms import forms, sheet_form
from tests.support.hard_rosters import texts
from tests.support.thousand import Amount, amounts

from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.codecs.workbook.clerk_sheet import SHEET_COLUMNS, read_clerk_sheet
from banzi.documents.comparing.filling import fill_forms, table_text, write_table
from banzi.documents.comparing.sides import read_side
from banzi.documents.form import Form
from banzi.kernel.progress import Silent


def tabled(persons: int) -> st.SearchStrategy[list[Form]]:
    return forms(persons, sheet_form, texts)


def come_back(written: list[Form]) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder, table = Path(name, "forms"), Path(name, "table.xlsx")
        folder.mkdir()
        for at, form in enumerate(written):
            (folder / f"{at:04d}.lrmx").write_bytes(write_form(form))
        write_table(read_side(folder, Silent()), SHEET_COLUMNS, table)
        rows = read_clerk_sheet(table).rows
        filled = fill_forms(read_side(table, Silent()))
    by_name = {form["name"]: form for form in written}
    assert len(rows) == len(by_name) == len(written)
    for row in rows:
        told = {column: row.text(column) for column in SHEET_COLUMNS}
        form = by_name[told["name"]]
        assert told == {column: table_text(column, form[column]) for column in SHEET_COLUMNS}
    made = [read_form(data, "") for data in filled.files.values()]
    assert {form["name"]: form for form in made} == by_name
    return len(made)


@amounts
def test_a_table_made_from_forms_fills_the_same_forms(amount: Amount) -> None:
    amount.see(come_back, tabled)
