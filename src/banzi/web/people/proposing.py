"""Corrections that a second person confirms: which, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from banzi.documents.codecs.workbook.cells import member
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.web.accounts.coverage import in_sight
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act
from banzi.web.audit.touching import one_look
from banzi.web.people.changes import row_name
from banzi.web.people.correcting import Correction, row_json, row_of_json, write
from banzi.web.people.models import Proposal, ProposalState, SecondPerson

OWN_PROPOSAL = MessageKind("people/own-proposal", _("提出更正的人不能自己确认，请由另一人办理"))
ALREADY_DECIDED = MessageKind("people/already-decided", _("该更正已经办理"))
NO_REASON = MessageKind("people/no-reason", _("请写明理由"))


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why, and on which paper."""

    reason: str
    source: str


def classes_of_two() -> frozenset[FieldClass]:
    """Classes of fields whose corrections a second person confirms."""
    return frozenset(
        member(FieldClass, each)
        for each in SecondPerson.objects.values_list("field_class", flat=True)
    )


def touched(correction: Correction) -> frozenset[FieldClass]:
    """Classes of the fields it changes, and of the table they stand in."""
    return correction.classes | {TABLES[correction.table].field_class}


def visible_proposals(rights: Rights, **which: object) -> QuerySet[Proposal]:
    """Proposals (with these values) all of whose fields the account may see of the person."""
    asked = Proposal.objects.filter(**which)
    about = set(asked.values_list("person_id", flat=True).distinct())
    with one_look():
        found = asked.filter(in_sight(rights, Verb.VIEW, among=about))
        for each in FieldClass:
            if rights.covers_everybody(Verb.VIEW, each):
                continue
            may_see = in_sight(rights, Verb.VIEW, each, about)
            found = found.filter(~Q(field_classes__contains=each.value) | may_see)
    return found


def needs_second_person(correction: Correction) -> bool:
    return bool(correction.classes & classes_of_two())


def about(correction: Correction) -> str:
    """What an act is about, in words: table and row."""
    table = TABLES[correction.table]
    row = correction.new or correction.old or {}
    return table.zh if table.name == "persons" else f"{table.zh} {row_name(table, row, 'zh')}"


def correct(correction: Correction, by: Account, grounds: Grounds, verb: str = "") -> None:
    """Write a correction as an act of its own."""
    with act(
        verb or correction.verb,
        by=by,
        person_id=correction.person_id,
        about=about(correction),
        reason=grounds.reason,
        source=grounds.source,
    ):
        write(correction)


def propose(correction: Correction, by: Account, grounds: Grounds) -> Proposal:
    """Put a correction before a second person."""
    with act(
        "people.propose",
        by=by,
        person_id=correction.person_id,
        about=about(correction),
        reason=grounds.reason,
        source=grounds.source,
    ):
        return Proposal.objects.create(
            person_id=correction.person_id,
            table_name=correction.table,
            old=row_json(correction.old) if correction.old is not None else None,
            new=row_json(correction.new) if correction.new is not None else None,
            field_classes=" ".join(sorted(touched(correction))),
            reason=grounds.reason,
            source=grounds.source,
            proposed_by=by,
            proposed_at=timezone.now(),
        )


def correction_of(proposal: Proposal) -> Correction:
    return Correction(
        proposal.table_name,
        proposal.person_id,
        row_of_json(proposal.table_name, proposal.old),
        row_of_json(proposal.table_name, proposal.new),
    )


def confirm(proposal: Proposal, by: Account, reason: str) -> None:
    """Write what was proposed.

    Raises
    ------
    BanziError
        `people/own-proposal`, `people/already-decided`.
    Conflict
        When the row has changed since; the proposal stays open.
    """
    correction = correction_of(proposal)
    with act(
        "people.confirm",
        by=by,
        person_id=proposal.person_id,
        about=about(correction),
        reason=proposal.reason,
        source=proposal.source,
    ):
        _decide(proposal, by, ProposalState.CONFIRMED, reason)
        write(correction)


def reject(proposal: Proposal, by: Account, reason: str) -> None:
    """Send it back, with the reason.

    Raises
    ------
    BanziError
        `people/no-reason`, `people/own-proposal`, `people/already-decided`.
    """
    if not reason:
        raise BanziError(NO_REASON())
    with act(
        "people.reject",
        by=by,
        person_id=proposal.person_id,
        about=about(correction_of(proposal)),
        reason=reason,
    ):
        _decide(proposal, by, ProposalState.REJECTED, reason)


def withdraw(proposal: Proposal, by: Account) -> None:
    """The one who proposed it takes it back."""
    with act("people.withdraw", by=by, person_id=proposal.person_id,
             about=about(correction_of(proposal))):  # fmt: skip
        _decide(proposal, by, ProposalState.WITHDRAWN, "")


def _decide(proposal: Proposal, by: Account, state: ProposalState, reason: str) -> None:
    is_own = proposal.proposed_by_id == by.pk
    if is_own != (state is ProposalState.WITHDRAWN):
        raise BanziError(OWN_PROPOSAL())
    decided = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN.value).update(
        state=state.value,
        decided_by=by,
        decided_at=timezone.now(),
        decision_reason=reason,
    )
    if not decided:
        raise BanziError(ALREADY_DECIDED())
