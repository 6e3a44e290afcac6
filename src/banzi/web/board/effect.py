"""What a signed draft changes in the records: who leaves which post, who takes it, under which 文号.

A holder leaves a post when the draft seats somebody else there or seats the holder elsewhere. An
incumbent without a new post whose own stays empty is left in office: that is for people to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from banzi.codes.levels import seniority
from banzi.documents.papers.moves import Move, house_of, moves_of
from banzi.documents.papers.present_posts import PresentPosts, present_posts_after
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import LevelKind
from banzi.roster import Roster
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.board.desk import Desk, placed_in
from banzi.web.board.models import Decision, Draft
from banzi.web.records.models import RECORDS
from banzi.web.records.taking_back import take_back

NOT_YET = MessageKind("board/not-yet", _("生效日期是{day}，未到生效日不能更新档案信息"))
APPLIED = MessageKind("board/applied", _("已于{day}更新过档案信息，不重复更新"))
NOT_APPLIED = MessageKind("board/not-applied", _("档案信息还没有更新过，没有可以撤销的"))
NO_REASON = MessageKind("board/undo-reason", _("撤销须写明理由"))
CHANGED = MessageKind(
    "board/records-changed", _("{post}的现任人员与选配时不同，请先核对：{person}")
)
_APPLY = "board.apply"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the batch: `kind` is leave or take."""

    kind: str
    person_id: str
    person: str
    post_id: str
    post: str


def carried_out(draft: Draft, desk: Desk) -> list[tuple[str, str | None]]:
    """(post, who holds it once the draft is carried out), in the order of posts."""
    placed = placed_in(draft)
    seated = set(placed.values())
    found: list[tuple[str, str | None]] = []
    for post in desk.problem.posts:
        new, holder = placed.get(post.post_id), post.incumbent_person_id
        stays = holder if holder and holder not in seated else None
        found.append((post.post_id, new or stays))
    return found


def steps(draft: Draft, desk: Desk) -> list[Step]:
    """免 first, then 任, each in the order of posts."""
    leave, take = [], []
    for post, (_post_id, new) in zip(desk.problem.posts, carried_out(draft, desk), strict=True):
        holder, title = post.incumbent_person_id, desk.title_of(post.post_id)
        if holder == new:
            continue
        if holder:
            leave.append(Step("leave", holder, desk.names.person(holder), post.post_id, title))
        if new:
            take.append(Step("take", new, desk.names.person(new), post.post_id, title))
    return leave + take


def moves(draft: Draft, desk: Desk, roster: Roster) -> tuple[Move, ...]:
    """The same batch person by person, as papers word it; what is to be settled goes with it."""
    house = house_of(roster, roster.as_of)
    return moves_of(house, carried_out(draft, desk), desk.reviews)


def present_posts(draft: Draft, desk: Desk, roster: Roster) -> list[PresentPosts]:
    """现任职务 of everybody concerned, before and after."""
    house = house_of(roster, roster.as_of)
    return present_posts_after(roster, house, moves(draft, desk, roster))


def apply_decision(
    decision: Decision, desk: Desk, today: date, *, by: Account, texts: Mapping[str, str]
) -> None:
    """Write the batch into the records, once, on or after its day.

    Parameters
    ----------
    texts
        Person → 现任职务 from then on, as somebody has looked at it; "" for none.

    Raises
    ------
    BanziError
        `board/not-yet`, `board/applied`, `board/records-changed` when somebody else holds a post
        by now.
    """
    if decision.effective_on > today:
        raise BanziError(NOT_YET(day=decision.effective_on))
    number, day = decision.document_no, int(PartialDate.from_date(decision.effective_on))
    with act(_APPLY, by=by, about=str(decision.draft), source=number):
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.applied_at is not None:
            raise BanziError(APPLIED(day=locked.applied_at.date()))
        batch = steps(decision.draft, desk)
        for step in batch:
            if step.kind == "leave":
                _leave(step, day, number)
            else:
                _take(step, day, number, today)
        for person_id in dict.fromkeys(step.person_id for step in batch):
            _rename(person_id, texts.get(person_id))
        Decision.objects.filter(pk=decision.pk).update(applied_at=timezone.now())


def undo_decision(decision: Decision, *, by: Account, reason: str) -> None:
    """Put the records back to what they were before the batch, as one act.

    Raises
    ------
    BanziError
        `board/undo-reason`, `board/not-applied`.
    BadInput
        Every later change that stands in the way; nothing is changed then.
    """
    if not reason:
        raise BanziError(NO_REASON())
    applied = Act.objects.filter(verb=_APPLY, source=decision.document_no).order_by("-seq").first()
    with act("board.undo", by=by, about=str(decision.draft), reason=reason,
             source=decision.document_no):  # fmt: skip
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.applied_at is None or applied is None:
            raise BanziError(NOT_APPLIED())
        take_back(applied.act_id)
        Decision.objects.filter(pk=decision.pk).update(applied_at=None)


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
    appointments.create(
        person_id=step.person_id,
        appointment_no=_next_number("appointments", "appointment_no", step.person_id),
        organ_name=post["organ__organ_name"],
        post_name=post["post_name"] or step.post,
        post_level=post["post_level"],
        appointed_on=day,
        appointment_document=number,
        in_office=True,
        post_id=step.post_id,
        recorded_on=today,
    )
    _raise_level(step.person_id, post["post_level"], day, number, today)


def _raise_level(person_id: str, level: str | None, day: int, number: str, today: date) -> None:
    """A post of a higher level than the person's begins that level; nothing is lowered here."""
    persons = RECORDS["persons"]._default_manager.filter(pk=person_id)
    present = persons.values_list("post_level", flat=True).get()
    new, old = seniority(level or ""), seniority(present or "")
    if new is None or old is None or new <= old:
        return
    persons.update(post_level=level, post_level_since=day)
    history = RECORDS["level_history"]._default_manager
    of_posts = history.filter(person_id=person_id, level_kind=LevelKind.POST_LEVEL.value)
    of_posts.filter(Q(in_force=True), ended_on__isnull=True).update(in_force=False, ended_on=day)
    history.create(
        person_id=person_id,
        level_no=_next_number("level_history", "level_no", person_id),
        level_kind=LevelKind.POST_LEVEL.value,
        post_level=level,
        started_on=day,
        document=number,
        in_force=True,
        recorded_on=today,
    )


def _rename(person_id: str, text: str | None) -> None:
    """现任职务 as given; a short form that said the former posts is no longer known."""
    persons = RECORDS["persons"]._default_manager.filter(pk=person_id)
    before = persons.values_list("current_posts_text", "current_posts_short").get()
    if text is None or (text or None) == before[0]:
        return
    short = (text or None) if before[1] == before[0] else None
    persons.update(current_posts_text=text or None, current_posts_short=short)


def _next_number(table: str, column: str, person_id: str) -> int:
    mine = RECORDS[table]._default_manager.filter(person_id=person_id)
    return int(mine.aggregate(last=Max(column))["last"] or 0) + 1
