"""The site made ready for use in this process, for every command that needs its database."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NO_DATABASE = MessageKind(
    "site/no-database",
    _(
        "连接不上数据库（{detail}）；请核对{variable}中的地址和口令、数据库服务是否已启动，"
        "以及数据文件夹能否写入"
    ),
)
PREPARED = MessageKind("site/prepared", _("数据库已就绪：{folder}"))


def set_up(home: Path | None = None, *, may_wait: bool = False) -> Path:
    """Make the site ready for use in this process; returns its folder.

    `may_wait`: for what goes on when its database is away for a while, as a worker does.

    Raises
    ------
    BanziError
        What is wrong with the settings of the place, or `site/no-database`.
    """
    if home is not None:
        os.environ["BANZI_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banzi.web.config.settings")
    import django
    from django.conf import settings

    django.setup()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error, connection

    from banzi.web.accounts.policy import policy
    from banzi.web.config.place import DATABASE

    policy()  # a wrong number is told at the start, not to whoever signs in first
    try:
        if not may_wait:
            connection.ensure_connection()
    except (Error, ImproperlyConfigured) as error:
        detail = str(error).strip().partition("\n")[0]
        raise BanziError(NO_DATABASE(detail=detail, variable=DATABASE)) from error
    folder: Path = settings.BANZI_HOME
    return folder


def prepare(
    home: Path | None = typer.Option(None, "--home", help="网站的数据文件夹。"),
) -> None:
    """Make or update the database."""
    folder = set_up(home)
    from django.core.management import call_command

    from banzi.cli.terminal import say

    call_command("migrate", interactive=False, verbosity=0)
    say(PREPARED(folder=folder))
