"""The form of a person, rebuilt from roster tables alone: the file it came from may be gone.

Typed values win: a date is written from the date, a nationality from its code. A text is used
where the table has none: while a value is null, the text as written stands in for it, so that
nothing a form said is lost and an edit of one field changes only that field.

Not here: how a form is stored (`codecs.lrmx`) or printed (`papers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from banzi.codes import lookup
from banzi.documents.codecs.form_texts import DATE_COLUMNS, TEXT_COLUMNS, canonical_fields
from banzi.documents.codecs.party_text import PartyEntry, parse_party_text, party_text_of
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import Sex
from banzi.roster import Roster

UNKNOWN_PERSON = MessageKind(
    "form/unknown-person", _("花名册中没有人员标识为“{person_id}”的人员；请核对标识")
)


def form_of(roster: Roster, person_id: str, changes: Mapping[str, str] | None = None) -> Form:
    """The form of one person.

    Parameters
    ----------
    changes
        Column of `persons` → form text that replaces what the roster says (拟任职务 for a plan);
        "" blanks the field.

    Raises
    ------
    BanziError
        `form/unknown-person`.
    KeyError
        When `changes` names a column that is not declared.
    """
    found = _rows(roster, "persons", person_id)
    if not found:
        raise BanziError(UNKNOWN_PERSON(person_id=person_id))
    (row,) = found
    written = {
        kept["column_name"]: kept["written"]
        for kept in _rows(roster, "texts_as_written", person_id)
    }
    fields = {**_fields(row, written), **_checked(changes or {}, row)}
    relatives = sorted(_rows(roster, "relatives", person_id), key=lambda kept: kept["relative_no"])
    extras = sorted(_rows(roster, "form_extras", person_id), key=lambda kept: kept["extra_no"])
    return Form(
        fields=canonical_fields(fields),
        family=tuple(_member(relative, written) for relative in relatives),
        photo=roster.photos.get(row["photo_sha256"]) if row["photo_sha256"] else None,
        extras=tuple((extra["element"], extra["content"]) for extra in extras),
    )


def written_name(table: str, column: str, row_key: str = "") -> str:
    """`column_name` in `texts_as_written`: the column of `persons`, else `table.row.column`."""
    return column if table == "persons" else f"{table}.{row_key}.{column}"


def _rows(roster: Roster, table: str, person_id: str) -> list[dict[str, Any]]:
    return roster.rows_of(table, person_id).to_dicts()


def _checked(changes: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str]:
    for column in changes:
        row[column]
    return dict(changes)


def _fields(row: Mapping[str, Any], written: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {column: row[column] or "" for column in TEXT_COLUMNS}
    for column in DATE_COLUMNS:
        fields[column] = "" if row[column] is None else PartialDate(row[column]).digits()
    fields["sex"] = "" if row["sex"] is None else Sex[row["sex"].upper()].zh
    code = row["ethnicity"]
    fields["ethnicity"] = "" if code is None else lookup.name_of("ethnic_gbt3304", code) or code
    fields["id_number"] = row["id_number"] or ""
    fields["party_text"] = _party_text(row)
    return {column: text or written.get(column, "") for column, text in fields.items()}


def _party_text(row: Mapping[str, Any]) -> str:
    """The text as written while it says what the typed values say; else one made from them."""
    text: str = row["party_text"] or ""
    if row["political_status"] is None:
        return text
    joined = row["party_joined"]
    entry = PartyEntry(
        political_status=row["political_status"],
        party_joined=None if joined is None else PartialDate(joined),
        second_party=row["second_party"],
        third_party=row["third_party"],
    )
    return text if parse_party_text(text) == entry else party_text_of(entry)


def _member(relative: Mapping[str, Any], written: Mapping[str, str]) -> FamilyMember:
    birth = relative["birth"]
    kept = written.get(written_name("relatives", "birth", str(relative["relative_no"])), "")
    return FamilyMember(
        relation=relative["relation_text"] or "",
        name=relative["name"] or "",
        birth=kept if birth is None else PartialDate(birth).digits(),
        political_status=relative["political_status_text"] or "",
        unit_and_post=relative["unit_and_post"] or "",
    )
