"""Whether a folder may take a backup, asked before Django makes files of its own there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

FOLDER_NOT_EMPTY = MessageKind(
    "backup/folder-not-empty", _("“{folder}”不是空文件夹，为免覆盖不予恢复；请换一个新文件夹")
)


def refuse_full_folder(home: Path) -> None:
    """Raise BanziError unless the folder is new or empty; before Django makes anything in it."""
    if home.exists() and (not home.is_dir() or next(home.iterdir(), None) is not None):
        raise BanziError(FOLDER_NOT_EMPTY(folder=home))


@contextmanager
def empty_unless_done(home: Path) -> Iterator[None]:
    """Refuse a folder with anything in it; leave it as it was when what fills it fails.

    Raises
    ------
    BanziError
        `backup/folder-not-empty`
    """
    refuse_full_folder(home)
    was_there = home.exists()
    try:
        yield
    except BaseException:
        _close_database()
        for path in home.iterdir() if home.is_dir() else ():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if not was_there and home.is_dir():
            home.rmdir()
        raise


def _close_database() -> None:
    """An open file cannot be removed everywhere; without Django there is none."""
    if "django.db" in sys.modules:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import connections

        try:
            connections.close_all()
        except (ImproperlyConfigured, BanziError):  # what failed may be the settings themselves
            return
