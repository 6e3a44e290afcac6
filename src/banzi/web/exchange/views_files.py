"""A package taken out: its file and its content sheet, each noted by name of everybody in it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from banzi.documents.exchange.left_out import Without, classes_in
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.files import safe_name
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in_for_file
from banzi.web.audit.reads import ReadKind, note_reads
from banzi.web.exchange import keeping
from banzi.web.exchange.sheet import ENDINGS, TITLE
from banzi.web.exchange.views import made_package, package_page
from banzi.web.jobs.models import Job
from banzi.web.queries.exporting import check_release

_NAME = _("交换包")


@require_GET
@allowed(Verb.RELEASE)
@freshly_signed_in_for_file
def package(request: HttpRequest, job_id: str) -> HttpResponse | FileResponse:
    """The package itself."""
    made = made_package(request, job_id)
    left = [each for each in Without if each.value in (made.result or {})["without"]]
    name = _named(made, _NAME, "zip")
    return _taken(request, made, keeping.PACKAGE, name, classes_in(left))


@require_GET
@allowed(Verb.RELEASE)
@freshly_signed_in_for_file
def sheet(request: HttpRequest, job_id: str, ending: str) -> HttpResponse | FileResponse:
    """Its content sheet, to be printed and handed over with it."""
    made = made_package(request, job_id)
    if ending not in ENDINGS:
        raise Http404
    return _taken(request, made, f"sheet.{ending}", _named(made, TITLE, ending), frozenset())


@require_POST
@allowed(Verb.RELEASE)
def remove(request: HttpRequest, job_id: str) -> HttpResponse:
    """Throw the files of a package away; that it was made stays on record."""
    keeping.remove(made_package(request, job_id).pk)
    return HttpResponseRedirect(reverse("exchange"))


def _named(made: Job, what: str, ending: str) -> str:
    wanted = made.arguments
    stem = "-".join((what, wanted["recipient"], wanted["as_of"]))
    return f"{safe_name(stem)}.{ending}"


def _taken(
    request: HttpRequest, made: Job, file_name: str, name: str, classes: frozenset[FieldClass]
) -> HttpResponse | FileResponse:
    """The file, if everybody in it may still be released; everybody is noted before it goes."""
    file = keeping.folder_of(made.pk) / file_name
    if not file.is_file():
        raise Http404
    rights = rights_of(request)
    persons = keeping.people_of(made.pk)["given"]
    try:
        check_release(rights, persons, classes)
    except BanziError as refused:
        return package_page(request, made, refused)
    note_reads(by=rights.holder.username, what=name, person_ids=persons, kind=ReadKind.EXPORT)
    answer = FileResponse(file.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
