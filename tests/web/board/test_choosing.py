"""What moves would change is reckoned once: for their order, and for what is told of them."""

import pytest
from django.test import Client
from tests.support.boards import Table, fill_seats

from banzi.staffing.answers.standing import Standing
from banzi.web.accounts.models import Account
from banzi.web.board.choosing import choices, posts_for
from banzi.web.board.desk import placed_in
from banzi.web.board.wording import Gains

pytestmark = pytest.mark.django_db


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The arcs for which a whole plan was reckoned."""
    found: list[int] = []
    whole = Standing.with_arc

    def noted(standing: Standing, post: int, arc: int) -> Standing:
        found.append(arc)
        return whole(standing, post, arc)

    monkeypatch.setattr(Standing, "with_arc", noted)
    return found


def test_the_posts_of_a_person_are_reckoned_once(
    table: Table, owner: Account, client: Client, reckoned: list[int]
) -> None:
    """They were reckoned for their order and once more for each line that was shown."""
    fill_seats(table, owner)
    page = client.get(f"/board/draft/{table.draft.pk}/person/person-1/").content.decode()
    assert page.count("bz-gain") >= 3
    assert len(reckoned) == len(set(reckoned)) == 4


def test_those_who_sit_elsewhere_are_reckoned_once(
    table: Table, owner: Account, client: Client, reckoned: list[int]
) -> None:
    fill_seats(table, owner)
    client.get(f"/board/draft/{table.draft.pk}/post/g1/?placed=1")
    assert reckoned
    assert len(reckoned) == len(set(reckoned))


def test_what_is_told_is_what_the_order_goes_by(table: Table, owner: Account) -> None:
    fill_seats(table, owner)
    desk, standing = table.desk, table.desk.standing(placed_in(table.draft))
    post = desk.post_of["g1"]
    found = [
        *((post, each) for each in choices(desk, standing, post, placed_too=True, wanted=None)),
        *posts_for(desk, standing, "person-1"),
    ]
    assert {each.after is None for _post, each in found} == {True, False}
    for at, choice in found:
        told = [each.after - each.before for each in Gains(desk, standing, at, choice)]
        assert told == [gain for gain in choice.gains if gain]
