"""Cards on the board: who sits where after each move, and what is refused."""

import pytest
from django.db import IntegrityError, transaction
from tests.support.boards import Table, small_board

from banzi.kernel.errors import BanziError
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.board.desk import placed_in
from banzi.web.board.figures import figures
from banzi.web.board.models import Draft, DraftState, Placement, WishKind
from banzi.web.board.moving import place, release, wish
from banzi.web.board.seeing import Seen

pytestmark = pytest.mark.django_db


def code_of(refused: pytest.ExceptionInfo[BanziError]) -> str:
    return refused.value.message.code


def test_a_person_takes_a_seat_and_leaves_the_old_one(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    moved = place(table.draft, table.desk, "person-2", "g1", by=owner)
    assert placed_in(table.draft) == {"g1": "person-2"}
    assert moved.posts == ("g1", "p1")
    assert moved.released == ()


def test_whoever_sat_there_waits_to_be_placed(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    moved = place(table.draft, table.desk, "person-3", "p1", by=owner)
    assert placed_in(table.draft) == {"p1": "person-3"}
    assert moved.released == ("person-2",)


def test_a_person_is_taken_out(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    assert release(table.draft, table.desk, "person-2", by=owner).posts == ("p1",)
    assert placed_in(table.draft) == {}


def test_each_move_is_one_act(table: Table, owner: Account) -> None:
    before = Act.objects.count()
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    release(table.draft, table.desk, "person-2", by=owner)
    verbs = Act.objects.order_by("seq").values_list("verb", flat=True)[before:]
    assert list(verbs) == ["board.place", "board.release"]


def test_a_pair_that_is_no_candidate_is_refused(table: Table, owner: Account) -> None:
    with pytest.raises(BanziError) as refused:
        place(table.draft, table.desk, "person-5", "p1", by=owner)
    assert code_of(refused) == "board/no-candidate"
    assert placed_in(table.draft) == {}


def test_a_move_on_an_old_state_is_refused(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner, seen=0)
    with pytest.raises(BanziError) as refused:
        place(table.draft, table.desk, "person-3", "p1", by=owner, seen=0)
    assert code_of(refused) == "board/changed-meanwhile"
    assert placed_in(table.draft) == {"p1": "person-2"}


def test_a_pinned_card_does_not_move(table: Table, owner: Account) -> None:
    draft, desk = table.draft, table.desk
    place(draft, desk, "person-2", "p1", by=owner)
    wish(draft, desk, WishKind.PIN, "p1", "person-2", by=owner)
    for person, post in (("person-2", "g1"), ("person-3", "p1")):
        with pytest.raises(BanziError) as refused:
            place(draft, desk, person, post, by=owner)
        assert code_of(refused) == "board/pinned"
    wish(draft, desk, WishKind.PIN, "p1", "person-2", by=owner)
    place(draft, desk, "person-2", "g1", by=owner)
    assert placed_in(draft) == {"g1": "person-2"}


def test_a_pair_ruled_out_leaves_its_seat(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    wish(table.draft, table.desk, WishKind.BAN, "p1", "person-2", by=owner)
    assert placed_in(table.draft) == {}


def test_what_the_problem_has_decided_is_not_moved_or_ruled_out(owner: Account) -> None:
    made = small_board(owner, pins=[{"post_id": "p1", "person_id": "person-0"}])
    place(made.draft, made.desk, "person-0", "p1", by=owner)
    with pytest.raises(BanziError) as moved:
        release(made.draft, made.desk, "person-0", by=owner)
    with pytest.raises(BanziError) as ruled_out:
        wish(made.draft, made.desk, WishKind.BAN, "p1", "person-0", by=owner)
    assert code_of(moved) == code_of(ruled_out) == "board/pinned"


def test_a_signed_draft_takes_no_move(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    with act("test.sign", by=None):
        Draft.objects.filter(pk=table.draft.pk).update(
            state=DraftState.SIGNED.value, signed_by=owner, signed_at=table.draft.created_at
        )
    with pytest.raises(BanziError) as refused:
        release(table.draft, table.desk, "person-2", by=owner)
    assert code_of(refused) == "board/not-open"
    assert placed_in(table.draft) == {"p1": "person-2"}


def test_a_draft_is_signed_by_somebody_or_not_at_all(table: Table) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), act("test.sign", by=None):
        Draft.objects.filter(pk=table.draft.pk).update(state=DraftState.SIGNED.value)


def test_the_database_seats_a_person_once(table: Table) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), act("test.place", by=None):
        for post in ("p1", "p2"):
            Placement.objects.create(draft=table.draft, post_id=post, person_id="person-2")


def test_figures_name_who_stands_behind_them(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-3", "g1", by=owner)
    (women,) = figures(table.desk, table.desk.standing(placed_in(table.draft)), Seen())
    assert (women.actual, women.missing, women.counted) == ("0", 1, ())
    place(table.draft, table.desk, "person-4", "g2", by=owner)
    (women,) = figures(table.desk, table.desk.standing(placed_in(table.draft)), Seen())
    assert (women.actual, women.missing, women.counted) == ("1", 0, ("person-4",))
    assert women.title == "政府班子至少1名女干部"
