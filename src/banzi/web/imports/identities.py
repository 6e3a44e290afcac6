"""Questions who is who: persons of the files that could be one of several, or of none."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import Message
from banzi.web.imports.models import Import
from banzi.web.imports.planning import ImportPlan


@dataclass(frozen=True, slots=True)
class Option:
    """A person of the records who might be meant."""

    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody of the files; `why` it cannot be told; `said` what was answered, "" for nothing."""

    person: str
    name: str
    birth: str
    why: Message | None
    options: tuple[Option, ...]
    said: str


def questions(given: Import, plan: ImportPlan) -> list[Question]:
    """Open questions first, then those answered, which may be answered anew."""
    read = plan.package.roster["persons"]
    why = {each.card.at.column or "": each.why for each in plan.left_over}
    asked = [*why, *(person for person in given.told if person not in why)]
    rows = {row["person_id"]: row for row in read.iter_rows(named=True)}
    found = []
    for person in asked:
        row = rows.get(person)
        if row is None:
            continue
        alike = pl.any_horizontal(
            pl.col(name).eq(pl.lit(row[name], pl.String)) for name in ("name", "id_number")
        )
        same = plan.part["persons"].filter(alike)
        options = tuple(
            Option(one["person_id"], "，".join(filter(None, [one["name"], _month(one["birth"]),
                                                           one["current_posts_text"]])))
            for one in same.iter_rows(named=True)
        )  # fmt: skip
        said = given.told.get(person, "") if person in given.told else ""
        found.append(
            Question(
                person,
                row["name"],
                _month(row["birth"]),
                why.get(person),
                options,
                "new" if said is None else said,
            )
        )
    return found


def _month(birth: int | None) -> str:
    return "" if birth is None else PartialDate(birth).dotted()[:7]
