"""The site answering on its address: by this process, or by several that share one socket.

Python runs one thread at a time, so one process is one processor's work. With several, this
process binds and listens, and each child takes connections from the same socket; whoever is free
is first. Children are fresh processes, not forks: threads of Polars and connections to the
database do not survive a fork. Nothing about a person's visit is kept in a process, so that each
request may come to another one.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from banzi.kernel.children import Died, at_end_of_parent, kept_running
from banzi.kernel.errors import BanziError
from banzi.kernel.memory import installed
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.listening import Socket, inherited

CAN_SHARE = sys.platform != "win32"
"""Whether a child can be given a socket by its number."""
MOST_PROCESSES = 32
_USUAL, _ENOUGH_MEMORY = 2, 7 << 30
"""Bytes: two processes with a hundred thousand persons hold some 5 GB, and a machine sold with 8
tells a little less."""

SERVING = MessageKind("site/serving", _("网站已启动，请用浏览器打开 {address}（按 Ctrl+C 停止）"))
SERVING_TOGETHER = MessageKind(
    "site/serving-together",
    _("网站已启动（{processes}个进程），请用浏览器打开 {address}（按 Ctrl+C 停止）"),
)
BAD_NUMBER = MessageKind(
    "site/bad-number", _("{option}应为1至{most}的整数，不能是{given}；请改正后重新启动")
)
NO_SHARING = MessageKind(
    "site/no-sharing", _("本系统不支持几个进程共用一个端口，网站只用1个进程；其余功能不受影响")
)
PART = MessageKind("site/part", _("网站进程"))
WORKER = MessageKind("site/worker", _("任务处理进程"))
DIED = MessageKind(
    "site/died",
    _(
        "{what}意外退出（退出码{code}），{seconds}秒后自动重新启动；"
        "如反复出现，请查看上面的出错信息，或减少进程数（--processes）"
    ),
)


def check_number(option: str, given: int, most: int) -> None:
    """That a number typed is one from 1 on.

    Raises
    ------
    BanziError
        `site/bad-number`
    """
    if not 1 <= given <= most:
        raise BanziError(BAD_NUMBER(option=option, most=most, given=given))


def chosen_processes(asked: int | None, *, is_file: bool) -> int:
    """How many processes answer; says so where the system cannot do what was asked."""
    if asked is None:
        return usual_processes(is_file=is_file)
    if asked > 1 and not CAN_SHARE:
        _say(NO_SHARING())
        return 1
    return asked


def usual_processes(*, is_file: bool) -> int:
    """How many processes answer when nobody says: two, where that is of use.

    One with a database in a file (an office on one PC), on one processor, and where memory might
    not do for two: each holds a roster of its own.
    """
    memory = installed()
    if is_file or not CAN_SHARE or (memory is not None and memory < _ENOUGH_MEMORY):
        return 1
    return min(_USUAL, os.cpu_count() or 1)


def end_on_signals(sockets: Sequence[Socket] = ()) -> None:
    """Ctrl-C and SIGTERM end the process in good order; it takes no further connections at once."""

    def end(_signal: int, _frame: FrameType | None) -> NoReturn:
        for each in sockets:
            each.close()
        raise SystemExit(0)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)


def answer(sockets: Sequence[Socket], threads: int) -> None:
    """Answer in this process until it is told to end; what is under way is finished first."""
    import gc

    from waitress import create_server

    from banzi.web.config.https import server_options
    from banzi.web.config.wsgi import application
    from banzi.web.home.warming import keep_warm

    # What is loaded by now stays for good: two hundred thousand objects that every full collection
    # would look at again, 50 ms each time.
    gc.collect()
    gc.freeze()
    keep_warm()
    server = create_server(
        application, sockets=list(sockets), threads=threads, ident=None, **server_options()
    )
    end_on_signals(sockets)
    server.run()


def answer_as_part(numbers: Sequence[int], threads: int) -> None:
    """The whole life of a child: answer on inherited sockets until the parent ends."""
    sockets = inherited(numbers)
    end_on_signals(sockets)
    at_end_of_parent(_end_main_thread)
    answer(sockets, threads)


def _end_main_thread() -> None:
    """SIGTERM for the thread that waits for connections, whichever thread calls."""
    if sys.platform != "win32":  # where no child inherits a socket
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def answer_together(sockets: Sequence[Socket], processes: int, threads: int, home: Path) -> None:
    """So many children answer on these sockets, until this process is told to end."""
    numbers = [each.fileno() for each in sockets]
    command = [sys.executable, "-m", "banzi", "site", "answer", "--home", str(home),
               "--threads", str(threads), "--sockets", ",".join(map(str, numbers))]  # fmt: skip
    end_on_signals()
    with kept_running([command] * processes, tell_of(PART()), numbers):
        while True:
            time.sleep(3600)


def tell_of(what: Message) -> Died:
    """What to do when a child died: say so on the terminal."""

    def tell(code: int, pause: float) -> None:
        _say(DIED(what=what, code=code, seconds=round(pause)))

    return tell


def say_ready(host: str, port: int, processes: int) -> None:
    address = f"http://{host}:{port}/"
    many = SERVING_TOGETHER(address=address, processes=processes)
    _say(many if processes > 1 else SERVING(address=address))


def _say(line: Message) -> None:
    """At once, into a file as well: who reads it wants to know now."""
    from banzi.cli.terminal import say

    say(line)
    sys.stdout.flush()
