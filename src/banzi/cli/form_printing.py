"""`banzi forms print`: 任免审批表 as Word files, as PDF, or bound into one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.outputs import writing
from banzi.kernel.errors import BadInput, BanziError, Location, Problem, ProblemLog
from banzi.kernel.files import replacing_folder
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress

if TYPE_CHECKING:
    from banzi.documents.form_order import Order
    from banzi.documents.papers.approval_layout import Layout
    from banzi.documents.papers.form_folder import Row
    from banzi.documents.papers.form_printing import Outcome, Refused, Sources

NOTHING_WANTED = MessageKind(
    "form-printing/nothing-wanted", _("未指定输出；请用 --out 指定文件夹，或用 --merged 指定PDF")
)
ONE_ROSTER = MessageKind(
    "form-printing/one-roster", _("“{folder}”是花名册；花名册请单独给出，不与审批表文件混用")
)
NOT_PDF = MessageKind("form-printing/not-pdf", _("“{path}”应以.pdf结尾；请更正合订文件的名称"))
NO_LIST = MessageKind("form-printing/no-list", _("名单无法读取；请检查路径和权限"))
NOBODY = MessageKind("form-printing/nobody", _("花名册中没有人员，没有可输出的审批表"))
STRICT = MessageKind(
    "form-printing/strict", _("有{count}份审批表不能输出；已按 --strict 全部不输出")
)
DONE = MessageKind("form-printing/done", _("已输出审批表{count}份，存入：{folder}"))
BOUND = MessageKind("form-printing/bound", _("已合订{count}份：{files}"))
SKIPPED = MessageKind("form-printing/refused", _("未输出{count}份，原因见上；改正后可重新输出"))

_USUAL, _FEW, _A_VOLUME = "docx", 60, 300
_FORMATS = {"docx": ("docx",), "pdf": ("pdf",), "both": ("docx", "pdf")}
_SAID_ELSEWHERE = ("papers/age-counted-at",)
_HEADER = (_("文件"), _("姓名"), _("需注意"))
_TITLE = _("需注意的审批表")

SOURCES = typer.Argument(
    ..., metavar="SRC...", help="审批表（.lrmx、.lrm）或其所在的文件夹；或一个花名册文件夹。"
)
OUT = typer.Option(None, "--out", metavar="DIR", help="逐人输出，存入的文件夹。")
FORMAT = typer.Option(_USUAL, "--format", help="逐人输出的格式：docx、pdf 或 both。")
MERGED = typer.Option(None, "--merged", metavar="FILE.pdf", help="另合订为一个PDF，每人两页。")
VOLUME = typer.Option(_A_VOLUME, "--per-volume", min=1, help="每册合订的人数，超过的分册。")
LAYOUT = typer.Option("standard", "--layout", help="版式：standard 通用，2025 新版。")
ORDER = typer.Option(
    "file", "--order", help="次序：file 文件名（花名册为原次序），strokes 姓氏笔画。"
)
LIST = typer.Option(
    None,
    "--list",
    metavar="FILE",
    help="名单，一行一个姓名、身份证号或文件名；只输出名单上的，并按其次序。",
)
PERSON = typer.Option(None, "--person", help="只输出此人：姓名、身份证号或人员标识；可多次给出。")
STRICT_ = typer.Option(False, "--strict", help="有一份不能输出，就都不输出。")
WORKERS = typer.Option(None, "--workers", min=1, help="进程数；不填按处理器数和份数。")


def print_(
    sources: list[Path] = SOURCES,
    out: Path | None = OUT,
    format_: str = FORMAT,
    merged: Path | None = MERGED,
    per_volume: int = VOLUME,
    layout: str = LAYOUT,
    order: str = ORDER,
    list_: Path | None = LIST,
    person: list[str] | None = PERSON,
    strict: bool = STRICT_,
    workers: int | None = WORKERS,
    as_json: bool = terminal.JSON,
) -> None:
    """批量输出任免审批表。不能输出的逐份列出，其余照常输出；有未输出的返回 2。"""
    from banzi.documents.form_order import CHECK_STROKES, Order
    from banzi.documents.papers.approval_layout import Layout
    from banzi.documents.papers.fonts import SONG
    from banzi.documents.papers.form_folder import refuse_foreign_folder

    terminal.one_of(format_, tuple(_FORMATS), "--format")
    terminal.one_of(layout, tuple(Layout), "--layout")
    terminal.one_of(order, tuple(Order), "--order")
    if out is None and merged is None:
        raise BanziError(NOTHING_WANTED())
    if merged is not None and merged.suffix.lower() != ".pdf":
        raise BanziError(NOT_PDF(path=merged))
    if out is not None:
        refuse_foreign_folder(out)
    wanted = wanted_lines(list_, person or [])
    forms = _sources(sources)
    busy = workers or _usual_workers(forms.count)
    formats = _FORMATS[format_] if out is not None else ()
    with terminal.progress_bar() as bar:
        if wanted:
            forms = chosen_forms(forms, wanted, list_, bar, busy)
        run = _Run(forms, Layout(layout), Order(order), formats, bar, busy, strict)
        with writing(out or merged or Path()):
            run.write(out, merged, per_volume)
    if as_json:
        terminal.say_json(run.as_json(out))
    else:
        run.tell(out)
        if run.doubtful:
            terminal.say(CHECK_STROKES(names=run.doubtful))
        if run.bound or "pdf" in formats:
            terminal.say(SONG.used())
    if run.refused:
        raise typer.Exit(2)


class _Run:
    """One printing: what is to be written, and what came of it."""

    def __init__(
        self,
        forms: Sources,
        layout: Layout,
        order: Order,
        formats: Sequence[str],
        progress: Progress,
        workers: int,
        strict: bool,
    ) -> None:
        self._forms, self._layout, self._order = forms, layout, order
        self._formats, self._progress, self._workers = formats, progress, workers
        self._strict = strict
        self.rows: list[Row] = []
        self.refused: list[Refused] = []
        self.doubtful: list[str] = []
        self.bound: list[Path] = []

    def write(self, out: Path | None, merged: Path | None, per_volume: int) -> None:
        from banzi.documents.papers.form_folder import fill_folder
        from banzi.documents.papers.form_printing import workplace, write_forms, write_volumes

        beside = out or merged
        assert beside is not None  # noqa: S101 (the command has looked)
        with workplace(beside) as made:
            found = write_forms(
                self._forms, self._layout, self._formats, made, self._progress, self._workers
            )
            places = self._take(found)
            if merged is not None and places:
                self.bound, outcomes = write_volumes(
                    self._forms.chosen(places),
                    self._layout,
                    merged,
                    per_volume,
                    self._progress,
                    self._workers,
                )
                self._add_notes(places, outcomes)
            if out is not None:
                with replacing_folder(out, durable=False) as folder:
                    today = date.today()  # noqa: DTZ011 (the day of printing, on the list)
                    fill_folder(self.rows, made, self._formats, folder, today)

    def _take(self, found: list[Outcome]) -> list[int]:
        """Places of the printed forms in order; numbers them."""
        from banzi.documents.form_order import Order, ordered
        from banzi.documents.papers.form_folder import numbered
        from banzi.documents.papers.form_printing import Printed, Refused

        self.refused = [each for each in found if isinstance(each, Refused)]
        printed = [each for each in found if isinstance(each, Printed)]
        if self.refused and self._strict:
            problems = [problem for each in self.refused for problem in each.problems]
            raise BadInput([*problems, Problem(STRICT(count=len(self.refused)))])
        order, self.doubtful = ordered([each.subject for each in printed], self._order)
        places = [printed[place].place for place in order]
        if self._order is Order.FILE:  # a refused form keeps its number
            self.rows = numbered(found, range(self._forms.count), self._forms.count)
        else:
            self.rows = numbered(found, places, self._forms.count)
        return places

    def _add_notes(self, places: Sequence[int], outcomes: list[Outcome]) -> None:
        """What only the bound PDF brought up."""
        from dataclasses import replace

        from banzi.documents.papers.form_printing import Printed

        more = {places[each.place]: each.notes for each in outcomes if isinstance(each, Printed)}
        for number, row in enumerate(self.rows):
            if isinstance(row.outcome, Printed):
                notes = dict.fromkeys(map(_key, row.outcome.notes))
                new = [note for note in more.get(row.outcome.place, ()) if _key(note) not in notes]
                outcome = replace(row.outcome, notes=(*row.outcome.notes, *new))
                self.rows[number] = replace(row, outcome=outcome)

    def tell(self, out: Path | None) -> None:
        from banzi.documents.papers.form_printing import Printed

        for refused in self.refused:
            terminal.say_problems(refused.problems, terminal.language())
        lines = []
        for row in self.rows:
            if isinstance(row.outcome, Printed):
                notes = [n for n in row.outcome.notes if n.code not in _SAID_ELSEWHERE]
                text = "\n".join(note.text(terminal.language()) for note in notes)
                if text:
                    lines.append((row.file, row.outcome.subject.name, text))
        if lines:
            header = [terminal.text(name) for name in _HEADER]
            terminal.say_table(terminal.text(_TITLE), header, lines)
        count = sum(bool(row.file) for row in self.rows)
        if out is not None:
            terminal.say(DONE(count=count, folder=out))
        if self.bound:
            terminal.say(BOUND(count=count, files=[str(path) for path in self.bound]))
        if self.refused:
            terminal.say(SKIPPED(count=len(self.refused)))

    def as_json(self, out: Path | None) -> dict[str, Any]:
        from banzi.documents.papers.form_printing import Printed

        printed = [
            {
                "number": row.number,
                "name": row.outcome.subject.name,
                "source": row.outcome.subject.source,
                "files": [f"{row.file}.{ending}" for ending in self._formats],
                "notes": list(row.outcome.notes),
            }
            for row in self.rows
            if isinstance(row.outcome, Printed)
        ]
        refused = [
            {
                "source": each.where,
                "problems": [problem.line(terminal.language()) for problem in each.problems],
            }
            for each in self.refused
        ]
        return {
            "folder": out,
            "printed": printed,
            "refused": refused,
            "merged": self.bound,
            "check_strokes": self.doubtful,
        }


def _key(note: Any) -> str:
    return f"{note.code} {note.text()}"


def _usual_workers(forms: int) -> int:
    """One process for a few forms: starting another takes as long as printing sixty."""
    from banzi.kernel.workers import usual_workers

    return usual_workers() if forms > _FEW else 1


def wanted_lines(list_: Path | None, persons: Sequence[str]) -> list[tuple[int, str]]:
    """What a list and `--person` name, with the row of the list (0 for none)."""
    from banzi.kernel.decoding import decode

    lines: list[tuple[int, str]] = []
    if list_ is not None:
        problems = ProblemLog()
        try:
            content = decode(list_.read_bytes(), str(list_))
            numbered = enumerate(content.splitlines(), start=1)
            lines = [(row, line.strip()) for row, line in numbered if line.strip()]
        except OSError:
            problems.add(NO_LIST(), Location(str(list_)))
        problems.stop_if_any()
    return [*lines, *((0, typed) for typed in persons)]


def _sources(paths: Sequence[Path]) -> Sources:
    from banzi.documents.form_files import find_forms
    from banzi.documents.papers.form_printing import Source, Sources
    from banzi.roster.roster import MANIFEST

    rosters = [path for path in paths if (path / MANIFEST).is_file()]
    if not rosters:
        files = find_forms(paths)
        return Sources(len(files), lambda place: Source(str(files[place])))
    if len(paths) > 1:
        raise BanziError(ONE_ROSTER(folder=rosters[0]))
    return _of_roster(rosters[0])


def _of_roster(folder: Path) -> Sources:
    from banzi.documents.forms import form_of
    from banzi.documents.papers.form_printing import Source, Sources
    from banzi.roster import load_roster

    roster = load_roster(folder)
    persons = list(roster["persons"]["person_id"])
    if not persons:
        raise BanziError(NOBODY())
    return Sources(
        len(persons), lambda place: Source(persons[place], form_of(roster, persons[place]))
    )


def chosen_forms(
    forms: Sources,
    wanted: list[tuple[int, str]],
    list_: Path | None,
    progress: Progress,
    workers: int,
) -> Sources:
    """The forms that a list or `--person` names, in that order."""
    from banzi.documents.form_order import listed
    from banzi.documents.papers.form_printing import Printed, read_subjects

    read = [each for each in read_subjects(forms, progress, workers) if isinstance(each, Printed)]
    chosen = listed([each.subject for each in read], wanted, str(list_ or ""))
    return forms.chosen([read[place].place for place in chosen])
