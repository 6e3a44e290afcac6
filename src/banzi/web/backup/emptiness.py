"""Whether a folder may take a backup; asked before Django, which makes files of its own there."""

from __future__ import annotations

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
