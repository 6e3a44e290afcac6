"""Bounds that grow tighter while a search runs: the one door to this package.

The search tells the prover of every better plan (`hear`), from any thread; whoever iterates over
`improve` gets bounds as they are proven. The heavy work is done in compiled loops and in HiGHS, both
of which let go of the interpreter lock, so a thread beside the search is enough.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from banzi.kernel.memory import give_back
from banzi.staffing.proof.deepening import Deepening, Step
from banzi.staffing.proof.descending import Descent, descend
from banzi.staffing.proof.dividing import Divided, Division
from banzi.staffing.proof.diving import Diver
from banzi.staffing.proof.generating import Generation
from banzi.staffing.proof.multipliers import HOPELESS, Prices, reckon
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.proof.relaxing import Relaxation, relax
from banzi.staffing.proof.renewing import renew
from banzi.staffing.proof.sifting import Sifting
from banzi.staffing.proof.striking import strike
from banzi.staffing.proof.watch import Watch
from banzi.staffing.system.rows import Int64s, RowSystem

FIRST_GLANCE = 3.0
"""Seconds of column generation before a menu at prices that have not settled; `GLANCES`: and as
many for one of menus. At 360 posts choices from it are worth 700 points more after nine seconds than
what there is without; with one second they were worth 100 less again."""
GLANCES = 4.0
LARGE = 60_000
"""Arcs from which steps downhill give prices far sooner than the linear programme. With half as many
(360 posts) it takes two seconds longer, and plans are as good in the end."""
SAME, LITTLE = 0.05, 0.0005
"""Shares of what lies between bound and plan, and of the bound itself, that blocks must take off the
linear programme's bound; below both they say no more than that."""


@dataclass(frozen=True, slots=True)
class Proof:
    """No plan whose tiers before `tier` reach `floors` is worth more than `bound` in `tier`.

    `bound` is None when there is no such plan at all.
    """

    tier: int
    bound: int | None
    floors: tuple[int, ...]

    def holds_for(self, values: Sequence[int]) -> bool:
        """Whether it bounds a plan of these tier values, and all that would better it."""
        before = zip(self.floors, values, strict=False)
        return all(floor <= value for floor, value in before)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan better than all heard of, which came up while bounds were proven."""

    plan: Int64s


News = Proof | Chosen


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """The best plan heard of: its arcs and its tier values. One is another by identity alone."""

    plan: Int64s
    values: tuple[int, ...]


class Prover:
    """Proves bounds for one problem. One thread iterates; any may call the other methods.

    `threads` search blocks side by side. Unless `choosing`, no menu is made and no plan looked for.
    HiGHS works with one thread throughout, and whoever uses it in the same process must leave it at
    that.
    """

    def __init__(self, rows: RowSystem, *, threads: int = 1, choosing: bool = True) -> None:
        self.rows, self._threads, self._choosing = rows, threads, choosing
        self._news = threading.Condition()
        self._known: _Known | None = None
        self._heard: list[Int64s] = []
        self._stopped = self._resting = False
        self._deepening: Deepening | None = None
        self._questions: dict[int, Question] = {}
        self._bounds: dict[int, Proof] = {}
        self._rounds: dict[int, Iterator[News | None]] = {}
        self._blind: set[int] = set()
        """Tiers looked at before there was a plan."""

    def hear(self, plan: Sequence[int] | Int64s) -> None:
        """A plan that meets every hard row (per post an arc or EMPTY).

        Worse ones than the best help a little too: their blocks are choices to mix.
        """
        arcs = np.array(plan, np.int64)
        values = tuple(self.rows.tier_values(arcs))
        with self._news:
            self._heard.append(arcs)
            if self._known is None or values > self._known.values:
                self._known = _Known(arcs, values)
                self._news.notify_all()

    def stop(self) -> None:
        """Make `improve` end at the next step."""
        with self._news:
            self._stopped = True
            self._news.notify_all()

    @property
    def going_on(self) -> bool:
        """Whether every tier has what is soon had and some goes on, from block to block or from
        dive to dive."""
        known = self._known
        return known is not None and bool(self._rounds) and self._next_tier(known) is None

    @property
    def at_rest(self) -> bool:
        """Whether all that surely helps has been tried with the best plan.

        What may go on then are menus that are not whole: minutes each, and they may prove nothing.
        """
        deepening = self._deepening
        doubtful = deepening is not None and deepening.met_end
        return (self._resting or doubtful) and self._known is not None

    @property
    def proven(self) -> bool:
        """Whether every tier of the best plan heard of stands at its bound.

        `improve` may learn it late: a menu that is being listed takes minutes.
        """
        known = self._known
        return known is not None and self._all_proven(known)

    def open_arcs(self) -> Mask:
        """Arcs that a plan at least as good as the best one heard of may use."""
        known, open_ = self._known, np.ones(self.rows.arcs, bool)
        for question in list(self._questions.values()):
            if known is not None and question.floors == known.values[: question.tier]:
                open_ &= question.open
        return open_

    def improve(self, until: float) -> Iterator[News]:
        """Proofs, each better than all before it of its tier and floors, until all is proven; and
        plans that are better than the best one heard of.

        Every tier first gets what is soon had; then those not proven take turns. Ends at `until` (a
        reading of `time.monotonic()`), at `stop`, or when every tier of the best plan stands at its
        bound.
        """
        while time.monotonic() < until and not self._stopped:
            known = self._known
            tier = self._next_tier(known)
            if tier is not None:
                yield from self._begin(tier, known, until)
            elif known is not None and self._all_proven(known):
                return
            elif known is not None and self._rounds:
                yield from self._go_on(known)
            else:
                with self._news:
                    if self._known is known and not self._stopped:
                        self._resting = True
                        self._news.wait(timeout=max(0.0, until - time.monotonic()))
                        self._resting = False

    def _next_tier(self, known: _Known | None) -> int | None:
        """The first tier that nothing has been tried for with the plan known now."""
        if known is None:
            return None if 0 in self._questions else 0
        for tier in range(len(known.values)):
            question = self._questions.get(tier)
            if question is None or question.floors != known.values[:tier] or tier in self._blind:
                return tier
        return None

    def _all_proven(self, known: _Known) -> bool:
        return all(self._proven(tier, known) for tier in range(len(known.values)))

    def _proven(self, tier: int, known: _Known | None) -> bool:
        """Whether the best plan stands at the bound of a tier, for its own floors."""
        proof = self._bounds.get(tier)
        return (
            known is not None
            and proof is not None
            and proof.holds_for(known.values)
            and proof.bound == known.values[tier]
        )

    def _begin(self, tier: int, known: _Known | None, until: float) -> Iterator[News]:
        """What is soon had: plain prices, the linear programme, its prices block by block."""
        question = self._question(tier, known)
        for plain in (Prices.none(question), Prices.of_persons(question)):
            yield from self._prove(question, plain, known)
        if known is not None and self.rows.arcs >= LARGE and not self._proven(tier, known):
            rounds = yield from self._descend(question, known, until)
            if rounds is not None:
                self._rounds[tier] = rounds
                return
        if self._proven(tier, known):
            return
        relaxed: Relaxation | None = None
        sifting = None if known is None else Sifting(question, known.plan)
        for relaxed in self._relaxations(question, sifting, until):
            yield from self._prove(question, relaxed.prices, known)
        if relaxed is None or self._proven(tier, known):
            return
        give_back()
        division, divided = yield from self._divide(question, relaxed.prices, known, until)
        if known is None:
            return
        if sifting is not None and relaxed.whole:
            rounds = self._dive(division, sifting, relaxed, divided, until)
        else:
            rounds = self._generate(Generation(division, relaxed.prices, divided), until)
        self._rounds[tier] = rounds

    def _descend(
        self, question: Question, known: _Known, until: float
    ) -> Generator[News, None, Iterator[News | None] | None]:
        """Prices without a linear programme; None where it would say more, or blocks say so little
        that dives want it."""
        end: Descent | None = None
        for end in descend(question, known.values[question.tier], until):
            yield from self._tell(question, end.reckoned.total, end.reckoned.bound)
        if end is None or not end.settled or self._proven(question.tier, known):
            return None
        division, divided = yield from self._divide(question, end.prices, known, until)
        if self._choosing and self._say_little(divided, question.tier):
            return None
        return self._generate(Generation(division, end.prices, divided), until)

    def _divide(
        self, question: Question, prices: Prices, known: _Known | None, until: float
    ) -> Generator[News, None, tuple[Division, Divided]]:
        """The bound that blocks give at some prices."""
        division = Division(question, threads=self._threads)
        value = None if known is None else known.values[question.tier]
        between, within = division.split(prices)
        divided = division.reckon(reckon(question, between), within, value, until)
        if value is not None:
            division.strike(divided, value)
        yield from self._tell(question, divided.total, divided.bound)
        return division, divided

    def _dive(
        self,
        division: Division,
        sifting: Sifting,
        relaxed: Relaxation,
        divided: Divided,
        until: float,
    ) -> Iterator[News | None]:
        """Where blocks know no more than fractions do, plans are to be had from these first."""
        bound = divided.bound
        if self._choosing and self._say_little(divided, division.question.tier):
            diver = Diver(sifting, relaxed, until)
            parts = [block.posts for block in division.blocks]
            for plan in renew(diver, parts, bound, self._best, until):
                if plan is not None:
                    self.hear(plan)
                yield None if plan is None else Chosen(plan)
            del diver
        del sifting
        give_back()
        yield from self._generate(Generation(division, relaxed.prices, divided), until)

    def _say_little(self, divided: Divided, tier: int) -> bool:
        """Whether blocks say no more than fractions did."""
        known = self.rows.tier_values(self._best())  # far better by now than what it began with
        learnt = divided.reckoned.bound - divided.bound
        return learnt <= min(SAME * (divided.bound - known[tier]), LITTLE * abs(divided.bound))

    def _relaxations(
        self, question: Question, sifting: Sifting | None, until: float
    ) -> Iterator[Relaxation]:
        """Linear optima of the question, over more and more arcs where a plan is known."""
        if sifting is not None:
            yield from sifting.steps(until)
            return
        whole = relax(question, until)
        if whole is not None:
            yield whole

    def _generate(self, generation: Generation, until: float) -> Iterator[News | None]:
        """One proof, plan or None for each step: column generation until prices have settled, then
        menus.

        The first menu is shallow: with the better plan from it, prices are asked for more exactly.
        Where they take long to settle, menus are tried before, for plans are wanted early; but only
        as long as prices were asked for, because bounds come of these. Prices that have settled are
        asked for again only with a better plan or bound than the last time.
        """
        heard, question = 0, generation.question
        settled_with: object = None
        rounds, done = generation.rounds(until), 0
        deepening = self._deepening = Deepening(generation, threads=self._threads)
        watch = Watch()
        while True:
            for plan in self._heard[heard:]:
                generation.hear(plan)
                heard += 1
            with watch.on(0):
                divided = next(rounds, None)
            give_back()
            if divided is not None:
                done += 1
                yield next(self._tell(question, divided.total, divided.bound), None)
            late = watch.spent[0] > FIRST_GLANCE + GLANCES * watch.spent[1]
            if self._choosing and done and (divided is None or late):
                enough = until if divided is None else time.monotonic() + watch.spent[0]
                glance = deepening.glance(self._best, min(until, enough))
                yield from self._stepped(question, glance, watch)
            if divided is None:
                now = generation.best.total, self._known
                if not self._choosing or not done or now == settled_with:
                    break
                settled_with = now
                rounds, done = generation.rounds(until), 0
        if self._choosing:
            yield from self._stepped(question, deepening.rounds(self._best, until), watch)

    def _best(self) -> Int64s:
        assert self._known is not None  # noqa: S101 - rounds begin with a plan
        return self._known.plan

    def _stepped(
        self, question: Question, steps: Iterator[Step], watch: Watch
    ) -> Iterator[News | None]:
        while True:
            with watch.on(1):
                step = next(steps, None)
            give_back()
            if step is None:
                return
            if step.plan is not None:
                self.hear(step.plan)
                yield Chosen(step.plan)
            yield (
                None
                if step.bound is None
                else next(self._tell(question, step.bound, step.bound), None)
            )

    def _go_on(self, known: _Known) -> Iterator[News]:
        """One round for each tier that is not proven; ends early when floors have moved."""
        for tier, rounds in sorted(self._rounds.items()):
            if self._known is not known or self._stopped:
                return
            if self._proven(tier, known):
                del self._rounds[tier]
                continue
            try:
                proof = next(rounds)
            except StopIteration:
                del self._rounds[tier]
                continue
            if proof is not None:
                yield proof

    def _question(self, tier: int, known: _Known | None) -> Question:
        question = Question(self.rows, tier, () if known is None else known.values[:tier])
        for earlier in range(tier):
            before = self._questions[earlier]
            if before.floors == question.floors[:earlier]:
                question.open &= before.open
                question.filled |= before.filled
        self._questions[tier] = question
        self._rounds.pop(tier, None)
        self._blind.discard(tier)
        if known is None:
            self._blind.add(tier)
        return question

    def _prove(self, question: Question, prices: Prices, known: _Known | None) -> Iterator[Proof]:
        reckoned = reckon(question, prices)
        if known is not None:
            strike(question, reckoned, known.values[question.tier])
        yield from self._tell(question, reckoned.total, reckoned.bound)

    def _tell(self, question: Question, total: int, reckoned: int) -> Iterator[Proof]:
        """A proof when it is better than the last one that still holds."""
        bound = None if total == HOPELESS else reckoned
        before = self._bounds.get(question.tier)
        if (
            before is not None
            and before.holds_for(question.floors)
            and (before.bound is None or (bound is not None and bound >= before.bound))
        ):
            return
        proof = Proof(question.tier, bound, question.floors)
        self._bounds[question.tier] = proof
        yield proof
