"""How many wrong tokens came from an address lately, counted alike by every process of the site.

    HOME/wrong-tokens/DIGEST    a byte for each; DIGEST is of the address

A file counts until none was added to it for as long as a lock lasts. It grows up to the number
that is too many, so a flood neither fills the disk nor keeps its own file alive.

Sign-ins are counted apart (`accounts.addresses`), for another reason and so by other rules: people
guess passwords, which goes on as fast as a window of time lets it and which no right one excuses.
A token cannot be guessed; what comes in numbers is a program that goes on with an old one, and only
the log has to be kept from it. So the count ends with quiet instead of with a window, and writes
nothing into the database, where one writes at a time.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from banzi.web.accounts.policy import policy

_MANY = 4
"""Times the wrong passwords allowed: so many wrong tokens may come from one address."""


def too_many_from(address: str) -> bool:
    """Whether so many wrong tokens came from an address that further ones are not looked at."""
    return _count(_file(address)) > _MANY * policy().failures


def count_wrong(address: str) -> None:
    """One more wrong token came from there."""
    if too_many_from(address):
        return
    file = _file(address)
    if not _count(file):
        _forget_old(file.parent)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, b".")
    finally:
        os.close(handle)


def forget_wrong() -> None:
    """Count anew, from every address."""
    for file in _folder().iterdir():
        file.unlink(missing_ok=True)


def _count(file: Path) -> int:
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0
    return 0 if _is_old(found) else found.st_size


def _is_old(found: os.stat_result) -> bool:
    return time.time() - found.st_mtime > policy().lock_minutes * 60


def _forget_old(folder: Path) -> None:
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another process was first
            if _is_old(file.stat()):
                file.unlink()


def _file(address: str) -> Path:
    return _folder() / sha256(address.encode()).hexdigest()[:32]


def _folder() -> Path:
    folder: Path = settings.BANZI_HOME / "wrong-tokens"
    folder.mkdir(exist_ok=True)
    return folder
