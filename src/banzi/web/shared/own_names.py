"""Problems of files that were sent, by the names under which they were sent.

The site keeps what is sent in folders of its own. Where those lie on the server is nobody's business
and helps nobody to find the file on his own disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from banzi.kernel.errors import BadInput, Problem
from banzi.kernel.messages import Message


def by_own_names(problems: Iterable[Problem], own: Callable[[str], str]) -> BadInput:
    """The same problems, every text in them as `own` gives it back: places, and values of messages."""
    return BadInput(
        [
            Problem(_named(each.message, own), replace(each.at, file=own(each.at.file)))
            for each in problems
        ]
    )


def _named(message: Message, own: Callable[[str], str]) -> Message:
    values = {name: _value(value, own) for name, value in message.values.items()}
    return Message(message.kind, values)


def _value(value: object, own: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return _named(value, own)
    if isinstance(value, list | tuple):
        return [_value(each, own) for each in value]
    return own(value) if isinstance(value, str) else value
