"""What to say when a command line is typed wrongly: what is wrong, and where the help is.

Typer words these errors in English only; here they become coded messages like all others.
"""

from __future__ import annotations

import sys

import typer

from banzi.cli.terminal import language
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

MISSING = MessageKind("usage/missing-parameter", _("缺少参数 {name}"))
NO_SUCH_OPTION = MessageKind("usage/no-such-option", _("没有选项 {name}"))
NO_SUCH_COMMAND = MessageKind("usage/no-such-command", _("没有这条命令：{detail}"))
BAD_VALUE = MessageKind("usage/bad-value", _("参数 {name} 的值不对：{detail}"))
OTHER = MessageKind("usage/other", _("命令行有误：{detail}"))
SEE_HELP = MessageKind("usage/see-help", _("用法：{usage}；加 --help 查看说明"))


def say_usage(error: typer.TyperException) -> int:
    """Print the fault and the usage line on standard error; give the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error)
        return 0
    message = _message(error)
    print(f":: {message.code} {message.text(language())}", file=sys.stderr)
    context = getattr(error, "ctx", None)
    if context is not None:
        usage = " ".join(context.get_usage().removeprefix("Usage:").split())
        print(SEE_HELP(usage=usage).text(language()), file=sys.stderr)
    return 2


def _message(error: typer.TyperException) -> Message:
    detail = getattr(error, "message", "") or str(error)
    match type(error).__name__:
        case "MissingParameter":
            return MISSING(name=_parameter(error))
        case "NoSuchOption":
            return NO_SUCH_OPTION(name=getattr(error, "option_name", detail))
        case "BadParameter":
            return BAD_VALUE(name=_parameter(error), detail=detail)
        case "UsageError" if detail.startswith("No such command"):
            return NO_SUCH_COMMAND(detail=detail.removeprefix("No such command").strip(" ."))
        case _:
            return OTHER(detail=detail)


def _parameter(error: typer.TyperException) -> str:
    hint = getattr(error, "param_hint", None)
    parameter = getattr(error, "param", None)
    if hint:
        return str(hint)
    if parameter is None:
        return ""
    options = [name for name in parameter.opts if name.startswith("-")]
    return options[0] if options else str(parameter.name).upper()
