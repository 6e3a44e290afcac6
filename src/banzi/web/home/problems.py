"""Doubts about the data, grouped by kind: those to be settled first, the frequent before the rare.

Counted on the frozen roster, once for each state of the records and reach of an account; texts are
read for the rows that a page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.http import HttpRequest

from banzi.kernel.columns import FieldClass
from banzi.kernel.messages import Language
from banzi.roster import TABLES
from banzi.roster.finding_texts import finding_text, finding_title
from banzi.roster.keeping import FindingState
from banzi.web.accounts.coverage import covered_by
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import Rights, rights_of
from banzi.web.records.selecting import class_of_row, rows
from banzi.web.records.sight import sight_of

Row = dict[str, Any]
_SHOWN = (FindingState.OPEN.value, FindingState.NOTED.value)
_STATES = {each.value: each for each in FindingState}


@dataclass(frozen=True, slots=True)
class Problems:
    """One kind of doubt: how many persons have it, and each row as person and finding."""

    code: str
    title: str
    state: FindingState
    persons: int
    rows: tuple[tuple[str, str], ...]


def problems_of(request: HttpRequest, language: Language) -> list[Problems]:
    """Every kind with doubts that are open or noted, by weight."""
    rights, roster = rights_of(request), sight_of(request).whole
    held = {each: covered_by(rights, Verb.VIEW, each) for each in sorted(rights.fields(Verb.VIEW))}
    groups = roster.keep(("problems", *held.items()), lambda: _grouped(roster["findings"], held))
    found = [
        Problems(code, finding_title(code, language), _STATES[state], persons, listed)
        for (state, code), (persons, listed) in groups.items()
    ]
    return sorted(found, key=lambda each: (_SHOWN.index(each.state), -len(each.rows), each.code))


Groups = dict[tuple[str, str], tuple[int, tuple[tuple[str, str], ...]]]


def _grouped(findings: pl.DataFrame, held: Mapping[FieldClass, frozenset[str]]) -> Groups:
    """State and code → persons, and rows that may be seen; a row is of the class of what it is about."""
    table = TABLES["findings"]
    if table.field_class not in held or table.class_of("state") not in held:
        return {}
    open_ones = findings.filter(pl.col("state").is_in(_SHOWN), pl.col("person_id").is_not_null())
    about = ("table_name", "column_name")
    groups: Groups = {}
    parts = []
    for (table_name, column), part in open_ones.group_by(about, maintain_order=True):
        row = {"table_name": table_name, "column_name": column}
        seen = held.get(class_of_row(table, row), frozenset()) & held[table.field_class]
        parts.append(part.filter(pl.col("person_id").is_in(list(seen))))
    if not parts:
        return groups
    joined = pl.concat(parts).sort("person_id", "finding_id")
    for (state, code), part in joined.group_by(("state", "code"), maintain_order=True):
        listed = tuple(part.select("person_id", "finding_id").iter_rows())
        groups[str(state), str(code)] = (part["person_id"].n_unique(), listed)
    return groups


def texts_of(rights: Rights, listed: list[tuple[str, str]], language: Language) -> list[str]:
    """The findings in words, in their order; "" where a text may not be seen."""
    wanted = {finding for _person, finding in listed}
    found = {
        row["finding_id"]: row
        for row in rows(rights, "findings", [person for person, _finding in listed])
        if row["finding_id"] in wanted
    }
    return [_text(found.get(finding, {}), language) for _person, finding in listed]


def _text(row: Row, language: Language) -> str:
    needed = ("text_zh", "values_json", "code", "table_name", "column_name")
    return finding_text(row, language) if all(name in row for name in needed) else ""
