"""From a problem to a plan: rows, an ordered search in its own process, and an honest report.

The search is exact (HiGHS); what it claims is tested against the integer rows, and tier values are
recomputed from the assignments. A search that runs out of time leaves its best plan and the bounds
proven so far.

Not here: why there is no plan (`conflicts`), and whether a plan is right (`referee`).
"""

from __future__ import annotations

import math
import platform
import time
from collections.abc import Sequence
from importlib.metadata import version

import banzi
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.solvers.highs import Status
from banzi.solvers.lexicographic import Found, Ordered, Task
from banzi.solvers.remote import Overdue, WorkerLost, maximise_in_order, remaining
from banzi.staffing.model import Model, build_model
from banzi.staffing.plan import Plan, TierResult
from banzi.staffing.problem import Problem

SEARCHING = MessageKind("plan/searching", _("求解“{name}”"))
SOLVER_LOST = MessageKind(
    "plan/solver-lost", _("求解进程中断（{reason}），未得到方案；请重试，仍不成请减少线程数")
)


def solve(
    problem: Problem,
    seconds: float | None = None,
    seed: int = 0,
    threads: int = 1,
    progress: Progress | None = None,
    *,
    started: float | None = None,
) -> Plan:
    """Find the canonical optimum, or the best plan within `seconds` from `started`.

    Parameters
    ----------
    seconds
        Time limit counted from `started`; None for no limit.
    seed, threads
        Steer the search, not the answer: an optimal plan is the same for any of them.
    progress
        Told of each tier; may cancel by raising `Cancelled`.
    started
        Reading of `time.monotonic()` when the command began; None for now.

    Raises
    ------
    BanziError
        When the solver's process ended without any answer.
    """
    run = _Run(problem, time.monotonic() if started is None else started, progress or Silent())
    limit = math.inf if seconds is None else seconds
    task = Task(run.model.system, tuple(run.model.goals), tuple(run.model.choices), threads, seed)
    try:
        left = remaining(run.started + limit)
        ordered = maximise_in_order(
            task, left, on_news=run.hear, beat=lambda: run.progress.advance(0)
        )
    except WorkerLost as lost:
        if run.best is not None:
            ordered = Ordered(Status.FEASIBLE, run.best, tuple(run.bounds))
        elif isinstance(lost, Overdue):
            ordered = Ordered(Status.UNKNOWN)
        else:
            raise BanziError(SOLVER_LOST(reason=str(lost))) from lost
    settings = {"seconds": seconds, "seed": seed, "threads": threads}
    return run.plan(ordered, {**settings, "canonical": ordered.canonical})


class _Run:
    """What is heard of a search while it runs."""

    def __init__(self, problem: Problem, started: float, progress: Progress) -> None:
        self.problem, self.started, self.progress = problem, started, progress
        progress.start(SEARCHING(name=problem.name), len(problem.tiers))
        self.model: Model = build_model(problem)
        self.best: list[int] | None = None
        self.bounds: list[int | None] = [None] * len(problem.tiers)
        self.trace: list[tuple[float, int, int, int | None]] = []
        self._done = 0

    def elapsed(self) -> float:
        return round(time.monotonic() - self.started, 3)

    def hear(self, news: Found) -> None:
        """Keep a better solution; the trace shows it with its true value."""
        self.best = news.values
        value = self.model.tier_values(news.values)[news.goal]
        self.bounds[news.goal] = news.bound
        row = (self.elapsed(), news.goal, value, news.bound)
        if not self.trace or self.trace[-1][1:] != row[1:]:
            self.trace.append(row)
        if value == news.bound and news.goal >= self._done:
            self.progress.advance(news.goal + 1 - self._done)
            self._done = news.goal + 1

    def plan(self, ordered: Ordered, settings: dict[str, object]) -> Plan:
        problem, values = self.problem, ordered.values
        return Plan(
            status=str(ordered.status),
            tiers=self._tiers(ordered, values),
            seconds=self.elapsed(),
            first_plan_seconds=self.trace[0][0] if self.trace else None,
            assignments=() if values is None else self._assignments(values),
            trace=tuple(self.trace),
            settings=settings,
            versions={
                "banzi": banzi.__version__,
                "highspy": version("highspy"),
                "python": platform.python_version(),
            },
            problem_sha256=problem.sha256,
        )

    def _tiers(self, ordered: Ordered, values: Sequence[int] | None) -> tuple[TierResult, ...]:
        names = [tier.name for tier in self.problem.tiers]
        if values is None:
            return tuple(TierResult(name, None, None) for name in names)
        worth = self.model.tier_values(values)
        return tuple(map(TierResult, names, worth, ordered.bounds))

    def _assignments(self, values: Sequence[int]) -> tuple[tuple[str, str | None], ...]:
        problem = self.problem
        people = self.model.assignments(values)
        return tuple(
            (post.post_id, None if person is None else problem.persons[person])
            for post, person in zip(problem.posts, people, strict=True)
        )
