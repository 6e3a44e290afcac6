"""Damaged lists of questions (`decisions.xlsx`), as they come back from Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.documents.corpus.case import Case
from tests.support.workbooks import workbook_bytes

from banzi.documents.decisions import LAYOUT, SHEET

HEADER = [each.shown for each in LAYOUT.fields]
_AT = {name: at for at, name in enumerate(HEADER)}
FINDING, CHOSEN, BY, ON = "疑点标识", "处理意见", "裁定人", "裁定日期"


def answer(
    finding: Any = "FAAAAAAAAAA", chosen: Any = "x", by: Any = "某处长", on: Any = "20260701"
) -> list[Any]:
    row: list[Any] = [""] * len(HEADER)
    for name, value in ((FINDING, finding), (CHOSEN, chosen), (BY, by), (ON, on)):
        row[_AT[name]] = value
    return row


def decisions(name: str, rows: list[list[Any]] | bytes, *problems: str, sheet: str = SHEET) -> Case:
    data = rows if isinstance(rows, bytes) else workbook_bytes({sheet: rows})
    return Case(f"decisions/{name}", ".xlsx", data, problems)


def cases() -> Iterator[Case]:
    yield decisions("nothing", b"", "workbook/empty-file")
    yield decisions("noise", b"noise" * 100, "workbook/not-a-workbook")
    yield decisions("old Excel", b"\xd0\xcf\x11\xe0" + bytes(600), "workbook/old-or-encrypted")
    yield decisions(
        "half of it", workbook_bytes({SHEET: [HEADER]})[:900], "workbook/not-a-workbook"
    )
    yield decisions("sheet renamed", [HEADER], "workbook/missing-sheet", sheet="Sheet1")
    yield decisions("header lost", [answer()], f"workbook/missing-header-row@{SHEET}")
    yield decisions("sound", [HEADER, answer()])
    yield decisions("nothing filled", [HEADER, answer(chosen="", by="", on="")])
    yield decisions(
        "nobody decided", [HEADER, answer(by="")], f"decisions/who-and-when@{SHEET}:2:{BY}"
    )
    yield decisions("on no day", [HEADER, answer(on="")], f"decisions/who-and-when@{SHEET}:2:{ON}")
    yield decisions(
        "on day 31 of June",
        [HEADER, answer(on="20260631")],
        f"workbook/bad-date@{SHEET}:2:{ON}",
        f"decisions/who-and-when@{SHEET}:2:{ON}",
    )
    yield decisions(
        "on a month only",
        [HEADER, answer(on="202606")],
        f"workbook/not-a-full-date@{SHEET}:2:{ON}",
        f"decisions/who-and-when@{SHEET}:2:{ON}",
    )
    yield decisions("on a true date", [HEADER, answer(on=date(2026, 7, 1))])
    yield decisions(
        "about nothing", [HEADER, answer(finding="")], f"decisions/who-and-when@{SHEET}:2:{FINDING}"
    )
    yield decisions(
        "twice", [HEADER, answer(), answer(chosen="y")], f"decisions/repeated@{SHEET}:3"
    )
    yield decisions(
        "sorted and with a row between", [HEADER, answer(), [""] * 3, answer(finding="FBBBBBBBBBB")]
    )
    yield decisions(
        "a column deleted", [[FINDING, CHOSEN, BY, ON], ["FAAAAAAAAAA", "x", "某", "20260701"]]
    )
    yield decisions(
        "columns moved", [[ON, BY, CHOSEN, FINDING], ["20260701", "某", "x", "FAAAAAAAAAA"]]
    )
    yield decisions("decided by a number", [HEADER, answer(by=12345)])
    yield decisions(
        "serial number for a date",
        [HEADER, answer(on=99999)],
        f"workbook/bad-date@{SHEET}:2:{ON}",
        f"decisions/who-and-when@{SHEET}:2:{ON}",
    )
    yield decisions("a text of the reader's own", [HEADER, answer(chosen="另行研究")])
