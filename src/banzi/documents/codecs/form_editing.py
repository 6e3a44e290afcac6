"""Changing single fields of a `.lrmx` file and no other byte of it.

The elements asked for are replaced in the text of the file; encoding, byte order mark, line ends,
order, picture and elements nobody defined stay as they are. The result is read again before it is
given out: unless exactly the fields asked for have changed, the edit is refused.

Not here: writing a form anew (`lrmx`), several files at once (`documents.comparing.batch`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from banzi.documents.codecs.form_texts import canonical_form, canonical_text
from banzi.documents.codecs.lrmx import (
    element_line,
    family_lines,
    read_written,
    write_form,
)
from banzi.documents.codecs.lrmx_elements import (
    COLUMN_OF,
    FAMILY,
    OPTIONAL,
    ORDER,
)
from banzi.documents.codecs.untrusted_xml import decoded
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS, RELATIVES

NOT_EDITABLE = MessageKind(
    "lrmx/not-editable",
    _("“{columns}”无法在原文件中单独改写（该栏重复、嵌套或写法特殊）；请在填表软件中修改"),
)

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<close>/?)(?P<name>[^\s/>!?]+)(?P<rest>[^<>]*?)(?P<empty>/?)>",
    re.DOTALL,
)
_ELEMENT_OF = {column: element for element, column in COLUMN_OF.items()}


def edit_form(
    data: bytes,
    file_name: str,
    fields: Mapping[str, str],
    family: tuple[FamilyMember, ...] | None = None,
) -> bytes:
    """The file with these fields changed.

    Parameters
    ----------
    fields
        Column of `persons` → new text; "" blanks the field.
    family
        The new lines of the family, None to leave them.

    Raises
    ------
    BadInput
        `lrmx/not-editable`, `lrmx/bad-character`, and as `read_form`.
    """
    before = read_written(data, file_name).form
    fields = {column: canonical_text(column, text) for column, text in fields.items()}
    wanted = canonical_form(
        Form(
            {**before.fields, **fields},
            before.family if family is None else family,
            before.photo,
            before.extras,
        )
    )
    write_form(wanted)  # refuses what no file can hold
    text, encoding = decoded(data, file_name)
    newline = "\r\n" if "\r\n" in text else "\n"
    for column, value in fields.items():
        element = _ELEMENT_OF[column]
        text = _replaced(text, element, element_line(element, value, 0), newline)
    if family is not None:
        text = _replaced(text, FAMILY, newline.join(family_lines(wanted.family)).strip(), newline)
    made = _encoded(text, data, encoding)
    if not _is_as_wanted(made, file_name, wanted):
        message = NOT_EDITABLE(columns=_labels(fields, family))
        raise BadInput([Problem(message, Location(file_name))])
    return made


def _is_as_wanted(made: bytes, file_name: str, wanted: Form) -> bool:
    try:
        written = read_written(made, file_name)
    except BadInput:
        return False
    return written.form == wanted


def _labels(fields: Mapping[str, str], family: object) -> list[str]:
    labels = [PERSONS[column].zh for column in fields]
    return labels if family is None else [*labels, RELATIVES.zh]


def _encoded(text: str, data: bytes, encoding: str) -> bytes:
    if encoding == "UTF-16":
        mark = data[:2]
        name = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
        return mark + text.encode(name)
    if encoding == "GB18030":
        return text.encode("gb18030")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode("utf-8")


def _replaced(text: str, element: str, made: str, newline: str) -> str:
    """The text with one child of the root replaced, or put in its place where it is missing.

    Line breaks inside a value become those of the file.
    """
    made = made.replace("\r\n", "\n").replace("\n", newline)
    places = _children(text)
    if spans := [span for name, span in places if name == element]:
        (start, end) = spans[0]
        opening = re.match(r"<[^<>]*>", text[start:end])
        if opening is not None and made.startswith(f"<{element}>"):
            head = opening[0][:-2].rstrip() + ">" if opening[0].endswith("/>") else opening[0]
            made = head + made.removeprefix(f"<{element}>")
        return text[:start] + made + text[end:]
    order = [*ORDER, *OPTIONAL]
    earlier = set(order[: order.index(element)])
    before = [span for name, span in places if name in earlier]
    if before:
        start, end = before[-1]
        line = text.rfind("\n", 0, start) + 1
        indent = text[line:start] if not text[line:start].strip() else ""
        return text[:end] + (newline + indent if indent or line else "") + made + text[end:]
    root = next(match for match in _MARKUP.finditer(text) if match["name"])
    return text[: root.end()] + newline + "  " + made + text[root.end() :]


def _children(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Children of the root element in order: name, and where their markup starts and ends."""
    found: list[tuple[str, tuple[int, int]]] = []
    depth, start = 0, 0
    for match in _MARKUP.finditer(text):
        if not match["name"]:
            continue
        if match["close"]:
            depth -= 1
            if depth == 1:
                found.append((match["name"], (start, match.end())))
        elif match["empty"]:
            if depth == 1:
                found.append((match["name"], (match.start(), match.end())))
        else:
            if depth == 1:
                start = match.start()
            depth += 1
    return found
