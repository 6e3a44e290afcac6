"""What the cards of a board say of persons: from the records, as far as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable

from banzi.kernel.dates import PartialDate
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.board.desk import Desk
from banzi.web.board.situation import HIDDEN, People
from banzi.web.records.selecting import rows

_SHOWN = ("birth", "current_posts_short", "current_posts_text")


def people(rights: Rights, person_ids: Iterable[str], verb: Verb = Verb.VIEW) -> People:
    """Lines for cards of these persons; those out of the viewer's reach are left out."""
    lines = {}
    for row in rows(rights, "persons", person_ids, verb, _SHOWN):
        birth = row.get("birth")
        post = row.get("current_posts_short") or row.get("current_posts_text") or ""
        born = PartialDate(birth).dotted() if birth else ""
        lines[row["person_id"]] = "  ".join(part for part in (born, post) if part)
    return People(lines)


def name_of(desk: Desk, person_id: str, rights: Rights) -> str:
    """What a person is called, also one whom the problem does not know; hidden as on cards."""
    for row in rows(rights, "persons", [person_id], Verb.VIEW, ("name",)):
        known = desk.names.person(person_id) if person_id in desk.person_of else ""
        return known or row.get("name") or person_id
    return HIDDEN
