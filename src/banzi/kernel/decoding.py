"""Text files as offices save them: UTF-8 with or without a mark, UTF-16, GB18030 and GBK."""

from __future__ import annotations

import re

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

WRONG_ENCODING = MessageKind(
    "names/encoding", _("本行不是UTF-8或GBK文字；请用文本编辑器另存为UTF-8后重试")
)

_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def decode(content: bytes, file: str) -> str:
    """Text of a file: UTF-16 by its mark, else UTF-8, else GB18030.

    A file most of whose lines are Chinese in UTF-8 is not taken for GB18030 because of one broken
    line, since GB18030 gives a meaning to almost any bytes. Short words of GB18030 (未, 末) are
    valid UTF-8 too, but then they are Greek or the like: so Chinese characters are what counts.

    Raises
    ------
    BadInput
        Naming each line that cannot be read.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16", file)
    content = content.removeprefix(b"\xef\xbb\xbf")
    lines = [line for line in content.split(b"\n") if not line.isascii()]
    chinese = sum(
        _decodes(line, "utf-8") and _HAN.search(line.decode()) is not None for line in lines
    )
    return _strictly(content, "utf-8" if 2 * chinese >= len(lines) else "gb18030", file)


def _strictly(content: bytes, encoding: str, file: str) -> str:
    if _decodes(content, encoding):
        decoded = content.decode(encoding)
        bad = [row for row, line in enumerate(decoded.splitlines(), 1) if not _is_text(line)]
    elif encoding == "utf-16":
        decoded, bad = "", [1]
    else:
        decoded = ""
        lines = content.split(b"\n")
        bad = [row for row, line in enumerate(lines, 1) if not _decodes(line, encoding)]
    problems = ProblemLog()
    for row in bad:
        problems.add(WRONG_ENCODING(), Location(file, row=row))
    problems.stop_if_any()
    return decoded


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_text(line: str) -> bool:
    """No control characters and none of the private area, where wrongly read bytes land."""
    return not any(
        (character < " " and character != "\t") or "\ue000" <= character <= "\uf8ff"
        for character in line
    )
