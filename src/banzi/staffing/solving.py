"""From a problem to a plan: search, proof, and an honest report.

Small problems are searched exactly (HiGHS) to the canonical optimum. Where that takes long, a local
search in a process of its own finds good plans first; the exact search then starts from the best of
them, or, for what is beyond it, search, exact polish of blocks and bounds go on until time is up.
Tier values are recomputed from the assignments whoever found them. What runs out of time leaves its
best plan and the bounds proven so far.

Not here: why there is no plan (`conflicts`), and whether a plan is right (`referee`).
"""

from __future__ import annotations

import logging
import math
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from banzi.kernel.errors import BanziError, Cancelled
from banzi.kernel.memory import give_back
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.solvers import remote
from banzi.solvers.children import Ahead
from banzi.solvers.highs import Status
from banzi.solvers.lexicographic import Found, Ordered, Task
from banzi.solvers.remote import Overdue, WorkerLost, maximise_in_order, remaining
from banzi.staffing.answers.doubting import Doubt, NoPlan
from banzi.staffing.model import Model, build_model
from banzi.staffing.plan import Plan, TierResult, versions
from banzi.staffing.problem import Problem
from banzi.staffing.proof.prover import Proof
from banzi.staffing.record import Record
from banzi.staffing.search.job import JOB, Better, Searched, SearchTask, Tried
from banzi.staffing.search.measuring import exact
from banzi.staffing.search.opening import opening_plan
from banzi.staffing.starting_ahead import search_ahead
from banzi.staffing.system.rows import Int64s
from banzi.staffing.tier_titles import tier_title

SEARCHING = MessageKind("plan/searching", _("求解“{name}”"))
SOLVER_LOST = MessageKind(
    "plan/solver-lost", _("求解进程中断（{reason}），未得到方案；请重试，仍不成请减少线程数")
)
SOLVER_STOPPED = MessageKind(
    "plan/solver-stopped", _("求解进程中断（{reason}），以中断前的最佳方案和上限为准")
)
IMPROVED = MessageKind("plan/improved", _("求解“{name}”：已有方案，改进“{tier}”"))
BOUNDED = MessageKind(
    "plan/improved-and-bounded",
    _("求解“{name}”：已有方案，改进“{tier}”，距理论上限{points}分"),
)
_log = logging.getLogger(__name__)
SHOWN_EVERY = 1.0
"""Seconds between two lines of progress."""

SMALL_ARCS = 4_000
"""Pairs up to which the exact search is tried alone first, for `QUICK` seconds."""
QUICK = 3.0
EXACT_POSTS = 120
"""Posts up to which the exact search may hope to end, so that a local search only begins it."""
HEAD_START = 0.4
"""Share of the time that search and proof then get, and the most of it in seconds."""
LONGEST_HEAD_START = 60.0
NEAR, LONGEST_NEAR = 0.02, 300.0
"""Gap below which they go on instead: menus of blocks close it sooner than the exact search, but for
small problems; and the seconds after which it has its turn all the same."""
LAST = 1.0
"""Seconds below which starting an exact search is not worth it."""
PATIENCE = 0.3
"""Share of the time after which a local search without a plan makes room for the exact one."""
EXACT_PACE = 1_000
"""Pairs for each second that the exact search must then have: with less it ends before it has begun,
and its model of 300,000 pairs takes two gigabytes."""


def solve(
    problem: Problem,
    seconds: float | None = None,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
    *,
    started: float | None = None,
    moves: int | None = None,
    keep_best: bool = False,
    ahead: Ahead | None = None,
) -> Plan:
    """Find the canonical optimum, or the best plan within `seconds` from `started`.

    Parameters
    ----------
    seconds
        Time limit counted from `started`; None for no limit.
    seed, threads
        Steer the search, not the answer: an optimal plan is the same for any of them. Threads None
        for as many as there are processors.
    progress
        Told of better plans; may cancel by raising `Cancelled`.
    started
        Reading of `time.monotonic()` when the command began; None for now.
    moves
        End the local search after so many moves a thread: with the same seed and threads it ends
        with the same plan, whatever the clock.
    keep_best
        When `progress` cancels, give the best plan so far, if there is one, instead of nothing.
    ahead
        The process of the local search if it was started before (`starting_ahead`), as is worth it
        where the problem is still to be read; started here otherwise, if one is needed. Closed here.

    Raises
    ------
    BanziError
        When the solver's process crashed before it had found any plan: the one made before it is
        too poor to pass for an answer.
    """
    now = time.monotonic() if started is None else started
    steering = _Steering(seconds, seed, threads or os.cpu_count() or 1, moves)
    if ahead is None and len(problem.pairs) > SMALL_ARCS:
        ahead = search_ahead()  # beside assembling the rows and the opening plan
    try:
        run = _Run(problem, now, progress or Silent(), steering, ahead)
        return run.plan(_ordered(run, keep_best))
    finally:
        if ahead is not None:
            ahead.close()


def _ordered(run: _Run, keep_best: bool) -> Ordered:
    """What the searches end with, however they end."""
    try:
        return run.solve()
    except NoPlan:
        return Ordered(Status.INFEASIBLE)
    except WorkerLost as lost:
        if not isinstance(lost, Overdue):
            if run.record.best is run.opening:
                raise BanziError(SOLVER_LOST(reason=str(lost))) from lost
            _log.error("%s", SOLVER_STOPPED(reason=str(lost)))
        return run.ordered()
    except Cancelled:
        if not keep_best or run.record.best is None:
            raise
        return run.ordered()


@dataclass(frozen=True, slots=True)
class _Steering:
    seconds: float | None
    seed: int
    threads: int
    moves: int | None


class _Run:
    """The searches of one problem, one after another; `record` has what they found."""

    def __init__(
        self,
        problem: Problem,
        started: float,
        progress: Progress,
        steering: _Steering,
        ahead: Ahead | None,
    ) -> None:
        self.problem, self.progress, self.steering = problem, progress, steering
        self._ahead = ahead
        progress.start(SEARCHING(name=problem.name), len(problem.tiers))
        self.until = started + (math.inf if steering.seconds is None else steering.seconds)
        self.record = Record(problem, started)
        self.moves = 0
        self.opening: Int64s | None = None
        self._shown = -math.inf
        self._doubt = Doubt(problem, self.until)
        self._tried = True  # but for a local search in its first cycle

    @cached_property
    def model(self) -> Model:
        """What the exact search works on; large problems never ask for it."""
        return build_model(self.problem)

    def solve(self) -> Ordered:
        """The exact search alone, after a head start, or only where the local search is at a loss."""
        rows, limit = self.record.rows, self.until - self.record.started
        if rows.arcs <= SMALL_ARCS or not exact(rows):
            if self._ahead is not None:
                self._ahead.close()  # it would take a processor that the exact search can use
            alone = self.steering.moves is None and exact(rows)
            ordered = self.exactly(QUICK if alone else math.inf)
            if not alone or ordered.canonical or ordered.status is Status.INFEASIBLE:
                return ordered
        if rows.posts <= EXACT_POSTS:
            head_start = min(LONGEST_HEAD_START, HEAD_START * limit)
            self.search(math.inf, enough=self.record.started + head_start)
            late = remaining(self.until) < LAST and self.record.best is not None
            return self.ordered() if late else self.exactly(math.inf)
        needed = rows.arcs / EXACT_PACE
        patience = PATIENCE * limit if (1 - PATIENCE) * limit >= needed else math.inf
        self.search(math.inf, patience=patience)
        if self.record.best is None and remaining(self.until) >= max(LAST, needed / 2):
            return self.exactly(math.inf)
        return self.ordered()

    def exactly(self, seconds: float) -> Ordered:
        """Search exactly, from the best plan there is, for so long at most."""
        left, record = remaining(self.until), self.record
        model, steering = self.model, self.steering
        known = record.plan_of(model.rows)
        start = None if known is None else model.solution(known)
        goals, choices = tuple(model.goals), tuple(model.choices)
        task = Task(model.system, goals, choices, steering.threads, steering.seed, start)
        try:
            ordered = maximise_in_order(task, min(seconds, left), on_news=self.hear, beat=self.beat)
        except Overdue:
            if seconds < left:
                return self.ordered()
            raise
        if ordered.values is not None:
            record.keep(model.plan(ordered.values), model.rows)
        for tier, bound in enumerate(ordered.bounds):
            if bound is not None:
                record.prove(tier, bound)
        record.note()
        return ordered

    def search(
        self, seconds: float, *, patience: float = math.inf, enough: float = math.inf
    ) -> None:
        """Search locally, with polish and proof; from the time `enough` on only while it is near and
        something is being proven."""
        steering, start = self.steering, self.record.best
        if remaining(self.until) > 0:
            self._open()  # not where the search starts: what it finds never depends on it
        left = min(seconds, remaining(self.until))
        if left <= 0:
            return
        task = SearchTask(
            self.record.rows,
            threads=steering.threads,
            seed=steering.seed,
            moves=steering.moves,
            start=start,
            known=self.record.best,
            patience=patience,
            enough=enough - time.monotonic(),
        )

        def beat() -> None:
            self.beat()
            if steering.moves is None and self.record.proven:
                raise Overdue("proven")  # what goes on meanwhile may be a listing of minutes
            if time.monotonic() >= enough and not self.near():
                raise Overdue("enough")

        self._tried = False
        try:
            found = remote.run(JOB, task, left, self.hear, beat, self._ahead)
        except Overdue:
            return
        finally:
            self._tried = True
        if isinstance(found, Searched):
            self.moves = found.moves

    def _open(self) -> None:
        """A first plan, while the search's process still gets ready; none where time is up before.

        Not for a number of moves, of which alone the plan must depend.
        """
        record, steering = self.record, self.steering
        if record.best is not None or steering.moves is not None:
            return

        def beat() -> None:
            self.beat()
            if remaining(self.until) <= 0:
                raise Overdue("time limit")

        with suppress(Overdue):
            self.opening = opening_plan(record.rows, steering.seed, beat)
        give_back()
        if self.opening is not None:
            record.keep(self.opening)
            record.note()

    def hear(self, news: object) -> None:
        """Keep a better plan or a bound."""
        record, tier = self.record, None
        if isinstance(news, Found):
            tier = news.goal
            record.keep(self.model.plan(news.values), self.model.rows)
            if news.bound is not None:
                record.prove(tier, news.bound)
        elif isinstance(news, Tried):
            self._tried = True
        elif isinstance(news, Better):
            record.keep(news.plan)
            self.moves = news.moves
        elif isinstance(news, Proof):
            record.prove(news.tier, news.bound, news.floors)
        line = record.note(tier)
        if line is not None and line[0] - self._shown > SHOWN_EVERY:
            self._shown = line[0]
            self._show(*line[1:])

    def near(self) -> bool:
        """Whether the first tier that is not proven nearly is, so that more time for its proof pays.

        Not where the exact search is quick, nor for ever: a proof in blocks may end without its end.
        """
        record, tier = self.record, self.record.decisive()
        bound = record.bounds()[tier] if record.best is not None else None
        has_an_end = math.isfinite(self.until) and record.elapsed() <= LONGEST_NEAR
        if bound is None or not has_an_end or record.rows.arcs <= SMALL_ARCS:
            return False
        return bound - record.values[tier] <= NEAR * max(1, abs(record.values[tier]))

    def beat(self) -> None:
        self.progress.advance(0)
        self._doubt.look(found=self.record.best is not None, tried=self._tried)

    def ordered(self) -> Ordered:
        """What is known so far, as an outcome."""
        known = self.record.best is not None
        return Ordered(Status.FEASIBLE if known else Status.UNKNOWN)

    def plan(self, ordered: Ordered) -> Plan:
        """The report. Whose every tier stands at its bound is an optimum, whoever proved it; the
        canonical one only after an exact search that settled all ties."""
        record, steering, tiers = self.record, self.steering, self.problem.tiers
        found = record.best is not None
        again = self.moves if record.best is not self.opening else 0
        values = record.values if found else [None] * len(tiers)
        bounds = record.bounds() if found else [None] * len(tiers)
        proven = record.proven
        return Plan(
            status=str(Status.OPTIMAL if proven else ordered.status),
            tiers=tuple(
                TierResult(tier.name, value, bound)
                for tier, value, bound in zip(tiers, values, bounds, strict=True)
            ),
            seconds=record.elapsed(),
            first_plan_seconds=record.trace[0][0] if record.trace else None,
            assignments=record.assignments(),
            trace=tuple(record.trace),
            settings={
                "seconds": steering.seconds,
                "seed": steering.seed,
                "threads": steering.threads,
                "moves": again or None,
                "canonical": ordered.canonical,
            },
            versions=versions(),
            problem_sha256=self.problem.sha256,
        )

    def _show(self, tier: int, value: int, bound: int | None) -> None:
        name, tiers = self.problem.name, self.problem.tiers
        title = tier_title(tiers[tier].name)
        if bound is None:
            message = IMPROVED(name=name, tier=title)
        else:
            message = BOUNDED(name=name, tier=title, points=bound - value)
        self.progress.start(message, len(tiers))
        self.progress.advance(tier)
