"""Changes to forms and workbooks on screen and as JSON: written back from a list, or filled in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banzi.cli import terminal
from banzi.kernel.errors import Location
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.comparing.applying import Change

_HEADER = (_("文件"), _("人员"), _("栏目"), _("原"), _("改为"))
_LONGEST = 60


def say_changes(changes: Iterable[Change]) -> None:
    """A table of what becomes of what; nothing where nothing changes."""
    rows = [
        (change.file.name, change.person, change.field, _brief(change.old), _brief(change.new))
        for change in changes
    ]
    if rows:
        terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)


def as_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The changes in full."""
    return [
        {
            "file": change.file,
            "person": change.person,
            "field": change.field,
            "old": change.old,
            "new": change.new,
        }
        for change in changes
    ]


def place_of(at: Location) -> str:
    """Sheet and row, else the column, else the name of the file."""
    return f"{at.sheet}:{at.row}" if at.sheet else at.column or Path(at.file).name


def _brief(text: str) -> str:
    """A value on one line of a table, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
