"""`banzi papers list | print`: one paper by name, for the people, teams or plan given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.cli.outputs import writing
from banzi.cli.paper_fonts import fonts_said, say_pdf_fonts
from banzi.kernel.errors import BanziError, Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.papers.paper_kinds import PaperKind, PlanMoves, Request
    from banzi.documents.papers.writing import Format
    from banzi.roster import Roster
    from banzi.staffing.problem import Problem as StaffingProblem

REFUSED = MessageKind("papers/refused", _("方案未通过核对，不写材料。共{count}处不符："))
NO_ASSIGNMENTS = MessageKind(
    "papers/no-assignments", _("方案状态为“{status}”，没有人员安排，无材料可写；请先求得方案")
)
PRINTED = MessageKind("papers/printed", _("已写出《{title}》：{file}"))
NOTE = MessageKind("papers/print-note", _("  请注意：{note}"))
PLAN_AND_PROBLEM = MessageKind(
    "papers/plan-and-problem", _("--plan 和 --problem 要一起给：方案须对照其问题核对后才能用")
)
DAY_OF_PLAN = MessageKind(
    "papers/day-of-plan",
    _("方案的基准日是{plan_day}，--as-of 填的是{typed}；用方案时不填 --as-of，或填同一天"),
)
NO_SUCH_TEAM = MessageKind(
    "papers/no-such-team", _("花名册中没有班子“{typed}”；可选的有：{choices}")
)
SAME_TEAM_NAME = MessageKind(
    "papers/same-team-name", _("有{count}个班子都叫“{typed}”；请改用班子标识：{choices}")
)
BAD_SETTING = MessageKind("papers/bad-setting", _("“{typed}”应写成“名称=内容”，如“份数=12”"))
NOT_IN_FORMAT = MessageKind(
    "papers/not-in-format", _("《{title}》不能存为{typed}；可用的格式：{choices}")
)
FORMAT_DIFFERS = MessageKind(
    "papers/format-differs", _("--format {typed}与文件名“{file}”的扩展名不一致；请改一处")
)

_HEADER = (_("材料"), _("标识"), _("用途"), _("需要"), _("格式"), _("可填的项"))
_LIST_TITLE = _("可用 banzi papers print 印的材料：")
_LIST_FILES = (".txt", ".csv", ".xlsx", ".xlsm", ".xls", ".et")

PAPER = typer.Argument(..., metavar="PAPER", help="材料的名称或标识，见 banzi papers list。")
ROSTER = typer.Argument(..., metavar="ROSTER", help="花名册文件夹。")
OUT = typer.Option(..., "--out", metavar="OUT", help="存为这个文件；给文件夹则以材料名称为文件名。")
FORMATS = typer.Option(
    None, "--format", help="xlsx、docx 或 pdf；可重复。不填按文件名，再不填为 xlsx。"
)
PERSONS = typer.Option(
    None, "--persons", help="名单文件（.txt、.xlsx），或姓名、人员标识、身份证号；可重复。"
)
TEAMS = typer.Option(None, "--team", help="班子的名称或标识；可重复。不填为全部班子。")
PLAN = typer.Option(None, "--plan", metavar="PLAN", help="方案文件夹，或其中的 plan.json。")
PROBLEM = typer.Option(None, "--problem", metavar="PROBLEM", help="方案所答的选配问题文件夹。")
ORDER = typer.Option(
    None,
    "--order",
    help="rank 按职务排序，strokes 按姓氏笔画，input 按名单次序。不填：有名单按名单，否则按职务。",
)
MARKING = typer.Option("", "--marking", help="密级标志，印在左上角，如 秘密★1年、机密、内部。")
PAGE = typer.Option("a4", "--page", help="纸张：a4，或 a3（横向）。")
SETTINGS = typer.Option(None, "--set", metavar="名称=内容", help="材料可填的项；可重复。")


def list_papers(as_json: bool = terminal.JSON) -> None:
    """列出可单独印的材料：用途、需要什么、有哪些格式、可填哪些项。"""
    from banzi.documents.papers.registry import ALL_PAPERS

    if as_json:
        terminal.say_json([_listed(paper) for paper in ALL_PAPERS])
        return
    rows = [
        (
            paper.title,
            paper.id,
            terminal.text(paper.purpose),
            "\n".join(terminal.text(need.value) for need in paper.needs),
            " ".join(paper.formats),
            "\n".join(f"{option.name}：{terminal.text(option.help)}" for option in paper.options),
        )
        for paper in ALL_PAPERS
    ]
    header = [terminal.text(name) for name in _HEADER]
    terminal.say_table(terminal.text(_LIST_TITLE), header, rows)


def print_paper(
    paper: str = PAPER,
    folder: Path = ROSTER,
    out: Path = OUT,
    formats: list[str] = FORMATS,
    persons: list[str] = PERSONS,
    teams: list[str] = TEAMS,
    plan: Path | None = PLAN,
    problem: Path | None = PROBLEM,
    order: str | None = ORDER,
    as_of: str | None = terminal.AS_OF,
    marking: str = MARKING,
    page: str = PAGE,
    settings: list[str] = SETTINGS,
    as_json: bool = terminal.JSON,
) -> None:
    """印一份材料：名册、名单、一览表、建议方案、考察方案、表决票等。方案未通过核对时返回 1。"""
    from banzi.documents.papers.marking import read_marking
    from banzi.documents.papers.paper_kinds import Order, Request
    from banzi.documents.papers.registry import find_paper
    from banzi.roster import load_roster

    kind = find_paper(paper)
    if order is not None:
        terminal.one_of(order, tuple(Order), "--order")
    terminal.one_of(page, ("a4", "a3"), "--page")
    files = _files(kind, out, formats or [])
    options = settings_typed(settings or [])
    kind.check_options(options)
    marked, doubts = read_marking(marking)
    roster = load_roster(folder)
    changes, day = plan_given(roster, problem, plan, as_of, as_json)
    request = Request(
        roster,
        day,
        persons=persons_typed(roster, persons or []),
        teams=_teams(roster, teams or []),
        plan=changes,
        order=None if order is None else Order(order),
        marking=marked,
        wide=page == "a3",
        options=options,
        law=terminal.law(),
    )
    notes = [*doubts, *_written(kind, request, files)]
    if as_json:
        said = {
            "paper": kind.id,
            "as_of": day,
            "files": files,
            "notes": notes,
            **fonts_said(*files),
        }
        terminal.say_json(said)
        return
    for file in files:
        terminal.say(PRINTED(title=kind.title, file=file))
    say_pdf_fonts(*files)
    for note in notes:
        terminal.say(NOTE(note=note))


def checked_plan(
    problem: Path, plan: Path, as_json: bool
) -> tuple[StaffingProblem, Sequence[tuple[str, str | None]]]:
    """The problem and the assignments of a plan that the referee accepts; else exit 1 with why."""
    from banzi.staffing.checking import check_plan
    from banzi.staffing.plan import read_plan
    from banzi.staffing.reading import read_problem

    bundle = read_problem(problem)
    differences = check_plan(problem, plan)
    if differences:
        if as_json:
            terminal.say_json({"written": False, "differences": differences})
        else:
            terminal.say(REFUSED(count=len(differences)))
            for difference in differences:
                terminal.say(difference)
        raise typer.Exit(1)
    proposed = read_plan(plan)
    if not proposed.found:
        problem_text = NO_ASSIGNMENTS(status=proposed.status)
        if as_json:
            terminal.say_json({"written": False, "differences": [problem_text]})
        else:
            terminal.say(problem_text)
        raise typer.Exit(1)
    return bundle, proposed.assignments


def _written(kind: PaperKind, request: Request, files: Sequence[Path]) -> Sequence[Message]:
    """Make every file, and only when all are made put them in place."""
    from banzi.kernel.files import replacing_file

    notes: dict[str, Message] = {}
    with TemporaryDirectory() as folder:
        for file in files:
            for note in kind.write(request, Path(folder) / file.name):
                notes.setdefault(note.text(), note)
        for file in files:
            with writing(file), replacing_file(file) as part:
                part.write_bytes((Path(folder) / file.name).read_bytes())
    return list(notes.values())


def _files(kind: PaperKind, out: Path, formats: Sequence[str]) -> list[Path]:
    """The file, or one for each format in the folder."""
    from banzi.documents.papers.writing import Format

    wanted = [_format(kind, typed) for typed in formats]
    ending = out.suffix[1:].lower()
    if ending not in tuple(Format) or out.is_dir():
        chosen = wanted or [_format(kind, kind.formats[0])]
        return [out / f"{kind.title}.{each}" for each in dict.fromkeys(chosen)]
    if any(each != ending for each in wanted):
        raise BanziError(FORMAT_DIFFERS(typed=" ".join(wanted), file=out.name))
    _format(kind, ending)
    return [out]


def _format(kind: PaperKind, typed: str) -> Format:
    from banzi.documents.papers.writing import Format

    text = typed.lower().lstrip(".")
    if text not in kind.formats:
        raise BanziError(NOT_IN_FORMAT(title=kind.title, typed=typed, choices=list(kind.formats)))
    return Format(text)


def settings_typed(settings: Sequence[str]) -> dict[str, str]:
    """`名称=内容` as typed for `--set`, by name; `BadInput` with every text that is none."""
    problems = ProblemLog()
    given: dict[str, str] = {}
    for typed in settings:
        name, sign, value = typed.replace("＝", "=").partition("=")
        if not sign or not name.strip():
            problems.add(BAD_SETTING(typed=typed), Location())
        given[name.strip()] = value.strip()
    problems.stop_if_any()
    return given


def plan_given(
    roster: Roster, problem: Path | None, plan: Path | None, as_of: str | None, as_json: bool
) -> tuple[PlanMoves | None, date]:
    from banzi.documents.papers.moves import house_of, moves_of
    from banzi.documents.papers.paper_kinds import PlanMoves
    from banzi.documents.papers.settling import settling_texts

    if plan is None and problem is None:
        return None, terminal.parse_as_of(as_of, roster.as_of)
    if plan is None or problem is None:
        raise BanziError(PLAN_AND_PROBLEM())
    bundle, assignments = checked_plan(problem, plan, as_json)
    day = terminal.parse_as_of(as_of, bundle.as_of)
    if day != bundle.as_of:
        raise BanziError(DAY_OF_PLAN(plan_day=bundle.as_of, typed=day))
    house = house_of(roster, day)
    settling = settling_texts(problem, bundle.bundle.tables["candidates.csv"])
    vacant = tuple(post for post, person in assignments if person is None)
    return PlanMoves(house, moves_of(house, assignments, settling), vacant), day


def persons_typed(roster: Roster, typed: Sequence[str]) -> tuple[str, ...] | None:
    from banzi.documents.selecting import PersonIndex, find_persons, read_list, typed_entries

    if not typed:
        return None
    index = PersonIndex(roster)
    entries = []
    for text in typed:
        path = Path(text)
        if path.suffix.lower() in _LIST_FILES or path.is_file():
            entries += read_list(path, index)
        else:
            entries += typed_entries([text], index)
    return find_persons(entries, index)


def _teams(roster: Roster, typed: Sequence[str]) -> tuple[str, ...] | None:
    if not typed:
        return None
    rows = roster["teams"].sort("display_order", nulls_last=True)
    names = dict(rows.select("team_id", "team_name").iter_rows())
    problems = ProblemLog()
    found: list[str] = []
    for text in typed:
        matching = [team for team, name in names.items() if name == text]
        if text in names:
            found.append(text)
        elif len(matching) == 1:
            found += matching
        elif matching:
            said = {"count": len(matching), "typed": text, "choices": matching}
            problems.add(SAME_TEAM_NAME(**said), Location())
        else:
            problems.add(NO_SUCH_TEAM(typed=text, choices=list(names.values())), Location())
    problems.stop_if_any()
    return tuple(team for team in names if team in found)


def _listed(paper: PaperKind) -> dict[str, object]:
    return {
        "id": paper.id,
        "title": paper.title,
        "purpose": terminal.text(paper.purpose),
        "needs": [need.name.lower() for need in paper.needs],
        "formats": list(paper.formats),
        "options": [{"name": each.name, "help": each.help} for each in paper.options],
    }
