"""`banzi papers fonts`, and the line that commands say after they wrote a PDF."""

from __future__ import annotations

from pathlib import Path

from banzi.cli import terminal
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

PDF_FONTS = MessageKind(
    "papers/pdf-fonts",
    _("PDF用程序自带的{serif}（代宋体、仿宋、楷体、小标宋）和{sans}（代黑体）排版，各机器相同"),
)
FONTS_MISSING = MessageKind(
    "papers/fonts-missing",
    _(
        "本机没有{fonts}；在本机打开Word、Excel材料时会用其他字体显示，"
        "印发前请在装有这些字体的机器上打开核对"
    ),
)
FONTS_PRESENT = MessageKind("papers/fonts-present", _("材料所用字体本机齐全"))
FONTS_UNKNOWN = MessageKind(
    "papers/fonts-unknown",
    _("无法得知本机装有哪些字体（没有fontconfig）；请在文字处理软件的字体列表中核对"),
)

_TITLE = _("材料所用字体")
_HEADER = (_("字体"), _("用处"), _("本机"), _("本机可代用"), _("PDF中"))
_STATES = {"present": _("有"), "absent": _("没有"), "unknown": _("不明")}


def fonts(as_json: bool = terminal.JSON) -> None:
    """列出材料所用字体：本机有没有、用什么代替、PDF用什么排。"""
    from banzi.documents.papers.fonts.report import Presence, font_states, installed_families

    states = font_states(installed_families())
    if as_json:
        terminal.say_json(
            [
                {
                    "name": each.font.name,
                    "used_for": each.font.used_for,
                    "presence": each.presence,
                    "found_as": each.found_as,
                    "stand_in": each.stand_in,
                    "in_pdf": each.font.in_pdf,
                }
                for each in states
            ]
        )
        return
    rows = [
        (
            each.font.name,
            terminal.text(each.font.used_for),
            terminal.text(_STATES[each.presence]),
            each.stand_in,
            each.font.in_pdf,
        )
        for each in states
    ]
    terminal.say_table(terminal.text(_TITLE), [terminal.text(name) for name in _HEADER], rows)
    absent = [each.font.name for each in states if each.presence is Presence.ABSENT]
    if absent:
        terminal.say(FONTS_MISSING(fonts=absent))
    elif any(each.presence is Presence.UNKNOWN for each in states):
        terminal.say(FONTS_UNKNOWN())
    else:
        terminal.say(FONTS_PRESENT())


def say_pdf_fonts(*files: Path | None) -> None:
    """Say what a PDF was set in, when one of the files is one."""
    for line in fonts_said(*files).values():
        terminal.say(line)


def fonts_said(*files: Path | None) -> dict[str, Message]:
    """`{"pdf_fonts": …}` for `--json`, when one of the files is a PDF; else nothing."""
    from banzi.documents.papers.fonts.report import PDF_SANS, PDF_SERIF

    if not any(file is not None and file.suffix.lower() == ".pdf" for file in files):
        return {}
    return {"pdf_fonts": PDF_FONTS(serif=PDF_SERIF, sans=PDF_SANS)}
