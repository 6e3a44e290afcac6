"""A person's file: header, timeline, sections, history, photo, form."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from banzi.documents.papers.approval_layout import Layout
from banzi.kernel.errors import BadInput
from banzi.people import PERSONS
from banzi.roster import TABLES
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.people.changes import entries
from banzi.web.people.file import File, read_file
from banzi.web.people.listing import age_text
from banzi.web.people.models import Evidence, PersonKey, ProposalState
from banzi.web.people.photos import kept, media_type
from banzi.web.people.printing import approval_form
from banzi.web.people.proposing import visible_proposals
from banzi.web.people.timeline import timeline
from banzi.web.records.history import person_acts
from banzi.web.records.selecting import classes_held, reading, rows
from banzi.web.records.showing import value_text
from banzi.web.shared.languages import current_language
from banzi.web.shared.refusals import refusal_lines
from banzi.web.shared.today import as_of, day_of


def header(request: HttpRequest, person_id: str) -> dict[str, Any]:
    """What stands at the head of every page about a person; 404 for one who may not be seen."""
    rights = rights_of(request)
    file = read_file(person_id, rights, current_language())
    if file is None:
        raise Http404
    return {"file": file, **_head(file, rights, request)}


def _head(file: File, rights: Rights, request: HttpRequest) -> dict[str, Any]:
    day, language = as_of(request), current_language()
    person = file.person
    key = PersonKey.objects.filter(pk=file.person_id).first()
    shown = {
        name: value_text(PERSONS[name], person.get(name), language)
        for name in _IN_HEAD
        if name in person
    }
    return {
        "person_id": file.person_id,
        "name": person["name"],
        "shown": shown,
        "age": age_text(person.get("birth"), day),
        "unit": key.unit if key else "",
        "has_photo": kept("photos", person.get("photo_sha256") or "") is not None,
        "as_of": day,
        "may_edit": rights.may(Verb.EDIT) and file.known_on is None,
        "may_release": rights.may(Verb.RELEASE),
        "proposals": visible_proposals(
            rights, person_id=file.person_id, state=ProposalState.OPEN.value
        ).count(),
        "papers": Evidence.objects.filter(
            person_id=file.person_id, field_class__in=_held(rights, file.person_id)
        ).count(),
    }


_IN_HEAD = (
    "sex",
    "birth",
    "ethnicity",
    "native_place",
    "political_status",
    "party_joined",
    "work_started",
    "post_level",
    "post_level_since",
    "rank",
    "rank_since",
    "full_time_education",
    "in_service_education",
    "technical_title",
    "health",
    "id_number",
    "current_posts_text",
)


def _held(rights: Rights, person_id: str) -> list[str]:
    return [each.value for each in classes_held(rights, person_id)]


@allowed(Verb.VIEW)
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """The file, now or as the records stood at the end of a day (`?known-on=`)."""
    rights, language = rights_of(request), current_language()
    known_on = day_of(request.GET.get("known-on", ""))
    if known_on is not None and known_on >= timezone.localdate():
        known_on = None
    file = read_file(person_id, rights, language, known_on)
    if file is None:
        if known_on is None or read_file(person_id, rights, language) is None:
            raise Http404
        return render(
            request,
            "people_pages/not_yet_known.html",
            {**header(request, person_id), "known_on": known_on, "tab": "file"},
        )
    reading(request, person_id, "file")
    head = _head(file, rights, request)
    return render(
        request,
        "people_pages/person.html",
        {
            **head,
            "file": file,
            "tab": "file",
            "known_on": known_on,
            "today": timezone.localdate(),
            "timeline": timeline(file.raw, head["as_of"], language),
        },
    )


@allowed(Verb.VIEW)
def history(request: HttpRequest, person_id: str) -> HttpResponse:
    """Every change of the records about the person that one may see; `?table=&column=` one field."""
    context = header(request, person_id)
    rights, language = rights_of(request), current_language()
    table, column = request.GET.get("table", ""), request.GET.get("column", "")
    only = (table, column) if table in TABLES and column in TABLES[table] else None
    reading(request, person_id, "history")
    told = entries(person_acts(person_id), classes_held(rights, person_id), language, only)
    context |= {
        "tab": "history",
        "entries": told,
        "only": TABLES[table][column] if only else None,
        "today": timezone.localdate(),
    }
    return render(request, "people_pages/history.html", context)


@allowed(Verb.VIEW)
def photo(request: HttpRequest, person_id: str) -> HttpResponse:
    """The photo of somebody whose photo one may see."""
    file = read_person(request, person_id)
    data = kept("photos", file.get("photo_sha256") or "")
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type=media_type(data) or "application/octet-stream")
    response["Cache-Control"] = "private, no-store"
    return response


def read_person(request: HttpRequest, person_id: str) -> dict[str, Any]:
    """The masked row of a person one may see; 404 otherwise."""
    found = rows(rights_of(request), "persons", [person_id], Verb.VIEW)
    if not found:
        raise Http404
    return found[0]


@allowed(Verb.RELEASE)
@freshly_signed_in
def form(request: HttpRequest, person_id: str) -> HttpResponse | FileResponse:
    """The 干部任免审批表 as PDF, noted as an export; `?layout=2025` for the newer form."""
    rights = rights_of(request)
    person = read_person(request, person_id)
    layout = Layout.OF_2025 if request.GET.get("layout") == "2025" else Layout.STANDARD
    try:
        made = approval_form(person_id, rights, as_of(request), layout)
    except BadInput as bad:
        context = {"problems": refusal_lines(bad), "person_id": person_id}
        return render(request, "people_pages/refused.html", context, status=422)
    if made is None:
        raise Http404
    note_read(
        by=rights.account.username if rights.account else "",
        person_id=person_id,
        what="form",
        kind=ReadKind.EXPORT,
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = inline(f"{person['name']}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def inline(name: str) -> str:
    """The header that has a browser show a file under a name of its own."""
    return f"inline; filename*=UTF-8''{quote(name)}"
