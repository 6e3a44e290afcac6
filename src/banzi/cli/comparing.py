"""`banzi forms compare`, `apply`, `undo`: forms against a workbook or roster, and back again."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.form_changes import as_json as changes_json
from banzi.cli.form_changes import place_of, say_changes
from banzi.cli.forms import group
from banzi.cli.outputs import refuse_endings, writing
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.comparing.applying import Edits
    from banzi.documents.comparing.batch import Written
    from banzi.documents.comparing.difference import Comparison
    from banzi.documents.comparing.difference_book import BookData

COMPARED = MessageKind(
    "compare/compared",
    _("比对{pairs}人、{columns}个栏目；未比对{left_over}份记录，不能识别的栏目{unknown}个。"),
)
UNKNOWN_COLUMNS = MessageKind(
    "compare/unknown-columns", _("未比对的栏目（不能识别表头）：{headers}")
)
BLANK_COLUMNS = MessageKind("compare/blank-columns", _("未比对的栏目（整列为空）：{headers}"))
UNREAD_CELL = MessageKind("compare/unread-cell", _("{place}：{why}"))
LIST_WRITTEN = MessageKind("compare/list-written", _("差异核对表已写入：{path}"))
KEPT = MessageKind(
    "compare/answers-kept", _("保留原有处理{kept}条；失效{lapsed}条，见“以前的处理”")
)
WRONG_LIST = MessageKind(
    "compare/wrong-list", _("这是交换包的差异核对表；请用 banzi exchange apply 写入")
)
EXISTS = MessageKind(
    "compare/exists",
    _("“{path}”已存在，为免覆盖未写入；请用 --book-out 另指定名称，或先移走该文件"),
)
NOTHING_ANSWERED = MessageKind(
    "compare/nothing-answered", _("核对表中没有要写回的处理；请先在“采用”栏选择")
)
WOULD_CHANGE = MessageKind(
    "compare/would-change", _("试运行：将改{files}个文件的{count}处，未写入")
)
CHANGED = MessageKind("compare/changed", _("已写回{files}个文件的{count}处"))
BOOK_COPY = MessageKind("compare/book-copy", _("工作簿的改动写在副本中：{path}"))
ORIGINALS = MessageKind(
    "compare/originals", _("原件存于：{folder}。要撤回：banzi forms undo {folder}")
)
UNDONE = MessageKind("compare/undone", _("已恢复{files}个文件，删除写回时新建的{made}个文件"))

TITLE = _("差异核对表")
_KIND_HEADER = (_("栏目"), _("不一致"), _("表一缺"), _("表二缺"), _("仅写法不同"))

FIRST = typer.Argument(..., metavar="FIRST", help="表一：任免审批表或其文件夹、工作簿、花名册。")
SECOND = typer.Argument(..., metavar="SECOND", help="表二：同上，任一种。")
OUT = typer.Option(..., "--out", metavar="FILE.xlsx", help="差异核对表；已有的重填时保留处理。")
PDF = typer.Option(None, "--pdf", metavar="FILE.pdf", help="另存为 PDF，可直接打印。")
LIST = typer.Argument(..., metavar="FILE.xlsx", help="填好“采用”栏的差异核对表。")
ONLY = typer.Option("both", "--only", help="只写哪一边：first 表一，second 表二，both 两边。")
BOOK_OUT = typer.Option(
    None, "--book-out", metavar="FILE.xlsx", help="工作簿副本的名称；不填用“原名-已核对.xlsx”。"
)
DRY_RUN = typer.Option(False, "--dry-run", help="只列出将改什么，不写入。")
ORIGINALS_FOLDER = typer.Argument(..., metavar="DIR", help="写回时留下的原件文件夹。")


def register(_app: typer.Typer) -> None:
    """Nothing to add: the commands join the group of `forms` below."""


@group.command("compare")
def compare_command(
    first: Path = FIRST,
    second: Path = SECOND,
    out: Path = OUT,
    pdf: Path | None = PDF,
    as_json: bool = terminal.JSON,
) -> None:
    """逐人逐栏比对两份资料，差异写成可逐条处理的工作簿。有不一致或未对应的人员时返回 1。"""
    from banzi.documents.comparing.difference import compare
    from banzi.documents.comparing.difference_book import carry_answers, write_differences
    from banzi.documents.papers.difference_list import write_difference_pdf
    from banzi.kernel.files import replacing_file

    refuse_endings((out, ".xlsx"), (pdf, ".pdf"))
    with terminal.progress_bar() as bar:
        comparison = compare(first, second, bar)
    shown = [each.shown for each in comparison.differences]
    kept, lapsed = carry_answers(out, shown)
    data = _book_data(comparison, first, second)
    data.answers, data.lapsed = kept, lapsed
    with writing(out):
        write_differences(data, out)
    if pdf is not None:
        with writing(pdf), replacing_file(pdf) as part:
            write_difference_pdf(data, part)
    if as_json:
        terminal.say_json(_as_json(comparison, out, pdf))
    else:
        _tell(comparison, data, out, pdf)
    if comparison.left_over or any(each.kind != "wording" for each in shown):
        raise typer.Exit(1)


@group.command("apply")
def apply_command(
    listing: Path = LIST,
    only: str = ONLY,
    book_out: Path | None = BOOK_OUT,
    dry_run: bool = DRY_RUN,
    as_json: bool = terminal.JSON,
) -> None:
    """把核对表中的处理写回任免审批表和工作簿副本；全部写成或全部不写，原件另存。"""
    from banzi.documents.comparing.applying import new_contents, plan_edits, refuse_stale
    from banzi.documents.comparing.batch import write_batch
    from banzi.documents.comparing.difference import compare
    from banzi.documents.comparing.difference_book import read_differences

    terminal.one_of(only, ("both", "first", "second"), "--only")
    refuse_endings((book_out, ".xlsx"))
    sources, answers = read_differences(listing)
    if sources.kind != "forms":
        raise BadInput([Problem(WRONG_LIST(), Location(str(listing)))])
    with terminal.progress_bar() as bar:
        comparison = compare(Path(sources.first), Path(sources.second), bar)
    refuse_stale(sources, comparison)
    edits = plan_edits(comparison, answers, (only != "second", only != "first"))
    copies = _copies(edits, book_out)
    contents = new_contents(edits, copies)
    written = None
    if not dry_run and contents:
        today = date.today()  # noqa: DTZ011 (the office's own day, for the name of the backup)
        written = write_batch(contents, listing, today)
    if as_json:
        terminal.say_json(_applied_json(edits, written, dry_run))
    else:
        _tell_applied(edits, len(contents), copies, written)


@group.command("undo")
def undo_command(folder: Path = ORIGINALS_FOLDER, as_json: bool = terminal.JSON) -> None:
    """撤回一次写回：恢复原件，删除写回时新建的文件。写回后又改动过的，不予恢复。"""
    from banzi.documents.comparing.batch import undo_batch

    undone = undo_batch(folder)
    if as_json:
        terminal.say_json({"restored": list(undone.changed), "removed": list(undone.made)})
    else:
        terminal.say(UNDONE(files=len(undone.changed), made=len(undone.made)))


def _book_data(comparison: Comparison, first: Path, second: Path) -> BookData:
    from banzi.documents.comparing.applying import files_of
    from banzi.documents.comparing.difference_book import BookData, Sources
    from banzi.documents.comparing.matching import ONLY_HERE

    sources = Sources("forms", str(first.resolve()), str(second.resolve()), files_of(comparison))
    names = (first.name, second.name)
    left_over = [
        (
            names[each.side],
            each.card.name,
            _month(each.card.birth_month),
            place_of(each.card.at),
            each.why.text(),
        )
        for each in sorted(comparison.left_over, key=lambda each: each.why.code == ONLY_HERE.code)
    ]
    return BookData(
        title=TITLE,
        as_of=date.today(),  # noqa: DTZ011 (the day the list is made)
        sources=sources,
        differences=[each.shown for each in comparison.differences],
        left_over=left_over,
        notes=[note.text() for note in _notes(comparison)],
    )


def _notes(comparison: Comparison) -> list[Message]:
    from banzi.people import PERSONS

    notes: list[Message] = []
    sides = (comparison.first, comparison.second)
    for side, blank in zip(sides, comparison.blank, strict=True):
        if blank:
            notes.append(BLANK_COLUMNS(headers=[PERSONS[column].zh for column in blank]))
        if side.unknown:
            notes.append(UNKNOWN_COLUMNS(headers=list(side.unknown)))
        notes.extend(
            UNREAD_CELL(place=place_of(problem.at), why=problem.message) for problem in side.unread
        )
    return notes


def _month(month: int | None) -> str:
    return "" if month is None else f"{month // 100}.{month % 100:02d}"


def _tell(comparison: Comparison, data: BookData, out: Path, pdf: Path | None) -> None:
    from banzi.documents.comparing.difference_book import by_field
    from banzi.documents.comparing.meaning import DifferenceKind

    rows = [
        (name, *(kinds[kind] for kind in DifferenceKind))
        for name, kinds in by_field(data.differences).items()
    ]
    if rows:
        terminal.say_table("", [terminal.text(name) for name in _KIND_HEADER], rows)
    for note in _notes(comparison):
        terminal.say(note)
    terminal.say(COMPARED(**_counts(comparison)))
    if data.answers or data.lapsed:
        terminal.say(KEPT(kept=len(data.answers), lapsed=len(data.lapsed)))
    for path in (out, pdf):
        if path is not None:
            terminal.say(LIST_WRITTEN(path=path))


def _counts(comparison: Comparison) -> dict[str, int]:
    return {
        "pairs": len(comparison.pairs),
        "columns": len(comparison.columns),
        "left_over": len(comparison.left_over),
        "unknown": len(comparison.first.unknown) + len(comparison.second.unknown),
    }


def _as_json(comparison: Comparison, out: Path, pdf: Path | None) -> dict[str, Any]:
    kinds = Counter(str(each.shown.kind) for each in comparison.differences)
    return {
        **_counts(comparison),
        "kinds": dict(sorted(kinds.items())),
        "unknown_columns": [*comparison.first.unknown, *comparison.second.unknown],
        "left_over": [
            {"side": each.side + 1, "name": each.card.name, "why": each.why}
            for each in comparison.left_over
        ],
        "differences": [
            {
                "item_id": each.shown.item_id,
                "person": each.shown.person,
                "column": each.column,
                "kind": each.shown.kind,
                "first": each.shown.first,
                "second": each.shown.second,
            }
            for each in comparison.differences
        ],
        "out": out,
        "pdf": pdf,
    }


def _copies(edits: Edits, book_out: Path | None) -> dict[Path, Path]:
    """Workbook → the name of its copy; BadInput when a file stands there already."""
    copies: dict[Path, Path] = {}
    problems = ProblemLog()
    for path in edits.cells:
        copy = book_out or path.with_name(f"{path.stem}-已核对.xlsx")
        if copy in copies.values():
            copy = copy.with_name(f"{copy.stem}-{path.stem}.xlsx")
        if copy.exists():
            problems.add(EXISTS(path=copy), Location(str(copy)))
        copies[path] = copy
    problems.stop_if_any()
    return copies


def _tell_applied(
    edits: Edits, files: int, copies: dict[Path, Path], written: Written | None
) -> None:
    if not edits.changes:
        terminal.say(NOTHING_ANSWERED())
        return
    say_changes(edits.changes)
    counts = {"files": files, "count": len(edits.changes)}
    if written is None:
        terminal.say(WOULD_CHANGE(**counts))
        return
    terminal.say(CHANGED(**counts))
    for copy in copies.values():
        terminal.say(BOOK_COPY(path=copy))
    terminal.say(ORIGINALS(folder=written.folder))


def _applied_json(edits: Edits, written: Written | None, dry_run: bool) -> dict[str, Any]:
    return {
        "written": written is not None,
        "dry_run": dry_run,
        "answers": {str(answer): count for answer, count in sorted(edits.answers.items())},
        "changes": changes_json(edits.changes),
        "originals": None if written is None else written.folder,
        "made": [] if written is None else list(written.made),
    }
