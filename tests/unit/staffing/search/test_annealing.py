"""Replay, both ways of running the loops, exact polish, and the job of the child process."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from tests.support.staffing_bundles import FILL, bundle, city_bundle
from tests.support.staffing_search import random_rows, searched

from banzi.kernel.errors import Cancelled
from banzi.staffing.proof.prover import Proof, Prover
from banzi.staffing.reading import interpret
from banzi.staffing.search import job
from banzi.staffing.search.annealing import FIRM, SOFT, STIFF, Search, cycles
from banzi.staffing.search.fields import PRICE, ROW
from banzi.staffing.search.job import Better, SearchTask, look_for_plans
from banzi.staffing.search.measuring import COLD, YARD, exact
from banzi.staffing.search.polishing import Polisher
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowKind, RowSystem


@pytest.fixture(scope="module")
def city() -> RowSystem:
    return assemble(interpret(city_bundle(3, regions=3, persons=60, chance=0.4)))


def test_the_same_seed_and_moves_give_the_same_plan_and_another_seed_other_moves() -> None:
    rows = random_rows(11, posts=7, persons=9)
    first, second = searched(rows, 12, seed=5), searched(rows, 12, seed=5)
    assert first.moves == second.moves
    assert first.plan is not None
    assert second.plan is not None
    assert first.plan.tolist() == second.plan.tolist()
    states = [search._threads[0].state.plan.tolist() for search in (first, second)]
    assert states[0] == states[1]
    other = searched(rows, 12, seed=6)._threads[0].state
    assert other.random.tolist() != first._threads[0].state.random.tolist()


def test_machine_code_and_plain_python_walk_alike(city: RowSystem) -> None:
    plain, translated = searched(city, 2), searched(city, 2, compiled=True)
    for a, b in zip(plain._threads[0].state, translated._threads[0].state, strict=True):
        assert a.tolist() == b.tolist()


def test_threads_share_the_best_plan_and_differ_in_their_draws(city: RowSystem) -> None:
    search = Search(city, threads=3, seed=1)
    for _, _ in zip(range(20), search.rounds(), strict=False):
        pass
    kept = [tuple(t.state.tiers_kept.tolist()) for t in search._threads if t.better_than(None)]
    assert search.tiers == max(kept)
    assert len({tuple(t.state.random.tolist()) for t in search._threads}) == 3
    assert search.plan is not None
    assert city.breached(search.plan) == []
    assert (search.plan != EMPTY).all()


def test_cycles_cool_to_the_end_and_grow() -> None:
    made = [cycle for cycle, _ in zip(cycles(360), range(10), strict=False)]
    for cycle in made:
        heats = [cycle.heat(place) for place in range(cycle.rounds)]
        assert heats == sorted(heats, reverse=True)
        assert heats[-1] == pytest.approx(YARD * COLD, abs=1)
    sizes = [cycle.rounds * cycle.moves for cycle in made]
    assert sizes[0] < sizes[2] < sizes[4] < sizes[6]


def test_hard_rows_get_dearer_towards_the_end_of_a_cycle_and_beyond() -> None:
    cycle = next(cycles(360))
    floors = [cycle.least(place) for place in range(2 * cycle.rounds)]
    early, late = floors[: cycle.rounds // 2], floors[cycle.rounds * 2 // 3 :]
    assert set(early) == {None}
    prices = [price for price in late if price is not None]
    assert len(prices) == len(late)
    assert prices == sorted(prices)
    assert SOFT < prices[0] < FIRM < prices[-1] == STIFF


def test_a_cycle_goes_on_beyond_its_end_while_a_row_is_broken_but_not_for_ever() -> None:
    cycle = next(cycles(360))
    assert not cycle.over(cycle.rounds - 1, plan=True)
    assert cycle.over(cycle.rounds, plan=True)
    assert not cycle.over(cycle.rounds, plan=False)
    assert cycle.over(2 * cycle.rounds, plan=False)


def test_no_hard_row_is_cheaper_than_asked_after_a_late_round(city: RowSystem) -> None:
    thread = searched(city, 1)._threads[0]
    hard = city.kind == RowKind.HARD
    thread.round(50, 1, least=STIFF)
    assert (thread.state.rows.reshape(-1, ROW)[hard, PRICE] >= int(STIFF * YARD)).all()


def test_polish_never_worsens_a_plan_and_keeps_every_rule(city: RowSystem) -> None:
    search = searched(city, 6, compiled=True)
    assert search.plan is not None
    plan, values = search.plan, city.tier_values(search.plan)
    for better in Polisher(city, 2, 0).improve(plan, 1, 2, math.inf):
        assert city.breached(better) == []
        assert city.tier_values(better) >= values
        values = city.tier_values(better)
    again = list(Polisher(city, 2, 0).improve(plan, 1, 2, math.inf))
    assert city.tier_values(again[-1]) == values
    assert np.array_equal(next(Polisher(city, 2, 0).improve(plan, 1, 1, 0.0)), plan)


def test_the_job_tells_only_of_better_plans_and_ends_with_its_moves(city: RowSystem) -> None:
    heard: list[object] = []
    task = SearchTask(city, threads=2, moves=20_000, whole=False)
    done = look_for_plans(task, math.inf, heard.append)
    plans = [news for news in heard if isinstance(news, Better)]
    values = [city.tier_values(news.plan) for news in plans]
    assert values == sorted(values)
    assert len({tuple(v) for v in values}) == len(values) > 0
    assert done.moves >= 20_000
    again: list[object] = []
    look_for_plans(task, math.inf, again.append)
    last = again[-1]
    assert isinstance(last, Better)
    assert last.plan.tolist() == plans[-1].plan.tolist()
    shorter: list[object] = []
    look_for_plans(
        SearchTask(city, threads=2, moves=plans[-1].moves, whole=False), math.inf, shorter.append
    )
    last = shorter[-1]
    assert isinstance(last, Better)
    assert last.plan.tolist() == plans[-1].plan.tolist()


def test_the_whole_job_proves_bounds_that_no_plan_exceeds(
    city: RowSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "PER_BLOCK", 5_000)
    heard: list[object] = []
    look_for_plans(SearchTask(city, threads=1, moves=30_000), 60, heard.append)
    best = [news for news in heard if isinstance(news, Better)][-1]
    values = city.tier_values(best.plan)
    proofs = [news for news in heard if isinstance(news, Proof) and news.holds_for(values)]
    assert proofs
    for proof in proofs:
        assert proof.bound is not None
        assert proof.bound >= values[proof.tier] or proof.floors != tuple(values[: proof.tier])


def test_a_proof_that_fails_leaves_the_search_alone_and_is_told_of_at_its_end(
    city: RowSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(prover: Prover, until: float) -> Iterator[Proof]:
        assert until
        raise FloatingPointError("prices")
        yield from prover.improve(until)

    monkeypatch.setattr(Prover, "improve", fail)
    heard: list[object] = []
    with pytest.raises(FloatingPointError, match="prices"):
        look_for_plans(SearchTask(city, threads=1, moves=30_000), 60, heard.append)
    assert any(isinstance(news, Better) for news in heard)


def test_a_search_may_be_broken_off_between_rounds(city: RowSystem) -> None:
    def stop(news: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        look_for_plans(SearchTask(city, whole=False), math.inf, stop)
    done = look_for_plans(SearchTask(city, whole=False), 0.0, lambda _: None)
    assert done.moves > 0


def test_a_problem_without_candidates_is_no_error() -> None:
    banned = bundle(
        persons=[{"person_id": "甲", "one": 1}],
        teams=[{"team_id": "县委"}],
        posts=[{"post_id": "岗", "team_ids": "县委"}],
        candidates=[{"post_id": "岗", "person_id": "甲"}],
        tiers=[FILL],
        bans=[{"post_id": "岗", "person_id": "甲"}],
    )
    nobody = assemble(interpret(banned))
    assert nobody.arcs == 0
    search = searched(nobody, 2)
    assert search.plan is not None
    assert search.plan.tolist() == [EMPTY]
    assert search.tiers == (-1000,)


def test_values_beyond_the_search_are_noticed() -> None:
    rows = random_rows(11)
    assert exact(rows)
    assert not exact(replace(rows, constants=rows.constants + 2**62))
