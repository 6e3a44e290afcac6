"""Where a site keeps what is its own: database, photos, rosters, key. One folder, one backup.

    HOME/banzi.sqlite3    the database (or another one, named by BANZI_DATABASE)
    HOME/secret-key       what signs sessions; made on first use, readable by its owner only
    HOME/photos/          pictures by SHA-256
    HOME/rosters/         rosters frozen from the database
    HOME/plans/           problems and plans

BANZI_HOME names the folder; without it, `banzi-data` in the folder one stands in.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HOME = "BANZI_HOME"
DATABASE = "BANZI_DATABASE"
_SQLITE_WAIT = 20
"""Seconds that a write waits for another one's end before it gives up."""


def home() -> Path:
    """The folder of this site, made when it is not there."""
    folder = Path(os.environ.get(HOME) or "banzi-data").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, kept in the folder, readable by its owner only."""
    file = folder / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the database: `postgresql://user:word@host:port/name`, else SQLite."""
    address = os.environ.get(DATABASE, "")
    if not address:
        return sqlite(folder / "banzi.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"{DATABASE}: postgresql://user@host/name")
    options = dict(each.split("=", 1) for each in parts.query.split("&") if "=" in each)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(file: Path) -> dict[str, Any]:
    """A database in a file: readers never wait, and writers queue up instead of colliding."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _SQLITE_WAIT,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                # INSERT OR REPLACE tells the triggers of deletion only when this is on
                "PRAGMA recursive_triggers=ON;"
            ),
        },
    }
