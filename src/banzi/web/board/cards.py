"""What the cards of a board say of persons: from the records, as far as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable

from banzi.kernel.dates import PartialDate
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.board.situation import People
from banzi.web.records.selecting import rows

_SHOWN = ("birth", "current_posts_short", "current_posts_text")


def people(rights: Rights, person_ids: Iterable[str]) -> People:
    """Lines for cards of these persons; those out of the viewer's reach are left out."""
    lines = {}
    for row in rows(rights, "persons", person_ids, Verb.VIEW, _SHOWN):
        birth = row.get("birth")
        post = row.get("current_posts_short") or row.get("current_posts_text") or ""
        born = PartialDate(birth).dotted() if birth else ""
        lines[row["person_id"]] = "  ".join(part for part in (born, post) if part)
    return People(lines)
