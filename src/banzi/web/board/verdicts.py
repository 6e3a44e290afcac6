"""What keeps a pair from being a candidate: the rules on the records as they are, then the plan."""

from __future__ import annotations

import logging
import threading

from banzi.kernel.errors import BanziError
from banzi.law import load_law
from banzi.roster import Roster
from banzi.rules import explain
from banzi.staffing.answers.excluding import excluded_lines
from banzi.web.board.desk import Desk
from banzi.web.records.freezing import current_roster
from banzi.web.shared.languages import current_language

_log = logging.getLogger(__name__)


def ready(desk: Desk) -> threading.Thread:
    """Read what `verdict_lines` reads: the first refused card then waits for nothing.

    The records at once; the law, the divisions, the rules as they are compiled and who was left
    out in a thread, once for these records.
    """
    roster = current_roster(desk.problem.as_of)
    return roster.keep(("verdicts", str(desk.folder)), lambda: _begun(roster, desk))


def _begun(roster: Roster, desk: Desk) -> threading.Thread:
    thread = threading.Thread(target=_read_ahead, args=(roster, desk), name="verdicts", daemon=True)
    thread.start()
    return thread


def _read_ahead(roster: Roster, desk: Desk) -> None:
    """Judge one pair, which reads all that any pair needs; no word of it is kept."""
    posts, persons = desk.problem.posts, desk.problem.persons
    try:
        desk.left_out  # noqa: B018 - read once, then kept
        if posts and persons:
            explain(roster, desk.problem.as_of, persons[0], posts[0].post_id)
    except Exception as error:  # the card that is refused tells what is wrong
        _log.info("reading ahead: %s", error)


def verdict_lines(desk: Desk, person_id: str, post_id: str) -> list[str]:
    """Rules that exclude, gravest first, in the language of the request; else the plan's limits."""
    language, as_of = current_language(), desk.problem.as_of
    try:
        results = explain(current_roster(as_of), as_of, person_id, post_id)
    except BanziError as error:
        return [error.message.text(language)]
    limit = desk.left_out.limit(person_id, post_id)
    return excluded_lines(results, limit, language, load_law())
