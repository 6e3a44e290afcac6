"""Coded messages: declared once in Chinese, with named values, shown in Chinese or English.

A message is declared where it is raised:

    DUPLICATE_ID = MessageKind("import/duplicate-id-number", _("身份证号{id_number}出现了不止一次"))
    ...
    problems.add(DUPLICATE_ID(id_number="…"), at)

The Chinese template is the key of the English catalogue (`locale/en/LC_MESSAGES/banzi.po`), which
`make messages` keeps complete. The engine passes `Message` values about and renders none of them;
rendering is for the command line, the documents and the screens.

Not here: plural forms (Chinese has none; English templates are worded to need none).
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Literal, Protocol

Language = Literal["zh", "en"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def gettext_noop(text: str) -> str:
    """Mark a Chinese text for the catalogue and return it unchanged."""
    return text


class Named(Protocol):
    """What is declared with a name in each language: values of closed lists, columns, tables."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


def name_in(named: Named, language: Language) -> str:
    """What something declared is called in a language."""
    return named.zh if language == "zh" else named.en


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A code and the Chinese template that belongs to it.

    `code` is `area/what-is-wrong`: stable, searchable, and safe for other programs to test.
    """

    code: str
    template: str

    def __post_init__(self) -> None:
        known = _KINDS.setdefault(self.code, self)
        if known.template != self.template:
            raise ValueError(f"message code {self.code!r} is declared twice with different texts")

    def __reduce__(self) -> tuple[object, ...]:
        # In another process a kind is the one declared there, so that `is` holds as it does here.
        return _same_kind, (type(self), *(getattr(self, each.name) for each in fields(self)))

    def __call__(self, **values: object) -> Message:
        return Message(self, self._complete(values))

    def _complete(self, values: dict[str, object]) -> dict[str, object]:
        expected = set(_PLACEHOLDER.findall(self.template))
        if expected != set(values):
            raise TypeError(f"message {self.code!r} takes {sorted(expected)}, got {sorted(values)}")
        return values


@dataclass(frozen=True, slots=True)
class FindingKind(MessageKind):
    """A kind of message that may be kept as a finding; `title` is what a list calls the kind.

    That a title exists is checked by types: findings take a `FindingMessage`, and only these
    kinds make one.
    """

    title: str

    def __call__(self, **values: object) -> FindingMessage:
        return FindingMessage(self, self._complete(values))


@dataclass(frozen=True, slots=True)
class Message:
    """One message with its values, ready to be rendered in a language."""

    kind: MessageKind
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        return self.kind.code

    def text(self, language: Language = "zh") -> str:
        """Render; a value that is itself a message is rendered in the same language."""
        return render(self.kind.template, self.values, language)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class FindingMessage(Message):
    """A message of a kind that has a title."""


_KINDS: dict[str, MessageKind] = {}


def _same_kind(kind: type[MessageKind], code: str, *texts: str) -> MessageKind:
    return _KINDS.get(code) or kind(code, *texts)


def declared_kinds() -> list[MessageKind]:
    """Every message kind of the modules imported so far, by code."""
    return [_KINDS[code] for code in sorted(_KINDS)]


def declared_kind(code: str) -> MessageKind | None:
    """The kind with the code; None when no module imported so far declares it."""
    return _KINDS.get(code)


def translate(text: str, language: Language) -> str:
    """Return the text in the language; a text without a translation stays Chinese."""
    return text if language == "zh" or not text else _catalogue(language).gettext(text)


def render(template: str, values: Mapping[str, object], language: Language = "zh") -> str:
    """Translate a template and fill its placeholders."""
    shown = {name: _show(value, language) for name, value in values.items()}
    return _PLACEHOLDER.sub(
        lambda match: shown.get(match[1], match[0]), translate(template, language)
    )


def _show(value: object, language: Language) -> str:
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, list | tuple):
        separator = "、" if language == "zh" else ", "
        return separator.join(_show(item, language) for item in value)
    return str(value)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    path = resources.files("banzi") / "locale" / language / "LC_MESSAGES" / "banzi.mo"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)
