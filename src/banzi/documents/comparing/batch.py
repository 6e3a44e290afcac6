"""Changing many files at once: all of them or none, with the originals kept and a way back.

Every new content is written beside its place first; then originals are copied to a dated folder
with a journal; only then are the files put in place. If one cannot be, those already changed are
given their originals back.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from banzi.kernel.errors import BadInput, BanziError, Location, Problem, ProblemLog
from banzi.kernel.files import sha256_of
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

CANNOT_WRITE = MessageKind(
    "batch/cannot-write",
    _("无法写入“{path}”（{reason}），全部改动已撤回；请检查权限，并关闭正在打开该文件的程序"),
)
NOT_A_BACKUP = MessageKind(
    "batch/not-a-backup", _("不是写回时留下的原件文件夹（缺少或无法读取 {journal}）；请核对路径")
)
CHANGED_SINCE = MessageKind(
    "batch/changed-since", _("写回之后此文件又有改动，未恢复任何文件；请先另存该文件再恢复")
)
BACKUP_DAMAGED = MessageKind("batch/backup-damaged", _("保存的原件缺失或已改动，未恢复任何文件"))

JOURNAL = "写回记录.json"
_SUFFIX = ".bak"  # an original is no form: a later run over the folder must not read it


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: the folder with originals, files changed and files made."""

    folder: Path | None
    changed: tuple[Path, ...]
    made: tuple[Path, ...]


def write_batch(contents: Mapping[Path, bytes], backup_near: Path, day: date) -> Written:
    """Put new contents in place of files, or make files that are not there yet.

    Parameters
    ----------
    backup_near
        The dated folder of originals is made beside this path, and is named after it.

    Raises
    ------
    BanziError
        `batch/cannot-write`; every file is as it was then.
    """
    if not contents:
        return Written(None, (), ())
    old = [path for path in contents if path.exists()]
    new = [path for path in contents if not path.exists()]
    parts: dict[Path, Path] = {}
    done: list[Path] = []
    folder: Path | None = None
    path = backup_near
    try:
        for path, content in contents.items():
            parts[path] = _neighbour(path, content)
        path = backup_near
        folder = _keep(old, new, parts, backup_near, day)
        for path, part in parts.items():
            part.replace(path)
            done.append(path)
    except OSError as error:
        _give_back(done, old, folder)
        reason = error.strerror or str(error)
        raise BanziError(CANNOT_WRITE(path=path, reason=reason)) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return Written(folder, tuple(old), tuple(new))


def _neighbour(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", suffix=path.suffix, dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part = Path(name)
    part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    if path.exists() and not os.access(path, os.W_OK):
        part.unlink()
        raise PermissionError(13, "read-only", str(path))
    return part


def _keep(
    old: list[Path], new: list[Path], parts: Mapping[Path, Path], near: Path, day: date
) -> Path:
    number = 1
    while (folder := near.with_name(f"{near.stem}-原件-{day:%Y%m%d}-{number}")).exists():
        number += 1
    folder.mkdir(parents=True)
    changed = []
    for place, path in enumerate(old, start=1):
        kept = f"{place:04d}-{path.name}{_SUFFIX}"
        shutil.copy2(path, folder / kept)
        changed.append(
            {
                "file": str(path.resolve()),
                "kept": kept,
                "before": sha256_of(path),
                "after": sha256_of(parts[path]),
            }
        )
    made = [{"file": str(path.resolve()), "after": sha256_of(parts[path])} for path in new]
    journal = {"written_on": day.isoformat(), "changed": changed, "made": made}
    text = json.dumps(journal, ensure_ascii=False, indent=1)
    (folder / JOURNAL).write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder


def _give_back(done: list[Path], old: list[Path], folder: Path | None) -> None:
    for path in done:
        if path in old and folder is not None:
            shutil.copy2(folder / f"{old.index(path) + 1:04d}-{path.name}{_SUFFIX}", path)
        else:
            path.unlink(missing_ok=True)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def undo_batch(folder: Path) -> Written:
    """Put the originals back and take away what was made; the folder goes when all is done.

    Raises
    ------
    BadInput
        `batch/not-a-backup`; `batch/changed-since`, `batch/backup-damaged` for every such file,
        and then nothing is put back.
    """
    journal = _journal(folder)
    problems = ProblemLog()
    for each in journal["changed"]:
        path, kept = Path(each["file"]), folder / Path(each["kept"]).name
        if not kept.is_file() or sha256_of(kept) != each["before"]:
            problems.add(BACKUP_DAMAGED(), Location(str(kept)))
        if path.exists() and sha256_of(path) not in (each["after"], each["before"]):
            problems.add(CHANGED_SINCE(), Location(str(path)))
    for each in journal["made"]:
        path = Path(each["file"])
        if path.exists() and sha256_of(path) != each["after"]:
            problems.add(CHANGED_SINCE(), Location(str(path)))
    problems.stop_if_any()
    contents = {
        Path(each["file"]): (folder / Path(each["kept"]).name).read_bytes()
        for each in journal["changed"]
    }
    parts: dict[Path, Path] = {}
    path = folder
    try:
        for path, content in contents.items():
            parts[path] = _neighbour(path, content)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BanziError(CANNOT_WRITE(path=path, reason=reason)) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    gone = [Path(each["file"]) for each in journal["made"]]
    for made in gone:
        made.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    return Written(folder, tuple(contents), tuple(gone))


def _journal(folder: Path) -> dict[str, Any]:
    try:
        journal: dict[str, Any] = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
        for each in journal["changed"]:
            each["file"], each["kept"], each["before"], each["after"]
        for each in journal["made"]:
            each["file"], each["after"]
    except (OSError, ValueError, KeyError, TypeError):
        message = NOT_A_BACKUP(journal=JOURNAL)
        raise BadInput([Problem(message, Location(str(folder)))]) from None
    return journal
