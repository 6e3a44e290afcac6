"""What commands share: language, problems, JSON, tables, choices and dates as typed, a progress bar."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as RichProgress
from rich.table import Table

from banzi.kernel.errors import Problem
from banzi.kernel.messages import Language, Message, translate

if TYPE_CHECKING:
    from banzi.law import Law
    from banzi.roster import Roster

JSON = typer.Option(False, "--json", help="以 JSON 输出，供其他程序读取。")
AS_OF = typer.Option(None, "--as-of", metavar="YYYY-MM-DD", help="计算基准日；不填用花名册的日期。")


def language() -> Language:
    """The language of this run: option `--lang`, else the variable BANZI_LANG, else Chinese."""
    return "en" if os.environ.get("BANZI_LANG") == "en" else "zh"


def law(folder: Path | None = None) -> Law:
    """The law of this run: the shipped one, with the office's folder (`--law`) laid on it."""
    from banzi.law import load_law, load_office_law

    chosen = folder or (Path(given) if (given := os.environ.get("BANZI_LAW")) else None)
    is_there = chosen is not None and (chosen.is_dir() or folder is None)
    return load_office_law(chosen, load_law()) if chosen and is_there else load_law()


def text(chinese: str) -> str:
    """A text in the language of this run. Mark it with `gettext_noop` where it is written."""
    return translate(chinese, language())


def say(line: str | Message = "") -> None:
    """Print a line for a person (standard output)."""
    print(line.text(language()) if isinstance(line, Message) else line)


def say_json(value: Any) -> None:
    """Print one JSON document: keys in the order given, Chinese as it is, dates as ISO text."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def say_problems(problems: Sequence[Problem], shown_in: Language) -> None:
    for problem in problems:
        print(problem.line(shown_in), file=sys.stderr)


def say_table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table that folds long cells instead of cutting them."""
    if title:  # on a line of its own: rich would fold it to the width of a narrow table
        print(title)
    table = Table(header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=_width()).print(table)


_YEARS = range(1949, 2200)


def parse_as_of(typed: str | None, default: date) -> date:
    """The day typed after `--as-of`, or the default; anything but a date is a usage error.

    Centuries away is a slip of the finger, and beyond what the calendar can count on from.
    """
    if typed is None:
        return default
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(f"{typed!r}: YYYY-MM-DD", param_hint="--as-of") from None
    if day.year not in _YEARS:
        years = f"{_YEARS.start}–{_YEARS.stop - 1}"
        raise typer.BadParameter(f"{typed!r}: {years}", param_hint="--as-of")
    return day


def roster_on(folder: Path, as_of: str | None) -> tuple[Roster, date]:
    """A roster, and the day to count at: the one typed, else the roster's own."""
    from banzi.roster import load_roster

    roster = load_roster(folder)
    return roster, parse_as_of(as_of, roster.as_of)


def one_of(value: str, choices: Sequence[str], option: str) -> None:
    """Stop at a value that is none of the choices, and say which there are."""
    if value not in choices:
        raise typer.BadParameter(f"{value!r}: {' | '.join(choices)}", param_hint=option)


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A progress bar on standard error; nothing is drawn when that is not a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with RichProgress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bars:
        yield Bar(bars)


class Bar:
    """`kernel.progress.Progress` on a terminal."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, task: Message, total: int | None = None) -> None:
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(task.text(language()), total=total)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, steps)


def _width() -> int:
    console = Console()
    return console.width if console.is_terminal else 160


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Message):
        return {"code": value.code, "text": value.text(language()), **value.values}
    raise TypeError(type(value).__name__)
