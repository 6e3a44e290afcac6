"""Beside a search that finds no plan: is there none at all?

A search can only fail to find; minutes of it say nothing. What a clash inside a block, or one that
fractions show, takes to prove is a second or two, so that is looked for as soon as the first plan
is late and a search has had its first cycle, on a thread of the process that waits for the search.
"""

from __future__ import annotations

import math
import threading
import time

from banzi.kernel.errors import Cancelled
from banzi.kernel.progress import Silent
from banzi.solvers.quiet import Failed
from banzi.staffing.answers.clashing import seen_at_once
from banzi.staffing.answers.demands import Demands
from banzi.staffing.problem import Problem

LATE = 5.0
"""Seconds in which a search mostly has its first plan."""


class NoPlan(Exception):
    """Proven: no plan keeps every requirement."""


class Doubt:
    """Whether a problem has no plan, found out when a search is `LATE`; ask by `look`."""

    def __init__(self, problem: Problem, until: float) -> None:
        self._problem, self._until = problem, until
        self._began = math.inf
        self._thread: threading.Thread | None = None
        self._clashes = self._settled = False

    def look(self, *, found: bool, tried: bool = True) -> None:
        """To be called now and then, with whether there is a plan, and whether a search has tried
        for as long as its size asks: on a busy machine that takes longer than `LATE`.

        Raises
        ------
        NoPlan
            When there is none.
        """
        self._settled |= found
        now = time.monotonic()
        self._began = min(self._began, now)
        if self._thread is None and tried and not found and now - self._began > LATE:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        if self._clashes and not found:
            raise NoPlan

    @property
    def settled(self) -> bool:
        return self._settled

    def _work(self) -> None:
        try:
            found = seen_at_once(Demands.of(self._problem), self._until, _UntilSettled(self))
        except (Cancelled, Failed):
            return
        self._clashes = found is not None


class _UntilSettled(Silent):
    """Ends the looking once there is a plan."""

    def __init__(self, doubt: Doubt) -> None:
        self._doubt = doubt

    def advance(self, steps: int = 1) -> None:
        if self._doubt.settled:
            raise Cancelled
