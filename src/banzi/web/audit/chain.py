"""The digests of an act: SM3 over its changes in order, then over the digest before and the act.

Two steps, so that an import of a million rows is digested before the end of the chain is locked;
what happens under the lock does not grow with the act. Each part ends in a line feed, which JSON
escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SM3, Hash

if TYPE_CHECKING:
    from banzi.web.audit.models import Act

GENESIS = "0" * 64
"""What the first act has before it."""

CHANGE_FIELDS = ("table_name", "row_key", "person_id", "old", "new")
"""What is digested of a change, in this order."""


def changes_digest(changes: Iterable[Iterable[str | None]]) -> tuple[int, str]:
    """(number, hexadecimal digest) of changes, each the values of `CHANGE_FIELDS`."""
    digest, count = Hash(SM3()), 0
    for change in changes:
        digest.update(_line(*change))
        count += 1
    return count, digest.finalize().hex()


def act_digest(act: Act) -> str:
    """The digest of an act whose other fields are all there."""
    at = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    digest = Hash(SM3())
    digest.update(_line(act.seq, act.act_id, act.verb, at, act.by, act.by_name, act.person_id,
                        act.about, act.reason, act.source, act.changes, act.changes_digest,
                        act.previous))  # fmt: skip
    return digest.finalize().hex()


def reads_digest(lines: Iterable[str]) -> str:
    """The digest of lines of the log of reads, in order."""
    digest = Hash(SM3())
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.finalize().hex()


def _line(*parts: str | int | None) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
