"""The timed problems: each makes ready outside the clock and gives back what is to be timed."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.large_rosters import nation_roster, region_roster
from benchmarks.large_workbooks import write_persons, write_spread
from benchmarks.many_forms import write_many_forms
from benchmarks.workspace import AS_OF, Workspace, large_roster, many_forms, quietly

Timed = Callable[[], object]

FORMS = 150
COPIES = 20
"""Times the demonstration's forms are printed as a batch: 3,000 files."""

BATCH = FORMS * COPIES
ASKED_BEFORE = 30
"""Pairs explained before the clock starts."""

ROWS = 50_000
SPREAD_PERSONS = 1_870
"""Persons whose rows in the ten sheets are about `ROWS`."""


@dataclass(frozen=True)
class Problem:
    """One row of the table; `per_run` is how many things one run does, for the rate."""

    about: str
    ready: Callable[[Workspace], Timed]
    runs: int
    per_run: int = 1
    unit: str = ""
    only_named: bool = False
    """Left out of a run of everything: it takes minutes and gigabytes of disk."""
    makes: Callable[[Workspace], object] | None = None
    """What is made before in another process, so that it counts neither as time nor as memory."""


def _import(space: Workspace) -> Timed:
    out = Path(tempfile.mkdtemp(dir=space.folder)) / "roster"
    line = ["import", *space.sources, "--roster", out, "--as-of", AS_OF]
    return lambda: quietly(*line)


def _import_forms(count: int) -> Callable[[Workspace], Timed]:
    def ready(space: Workspace) -> Timed:
        folder = space.folder / f"forms-{count}"
        write_many_forms(folder, count)
        line = ["import", folder, "--roster", folder.with_name("roster"), "--as-of", AS_OF]
        return lambda: quietly(*line)

    return ready


def _import_spread(space: Workspace) -> Timed:
    return _import_workbook(write_spread(space, space.folder / "spread.xlsx", SPREAD_PERSONS))


def _import_persons(space: Workspace) -> Timed:
    return _import_workbook(write_persons(space, space.folder / "persons.xlsx", ROWS))


def _import_workbook(path: Path) -> Timed:
    line = ["import", path, "--roster", path.with_suffix(""), "--as-of", AS_OF]
    return lambda: quietly(*line)


def _screen_small(space: Workspace) -> Timed:
    from banzi.roster import load_roster
    from banzi.rules import screen

    roster = load_roster(space.roster)
    return lambda: screen(roster, AS_OF).pairs


def _screen_large(space: Workspace) -> Timed:
    from banzi.rules import screen

    roster = large_roster(space)
    return lambda: screen(roster, AS_OF).pairs


def _explain(space: Workspace) -> Timed:
    from banzi.roster import load_roster
    from banzi.rules import explain

    roster = load_roster(space.roster)
    person = roster["persons"]["person_id"].sort()[0]
    return lambda: explain(roster, AS_OF, person, "mayor")


def _explain_in_a_region(space: Workspace) -> Timed:
    return _explain_others(region_roster(space))


def _explain_in_a_nation(space: Workspace) -> Timed:
    return _explain_others(nation_roster(space))


def _explain_others(folder: Path) -> Timed:
    """Another person and post each time, in a process that has answered for others before.

    The tables are packed by then, and whoever may be kin is known: nothing is made ready beside
    the answers. What is asked is new, so no answer and no day of change was worked out before.
    """
    from banzi.roster import load_roster
    from banzi.rules import explain

    roster = load_roster(folder)
    persons = roster.scan("persons").select("person_id").collect().to_series()
    posts = roster["posts"]["post_id"]

    def answer(turn: int) -> None:
        person = persons[turn * 7_919 % len(persons)]
        explain(roster, AS_OF, person, posts[turn * 104_729 % len(posts)])

    turns = itertools.count()
    for turn in itertools.islice(turns, ASKED_BEFORE):
        answer(turn)
    roster.settle()
    return lambda: answer(next(turns))


def _load_nation(space: Workspace) -> Timed:
    from banzi.roster import load_roster

    folder = nation_roster(space)
    return lambda: load_roster(folder)


def _screen_region(space: Workspace) -> Timed:
    from banzi.roster import load_roster
    from banzi.rules import screen

    roster = load_roster(region_roster(space))
    return lambda: screen(roster, AS_OF).ranks


def _judge_region(space: Workspace) -> Timed:
    from banzi.law import load_law
    from banzi.roster import load_roster
    from banzi.rules import RULES
    from banzi.rules.runtime.judging import judge, make_case

    case = make_case(load_roster(region_roster(space)), AS_OF, load_law())
    rules = [rule for rule in RULES if rule.in_force(AS_OF)]
    judge(case, rules)
    return lambda: judge(case, rules)


def _forms_of(space: Workspace) -> Timed:
    from banzi.documents.forms import form_of
    from banzi.roster import load_roster

    roster = load_roster(region_roster(space))
    return lambda: [form_of(roster, person) for person in roster["persons"]["person_id"]]


def _build(space: Workspace) -> Timed:
    from banzi.cli.plan_inputs import read_plan_settings, read_targets
    from banzi.roster import load_roster
    from banzi.staffing.screening import build_from_roster

    roster = load_roster(space.roster)
    targets, settings = read_targets(space.targets).targets, read_plan_settings(space.settings)
    return lambda: build_from_roster(roster, targets, settings, AS_OF)


def _solve(space: Workspace) -> Timed:
    from banzi.staffing.reading import read_problem
    from banzi.staffing.solving import solve

    problem = read_problem(space.problem)

    def timed() -> None:
        plan = solve(problem)
        if plan.status != "optimal":
            raise RuntimeError(f"status {plan.status}: the time would mean nothing")

    return timed


def _check(space: Workspace) -> Timed:
    from banzi.staffing.checking import check_plan

    plan = space.folder / "plan"
    quietly("plan", "solve", space.problem, "--out", plan)
    return lambda: check_plan(space.problem, plan)


def _forms(space: Workspace) -> Timed:
    from banzi.documents.form_files import find_forms, read_form_file
    from banzi.documents.papers.approval_form import write_approval_form

    forms = [read_form_file(path) for path in find_forms([space.files / "people"])[:FORMS]]
    out = Path(tempfile.mkdtemp(dir=space.folder))

    def timed() -> None:
        for number, form in enumerate(forms):
            write_approval_form(form, out / f"{number}.docx")

    return timed


def _print(*options: str) -> Callable[[Workspace], Timed]:
    def ready(space: Workspace) -> Timed:
        many = many_forms(space, COPIES)
        out = Path(tempfile.mkdtemp(dir=space.folder))
        line = ["forms", "print", many, "--workers", 2]
        if "--merged" in options:
            return lambda: quietly(*line, *options, out / "all.pdf")
        return lambda: quietly(*line, "--out", out / "forms", *options)

    return ready


def _report(space: Workspace) -> Timed:
    from banzi.cli.plan_inputs import read_targets
    from banzi.documents.papers.structure_report import write_pdf
    from banzi.facts import derive
    from banzi.law import load_law
    from banzi.roster import load_roster
    from banzi.structure.members import members_of
    from banzi.structure.report import report_data

    roster, file = load_roster(space.roster), read_targets(space.targets)
    members = members_of(roster, derive(roster, AS_OF, load_law()), AS_OF)
    out = Path(tempfile.mkdtemp(dir=space.folder)) / "report.pdf"
    return lambda: write_pdf(report_data(members, file.targets, file.settings), out)


PROBLEMS: dict[str, Problem] = {
    "import": Problem(
        "`banzi import`: 150 .lrmx forms and two workbooks into a roster", _import, 5
    ),
    "import-3000": Problem(
        "3,000 .lrmx with photos, 15 to 45 kB each", _import_forms(3_000), 3, 3_000, "forms"
    ),
    "import-100000": Problem(
        "100,000 .lrmx", _import_forms(100_000), 1, 100_000, "forms", only_named=True
    ),
    "import-spread": Problem(
        ".xlsx of about 50,000 rows in ten sheets", _import_spread, 3, ROWS, "rows"
    ),
    "import-persons": Problem(
        ".xlsx of 50,000 persons in one sheet", _import_persons, 3, ROWS, "rows"
    ),
    "screen-150": Problem("screen 30 posts × 150 persons", _screen_small, 9, 4_500, "pairs"),
    "screen-20000": Problem("screen 30 posts × 20,000 persons", _screen_large, 5, 600_000, "pairs"),
    "screen-360x3000": Problem(
        "screen 360 posts × 3,000 persons, verdicts as bytes",
        _screen_region,
        5,
        1_080_000,
        "pairs",
    ),
    "judge-360x3000": Problem(
        "the same once the facts are there: the rules alone", _judge_region, 9, 1_080_000, "pairs"
    ),
    "load-300000": Problem(
        "open a roster of 300,000 persons", _load_nation, 5, only_named=True, makes=nation_roster
    ),
    "explain-300000": Problem(
        "explain one of 300,000 persons for one of 36,000 posts, another pair each time",
        _explain_in_a_nation,
        48,
        only_named=True,
        makes=nation_roster,
    ),
    "explain-3000": Problem(
        "explain one of 3,000 persons for one of 360 posts, another pair each time",
        _explain_in_a_region,
        48,
        makes=region_roster,
    ),
    "forms-of-3000": Problem(
        "the forms of 3,000 persons, from a roster", _forms_of, 3, 3_000, "forms"
    ),
    "explain": Problem("explain one person for one post", _explain, 9),
    "plan-build": Problem("build the problem: 30 posts, 30 targets", _build, 5),
    "plan-solve": Problem("solve it: four tiers, proven optimal, canonical", _solve, 3),
    "plan-check": Problem("the referee checks the plan", _check, 9),
    "forms": Problem(
        f"{FORMS} approval forms as .docx, already read, one process", _forms, 5, FORMS, "forms"
    ),
    "print-docx": Problem(
        f"`banzi forms print`: {BATCH:,} forms as .docx, two processes",
        _print("--format", "docx"),
        1,
        BATCH,
        "forms",
    ),
    "print-pdf": Problem(
        f"the same {BATCH:,} as PDF, a file each", _print("--format", "pdf"), 1, BATCH, "forms"
    ),
    "print-merged": Problem(
        f"the same {BATCH:,} bound, 300 a volume", _print("--merged"), 1, BATCH, "forms"
    ),
    "report": Problem("structure report as PDF", _report, 5),
}
