"""`banzi exchange`: packages between offices, made, looked at, compared and taken in."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.comparing import KEPT, LIST_WRITTEN, NOTHING_ANSWERED
from banzi.cli.importing import NOT_OURS
from banzi.cli.outputs import refuse_endings, writing
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind, name_in
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.comparing.difference_book import Sources
    from banzi.documents.exchange.merging import MergePlan
    from banzi.documents.exchange.package_reading import Package
    from banzi.roster import Roster

PACKED = MessageKind(
    "exchange/packed",
    _("交换包已写入：{path}（{persons}人、{organs}个机构、{photos}张照片，基准日{as_of}）"),
)
SHA = MessageKind("exchange/sha256", _("校验值（请另行告知对方核对）：{sha256}"))
WITHHELD = MessageKind(
    "exchange/withheld",
    _("切断通往范围外的对应关系{links}处；涉及范围外人员而未附的疑点和说明{withheld}处"),
)
LEFT_OUT = MessageKind("exchange/left-out", _("按要求未附：{classes}"))
ABOUT = MessageKind(
    "exchange/about",
    _("交换包：{sender}→{recipient}，用途：{purpose}，制作日期{made_on}，基准日{as_of}，{made_by}"),
)
COMPARED = MessageKind(
    "exchange/compared",
    _("差异{count}处（其中新增人员{new}人）；不能判断是否同一人{left_over}人，未合并"),
)
NOT_WRITTEN = MessageKind(
    "exchange/not-written", _("花名册未改动。填好“采用”栏后：banzi exchange apply {listing}")
)
SAME = MessageKind("exchange/same", _("与花名册没有差异，无需合并"))
CHANGED_SINCE = MessageKind(
    "exchange/changed-since",
    _(
        "生成核对表之后花名册或交换包有改动或不见了，未写入；请重新运行 banzi exchange merge（处理会保留）"
    ),
)
WRONG_LIST = MessageKind(
    "exchange/wrong-list", _("这不是交换包的差异核对表；表格比对的请用 banzi forms apply")
)
MERGED = MessageKind("exchange/merged", _("已采用{count}项，花名册已写入：{folder}"))
WOULD_MERGE = MessageKind("exchange/would-merge", _("试运行：将采用{count}项，未写入"))
OLD_ROSTER = MessageKind("exchange/old-roster", _("原花名册存于：{folder}"))
NOBODY_SAID = _("未填")
TITLE = _("交换包差异核对表")

_COUNT_HEADER = (_("数据表"), _("行数"))

ROSTER = typer.Argument(..., metavar="ROSTER", help="花名册文件夹。")
SCOPE_OPTION = typer.Option(
    ..., "--scope", metavar="ORGAN", help="机构名称或标识；可重复，含下级。"
)
OUT_ZIP = typer.Option(..., "--out", metavar="FILE.zip", help="写出的交换包。")
SENDER = typer.Option("", "--from", help="报送单位。")
RECIPIENT = typer.Option("", "--to", help="接收单位。")
PURPOSE = typer.Option("", "--purpose", help="用途。")
WITHOUT = typer.Option(
    [],
    "--without",
    help="不附：findings 疑点，sanctions 处分奖惩，conclusions 结论，assessments 考核，"
    "relatives 家庭成员，photos 照片，id-numbers 身份证号，health 健康状况，"
    "extras 表中未识别的元素；可重复。",
)
FILE = typer.Argument(..., metavar="FILE.zip", help="交换包。")
INTO = typer.Option(..., "--roster", metavar="ROSTER", help="接收的花名册；没有的将新建。")
OUT_LIST = typer.Option(
    ..., "--out", metavar="FILE.xlsx", help="差异核对表；已有的重填时保留处理。"
)
PREFILL = typer.Option(False, "--prefill-new", help="新增的人员和机构预填“用表二”，可再改。")
LIST = typer.Argument(..., metavar="FILE.xlsx", help="填好“采用”栏的差异核对表。")
DRY_RUN = typer.Option(False, "--dry-run", help="只核对，不写入。")

group = typer.Typer(help="单位之间的交换包：打包、查看、比对、采用。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="exchange")


@group.callback()
def _exchange() -> None:
    """单位之间的交换包：打包、查看、比对、采用。"""


@group.command()
def pack(
    roster: Path = ROSTER,
    scope: list[str] = SCOPE_OPTION,
    out: Path = OUT_ZIP,
    as_of: str | None = terminal.AS_OF,
    sender: str = SENDER,
    recipient: str = RECIPIENT,
    purpose: str = PURPOSE,
    without: list[str] = WITHOUT,
    as_json: bool = terminal.JSON,
) -> None:
    """把所选机构及其下级的人员打成交换包；范围以外的人员一律不附。"""
    from banzi.documents.exchange.package_file import About, write_package
    from banzi.documents.exchange.scope import scoped_roster
    from banzi.roster import load_roster

    refuse_endings((out, ".zip"))
    left = _classes(without)
    whole = load_roster(roster)
    day = terminal.parse_as_of(as_of, whole.as_of)
    part = scoped_roster(whole, scope, day, left)
    today = date.today()  # noqa: DTZ011 (the day the package is made)
    about = About(day, today, part.roots, sender, recipient, purpose, left)
    with writing(out):
        sha256 = write_package(part.roster, about, out)
    counts = _counts(part.roster)
    if as_json:
        terminal.say_json(
            {
                "out": out,
                "sha256": sha256,
                "as_of": day,
                **counts,
                "cut_links": part.cut_links,
                "withheld": part.withheld,
                "without": list(left),
            }
        )
        return
    terminal.say(PACKED(path=out, as_of=day, **counts))
    if part.cut_links or part.withheld:
        terminal.say(WITHHELD(links=part.cut_links, withheld=part.withheld))
    _tell_left_out(left)
    terminal.say(SHA(sha256=sha256))


@group.command()
def show(file: Path = FILE, as_json: bool = terminal.JSON) -> None:
    """核验交换包并列出内容：谁报给谁、范围、用途、人数。"""
    from banzi.documents.exchange.package_reading import read_package
    from banzi.roster import TABLES

    package = read_package(file)
    about = package.about
    rows = {name: frame.height for name, frame in package.roster.tables.items() if frame.height}
    if as_json:
        terminal.say_json(
            {
                "from": about.sender,
                "to": about.recipient,
                "purpose": about.purpose,
                "made_on": about.made_on,
                "made_by": about.made_by,
                "as_of": about.as_of,
                "listed": about.listed,
                "scope": [{"organ_id": organ, "organ_name": name} for organ, name in about.scope],
                "without": list(about.without),
                "rows": rows,
                "photos": len(package.roster.photos),
                "sha256": package.sha256,
            }
        )
        return
    nobody = terminal.text(NOBODY_SAID)
    terminal.say(
        ABOUT(
            sender=about.sender or nobody,
            recipient=about.recipient or nobody,
            purpose=about.purpose or nobody,
            made_on=about.made_on,
            as_of=about.as_of,
            made_by=about.made_by,
        )
    )
    terminal.say(about.scope_said())
    _tell_left_out(about.without)
    shown = terminal.language()
    labels = {name: name_in(TABLES[name], shown) for name in rows}
    table = [(labels[name], count) for name, count in rows.items()]
    terminal.say_table("", [terminal.text(name) for name in _COUNT_HEADER], table)
    terminal.say(SHA(sha256=package.sha256))


@group.command()
def merge(
    file: Path = FILE,
    roster: Path = INTO,
    out: Path = OUT_LIST,
    prefill_new: bool = PREFILL,
    as_json: bool = terminal.JSON,
) -> None:
    """把交换包与花名册逐项比对，写成差异核对表；不改动花名册。有差异时返回 1。"""
    from banzi.documents.comparing.difference_book import (
        BookData,
        carry_answers,
        counts_text,
        write_differences,
    )
    from banzi.documents.exchange.merging import plan_merge
    from banzi.documents.exchange.package_reading import read_package

    refuse_endings((out, ".xlsx"))
    package = read_package(file)
    ours = _receiving(roster, package)
    plan = plan_merge(ours, package)
    shown = [item.shown for item in plan.items]
    kept, lapsed = carry_answers(out, shown)
    data = BookData(
        title=TITLE,
        as_of=package.about.as_of,
        sources=_sources(roster, file, package),
        differences=shown,
        left_over=_left_over(plan, file),
        answers={**(_prefilled(plan) if prefill_new else {}), **kept},
        lapsed=lapsed,
    )
    with writing(out):
        write_differences(data, out)
    new = sum(item.is_new for item in plan.items)
    if as_json:
        kinds = Counter(str(each.kind) for each in shown)
        terminal.say_json(
            {
                "differences": len(shown),
                "kinds": dict(sorted(kinds.items())),
                "new_persons": new,
                "left_over": [{"name": each.card.name, "why": each.why} for each in plan.left_over],
                "out": out,
            }
        )
    else:
        counts = {"count": len(shown), "new": new, "left_over": len(plan.left_over)}
        terminal.say(COMPARED(**counts))
        if shown:
            terminal.say(counts_text(shown))
        if kept or lapsed:
            terminal.say(KEPT(kept=len(kept), lapsed=len(lapsed)))
        terminal.say(LIST_WRITTEN(path=out))
        terminal.say(NOT_WRITTEN(listing=out) if shown else SAME())
    if shown:
        raise typer.Exit(1)


@group.command()
def apply(listing: Path = LIST, dry_run: bool = DRY_RUN, as_json: bool = terminal.JSON) -> None:
    """把核对表中选“用表二”的各项写入花名册；全部写成或全部不写，原花名册另存。"""
    from banzi.documents.comparing.difference_book import Answer, read_differences
    from banzi.documents.exchange.accepting import apply_merge
    from banzi.documents.exchange.merging import plan_merge
    from banzi.documents.exchange.package_reading import read_package
    from banzi.roster import save_roster

    sources, answers = read_differences(listing)
    if sources.kind != "exchange":
        raise BadInput([Problem(WRONG_LIST(), Location(str(listing)))])
    folder, file = Path(sources.first), Path(sources.second)
    _refuse_stale(sources)
    package = read_package(file)
    ours = _receiving(folder, package)
    merged = apply_merge(ours, package, plan_merge(ours, package), answers)
    count = sum(each.answer is Answer.SECOND for each in answers)
    kept: Path | None = None
    if count and not dry_run:
        with writing(folder):
            if folder.exists():
                kept = _copy_of(folder)
                shutil.copytree(folder, kept)
            save_roster(merged, folder)
    if as_json:
        written = count > 0 and not dry_run
        terminal.say_json(
            {"written": written, "accepted": count, "roster": folder, "old_roster": kept}
        )
    elif not count:
        terminal.say(NOTHING_ANSWERED())
    elif dry_run:
        terminal.say(WOULD_MERGE(count=count))
    else:
        terminal.say(MERGED(count=count, folder=folder))
        if kept is not None:
            terminal.say(OLD_ROSTER(folder=kept))


def _classes(typed: list[str]) -> tuple[Any, ...]:
    from banzi.documents.exchange.left_out import Without

    known = {str(each): each for each in Without}
    for each in typed:
        if each not in known:
            raise typer.BadParameter(f"{each!r}: {' | '.join(known)}", param_hint="--without")
    return tuple(known[each] for each in dict.fromkeys(typed))


def _tell_left_out(left: tuple[Any, ...]) -> None:
    if left:
        shown = terminal.language()
        terminal.say(LEFT_OUT(classes=[name_in(each, shown) for each in left]))


def _counts(roster: Roster) -> dict[str, int]:
    return {
        "persons": roster["persons"].height,
        "organs": roster["organs"].height,
        "photos": len(roster.photos),
    }


def _receiving(folder: Path, package: Package) -> Roster:
    """The roster to merge into; an empty one of the package's day where there is none yet."""
    from banzi.roster import Roster, load_roster
    from banzi.roster.roster import MANIFEST

    if folder.exists() and not (folder / MANIFEST).is_file():
        if not folder.is_dir() or any(folder.iterdir()):
            raise BadInput([Problem(NOT_OURS(folder=folder), Location(str(folder)))])
        return Roster(package.about.as_of)
    return load_roster(folder) if folder.exists() else Roster(package.about.as_of)


def _sources(folder: Path, file: Path, package: Package) -> Sources:
    from banzi.documents.comparing.difference_book import Sources
    from banzi.kernel.files import sha256_of
    from banzi.roster.roster import MANIFEST

    manifest = (folder / MANIFEST).resolve()
    files = {
        str(manifest): sha256_of(manifest) if manifest.is_file() else "",
        str(file.resolve()): package.sha256,
    }
    return Sources("exchange", str(folder.resolve()), str(file.resolve()), files)


def _refuse_stale(sources: Sources) -> None:
    from banzi.kernel.files import sha256_of

    problems = ProblemLog()
    for name, digest in sources.files.items():
        path = Path(name)
        if (sha256_of(path) if path.is_file() else "") != digest:
            problems.add(CHANGED_SINCE(), Location(name))
    problems.stop_if_any()


def _prefilled(plan: MergePlan) -> dict[str, Any]:
    from banzi.documents.comparing.difference_book import Answer, Answered

    return {
        item.shown.item_id: Answered(
            item.shown.item_id, Answer.SECOND, "", "", item.shown.fingerprint, Location()
        )
        for item in plan.items
        if not item.shown.first and not item.column
    }


def _left_over(plan: MergePlan, file: Path) -> list[tuple[str, str, str, str, str]]:
    rows = []
    for each in plan.left_over:
        month = each.card.birth_month
        birth = "" if month is None else f"{month // 100}.{month % 100:02d}"
        rows.append((file.name, each.card.name, birth, each.card.at.column or "", each.why.text()))
    return rows


def _copy_of(folder: Path) -> Path:
    today = date.today()  # noqa: DTZ011 (the office's own day, for the name of the copy)
    number = 1
    while (copy := folder.with_name(f"{folder.name}-原件-{today:%Y%m%d}-{number}")).exists():
        number += 1
    return copy
