"""The folder of printed 干部任免审批表: numbered files, and a list of what is in it.

The folder is written whole. It replaces one that this program wrote before, and no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from banzi.documents.papers.form_printing import DOCX, PDF, Outcome, Printed
from banzi.documents.papers.office_table import Heading, OfficeTable
from banzi.documents.papers.office_table import Row as TableRow
from banzi.documents.papers.sheets import write_workbook
from banzi.kernel.errors import BanziError
from banzi.kernel.files import safe_name
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

INDEX = _("清单")
NOT_OURS = MessageKind(
    "form-printing/folder-in-use",
    _("“{folder}”已有其他内容（{file}），不予覆盖；请另选文件夹"),
)

_TITLE = _("任免审批表打印清单")
_COUNT = _("共{count}份，未输出{refused}份")
_AS_OF = _("打印日期：{as_of}")
_REFUSED = _("未输出")
_COLUMNS = (
    Heading(_("序号"), 14),
    Heading(_("文件"), 58, align="left"),
    Heading(_("姓名"), 24),
    Heading(_("来源"), 64, align="left"),
    Heading(_("需注意"), 109, align="left"),
)
_ENDINGS = (f".{DOCX}", f".{PDF}")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; `file` is "" for a form that was refused, `number` 0 for one without."""

    number: int
    file: str
    outcome: Outcome


def refuse_foreign_folder(out: Path) -> None:
    """Stop before a folder that holds anything but what an earlier run wrote.

    Raises
    ------
    BanziError
        `form-printing/folder-in-use`, naming a file that this program did not write.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise BanziError(NOT_OURS(folder=str(out), file=out.name))
    inside = sorted(out.iterdir())
    index = out / f"{INDEX}.xlsx"
    for path in inside:
        ours = index.is_file() and path.is_file() and path.suffix.lower() in _ENDINGS
        if not ours and path != index:
            raise BanziError(NOT_OURS(folder=str(out), file=path.name))


def numbered(outcomes: Sequence[Outcome], places: Sequence[int], total: int) -> list[Row]:
    """A row for each form: its number, and the beginning of its files' names.

    Parameters
    ----------
    places
        Place of each printed form in the order wanted → its number is one more.
    total
        Highest number there may be; numbers have as many digits, three at least.
    """
    digits = max(3, len(str(total)))
    numbers: Mapping[int, int] = {place: number for number, place in enumerate(places, start=1)}
    rows = []
    for outcome in outcomes:
        number, file = numbers.get(outcome.place, 0), ""
        if isinstance(outcome, Printed):
            file = safe_name(f"{number:0{digits}}{outcome.subject.name}")
        rows.append(Row(number, file, outcome))
    return sorted(rows, key=lambda row: (row.number == 0, row.number, row.outcome.place))


def fill_folder(
    rows: Sequence[Row], made: Path, formats: Sequence[str], folder: Path, as_of: date
) -> None:
    """Move `PLACE.docx` and `PLACE.pdf` to their names, and write the list beside them."""
    for row in rows:
        for ending in formats if row.file else ():
            (made / f"{row.outcome.place}.{ending}").rename(folder / f"{row.file}.{ending}")
    _write_index(rows, formats, folder / f"{INDEX}.xlsx", as_of)


def _write_index(rows: Sequence[Row], formats: Sequence[str], path: Path, as_of: date) -> None:
    refused = sum(not row.file for row in rows)
    table = OfficeTable(
        title=_TITLE,
        columns=_COLUMNS,
        rows=[TableRow(_cells(row, formats)) for row in rows],
        left=render(_AS_OF, {"as_of": as_of}),
        right=render(_COUNT, {"count": len(rows), "refused": refused}),
        sheet=INDEX,
    )
    write_workbook([table], path, as_of)


def _cells(row: Row, formats: Sequence[str]) -> tuple[str | int, ...]:
    outcome = row.outcome
    if isinstance(outcome, Printed):
        files = "\n".join(f"{row.file}.{ending}" for ending in formats)
        notes = "\n".join(note.text() for note in outcome.notes)
        name, where = outcome.subject.name, outcome.subject.source_name
    else:
        files, name, where = _REFUSED, "", Path(outcome.where).name
        notes = "\n".join(problem.message.text() for problem in outcome.problems)
    return (row.number or "", files, name, where, notes)
