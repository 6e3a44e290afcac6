"""The demonstration run: the commands a user would type, one after the other, timed and judged.

Every stage goes through `banzi.cli.main.run`, so that what is shown is what a user gets. Full
output of each stage is kept under `log/`; the terminal shows its telling lines.
"""

from __future__ import annotations

import io
import shutil
import time
from contextlib import redirect_stdout
from pathlib import Path

from banzi.cli import terminal
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NOT_OURS = MessageKind(
    "demo/not-a-demo-folder",
    _("“{folder}”已存在且不是演示文件夹，为免误删未予替换；请换一个文件夹名"),
)
COMMAND = MessageKind("demo/command", _("\n$ banzi {command}"))
TOOK = MessageKind("demo/took", _("（用时{seconds}秒；全文见{log}）"))
ANSWERED = MessageKind(
    "demo/answered", _("\n经办人在疑点清单中裁定{count}条，另存为{file}，再次导入：")
)
STAYS = MessageKind(
    "demo/plan-summary",
    _(
        "\n方案：留任{staying}人、班子内调整{changing}人、新进{entering}人，未列入方案、另行安排{leaving}人"
    ),
)
LEAVING = MessageKind("demo/leaving", _("未列入本方案、另行安排：{names}"))
CLASH_NEXT = MessageKind(
    "demo/clash-next", _("\n另一种情形：目标中埋有一处冲突，系统应当指明是哪几项。")
)
CLASH_NAMED = MessageKind(
    "demo/clash-named", _("指出的冲突与埋下的完全一致，并经重新求解核实：{titles}")
)
FAILED = MessageKind(
    "demo/failed", _("演示未通过：“{command}”返回{code}，应为{expected}；全文见{log}")
)
REGION_NEXT = MessageKind(
    "demo/region-stage",
    _("\n放大到整个地区：12个市（盟），党委、政府、人大、政协四套班子一起选配。"),
)
NOT_PROVEN = MessageKind("demo/not-proven", _("演示未通过：{tiers}未证明最优"))
NOT_PLANTED = MessageKind("demo/not-planted", _("演示未通过：指出的冲突与埋下的不一致，见{path}"))
DONE = MessageKind(
    "demo/done",
    _("\n演示通过，共用时{seconds}秒。资料在{files}，花名册在{roster}，材料在{papers}。"),
)

FILL = "fill"
"""The tier of posts to be filled, as `plan build` names it."""

_HEADER = (_("职位"), _("人选"), _("现任"), _("变动"))
_KINDS = {"stays": _("留任"), "changes": _("调整"), "enters": _("新进")}


PROOF_SECONDS = 150
"""For the plan of thirty posts, of which every tier is to be proven; it mostly takes a tenth."""


class _Stopped(Exception):
    """A stage did not end as it should; why has been said."""


def refuse_foreign_folder(folder: Path) -> None:
    """Raise unless the folder is new, empty, or one the demonstration wrote."""
    from banzi.demo.files import MARK

    if folder.exists() and not folder.is_dir():
        raise BanziError(NOT_OURS(folder=folder))
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise BanziError(NOT_OURS(folder=folder))


class Demonstration:
    """One run in one folder."""

    def __init__(self, folder: Path, seed: int, *, region: bool = True) -> None:
        self.folder, self.seed, self.region = folder, seed, region
        self._log = folder / "log"
        self._number = 0

    def run(self) -> bool:
        """Whether every stage ended as it should; says what did not."""
        from banzi.demo.files import MARK

        started = time.monotonic()
        refuse_foreign_folder(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._log.mkdir(parents=True)
        (self.folder / MARK).touch()
        try:
            self._feasible()
            self._infeasible()
            if self.region:
                self._region()
        except _Stopped:
            return False
        shown = {name: self.folder / name for name in ("files", "roster", "papers")}
        terminal.say(DONE(seconds=f"{time.monotonic() - started:.0f}", **shown))
        return True

    def _feasible(self) -> None:
        from banzi.demo.deciding import answer_findings
        from banzi.demo.files import TARGETS, TEMPLATE
        from banzi.demo.knobs import load_knobs

        files, roster, problem, plan, papers = (
            str(self.folder / name) for name in ("files", "roster", "problem", "plan", "papers")
        )
        day = load_knobs().as_of
        wishes = f"{files}/{TEMPLATE}"
        dates = ["--as-of", day.isoformat(), "--recorded-on", day.isoformat()]
        self._stage("demo", "write", files, "--seed", str(self.seed))
        self._stage("import", files, "--roster", roster, *dates)
        answers = self.folder / "decisions.xlsx"
        count = answer_findings(Path(roster), answers, day)
        terminal.say(ANSWERED(count=count, file=answers))
        self._stage(
            "import", files, "--roster", roster, *dates, "--decisions", str(answers), tail=4
        )
        self._stage("roster", "check", roster)
        self._stage("eligibility", "screen", roster, "--all", tail=40)
        self._stage("structure", "show", roster, "--targets", wishes, tail=12, expected=1)
        self._stage(
            "plan", "build", roster, "--targets", wishes, "--settings", wishes, "--problem", problem
        )
        self._stage("plan", "solve", problem, "--out", plan, "--seconds", str(PROOF_SECONDS))
        self._require_proof(Path(plan))
        self._stage("plan", "check", problem, plan)
        self._say_moves(Path(roster), Path(plan))
        self._stage(
            "papers", "write", roster, problem, plan, "--out", papers,
            "--targets", f"{files}/{TARGETS}", tail=12,
        )  # fmt: skip
        self._stage("structure", "report", roster, "--targets", wishes, "--plan", plan, head=1)

    def _infeasible(self) -> None:
        from banzi.demo.files import INFEASIBLE, TEMPLATE
        from banzi.demo.outcome import conflict_is_planted

        terminal.say(CLASH_NEXT())
        files, problem, plan = (
            str(self.folder / name)
            for name in ("files-infeasible", "problem-infeasible", "plan-infeasible")
        )
        roster, wishes = str(self.folder / "roster"), f"{files}/{TEMPLATE}"
        self._stage("demo", "write", files, "--seed", str(self.seed), "--variant", INFEASIBLE)
        self._stage(
            "plan", "build", roster, "--targets", wishes, "--settings", wishes, "--problem", problem
        )
        self._stage("plan", "solve", problem, "--out", plan, "--seconds", "60", expected=1)
        if not conflict_is_planted(Path(files), Path(plan)):
            terminal.say(NOT_PLANTED(path=plan))
            raise _Stopped
        terminal.say(CLASH_NAMED(titles=_planted_titles()))

    def _region(self) -> None:
        """The whole region: too large to prove every tier in half a minute, and it says so."""
        from banzi.demo.files import SETTINGS, TARGETS
        from banzi.demo.region_files import ROSTER, ROSTER_FOLDER

        terminal.say(REGION_NEXT())
        files, problem, plan = (
            self.folder / name for name in ("region", "problem-region", "plan-region")
        )
        roster, targets = str(files / ROSTER_FOLDER), str(files / TARGETS)
        seed = ["--seed", str(self.seed)]
        self._stage("demo", "write", str(files), "--region", "--write", ROSTER, *seed)
        self._stage(
            "plan", "build", roster, "--targets", targets,
            "--settings", str(files / SETTINGS), "--problem", str(problem),
        )  # fmt: skip
        self._stage("plan", "solve", str(problem), "--out", str(plan), "--seconds", "30")
        self._stage("plan", "check", str(problem), str(plan))
        self._require_proof(plan, FILL)
        self._stage("plan", "paragraph", roster, str(plan), "--targets", targets)

    def _stage(
        self, *arguments: str, expected: int = 0, tail: int | None = None, head: int | None = None
    ) -> None:
        """Run one command line; show all of its output, or the first or last lines of it."""
        from banzi.cli.main import run

        self._number += 1
        command = " ".join(arguments)
        terminal.say(COMMAND(command=command))
        started, output = time.monotonic(), io.StringIO()
        with redirect_stdout(output):
            code = run(list(arguments))
        seconds = time.monotonic() - started
        log = self._log / f"{self._number:02d}-{arguments[0]}.txt"
        text = output.getvalue()
        log.write_text(text, encoding="utf-8", newline="\n")
        lines = text.rstrip("\n").split("\n")
        shown = lines[-tail:] if tail else lines[:head] if head else lines
        terminal.say("\n".join(shown))
        terminal.say(TOOK(seconds=f"{seconds:.1f}", log=log))
        if code != expected:
            terminal.say(FAILED(command=command, code=code, expected=expected, log=log))
            raise _Stopped

    def _require_proof(self, plan: Path, *tiers: str) -> None:
        """Stop unless these tiers, or all of them, are proven optimal."""
        from banzi.staffing.plan import read_plan

        found = read_plan(plan).tiers
        open_tiers = [t.name for t in found if not t.proven and (not tiers or t.name in tiers)]
        if open_tiers:
            terminal.say(NOT_PROVEN(tiers=open_tiers))
            raise _Stopped

    def _say_moves(self, roster: Path, plan: Path) -> None:
        from banzi.demo.outcome import plan_summary
        from banzi.roster import load_roster
        from banzi.staffing.plan import read_plan

        summary = plan_summary(load_roster(roster), read_plan(plan))
        terminal.say(
            STAYS(
                staying=summary.staying,
                changing=summary.changing,
                entering=summary.entering,
                leaving=len(summary.leaving),
            )
        )
        rows = []
        for move in summary.moves:
            kind = "stays" if move.stays else "changes" if move.sits_now else "enters"
            rows.append((move.post, move.person, move.before, terminal.text(_KINDS[kind])))
        terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)
        if summary.leaving:
            terminal.say(LEAVING(names=list(summary.leaving)))


def _planted_titles() -> list[str]:
    from banzi.demo.wishes import planted_titles

    return planted_titles()
