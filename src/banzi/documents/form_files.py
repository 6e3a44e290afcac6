"""任免审批表 as files: which files of a folder are forms, and reading one of either kind.

`.lrmx` and `.lrm` are told by content. Files come in the order a person sees in the file manager:
numbers in names count as numbers, so that 2张三 stands before 10李四.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from banzi.documents.codecs.extract import LIMITS
from banzi.documents.codecs.lrm import form_of_file as form_of_lrm
from banzi.documents.codecs.lrmx import NO_NAME, TOO_LARGE, UNREADABLE, read_form
from banzi.documents.codecs.sniffing import SourceKind, kind_of
from banzi.documents.form import Form
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

NOT_FOUND = MessageKind("form-files/not-found", _("文件或文件夹不存在；请检查路径"))
NOT_A_FORM = MessageKind(
    "form-files/not-a-form",
    _("不是任免审批表（.lrmx、.lrm）；请给出审批表文件或其所在的文件夹"),
)
NO_FORMS = MessageKind("form-files/no-forms", _("文件夹中没有任免审批表（.lrmx、.lrm）"))

_DIGITS = re.compile(r"(\d+)")
_FORMS = (SourceKind.LRMX, SourceKind.LRM)


def find_forms(sources: Sequence[Path]) -> list[Path]:
    """Every form of the files and folders given, each once, folder by folder in natural order.

    Raises
    ------
    BadInput
        `form-files/…`: a path that is not there, a file that is no form, a folder without any.
    """
    problems = ProblemLog()
    found: dict[Path, None] = {}
    for source in sources:
        if not source.exists():
            problems.add(NOT_FOUND(), Location(str(source)))
        elif source.is_dir():
            inside = [path for path in source.rglob("*") if _is_form(path)]
            if not inside:
                problems.add(NO_FORMS(), Location(str(source)))
            found.update(dict.fromkeys(sorted(inside, key=natural_key)))
        elif _is_form(source):
            found[source] = None
        else:
            problems.add(NOT_A_FORM(), Location(str(source)))
    problems.stop_if_any()
    return list(found)


def natural_key(path: Path) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Sort key of a path, part by part; a number sorts by its value and before letters."""
    return tuple(_natural(part) for part in path.parts)


def read_form_file(path: Path) -> Form:
    """The form a file holds, its photo included.

    Raises
    ------
    BadInput
        What is wrong with the file, with its path: unreadable, too large, no form, without a name.
    """
    at = Location(str(path))
    try:
        if kind_of(path) is SourceKind.LRM:
            form = form_of_lrm(path)
        else:
            size, limit = path.stat().st_size, LIMITS["lrmx_bytes"]
            if size > limit:
                raise _refused(TOO_LARGE(size=size, limit=limit), at)
            form = read_form(path.read_bytes(), str(path))
    except OSError:
        raise _refused(UNREADABLE(), at) from None
    if not form["name"]:
        raise _refused(NO_NAME(), at)
    return form


def _is_form(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(("~$", ".")) and kind_of(path) in _FORMS


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    parts = _DIGITS.split(text)
    return tuple(
        (0, int(part), part) if number % 2 else (1, 0, part.casefold())
        for number, part in enumerate(parts)
        if part
    )


def _refused(message: Message, at: Location) -> BadInput:
    return BadInput([Problem(message, at)])
