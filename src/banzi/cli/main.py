"""The `banzi` command: finds the command groups and turns what they raise into exit codes.

0 done · 1 the answer is "no" (invalid, infeasible, not conformant) · 2 bad input, every problem on
a line of its own as `file:row:column code message` · 130 stopped by the user.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from glob import glob
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import typer

from banzi.cli.terminal import language, say_problems, text
from banzi.cli.usage import say_usage
from banzi.kernel.errors import BadInput, BanziError, Cancelled, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

COMMAND_MODULES = (
    "demo",
    "importing",
    "template",
    "forms",
    "comparing",
    "form_filling",
    "roster",
    "exchange",
    "law",
    "eligibility",
    "team_and_rank",
    "due",
    "structure",
    "plan",
    "papers",
    "letters",
    "filling",
    "packs",
    "names",
)
"""Modules of this package, in the order `banzi --help` shows them; each offers `register(app)`."""

ADDED_COMMANDS = "banzi.commands"
"""Entry points that add commands from packages above this one, which it may not import."""

NO_ACCESS = MessageKind(
    "files/no-access",
    _(
        "不能读写“{path}”（{reason}）；请关闭正在打开它的程序（Excel、WPS等），检查权限和磁盘空间后重试"
    ),
)

_STOPPED = 130
_WINDOWS = os.name == "nt"

app = typer.Typer(
    name="banzi",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="班子：配强班子、依法换届。各命令加 --help 查看用法。",
)


@app.callback()
def options(
    lang: str = typer.Option(
        os.environ.get("BANZI_LANG", "zh"), "--lang", help="提示语言：zh 中文，en 英文。"
    ),
    law: Path | None = typer.Option(
        None, "--law", help="本单位的法规文件夹（核对结果和地方规定）。"
    ),
) -> None:
    if lang not in ("zh", "en"):
        raise typer.BadParameter("zh | en", param_hint="--lang")
    os.environ["BANZI_LANG"] = lang
    if law is not None:
        os.environ["BANZI_LAW"] = str(law)


def load_commands() -> None:
    for name in COMMAND_MODULES:
        if find_spec(f"banzi.cli.{name}"):
            importlib.import_module(f"banzi.cli.{name}").register(app)
    for found in entry_points(group=ADDED_COMMANDS):
        found.load()(app)


def main() -> None:
    """Run the command line and leave with the exit code that the outcome deserves."""
    load_commands()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(expanded(sys.argv[1:]) if _WINDOWS else sys.argv[1:]))


def expanded(arguments: list[str]) -> list[str]:
    """Names with `*` or `?` as the files they stand for, which the shells of Windows leave to us."""
    found = []
    for argument in arguments:
        files = sorted(glob(argument)) if any(sign in argument for sign in "*?") else []  # noqa: PTH207 (as typed, drive or share included)
        found += files or [argument]
    return found


def run(arguments: list[str]) -> int:
    """Run one command line; problems go to standard error."""
    try:
        result = app(arguments, standalone_mode=False)
    except BadInput as bad:
        say_problems(bad.problems, language())
        return 2
    except BanziError as error:
        say_problems([Problem(error.message)], language())
        return 2
    except typer.TyperException as error:
        return say_usage(error)
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        result = _STOPPED
    except OSError as error:
        return _no_access(error)
    if result == _STOPPED:  # typer itself turns Ctrl-C into this code, without a word
        print(text(_("已中止，未写入任何内容")), file=sys.stderr)
    return result if isinstance(result, int) else 0


def _no_access(error: OSError) -> int:
    """A file in use, a full disk, a reader that has gone; anything else is a fault of ours."""
    nobody_reads = _WINDOWS and error.errno == errno.EINVAL and error.filename is None
    if isinstance(error, BrokenPipeError) or nobody_reads:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if error.errno is None:
        raise error
    reason = error.strerror or type(error).__name__
    path = error.filename if isinstance(error.filename, str) else str(error.filename or "")
    say_problems([Problem(NO_ACCESS(path=path, reason=reason))], language())
    return 2
