"""What a person must settle before a pair of a problem can stand, as the bundle's side file says it.

`banzi plan build` writes `review.csv` beside a bundle and marks such pairs in `candidates.csv`. A
bundle from elsewhere may have neither. The optimiser and the referee read only the mark's weight;
here the words are read, for the proposal.
"""

from __future__ import annotations

import csv
from pathlib import Path

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.bundle import Table

REVIEW_FILE = "review.csv"
REVIEW_COLUMNS = ("post_id", "person_id", "text")
REVIEW_MARK = "review"

BAD_REVIEW_FILE = MessageKind(
    "papers/bad-review-file",
    _("待研究事项文件无法读取或缺少列{columns}（UTF-8编码的CSV）；请重新生成问题文件夹"),
)
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
    found = dict.fromkeys(_marked(candidates), NO_GROUNDS)
    file = problem / REVIEW_FILE
    if not file.exists():
        return found
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream, strict=True):
                post, person, text = (row[column] for column in REVIEW_COLUMNS)
                if text:
                    found[post, person] = text
    except (OSError, ValueError, KeyError, csv.Error):
        problems = ProblemLog()
        problems.add(BAD_REVIEW_FILE(columns=list(REVIEW_COLUMNS)), Location(str(file)))
        problems.stop_if_any()
    return found


def _marked(candidates: Table) -> list[tuple[str, str]]:
    if REVIEW_MARK not in candidates.columns:
        return []
    columns = (candidates.column(name) for name in ("post_id", "person_id", REVIEW_MARK))
    return [(post, person) for post, person, mark in zip(*columns, strict=True) if mark == "1"]
