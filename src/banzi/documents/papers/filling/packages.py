"""A .docx or .xlsx that somebody brings: refused when it is not one, or unpacks to far too much."""

from __future__ import annotations

import zipfile
from pathlib import Path

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

CANNOT_OPEN = MessageKind(
    "filling/cannot-open", _("模板无法打开：{detail}；请检查文件是否存在、是否正被占用")
)
NOT_A_PACKAGE = MessageKind(
    "filling/not-a-package",
    _("不是.docx或.xlsx文件，或已损坏、设有密码；请用Word、Excel或WPS重新另存"),
)
TOO_MUCH = MessageKind(
    "filling/too-much", _("模板解开后超过{limit}MB，为安全起见不予读取；请核实文件来源")
)

LIMIT = 200 * 1024 * 1024
"""Bytes of all parts together once unpacked; no office template comes near."""


def refuse_unsafe(file: Path, name: str) -> None:
    """Look at a package before any library unpacks it.

    Raises
    ------
    BadInput
        With the one reason why the file cannot be used.
    """
    try:
        with zipfile.ZipFile(file) as package:
            size = sum(part.file_size for part in package.infolist())
    except OSError as error:
        raise _refused(CANNOT_OPEN(detail=error.strerror or str(error)), name) from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _refused(NOT_A_PACKAGE(), name) from None
    if size > LIMIT:
        raise _refused(TOO_MUCH(limit=LIMIT >> 20), name)


def _refused(message: Message, name: str) -> BadInput:
    return BadInput([Problem(message, Location(name))])
