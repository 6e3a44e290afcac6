"""Steps of a draft are taken back one after another, by who made them."""

import pytest
from tests.support.accounts import clerk
from tests.support.boards import Table

from banzi.kernel.errors import BanziError
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.board.desk import placed_in
from banzi.web.board.models import WishKind
from banzi.web.board.moving import fill, place, release, wish
from banzi.web.board.undoing import last_step, undo

pytestmark = pytest.mark.django_db


def wishes(table: Table) -> set[tuple[str, str, str]]:
    return set(table.draft.wishes.values_list("kind", "post_id", "person_id"))


def test_steps_are_taken_back_newest_first(table: Table, owner: Account) -> None:
    draft, desk = table.draft, table.desk
    states = [placed_in(draft)]
    place(draft, desk, "person-2", "p1", by=owner)
    states.append(placed_in(draft))
    place(draft, desk, "person-3", "p1", by=owner)
    states.append(placed_in(draft))
    place(draft, desk, "person-3", "g1", by=owner)
    states.append(placed_in(draft))
    release(draft, desk, "person-3", by=owner)
    for before in reversed(states):
        moved = undo(draft, by=owner)
        assert placed_in(draft) == before
        assert moved.posts
    with pytest.raises(BanziError, match="没有可以撤销的步骤"):
        undo(draft, by=owner)


def test_a_step_after_one_taken_back_is_the_next(table: Table, owner: Account) -> None:
    draft, desk = table.draft, table.desk
    place(draft, desk, "person-2", "p1", by=owner)
    place(draft, desk, "person-3", "p2", by=owner)
    undo(draft, by=owner)
    place(draft, desk, "person-4", "g2", by=owner)
    undo(draft, by=owner)
    assert placed_in(draft) == {"p1": "person-2"}
    undo(draft, by=owner)
    assert placed_in(draft) == {}


def test_pins_and_exclusions_are_taken_back(table: Table, owner: Account) -> None:
    draft, desk = table.draft, table.desk
    place(draft, desk, "person-2", "p1", by=owner)
    wish(draft, desk, WishKind.PIN, "p1", "person-2", by=owner)
    wish(draft, desk, WishKind.BAN, "p1", "person-2", by=owner)
    assert placed_in(draft) == {}
    undo(draft, by=owner)
    assert wishes(table) == {("pin", "p1", "person-2")}
    assert placed_in(draft) == {"p1": "person-2"}
    undo(draft, by=owner)
    assert wishes(table) == set()


def test_what_the_solver_filled_in_is_taken_back(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    with act("board.fill", by=owner):
        fill(table.draft, {"p1": "person-3", "g1": "person-4"}, "")
    undo(table.draft, by=owner)
    assert placed_in(table.draft) == {"p1": "person-2"}


def test_another_ones_step_is_left_to_him(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    other = clerk(Verb.VIEW, Verb.EDIT)
    with pytest.raises(BanziError, match=owner.name):
        undo(table.draft, by=other)
    assert placed_in(table.draft) == {"p1": "person-2"}


def test_a_step_seen_before_another_change_is_not_taken_back(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    with pytest.raises(BanziError, match="刚被他人改动"):
        undo(table.draft, by=owner, seen=0)
    assert last_step(table.draft) is not None


def test_a_pair_ruled_out_is_not_placed(table: Table, owner: Account) -> None:
    wish(table.draft, table.desk, WishKind.BAN, "p1", "person-2", by=owner)
    with pytest.raises(BanziError, match="请先取消排除"):
        place(table.draft, table.desk, "person-2", "p1", by=owner)
    assert placed_in(table.draft) == {}
