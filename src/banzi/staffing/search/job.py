"""The work of one child process: search, exact polish of blocks, bounds beside them.

Whoever asks gets every better plan and every bound as it is found, and may end the process at any
time: what was heard by then is the answer.
"""

from __future__ import annotations

import math
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from banzi.kernel.memory import give_back
from banzi.solvers.remote import remaining
from banzi.staffing.proof.prover import Chosen, Prover
from banzi.staffing.search.annealing import Search
from banzi.staffing.search.polishing import Polisher
from banzi.staffing.system.rows import Int64s, RowSystem

JOB = f"{__name__}:look_for_plans"

Tell = Callable[[object], None]

PER_BLOCK = 500_000
"""Moves of a thread after which it polishes a block: they take it somewhat longer than that."""
BLOCK = 1_000
"""Moves that polishing a block on every thread counts for."""
FIRST = 20.0
"""Seconds, of a machine with nothing else to do, that looking for a first plan has for itself before
bounds are looked for; the first cycles at the least."""
DOUBTED = 2
"""Cycles without a plan, 500 moves a post, after which it may be that there is none."""
REST, LONG_REST = 1.0, 4.0
"""How many times as long as it works the search rests once proof goes on from block to block, and
once that has found a better plan: then it is the blocks that are worth the processors."""
CYCLES = 4
"""Cycles before it rests at all. At 3,000 posts they take half a minute and are worth more than what
blocks choose in that time."""


@dataclass(frozen=True, slots=True)
class SearchTask:
    """`moves`: moves a thread after which the search ends, None for no end; `start` is a plan, and so is
    `known`, from which proof begins at once and the search does not: it finds the same without.

    `whole`: blocks are polished and bounds looked for besides. `patience`: seconds, of a machine
    with nothing else to do, after which a search without any plan gives up, the first round and
    what it translates left aside; its first cycles it may always finish. `enough`: seconds after
    which it ends once nothing more can be proven beside it.
    """

    rows: RowSystem
    threads: int = 1
    seed: int = 0
    moves: int | None = None
    start: Int64s | None = None
    known: Int64s | None = None
    whole: bool = True
    patience: float = math.inf
    enough: float = math.inf


@dataclass(frozen=True, slots=True)
class Better:
    """A plan better than all before it, and the moves a thread that found it.

    `moves` is 0 once a plan from the proof has come in: moves alone would not find it again.
    """

    plan: Int64s
    moves: int


@dataclass(frozen=True, slots=True)
class Tried:
    """The first cycles are over and there is no plan: time to doubt."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Moves a thread done."""

    moves: int


def get_ready() -> None:
    """Open the compiler and read the loops, while the problem is still being read elsewhere."""
    from banzi.staffing.search.warming import open_loops

    open_loops()
    give_back()  # reading the loops leaves half of what it took


def look_for_plans(task: SearchTask, seconds: float, tell: Tell) -> Searched:
    """Tell of every `Better` plan and every `Proof` until moves, seconds or questions end."""
    began = time.monotonic()
    until = began + seconds
    own: _Own | None = None
    proving: _Proving | None = None
    helped = False
    search = Search(task.rows, threads=task.threads, seed=task.seed, start=task.start)
    give_back()
    best: tuple[int, ...] | None = None
    moves, step, tried = 0, began, False
    for moves in _steps(search, task, until):
        settled = proving is not None and (
            proving.settled or (task.moves is None and proving.prover.proven)
        )
        for plan in proving.plans() if proving is not None else ():
            helped |= search.offer(plan)
        better = search.plan is not None and (best is None or search.tiers > best)
        if better and search.plan is not None:
            best = search.tiers
            tell(Better(search.plan, 0 if helped else moves))
        if moves and own is None:
            own = _Own(task.threads)  # the first round may have had to translate its loops
        now, worked = time.monotonic(), 0.0 if own is None else own.seconds()
        if best is None and search.cycles >= DOUBTED and not tried:
            tried = True
            tell(Tried())
        first = task.known if search.plan is None else search.plan
        if task.whole and proving is None and (first is not None or (tried and worked > FIRST)):
            proving = _Proving(task, first, until, tell)
        elif better and proving is not None and search.plan is not None:
            proving.prover.hear(search.plan)
        if now >= until or (tried and best is None and worked >= task.patience):
            break
        if (task.moves is not None and moves >= task.moves) or settled:
            break
        if now - began >= task.enough and proving is not None and proving.prover.at_rest:
            break
        if (
            proving is not None
            and proving.going_on
            and task.moves is None
            and search.cycles >= CYCLES
        ):
            rest = (LONG_REST if helped else REST) * (now - step)
            proving.news.wait(min(rest, remaining(until)))
        step = time.monotonic()
    if proving is not None:
        proving.prover.stop()
        if proving.failed is not None:
            raise proving.failed  # plans were told of; that bounds are missing is to be known
    return Searched(0 if helped else moves)


class _Own:
    """Seconds that this process has worked with all its threads: what others take does not count,
    so that a busy machine gives nothing up early."""

    def __init__(self, threads: int) -> None:
        self._threads = min(threads, os.cpu_count() or 1)
        self._began = time.process_time()

    def seconds(self) -> float:
        return (time.process_time() - self._began) / self._threads


def _steps(search: Search, task: SearchTask, until: float) -> Iterator[int]:
    """Moves after each step: rounds of the search, and after each cycle blocks polished."""
    polisher = Polisher(task.rows, task.threads, task.seed) if task.whole else None
    cycle = more = before = 0
    for _ in search.rounds():
        yield search.moves + more
        if polisher is None or search.plan is None or search.cycles == cycle:
            continue
        cycle, blocks, before = search.cycles, (search.moves - before) // PER_BLOCK, search.moves
        for plan in polisher.improve(search.plan, cycle, blocks, until):
            search.offer(plan)
            more += BLOCK
            yield search.moves + more


class _Proving:
    """A thread that proves bounds; `settled` when nothing is left to look for.

    That is when every tier of the best plan is proven, or that there is no plan. `news` is set when
    it is settled or has a better plan. `failed` is the error that ended it; the search goes on.
    """

    def __init__(self, task: SearchTask, plan: Int64s | None, until: float, tell: Tell) -> None:
        # with a number of moves the plan must not depend on how fast proofs are
        self.prover = Prover(task.rows, threads=task.threads, choosing=task.moves is None)
        self._plans: queue.SimpleQueue[Int64s] = queue.SimpleQueue()
        if plan is not None:
            self.prover.hear(plan)
        self.settled = False
        self.failed: Exception | None = None
        self.news = threading.Event()
        self._until, self._tell = until, tell
        threading.Thread(target=self._work, daemon=True).start()

    def plans(self) -> Iterator[Int64s]:
        """Plans that came up since the last time."""
        self.news.clear()
        while not self._plans.empty():
            yield self._plans.get()

    @property
    def going_on(self) -> bool:
        """Whether proof goes on from block to block, so that the search is to leave it room."""
        return self.prover.going_on and self.failed is None

    def _work(self) -> None:
        try:
            self._prove()
        except Exception as failed:
            self.failed = failed
        self.news.set()

    def _prove(self) -> None:
        for news in self.prover.improve(self._until):
            if isinstance(news, Chosen):
                self._plans.put(news.plan)
                self.news.set()
                continue
            self._tell(news)
            if news.bound is None and not news.floors:
                break
        self.settled = time.monotonic() < self._until
