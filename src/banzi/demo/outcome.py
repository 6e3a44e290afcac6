"""What the demonstration reads off its own results: who moves, and whether all went as planted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banzi.demo.files import PLANTED_FILE
from banzi.roster import Roster
from banzi.staffing.plan import CONFLICT_FILE, Plan


@dataclass(frozen=True, slots=True)
class Move:
    """One post of the plan; `before` is the holder's present post or, outside the teams, posts."""

    post: str
    person: str
    before: str
    stays: bool
    sits_now: bool


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """Moves in order of the posts, and incumbents whom the plan gives no post."""

    moves: tuple[Move, ...]
    leaving: tuple[str, ...]

    @property
    def staying(self) -> int:
        return sum(move.stays for move in self.moves)

    @property
    def changing(self) -> int:
        """Members who get another post of the four teams."""
        return sum(move.sits_now and not move.stays for move in self.moves)

    @property
    def entering(self) -> int:
        return sum(not move.sits_now for move in self.moves)


def plan_summary(roster: Roster, plan: Plan) -> PlanSummary:
    """Who stays, changes, enters and leaves."""
    posts = dict(roster["posts"].select("post_id", "post_name").iter_rows())
    people = {row["person_id"]: row for row in roster["persons"].iter_rows(named=True)}
    seats = roster["seats"].filter(roster["seats"]["ended_on"].is_null())
    now = dict(seats.select("person_id", "post_id").iter_rows())
    moves = [
        Move(
            posts[post],
            people[person]["name"],
            posts[now[person]] if person in now else people[person]["current_posts_text"] or "",
            now.get(person) == post,
            person in now,
        )
        for post, person in plan.assignments
        if person is not None
    ]
    placed = {person for _post, person in plan.assignments}
    leaving = [people[person]["name"] for person in now if person not in placed]
    return PlanSummary(tuple(moves), tuple(leaving))


def conflict_is_planted(files: Path, plan_folder: Path) -> bool:
    """Whether the named conflict is proven and is exactly the planted targets."""
    planted = json.loads((files / PLANTED_FILE).read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads((plan_folder / CONFLICT_FILE).read_text(encoding="utf-8"))
    named = sorted(str(member.get("target_id")) for member in found["members"])
    proven = bool(found["sufficient"] and found["necessary"])
    return proven and named == sorted(planted["targets"])
