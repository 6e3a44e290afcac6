"""Fields in a text: `{{姓名}}`, and blocks `{{#名单}} … {{/名单}}`; what is wrong with them.

Braces may be full-width, since Chinese keyboards type them. Checking is apart from filling: every
flaw of a template is told, with its place, before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from banzi.documents.papers.filling.fields import FAMILY, PERSON_LIST, PHOTO, names_in
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

UNKNOWN_FIELD = MessageKind(
    "filling/unknown-field",
    _(
        "没有“{name}”这一字段{similar}；全部字段用 banzi papers fields 查看，自定字段用 --set 给出内容"
    ),
)
SIMILAR_FIELDS = MessageKind("filling/similar-fields", _("，相近的有：{names}"))
ONLY_IN_BLOCK = MessageKind(
    "filling/only-in-block",
    _("“{name}”应写在“{opening}”与“{closing}”之间"),
)
UNKNOWN_BLOCK = MessageKind(
    "filling/unknown-block", _("没有“{name}”这样的重复段；可用的有：{blocks}")
)
NOT_CLOSED = MessageKind("filling/not-closed", _("“{opening}”没有对应的“{closing}”；请补上"))
NOT_OPENED = MessageKind("filling/not-opened", _("“{closing}”之前没有对应的“{opening}”；请补上"))
NESTED = MessageKind("filling/nested", _("“{opening}”不能写在“{outer}”之内；请分开"))
BROKEN_BRACES = MessageKind(
    "filling/broken-braces", _("“{text}”处的大括号不成对；字段应写成如“{example}”")
)
NO_FIELDS = MessageKind(
    "filling/no-fields", _("模板中没有任何字段；请在要填的位置写上如“{example}”的字段")
)

EXAMPLE = "{{姓名}}"
MARKER = re.compile(r"(?:\{\{|｛｛)\s*([#/]?)\s*([^{}｛｝]*?)\s*(?:\}\}|｝｝)")
PHOTO_SIZE = re.compile(PHOTO + r"\s*(\d{1,3})\s*[×xX*]\s*(\d{1,3})")
_LEFT_OVER = re.compile(r"\{\{|\}\}|｛｛|｝｝")
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Marker:
    """A field or one end of a block: where it stands in its text, and what it names."""

    kind: Literal["field", "open", "close"]
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of a template (paragraph, cell) and where a person finds it."""

    text: str
    at: Location


def markers_in(text: str) -> Iterator[Marker]:
    """The markers of a text, in order."""
    for match in MARKER.finditer(text):
        kind: Literal["field", "open", "close"] = "field"
        if match[1]:
            kind = "open" if match[1] == "#" else "close"
        yield Marker(kind, match[2], *match.span())


def is_photo(name: str) -> bool:
    return name == PHOTO or PHOTO_SIZE.fullmatch(name) is not None


def lists_persons(texts: Iterable[str]) -> bool:
    """Whether a template is for a list of persons in one file, not for one person a file."""
    return any(
        marker.kind == "open" and marker.name == PERSON_LIST
        for text in texts
        for marker in markers_in(text)
    )


def check_markers(
    placed: Collection[Placed], given: Collection[str], log: ProblemLog, whole: Location
) -> None:
    """Log every flaw of a template; `given` are fields the user named himself."""
    listing = lists_persons(each.text for each in placed)
    fields = {PERSON_LIST: names_in(PERSON_LIST), FAMILY: names_in(FAMILY)}
    anywhere = names_in("") | set(given)
    if not listing:
        anywhere |= fields[PERSON_LIST]
    known = anywhere | fields[PERSON_LIST] | fields[FAMILY]
    opened: list[tuple[str, Location]] = []
    found = False
    for each in placed:
        for flaw in _LEFT_OVER.finditer(MARKER.sub(lambda match: "\0" * len(match[0]), each.text)):
            shown = each.text[max(0, flaw.start() - _AROUND) : flaw.end() + _AROUND]
            log.add(BROKEN_BRACES(text=shown, example=EXAMPLE), each.at)
        for marker in markers_in(each.text):
            found = True
            if marker.kind == "open":
                _open(marker.name, opened, each.at, log)
            elif marker.kind == "close":
                _close(marker.name, opened, each.at, log)
            else:
                inside = {name for name, _at in opened}
                allowed = anywhere.union(*(fields.get(name, frozenset()) for name in inside))
                _field(marker.name, allowed, known, fields[FAMILY], each.at, log)
    for name, at in opened:
        log.add(NOT_CLOSED(opening=_opening(name), closing=_closing(name)), at)
    if not found and not len(log):
        log.add(NO_FIELDS(example=EXAMPLE), whole)


def _open(name: str, opened: list[tuple[str, Location]], at: Location, log: ProblemLog) -> None:
    if name not in (PERSON_LIST, FAMILY):
        log.add(UNKNOWN_BLOCK(name=name, blocks=[PERSON_LIST, FAMILY]), at)
    elif opened:
        log.add(NESTED(opening=_opening(name), outer=_opening(opened[-1][0])), at)
    opened.append((name, at))


def _close(name: str, opened: list[tuple[str, Location]], at: Location, log: ProblemLog) -> None:
    if opened and opened[-1][0] == name:
        opened.pop()
    else:
        log.add(NOT_OPENED(opening=_opening(name), closing=_closing(name)), at)


def _field(
    name: str,
    allowed: Collection[str],
    known: Collection[str],
    of_family: Collection[str],
    at: Location,
    log: ProblemLog,
) -> None:
    wanted = PHOTO if is_photo(name) else name
    if wanted in allowed:
        return
    if wanted in known:
        block = PERSON_LIST if wanted in names_in(PERSON_LIST) else FAMILY
        log.add(ONLY_IN_BLOCK(name=name, opening=_opening(block), closing=_closing(block)), at)
        return
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    near += [each for each in sorted(known) if name and (name in each or each in name)]
    similar: object = SIMILAR_FIELDS(names=list(dict.fromkeys(near))[:3]) if near else ""
    log.add(UNKNOWN_FIELD(name=name, similar=similar), at)


def _opening(name: str) -> str:
    return "{{#" + name + "}}"


def _closing(name: str) -> str:
    return "{{/" + name + "}}"
