"""Messages and problems as they are kept in a row, to be said in the language of who looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from banzi.kernel.errors import Problem
from banzi.kernel.messages import Language, Message, render

Kept = dict[str, Any]


def kept(message: Message) -> Kept:
    """Template and values; a value that is itself a message stays one."""
    values = {name: _value(value) for name, value in message.values.items()}
    return {"code": message.code, "text": message.kind.template, "values": values}


def _value(value: object) -> object:
    if isinstance(value, Message):
        return kept(value)
    if isinstance(value, list | tuple):
        return [_value(each) for each in value]
    return value if isinstance(value, int) else str(value)


def said(message: Kept, language: Language) -> str:
    """The text of a kept message."""
    return render(message["text"], {k: _said(v, language) for k, v in message["values"].items()},
                  language)  # fmt: skip


def _said(value: Any, language: Language) -> object:
    if isinstance(value, dict):
        return said(value, language)
    return [_said(each, language) for each in value] if isinstance(value, list) else value


def kept_problem(problem: Problem) -> Kept:
    at = problem.at
    return {**kept(problem.message), "file": at.file, "sheet": at.sheet, "row": at.row,
            "column": at.column}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaidProblem:
    """A problem ready for a table of a page."""

    file: str
    sheet: str
    row: int | None
    column: str
    code: str
    text: str


def said_problems(problems: list[Kept] | None, language: Language) -> list[SaidProblem]:
    return [
        SaidProblem(each.get("file", ""), each.get("sheet", ""), each.get("row"),
                    each.get("column") or "", each["code"], said(each, language))
        for each in problems or ()
    ]  # fmt: skip
