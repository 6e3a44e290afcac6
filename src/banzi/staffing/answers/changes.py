"""Two plans side by side, person by person: who comes, who goes, who moves where, at what gain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from banzi.staffing.answers.case import Case
from banzi.staffing.answers.standing import Standing
from banzi.staffing.problem import Target
from banzi.staffing.system.rows import EMPTY, RowKind


@dataclass(frozen=True, slots=True)
class Change:
    """A person's post before and after, EMPTY for none."""

    person: int
    before: int
    after: int

    @property
    def kind(self) -> str:
        """placed | released | moved."""
        if self.before == EMPTY:
            return "placed"
        return "released" if self.after == EMPTY else "moved"


def changes(before: Standing, after: Standing) -> list[Change]:
    """Everybody whose post differs, in order of posts: first of those after, then those left."""
    differ = np.flatnonzero(before.seat_of != after.seat_of)
    found = [Change(int(p), int(before.seat_of[p]), int(after.seat_of[p])) for p in differ]
    far = before.rows.posts
    return sorted(
        found, key=lambda c: (c.after == EMPTY, c.after if c.after >= 0 else far + c.before)
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """A target that two plans meet differently: by how many units each misses it."""

    target: Target
    before: int
    after: int


def shifts(case: Case, before: Standing, after: Standing) -> list[Shift]:
    """Targets, hard and soft, whose shortfall differs."""
    rows = before.rows
    missed = [rows.missed(each.activities) for each in (before, after)]
    by_id = {target.target_id: target for target in case.problem.targets}
    found = []
    for row in np.flatnonzero(missed[0] != missed[1]).tolist():
        name, kind = rows.names[row], rows.kind[row]
        if kind in (RowKind.HARD, RowKind.MISS) and name[0] in ("target", "soft target"):
            found.append(Shift(by_id[name[1]], int(missed[0][row]), int(missed[1][row])))
    return found


def as_json(case: Case, before: Standing, after: Standing) -> dict[str, Any]:
    """Changed posts, persons and tiers, by ids and names."""
    problem = case.problem
    return {
        "changed_posts": [
            {
                **case.ids(post, after.person(post)),
                "post": case.post_name(post),
                "before": case.person_name(before.person(post)) or None,
                "after": case.person_name(after.person(post)) or None,
            }
            for post in before.changed(after)
        ],
        "persons": [
            {
                "person_id": problem.persons[each.person],
                "person": case.person_name(each.person),
                "kind": each.kind,
                "before": None if each.before == EMPTY else case.post_name(each.before),
                "after": None if each.after == EMPTY else case.post_name(each.after),
            }
            for each in changes(before, after)
        ],
        "tiers": [
            {"name": tier.name, "before": old, "after": new, "change": new - old}
            for tier, old, new in zip(problem.tiers, before.tiers, after.tiers, strict=True)
        ],
        "targets": [
            {
                "target_id": each.target.target_id,
                "citation": each.target.citation,
                "missed_before": each.before,
                "missed_after": each.after,
            }
            for each in shifts(case, before, after)
        ],
    }
