"""The shape of the two kinds of law file, as pydantic models; every field is checked strictly.

`clauses/<document>.yaml` holds what a document says, article by article; `parameters/<document>/
<slug>.yaml` one number or small table with the days from which each value is in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from banzi.kernel.messages import gettext_noop as _
from banzi.law.units import UNITS, expected_by, unknown_parts, wrong_entries


class Grade(StrEnum):
    """How well a fact is known.

    V read in the current text; V-old in an earlier edition only; V-2nd in news or commentary on the
    current text; MEM from memory: it may ask for review and never fails anybody.
    """

    VERIFIED = "V"
    OLDER_EDITION = "V-old"
    SECOND_HAND = "V-2nd"
    FROM_MEMORY = "MEM"


class Force(StrEnum):
    """Must (必须、应当、不得), generally (一般、原则上), a step of procedure, or a definition."""

    MUST = "M"
    GENERALLY = "G"
    PROCEDURE = "P"
    DEFINITION = "D"


GRADE_NAMES = {
    Grade.VERIFIED: _("载于现行文本"),
    Grade.OLDER_EDITION: _("载于旧版文本"),
    Grade.SECOND_HAND: _("见于转述"),
    Grade.FROM_MEMORY: _("凭记忆，待核"),
}
FORCE_NAMES = {
    Force.MUST: _("应当"),
    Force.GENERALLY: _("一般"),
    Force.PROCEDURE: _("程序"),
    Force.DEFINITION: _("定义"),
}
"""What screens and papers call grades and kinds of force."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Because(StrEnum):
    """Why no rule and no parameter stands for a clause."""

    BY_PEOPLE = "by_people"
    CONFIGURABLE = "configurable"
    PROCEDURE = "procedure"
    DESCRIPTIVE = "descriptive"


class NotComputed(Bilingual):
    """The reason, and in a sentence what takes the place of a computation."""

    because: Because


class Clause(_Strict):
    """One article (or part of one) as we read it.

    `in_force_from` is the first day from which the clause is known to hold in this form, which may
    be later than the day it was first written; `until` is the first day it no longer holds. `row`
    names the row of the facts sheet that the clause belongs to, where that is not `id/slug`.
    A clause that nothing in the program cites says in `not_computed` why.
    """

    slug: str
    row: str = ""
    fact: Bilingual
    reading: Bilingual | None = None
    force: Force
    grade: Grade
    in_force_from: date
    until: date | None = None
    not_computed: NotComputed | None = None
    source: str

    @model_validator(mode="after")
    def _ends_after_start(self) -> Clause:
        if self.until is not None and self.until <= self.in_force_from:
            raise PydanticCustomError(
                "law/ends-first",
                "until is not after in_force_from",
                {"until": self.until, "start": self.in_force_from},
            )
        return self


class Document(_Strict):
    """All clauses of one document that rules cite; ids begin with the document's code."""

    document: str
    title: Bilingual
    edition: str
    checked_on: date | None
    clauses: dict[str, Clause]

    def row_of(self, name: str) -> str:
        """The row of the facts sheet that a clause of this document belongs to."""
        clause = self.clauses[name]
        return clause.row or f"{name}/{clause.slug}"

    @model_validator(mode="after")
    def _ids_belong_here(self) -> Document:
        for name in self.clauses:
            if not name.startswith(f"{self.document}/"):
                raise PydanticCustomError(
                    "law/id-elsewhere",
                    "the id belongs to another document",
                    {"name": name, "document": self.document},
                )
        return self


Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from that is not the shipped one."""

    source: str
    checked_by: str = ""
    checked_on: date | None = None
    overlay: bool = False


class Parameter(_Strict):
    """A value of the law with the days from which it holds; the last one begun is in force.

    `grades` gives a different grade to single values (by their day), `grade` is that of the rest;
    `labels` names the keys of a table that readers are shown. `checked_on` is the day on which a
    person last compared the values with the official text; null says that nobody has yet, and must
    be written out. `stricter` says whether more or less of it asks more of people (by key where the
    entries of a table differ); without it local rules cannot change the value.
    """

    title: Bilingual
    unit: Bilingual
    cites: str
    grade: Grade
    checked_on: date | None
    note: str = ""
    labels: dict[str, str] = Field(default_factory=dict)
    values: dict[date, Any]
    grades: dict[date, Grade] = Field(default_factory=dict)
    stricter: Direction | dict[str, Direction] | None = None
    _provenance: dict[date, Provenance] = PrivateAttr(default_factory=dict)

    @field_validator("values")
    @classmethod
    def _something_given(cls, values: dict[date, Any]) -> dict[date, Any]:
        if not values or any(value is None for value in values.values()):
            raise PydanticCustomError("law/no-values", "no value")
        shapes = {_shape(value) for value in values.values()}
        if len(shapes) > 1:
            raise PydanticCustomError("law/shapes-differ", "values of different shapes")
        return values

    @model_validator(mode="after")
    def _grades_have_values(self) -> Parameter:
        if stray := set(self.grades) - set(self.values):
            raise PydanticCustomError(
                "law/stray-grade", "a grade of no value", {"days": sorted(map(str, stray))}
            )
        return self

    @field_validator("unit")
    @classmethod
    def _unit_is_known(cls, unit: Bilingual) -> Bilingual:
        if unknown := unknown_parts(unit.zh):
            raise PydanticCustomError(
                "law/unknown-unit", "unknown unit", {"unit": unknown[0], "known": list(UNITS)}
            )
        return unit

    @model_validator(mode="after")
    def _values_fit_the_unit(self) -> Parameter:
        for since, value in self.values.items():
            for wrong in wrong_entries(self.unit.zh, value):
                raise PydanticCustomError(
                    "law/wrong-entry",
                    "not what the unit takes",
                    {
                        "since": since,
                        "value": wrong,
                        "unit": self.unit.zh,
                        "expected": expected_by(self.unit.zh),
                    },
                )
        return self

    @field_validator("stricter", mode="before")
    @classmethod
    def _direction_is_known(cls, stricter: Any) -> Any:
        given = stricter.values() if isinstance(stricter, dict) else [stricter]
        for each in given:
            if each not in (None, *get_args(Direction)):
                expected = "、".join(get_args(Direction))
                raise PydanticCustomError(
                    "law/not-one-of", "no direction", {"value": each, "expected": expected}
                )
        return stricter

    def at(self, day: date) -> ValueInForce | None:
        """The value in force on a day; None before the first."""
        begun = [since for since in self.values if since <= day]
        if not begun:
            return None
        since = max(begun)
        grade = self.grades.get(since, self.grade)
        return ValueInForce(self, self.values[since], since, grade, self._provenance.get(since))

    def direction(self, path: tuple[str, ...]) -> Direction | None:
        """Whether more or less of an entry is stricter; None where it cannot be compared."""
        if isinstance(self.stricter, dict):
            return self.stricter.get(path[0]) if path else None
        return self.stricter

    def replaced(self, since: date, value: Any, grade: Grade, source: Provenance) -> Parameter:
        """The parameter with one dated value given by somebody else than the shipped file."""
        new = self.model_copy(
            update={
                "values": {**self.values, since: value},
                "grades": {**self.grades, since: grade},
            }
        )
        new._provenance = {**self._provenance, since: source}
        return new


class ValueInForce:
    """A parameter's value on one day, from when and how surely it holds, and whose it is.

    `provenance` is None for a value of the shipped files.
    """

    __slots__ = ("grade", "parameter", "provenance", "since", "value")

    def __init__(
        self,
        parameter: Parameter,
        value: Any,
        since: date,
        grade: Grade,
        provenance: Provenance | None = None,
    ) -> None:
        self.parameter = parameter
        self.value = value
        self.since = since
        self.grade = grade
        self.provenance = provenance

    @property
    def checked_on(self) -> date | None:
        """When a person compared the value with the text; None when nobody has."""
        return self.provenance.checked_on if self.provenance else self.parameter.checked_on


def _shape(value: Any) -> str:
    """Values of one parameter must be readable by the same code: all numbers, or all tables."""
    return "table" if isinstance(value, dict) else "list" if isinstance(value, list) else "scalar"
