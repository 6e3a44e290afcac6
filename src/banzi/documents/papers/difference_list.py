"""差异核对表 as PDF: the differences person by person, with the answers given so far."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from banzi.documents.comparing.difference import Difference
from banzi.documents.comparing.difference_book import (
    Answer,
    Answered,
    BookData,
    by_field,
    counts_text,
    shown_values,
)
from banzi.documents.comparing.meaning import DifferenceKind
from banzi.documents.papers.form_list import shortened, write_list_pdf
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render

_AS_OF = _("表一：{first}　表二：{second}　（{as_of}）")
_NOTE = _("“仅写法不同”意思相同、写法有别，可不改。未比对的人员见工作簿“未比对”表。")
_COUNTS, _LIST = _("按栏目统计"), _("逐人差异")
_COUNTS_HEAD = (_("栏目"), *(kind.zh for kind in DifferenceKind))
_LIST_HEAD = (_("差别"), _("栏目"), _("表一值"), _("表二值"), _("说明"), _("处理"))


def write_difference_pdf(data: BookData, path: Path) -> None:
    """The list as PDF; the same differences and answers give the same bytes."""
    write_list_pdf(page_data(data), path, data.as_of)


def page_data(data: BookData) -> dict[str, Any]:
    """Everything the pages show, as texts; tested as data."""
    day = data.as_of
    sources = {
        "first": Path(data.sources.first).name,
        "second": Path(data.sources.second).name,
        "as_of": f"{day:%Y.%m.%d}",
    }
    persons: dict[tuple[str, str], list[Difference]] = {}
    for each in data.differences:
        persons.setdefault((each.person, each.birth), []).append(each)
    return {
        "title": data.title,
        "as_of": render(_AS_OF, sources),
        "totals": counts_text(data.differences),
        "note": _NOTE,
        "date": [day.year, day.month, day.day],
        "counts_columns": [0, 24, 24, 24, 28],
        "list_columns": [22, 40, 0, 0, 26, 36],
        "counts_title": _COUNTS,
        "counts_head": _COUNTS_HEAD,
        "counts": [
            [name, *(str(kinds[kind]) for kind in DifferenceKind)]
            for name, kinds in by_field(data.differences).items()
        ],
        "list_title": _LIST,
        "list_head": _LIST_HEAD,
        "persons": [
            {
                "name": name,
                "file": birth,
                "rows": [_cells(each, data.answers) for each in rows],
                "errors": [each.kind is not DifferenceKind.WORDING for each in rows],
            }
            for (name, birth), rows in persons.items()
        ],
    }


def _cells(each: Difference, answers: Mapping[str, Answered]) -> list[str]:
    first, second = (shortened(text) for text in shown_values(each))
    given = answers.get(each.item_id)
    answer = ""
    if given is not None:
        own = f"：{given.value}" if given.answer is Answer.OTHER else ""
        answer = f"{given.answer.zh}{own}"
    return [each.kind.zh, each.field, first, second, each.note, shortened(answer)]
