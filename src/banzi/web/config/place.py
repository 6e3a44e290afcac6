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

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

HOME = "BANZI_HOME"
DATABASE = "BANZI_DATABASE"
_SQLITE_WAIT = 20
"""Seconds that a write waits for another one's end before it gives up."""


BAD_ADDRESS = MessageKind(
    "site/bad-database-address",
    _(
        "环境变量{variable}的写法不对（{detail}）；应为 postgresql://用户:口令@主机:端口/库名，"
        "删去这个变量则用数据文件夹中的数据库"
    ),
)
BAD_PORT = MessageKind("site/bad-port", _("主机或端口不对"))
BAD_SCHEME = MessageKind("site/bad-scheme", _("开头不是 postgresql://"))
NO_NAME = MessageKind("site/no-database-name", _("没有库名"))
NO_FOLDER = MessageKind(
    "site/no-folder", _("不能使用数据文件夹“{folder}”（{detail}）；请换一个可以写入的文件夹")
)


def home() -> Path:
    """The folder of this site, made when it is not there.

    Raises
    ------
    BanziError
        `site/no-folder`
    """
    folder = Path(os.environ.get(HOME) or "banzi-data").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BanziError(NO_FOLDER(folder=folder, detail=error.strerror or "")) from None
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
    """Django's settings of the database: `postgresql://user:word@host:port/name`, else SQLite.

    Raises
    ------
    BanziError
        `site/bad-database-address`; the address itself is not told, it may hold a password.
    """
    address = os.environ.get(DATABASE, "")
    if not address:
        return sqlite(folder / "banzi.sqlite3")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _wrong(BAD_PORT) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise _wrong(BAD_SCHEME)
    if not parts.path.strip("/"):
        raise _wrong(NO_NAME)
    options = dict(each.split("=", 1) for each in parts.query.split("&") if "=" in each)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", "") or parts.hostname or ""),
        "PORT": str(port or ""),
        # Pages ask many small things; compiling a plan takes longer than running it.
        "OPTIONS": {"options": "-c jit=off"} | options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _wrong(detail: MessageKind) -> BanziError:
    return BanziError(BAD_ADDRESS(variable=DATABASE, detail=detail()))


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
