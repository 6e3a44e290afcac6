"""任免审批表填写核对清单: what the filling rules found, as workbook and as PDF for the file.

One row a finding, person by person; a second table counts by rule. In the workbook a row can be
ticked off, so the columns are those clerks use: 现填, 建议, 说明.

Not here: the rules (`form_checks`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from banzi.documents.form_checks.checking import FormCheck
from banzi.documents.form_checks.rule import CLAUSE, FormFinding, Severity
from banzi.documents.papers import sheets
from banzi.documents.papers.office_table import Heading, OfficeTable, Row
from banzi.documents.papers.typesetting import typeset
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render

TITLE = _("任免审批表填写核对清单")
TEMPLATE = Path(__file__).with_name("form_list.typ")
MOST_SHOWN = 60
"""Characters of a text that the PDF shows; the workbook has it whole."""

_FINDINGS, _COUNTS = _("逐人清单"), _("按规则统计")
_AS_OF = _("检查基准日：{as_of}")
_TOTALS = _("共{forms}份，其中{clean}份无问题；错误{errors}处，提示{hints}处")
_NOTE = _("依据：{clause}。“错误”应更正；“提示”请核对，情况属实的不必改动。")
_ALL_CLEAN = _("所查任免审批表均未发现填写问题。")
_HEAD = (
    _("姓名"),
    _("性质"),
    _("规则"),
    _("栏目"),
    _("现填"),
    _("建议"),
    _("说明"),
    _("文件"),
)
_WIDTHS = (11, 7, 18, 18, 34, 34, 34, 24)
_COUNT_HEAD = (_("规则"), _("性质"), _("处数"), _("涉及人数"), _("依据"), _("规则编号"))
_COUNT_WIDTHS = (36, 10, 10, 12, 18, 36)


def write_workbook(check: FormCheck, path: Path) -> None:
    """The list as .xlsx: A4 landscape, one sheet by person and one by rule."""
    left, right = _as_of(check.as_of), _totals(check)
    found = OfficeTable(
        TITLE,
        _headings(_HEAD, _WIDTHS, centred=(0, 1)),
        [
            Row((form.name, *_cells(finding), Path(form.file).name))
            for form in check.forms
            for finding in form.findings
        ],
        notes=[_closing(check)],
        sheet=_FINDINGS,
        left=left,
        right=right,
    )
    counts = OfficeTable(
        TITLE,
        _headings(_COUNT_HEAD, _COUNT_WIDTHS, centred=(1, 2, 3, 4)),
        [
            Row((rule.title, rule.severity.zh, hits, forms, CLAUSE, rule.id))
            for rule, hits, forms in check.by_rule()
        ],
        sheet=_COUNTS,
        left=left,
        right=right,
    )
    sheets.write_workbook([found, counts], path, check.as_of)


def write_pdf(check: FormCheck, path: Path) -> None:
    """The list as PDF; the same findings give the same bytes."""
    write_list_pdf(page_data(check), path, check.as_of)


def write_list_pdf(data: dict[str, Any], path: Path, as_of: date) -> None:
    """A list person by person, with its counts, as PDF; `data` as `page_data` gives it.

    `counts_columns` and `list_columns` are widths in mm, 0 for an even share of what is left.
    """
    path.write_bytes(typeset(TEMPLATE, data, as_of))


def page_data(check: FormCheck) -> dict[str, Any]:
    """Everything the pages show, as texts; tested as data."""
    day = check.as_of
    return {
        "title": TITLE,
        "as_of": _as_of(day),
        "totals": _totals(check),
        "note": _closing(check),
        "date": [day.year, day.month, day.day],
        "counts_columns": [0, 22, 22, 26],
        "list_columns": [13, 40, 40, 0, 0, 62],
        "counts_title": _COUNTS,
        "counts_head": _COUNT_HEAD[:4],
        "counts": [
            [rule.title, rule.severity.zh, str(hits), str(forms)]
            for rule, hits, forms in check.by_rule()
        ],
        "list_title": _FINDINGS,
        "list_head": _HEAD[1:7],
        "persons": [
            {
                "name": form.name or Path(form.file).name,
                "file": Path(form.file).name,
                "rows": [[shortened(text) for text in _cells(each)] for each in form.findings],
                "errors": [each.rule.severity is Severity.ERROR for each in form.findings],
            }
            for form in check.forms
            if form.findings
        ],
    }


def _headings(
    texts: Sequence[str], widths: Sequence[float], centred: Collection[int]
) -> tuple[Heading, ...]:
    return tuple(
        Heading(text, width, align="center" if number in centred else "left")
        for number, (text, width) in enumerate(zip(texts, widths, strict=True))
    )


def _cells(finding: FormFinding) -> list[str]:
    rule, found = finding.rule, finding.found
    return [
        rule.severity.zh,
        rule.title,
        finding.place(),
        found.written,
        found.suggested,
        finding.message.text(),
    ]


def _as_of(day: date) -> str:
    return render(_AS_OF, {"as_of": day})


def _totals(check: FormCheck) -> str:
    values = {
        "forms": len(check.forms),
        "clean": check.clean,
        "errors": check.count(Severity.ERROR),
        "hints": check.count(Severity.HINT),
    }
    return render(_TOTALS, values)


def _closing(check: FormCheck) -> str:
    return _ALL_CLEAN if check.clean == len(check.forms) else render(_NOTE, {"clause": CLAUSE})


def shortened(text: str) -> str:
    """A text as the PDF shows it."""
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
