"""What a person must settle before a pair of a problem can stand, as the bundle's side file says it.

`banzi plan build` writes `review.csv` beside a bundle and marks such pairs in `candidates.csv`. A
bundle from elsewhere may have neither. The optimiser and the referee read only the mark's weight;
here the words are read, for the proposal.
"""

from __future__ import annotations

from pathlib import Path

from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.bundle import Table
from banzi.staffing.reviews import read_reviews

REVIEW_MARK = "review"
NO_GROUNDS = _("问题文件夹标明须由人研究，但未附事项")


def settling_texts(problem: Path, candidates: Table) -> dict[tuple[str, str], str]:
    """(post, person) → what must be settled first.

    Parameters
    ----------
    problem
        Folder of the bundle; `review.csv` may be missing.
    candidates
        Its candidates; a pair marked 1 in the column `review` is named even without words.

    Raises
    ------
    BadInput
        `papers/bad-review-file`.
    """
    return dict.fromkeys(_marked(candidates), NO_GROUNDS) | read_reviews(problem)


def _marked(candidates: Table) -> list[tuple[str, str]]:
    if REVIEW_MARK not in candidates.columns:
        return []
    columns = (candidates.column(name) for name in ("post_id", "person_id", REVIEW_MARK))
    return [(post, person) for post, person, mark in zip(*columns, strict=True) if mark == "1"]
