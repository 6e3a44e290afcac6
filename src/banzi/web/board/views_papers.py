"""The page where the papers of a signed draft are asked for, and from which they are taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.letters.notice import OPENING
from banzi.documents.papers.marking import read_marking
from banzi.documents.papers.plan_papers import DOCX, LRMX
from banzi.documents.papers.registry import find_paper
from banzi.documents.papers.writing import Format
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.files import safe_name
from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in, freshly_signed_in_for_file
from banzi.web.audit.reads import ReadKind, note_reads
from banzi.web.board.access import draft_for
from banzi.web.board.desk import desk_of
from banzi.web.board.effect import steps
from banzi.web.board.models import Draft, DraftState
from banzi.web.board.papering import KIND, sets_of
from banzi.web.board.papers import (
    FORMS,
    LISTS,
    NOT_SIGNED,
    USUAL_LISTS,
    check_rights,
    checked_moves,
    decision_of,
    folder_of_papers,
    roster_of,
    zip_of_papers,
)
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job
from banzi.web.jobs.saying import said
from banzi.web.jobs.views import own_job
from banzi.web.queries.exporting import check_release
from banzi.web.shared.languages import current_language
from banzi.web.shared.refusals import refusal_lines

ALL = _("任免材料")
NOTHING_WANTED = MessageKind(
    "board/papers-none-wanted", _("没有选择任何材料；请至少选择一种再编写")
)
_PAPERS = ("approval", "tables", "report", "notice")
_REMEMBERED = ("mark", "addressees", "issuers", "opening", "layout", "ending")
_LAYOUTS = {Layout.STANDARD: _("通用版式"), Layout.OF_2025: _("2025年版式")}
_SAID_ELSEWHERE = ("papers/age-counted-at",)


class PapersWanted(forms.Form):
    """Which papers, how, and the frame of the notice."""

    approval = forms.MultipleChoiceField(
        label=_("任免审批表"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tables = forms.MultipleChoiceField(
        label=_("名单、方案、表决票"), required=False, widget=forms.CheckboxSelectMultiple
    )
    report = forms.BooleanField(label=_("班子结构分析报告"), required=False)
    notice = forms.BooleanField(label=_("任免通知"), required=False)
    ending = forms.ChoiceField(label=_("名单等的格式"))
    layout = forms.ChoiceField(label=_("任免审批表版式"))
    marking = forms.CharField(
        label=_("密级标志"), required=False, max_length=30, help_text=_("如：秘密★1年；不填不印")
    )
    mark = forms.CharField(
        label=_("发文机关标志"),
        required=False,
        max_length=60,
        help_text=_("如：中共云岭市委文件；不填的，印在已有红头的纸上"),
    )
    addressees = forms.CharField(
        label=_("主送"), required=False, max_length=500, help_text=_("几个单位用分号隔开")
    )
    issuers = forms.CharField(label=_("署名"), required=False, max_length=200)
    opening = forms.CharField(label=_("引语"), required=False, max_length=300)

    def __init__(self, draft: Draft, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["approval"].choices = [(each, _shown(text)) for each, text in FORMS.items()]
        fields["tables"].choices = [(each, _shown(find_paper(each).title)) for each in LISTS]
        fields["ending"].choices = [(each.value, f".{each.value}") for each in Format]
        fields["layout"].choices = [(each.value, _shown(text)) for each, text in _LAYOUTS.items()]
        fields["notice"].disabled = decision_of(draft) is None

    def clean_marking(self) -> str:
        try:
            return read_marking(self.cleaned_data["marking"])[0]
        except BanziError as error:
            raise forms.ValidationError(error.message.text(current_language())) from None


@require_http_methods(["GET", "POST"])
@allowed(Verb.VIEW, Verb.RELEASE)
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """What there is and what may be had; POST asks a worker to write it."""
    draft = draft_for(request, number)
    if request.method == "POST":
        return _ask(request, draft)
    return _page(request, draft, PapersWanted(draft, initial=_begun_with(request, draft)))


@freshly_signed_in
def _ask(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = PapersWanted(draft, request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    if not any(form.cleaned_data[each] for each in _PAPERS):
        return _page(request, draft, form, [NOTHING_WANTED().text(current_language())], 422)
    rights = rights_of(request)
    try:
        roster = roster_of(draft)
        found = checked_moves(draft, desk_of(draft.project), roster)
        check_rights(rights, form.cleaned_data, found, roster)
    except BanziError as error:
        return _page(request, draft, form, refusal_lines(error), 409)
    asked = enqueue(
        KIND,
        {"draft": draft.pk, **form.cleaned_data},
        by=rights.holder,
        once=f"{KIND} {draft.pk} {rights.holder.username}",
    )
    return HttpResponseRedirect(reverse("job", args=[asked.pk]))


def _page(
    request: HttpRequest,
    draft: Draft,
    form: PapersWanted,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    made = next(iter(sets_of(draft, rights_of(request).holder.username)), None)
    there = made is not None and folder_of_papers(draft, made.pk).is_dir()
    context = {
        "draft": draft,
        "decision": decision_of(draft),
        "form": form,
        "problems": problems or [],
        "unsigned": NOT_SIGNED() if draft.state != DraftState.SIGNED else None,
        "made": made if there else None,
        "papers": _listed(made) if made is not None and there else [],
        "count": len((made.result or {}).get("papers", ())) if made is not None else 0,
    }
    return render(request, "board/papers.html", context, status=status)


def _listed(made: Job) -> list[dict[str, Any]]:
    """A row for each paper; the forms of a person, in several formats, stand in one."""
    rows: dict[str, dict[str, Any]] = {}
    for place, each in enumerate((made.result or {}).get("papers", ())):
        stem, _dot, ending = each["file"].rpartition(".")
        row = rows.setdefault(stem, {**each, "stem": stem, "files": [], "notes": []})
        row["files"].append((place, ending))
        kept = [note for note in each["notes"] if note["code"] not in _SAID_ELSEWHERE]
        row["notes"] += [said(note, current_language()) for note in kept]
    return list(rows.values())


def _begun_with(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What the page begins with: the usual papers; the frame as it was filled in the last time."""
    begun: dict[str, Any] = {
        "approval": [DOCX, LRMX],
        "tables": list(USUAL_LISTS),
        "report": False,
        "notice": decision_of(draft) is not None,
        "ending": Format.DOCX.value,
        "layout": Layout.STANDARD.value,
        "opening": translate(OPENING, "zh"),
    }
    mine = Job.objects.filter(kind=KIND, by=rights_of(request).holder.username)
    last = mine.order_by("-asked_at").first()
    if last is not None:
        begun |= {name: last.arguments[name] for name in _REMEMBERED if last.arguments.get(name)}
    return begun


@require_GET
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in_for_file
def papers_zip(request: HttpRequest, number: int, job_id: str) -> HttpResponse | FileResponse:
    """The whole set as one file; everybody whose form is in it is noted by name."""
    draft, made = _set(request, number, job_id)
    people = dict.fromkeys(each["person_id"] for each in made.result["papers"])
    name = f"{safe_name(f'{draft.project.name}-{draft.name}-{ALL}')}.zip"
    return _taken(request, draft, zip_of_papers(draft, made.pk), name, list(people))


@require_GET
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in_for_file
def paper(
    request: HttpRequest, number: int, job_id: str, place: int
) -> HttpResponse | FileResponse:
    """One file of the set, by its place in the list."""
    draft, made = _set(request, number, job_id)
    listed = made.result["papers"]
    if place >= len(listed):
        raise Http404
    asked = listed[place]
    file = folder_of_papers(draft, made.pk) / asked["file"]
    return _taken(request, draft, file, file.name, [asked["person_id"]])


def _set(request: HttpRequest, number: int, job_id: str) -> tuple[Draft, Any]:
    draft, made = draft_for(request, number), own_job(request, job_id)
    if made.kind != KIND or made.arguments.get("draft") != draft.pk or not made.result:
        raise Http404
    return draft, made


def _taken(
    request: HttpRequest, draft: Draft, file: Any, name: str, person_ids: list[str]
) -> HttpResponse | FileResponse:
    if not file.is_file():
        raise Http404
    concerned = {each.person_id for each in steps(draft, desk_of(draft.project))}
    try:  # what the account may take out may have become less since the set was written
        check_release(rights_of(request), concerned, tuple(FieldClass))
    except BanziError:
        raise PermissionDenied from None
    note_reads(
        by=rights_of(request).holder.username,
        what=f"{draft.project.name} {draft.name} {name}",
        person_ids=person_ids or [""],
        kind=ReadKind.EXPORT,
    )
    answer = FileResponse(file.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shown(text: str) -> str:
    return translate(text, current_language())
