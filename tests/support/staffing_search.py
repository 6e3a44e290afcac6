"""The search in small steps and plain Python, for tests that look at it after each."""

from __future__ import annotations

from tests.support.staffing_bundles import random_bundle

from banzi.staffing.reading import interpret
from banzi.staffing.search.annealing import Search
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import RowSystem


def random_rows(number: int, *, posts: int = 4, persons: int = 5) -> RowSystem:
    return assemble(interpret(random_bundle(number, posts=posts, persons=persons)))


def searched(rows: RowSystem, rounds: int, *, seed: int = 0, compiled: bool = False) -> Search:
    """A search after so many rounds."""
    search = Search(rows, seed=seed, compiled=compiled)
    for _, _ in zip(range(rounds), search.rounds(), strict=False):
        pass
    return search
