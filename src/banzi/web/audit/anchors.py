"""Ends of the chain kept elsewhere: who owns the database can rewrite it whole, but not these.

An anchor is the number, digest and time of an act. It goes to a file (one JSON object a line) and to
a slip of paper that the auditor signs and keeps; a later check is held against both.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.audit.models import Act

BAD_ANCHOR = MessageKind(
    "audit/bad-anchor", _("不是锚点：每行应是一个 JSON 对象，有 seq、digest（64位）和 at 三项")
)
NO_ANCHORS = MessageKind("audit/no-anchors", _("锚点文件不存在或是空的，请核对路径"))
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One end of the chain: number and digest of an act, and when it was done (ISO 8601)."""

    seq: int
    digest: str
    at: str

    def as_line(self) -> str:
        return json.dumps({"seq": self.seq, "digest": self.digest, "at": self.at}) + "\n"

    @property
    def printed(self) -> list[str]:
        """The digest in groups of eight, as people compare it."""
        return [self.digest[start : start + 8] for start in range(0, 64, 8)]


def end_of_chain() -> Anchor | None:
    """The last act as an anchor; None while there is none."""
    last = Act.objects.order_by("-seq").first()
    return (
        Anchor(last.seq, last.digest, timezone.localtime(last.at).isoformat(timespec="seconds"))
        if last
        else None
    )


def append_anchor(file: Path, anchor: Anchor) -> None:
    """Write an anchor behind those that a file holds."""
    with file.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(anchor.as_line())


def read_anchors(file: Path) -> list[Anchor]:
    """The anchors of a file; see `parse_anchors`."""
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    return parse_anchors(text, str(file))


def parse_anchors(text: str, name: str) -> list[Anchor]:
    """The anchors of a text that came from a file of this name.

    Raises
    ------
    BadInput
        With every line that is no anchor, or when there is none at all.
    """
    found, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        anchor = _anchor(line)
        if anchor is not None:
            found.append(anchor)
        elif line.strip():
            problems.append(Problem(BAD_ANCHOR(), Location(name, row=number)))
    if not found and not problems:
        problems.append(Problem(NO_ANCHORS(), Location(name)))
    if problems:
        raise BadInput(problems)
    return found


def _anchor(line: str) -> Anchor | None:
    try:
        given = json.loads(line)
        seq, digest, at = given["seq"], given["digest"], given["at"]
    except (ValueError, KeyError, TypeError):
        return None
    well = isinstance(seq, int) and isinstance(digest, str) and isinstance(at, str)
    return Anchor(seq, digest, at) if well and seq > 0 and _DIGEST.fullmatch(digest) else None
