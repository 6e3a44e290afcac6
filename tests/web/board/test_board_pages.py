"""Pages of the board: who may open them, what a move answers, signing and what it changes."""

import re

import pytest
from django.test import Client
from tests.support.accounts import PASSWORD, account, browser, clerk, grant
from tests.support.boards import FULL, Table, board, fill_seats, register, sign, small_board
from tests.support.confirming import asking_form

from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.board.desk import placed_in
from banzi.web.board.models import Decision, Draft, Reader
from banzi.web.board.moving import place
from banzi.web.jobs.models import Job
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db

EVERYTHING = (Verb.VIEW, Verb.EDIT, Verb.APPROVE, Verb.RELEASE)


def test_the_board_shows_teams_cards_and_who_waits(table: Table, leader: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=leader)
    page = browser(leader).get(board(table)).content.decode()
    assert "云县县委" in page
    assert "丙三" in page
    assert re.search(r"甲一.*乙二", page, re.DOTALL), "incumbents without a seat wait"
    assert "空缺，可选6人" in page, "the deputy head of government may be anybody"


def test_a_table_without_targets_says_which_are_meant(table: Table, leader: Account) -> None:
    page = browser(leader).get(board(table)).content.decode()
    assert page.count("没有跨班子的指标") == 1
    assert page.index("跨班子指标") < page.index("没有跨班子的指标")
    of_teams = page.count("没有只针对本班子的指标")
    assert 0 < of_teams < page.count('id="team-')


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


def test_a_refused_pin_or_exclusion_does_not_count_as_a_change(leader: Account) -> None:
    """The page took the number of changes from it, and the next move passed as somebody else's."""
    table = small_board(leader, pins=[{"post_id": "p1", "person_id": "person-0"}])
    place(table.draft, table.desk, "person-0", "p1", by=leader)
    client = browser(leader)
    for wish in ({"kind": "ban", "post": "p1", "person": "person-0"},
                 {"kind": "pin", "post": "g1", "person": "person-2"}):  # fmt: skip
        refused = client.post(f"{board(table)}wish/", wish).content.decode()
        assert "alert-danger" in refused
        (seen,) = re.findall(r'id="moves" value="(\d+)"', refused)
        assert int(seen) == Draft.objects.get(pk=table.draft.pk).moves
    moved = {"person": "person-2", "post": "g1", "moves": seen}
    client.post(f"{board(table)}move/", moved)
    assert placed_in(table.draft) == {"p1": "person-0", "g1": "person-2"}


@pytest.mark.parametrize("typed", ["²", "-1", "x", ""])
def test_a_number_that_is_none_breaks_no_page(table: Table, leader: Account, typed: str) -> None:
    client, project = browser(leader), f"/board/{table.project.pk}/"
    moved = {"person": "person-2", "post": "p1", "moves": typed}
    assert client.post(f"{board(table)}move/", moved).status_code == 200
    assert client.post(f"{board(table)}undo/", {"moves": typed}).status_code == 200
    assert client.get(f"{project}compare/", {"a": typed, "b": typed}).status_code == 200
    assert client.post(f"{project}draft/", {"name": typed, "start": typed}).status_code == 302
    assert client.post(f"{board(table)}solve/", {"seconds": typed}).status_code == 302


def test_who_asks_the_solver_second_is_told_whose_job_is_at_work(
    table: Table, leader: Account
) -> None:
    """The other one's job is not there for him; the board asked for it and opened anew for ever."""
    browser(leader).post(f"{board(table)}solve/", {"seconds": "5"})
    job, second = Job.objects.get(), browser(clerk(Verb.VIEW, Verb.EDIT))
    page = second.post(f"{board(table)}solve/", {"seconds": "5"}, follow=True)
    text = page.content.decode()
    assert f"{leader.name}已提交同样的任务“由程序补全方案”" in text
    assert job.pk not in text
    assert job.pk in browser(leader).get(board(table), {"job": job.pk}).content.decode()
    for address in (job.pk, "nobody's", "a/b"):
        answer = second.get(board(table), {"job": address})
        assert answer.status_code == 200
        assert 'id="job"' not in answer.content.decode()


def test_candidates_of_a_post_are_listed_best_first(table: Table, leader: Account) -> None:
    page = browser(leader).get(f"{board(table)}post/g1/").content.decode()
    assert page.index("戊五") < page.index("丁四") < page.index("丙三")


def test_who_sees_nobody_of_them_sees_no_name(table: Table) -> None:
    stranger = account()
    with act("test.organ", by=None):
        RECORDS["organs"]._default_manager.create(organ_id="far", organ_name="远县")
    grant(stranger, Verb.VIEW, organ="far")
    page = browser(stranger).get(board(table)).content.decode()
    assert "现任＊" in page, "that somebody holds a post is no secret"
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
    fill_seats(table, leader)
    client = sign(table, leader)
    register(client, table)
    assert client.post(f"{board(table)}decision/", {"apply": "1"}).status_code == 302
    seats = RECORDS["seats"]._default_manager
    held = dict(seats.filter(ended_on=None).values_list("post_id", "person_id"))
    assert held == FULL
    left = seats.get(seat_no=2)
    assert (left.person_id, left.ended_on) == ("person-1", 20210705)  # type: ignore[attr-defined]
    again = client.post(f"{board(table)}decision/", {"apply": "1"})
    assert again.status_code == 409
    assert seats.count() == 5


def test_a_number_and_days_that_are_not_filled_in_rightly_are_told(
    table: Table, leader: Account
) -> None:
    """It was answered as if all were well."""
    fill_seats(table, leader)
    wrong = {"document_no": "云委〔2021〕9号", "decided_on": "2021-13-01", "effective_on": ""}
    answer = sign(table, leader).post(f"{board(table)}decision/", wrong)
    assert answer.status_code == 422
    assert "云委〔2021〕9号" in answer.content.decode(), "what was typed stays"
    assert not Decision.objects.exists()


def test_a_decision_does_not_take_effect_before_its_day(table: Table, leader: Account) -> None:
    fill_seats(table, leader)
    client = sign(table, leader)
    register(client, table, "2999-01-01")
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


def test_after_the_password_a_file_is_fetched_from_the_page_that_offered_it(
    table: Table, leader: Account
) -> None:
    """The browser was left standing on the page that asks for the password."""
    stale, there = Client(), f"http://testserver{board(table)}"
    stale.force_login(leader)
    file = f"{board(table)}paper.xlsx"
    asked = stale.get(file, headers={"referer": there})
    page = stale.get(asked["Location"])
    form = asking_form(page)
    assert form.back == there
    given = {name: values[0] for name, values in form.carried.items()}
    wrong = stale.post(form.action, {**given, "password": "wrong"})
    assert asking_form(wrong).carried["page"] == [there]
    answer = stale.post(form.action, {**given, "password": PASSWORD})
    assert answer["Location"] == there
    offered = f'href="{file}" data-fetch'
    assert offered in stale.get(board(table)).content.decode()
    assert offered not in stale.get(board(table)).content.decode(), "once"
    assert "attachment" in stale.get(file)["Content-Disposition"]


def test_a_file_is_fetched_from_no_other_site(table: Table, leader: Account) -> None:
    stale = Client()
    stale.force_login(leader)
    asked = stale.get(f"{board(table)}paper.xlsx", headers={"referer": "http://elsewhere/"})
    assert asked["Location"].endswith("&page=%2F")
    given = {"next": "/board/", "page": "http://elsewhere/", "password": PASSWORD}
    assert stale.post("/confirm/", given)["Location"] == "/board/"
