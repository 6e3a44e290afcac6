"""Ids that stay the same when the same files are imported again.

Crockford's base32 has no I, L, O and U, so an id survives being read aloud or typed from paper.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PERSON_LENGTH, SOURCE_LENGTH, FINDING_LENGTH = 8, 10, 10
LONG = 16
"""Length for persons whose shorter ids collide; there is no longer id."""
_BYTES = LONG * 5 // 8
_SHIFTS = range(LONG * 5 - 5, -1, -5)


def base32_of(text: str, length: int) -> str:
    """The first characters of the SHA-256 of a text in Crockford's base32."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    number = int.from_bytes(digest[:_BYTES], "big")
    return "".join([_ALPHABET[number >> shift & 31] for shift in _SHIFTS[:length]])


def person_ids(identities: Iterable[str]) -> dict[str, str]:
    """Identity text → person id: `P` and 8 characters, 16 for those whose 8 are shared."""
    wanted = list(dict.fromkeys(identities))
    short: dict[str, list[str]] = {}
    for identity in wanted:
        short.setdefault(base32_of(identity, PERSON_LENGTH), []).append(identity)
    return {
        identity: "P" + (base32_of(identity, LONG) if len(sharing) > 1 else code)
        for code, sharing in short.items()
        for identity in sharing
    }


def source_id(sha256: str) -> str:
    return "S" + base32_of(sha256, SOURCE_LENGTH)


def finding_id(*parts: object) -> str:
    """Id of a finding by what it says, not by the file that says it."""
    return "F" + base32_of(json.dumps(parts, ensure_ascii=False, default=str), FINDING_LENGTH)
