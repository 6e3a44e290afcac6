"""Correcting a row, adding and removing one, undoing; and what a correction would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from banzi.kernel.columns import FieldClass, Table
from banzi.kernel.messages import Message, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.people.changes import is_undoable, row_name
from banzi.web.people.correcting import (
    NOTHING_CHANGED,
    Conflict,
    Correction,
    backwards,
    corrected,
    fingerprint,
    inputs,
    new_row,
    own_columns,
    read_inputs,
    row_problems,
)
from banzi.web.people.file import EDITABLE, row_at
from banzi.web.people.fitness import effects, shown_effects
from banzi.web.people.picking import settle_persons
from banzi.web.people.proposing import (
    NO_REASON,
    Grounds,
    classes_of_two,
    correct,
    needs_second_person,
    propose,
)
from banzi.web.people.views_file import header
from banzi.web.records.history import Row, ToldAct, person_acts
from banzi.web.records.selecting import classes_held, reading
from banzi.web.records.showing import value_text
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of

WRITTEN = _("已更正，原内容可在“变动记录”中查看")
PROPOSED = _("已提交，待另一人确认后生效")


def _table(name: str) -> Table:
    if name not in EDITABLE:
        raise Http404
    return TABLES[name]


def _held(rights: Rights, person_id: str) -> frozenset[FieldClass]:
    """Classes one may see and correct of the person; 404 out of sight, 403 when only seen."""
    seen = classes_held(rights, person_id)
    if not seen:
        raise Http404
    held = seen & classes_held(rights, person_id, Verb.EDIT)
    if not held:
        raise PermissionDenied
    return held


def _row(table: Table, person_id: str, address: str, held: frozenset[FieldClass]) -> Row:
    if table.field_class not in held:
        raise PermissionDenied
    row = row_at(table, person_id, address)
    if row is None:
        raise Http404
    return row


@allowed(Verb.VIEW, Verb.EDIT)
def edit(request: HttpRequest, person_id: str, table: str, address: str) -> HttpResponse:
    """Correct a row: all of it, or one field (`?field=`)."""
    declared, held = _table(table), _held(rights_of(request), person_id)
    row = _row(declared, person_id, address, held)
    columns = own_columns(declared, held, adding=False)
    field = request.GET.get("field", "")
    if field:
        columns = [column for column in columns if column.name == field]
        if not columns:
            raise Http404
    fields = inputs(columns, row)
    page = {
        "table": declared,
        "fields": fields,
        "address": address,
        "row_name": "" if table == "persons" else row_name(declared, row, current_language()),
        "seen": fingerprint(row),
        "removable": table != "persons" and not field,
        "remove_url": reverse("person-remove", args=[person_id, table, address]),
        "was": row,
    }
    if request.method != "POST":
        reading(request, person_id, f"edit {table}")
        return _show(request, person_id, page)
    values = read_inputs(fields, request.POST)
    settle_persons(fields, values, row, rights_of(request))
    correction = Correction(table, person_id, row, corrected(row, values, timezone.localdate()))
    return _take(request, correction, page)


@allowed(Verb.VIEW, Verb.EDIT)
def add(request: HttpRequest, person_id: str, table: str) -> HttpResponse:
    """Add a row."""
    declared, held = _table(table), _held(rights_of(request), person_id)
    if table == "persons":
        raise Http404
    if declared.field_class not in held:
        raise PermissionDenied
    fields = inputs(own_columns(declared, held, adding=True), {})
    page = {"table": declared, "fields": fields, "seen": "", "adding": True}
    if request.method != "POST":
        return _show(request, person_id, page)
    values = read_inputs(fields, request.POST)
    settle_persons(fields, values, None, rights_of(request))
    new = None
    if not any(field.error for field in fields):
        new = new_row(declared, person_id, values, timezone.localdate())
    return _take(request, Correction(table, person_id, None, new), page)


@allowed(Verb.VIEW, Verb.EDIT)
@require_POST
def remove(request: HttpRequest, person_id: str, table: str, address: str) -> HttpResponse:
    """Remove a row; it stays in the history."""
    declared, held = _table(table), _held(rights_of(request), person_id)
    row = _row(declared, person_id, address, held)
    page = {
        "table": declared,
        "fields": inputs(own_columns(declared, held, adding=False), row),
        "address": address,
        "row_name": row_name(declared, row, current_language()),
        "seen": fingerprint(row),
        "removable": True,
        "remove_url": request.path,
        "was": row,
    }
    return _take(request, Correction(table, person_id, row, None), page)


@allowed(Verb.VIEW, Verb.EDIT)
def undo(request: HttpRequest, person_id: str, seq: int) -> HttpResponse:
    """Take a correction back, as an act of its own."""
    held = _held(rights_of(request), person_id)
    told = next((each for each in person_acts(person_id) if each.act.seq == seq), None)
    if told is None or not is_undoable(told):
        raise Http404
    correction = _undoing(told, person_id)
    declared = TABLES[correction.table]
    if not correction.classes <= held or declared.field_class not in held:
        raise PermissionDenied
    page: dict[str, Any] = {
        "table": declared,
        "fields": [],
        "undoing": told.act,
        "seen": fingerprint(correction.old),
        "diff": _diff(correction),
        "row_name": "",
    }
    if request.method != "POST":
        return _show(request, person_id, page)
    return _take(request, correction, page, verb="people.undo")


def _undoing(told: ToldAct, person_id: str) -> Correction:
    change = told.changes[0]
    return backwards(Correction(change.table, person_id, change.old, change.new))


@allowed(Verb.VIEW, Verb.EDIT)
@require_POST
def effect(request: HttpRequest, person_id: str, table: str, address: str) -> HttpResponse:
    """A fragment: posts for which what is typed would change the verdict."""
    declared, held = _table(table), _held(rights_of(request), person_id)
    adding = address == "new"
    row = None if adding else _row(declared, person_id, address, held)
    columns = own_columns(declared, held, adding=adding)
    named = [column for column in columns if column.name in request.POST]
    fields = inputs(named, row or {})
    values = read_inputs(fields, request.POST)
    settle_persons(fields, values, row, rights_of(request))
    wrong = [field.error for field in fields if field.error]
    if wrong:
        return render(request, "people_pages/effect.html", {"wrong": wrong})
    today = timezone.localdate()
    new = new_row(declared, person_id, values, today) if row is None else corrected(
        row, values, today
    )  # fmt: skip
    problems = row_problems(Correction(table, person_id, row, new))
    if problems:
        return render(request, "people_pages/effect.html", {"wrong": problems})
    found = effects(person_id, table, row, new, as_of(request))
    shown = shown_effects(found, current_language())
    return render(request, "people_pages/effect.html", {"effects": shown})


def _take(
    request: HttpRequest, correction: Correction, page: dict[str, Any], verb: str = ""
) -> HttpResponse:
    """Write or propose what was typed, or show the form again with what is wrong."""
    grounds = Grounds(
        request.POST.get("why", "").strip()[:500], request.POST.get("paper", "").strip()[:200]
    )
    page |= {"why": grounds.reason, "paper": grounds.source}
    wrong = _wrong(request, correction, page, grounds)
    if wrong:
        return _show(request, correction.person_id, {**page, "wrong": wrong}, status=422)
    by = rights_of(request).holder
    try:
        if needs_second_person(correction):
            propose(correction, by, grounds)
            messages.success(request, translate(PROPOSED, current_language()))
        else:
            correct(correction, by, grounds, verb)
            messages.success(request, translate(WRITTEN, current_language()))
    except Conflict as conflict:
        return _conflict(request, correction, page, conflict)
    back = reverse("person", args=[correction.person_id])
    return HttpResponseRedirect(f"{back}#{correction.table}")


def _wrong(
    request: HttpRequest, correction: Correction, page: Mapping[str, Any], grounds: Grounds
) -> list[Message]:
    """Everything that stands against the correction, at once."""
    if any(field.error for field in page["fields"]) and not _removes(correction, page):
        return [field.error for field in page["fields"] if field.error]
    found = row_problems(correction) if correction.old or correction.new else []
    if not grounds.reason:
        found = [*found, NO_REASON()]
    if not correction.columns:
        found = [*found, NOTHING_CHANGED()]
    if not found and request.POST.get("seen", "") != page["seen"]:
        # The row changed between showing and sending; shown anew, with what was typed.
        found = [Conflict(correction.old).message]
    return found


def _removes(correction: Correction, page: Mapping[str, Any]) -> bool:
    return correction.new is None and not page.get("adding")


def _conflict(
    request: HttpRequest, correction: Correction, page: dict[str, Any], conflict: Conflict
) -> HttpResponse:
    page |= {
        "wrong": [conflict.message],
        "was": conflict.current or {},
        "seen": fingerprint(conflict.current),
    }
    return _show(request, correction.person_id, page, status=409)


def _diff(correction: Correction) -> list[tuple[Any, str, str]]:
    old, new = correction.old or {}, correction.new or {}
    return [
        (
            column,
            value_text(column, old.get(column.name), current_language()),
            value_text(column, new.get(column.name), current_language()),
        )
        for column in correction.columns
    ]


def _show(
    request: HttpRequest, person_id: str, page: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    was = page.get("was") or {}
    shown = {
        field.name: value_text(field.column, was.get(field.name), current_language())
        for field in page["fields"]
    }
    return render(
        request,
        "people_pages/edit.html",
        {
            **header(request, person_id),
            "tab": "edit",
            **page,
            "table_name": page["table"].name,
            "now": shown,
            "two": bool(page["fields"]) and _two(page),
        },
        status=status,
    )


def _two(page: Mapping[str, Any]) -> bool:
    table: Table = page["table"]
    marked = classes_of_two()
    return any(table.class_of(field.name) in marked for field in page["fields"])
