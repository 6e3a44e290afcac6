"""Cells and addresses of a person's file say what a template would have said, escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from banzi.roster import TABLES
from banzi.web.people.file import Field, FileRow
from banzi.web.people.templatetags.person_file import RowUrls, cells

CELL = Field(TABLES["awards"]["award_name"], "奖励", '<三等功> & "嘉奖"', True, "line")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/"), min_size=1))
@example("-")
@example("12~annual")
@example("甲%2F乙?#")
def test_the_address_of_a_row_is_the_one_of_the_page_that_corrects_it(address: str) -> None:
    urls = RowUrls("甲 1?", "awards")
    assert urls.of(address) == reverse("person-edit", args=["甲 1?", "awards", address])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (CELL, '<td class="">&lt;三等功&gt; &amp; &quot;嘉奖&quot;</td>'),
        (replace(CELL, text="2020.01", kind="date"), '<td class="pp-date">2020.01</td>'),
        (
            replace(CELL, text="不详", known=False, kind="number"),
            '<td class="pp-number"><span class="pp-unknown">不详</span></td>',
        ),
        (
            replace(CELL, text="甲", person_id="a b"),
            '<td class=""><a href="/people/person/a%20b/">甲</a></td>',
        ),
    ],
)
def test_a_cell_is_escaped_and_marked(cell: Field, expected: str) -> None:
    assert cells(FileRow("1", (cell,))) == expected


def test_what_a_row_counts_as_stands_in_its_last_cell() -> None:
    row = FileRow("1", (replace(CELL, text="甲"), replace(CELL, text="乙")), ("基层", "<企业>"))
    badge = ' <span class="badge bg-blue-lt">'
    assert cells(row) == (
        f'<td class="">甲</td><td class="">乙{badge}基层</span>{badge}&lt;企业&gt;</span></td>'
    )
    assert cells(FileRow("1", (), ("基层",))) == ""
