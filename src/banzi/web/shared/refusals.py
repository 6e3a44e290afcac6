"""What was refused, as lines for a page: each thing wrong, not the first alone."""

from __future__ import annotations

from banzi.kernel.errors import BadInput, BanziError, Problem
from banzi.web.shared.languages import current_language


def refusal_lines(error: BanziError) -> list[str]:
    """Why it was refused, in the language of the request; of bad input every problem, in order."""
    problems = error.problems if isinstance(error, BadInput) else [Problem(error.message)]
    return [each.message.text(current_language()) for each in problems]
