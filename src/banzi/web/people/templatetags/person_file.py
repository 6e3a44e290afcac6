"""Rows of a person's file as cells: there are hundreds on a page, too many for nodes of a template."""

from __future__ import annotations

from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from banzi.web.people.file import Field, FileRow
from banzi.web.shared.links import person_url

register = template.Library()

_IN_COLUMN = ("date", "number")


@register.simple_tag
def cells(row: FileRow) -> SafeString:
    """The cells of a row; what the row counts as stands in the last."""
    made = [_cell(cell) for cell in row.cells]
    if made:
        made[-1] += "".join(
            f' <span class="badge bg-blue-lt">{conditional_escape(tag)}</span>' for tag in row.tags
        )
    return mark_safe("".join(f"{each}</td>" for each in made))  # noqa: S308 - escaped in `_cell`


def _cell(cell: Field) -> str:
    text: str = conditional_escape(cell.text)
    if cell.person_id:
        text = f'<a href="{conditional_escape(person_url(cell.person_id))}">{text}</a>'
    elif not cell.known:
        text = f'<span class="pp-unknown">{text}</span>'
    return f'<td class="{f"pp-{cell.kind}" if cell.kind in _IN_COLUMN else ""}">{text}'


@register.simple_tag
def edit_urls(person_id: str, table: str) -> RowUrls:
    """Addresses under which rows of a table about a person are corrected."""
    return RowUrls(person_id, table)


class RowUrls:
    """What `reverse` gives for each row, asked once for all of them."""

    def __init__(self, person_id: str, table: str) -> None:
        self._before = reverse("person-edit", args=[person_id, table, "-"]).removesuffix("-/")

    def of(self, address: str) -> str:
        return f"{self._before}{quote(address, safe=_PLAIN)}/"


_PLAIN = "!$&'()*+,;=/~:@"
"""Characters that `reverse` leaves as they are."""


@register.filter
def of_row(urls: RowUrls, address: str) -> str:
    """The address of one row."""
    return urls.of(address)
