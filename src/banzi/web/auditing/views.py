"""The auditor's pages: acts, one act, who read what, the check, anchors."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from banzi.documents.papers.typesetting import typeset
from banzi.kernel.errors import BadInput
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import name_in
from banzi.web.accounts.guarding import for_office
from banzi.web.accounts.models import Office
from banzi.web.accounts.rights import rights_of
from banzi.web.audit.acts import act
from banzi.web.audit.anchors import Anchor, end_of_chain, parse_anchors
from banzi.web.audit.models import Act, Change, Read
from banzi.web.audit.reads import ReadKind
from banzi.web.audit.sealing import unsealed
from banzi.web.auditing.wording import VERBS, in_words, verb_in_words
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.saying import said
from banzi.web.shared.fields import DayInput, offer
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import say

PAGE = 50
CHANGES = 200
_SLIP = Path(__file__).with_name("slip.typ")
_NOTE = _(
    "本页请存放在本系统之外。核验时将序号和校验值与系统所示比对；"
    "末尾被截断、以前的记录被重写，都能由此发现。"
)
_CHECK = "audit.verify"
auditor = for_office(Office.AUDITOR)


class FilterForm(forms.Form):
    """Filters of the list of acts; every one may be left out."""

    by = forms.CharField(label=_("登录名"), required=False)
    verb = forms.ChoiceField(label=_("操作"), required=False)
    person = forms.CharField(label=_("人员标识"), required=False)
    since = forms.DateField(label=_("自"), required=False, widget=DayInput())
    until = forms.DateField(label=_("至"), required=False, widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = sorted(set(VERBS) | set(Act.objects.values_list("verb", flat=True).distinct()))
        choices = [("", say(_("全部"))), *((each, verb_in_words(each)) for each in verbs)]
        offer(self, "verb", choices)


@auditor
def acts_page(request: HttpRequest) -> HttpResponse:
    """Acts, the newest first."""
    form = FilterForm(request.GET)
    found = Act.objects.order_by("-seq")
    if form.is_valid():
        given = form.cleaned_data
        exact = {"by": given["by"], "verb": given["verb"], "person_id": given["person"]}
        found = found.filter(**{name: value for name, value in exact.items() if value})
        if given["since"]:
            found = found.filter(at__gte=_start(given["since"]))
        if given["until"]:
            found = found.filter(at__lt=_start(given["until"] + timedelta(days=1)))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(each, verb_in_words(each.verb)) for each in page],
        "query": _query(request),
        "end": end_of_chain(),
    }
    return render(request, "auditing/acts.html", context)


@auditor
def act_page(request: HttpRequest, seq: int) -> HttpResponse:
    """One act with what it changed."""
    found = get_object_or_404(Act, pk=seq)
    changes = Change.objects.filter(act_id=found.act_id).order_by("id")
    page = Paginator(changes, CHANGES).get_page(request.GET.get("page"))
    context = {
        "act": found,
        "verb": verb_in_words(found.verb),
        "page": page,
        "changes": [in_words(change) for change in page],
        "query": "",
    }
    return render(request, "auditing/act.html", context)


@auditor
def reads_page(request: HttpRequest) -> HttpResponse:
    """Who read what: lines not sealed yet first, then the sealed ones, each the newest first."""
    by, person = request.GET.get("by", "").strip(), request.GET.get("person", "").strip()
    waiting = [
        note
        for note in unsealed()
        if (not by or note.by == by) and (not person or note.person_id == person)
    ]
    waiting.sort(key=lambda note: note.at, reverse=True)
    found = Read.objects.order_by("-at", "-id")
    if by:
        found = found.filter(by=by)
    if person:
        found = found.filter(person_id=person)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(note, _moment(note.at), _kind(note.kind)) for note in waiting[:PAGE]],
        "waiting_count": len(waiting),
        "page": page,
        "rows": [(read, _kind(read.kind)) for read in page],
        "by": by,
        "person": person,
        "query": _query(request),
    }
    return render(request, "auditing/reads.html", context)


@auditor
def check_page(request: HttpRequest) -> HttpResponse:
    """Ask for a check, against anchors of a file if one is given."""
    problems: list[str] = []
    if request.method == "POST":
        try:
            anchors = _anchors_of(request)
        except BadInput as bad:
            problems = [problem.line(current_language()) for problem in bad.problems]
        else:
            by = rights_of(request).holder
            with act("audit.verify", by=by, about=str(len(anchors))):
                given = [{"seq": each.seq, "digest": each.digest, "at": each.at}
                         for each in anchors]  # fmt: skip
                asked = enqueue(_CHECK, {"anchors": given}, by=by, once=_CHECK)
            return HttpResponseRedirect(reverse("audit-checking", args=[asked.job_id]))
    earlier = Job.objects.filter(kind=_CHECK).order_by("-asked_at")[:10]
    context = {"problems": problems, "earlier": earlier, "end": end_of_chain()}
    return render(request, "auditing/check.html", context)


@auditor
def checking_page(request: HttpRequest, job_id: str) -> HttpResponse:
    """How far a check is, then what it found; asks again each second until it is over."""
    job = get_object_or_404(Job, pk=job_id, kind=_CHECK)
    language = current_language()
    result = job.result or {}
    context = {
        "job": job,
        "task": said(job.task, language) if job.task else "",
        "done": job.state == JobState.DONE,
        "result": result,
        "flaws": [(flaw["seq"], said(flaw, language)) for flaw in result.get("flaws", ())],
    }
    return render(request, "auditing/checking.html", context)


@auditor
@require_POST
def anchor_slip(request: HttpRequest) -> HttpResponse:
    """The end of the chain on paper, to be signed and kept elsewhere."""
    anchor = _taken(request)
    day = timezone.localdate()
    account = rights_of(request).holder
    data = {
        "title": say(_("操作记录锚点")),
        "date": [day.year, day.month, day.day],
        "rows": [
            [say(_("操作序号")), str(anchor.seq)],
            [say(_("操作时间")), anchor.at],
            [say(_("取出日期")), day.isoformat()],
            [say(_("取出人")), f"{account.name}（{account.username}）"],
        ],
        "digest_title": say(_("校验值（SM3）")),
        "digest": anchor.printed,
        "note": say(_NOTE),
        "signatures": [say(_("审计管理员签字")), say(_("见证人签字")), say(_("日期"))],
    }  # fmt: skip
    answer = HttpResponse(typeset(_SLIP, data, day), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="anchor-{anchor.seq}.pdf"'
    return answer


@auditor
@require_POST
def anchor_file(request: HttpRequest) -> HttpResponse:
    """The end of the chain as a line of a file."""
    anchor = _taken(request)
    answer = HttpResponse(anchor.as_line(), content_type="application/x-ndjson")
    answer.headers["Content-Disposition"] = f'attachment; filename="anchor-{anchor.seq}.jsonl"'
    return answer


def _taken(request: HttpRequest) -> Anchor:
    """Taking an anchor is an act, and the anchor is of that act."""
    with act("audit.anchor", by=rights_of(request).holder):
        pass
    anchor = end_of_chain()
    assert anchor is not None  # noqa: S101 - the act just done
    return anchor


def _anchors_of(request: HttpRequest) -> list[Anchor]:
    given = request.FILES.get("anchors")
    if given is None:
        return []
    return parse_anchors(given.read().decode(errors="replace"), str(given.name))


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _kind(kind: str) -> str:
    found = ReadKind.from_value(kind)
    if found is None:
        return kind
    return name_in(found, current_language())


def _query(request: HttpRequest) -> str:
    kept = {name: str(value) for name, value in request.GET.items() if name != "page" and value}
    return f"{urlencode(kept)}&" if kept else ""
