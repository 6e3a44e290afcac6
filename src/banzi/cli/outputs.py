"""Files that commands write: how their names must end, and what is said when the disk refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from banzi.kernel.errors import BanziError, Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

CANNOT_WRITE = MessageKind(
    "files/cannot-write",
    _("无法写入“{path}”（{reason}）；请检查磁盘空间和权限，并关闭正在打开该文件的程序"),
)
WRONG_ENDING = MessageKind(
    "files/wrong-ending", _("“{path}”应以{ending}结尾；请更正输出文件的名称")
)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the disk refuses while `path` is written into `files/cannot-write`.

    Of a folder the file that failed is named; of a file it is itself, never its temporary
    neighbour.
    """
    try:
        yield
    except OSError as error:
        failed = (error.filename2 or error.filename or path) if path.is_dir() else path
        reason = error.strerror or str(error)
        raise BanziError(CANNOT_WRITE(path=failed, reason=reason)) from None


def check_endings(problems: ProblemLog, *outputs: tuple[Path | None, str]) -> None:
    """Log every output whose name does not end as its kind must."""
    for path, ending in outputs:
        if path is not None and path.suffix.lower() != ending:
            problems.add(WRONG_ENDING(path=path, ending=ending), Location(str(path)))


def refuse_endings(*outputs: tuple[Path | None, str]) -> None:
    """Raise for every output whose name does not end as its kind must."""
    problems = ProblemLog()
    check_endings(problems, *outputs)
    problems.stop_if_any()
