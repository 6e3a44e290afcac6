"""The digest of an act: SM3 over the digest before, the act's fields and its changes in order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SM3, Hash

if TYPE_CHECKING:
    from banzi.web.audit.models import Act, Change

GENESIS = "0" * 64
"""What the first act has before it."""


def act_digest(act: Act, changes: Iterable[Change]) -> tuple[int, str]:
    """(number of changes, hexadecimal digest); each part ends in a line feed, which JSON escapes."""
    digest, count = Hash(SM3()), 0
    for change in changes:
        digest.update(_line(change.table_name, change.row_key, change.person_id,
                            change.old, change.new))  # fmt: skip
        count += 1
    at = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    digest.update(_line(act.seq, act.act_id, act.verb, at, act.by, act.by_name, act.person_id,
                        act.about, act.reason, act.source, count, act.previous))  # fmt: skip
    return count, digest.finalize().hex()


def _line(*parts: str | int | None) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
