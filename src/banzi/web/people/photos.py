"""Files kept by content under HOME: photos and scans. The database holds their SHA-256."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from banzi.roster.photos import keep_photo

_DIGEST = re.compile(r"[0-9a-f]{64}")
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
"""What a file begins with → what it is; nothing else is taken."""


def folder(name: str) -> Path:
    """`photos` or `evidence` of this site, made when it is not there."""
    found: Path = settings.BANZI_HOME / name
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def media_type(data: bytes) -> str:
    """What a file is by its first bytes; "" for what is not taken."""
    return next((kind for begins, kind in _KINDS if data.startswith(begins)), "")


def keep(name: str, data: bytes) -> str:
    """Keep a file by content and give its digest."""
    digest = hashlib.sha256(data).hexdigest()
    keep_photo(data, digest, folder(name))
    return digest


def kept(name: str, digest: str) -> bytes | None:
    """The file of a digest; None when it is gone or is no longer what it was."""
    if not _DIGEST.fullmatch(digest):
        return None
    try:
        data = (folder(name) / digest).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


class KeptPhotos(Mapping[str, bytes]):
    """Photos of the site by SHA-256, for forms; one that is gone is not in it."""

    def __getitem__(self, digest: str) -> bytes:
        data = kept("photos", digest)
        if data is None:
            raise KeyError(digest)
        return data

    def __iter__(self) -> Iterator[str]:
        return (each.name for each in folder("photos").iterdir() if _DIGEST.fullmatch(each.name))

    def __len__(self) -> int:
        return sum(1 for _each in self)
