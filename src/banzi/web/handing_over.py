"""The first three one-time passwords at a terminal: one at a time, each before its owner's eyes.

Each stands on a screen of its own that is gone, scrolled lines included, when its owner presses
Enter; a terminal without such screens is wiped.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import typer
from rich.console import Console

from banzi.cli.terminal import say
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

COME = MessageKind(
    "accounts/come-and-see",
    _("（{number}/{total}）请{office}{name}到屏幕前，其他人回避；就位后按回车键。"),
)
TAKE_DOWN = MessageKind("accounts/take-down", _("记下后按回车键，屏幕上不再保留。"))
TAKEN = MessageKind("accounts/taken", _("（{number}/{total}）{office}{name}已看过。"))


@dataclass(frozen=True, slots=True)
class Secret:
    """What one of them is shown, and who that is."""

    office: str
    name: str
    line: Message


def can_ask() -> bool:
    """Whether somebody stands at a terminal who can press Enter."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def show_one_by_one(secrets: Sequence[Secret]) -> None:
    """Each to its owner alone.

    Raises
    ------
    typer.Abort
        When the terminal is closed or the user stops before all were shown.
    """
    for number, secret in enumerate(secrets, 1):
        place = {"number": number, "total": len(secrets),
                 "office": secret.office, "name": secret.name}  # fmt: skip
        say(COME(**place))
        _wait()
        console = Console()
        with console.screen(hide_cursor=False):
            say(secret.line)
            say(TAKE_DOWN())
            _wait()
        if console.legacy_windows:  # has no second screen
            console.clear()
        say(TAKEN(**place))


def _wait() -> None:
    try:
        input()
    except (EOFError, KeyboardInterrupt):
        raise typer.Abort from None
