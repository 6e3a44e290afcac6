"""Rows out of a table file whose writer does not escape what it writes.

The national system switches escaping off, so `<` and `&` stand bare in attribute values and no XML
parser takes the file. This scanner knows only what these files hold: elements with attributes. A
quote ends a value where the element or the next attribute follows. References to characters are
resolved; entities of the file's own do not exist, and a DTD is refused.

Both forms are read: `<data><row …/>` and the older ADO rowset, `<rs:data><z:row …/>`, whose changes
(`rs:insert`, `rs:update`, `rs:delete`) are applied. Not here: what attributes mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from banzi.documents.codecs.untrusted_xml import HAS_DOCTYPE
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

BROKEN_ROW = MessageKind(
    "package/broken-row", _("第{row}条记录不完整或有重复的项，无法读取；请从原系统重新导出")
)
NOT_XML = MessageKind("package/not-xml", _("不是数据表（XML）；请从原系统重新导出"))
TRUNCATED = MessageKind("package/truncated", _("数据表不完整，末尾缺失；请从原系统重新导出"))

Attributes = dict[str, str]

_NAME = r"[A-Za-z_][\w.:-]{0,60}"
_ELEMENT = re.compile(
    r"<!--|<(/?)(?:[A-Za-z_][\w.-]{0,20}:)?"
    r"(row|node|AttributeType|original|update|insert|delete)(?=[\s/>])"
)
_ATTRIBUTE = re.compile(rf"\s*({_NAME})\s*=\s*([\"'])")
_END = re.compile(r"\s*(/?)>")
_CLOSING = {quote: re.compile(rf"{quote}(?=\s*/?>|\s+{_NAME}\s*=\s*[\"'])") for quote in ("'", '"')}
_WITHIN = re.compile(r"<(?:\w{1,20}:)?(?:row|node)\s")
_ROOT = re.compile(r"(?:\s|<\?[^>]{0,400}\?>|<!--(?:[^-]|-(?!->))*-->)*<([A-Za-z_][\w.:-]{0,60})")
_EMPTY_ROOT = re.compile(r"[^<>]{0,2000}/>\s*")
_LAST = re.compile(r"</([A-Za-z_][\w.:-]{0,60})\s*>\s*\Z")
_DEFINITION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6}));")
_MOST_BROKEN = 50
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@dataclass(slots=True)
class _Changes:
    """Where in the changes of an ADO rowset the scanner stands."""

    deleted: bool = False
    original: bool = False
    updated: bool = False
    before: Attributes = field(default_factory=dict)


def rows_of(
    text: str, at: Location, problems: ProblemLog, element: str = "row"
) -> Iterator[tuple[int, Attributes]]:
    """Rows with their number in the file, counted from 1; `element` may be `node` (gwyinfo.xml).

    Problems go to `problems` at the row: `package/broken-row`, `package/not-xml`,
    `package/truncated`, `xml/doctype`. After 50 broken rows the rest is left unread.
    """
    root = _ROOT.match(text)
    if root is None and not _DEFINITION.search(text, 0, 4000):
        problems.add(NOT_XML(), at)
        return
    first = _ELEMENT.search(text)
    if _DEFINITION.search(text, 0, first.start() if first else len(text)):
        problems.add(HAS_DOCTYPE(), at)
        return
    if root is None or not _is_whole(text, root):
        problems.add(TRUNCATED(), at)
        return
    names: dict[str, str] = {}
    changes = _Changes()
    number, position, broken = 0, 0, 0
    while found := _ELEMENT.search(text, position):
        if found[0] == "<!--":
            position = text.find("-->", found.end())
            if position < 0:
                problems.add(TRUNCATED(), at)
                return
            continue
        kind = found[2]
        if kind not in (element, "AttributeType"):
            ended = text.find(">", found.end())
            position = found.end() if ended < 0 else ended + 1
            _enter(changes, kind, opened=not found[1] and text[position - 2] != "/")
            continue
        if found[1]:
            position = found.end()
            continue
        number += kind == element
        attributes, position = _attributes(text, found.end())
        if attributes is None:
            problems.add(BROKEN_ROW(row=number), Location(at.file, at.sheet, number))
            broken += 1
            if broken == _MOST_BROKEN:  # each may have been searched to the end of the file
                return
        elif kind == "AttributeType":
            if (column := attributes.get("rs:name")) and (short := attributes.get("name")):
                names[short] = column
        else:
            row = {names.get(name, name): value for name, value in attributes.items()}
            if (told := _applied(changes, row)) is not None:
                yield number, told


def _is_whole(text: str, root: re.Match[str]) -> bool:
    """Whether the element the file begins with is also the last to end."""
    last = _LAST.search(text, max(0, len(text) - 400))
    return (last is not None and last[1] == root[1]) or bool(
        _EMPTY_ROOT.fullmatch(text, root.end())
    )


def _attributes(text: str, position: int) -> tuple[Attributes | None, int]:
    """Attributes up to the end of the element, and where it ends; None when it is broken."""
    attributes: Attributes = {}
    while not (ended := _END.match(text, position)):
        begun = _ATTRIBUTE.match(text, position)
        closed = _CLOSING[begun[2]].search(text, begun.end()) if begun else None
        if begun is None or closed is None:
            return None, position
        value = text[begun.end() : closed.start()]
        if begun[1] in attributes or _WITHIN.search(value):
            return None, begun.end()
        attributes[begun[1]] = _REFERENCE.sub(_character, value)
        position = closed.end()
    return attributes, ended.end()


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return _NAMED[found[1]]
    code = int(found[2]) if found[2] else int(found[3], 16)
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if allowed else found[0]


def _enter(changes: _Changes, kind: str, *, opened: bool) -> None:
    match kind:
        case "delete":
            changes.deleted = opened
        case "original":
            changes.original = opened
        case "update":
            changes.updated = opened
            changes.before = {}


def _applied(changes: _Changes, row: Attributes) -> Attributes | None:
    """The row as it is after the changes; None for one that is gone or only tells what was."""
    if changes.deleted:
        return None
    if changes.original:
        changes.before = row
        return None
    if changes.updated:
        return {**changes.before, **row}
    return row
