"""Corrections that wait for a second person, and which classes of fields need one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import name_in, translate
from banzi.roster import TABLES
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.people.changes import ADDED_MANY, row_text
from banzi.web.people.correcting import Correction
from banzi.web.people.fitness import effects, shown_effects
from banzi.web.people.models import Proposal, ProposalState, SecondPerson
from banzi.web.people.picking import ids_like
from banzi.web.people.proposing import (
    about,
    classes_of_two,
    confirm,
    correction_of,
    reject,
    touched,
    visible_proposals,
    withdraw,
)
from banzi.web.records.selecting import classes_held, rows
from banzi.web.records.showing import value_text
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of

CONFIRMED, REJECTED, WITHDRAWN = _("已确认，更正生效"), _("已退回"), _("已撤回")
SET, REMOVED_ROW = _("已保存"), _("删除")
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as the viewer may see it."""

    proposal: Proposal
    name: str
    about: str
    steps: tuple[tuple[str, str, str], ...]
    is_own: bool
    may_decide: bool


@allowed(Verb.VIEW)
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals about persons one may see; open ones, unless `?state=` says otherwise, of one person
    (`?person=`) or of those whom a search finds (`?q=`)."""
    rights = rights_of(request)
    state = request.GET.get("state", ProposalState.OPEN.value)
    found = visible_proposals(rights, state=state).select_related("proposed_by", "decided_by")
    if person := request.GET.get("person", ""):
        found = found.filter(person_id=person)
    typed = request.GET.get("q", "").strip()
    if typed:
        found = found.filter(person_id__in=ids_like(rights, typed))
    listed = list(found.order_by("-proposed_at")[:_SHOWN])
    names = {
        row["person_id"]: row["name"]
        for row in rows(rights, "persons", {each.person_id for each in listed}, only=("name",))
    }
    shown = [
        each
        for proposal in listed
        if (each := _shown(proposal, names.get(proposal.person_id, ""), rights)) is not None
    ]
    return render(
        request,
        "people_pages/proposals.html",
        {
            "proposals": shown,
            "state": state,
            "typed": typed,
            "states": list(ProposalState),
            "may_set": rights.may(Verb.APPROVE),
        },
    )


def _shown(proposal: Proposal, name: str, rights: Rights) -> Shown | None:
    """None where it speaks of fields that may not be seen of the person."""
    correction = correction_of(proposal)
    held = classes_held(rights, proposal.person_id)
    if not touched(correction) <= held:
        return None
    account = rights.account
    is_own = account is not None and proposal.proposed_by_id == account.pk
    approves = classes_held(rights, proposal.person_id, Verb.APPROVE)
    return Shown(
        proposal,
        name,
        about(correction),
        tuple(_steps(correction, held)),
        is_own,
        not is_own and touched(correction) <= approves,
    )


def _steps(correction: Correction, held: frozenset[FieldClass]) -> list[tuple[str, str, str]]:
    language = current_language()
    if correction.old is None or correction.new is None:
        row = correction.new or correction.old or {}
        text = row_text(TABLES[correction.table], row, held, language)
        if correction.old is None:
            return [(translate(ADDED_MANY, language), "", text)]
        return [(translate(REMOVED_ROW, language), text, "")]
    return [
        (
            name_in(column, language),
            value_text(column, correction.old[column.name], language),
            value_text(column, correction.new[column.name], language),
        )
        for column in correction.columns
    ]


def _proposal(request: HttpRequest, number: int) -> Shown:
    rights = rights_of(request)
    proposal = visible_proposals(rights, pk=number).first()
    shown = None if proposal is None else _shown(proposal, "", rights)
    if shown is None:
        raise Http404
    return shown


@allowed(Verb.VIEW)
def proposal_effect(request: HttpRequest, number: int) -> HttpResponse:
    """A fragment: posts for which it would change the verdict."""
    correction = correction_of(_proposal(request, number).proposal)
    found = effects(
        correction.person_id, correction.table, correction.old, correction.new, as_of(request)
    )
    shown = shown_effects(found, current_language())
    return render(request, "people_pages/effect.html", {"effects": shown})


@allowed(Verb.VIEW)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm or reject (Verb.APPROVE, and not the one who proposed it), or withdraw one's own."""
    shown = _proposal(request, number)
    by, wish = rights_of(request).holder, request.POST.get("wish", "")
    reason = request.POST.get("why", "").strip()[:500]
    if wish == "withdraw":
        if not shown.is_own:
            raise PermissionDenied
    elif not shown.may_decide:
        raise PermissionDenied
    try:
        done = _done(shown.proposal, by, wish, reason)
    except BanziError as refused:
        messages.error(request, refused.message.text(current_language()))
    else:
        messages.success(request, translate(done, current_language()))
    return HttpResponseRedirect(reverse("people-proposals"))


def _done(proposal: Proposal, by: Account, wish: str, reason: str) -> str:
    match wish:
        case "confirm":
            confirm(proposal, by, reason)
            return CONFIRMED
        case "reject":
            reject(proposal, by, reason)
            return REJECTED
        case "withdraw":
            withdraw(proposal, by)
            return WITHDRAWN
    raise Http404


@allowed(Verb.APPROVE)
def second_person(request: HttpRequest) -> HttpResponse:
    """Which classes of fields are corrected by two persons."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("class")) & {each.value for each in FieldClass}
        with act(
            "people.second-person",
            by=rights_of(request).account,
            about="、".join(each.zh for each in FieldClass if each.value in wanted) or "—",
        ):
            SecondPerson.objects.exclude(field_class__in=wanted).delete()
            for each in sorted(wanted):
                SecondPerson.objects.get_or_create(field_class=each)
        messages.success(request, translate(SET, current_language()))
        return HttpResponseRedirect(reverse("people-second-person"))
    marked = classes_of_two()
    context: dict[str, Any] = {"classes": [(each, each in marked) for each in FieldClass]}
    return render(request, "people_pages/second_person.html", context)
