"""Help for tests of `.lrmx` files: one person's extract as a roster, codes of its findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from banzi.documents.codecs.extract import Extract, PersonExtract
from banzi.documents.forms import written_name
from banzi.roster import Roster

Read = Callable[[bytes], Extract]
SOURCE = "s1"


def merged(person: PersonExtract) -> Roster:
    """One person's extract as a roster, numbered in order."""
    numbers = {
        "career_segments": "segment_no",
        "relatives": "relative_no",
        "form_extras": "extra_no",
    }
    tables: dict[str, list[dict[str, Any]]] = {"persons": [{"person_id": "p1", **person.row}]}
    for table, rows in person.rows.items():
        number = numbers.get(table)
        tables[table] = [
            {"person_id": "p1", **row, **({number: index} if number else {})}
            for index, row in enumerate(rows, start=1)
        ]
    tables["texts_as_written"] = [
        {
            "person_id": "p1",
            "column_name": written_name(finding.table, finding.column, finding.row_key),
            "written": finding.written,
        }
        for finding in person.findings
        if finding.written
    ]
    photos = {person.row["photo_sha256"]: person.photo} if person.photo else {}
    made = Roster.of(date(2026, 6, 30), **tables)
    return Roster(made.as_of, made.tables, photos)


def codes(extract: Extract) -> list[str]:
    (person,) = extract.persons
    return [finding.message.code for finding in person.findings]


def person_element(inner: str) -> bytes:
    return f"<Person>\n<XingMing>甲一</XingMing>\n{inner}\n</Person>".encode()
