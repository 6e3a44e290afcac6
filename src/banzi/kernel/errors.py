"""Errors: broken input and broken code. (What the law says of a person is a verdict, not an error.)

Input is read to its end and every problem is collected with file, row and column before anything
is refused; nothing is written when there was one. The command line turns `BadInput` into exit
code 2 and a line per problem: `file:row:column code message`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from banzi.kernel.messages import Language, Message


class BanziError(Exception):
    """Something that stops the work, with a coded message for the person at the keyboard."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return f"{self.message.code} {self.message.text()}"


class Cancelled(Exception):
    """The user stopped long work. Whoever catches it leaves nothing half-written."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where in the input: file as the user named it, sheet, row and column counted from 1.

    `sheet` is empty and `row` or `column` None where the notion does not apply.
    `column` is a column header, an element name, or a character position as text.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        name = f"{self.file}[{self.sheet}]" if self.sheet else self.file
        return ":".join([name, str(self.row or ""), str(self.column or "")])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input, and where."""

    message: Message
    at: Location = field(default_factory=Location)

    def line(self, language: Language = "zh") -> str:
        """`file:row:column code message`, the form every command prints."""
        return f"{self.at} {self.message.code} {self.message.text(language)}"


class BadInput(BanziError):
    """The input cannot be used; carries every problem that was found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        if not problems:
            raise ValueError("bad input without a problem")
        super().__init__(problems[0].message)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(problem.line() for problem in self.problems)


class ProblemLog:
    """Collects problems while input is read, so that they are all reported together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, message: Message, at: Location | None = None) -> None:
        self._problems.append(Problem(message, at or Location()))

    def extend(self, problems: list[Problem]) -> None:
        self._problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)

    def stop_if_any(self) -> None:
        """Raise `BadInput` with everything collected so far."""
        if self._problems:
            raise BadInput(list(self._problems))
