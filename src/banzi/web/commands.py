"""Commands that need the database: `banzi site …`. Found by the command line as an entry point."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import typer

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.starting import prepare, set_up

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
    threads: int = typer.Option(8, "--threads", help="每个进程同时处理的请求数。"),
    processes: int | None = typer.Option(
        None, "--processes", help="网站进程数；不填时，用PostgreSQL且机器够用的为2，其他为1。"
    ),
    worker: bool = typer.Option(True, help="同时启动一个任务处理进程。"),
) -> None:
    from contextlib import nullcontext

    from banzi.web import serving

    serving.check_number("--port", port, 65_535)
    serving.check_number("--threads", threads, 256)
    if processes is not None:
        serving.check_number("--processes", processes, serving.MOST_PROCESSES)
    prepare(home)
    from django.conf import settings
    from django.db import connection

    from banzi.web.jobs.worker import child_worker
    from banzi.web.listening import listening

    number = serving.chosen_processes(processes, is_file=connection.vendor == "sqlite")
    sockets = listening(host, port)
    serving.end_on_signals()
    serving.say_ready(host, port, number)
    beside = child_worker(settings.BANZI_HOME, serving.tell_of(serving.WORKER()))
    with beside if worker else nullcontext():
        if number > 1:
            connection.close()
            serving.answer_together(sockets, number, threads, settings.BANZI_HOME)
        else:
            serving.answer(sockets, threads)


@site.command("answer", hidden=True)
def answer(
    home: Path = typer.Option(..., "--home"),
    threads: int = typer.Option(..., "--threads"),
    sockets: str = typer.Option(..., "--sockets"),
) -> None:
    """One of several processes of `serve`, on sockets that it inherited."""
    set_up(home, may_wait=True)
    from banzi.web.serving import answer_as_part

    answer_as_part([int(number) for number in sockets.split(",")], threads)


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


@site.command("restore-aside", hidden=True)
def restore_aside(
    file: Path = typer.Argument(...), home: Path = typer.Option(..., "--home")
) -> None:
    """`restore` for the site: a refusal goes to it as a message, for each reader's own language."""
    try:
        restore(file, home)
    except BanziError as error:
        sys.stdout.buffer.write(pickle.dumps(error.message))
        raise typer.Exit(2) from None


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
