"""`banzi names`: official order of names from a plain list, one name a line.

The list goes to standard output and can be pasted into a paper; everything a person should look at
goes to standard error. Reads UTF-8 (with or without a mark), UTF-16 with a mark, and GB18030/GBK,
which is what older office software saves.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli.terminal import JSON, language, say, say_json, say_problems, text
from banzi.kernel.decoding import decode
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.codes.strokes import SortedNames

FILE_UNREADABLE = MessageKind("names/file-unreadable", _("无法读取文件{file}；请检查路径和权限"))
SEVERAL_NAMES = MessageKind(
    "names/several", _("每行只写一个姓名，不带序号和分隔符；本行为：{line}")
)
NO_NAME = MessageKind("names/no-name", _("本行没有姓名：{line}"))
UNKNOWN_STROKES = MessageKind(
    "names/unknown-strokes",
    _("笔顺表中没有“{character}”，{names}暂排在最后；请用 --overrides 补充该字笔顺"),
)
COMPOSED_STROKES = MessageKind(
    "names/composed-strokes",
    _("“{character}”的笔顺由部件推得，未经公布名单印证；请核对{names}的位置"),
)
NOT_CHINESE = MessageKind(
    "names/not-chinese", _("{name}含有汉字以外的字符，这些字符排在汉字之后；请核对姓名和位置")
)
TIE_DECIDED = MessageKind(
    "names/tie",
    _(
        "“{first}”与“{second}”笔画、笔顺都相同，{names}的先后按字符编码排定，未经公布名单印证；"
        "如需调整，用 --overrides 指定次序"
    ),
)
IDENTICAL = MessageKind("names/identical", _("{names}姓名相同，保持原来的先后；请人工确定"))

_NAME_STDIN = "-"
_NOT_IN_A_NAME = frozenset("、，,；;\t|/.．0123456789")

FILE = typer.Option(None, "--file", help="姓名文件，一行一个；不填则读标准输入。")
OVERRIDES = typer.Option(None, "--overrides", help="补充笔顺的 CSV：字,笔顺,次序。")
PHRASE = typer.Option(False, "--phrase", help="先印“（按姓氏笔画为序）”。")
SURNAME_BLANK = typer.Option(
    True,
    "--surname-blank/--no-surname-blank",
    help="同姓时单名在前（姓氏笔画）；--no-surname-blank 为姓名笔画。",
)


def register(app: typer.Typer) -> None:
    names = typer.Typer(no_args_is_help=True, help="姓名：按姓氏笔画排序。")
    names.command("sort")(sort)
    app.add_typer(names, name="names")


def sort(
    file: Path | None = FILE,
    overrides: Path | None = OVERRIDES,
    phrase: bool = PHRASE,
    surname_blank: bool = SURNAME_BLANK,
    json: bool = JSON,
) -> None:
    """按姓氏笔画排列姓名，一行一个；提示事项另印。"""
    from banzi.codes.stroke_table import read_overrides
    from banzi.codes.strokes import ORDER_PHRASE, sort_names

    source = str(file) if file else _NAME_STDIN
    rows = _names_in(decode(_read(file), source), source)
    given = (
        read_overrides(decode(_read(overrides), str(overrides)), str(overrides))
        if overrides
        else {}
    )
    result = sort_names([name for _row, name in rows], overrides=given, surname_blank=surname_blank)
    say_problems(_findings(result, rows, source), language())
    if json:
        say_json(_as_json(result, rows, phrase=text(ORDER_PHRASE) if phrase else ""))
        return
    if phrase:
        say(text(ORDER_PHRASE))
    for name in result.names:
        say(name)


def _read(file: Path | None) -> bytes:
    if file is None:
        return sys.stdin.buffer.read()
    problems = ProblemLog()
    try:
        return file.read_bytes()
    except OSError:
        problems.add(FILE_UNREADABLE(file=file), Location(str(file)))
    problems.stop_if_any()
    return b""


def _names_in(content: str, source: str) -> list[tuple[int, str]]:
    """Row number and name of each line that is not blank."""
    from banzi.codes.strokes import name_characters, without_brackets

    problems = ProblemLog()
    found = []
    for row, line in enumerate(content.splitlines(), 1):
        name = line.strip()
        if not name:
            continue
        if _NOT_IN_A_NAME & set(without_brackets(name)):
            problems.add(SEVERAL_NAMES(line=name), Location(source, row=row))
        elif not name_characters(name):
            problems.add(NO_NAME(line=name), Location(source, row=row))
        else:
            found.append((row, name))
    problems.stop_if_any()
    return found


def _findings(result: SortedNames, rows: list[tuple[int, str]], source: str) -> list[Problem]:
    from banzi.codes.texts import is_han

    def at(name: str) -> Location:
        return Location(source, row=next(row for row, given in rows if given == name))

    found = [
        Problem(UNKNOWN_STROKES(character=entry.character, names=entry.names), at(entry.names[0]))
        for entry in result.unknown
        if is_han(entry.character)
    ]
    foreign = dict.fromkeys(
        name for entry in result.unknown if not is_han(entry.character) for name in entry.names
    )
    found += [Problem(NOT_CHINESE(name=name), at(name)) for name in foreign]
    found += [
        Problem(COMPOSED_STROKES(character=entry.character, names=entry.names), at(entry.names[0]))
        for entry in result.composed
    ]
    found += [
        Problem(
            TIE_DECIDED(first=entry.first, second=entry.second, names=entry.names),
            at(entry.names[0]),
        )
        for entry in result.tie_decided
    ]
    found += [
        Problem(
            IDENTICAL(names=[rows[place][1] for place in places]),
            Location(source, row=rows[places[0]][0]),
        )
        for places in result.identical
    ]
    return found


def _as_json(result: SortedNames, rows: list[tuple[int, str]], phrase: str) -> dict[str, object]:
    return {
        "phrase": phrase,
        "names": [
            {"name": name, "row": rows[place][0]}
            for name, place in zip(result.names, result.order, strict=True)
        ],
        "unknown": [
            {"character": entry.character, "names": list(entry.names)} for entry in result.unknown
        ],
        "composed": [
            {"character": entry.character, "names": list(entry.names)} for entry in result.composed
        ],
        "tie_decided": [
            {"characters": [entry.first, entry.second], "names": list(entry.names)}
            for entry in result.tie_decided
        ],
        "identical": [
            {"names": [rows[place][1] for place in places], "rows": [rows[p][0] for p in places]}
            for places in result.identical
        ],
    }
