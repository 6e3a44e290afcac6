"""Somebody picked by name, pinyin or initials where a form asks for a person, with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.support.accounts import account, grant

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.rights import Verb
from banzi.web.records.models import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
FORM = "/people/person/p1/relatives/1/"


def send(page: Client, typed: str) -> Any:
    context = page.get(FORM).context
    values = {field.name: field.text for field in context["fields"]}
    return page.post(FORM, {"seen": context["seen"], **values, "relative_person_id": typed,
                            "why": "核对", "paper": ""})  # fmt: skip


def related() -> str | None:
    rows = RECORDS["relatives"]._default_manager.filter(person_id="p1")
    return rows.values_list("relative_person_id", flat=True).get()


@pytest.mark.parametrize("typed", ["单雄", "shanxiong", "sx", "p3"])
def test_one_hit_is_taken_without_scripts(page: Client, typed: str) -> None:
    assert send(page, typed).status_code == 302
    assert related() == "p3"


def test_several_are_offered_with_what_tells_them_apart(page: Client) -> None:
    answer = send(page, "王小明")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "不止一人" in text
    assert "王小明 1981.09 临溪县民政局科员" in text
    assert related() is None
    assert send(page, "p2").status_code == 302


def test_nobody_is_told_with_the_next_step(page: Client) -> None:
    answer = send(page, "赵无此人")
    assert answer.status_code == 422
    assert "没有找到“赵无此人”" in answer.content.decode()


def test_typing_offers_those_one_may_see(page: Client) -> None:
    options = page.get("/people/pick/?field=relative_person_id&relative_person_id=wxm")
    assert options.content.decode().count("<option") == 2
    assert page.get("/people/pick/?q=").content.decode().strip() == ""
    near = account()
    grant(near, Verb.VIEW, organ="gov", fields=(FieldClass.FAMILY,))
    other = Client()
    other.force_login(near)
    assert "单雄" in other.get("/people/pick/?q=单雄").content.decode()
    assert "<option" not in other.get("/people/pick/?q=王小明").content.decode()
    assert Client().get("/people/pick/?q=单雄").status_code == 302
