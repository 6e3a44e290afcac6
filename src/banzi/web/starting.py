"""The site made ready for use in this process, for every command that needs its database."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

PREPARED = MessageKind("site/prepared", _("数据库已就绪：{folder}"))


def set_up(home: Path | None = None) -> Path:
    """Make the site ready for use in this process; returns its folder."""
    if home is not None:
        os.environ["BANZI_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banzi.web.config.settings")
    import django
    from django.conf import settings

    django.setup()
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
