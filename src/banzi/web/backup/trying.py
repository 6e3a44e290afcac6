"""A backup checked, and restored into a new folder of its own, beside the site that goes on working.

Restoring runs as a process of its own, as `banzi restore` does, since a process belongs to one folder for
good. The restored copy has its database in that folder, whatever the site itself uses.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.web.backup.making import backups
from banzi.web.backup.restoring import check_backup

NOT_THERE = MessageKind("backup/not-there", _("备份文件“{name}”不在备份文件夹里；请刷新页面"))
NOT_RESTORED = MessageKind("backup/not-restored", _("没有恢复：{reason}"))
RESTORING = MessageKind("backup/restoring-aside", _("恢复到新文件夹并核对操作记录"))
_RESTORE = (sys.executable, "-m", "banzi", "site", "restore-aside")
_LOOK_EACH = 0.3
_CODE = re.compile(r"^:: \S+ ")
"""What the terminal puts before a message, for programs that read it."""
_OWN_PLACE = ("BANZI_HOME", "BANZI_DATABASE", "DJANGO_SETTINGS_MODULE")
"""Variables that say where the site itself keeps its own; see `config.place`."""


def listed_backups() -> list[Path]:
    """The backups in the folder of backups, the newest name first."""
    found = (path for path in backups().glob("*.zip") if not path.name.startswith("."))
    return sorted((path for path in found if path.is_file()), reverse=True)


def backup_named(name: str) -> Path:
    """One of the listed backups; nothing outside of their folder has a name here.

    Raises
    ------
    BanziError
        `backup/not-there`
    """
    for path in listed_backups():
        if path.name == name:
            return path
    raise BanziError(NOT_THERE(name=name))


def checked(name: str, progress: Progress) -> dict[str, Any]:
    """What a whole backup holds: when it was made, acts, rows of each table, number of files.

    Raises
    ------
    BadInput
        Every part that is missing, changed or too many.
    """
    manifest = check_backup(backup_named(name), progress)
    parts = manifest["parts"]
    rows = {
        part.removeprefix("tables/").removesuffix(".jsonl"): told["rows"]
        for part, told in parts.items()
        if part.startswith("tables/")
    }
    return {
        "name": name,
        "made_at": manifest["made_at"],
        "acts": manifest["acts"],
        "with_key": manifest["with_key"],
        "rows": rows,
        "files": sum(part.startswith("files/") for part in parts),
    }


def restored(name: str, now: datetime, progress: Progress) -> Path:
    """Restore into a new folder below the site's own; the folder. Nothing is left of what fails.

    Raises
    ------
    BanziError
    """
    file = backup_named(name)
    folder = Path(settings.BANZI_HOME) / "restored" / f"{file.stem}-{now:%Y%m%d-%H%M%S}"
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    command = [*_RESTORE, str(file), "--home", str(folder)]
    environment = {key: value for key, value in os.environ.items() if key not in _OWN_PLACE}
    environment |= {"PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "banzi.web.config.settings"}
    progress.start(RESTORING())
    with _ended(command, environment) as process:
        while process.poll() is None:
            progress.advance(0)  # where a wish to stop is heard
            time.sleep(_LOOK_EACH)
        told, broke = ((each.read() if each else b"") for each in (process.stdout, process.stderr))
    if process.returncode:
        raise BanziError(NOT_RESTORED(reason=_reason(told, broke) or process.returncode))
    return folder


def _reason(told: bytes, broke: bytes) -> Message | str:
    """What the process refused, to be said in any language; else the last it wrote, "" for nothing."""
    try:
        refused = pickle.loads(told)  # noqa: S301 - written by our own child
    except (EOFError, pickle.UnpicklingError):
        refused = None
    if isinstance(refused, Message):
        return refused
    lines = broke.decode("utf-8", "replace").strip().splitlines()
    return _CODE.sub("", lines[-1]) if lines else ""


@contextmanager
def _ended(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is told to stop, and clears up after itself, when the block fails."""
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise
