"""The search in small steps and plain Python, for tests that look at it after each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from tests.support.staffing_bundles import random_bundle

from banzi.staffing.reading import interpret
from banzi.staffing.search.annealing import Search
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowSystem


def random_rows(number: int, *, posts: int = 4, persons: int = 5) -> RowSystem:
    return assemble(interpret(random_bundle(number, posts=posts, persons=persons)))


def searched(rows: RowSystem, rounds: int, *, seed: int = 0, compiled: bool = False) -> Search:
    """A search after so many rounds."""
    search = Search(rows, seed=seed, compiled=compiled)
    for _, _ in zip(range(rounds), search.rounds(), strict=False):
        pass
    return search


def check_plan(rows: RowSystem, plan: npt.NDArray[np.int64]) -> None:
    """A plan has each person once, each arc in its post, every pin and no ban."""
    used = plan[plan != EMPTY]
    assert (rows.arc_post[used] == np.flatnonzero(plan != EMPTY)).all()
    assert len(set(rows.arc_person[used].tolist())) == len(used)
    assert set(rows.pinned.tolist()) <= set(used.tolist())
    assert not set(rows.banned.tolist()) & set(used.tolist())
