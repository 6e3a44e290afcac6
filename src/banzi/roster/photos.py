"""Photos by content: each stands once, in a file named by its SHA-256, and is read when asked for.

A hundred thousand photos are gigabytes, and whoever wants figures wants none of them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

CHANGED_OUTSIDE = MessageKind(
    "roster/changed-outside",
    _("文件内容与清单中的校验值不符，花名册可能被改动或损坏；请从备份恢复或重新导入"),
)


class PhotoFolder(Mapping[str, bytes]):
    """SHA-256 → bytes of a picture, read from a folder that holds them under that name.

    Parameters
    ----------
    folder
        Where the files are.
    digests
        Which of them belong to the roster.
    passing
        Whether the folder is about to go, so that files are moved out of it instead of copied.
    """

    def __init__(self, folder: Path, digests: Iterable[str], *, passing: bool = False) -> None:
        self._folder = folder
        self._digests = dict.fromkeys(sorted(digests))
        self._passing = passing

    def __getitem__(self, digest: str) -> bytes:
        """The picture; raises BadInput when its file has changed or gone meanwhile."""
        if digest not in self._digests:
            raise KeyError(digest)
        path = self._folder / digest
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != digest:
            raise BadInput([Problem(CHANGED_OUTSIDE(), Location(str(path)))])
        return data

    def __contains__(self, digest: object) -> bool:
        return digest in self._digests

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def give(self, digest: str, target: Path) -> None:
        """Place the picture at a new path."""
        if self._passing:
            shutil.move(self._folder / digest, target)
        else:
            shutil.copyfile(self._folder / digest, target)


def keep_photo(data: bytes, digest: str, folder: Path) -> None:
    """Write a picture under its name, once; several processes may do so at the same time."""
    target = folder / digest
    if target.exists():
        return
    part = folder / f".{digest}-{os.getpid()}"
    part.write_bytes(data)
    part.replace(target)
