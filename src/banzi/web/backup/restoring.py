"""A backup back into an empty place, checked before and after.

Before anything is written every part is held against the manifest; afterwards the chain of acts and
the tables against it. What fails the second check is removed again.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from banzi.kernel.errors import BadInput, BanziError, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.web.audit.verifying import verify
from banzi.web.backup.making import FOLDERS, FORMAT, KEY, MANIFEST, VERSION, end_of_record
from banzi.web.backup.tables import (
    kept_models,
    read_rows,
    reset_numbers,
    without_triggers,
)

NOT_A_BACKUP = MessageKind("backup/not-a-backup", _("不是备份文件，或已损坏，无法打开"))
OTHER_VERSION = MessageKind(
    "backup/other-version",
    _("备份格式版本为{found}，本程序能恢复的版本为{expected}；请用相应版本的程序"),
)
PART_CHANGED = MessageKind(
    "backup/part-changed", _("备份中的“{name}”缺失或与清单的校验值不符；请改用另一份备份")
)
PART_EXTRA = MessageKind("backup/part-extra", _("备份中多出清单上没有的“{name}”，不予恢复"))
DATABASE_NOT_EMPTY = MessageKind(
    "backup/database-not-empty", _("数据库中已有内容，为免覆盖不予恢复；请换一个空的数据库")
)
CHAIN_BROKEN = MessageKind(
    "backup/chain-broken", _("恢复后核对操作记录，发现{count}处不符（首处：{first}），已撤销恢复")
)
CHECKING = MessageKind("backup/checking", _("核对备份"))
RESTORING = MessageKind("backup/restoring", _("恢复数据表"))
_PATH = re.compile(rf"files/({'|'.join(FOLDERS)})/[^\\:]+")
_BLOCK = 1 << 20


def check_backup(file: Path, progress: Progress | None = None) -> dict[str, Any]:
    """The manifest of a backup that is whole.

    Raises
    ------
    BadInput
        Every part that is missing, changed or too many.
    """
    at, problems = Location(str(file)), ProblemLog()
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise ValueError(manifest["format"])
            if manifest["version"] != VERSION:
                found = OTHER_VERSION(found=manifest["version"], expected=VERSION)
                raise BadInput([Problem(found, at)])
            parts: dict[str, dict[str, Any]] = manifest["parts"]
            for name in sorted(set(archive.namelist()) - {MANIFEST, *parts}):
                problems.add(PART_EXTRA(name=name), at)
            for name in tracked(parts, progress or Silent(), CHECKING(), len(parts)):
                if not _is_allowed(name) or _hash_in(archive, name) != parts[name]["sha256"]:
                    problems.add(PART_CHANGED(name=name), at)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise BadInput([Problem(NOT_A_BACKUP(), at)]) from None
    problems.stop_if_any()
    return manifest


def restore(file: Path, home: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Fill an empty database and folder from a backup; its manifest. Django is set up for `home`.

    Call inside `emptiness.empty_unless_done`, which clears the folder of what failed.

    Raises
    ------
    BadInput
        The backup is not whole; nothing was written.
    BanziError
        The database is not empty, or what was restored does not hold; nothing is left of it.
    """
    listener = progress or Silent()
    manifest = check_backup(file, listener)
    if connection.introspection.table_names():
        raise BanziError(DATABASE_NOT_EMPTY())
    try:
        call_command("migrate", interactive=False, verbosity=0)
        with zipfile.ZipFile(file) as archive:
            with transaction.atomic(), without_triggers():
                for model in tracked(kept_models(), listener, RESTORING(), len(kept_models())):
                    name = f"tables/{model._meta.db_table}.jsonl"
                    if name in manifest["parts"]:
                        with archive.open(name) as stream:
                            read_rows(model, stream)
                reset_numbers()
            _put_files(archive, manifest["parts"], home)
        call_command("migrate", interactive=False, verbosity=0)  # makes the triggers anew
        _hold_to_chain(manifest, listener)
    except BaseException:
        _clear_database()
        raise
    return manifest


def _hold_to_chain(manifest: dict[str, Any], progress: Progress) -> None:
    flaws = verify(progress=progress)
    if end_of_record() != (manifest["acts"], manifest["digest"]) or flaws:
        first = flaws[0].message if flaws else ""
        raise BanziError(CHAIN_BROKEN(count=max(1, len(flaws)), first=first))


def _put_files(archive: zipfile.ZipFile, parts: dict[str, Any], home: Path) -> None:
    for name in parts:
        if name == KEY or name.startswith("files/"):
            target = home / name.removeprefix("files/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as stream:
                shutil.copyfileobj(source, stream)
            if name == KEY:
                target.chmod(0o600)


def _clear_database() -> None:
    """Leave no table of a restoring that failed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'DROP TABLE IF EXISTS "{table}" CASCADE')


def _is_allowed(name: str) -> bool:
    """Only tables, the key, and files below the folders of the site."""
    tables = {f"tables/{model._meta.db_table}.jsonl" for model in kept_models()}
    is_file = _PATH.fullmatch(name) is not None and ".." not in PurePosixPath(name).parts
    return name in tables or name == KEY or is_file


def _hash_in(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except (KeyError, OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        return ""
    return digest.hexdigest()
