"""Sources of every kind into extracts on a shelf, forms over several processes.

The order of files is the order of extracts and problems, however many processes read them. A few
files are read in this process: starting another takes as long as reading some hundred forms.
Workbooks and packages are read here too, one after another, since each may need much memory.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from banzi.documents.codecs.extract import Extract
from banzi.documents.codecs.lrm import read_lrm
from banzi.documents.codecs.lrmx import read_lrmx
from banzi.documents.codecs.package import read_package
from banzi.documents.codecs.sniffing import SourceKind
from banzi.documents.codecs.workbook import read_workbook
from banzi.documents.shelf import Packed, Shelf, pack
from banzi.kernel.collecting import without_collecting
from banzi.kernel.errors import BadInput, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.kernel.workers import results_in_order, usual_workers

READING = MessageKind("import/reading", _("读取文件"))

_READERS = {
    SourceKind.LRMX: read_lrmx,
    SourceKind.LRM: read_lrm,
    SourceKind.WORKBOOK: read_workbook,
    SourceKind.PACKAGE: read_package,
}
_FORMS = (SourceKind.LRMX, SourceKind.LRM)
_CHUNK = 32
"""Forms handed out at a time: a tenth of a second, so that Ctrl-C is heard at once."""
WORTH_A_PROCESS = 300
"""Forms for which another process is started."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What one worker is to read, and where its pictures go."""

    files: tuple[tuple[Path, SourceKind], ...]
    photos: Path


def read_sources(
    files: Mapping[Path, SourceKind],
    shelf: Shelf,
    problems: ProblemLog,
    progress: Progress,
    workers: int | None = None,
) -> list[Extract]:
    """An extract for each file that can be opened, in the order of the files.

    Parameters
    ----------
    problems
        Takes what speaks against files that cannot be opened; the extracts have their own.
    workers
        Processes to read forms with; None for as many as the machine and the number of forms want.

    Raises
    ------
    BanziError
        `workers/died`.
    """
    forms = [(path, kind) for path, kind in files.items() if kind in _FORMS]
    if workers is None:
        workers = min(usual_workers(), len(forms) // WORTH_A_PROCESS)
    extracts = []
    progress.start(READING(), len(files))
    with closing(_read_forms(forms, shelf.photos, workers)) as read:
        for path, kind in files.items():
            found = next(read) if kind in _FORMS else _read_large(path, kind)
            if isinstance(found, Packed):
                extracts.append(shelf.place(found))
            elif isinstance(found, Extract):
                extracts.append(shelf.keep(found))
            else:
                problems.extend(found)
            progress.advance()
    return extracts


def _read_large(path: Path, kind: SourceKind) -> Extract | list[Problem]:
    try:
        with without_collecting():
            return _READERS[kind](path)
    except BadInput as bad:
        return bad.problems


def _read_forms(
    forms: Sequence[tuple[Path, SourceKind]], photos: Path, workers: int
) -> Generator[Packed | list[Problem], None, None]:
    size = _CHUNK if workers > 1 else 1
    chunks = (
        _Chunk(tuple(forms[start : start + size]), photos) for start in range(0, len(forms), size)
    )
    with closing(results_in_order(_read_chunk, chunks, workers)) as results:
        for result in results:
            yield from result


def _read_chunk(chunk: _Chunk) -> list[Packed | list[Problem]]:
    return [_read(path, kind, chunk.photos) for path, kind in chunk.files]


def _read(path: Path, kind: SourceKind, photos: Path) -> Packed | list[Problem]:
    try:
        return pack(_READERS[kind](path), photos)
    except BadInput as bad:
        return bad.problems
