"""A card is put somewhere, taken away, fixed or ruled out: what changes with it, as one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.system.rows import EMPTY
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.desk import Desk
from banzi.web.board.models import Draft, DraftState, Placement, Wish, WishKind

NOT_OPEN = MessageKind("board/not-open", _("方案“{name}”已签批或已放弃，不能再改；请复制一份再改"))
SEEN_BEFORE = MessageKind(
    "board/changed-meanwhile", _("方案刚被他人改动过，页面已更新，请看清后再移动")
)
NO_CANDIDATE = MessageKind("board/no-candidate", _("{person}不能任{post}：不在可选人员之内"))
BANNED = MessageKind("board/banned", _("已排除{person}任{post}；请先取消排除"))
PINNED = MessageKind("board/pinned", _("{post}的人选已指定；请先取消指定"))
NOT_PLACED = MessageKind("board/not-placed", _("此人不在这一职位上，不能指定"))


@dataclass(frozen=True, slots=True)
class Moved:
    """`posts`: ids whose holder changed. `released`: who lost a seat and has none now."""

    posts: tuple[str, ...]
    released: tuple[str, ...]


def place(
    draft: Draft, desk: Desk, person_id: str, post_id: str, *, by: Account, seen: int | None = None
) -> Moved:
    """Seat a person; whoever sat there stands without a post, the person's own seat falls empty.

    Parameters
    ----------
    seen
        The draft's `moves` when the mover looked; None not to ask.

    Raises
    ------
    BanziError
        `board/not-open`, `board/changed-meanwhile`, `board/no-candidate`, `board/banned`,
        `board/pinned`.
    """
    if desk.arc(post_id, person_id) == EMPTY:
        raise BanziError(
            NO_CANDIDATE(person=desk.names.person(person_id), post=desk.title_of(post_id))
        )
    with act("board.place", by=by, person_id=person_id, about=f"{draft}：{desk.title_of(post_id)}"):
        begin(draft, seen)
        if draft.wishes.filter(kind=WishKind.BAN, post_id=post_id, person_id=person_id).exists():
            raise BanziError(
                BANNED(post=desk.title_of(post_id), person=desk.names.person(person_id))
            )
        held = _held(draft, post_id, person_id)
        _refuse_pinned(draft, desk, held, (post_id, person_id))
        left = [each.post_id for each in held if each.person_id == person_id]
        out = [each.person_id for each in held if each.person_id != person_id]
        Placement.objects.filter(pk__in=[each.pk for each in held]).delete()
        Placement.objects.create(draft=draft, post_id=post_id, person_id=person_id)
    return Moved((post_id, *(each for each in left if each != post_id)), tuple(out))


def release(
    draft: Draft, desk: Desk, person_id: str, *, by: Account, seen: int | None = None
) -> Moved:
    """Take a person from the seat; nothing happens to one who has none."""
    with act("board.release", by=by, person_id=person_id, about=str(draft)):
        begin(draft, seen)
        held = list(draft.placements.filter(person_id=person_id))
        _refuse_pinned(draft, desk, held, None)
        Placement.objects.filter(pk__in=[each.pk for each in held]).delete()
    return Moved(tuple(each.post_id for each in held), (person_id,))


def wish(
    draft: Draft, desk: Desk, kind: WishKind, post_id: str, person_id: str, *, by: Account
) -> None:
    """Fix a card where it is, or rule a pair out (who sits there is taken away); again to undo."""
    with act("board.wish", by=by, person_id=person_id, about=f"{draft}：{desk.title_of(post_id)}"):
        begin(draft, None)
        known = draft.wishes.filter(post_id=post_id, person_id=person_id)
        again = known.filter(kind=kind).exists()
        known.delete()
        if again:
            return
        here = draft.placements.filter(post_id=post_id, person_id=person_id)
        if kind is WishKind.PIN and not here.exists():
            raise BanziError(NOT_PLACED())
        if kind is WishKind.BAN:
            _refuse_decided(desk, post_id, person_id)
            here.delete()
        Wish.objects.create(draft=draft, kind=kind.value, post_id=post_id, person_id=person_id)


def fill(draft: Draft, placed: Mapping[str, str], proof: str, *, seen: int | None = None) -> None:
    """Put a whole plan in place of what the draft has; call inside an act.

    Parameters
    ----------
    seen
        The draft's `moves` when the plan was asked for; None not to ask.

    Raises
    ------
    BanziError
        `board/not-open`, `board/changed-meanwhile`.
    """
    begin(draft, seen)
    draft.placements.all().delete()
    Placement.objects.bulk_create(
        Placement(draft=draft, post_id=post, person_id=person) for post, person in placed.items()
    )
    Draft.objects.filter(pk=draft.pk).update(proof=proof)


def begin(draft: Draft, seen: int | None) -> None:
    """Lock the draft against others until the act ends; one change more."""
    now = Draft.objects.select_for_update().get(pk=draft.pk)
    if now.state != DraftState.OPEN:
        raise BanziError(NOT_OPEN(name=now.name))
    if seen is not None and now.moves != seen:
        raise BanziError(SEEN_BEFORE())
    Draft.objects.filter(pk=draft.pk).update(moves=F("moves") + 1, proof="")
    draft.moves = now.moves + 1


def _held(draft: Draft, post_id: str, person_id: str) -> list[Placement]:
    return list(draft.placements.filter(Q(post_id=post_id) | Q(person_id=person_id)))


def _refuse_decided(desk: Desk, post_id: str, person_id: str) -> None:
    if (post_id, person_id) in desk.decided:
        raise BanziError(PINNED(post=desk.title_of(post_id)))


def _refuse_pinned(
    draft: Draft, desk: Desk, held: list[Placement], kept: tuple[str, str] | None
) -> None:
    """A pinned card moves only when it is not pinned any more; one decided by the problem, never."""
    pins = set(draft.wishes.filter(kind=WishKind.PIN).values_list("post_id", "person_id"))
    pins |= desk.decided
    for each in held:
        pair = (each.post_id, each.person_id)
        if pair in pins and pair != kept:
            raise BanziError(PINNED(post=desk.title_of(each.post_id)))
