"""What follows from a roster person by person, handed on to the next but for persons who changed.

What is true of a person follows from the person's own rows and from the house (posts, teams,
organs). So after a correction what was worked out about everybody else still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from banzi.kernel.alone import alone
from banzi.roster.roster import TABLES, Roster

OF_HOUSE = frozenset(name for name, table in TABLES.items() if "person_id" not in table)
"""Tables that what is said of everybody may rest on."""

Found = TypeVar("Found")


@dataclass(frozen=True)
class _Known:
    """What was worked out, right but for the persons named."""

    found: Any
    but_for: frozenset[str] = frozenset()


def kept_by_person(
    roster: Roster,
    key: object,
    make: Callable[[], Found],
    mend: Callable[[Found, frozenset[str]], Found],
) -> Found:
    """What `make` gives, worked out once for a roster.

    Parameters
    ----------
    mend
        Makes what an earlier roster gave right for this one, which differs in rows about these
        persons alone.
    """
    kept = _kept_with(roster)
    with alone((id(kept), key)):
        known = kept.get(key)
        if known is None:
            known = kept[key] = _Known(make())
        elif known.but_for:
            known = kept[key] = _Known(mend(known.found, known.but_for))
    return cast("Found", known.found)


def known_about(roster: Roster, key: object, persons: Collection[str]) -> Any:
    """What `kept_by_person` has under a key, where it is right for these persons; None else."""
    known = _kept_with(roster).get(key)
    return None if known is None or known.but_for.intersection(persons) else known.found


def hand_on(old: Roster, new: Roster, persons: Collection[str]) -> None:
    """Give what is known of one roster to another that differs in rows about these persons alone."""
    into = _kept_with(new)
    for key, known in list(_kept_with(old).items()):
        into.setdefault(key, replace(known, but_for=known.but_for | frozenset(persons)))


def _kept_with(roster: Roster) -> dict[object, _Known]:
    found: dict[object, _Known] = roster.keep("by person", dict)
    return found
