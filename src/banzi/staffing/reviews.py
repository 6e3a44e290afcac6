"""What people must settle about a pair before it can stand: the side file `review.csv` of a bundle.

`banzi plan build` writes it. A bundle from elsewhere may have none, and neither the optimiser nor the
referee reads it.
"""

from __future__ import annotations

import csv
from pathlib import Path

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

REVIEW_FILE = "review.csv"
REVIEW_COLUMNS = ("post_id", "person_id", "text")

BAD_REVIEW_FILE = MessageKind(
    "papers/bad-review-file",
    _("待研究事项文件无法读取或缺少列{columns}（UTF-8编码的CSV）；请重新生成问题文件夹"),
)


def read_reviews(folder: Path) -> dict[tuple[str, str], str]:
    """(post, person) → what must be settled first; nothing where the bundle has no such file.

    Raises
    ------
    BadInput
        `papers/bad-review-file`.
    """
    file = folder / REVIEW_FILE
    if not file.exists():
        return {}
    found: dict[tuple[str, str], str] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream, strict=True):
                post, person, text = (row[column] for column in REVIEW_COLUMNS)
                if text:
                    found[post, person] = text
    except (OSError, ValueError, KeyError, csv.Error):
        message = BAD_REVIEW_FILE(columns=list(REVIEW_COLUMNS))
        raise BadInput([Problem(message, Location(str(file)))]) from None
    return found
