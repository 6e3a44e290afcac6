"""现任职务 after 任免: the office's own text with what is given up taken out and what is taken up put in.

Offices that nobody decided about stay as they are written. A wording that does not tell which office
is meant is not guessed at: the text says what was done, and a person looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banzi.documents.papers.moves import House, Move
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster

KEPT = MessageKind("papers/office-kept", _("“{kept}”不在本次任免之内，照旧列出；另行免去的请删去"))
REPLACED = MessageKind(
    "papers/office-reworded", _("原文“{text}”与所免职务“{removed}”写法不同，已整条替换，请核对")
)
NOT_FOUND = MessageKind(
    "papers/office-not-found", _("原文中找不到所免职务“{removed}”，未作删改，请核对")
)
NOTHING_LEFT = MessageKind("papers/office-none-left", _("免职后没有其他现任职务，请核对去向"))

_BETWEEN = re.compile(r"([，,；;]+)")
_WITHIN = "、"
_USUAL = re.compile("^中共|(?<=、)[省市州盟县区旗]人民政府|人民政府")
_TWICE = re.compile(r"([省市州盟县区旗])\1")


@dataclass(frozen=True, slots=True)
class PresentPosts:
    """A person's present posts in words, before and after; `notes` say what to look at."""

    person_id: str
    name: str
    before: str
    after: str
    notes: tuple[Message, ...] = ()


def present_posts_after(roster: Roster, house: House, moves: Sequence[Move]) -> list[PresentPosts]:
    """What 现任职务 of everybody who moves becomes, in the order of the moves."""
    frame = roster["persons"].select("person_id", "current_posts_text")
    texts = dict(frame.iter_rows())
    wordings = post_wordings(roster, house)
    return [_of_move(move, house, texts.get(move.person_id) or "", wordings) for move in moves]


def post_wordings(roster: Roster, house: House) -> dict[str, frozenset[str]]:
    """Post → the ways it is customarily written: its name, the organ's before it, the full title."""
    organs = dict(roster["organs"].select("organ_id", "organ_name").iter_rows())
    found: dict[str, frozenset[str]] = {}
    for post, name, organ in roster["posts"].select("post_id", "post_name", "organ_id").iter_rows():
        written = {name, f"{organs.get(organ, '')}{name}", house.titles.get(post, name)}
        found[post] = frozenset(map(_plain, written))
    return found


def _of_move(
    move: Move, house: House, text: str, wordings: Mapping[str, frozenset[str]]
) -> PresentPosts:
    removed = [(house.titles[post], wordings.get(post, frozenset())) for post in move.from_posts]
    taken = [house.titles[post] for post in move.to_posts]
    after, notes = reworded(text, removed, taken)
    return PresentPosts(move.person_id, move.name, text, after, notes)


def reworded(
    text: str, removed: Sequence[tuple[str, frozenset[str]]], taken: Sequence[str]
) -> tuple[str, tuple[Message, ...]]:
    """The text without the offices removed and with those taken, where the first removed one stood.

    Parameters
    ----------
    removed
        Full title of each office given up, and every plain wording of it.
    taken
        Full titles, in the order in which they are to stand.
    """
    offices = [part.strip() for part in _BETWEEN.split(text.strip("。"))[::2] if part.strip()]
    notes: list[Message] = []
    place = None
    for title, written in removed:
        found = _without(offices, written | {_plain(title)})
        if found is None and len(offices) == 1 and len(removed) == 1:
            notes.append(REPLACED(text=offices[0], removed=title))
            found = (0, [])
        if found is None:
            notes.append(NOT_FOUND(removed=title))
            continue
        at, offices = found
        place = at if place is None else min(place, at)
    kept = list(offices)
    at = len(offices) if place is None else place
    new = [title for title in taken if _plain(title) not in map(_plain, offices)]
    offices[at:at] = new
    if kept and not any(note.code == NOT_FOUND.code for note in notes):
        notes.append(KEPT(kept="，".join(kept)))
    if not offices:
        notes.append(NOTHING_LEFT())
    return "，".join(offices), tuple(notes)


def _without(offices: list[str], wordings: frozenset[str]) -> tuple[int, list[str]] | None:
    """(place, offices left) with one office of these wordings taken out; None where none is found.

    An office may be part of a longer one: `市委常委、副市长` holds `副市长`, as `市委常委、副市长` itself.
    """
    for at, office in enumerate(offices):
        if _plain(office) in wordings:
            return at, [*offices[:at], *offices[at + 1 :]]
    for at, office in enumerate(offices):
        pieces = office.split(_WITHIN)
        for first in range(len(pieces)):
            for last in range(len(pieces), first, -1):
                if _plain(_WITHIN.join(pieces[first:last])) in wordings:
                    rest = _WITHIN.join([*pieces[:first], *pieces[last:]])
                    return at, [*offices[:at], rest, *offices[at + 1 :]]
    return None


def _plain(text: str) -> str:
    """A wording to compare: `中共云岭市委副书记、市人民政府市长` as `云岭市委副书记、市长`."""
    bare = _USUAL.sub("", "".join(text.split()).replace(",", "，"))
    return _TWICE.sub(r"\1", bare)
