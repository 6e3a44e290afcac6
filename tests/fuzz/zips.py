"""Changing a zip so that readers get past its checksums: part by part, packed anew.

Bytes flipped in a zip nearly always end at a wrong CRC. So three changes in four unpack the
archive, change one part and pack it again; the fourth changes the archive's own bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

_WHEN = (2026, 1, 1, 0, 0, 0)
_MOST_UNPACKED = 4 << 20

Mutate = Callable[[bytes, int], bytes]


def unpacked(data: bytes) -> dict[str, bytes]:
    """Name → bytes; empty for what is no zip, or one that is not worth unpacking."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > _MOST_UNPACKED:
                return {}
            return {info.filename: archive.read(info) for info in infos}
    except (
        zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError,
        RuntimeError, NotImplementedError, OverflowError, MemoryError,
    ):  # fmt: skip
        return {}


def is_heavy(data: bytes) -> bool:
    """Whether a zip says that it unpacks to so much that each try with it would take seconds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError):
        return False


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name[:200], _WHEN), content)
    return stream.getvalue()


def mutated_zip(data: bytes, largest: int, seed: int, mutate: Mutate) -> bytes:
    random = Random(seed)
    parts = unpacked(data)
    if not parts or random.random() < 0.25:
        return mutate(data, largest)
    name = random.choice(list(parts))
    room = max(16, largest - len(data) + len(parts[name]))
    match random.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[random.choice(list(parts))] = parts[name]
        case 2:
            renamed = mutate(name.encode("utf-8", "replace"), 60).decode("utf-8", "replace")
            parts[renamed.replace("\x00", "") or "x"] = parts.pop(name)
        case _:
            parts[name] = mutate(parts[name], room)
    try:
        changed = packed(parts)
    except (ValueError, OverflowError):
        return mutate(data, largest)
    return changed if len(changed) <= largest else mutate(data, largest)
