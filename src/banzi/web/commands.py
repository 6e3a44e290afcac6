"""Commands that need the database: `banzi site …`. Found by the command line as an entry point."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.starting import prepare, set_up

SERVING = MessageKind("site/serving", _("网站已启动，请用浏览器打开 {address}（按 Ctrl+C 停止）"))
DEMO_READY = MessageKind(
    "site/demo-ready",
    _(
        "已写入演示资料{persons}人。首次登录用下列一次性口令，登录后须改为自己的口令（只显示这一次）"
    ),
)
BACKED_UP = MessageKind(
    "site/backed-up", _("已备份到{file}（{size}字节，操作记录到第{acts}号），校验值{sha256}")
)
RESTORED = MessageKind(
    "site/restored", _("已恢复到{folder}，操作记录共{acts}号，逐号核对无误（备份时间{made_at}）")
)

site = typer.Typer(no_args_is_help=True, help="网站：准备数据库、启动服务。")


def register(app: typer.Typer) -> None:
    app.add_typer(site, name="site")
    from banzi.web.audit_commands import accounts, audit

    app.add_typer(accounts, name="accounts")
    app.add_typer(audit, name="audit")
    app.command("backup")(backup)
    app.command("restore")(restore)


site.command("prepare", help="建立或更新数据库。")(prepare)


@site.command("serve", help="在本机启动网站。")
def serve(
    home: Path | None = typer.Option(None, "--home", help="网站的数据文件夹。"),
    host: str = typer.Option("127.0.0.1", "--host", help="监听地址。"),
    port: int = typer.Option(8000, "--port", help="端口。"),
    threads: int = typer.Option(8, "--threads", help="同时处理的请求数。"),
    worker: bool = typer.Option(True, help="同时启动一个任务处理进程。"),
) -> None:
    prepare(home)
    import gc
    from contextlib import nullcontext

    from django.conf import settings
    from waitress import serve as listen

    from banzi.cli.terminal import say
    from banzi.web.config.wsgi import application
    from banzi.web.home.warming import keep_warm
    from banzi.web.jobs.worker import child_worker

    # What is loaded by now stays for good: two hundred thousand objects that every full collection
    # would look at again, 50 ms each time.
    gc.collect()
    gc.freeze()
    say(SERVING(address=f"http://{host}:{port}/"))
    keep_warm()
    with child_worker(settings.BANZI_HOME) if worker else nullcontext():
        listen(application, host=host, port=port, threads=threads, ident=None)


@site.command("demo", help="把演示花名册和演示账号写入空的数据库；已有资料时不写。")
def demo(
    roster: Path = typer.Option(..., "--roster", help="演示花名册文件夹。"),
    home: Path | None = typer.Option(None, "--home", help="网站的数据文件夹。"),
    targets: Path | None = typer.Option(None, "--targets", help="结构目标（.yaml）。"),
    problem: Path | None = typer.Option(None, "--problem", help="由此花名册生成的选配问题。"),
    plan: Path | None = typer.Option(None, "--plan", help="此选配问题的方案。"),
) -> None:
    prepare(home)
    from datetime import date

    from banzi.cli.terminal import say, say_table, text
    from banzi.roster import load_roster
    from banzi.web.demonstration import Material, load_demonstration

    people = load_roster(roster)
    today = date.today()  # noqa: DTZ011 (the office's own day)
    passwords = load_demonstration(people, today, Material(targets, problem, plan))
    say(DEMO_READY(persons=people["persons"].height))
    rows = [(part.username, text(part.title), password) for part, password in passwords]
    say_table("", [text(name) for name in (_("登录名"), _("角色"), _("一次性口令"))], rows)


@site.command("work", help="启动一个任务处理进程；可以在几台电脑上各启动几个。")
def work(
    home: Path | None = typer.Option(None, "--home", help="网站的数据文件夹。"),
    until_idle: bool = typer.Option(False, "--until-idle", help="没有等待的任务时结束。"),
    with_parent: bool = typer.Option(False, "--with-parent", hidden=True),
) -> None:
    set_up(home, may_wait=True)
    from banzi.web.jobs.worker import work_as_process

    work_as_process(until_idle=until_idle, with_parent=with_parent)


def backup(
    out: Path | None = typer.Option(
        None, "--out", help="备份文件（.zip）；不填存入数据文件夹的 backups。"
    ),
    home: Path | None = typer.Option(None, "--home", help="网站的数据文件夹。"),
    with_key: bool = typer.Option(
        False, "--with-key", help="连同密钥（恢复后不必重设动态口令；备份须严加保管）。"
    ),
) -> None:
    """备份网站的全部资料：数据表、照片、导入的文件、方案；不影响他人使用。"""
    set_up(home)
    from django.utils import timezone

    from banzi.cli.outputs import refuse_endings, writing
    from banzi.cli.terminal import progress_bar, say
    from banzi.web.backup.making import backups, make_backup, name_of

    now = timezone.localtime()
    refuse_endings((out, ".zip"))
    target = out or backups() / name_of(now)
    with writing(target), progress_bar() as bar:
        made = make_backup(target, now, with_key=with_key, progress=bar)
    told = {name: made[name] for name in ("size", "acts", "sha256")}
    say(BACKED_UP(file=target, **told))


def restore(
    file: Path = typer.Argument(..., help="备份文件（.zip）。"),
    home: Path = typer.Option(..., "--home", help="恢复到的文件夹；须是新的或空的。"),
) -> None:
    """把备份恢复到空的文件夹：先核对备份，恢复后核对操作记录；不符的不留下任何内容。"""
    from banzi.cli.terminal import progress_bar, say
    from banzi.web.backup.emptiness import empty_unless_done

    with empty_unless_done(home):
        set_up(home)
        from banzi.web.backup.restoring import restore as restore_into

        with progress_bar() as bar:
            manifest = restore_into(file, home.resolve(), bar)
    say(RESTORED(folder=home, acts=manifest["acts"], made_at=manifest["made_at"]))
