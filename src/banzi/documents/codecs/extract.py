"""What one source file says, before it is merged with the others.

A codec reads one file into one `Extract`. It refuses nothing that can be read: a value that does
not fit becomes null with a finding that keeps the text; only what makes the file unusable is a
problem (an error). Merging, linking and numbering come after, in `merging`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from banzi.kernel.errors import Location, Problem
from banzi.kernel.messages import FindingMessage

Row = dict[str, Any]
"""Column name → value of the column's declared type, or None. Names left out are None."""


@dataclass(slots=True)
class Finding:
    """Something that does not fit, kept with the record it belongs to.

    `table` and `column` name the disputed value, which is None in the row. `options` are the
    values a person may choose between (as text the column's reader understands); with none given
    the finding is for information only.
    """

    message: FindingMessage
    at: Location
    table: str = ""
    column: str = ""
    row_key: str = ""
    options: tuple[str, ...] = ()
    written: str = ""
    """The text as the file had it, written back unchanged while the value is None; "" for none."""


@dataclass(slots=True)
class PersonExtract:
    """One person as one file tells it.

    `row` holds columns of `persons` without `person_id`; `rows` holds rows of other tables about
    the person, each without `person_id` and running numbers (they are given at merging, in order).
    """

    row: Row
    at: Location
    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    photo: bytes | None = None

    def whole(self) -> PersonExtract:
        """The person with everything the file says."""
        return self


TELLING = ("name", "id_number", "birth", "current_posts_text", "reporting_organ")
"""Columns of `persons` by which sources are compared before anything is merged."""


@dataclass(slots=True)
class KeptPerson:
    """A person put by on disk: what tells who it is, and the way to the rest.

    `row` holds the columns of `TELLING`; `take` gives the rest for a place on the shelf.
    """

    row: Row
    at: Location
    take: Callable[[KeptPerson], PersonExtract]
    start: int
    size: int

    def whole(self) -> PersonExtract:
        """The person with everything the file says, read anew at every call."""
        return self.take(self)


@dataclass(slots=True)
class Extract:
    """Everything one file says.

    `tables` holds rows that are not about one person (organs, teams, posts, post_teams), complete
    with their ids; rows of `seats` and others that name a person by name and ID number instead of
    `person_id` carry the keys `person_name` and `person_id_number`, resolved at merging.
    `kept` holds persons instead of `persons` once they are put by (`shelf`).
    `documents` holds parts that are no records (targets, settings) as plain data, by name.
    """

    file_name: str
    format: str
    sha256: str
    size: int
    persons: list[PersonExtract] = field(default_factory=list)
    kept: list[KeptPerson] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


LIMITS: Mapping[str, int] = {
    "lrmx_bytes": 20 * 1024 * 1024,
    "lrm_bytes": 4 * 1024 * 1024,
    "photo_bytes": 20 * 1024 * 1024,
    "package_bytes": 512 * 1024 * 1024,
    "workbook_bytes": 200 * 1024 * 1024,
}
"""Largest file of each kind that is read; a larger one is refused before it is opened."""
