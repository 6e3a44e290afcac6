"""`banzi import`: files in, one roster out, or every problem on a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from banzi.cli import terminal
from banzi.cli.outputs import writing
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.codecs.extract import Extract
    from banzi.documents.codecs.sniffing import SourceKind
    from banzi.documents.merging import Decision, Outcome
    from banzi.documents.titles.sheet import TitleReview
    from banzi.roster import Roster

Answer = TypeVar("Answer")

NOT_FOUND = MessageKind("import/not-found", _("文件或文件夹不存在；请检查路径"))
NOT_A_SOURCE = MessageKind(
    "import/not-a-source",
    _("不能识别的文件类型；可导入任免审批表（.lrmx、.lrm）、数据包（.hzb、.zb3）和工作簿（.xlsx）"),
)
NO_SOURCES = MessageKind(
    "import/no-sources",
    _("文件夹中没有任免审批表（.lrmx、.lrm）、数据包（.hzb、.zb3）或工作簿（.xlsx）"),
)
SKIPPED = MessageKind("import/skipped-files", _("未读取的其他文件：{count}个"))
NOT_OURS = MessageKind(
    "import/not-a-roster-folder",
    _("“{folder}”已存在且不是花名册，为免误删未予替换；请换一个文件夹名"),
)
READ = MessageKind(
    "import/read",
    _("读取：{forms}份任免审批表、{workbooks}个工作簿、{packages}个数据包"),
)
HOLDS = MessageKind(
    "import/holds", _("花名册（{as_of}）：{persons}人、{teams}个班子、{posts}个职位")
)
FOUND = MessageKind(
    "import/found",
    _("疑点{count}条，其中待裁定{open_count}条、已裁定{settled}条、仅提示{noted}条"),
)
TITLES = MessageKind(
    "import/titles", _("职务推断{count}条，待确认{open_count}条（见疑点清单的“职务推断”表）")
)
WRITTEN = MessageKind("import/written", _("花名册已写入：{folder}"))
TO_DECIDE = MessageKind(
    "import/to-decide",
    _("疑点清单：{file}。填写处理意见后，再次导入时加 --decisions {file}"),
)
DRY_RUN = MessageKind("import/dry-run", _("试运行：资料可以导入，未写入任何文件"))

_HEADER = (_("类型"), _("条数"), _("举例"), _("类型代码"))


_SOURCES = typer.Argument(
    ..., help="文件或文件夹（逐层查找 .lrmx、.lrm、.xlsx、.hzb、.zb3 和解压的数据包）。"
)
_ROSTER = typer.Option(..., "--roster", help="写入的花名册文件夹；已有的花名册整体替换。")
_DECISIONS = typer.Option(None, "--decisions", help="填好处理意见的疑点清单。")
_AS_OF = typer.Option(None, "--as-of", metavar="YYYY-MM-DD", help="花名册的日期；不填用今天。")
_RECORDED_ON = typer.Option(
    None, "--recorded-on", metavar="YYYY-MM-DD", help="记录日期；不填用今天。"
)
_WORKERS = typer.Option(
    None, "--workers", min=1, help="读取审批表的进程数；不填按处理器数和文件数。"
)
_DRY_RUN = typer.Option(False, "--dry-run", help="只检查，不写入。")


def register(app: typer.Typer) -> None:
    app.command("import")(import_sources)


def import_sources(
    sources: list[Path] = _SOURCES,
    roster: Path = _ROSTER,
    decisions: Path = _DECISIONS,
    as_of: str | None = _AS_OF,
    recorded_on: str = _RECORDED_ON,
    dry_run: bool = _DRY_RUN,
    workers: int = _WORKERS,
    as_json: bool = terminal.JSON,
) -> None:
    """导入任免审批表、工作簿和公务员系统数据包，生成花名册和疑点清单。"""
    from banzi.documents.decisions import answers_would_be_lost, read_decisions
    from banzi.documents.merging import merge_extracts
    from banzi.documents.reading import read_sources
    from banzi.documents.shelf import working_shelf
    from banzi.documents.titles.answers import apply_answers
    from banzi.documents.titles.questions import questions_of
    from banzi.documents.titles.sheet import TitleReview, read_answers
    from banzi.roster.roster import MANIFEST

    today = date.today()  # noqa: DTZ011 (the office's own day; the engine below never asks)
    day = terminal.parse_as_of(as_of, today)
    recorded = terminal.parse_as_of(recorded_on, today)
    files, skipped = _files(sources, roster)
    problems = ProblemLog()
    if roster.exists() and not (roster / MANIFEST).is_file() and not _is_empty(roster):
        problems.add(NOT_OURS(folder=roster), Location(str(roster)))
    decided = _answers(read_decisions, decisions, problems)
    confirmed = _answers(read_answers, decisions, problems)
    listing = roster.with_name(f"{roster.name}-decisions.xlsx")
    if not dry_run and not problems:
        problems.extend(answers_would_be_lost(listing, decided, confirmed))
    with working_shelf(None if dry_run else roster) as shelf:
        with terminal.progress_bar() as bar:
            extracts = read_sources(files, shelf, problems, bar, workers)
            if problems:
                for extract in extracts:
                    problems.extend(extract.problems)
            problems.stop_if_any()
            outcome = merge_extracts(
                extracts,
                as_of=day,
                recorded_on=recorded,
                decisions=decided,
                progress=bar,
                photos=shelf.photos,
            )
        questions = questions_of(outcome.roster)
        outcome.roster, unmet = apply_answers(outcome.roster, questions, confirmed, recorded)
        outcome.warnings.extend(unmet)
        titles = TitleReview(questions, tuple(confirmed))
        if not dry_run:
            _write(outcome, decided, titles, listing, roster)
    if as_json:
        summary = _summary(outcome, extracts, roster, listing, dry_run)
        guessed = {"listed": len(questions.listed), "open": titles.open_count}
        terminal.say_json({**summary, "titles": guessed})
        return
    _tell(outcome, extracts, skipped)
    if questions.listed:
        counts = {"count": len(questions.listed), "open_count": titles.open_count}
        terminal.say(TITLES(**counts))
    if dry_run:
        terminal.say(DRY_RUN())
    else:
        terminal.say(WRITTEN(folder=roster))
        terminal.say(TO_DECIDE(file=listing))


def _write(
    outcome: Outcome, decided: list[Decision], titles: TitleReview, listing: Path, folder: Path
) -> None:
    from banzi.documents.decisions import write_decisions
    from banzi.roster import save_roster

    used = set(outcome.roster["decisions"]["finding_id"])
    unused = [decision for decision in decided if decision.finding_id not in used]
    with writing(folder):
        write_decisions(outcome.roster, listing, unused, titles)
        save_roster(outcome.roster, folder)


def _answers(
    read: Callable[[Path], list[Answer]], file: Path | None, problems: ProblemLog
) -> list[Answer]:
    """What a list of questions was answered with; its problems go with all the others."""
    if file is None:
        return []
    try:
        return read(file)
    except BadInput as bad:
        problems.extend(bad.problems)
        return []


def _files(sources: list[Path], roster: Path) -> tuple[dict[Path, SourceKind], int]:
    """Sources to read in a steady order, and how many files in the folders were of another kind."""
    from banzi.documents.codecs.sniffing import kind_of
    from banzi.documents.source_files import sources_below

    problems = ProblemLog()
    found: dict[Path, SourceKind] = {}
    skipped = 0
    for source in sources:
        if not source.exists():
            problems.add(NOT_FOUND(), Location(str(source)))
        elif kind := kind_of(source):
            found[source] = kind
        elif source.is_dir():
            usable, others = sources_below(source)
            if not usable:
                problems.add(NO_SOURCES(), Location(str(source)))
            found.update(usable)
            skipped += others
        else:
            problems.add(NOT_A_SOURCE(), Location(str(source)))
    problems.stop_if_any()
    listing = f"{roster.name}-decisions.xlsx"
    return {path: kind for path, kind in found.items() if path.name != listing}, skipped


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _tell(outcome: Outcome, extracts: list[Extract], skipped: int) -> None:
    roster = outcome.roster
    formats = Counter(extract.format for extract in extracts)
    forms = formats.pop("lrmx", 0) + formats.pop("lrm", 0)
    packages = formats.pop("national-package", 0)
    terminal.say(READ(forms=forms, workbooks=sum(formats.values()), packages=packages))
    if skipped:
        terminal.say(SKIPPED(count=skipped))
    terminal.say(
        HOLDS(
            as_of=roster.as_of,
            persons=roster["persons"].height,
            teams=roster["teams"].height,
            posts=roster["posts"].height,
        )
    )
    states = Counter(roster["findings"]["state"])
    terminal.say(
        FOUND(
            count=roster["findings"].height,
            open_count=states["open"],
            settled=states["settled"],
            noted=states["noted"],
        )
    )
    from banzi.roster.finding_texts import finding_title

    shown_in = terminal.language()
    rows = [
        (finding_title(code, shown_in), count, example, code)
        for code, (count, example) in _by_code(roster).items()
    ]
    if rows:
        terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)
    terminal.say_problems(outcome.warnings, terminal.language())


def _by_code(roster: Roster) -> dict[str, tuple[int, str]]:
    """Finding code → how many, and the text of the first."""
    from banzi.roster.finding_texts import finding_text

    kinds: dict[str, tuple[int, str]] = {}
    for row in roster["findings"].sort("code", "finding_id").iter_rows(named=True):
        count, example = kinds.get(row["code"], (0, ""))
        kinds[row["code"]] = (count + 1, example or finding_text(row, terminal.language()))
    return kinds


def _summary(
    outcome: Outcome, extracts: list[Extract], folder: Path, listing: Path, dry_run: bool
) -> dict[str, Any]:
    roster = outcome.roster
    return {
        "as_of": roster.as_of,
        "sources": dict(sorted(Counter(extract.format for extract in extracts).items())),
        "rows": {name: frame.height for name, frame in roster.tables.items()},
        "findings": {code: count for code, (count, _text) in _by_code(roster).items()},
        "states": dict(sorted(Counter(roster["findings"]["state"]).items())),
        "warnings": [_problem(problem) for problem in outcome.warnings],
        "roster": None if dry_run else folder,
        "decisions": None if dry_run else listing,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"at": str(problem.at), "message": problem.message}
