"""What the site says when it opens nothing: no such page, a form too old, an error, a session that ended."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from tests.support.accounts import clerk

pytestmark = pytest.mark.django_db


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_page_that_is_not_there_says_why_and_leads_home(client: Client) -> None:
    client.force_login(clerk())
    for address in ("/nothing/", "/people/person/nobody/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "没有找到这一页" in said(answer)
        assert "返回首页" in said(answer)
    assert "没有找到这一页" in said(Client().get("/nothing/"))


def test_a_form_from_before_signing_in_again_is_told_apart_from_a_missing_right() -> None:
    page = Client(enforce_csrf_checks=True)
    page.force_login(clerk())
    answer = page.post("/logout/")
    assert answer.status_code == 403
    assert "刷新后重新填写" in said(answer)


def test_an_error_of_the_program_is_told_in_words() -> None:
    assert "程序出现错误" in said(server_error(RequestFactory().get("/")))


def test_a_part_asked_for_after_the_session_ended_takes_the_whole_page_to_the_form(
    client: Client,
) -> None:
    asking = {"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=wxm"}
    answer = client.get("/people/pick/?q=wxm", headers=asking, follow=True)
    assert answer.headers["HX-Redirect"] == "/login/?next=%2Fpeople%2F%3Fq%3Dwxm"
