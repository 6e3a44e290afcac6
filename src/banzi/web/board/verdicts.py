"""What keeps a pair from being a candidate: the rules on the records as they are, then the plan."""

from __future__ import annotations

from datetime import date

from banzi.kernel.errors import BanziError
from banzi.law import load_law
from banzi.rules import explain
from banzi.staffing.answers.excluding import excluded_lines
from banzi.web.board.desk import Desk
from banzi.web.records.freezing import current_roster
from banzi.web.shared.languages import current_language


def ready(as_of: date) -> None:
    """Read what `verdict_lines` reads: the first refused card then waits for nothing."""
    current_roster(as_of)


def verdict_lines(desk: Desk, person_id: str, post_id: str) -> list[str]:
    """Rules that exclude, gravest first, in the language of the request; else the plan's limits."""
    language, as_of = current_language(), desk.problem.as_of
    try:
        results = explain(current_roster(as_of), as_of, person_id, post_id)
    except BanziError as error:
        return [error.message.text(language)]
    limit = desk.left_out.limit(person_id, post_id)
    return excluded_lines(results, limit, language, load_law())
