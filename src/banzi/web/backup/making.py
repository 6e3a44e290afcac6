"""A backup: one zip file with a manifest of hashes, of one moment, while everybody goes on working.

manifest.json            format, version, made_at, end of the chain, rows and SHA-256 of each part
tables/<table>.jsonl     a line of column names, then a line a row
files/<path>             photos, files of imports, plans, lines of reads not sealed yet
secret-key               only when asked for: who has it can forge sessions and read the secrets
                         of the second factor; without it these are set up anew
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from banzi.kernel.files import replacing_file, sha256_of
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.web.audit.models import Act
from banzi.web.backup.tables import kept_models, write_rows
from banzi.web.records.reading_tables import one_moment

FORMAT, VERSION = "banzi-backup", 1
MANIFEST, KEY = "manifest.json", "secret-key"
FOLDERS = ("photos", "evidence", "sources", "plans", "reads", "imports")
SAVING = MessageKind("backup/saving", _("备份数据表"))
COPYING = MessageKind("backup/copying", _("备份照片和文件"))


def make_backup(
    target: Path, made_at: datetime, *, with_key: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Write the backup, whole or not at all; its manifest."""
    home, listener = Path(settings.BANZI_HOME), progress or Silent()
    parts: dict[str, dict[str, Any]] = {}
    with (
        replacing_file(target) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        with one_moment():
            end = end_of_record()
            for model in tracked(kept_models(), listener, SAVING(), len(kept_models())):
                table = model._meta.db_table
                with archive.open(f"tables/{table}.jsonl", "w", force_zip64=True) as stream:
                    hashed = _Hashed(stream)
                    rows = write_rows(model, hashed.write)
                parts[f"tables/{table}.jsonl"] = {"rows": rows, "sha256": hashed.hexdigest()}
        # After the rows: what a row names was there before the row was.
        files = list(_files(home, with_key))
        for path in tracked(files, listener, COPYING(), len(files)):
            name = KEY if path == home / KEY else f"files/{path.relative_to(home).as_posix()}"
            parts[name] = {"sha256": _put(archive, path, name)}
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": made_at.isoformat(),
            "database": connection.vendor,
            "acts": end[0],
            "digest": end[1],
            "with_key": with_key,
            "parts": parts,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    target.chmod(0o600)
    return {**manifest, "sha256": sha256_of(target), "size": target.stat().st_size}


def end_of_record() -> tuple[int, str]:
    """Number and digest of the last act; (0, "") where there is none yet."""
    return Act.objects.order_by("-seq").values_list("seq", "digest").first() or (0, "")


def backups() -> Path:
    """Where backups that were asked for on the site lie."""
    return Path(settings.BANZI_HOME) / "backups"


def backups_made() -> Path:
    """The same, there for a file to be put into."""
    backups().mkdir(mode=0o700, exist_ok=True)
    return backups()


def name_of(made_at: datetime) -> str:
    return f"banzi-{made_at:%Y%m%d-%H%M%S}.zip"


def _files(home: Path, with_key: bool) -> Iterator[Path]:
    for name in FOLDERS:
        folder = home / name
        if folder.is_dir():
            found = (path for path in folder.rglob("*") if path.is_file())
            yield from sorted(path for path in found if not _is_passing(path.relative_to(home)))
    if with_key and (home / KEY).is_file():
        yield home / KEY


def _is_passing(path: Path) -> bool:
    """Half-written files of others."""
    return any(part.startswith(".") for part in path.parts)


def _put(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    """Copy a file in; the hash is of the bytes that went in, should it grow meanwhile."""
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as stream:
        hashed = _Hashed(stream)
        shutil.copyfileobj(source, hashed)
    return hashed.hexdigest()


class _Hashed:
    """Writes on and keeps the hash of what went through."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._digest = stream, hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self._digest.update(data)
        return self._stream.write(data)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()
