"""断层: teams that lose a third of their members or more within the years looked at."""

from __future__ import annotations

from dataclasses import dataclass

from banzi.structure.members import Members
from banzi.structure.outlook.forecasting import Forecast

_SHARE = (1, 3)


@dataclass(frozen=True, slots=True)
class Cliff:
    """A team that has lost `lost` of the `seats` members it has now."""

    years: int
    team_id: str
    team_name: str
    lost: int
    seats: int


def is_cliff(lost: int, seats: int) -> bool:
    """Whether losing so many of so many members is a cliff; losing nobody never is."""
    part, whole = _SHARE
    return lost > 0 and lost * whole >= seats * part


def cliffs(members: Members, looked: Forecast) -> list[Cliff]:
    """Per horizon the teams that have lost a third or more of the members as they sit now."""
    now = set(members.seats["post_id"])
    found = []
    for horizon in looked.horizons:
        held = set(horizon.members.seats["post_id"])
        for team, name in members.all_teams().items():
            seats = now.intersection(members.posts_of(team))
            lost = len(seats - held)
            if is_cliff(lost, len(seats)):
                found.append(Cliff(horizon.years, team, name, lost, len(seats)))
    return found
