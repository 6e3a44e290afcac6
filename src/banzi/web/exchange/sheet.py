"""The content sheet of a package: who gives what to whom, what stays out, and everybody in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.package_file import About
from banzi.documents.papers.writing import write_tables
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.roster import Roster
from banzi.web.queries.exporting import list_table
from banzi.web.records.showing import value_text

TITLE = _("交换包内容清单")
FROM_TO = MessageKind("exchange/sheet-from-to", _("报送单位：{sender}；接收单位：{recipient}"))
PURPOSE = MessageKind("exchange/sheet-purpose", _("用途：{purpose}"))
SHUT = MessageKind("exchange/sheet-shut", _("无发布权限，未附：{classes}"))
ASKED = MessageKind("exchange/sheet-asked", _("按要求未附：{classes}"))
SEAL = MessageKind("exchange/sheet-seal", _("校验值（SHA-256）：{sha256}"))
SECRET = MessageKind("exchange/sheet-secret", _("交换包没有加密，按涉密载体管理"))
ENDINGS = ("xlsx", "pdf")
_COLUMNS = {"sex": 14.0, "birth": 20.0, "current_posts_text": 130.0}


def write_sheets(
    roster: Roster,
    about: About,
    persons: Sequence[str],
    shut: Sequence[Without],
    asked: Sequence[Without],
    sha256: str,
    folder: Path,
) -> None:
    """`sheet.xlsx` and `sheet.pdf`: the persons in this order, and what is to be known of the package."""
    known = {row["person_id"]: row for row in roster["persons"].iter_rows(named=True)}
    headings = [
        (PERSONS[name].zh, width, name == "current_posts_text") for name, width in _COLUMNS.items()
    ]
    rows = [
        (
            known[each]["name"],
            [value_text(PERSONS[name], known[each][name], "zh") for name in _COLUMNS],
        )
        for each in persons
    ]
    said = FROM_TO(sender=about.sender, recipient=about.recipient).text()
    notes = [each.text() for each in _notes(about, shut, asked, sha256)]
    table = list_table(TITLE, headings, rows, about.as_of, said, notes)
    for ending in ENDINGS:
        write_tables([table], folder / f"sheet.{ending}", about.as_of)


def _notes(
    about: About, shut: Sequence[Without], asked: Sequence[Without], sha256: str
) -> Iterator[Message]:
    if about.purpose:
        yield PURPOSE(purpose=about.purpose)
    yield about.scope_said()
    for message, classes in ((SHUT, shut), (ASKED, asked)):
        if classes:
            yield message(classes=[each.zh for each in classes])
    yield SEAL(sha256=sha256)
    yield SECRET()
