"""干部任免审批表 as a value: what the form says about one person, independent of any file format.

Field values are texts as the form shows or stores them, keyed by the column names of `persons`;
dates are digits (`197503`) as in `.lrmx`. Codecs write a form as `.lrmx`; papers print it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from banzi.people import RELATIVES

RELATIVE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "relation": "relation_text",
        "name": "name",
        "birth": "birth",
        "political_status": "political_status_text",
        "unit_and_post": "unit_and_post",
    }
)
"""What a line about a relative holds → the column of `relatives` that keeps it."""


def relative_label(attribute: str) -> str:
    """What people call a part of a line about a relative."""
    return RELATIVES[RELATIVE_COLUMNS[attribute]].zh


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One line of 家庭主要成员及重要社会关系; empty text where the form is blank."""

    relation: str = ""
    name: str = ""
    birth: str = ""
    political_status: str = ""
    unit_and_post: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One person's form.

    Attributes
    ----------
    fields
        `persons` column name → text; a column that is missing or "" is blank on the form.
    family
        Lines in order, blank lines left out.
    photo
        Bytes of the picture, or None.
    extras
        Elements the form does not define: (element name, XML of the whole element), in order.
    """

    fields: Mapping[str, str]
    family: tuple[FamilyMember, ...] = ()
    photo: bytes | None = None
    extras: tuple[tuple[str, str], ...] = field(default=())

    def __getitem__(self, column: str) -> str:
        return self.fields.get(column, "")
