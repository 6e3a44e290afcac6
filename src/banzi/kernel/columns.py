"""One declaration per column: name, type, Chinese and English name, what null means.

The frame schema, the checks of a roster, the headers of workbooks, the reference page and the
glossary test all read these declarations; no column is described anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

import polars as pl


class Labelled(StrEnum):
    """A closed list of values; each has an identifier (stored), a Chinese and an English name."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    @classmethod
    def from_zh(cls, text: str) -> Self | None:
        """The value with this Chinese name, or None."""
        return next((member for member in cls if member.zh == text), None)

    @classmethod
    def from_value(cls, value: object) -> Self | None:
        """The value of the list that is stored as this one, or None."""
        return next((member for member in cls if member == value), None)

    @classmethod
    def of(cls, value: object) -> Self:
        """The same for what is known to be one of the list (as `cls(value)`, which checkers of types
        read as the making of a new one).

        Raises
        ------
        ValueError
        """
        found = cls.from_value(value)
        if found is None:
            raise ValueError(f"{value!r} is no {cls.__name__}")
        return found


class Kind(StrEnum):
    """What a column holds and how Polars stores it."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"  # a day, always complete
    PARTIAL_DATE = "partial_date"  # Int32 YYYYMMDD, zeros for what is not known
    MONTH = "month"  # Int32, 12 * year + month - 1
    CODE = "code"  # text, a code of the national table named in `codes`
    CHOICE = "choice"  # text, a value of the closed list named in `choices`


class FieldClass(Labelled):
    """Who may see a column is granted by class; a class is said beside the column or its table."""

    BASIC = "basic", "基本信息", "basic facts"
    IDENTITY = "identity", "身份信息", "identity and health"
    FAMILY = "family", "家庭信息", "family"
    FINDINGS = "findings", "结论和处分", "conclusions and sanctions"


POLARS_TYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.INTEGER: pl.Int64(),
    Kind.BOOLEAN: pl.Boolean(),
    Kind.DATE: pl.Date(),
    Kind.PARTIAL_DATE: pl.Int32(),
    Kind.MONTH: pl.Int32(),
    Kind.CODE: pl.String(),
    Kind.CHOICE: pl.String(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table.

    Parameters
    ----------
    name
        Identifier in code and files; a glossary term.
    zh, en
        Names on screens, in workbook headers (zh) and in the reference page.
    null
        What an empty value means: "" when the column may not be empty.
    codes
        For `Kind.CODE`: stem of the table in `codes/tables`.
    choices
        For `Kind.CHOICE`: the closed list.
    references
        `table.column` whose values this column repeats.
    national
        Field code of the national civil-servant system (`A0107`), "" where it has none.
    unit
        Unit of an integer (month, person, day), "" for none.
    protected
        True for what may enter only through cited law and minimum targets (sex, ethnicity).
    field_class
        Who may see it; None where the class of its table holds.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    null: str = ""
    codes: str = ""
    choices: type[Labelled] | None = None
    references: str = ""
    national: str = ""
    unit: str = ""
    protected: bool = False
    field_class: FieldClass | None = None

    def __post_init__(self) -> None:
        if (self.kind is Kind.CODE) != bool(self.codes):
            raise ValueError(f"column {self.name}: a code column names its code table")
        if (self.kind is Kind.CHOICE) != (self.choices is not None):
            raise ValueError(f"column {self.name}: a choice column names its closed list")

    @property
    def required(self) -> bool:
        """Whether a row without this value is an error."""
        return not self.null

    @property
    def dtype(self) -> pl.DataType:
        return POLARS_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order and the columns that tell rows apart."""

    name: str
    zh: str
    en: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    field_class: FieldClass = FieldClass.BASIC
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name}: a column is declared twice")
        if missing := set(self.key) - set(names):
            raise ValueError(f"table {self.name}: key columns {missing} are not declared")

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"{self.name}.{name}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def class_of(self, name: str) -> FieldClass:
        """The field class of a column: its own, else the table's."""
        return self[name].field_class or self.field_class

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name → Polars type, in declared order."""
        return {column.name: column.dtype for column in self.columns}

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.schema)

    def frame(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        """Rows given by column name → frame in declared order; names left out become null.

        Raises
        ------
        KeyError
            When a row has a name that is not declared.
        """
        for row in rows:
            if not row.keys() <= self._by_name.keys():
                for name in row:
                    self[name]
        columns = {name: [row.get(name) for row in rows] for name in self._by_name}
        return pl.DataFrame(columns, schema=self.schema)
