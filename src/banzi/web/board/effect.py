"""What a signed draft changes in the records: who leaves which post, who takes it, under which 文号.

A holder leaves a post when the draft seats somebody else there or seats the holder elsewhere. An
incumbent without a new post whose own stays empty is left in office: that is for people to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.desk import Desk, placed_in
from banzi.web.board.models import Decision, Draft
from banzi.web.records.models import RECORDS

NOT_YET = MessageKind("board/not-yet", _("生效日期是{day}，未到生效日不能更新档案信息"))
APPLIED = MessageKind("board/applied", _("已于{day}更新过档案信息，不重复更新"))
CHANGED = MessageKind(
    "board/records-changed", _("{post}的现任人员与选配时不同，请先核对：{person}")
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the batch: `kind` is leave or take."""

    kind: str
    person_id: str
    person: str
    post_id: str
    post: str


def steps(draft: Draft, desk: Desk) -> list[Step]:
    """免 first, then 任, each in the order of posts."""
    placed = placed_in(draft)
    seated = {person: post for post, person in placed.items()}
    leave, take = [], []
    for post in desk.problem.posts:
        holder, new = post.incumbent_person_id, placed.get(post.post_id)
        if holder == new:
            continue
        title = desk.title_of(post.post_id)
        if holder and (new or holder in seated):
            leave.append(Step("leave", holder, desk.names.person(holder), post.post_id, title))
        if new:
            take.append(Step("take", new, desk.names.person(new), post.post_id, title))
    return leave + take


def apply_decision(decision: Decision, desk: Desk, today: date, *, by: Account) -> None:
    """Write the batch into the records, once, on or after its day.

    Raises
    ------
    BanziError
        `board/not-yet`, `board/applied`, `board/records-changed` when somebody else holds a post
        by now.
    """
    if decision.effective_on > today:
        raise BanziError(NOT_YET(day=decision.effective_on))
    number, day = decision.document_no, int(PartialDate.from_date(decision.effective_on))
    with act("board.apply", by=by, about=str(decision.draft), source=number):
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.applied_at is not None:
            raise BanziError(APPLIED(day=locked.applied_at.date()))
        for step in steps(decision.draft, desk):
            if step.kind == "leave":
                _leave(step, day, number)
            else:
                _take(step, day, number, today)
        Decision.objects.filter(pk=decision.pk).update(applied_at=timezone.now())


def _leave(step: Step, day: int, number: str) -> None:
    seats = RECORDS["seats"]._default_manager.filter(post_id=step.post_id, ended_on__isnull=True)
    if not seats.filter(person_id=step.person_id).exists():
        raise BanziError(CHANGED(post=step.post, person=step.person))
    seats.filter(person_id=step.person_id).update(ended_on=day)
    RECORDS["appointments"]._default_manager.filter(
        person_id=step.person_id, post_id=step.post_id, in_office=True
    ).update(in_office=False, removed_on=day, removal_document=number)


def _take(step: Step, day: int, number: str, today: date) -> None:
    seats = RECORDS["seats"]._default_manager
    holding = seats.filter(post_id=step.post_id, ended_on__isnull=True)
    if holding.exists():
        raise BanziError(CHANGED(post=step.post, person=step.person))
    last = seats.aggregate(last=Max("seat_no"))["last"] or 0
    seats.create(
        seat_no=last + 1,
        post_id=step.post_id,
        person_id=step.person_id,
        started_on=day,
        document=number,
        recorded_on=today,
    )
    posts = RECORDS["posts"]._default_manager.values("post_name", "post_level", "organ__organ_name")
    post = posts.get(pk=step.post_id)
    appointments = RECORDS["appointments"]._default_manager
    mine = appointments.filter(person_id=step.person_id)
    last = mine.aggregate(last=Max("appointment_no"))["last"] or 0
    appointments.create(
        person_id=step.person_id,
        appointment_no=last + 1,
        organ_name=post["organ__organ_name"],
        post_name=post["post_name"] or step.post,
        post_level=post["post_level"],
        appointed_on=day,
        appointment_document=number,
        in_office=True,
        post_id=step.post_id,
        recorded_on=today,
    )
