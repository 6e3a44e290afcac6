"""What files say nothing about, so that a blank or a rougher telling is no difference.

A form has no field for the day of civil-service registration; a blank there is not "none". A list
that was derived from a text (the career from 简历, yearly results from 年度考核结果) has not
changed while the text says the same. What was read from our own export therefore differs in
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import polars as pl

from banzi.documents.codecs.form_texts import canonical_text
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.comparing.meaning import DifferenceKind
from banzi.documents.exchange.merging import MergeItem
from banzi.roster import Roster
from banzi.web.imports.reading import FORMS

_LINKS = ("is_linked", "relative_person_id")
"""Who a relative is among the persons of the records: settled there, not by a file."""

_FROM_RESUME = ("resume_text",)
_OF_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "assessments": ("assessments_text",),
        "awards": ("awards_text",),
        "sanctions": ("awards_text",),
        "appointments": ("current_posts_text",),
        "level_history": ("current_posts_text",),
        "technical_titles": ("technical_title",),
        "education": (
            "full_time_education",
            "full_time_degree",
            "full_time_education_school",
            "full_time_degree_school",
            "in_service_education",
            "in_service_degree",
            "in_service_education_school",
            "in_service_degree_school",
        ),
    }
)
"""Table → columns of the form from which its rows are derived when only a form was read."""


def told_items(
    items: Iterable[MergeItem], ours: Roster, read: Roster, ids: Mapping[str, str]
) -> list[MergeItem]:
    """The items that the files really tell; `ids` as in the plan of the merge."""
    silence = _Silence(ours, read, ids)
    kept = [item for item in items if silence.is_told(item)]
    facts = [item for item in kept if item.tables[0] not in ("findings", "completeness")]
    persons = {item.here for item in facts}
    lists = {(item.here, name) for item in facts for name in item.tables}

    def stands(item: MergeItem) -> bool:
        # That a list is whole, and doubts raised while reading, say something only of what is new.
        match item.tables[0]:
            case "completeness":
                return item.key in lists or not silence.is_of_form(item.here)
            case "findings":
                return item.here in persons
            case _:
                return True

    return [item for item in kept if stands(item)]


class _Silence:
    def __init__(self, ours: Roster, read: Roster, ids: Mapping[str, str]) -> None:
        self._read = read
        self._theirs = {here: person for person, here in ids.items()}
        self._formats = dict(read["sources"].select("source_id", "format").iter_rows())
        self._said = {
            name: frozenset(column for column in frame.columns if frame[column].count())
            for name, frame in read.tables.items()
        }
        self._is_form = {
            person: self._formats.get(source) in FORMS
            for person, source in read["persons"].select("person_id", "source_id").iter_rows()
        }
        self._texts = (_texts(ours), _texts(read))
        self._other_sources = self._tables_of_others()

    def is_told(self, item: MergeItem) -> bool:
        name = item.tables[0]
        if item.is_new:
            return True
        if item.column:
            if name == "relatives" and item.column in _LINKS:
                return False
            is_blank = item.shown.kind is DifferenceKind.MISSING_SECOND
            return not is_blank or self._has_field(item, name)
        return not self._is_derived_alike(item, name)

    def is_of_form(self, here: str) -> bool:
        """Whether a form alone speaks about the person."""
        return self._is_form.get(self._theirs.get(here, ""), False)

    def _has_field(self, item: MergeItem, name: str) -> bool:
        is_of_form = name == "persons" and item.column in COLUMN_OF.values()
        return (is_of_form and self.is_of_form(item.here)) or item.column in self._said[name]

    def _is_derived_alike(self, item: MergeItem, name: str) -> bool:
        person = self._theirs.get(item.here, "")
        columns = _FROM_RESUME if name == "career_segments" else _OF_FORMS.get(name)
        if columns is None or (name != "career_segments" and (name, person) in self._other_sources):
            return False
        mine, other = self._texts[0].get(item.here, {}), self._texts[1].get(person, {})
        return all(mine.get(column, "") == other.get(column, "") for column in columns)

    def _tables_of_others(self) -> frozenset[tuple[str, str]]:
        """(table, person) of rows that a workbook or a package told."""
        forms = [source for source, known in self._formats.items() if known in FORMS]
        found: set[tuple[str, str]] = set()
        for name in _OF_FORMS:
            rows = self._read[name].filter(~pl.col("source_id").is_in(forms))
            found.update((name, person) for person in rows["person_id"])
        return frozenset(found)


def _texts(roster: Roster) -> dict[str, dict[str, str]]:
    """Person → column → canonical text, for the columns that lists are derived from."""
    columns = [
        *_FROM_RESUME,
        *dict.fromkeys(each for given in _OF_FORMS.values() for each in given),
    ]
    return {
        row["person_id"]: {name: canonical_text(name, row[name] or "") for name in columns}
        for row in _rows(roster, columns)
    }


def _rows(roster: Roster, columns: list[str]) -> Iterator[dict[str, str]]:
    return roster["persons"].select("person_id", *columns).iter_rows(named=True)
