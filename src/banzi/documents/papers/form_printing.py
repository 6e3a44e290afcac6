"""Print 干部任免审批表 by the thousand: a file a person, .docx or PDF, and volumes of many persons.

    OUT/001张三.docx  OUT/001张三.pdf  …  OUT/清单.xlsx        FILE.pdf, or FILE-1.pdf FILE-2.pdf …

A form that cannot be read or set is refused and listed; the others are printed. A refused form
keeps its number free, so that it takes its old place once it is mended. Forms are spread over
processes a few at a time; what is written does not depend on how many there are.

Everything is written beside its place first: a stop leaves nothing behind. Not here: which forms
and in which order (`form_files`, `form_order`), the forms themselves (`approval_form`,
`approval_pdf`).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from banzi.documents.form import Form
from banzi.documents.form_files import read_form_file
from banzi.documents.form_order import Subject
from banzi.documents.papers.approval_form import stated_at, write_docx
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.approval_pdf import Entry, Printer
from banzi.documents.papers.approval_typeset import set_form
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.kernel.workers import results_in_order

PRINTING = MessageKind("form-printing/printing", _("正在输出任免审批表"))
BINDING = MessageKind("form-printing/binding", _("正在合订PDF"))
READING = MessageKind("form-printing/reading", _("正在读取任免审批表"))

DOCX, PDF = "docx", "pdf"
_A_TASK = 20
"""Forms a process takes at a time: enough that handing over costs nothing, few enough to stop."""


@dataclass(frozen=True, slots=True)
class Source:
    """One form to print: the file it is in, or the form itself with the person it is of."""

    where: str
    form: Form | None = None

    def read(self) -> Form:
        """The form.

        Raises
        ------
        BadInput
            As `form_files.read_form_file`.
        """
        return self.form or read_form_file(Path(self.where))


@dataclass(frozen=True, slots=True)
class Sources:
    """Forms to print, made when they are wanted: a county's photos need not be held at once."""

    count: int
    at: Callable[[int], Source]

    def chosen(self, places: Sequence[int]) -> Sources:
        """These alone, in this order."""
        return Sources(len(places), lambda place: self.at(places[place]))


@dataclass(frozen=True, slots=True)
class Printed:
    """A form that was printed; `place` counts from 0 among the sources."""

    place: int
    subject: Subject
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was not, and why."""

    place: int
    where: str
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Task:
    """Some forms for a process: what to write of each, and where."""

    sources: tuple[tuple[int, Source], ...]
    layout: Layout
    formats: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class _Volume:
    """Forms of one volume, in order."""

    sources: tuple[tuple[int, Source], ...]
    layout: Layout
    folder: Path
    file: Path


Outcome = Printed | Refused


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder to work in, gone afterwards, on the same disk as what will be written."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".part-", dir=beside.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_subjects(sources: Sources, progress: Progress, workers: int) -> list[Outcome]:
    """Whom each form is about."""
    tasks = _tasks(sources, Layout.STANDARD, (), Path())
    return _all(_read, tasks, sources.count, READING(), progress, workers)


def write_forms(
    sources: Sources,
    layout: Layout,
    formats: Sequence[str],
    folder: Path,
    progress: Progress,
    workers: int,
) -> list[Outcome]:
    """Write `PLACE.docx` and `PLACE.pdf` of each form into a folder; see `Outcome`.

    With no format, forms are only set, to see what is refused and noted.
    """
    tasks = _tasks(sources, layout, tuple(formats), folder)
    return _all(_write, tasks, sources.count, PRINTING(), progress, workers)


def write_volumes(
    sources: Sources,
    layout: Layout,
    target: Path,
    most: int,
    progress: Progress,
    workers: int,
) -> tuple[list[Path], list[Outcome]]:
    """Bind all forms, in order, into PDFs of at most so many persons each.

    Returns
    -------
    tuple
        The files: `target` itself, or when one is not enough `target-1.pdf` and so on; and the
        outcome of each form. A form that is refused now is left out.
    """
    begins = range(0, sources.count, most)
    digits = len(str(len(begins)))
    names = [
        target if len(begins) == 1 else target.with_stem(f"{target.stem}-{number:0{digits}}")
        for number in range(1, len(begins) + 1)
    ]
    with workplace(target) as folder:
        volumes = (
            _Volume(_slice(sources, begin, most), layout, folder, folder / name.name)
            for begin, name in zip(begins, names, strict=True)
        )
        outcomes = _all(_bind, volumes, sources.count, BINDING(), progress, workers)
        for name in names:
            with replacing_file(name) as part:
                (folder / name.name).replace(part)
    return names, outcomes


def _all(
    function: Callable[..., list[Outcome]],
    tasks: Iterator[_Task] | Iterator[_Volume],
    count: int,
    message: Message,
    progress: Progress,
    workers: int,
) -> list[Outcome]:
    progress.start(message, count)
    found: list[Outcome] = []
    with closing(results_in_order(function, tasks, workers)) as results:
        for outcomes in results:
            found += outcomes
            progress.advance(len(outcomes))
    return found


def _tasks(
    sources: Sources, layout: Layout, formats: tuple[str, ...], folder: Path
) -> Iterator[_Task]:
    for begin in range(0, sources.count, _A_TASK):
        yield _Task(_slice(sources, begin, _A_TASK), layout, formats, folder)


def _slice(sources: Sources, begin: int, most: int) -> tuple[tuple[int, Source], ...]:
    places = range(begin, min(begin + most, sources.count))
    return tuple((place, sources.at(place)) for place in places)


def _read(task: _Task) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for place, source in task.sources:
        try:
            outcomes.append(Printed(place, _subject(source.read(), source)))
        except BadInput as bad:
            outcomes.append(_refused(place, source, bad))
    return outcomes


def _write(task: _Task) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for place, source in task.sources:
        try:
            form = source.read()
            ready = set_form(form, task.layout)
        except BadInput as bad:
            outcomes.append(_refused(place, source, bad))
            continue
        notes = list(ready.notes)
        if DOCX in task.formats:
            write_docx(ready, task.folder / f"{place}.docx", task.layout, stated_at(form))
        if PDF in task.formats:
            printer = _printer(task.folder)
            made, (more,) = printer.print([Entry(ready, form["name"])], stated_at(form))
            (task.folder / f"{place}.pdf").write_bytes(made)
            notes += more
        outcomes.append(Printed(place, _subject(form, source), tuple(notes)))
    return outcomes


def _bind(volume: _Volume) -> list[Outcome]:
    outcomes: list[Outcome] = []
    entries, kept, stated = [], [], []
    for place, source in volume.sources:
        try:
            form = source.read()
            entries.append(Entry(set_form(form, volume.layout), form["name"]))
        except BadInput as bad:
            outcomes.append(_refused(place, source, bad))
            continue
        kept.append((place, _subject(form, source)))
        stated.append(stated_at(form))
    if not entries:
        return outcomes
    made, notes = _printer(volume.folder).print(entries, max(stated))
    volume.file.write_bytes(made)
    for (place, subject), entry, more in zip(kept, entries, notes, strict=True):
        outcomes.append(Printed(place, subject, (*entry.form.notes, *more)))
    return sorted(outcomes, key=lambda outcome: outcome.place)


@lru_cache(maxsize=1)
def _printer(folder: Path) -> Printer:
    """One for each process and run: fonts are read once, photos lie in the run's own folder."""
    return Printer(Path(tempfile.mkdtemp(prefix="photos-", dir=folder)))


def _subject(form: Form, source: Source) -> Subject:
    return Subject(form["name"], form["id_number"], source.where, Path(source.where).name)


def _refused(place: int, source: Source, bad: BadInput) -> Refused:
    problems = tuple(
        Problem(each.message, Location(source.where, row=each.at.row, column=each.at.column))
        for each in bad.problems
    )
    return Refused(place, source.where, problems)
