"""The 干部任免审批表 of a person as PDF, from the records."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from banzi.documents.forms import form_of
from banzi.documents.papers.approval_form import stated_at
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.approval_pdf import Entry, Printer
from banzi.documents.papers.approval_typeset import set_form
from banzi.kernel.dates import PartialDate
from banzi.roster import Roster
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.people.photos import KeptPhotos
from banzi.web.records.selecting import rows

_TABLES = ("persons", "relatives", "texts_as_written", "form_extras")


def approval_form(person_id: str, rights: Rights, as_of: date, layout: Layout) -> bytes | None:
    """The PDF with what the account may release; None when the person may not be seen.

    Ages are counted at the form's own date, or at `as_of` where it has none.

    Raises
    ------
    BadInput
        When a text holds what cannot be printed.
    """
    tables = {name: rows(rights, name, [person_id], Verb.RELEASE) for name in _TABLES}
    if not tables["persons"]:
        return None
    roster = Roster.of(as_of, **tables)
    roster = Roster(as_of, roster.tables, KeptPhotos())
    person = tables["persons"][0]
    changes = {}
    if not (person.get("age_counted_on") or person.get("form_filled_on")):
        changes["age_counted_on"] = PartialDate.from_date(as_of).digits()
    form = form_of(roster, person_id, changes)
    with tempfile.TemporaryDirectory(prefix="banzi-form-") as folder:
        made, _notes = Printer(Path(folder)).print(
            [Entry(set_form(form, layout), form["name"])], stated_at(form)
        )
    return made
