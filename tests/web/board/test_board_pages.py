"""Pages of the board: who may open them, what a move answers, signing and what it changes."""

import re

import pytest
from django.test import Client
from tests.support.accounts import account, clerk, grant, signed_in
from tests.support.boards import FULL, Table, small_board

from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.board.desk import placed_in
from banzi.web.board.models import Decision, Draft, Reader
from banzi.web.board.moving import place
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db

EVERYTHING = (Verb.VIEW, Verb.EDIT, Verb.APPROVE, Verb.RELEASE)


@pytest.fixture
def leader() -> Account:
    return clerk(*EVERYTHING)


@pytest.fixture
def table(leader: Account) -> Table:
    return small_board(leader)


def browser(of: Account) -> Client:
    return signed_in(Client(), of)


def fill(table: Table, by: Account) -> None:
    for post, person in FULL.items():
        place(table.draft, table.desk, person, post, by=by)


def board(table: Table) -> str:
    return f"/board/draft/{table.draft.pk}/"


def test_the_board_shows_teams_cards_and_who_waits(table: Table, leader: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=leader)
    page = browser(leader).get(board(table)).content.decode()
    assert "云县县委" in page
    assert "丙三" in page
    assert re.search(r"甲一.*乙二", page, re.DOTALL), "incumbents without a seat wait"
    assert "空缺，可选6人" in page, "the deputy head of government may be anybody"


def test_a_move_answers_with_what_it_changed(table: Table, leader: Account) -> None:
    answer = browser(leader).post(
        f"{board(table)}move/", {"person": "person-2", "post": "p1", "moves": "0"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="team-party"' in text
    assert 'id="team-gov"' not in text, "a column that did not change is not sent"
    assert placed_in(table.draft) == {"p1": "person-2"}


def test_a_refused_move_says_why_and_changes_nothing(table: Table, leader: Account) -> None:
    answer = browser(leader).post(f"{board(table)}move/", {"person": "person-5", "post": "p1"})
    assert "不在可选人员之内" in answer.content.decode()
    assert placed_in(table.draft) == {}


def test_candidates_of_a_post_are_listed_best_first(table: Table, leader: Account) -> None:
    page = browser(leader).get(f"{board(table)}post/g1/").content.decode()
    assert page.index("戊五") < page.index("丁四") < page.index("丙三")


def test_who_sees_nobody_of_them_sees_no_name(table: Table) -> None:
    stranger = account()
    with act("test.organ", by=None):
        RECORDS["organs"]._default_manager.create(organ_id="far", organ_name="远县")
    grant(stranger, Verb.VIEW, organ="far")
    page = browser(stranger).get(board(table)).content.decode()
    assert not re.search("甲一|乙二|丙三|丁四|戊五|己六", page)


def test_without_the_right_to_edit_nothing_moves(table: Table) -> None:
    viewer = clerk(Verb.VIEW)
    answer = browser(viewer).post(f"{board(table)}move/", {"person": "person-2", "post": "p1"})
    assert answer.status_code == 403
    assert placed_in(table.draft) == {}


def test_a_sealed_project_is_there_for_those_named_only(leader: Account) -> None:
    table = small_board(leader, sealed=True)
    other = clerk(*EVERYTHING)
    assert browser(other).get(board(table)).status_code == 404
    assert browser(other).get(f"/board/{table.project.pk}/").status_code == 404
    assert "换届" not in browser(other).get("/board/").content.decode()
    with act("test.reader", by=None):
        Reader.objects.create(project=table.project, account=other, stage="motion")
    assert browser(other).get(board(table)).status_code == 200


def test_a_draft_that_misses_a_hard_target_is_not_signed(table: Table, leader: Account) -> None:
    place(table.draft, table.desk, "person-3", "g1", by=leader)
    answer = browser(leader).post(f"{board(table)}sign/", {"note": ""})
    assert answer.status_code == 409
    assert Draft.objects.get(pk=table.draft.pk).state == "open"


def test_a_signed_draft_becomes_appointments_on_its_day(table: Table, leader: Account) -> None:
    fill(table, leader)
    client = browser(leader)
    assert client.post(f"{board(table)}sign/", {"note": "同意"}).status_code == 302
    asked = {"document_no": "云组干〔2021〕1号", "decided_on": "2021-07-01"}
    client.post(f"{board(table)}decision/", {**asked, "effective_on": "2021-07-05"})
    assert client.post(f"{board(table)}decision/", {"apply": "1"}).status_code == 302
    seats = RECORDS["seats"]._default_manager
    held = dict(seats.filter(ended_on=None).values_list("post_id", "person_id"))
    assert held == FULL
    left = seats.get(seat_no=2)
    assert (left.person_id, left.ended_on) == ("person-1", 20210705)  # type: ignore[attr-defined]
    again = client.post(f"{board(table)}decision/", {"apply": "1"})
    assert again.status_code == 409
    assert seats.count() == 5


def test_a_decision_does_not_take_effect_before_its_day(table: Table, leader: Account) -> None:
    fill(table, leader)
    client = browser(leader)
    client.post(f"{board(table)}sign/", {"note": ""})
    asked = {"document_no": "云组干〔2999〕1号", "decided_on": "2021-07-01"}
    client.post(f"{board(table)}decision/", {**asked, "effective_on": "2999-01-01"})
    assert client.post(f"{board(table)}decision/", {"apply": "1"}).status_code == 409
    assert Decision.objects.get().applied_at is None


def test_two_drafts_are_compared_person_by_person(table: Table, leader: Account) -> None:
    client = browser(leader)
    place(table.draft, table.desk, "person-2", "p1", by=leader)
    client.post(f"/board/{table.project.pk}/draft/", {"name": "另案", "start": str(table.draft.pk)})
    other = Draft.objects.get(name="另案")
    place(other, table.desk, "person-3", "p1", by=leader)
    page = client.get(
        f"/board/{table.project.pk}/compare/", {"a": table.draft.pk, "b": other.pk}
    ).content.decode()
    assert re.search(r"书记</td><td>丙三</td><td>丁四", page)
