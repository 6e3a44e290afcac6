"""What holds of the career of every invented official."""

from __future__ import annotations

from itertools import pairwise

from banzi.demo.people import LEVELS, Official


def check_career(person: Official) -> None:
    """From month to month without a gap, and up level by level."""
    assert person.steps[0].started == person.work_started
    for before, after in pairwise(person.steps):
        assert before.ended == after.started
        assert before.started < after.started
    reached = [LEVELS.index(step.level) for step in person.steps]
    assert reached == sorted(reached)
    assert set(reached) == set(range(reached[-1] + 1)), person.key
