"""The `banzi` command: finds the command groups and turns what they raise into exit codes.

0 done · 1 the answer is "no" (invalid, infeasible, not conformant) · 2 bad input, every problem on
a line of its own as `file:row:column code message` · 130 stopped by the user.
"""

from __future__ import annotations

import importlib
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import typer

from banzi.cli.terminal import language, say_problems, text
from banzi.cli.usage import say_usage
from banzi.kernel.errors import BadInput, BanziError, Cancelled, Problem
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

_STOPPED = 130

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


def main() -> None:
    """Run the command line and leave with the exit code that the outcome deserves."""
    load_commands()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


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
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if result == _STOPPED:  # typer itself turns Ctrl-C into this code, without a word
        print(text(_("已中止，未写入任何内容")), file=sys.stderr)
    return result if isinstance(result, int) else 0
