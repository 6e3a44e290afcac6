"""Scans that prove something of a person: taken in, listed, opened; and the photo changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from banzi.kernel.columns import FieldClass
from banzi.kernel.files import safe_name
from banzi.kernel.messages import Message, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.people.correcting import Conflict, Correction, corrected
from banzi.web.people.file import row_at
from banzi.web.people.models import Evidence
from banzi.web.people.photos import keep, kept, media_type
from banzi.web.people.proposing import Grounds, correct
from banzi.web.people.views_file import header, inline
from banzi.web.records.selecting import classes_held, reading
from banzi.web.shared.languages import current_language

NO_FILE = MessageKind("people/no-file", _("请选择要上传的文件"))
NOT_TAKEN = MessageKind("people/file-not-taken", _("只接收PDF、JPEG或PNG文件；请另存为其中一种"))
NOT_A_PHOTO = MessageKind("people/not-a-photo", _("照片应为JPEG或PNG文件"))
TOO_LARGE = MessageKind("people/file-too-large", _("文件超过{most}MB；请缩小后重新上传"))
NOT_SAID = MessageKind("people/proves-nothing", _("请写明该材料证明什么"))
KEPT, PHOTO_CHANGED = _("材料已存入"), _("照片已更换")
_MOST, _MOST_PHOTO = 20, 2
"""Megabytes."""


@allowed(Verb.VIEW)
def papers(request: HttpRequest, person_id: str) -> HttpResponse:
    """What is kept as evidence of this person; and a form to add to it for who may correct."""
    context = header(request, person_id)
    rights = rights_of(request)
    held = classes_held(rights, person_id)
    editable = held & classes_held(rights, person_id, Verb.EDIT)
    wrong: list[Message] = []
    if request.method == "POST":
        if not editable:
            raise PermissionDenied
        wrong = _take(request, person_id, editable)
        if not wrong:
            messages.success(request, translate(KEPT, current_language()))
            return HttpResponseRedirect(reverse("person-papers", args=[person_id]))
    reading(request, person_id, "papers")
    found = Evidence.objects.filter(
        person_id=person_id, field_class__in=[each.value for each in held]
    )
    context |= {
        "tab": "papers",
        "kept": list(found.order_by("-added_at")),
        "classes": [each for each in FieldClass if each in editable],
        "wrong": wrong,
        "proves": request.POST.get("proves", "") if wrong else "",
        "photo_held": PERSONS.class_of("photo_sha256") in editable,
    }
    return render(request, "people_pages/papers.html", context, status=422 if wrong else 200)


def _take(request: HttpRequest, person_id: str, editable: frozenset[FieldClass]) -> list[Message]:
    """Keep the file sent; what is wrong otherwise."""
    data, wrong = _sent(request, _MOST)
    proves = request.POST.get("proves", "").strip()[:200]
    chosen = request.POST.get("class", "")
    if chosen not in {each.value for each in editable}:
        raise PermissionDenied
    if not proves:
        wrong.append(NOT_SAID())
    kind = media_type(data)
    if data and not kind:
        wrong.append(NOT_TAKEN())
    if wrong:
        return wrong
    by = rights_of(request).holder
    sent: Any = request.FILES["file"]
    name = safe_name(sent.name or "")
    digest = keep("evidence", data)
    with act("people.add-evidence", by=by, person_id=person_id, about=name, reason=proves):
        Evidence.objects.create(
            person_id=person_id,
            sha256=digest,
            file_name=name,
            media_type=kind,
            size=len(data),
            proves=proves,
            field_class=chosen,
            added_by=by.name,
            added_at=timezone.now(),
        )
    return []


def _sent(request: HttpRequest, most: int) -> tuple[bytes, list[Message]]:
    """The file sent, or what is wrong with it."""
    sent: Any = request.FILES.get("file")
    if sent is None or not sent.size:
        return b"", [NO_FILE()]
    if sent.size > most * 1024 * 1024:
        return b"", [TOO_LARGE(most=most)]
    return sent.read(), []


@allowed(Verb.VIEW)
def paper(request: HttpRequest, person_id: str, number: int) -> HttpResponse:
    """A scan, when one may see the class it belongs to."""
    held = classes_held(rights_of(request), person_id)
    found = Evidence.objects.filter(pk=number, person_id=person_id).first()
    if found is None or found.field_class not in {each.value for each in held}:
        raise Http404
    data = kept("evidence", found.sha256)
    if data is None:
        raise Http404
    reading(request, person_id, f"evidence {number}")
    response = HttpResponse(data, content_type=found.media_type)
    response["Content-Disposition"] = inline(found.file_name)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@allowed(Verb.VIEW, Verb.EDIT)
def change_photo(request: HttpRequest, person_id: str) -> HttpResponse:
    """Put another photo in place; the former one stays for the history."""
    rights = rights_of(request)
    needed = PERSONS.class_of("photo_sha256")
    if needed not in classes_held(rights, person_id) & classes_held(rights, person_id, Verb.EDIT):
        raise Http404
    back = HttpResponseRedirect(reverse("person-papers", args=[person_id]))
    if request.method != "POST":
        return back
    data, wrong = _sent(request, _MOST_PHOTO)
    if data and not media_type(data).startswith("image/"):
        wrong.append(NOT_A_PHOTO())
    if wrong:
        for each in wrong:
            messages.error(request, each.text(current_language()))
        return back
    old = row_at(PERSONS, person_id, "-")
    if old is None:
        raise Http404
    values = {"photo_sha256": keep("photos", data)}
    correction = Correction("persons", person_id, old, corrected(old, values, timezone.localdate()))
    grounds = Grounds(request.POST.get("why", "").strip()[:500], "")
    try:
        correct(correction, rights_of(request).holder, grounds, "people.photo")
    except Conflict as conflict:
        messages.error(request, conflict.message.text(current_language()))
        return back
    messages.success(request, translate(PHOTO_CHANGED, current_language()))
    return back
