"""Doubts about the data, grouped by kind: those to be settled first, the frequent before the rare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from banzi.kernel.columns import FieldClass
from banzi.kernel.messages import Language
from banzi.roster.finding_texts import finding_text, finding_title
from banzi.roster.keeping import FindingState
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import Rights, rights_of
from banzi.web.records.models import RECORDS
from banzi.web.records.selecting import rows

Row = dict[str, Any]
_SHOWN = (FindingState.OPEN.value, FindingState.NOTED.value)


@dataclass(frozen=True, slots=True)
class Problems:
    """One kind of doubt with the rows of it that may be seen."""

    code: str
    title: str
    state: FindingState
    rows: tuple[Row, ...]

    @property
    def persons(self) -> int:
        return len({row["person_id"] for row in self.rows})


def problems_of(request: HttpRequest, language: Language) -> list[Problems]:
    """Every kind with doubts that are open or noted, by weight."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in seen_findings(rights_of(request)):
        found.setdefault((row["state"], row["code"]), []).append(row)
    states = {each.value: each for each in FindingState}
    made = [
        Problems(code, finding_title(code, language), states[state], tuple(listed))
        for (state, code), listed in found.items()
    ]
    return sorted(made, key=lambda each: (_SHOWN.index(each.state), -len(each.rows), each.code))


def seen_findings(rights: Rights) -> Sequence[Row]:
    """Findings about persons in sight that are not settled, as far as their columns may be seen."""
    persons = (
        RECORDS["findings"]
        ._default_manager.filter(state__in=_SHOWN, person_id__isnull=False)
        .values_list("person_id", flat=True)
        .distinct()
    )
    visible = rows(rights, "findings", list(persons))
    return [row for row in visible if row.get("state") in _SHOWN]


def text_of(row: Row, language: Language) -> str:
    """The finding in words; "" where its text may not be seen."""
    needed = ("text_zh", "values_json", "code", "table_name", "column_name")
    return finding_text(row, language) if all(name in row for name in needed) else ""


def may_see_texts(rights: Rights) -> bool:
    """Whether texts of findings, which quote what they found, may be seen at all."""
    return FieldClass.IDENTITY in rights.fields(Verb.VIEW)
