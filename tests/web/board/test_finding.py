"""Somebody looked for on the board, by name, pinyin, birth or unit: in the project and among candidates."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.accounts import account
from tests.support.boards import Table

from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.moving import place
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


def ask(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("typed", ["丙三", "bingsan", "bs", "1977.03"])
def test_a_person_of_the_project_is_found_with_the_seat_held_here(
    table: Table, owner: Account, client: Client, typed: str
) -> None:
    address = f"/board/draft/{table.draft.pk}/find/?q={typed}"
    found = ask(client, address)
    assert f"/board/draft/{table.draft.pk}/person/person-2/" in found
    assert "在本方案中没有职位" in found
    assert found.count("/person/person-") == 1
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    assert "现拟任书记" in ask(client, address)


def test_who_is_not_in_the_project_is_not_found(table: Table, client: Client) -> None:
    with act("test.person", by=None):
        RECORDS["persons"]._default_manager.create(person_id="other", name="外人某")
    found = ask(client, f"/board/draft/{table.draft.pk}/find/?q=外人")
    assert "没有找到“外人”" in found
    assert "没有找到" not in ask(client, f"/board/draft/{table.draft.pk}/find/")


def test_candidates_of_a_post_are_searched_as_persons_are(table: Table, client: Client) -> None:
    listed = ask(client, f"/board/draft/{table.draft.pk}/post/g2/?q=dingsi")
    assert "丁四" in listed
    assert "戊五" not in listed


def test_what_is_typed_is_searched_for_once(table: Table, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(client, f"/board/draft/{table.draft.pk}/post/g1/?q=jiliu")
    assert sum("jiliu" in query["sql"] for query in asked) == 1


def test_without_rights_over_anybody_nothing_opens(table: Table) -> None:
    page = Client()
    page.force_login(account())
    assert page.get(f"/board/draft/{table.draft.pk}/find/?q=bs").status_code == 403
