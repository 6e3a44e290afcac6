"""What a decision does to the records: present posts in words, levels, one undo for the batch."""

import pytest
from django.test import Client
from tests.support.boards import NUMBER, Table, board, fill_seats, register, sign, small_board

from banzi.kernel.errors import BadInput
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.effect import carried_out, undo_decision
from banzi.web.board.models import Decision
from banzi.web.board.moving import place
from banzi.web.records.history import person_acts
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db

POSTS = RECORDS["persons"]._default_manager


@pytest.fixture
def table(leader: Account) -> Table:
    made = small_board(leader)
    with act("test.texts", by=None):
        POSTS.filter(pk="person-1").update(
            current_posts_text="云县县长，云县人大代表", current_posts_short="云县县长"
        )
        POSTS.filter(pk="person-2").update(current_posts_text="云县财政局局长")
        POSTS.filter(pk="person-3").update(post_level="1A42")
        RECORDS["posts"]._default_manager.filter(pk="g1").update(post_level="1A41")
    return made


def decided(table: Table, leader: Account) -> Client:
    fill_seats(table, leader)
    client = sign(table, leader)
    register(client, table)
    return client


def address(table: Table) -> str:
    return board(table, "decision/")


def text_of(person: str) -> str | None:
    return POSTS.values_list("current_posts_text", flat=True).get(pk=person)


def test_present_posts_follow_and_other_offices_stay(table: Table, leader: Account) -> None:
    client = decided(table, leader)
    assert client.post(address(table), {"apply": "1"}).status_code == 302
    assert text_of("person-1") == "云县人大代表"
    assert text_of("person-2") == "云县财政局局长，云县副书记"
    assert text_of("person-4") == "云县副县长"
    assert text_of("person-0") is None, "who stays is not touched"
    short = POSTS.values_list("current_posts_short", flat=True).get(pk="person-1")
    assert short is None, "the short form said a post that is given up"


def test_a_text_that_somebody_corrected_is_taken_as_typed(table: Table, leader: Account) -> None:
    client = decided(table, leader)
    client.post(address(table), {"apply": "1", "posts-person-2": " 云县县委副书记 "})
    assert text_of("person-2") == "云县县委副书记"


def test_a_higher_post_begins_a_higher_level(table: Table, leader: Account) -> None:
    decided(table, leader).post(address(table), {"apply": "1"})
    level = POSTS.values_list("post_level", "post_level_since").get(pk="person-3")
    assert level == ("1A41", 20210705)
    row = RECORDS["level_history"]._default_manager.values().get(person_id="person-3")
    assert (row["post_level"], row["started_on"], row["in_force"]) == ("1A41", 20210705, True)


def test_the_history_of_a_person_tells_the_batch(table: Table, leader: Account) -> None:
    decided(table, leader).post(address(table), {"apply": "1"})
    told = person_acts("person-2")[0]
    assert (told.act.verb, told.act.source) == ("board.apply", NUMBER)
    assert {each.table for each in told.changes} == {"persons", "seats", "appointments"}


def test_the_batch_is_taken_back_whole_and_may_be_applied_again(
    table: Table, leader: Account
) -> None:
    client = decided(table, leader)
    client.post(address(table), {"apply": "1"})
    assert client.post(address(table), {"undo": "1", "reason": ""}).status_code == 409
    assert client.post(address(table), {"undo": "1", "reason": "日期有误"}).status_code == 302
    assert text_of("person-1") == "云县县长，云县人大代表"
    seats = RECORDS["seats"]._default_manager
    held = dict(seats.filter(ended_on=None).values_list("post_id", "person_id"))
    assert held == {"p1": "person-0", "g1": "person-1"}
    assert Decision.objects.get().applied_at is None
    client.post(address(table), {"apply": "1"})
    assert text_of("person-1") == "云县人大代表"


def test_what_was_changed_since_is_not_taken_back(table: Table, leader: Account) -> None:
    client = decided(table, leader)
    client.post(address(table), {"apply": "1"})
    with act("people.correct", by=leader):
        POSTS.filter(pk="person-4").update(current_posts_text="云县人民政府副县长")
    with pytest.raises(BadInput):
        undo_decision(Decision.objects.get(), by=leader, reason="日期有误")
    assert text_of("person-4") == "云县人民政府副县长"
    assert Decision.objects.get().applied_at is not None


def test_everything_in_the_way_of_taking_back_is_told_and_the_reason_kept(
    table: Table, leader: Account
) -> None:
    """Of several later changes the page told the first alone."""
    client = decided(table, leader)
    client.post(address(table), {"apply": "1"})
    with act("people.correct", by=leader):
        for person in ("person-2", "person-4"):
            POSTS.filter(pk=person).update(current_posts_text="另有任用")
    answer = client.post(address(table), {"undo": "1", "reason": "日期有误"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("不能整批撤销") == 2
    assert 'value="日期有误"' in page


def test_a_text_that_somebody_corrected_is_kept_where_the_update_is_refused(
    table: Table, leader: Account
) -> None:
    client = decided(table, leader)
    with act("people.correct", by=leader):
        RECORDS["seats"]._default_manager.filter(post_id="g1").update(person_id="person-5")
    answer = client.post(address(table), {"apply": "1", "posts-person-2": "云县县委副书记"})
    assert answer.status_code == 409
    assert "请先核对" in answer.content.decode()
    assert 'name="posts-person-2" value="云县县委副书记"' in answer.content.decode()
    assert text_of("person-2") == "云县财政局局长"


def test_a_holder_whose_post_stays_empty_stays_in_office(table: Table, leader: Account) -> None:
    place(table.draft, table.desk, "person-4", "g2", by=leader)
    assert dict(carried_out(table.draft, table.desk)) == {
        "p1": "person-0",
        "p2": None,
        "g1": "person-1",
        "g2": "person-4",
    }
