"""`banzi audit …` and `banzi accounts …`: what is done beside the site, at its machine."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind, name_in
from banzi.kernel.messages import gettext_noop as _

HOME = typer.Option(None, "--home", help="网站的数据文件夹。")
HOLDS = MessageKind(
    "audit/holds", _("完好：{acts}项操作和现有数据全部相符，与{anchors}个锚点一致。")
)
BROKEN = MessageKind("audit/broken", _("发现{count}处不符。第一处：{first}"))
ANCHORED = MessageKind("audit/anchored", _("锚点（第{seq}号操作）已写入{file}"))
SEALED = MessageKind("audit/sealed", _("已封存{count}条查阅记录"))
EMPTY = MessageKind("audit/empty", _("还没有任何操作记录"))
BAD_PERSON = MessageKind("accounts/bad-person", _("“{text}”应为：登录名,姓名,工号（用逗号隔开）"))
ONE_TIME = MessageKind(
    "accounts/one-time", _("{office} {name}（登录名{username}）的一次性密码：{password}")
)
SHOWN_ONCE = MessageKind(
    "accounts/shown-once", _("一次性密码只显示这一次，请分别当面交给三人；各人首次登录时必须更改。")
)
SAME_TWICE = MessageKind(
    "accounts/same-twice", _("“{text}”给了两个人；三员须是三个人，登录名、工号各不相同")
)
NO_TERMINAL = MessageKind(
    "accounts/no-terminal",
    _("一次性密码要逐人显示，须在终端上运行；由脚本运行的，请加--at-once，一起显示"),
)
NOT_BEGUN = MessageKind(
    "accounts/not-begun",
    _("已中止，没有建立任何账号；已显示的一次性密码作废，请三人到齐后重新运行。"),
)
BEGUN = MessageKind(
    "accounts/begun", _("三个账号已建立。请三人当场登录，各自改成自己的密码；一次性密码不再显示。")
)

audit = typer.Typer(no_args_is_help=True, help="操作记录：核验、取锚点、封存查阅日志。")
accounts = typer.Typer(no_args_is_help=True, help="账号：新网站的三员。")


@audit.command("verify", help="核验操作记录，并与现有数据逐表比对；不符时退出码为1。")
def verify_record(
    anchors: list[Path] = typer.Option([], "--anchors", help="锚点文件；可给几个。"),
    as_json: bool = typer.Option(False, "--json", help="以 JSON 输出，供其他程序读取。"),
    home: Path | None = HOME,
) -> None:
    from banzi.web.starting import set_up

    set_up(home)
    from banzi.cli.terminal import language, progress_bar, say, say_json
    from banzi.web.audit.anchors import read_anchors
    from banzi.web.audit.models import Act
    from banzi.web.audit.verifying import verify

    known = [anchor for file in anchors for anchor in read_anchors(file)]
    with progress_bar() as bar:
        found = verify(known, bar)
    acts = Act.objects.count()
    if as_json:
        say_json({"acts": acts, "anchors": len(known), "holds": not found,
                  "flaws": [flaw.as_json() for flaw in found]})  # fmt: skip
    elif not found:
        say(HOLDS(acts=acts, anchors=len(known)))
    else:
        say(BROKEN(count=len(found), first=found[0].message))
        for flaw in found:
            print(f"{flaw.message.code} {flaw.message.text(language())}")
    if found:
        raise typer.Exit(1)


@audit.command("anchor", help="把此刻的锚点追加到文件；请把文件存放在本机之外。")
def anchor(
    file: Path = typer.Argument(help="锚点文件。"),
    home: Path | None = HOME,
) -> None:
    from banzi.web.starting import set_up

    set_up(home)
    from banzi.cli.terminal import say
    from banzi.web.audit.anchors import append_anchor, end_of_chain

    end = end_of_chain()
    if end is None:
        raise BadInput([Problem(EMPTY(), Location(str(home or "")))])
    append_anchor(file, end)
    say(ANCHORED(seq=end.seq, file=file))


@audit.command("seal", help="把等待中的查阅记录封存进操作记录。")
def seal(home: Path | None = HOME) -> None:
    from banzi.web.starting import set_up

    set_up(home)
    from banzi.cli.terminal import say
    from banzi.web.audit.sealing import seal_reads

    say(SEALED(count=seal_reads()))


@accounts.command("begin", help="为新网站建立三员账号；已有账号时拒绝。")
def begin(
    system: str = typer.Option(..., "--system", help="系统管理员：登录名,姓名,工号"),
    security: str = typer.Option(..., "--security", help="安全管理员：登录名,姓名,工号"),
    auditor: str = typer.Option(..., "--auditor", help="审计管理员：登录名,姓名,工号"),
    at_once: bool = typer.Option(
        False, "--at-once", help="三个一次性密码一起显示，不逐人等候（供脚本使用）。"
    ),
    home: Path | None = HOME,
) -> None:
    given = {"--system": system, "--security": security, "--auditor": auditor}
    people = {option: _person(text) for option, text in given.items()}
    bad = [Problem(BAD_PERSON(text=given[option]), Location(option))
           for option, person in people.items() if person is None]  # fmt: skip
    chosen = [person for person in people.values() if person is not None]
    for each in (0, 2):
        bad += [Problem(SAME_TWICE(text=text), Location(option)) for option, text in
                _repeated(list(given), [person[each] for person in chosen])]  # fmt: skip
    if bad:
        raise BadInput(bad)
    from banzi.web.handing_over import Secret, can_ask, show_one_by_one
    from banzi.web.starting import prepare

    if not (at_once or can_ask()):
        raise BadInput([Problem(NO_TERMINAL(), Location("--at-once"))])
    prepare(home)
    from banzi.cli.terminal import language, say
    from banzi.web.accounts.models import Office
    from banzi.web.accounts.newcomers import draw_first, first_administrators

    offices = (Office.SYSTEM, Office.SECURITY, Office.AUDITOR)
    drawn = draw_first(dict(zip(offices, chosen, strict=True)))
    secrets = []
    for office, (username, name, _number), password in drawn:
        called = name_in(office, language())
        line = ONE_TIME(office=called, name=name, username=username, password=password)
        secrets.append(Secret(called, name, line))
    if not at_once:
        try:
            show_one_by_one(secrets)
        except typer.Abort:
            say(NOT_BEGUN())
            raise
    first_administrators(drawn)
    for secret in secrets if at_once else ():
        say(secret.line)
    say(SHOWN_ONCE() if at_once else BEGUN())


def _repeated(options: list[str], texts: list[str]) -> list[tuple[str, str]]:
    return [(option, text) for place, (option, text) in enumerate(zip(options, texts, strict=True))
            if text in texts[:place]]  # fmt: skip


def _person(text: str) -> tuple[str, str, str] | None:
    parts = [part.strip() for part in text.replace("，", ",").split(",")]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 and all(parts) else None
