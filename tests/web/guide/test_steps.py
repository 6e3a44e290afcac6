"""The steps for somebody new follow the data, and count only what one may see."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.accounts import account, grant, rights
from tests.support.small_region import small_region

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.guide.steps import steps

pytestmark = pytest.mark.django_db


def clerk(organ: str | None = None) -> Account:
    made = account()
    for verb in (Verb.VIEW, Verb.EDIT):
        grant(made, verb, organ=organ, fields=tuple(FieldClass))
    return made


def test_nothing_is_done_in_an_empty_site() -> None:
    assert not any(step.is_done for step in steps(rights(clerk())))


def test_steps_are_done_when_the_data_say_so() -> None:
    small_region()
    found = steps(rights(clerk()))
    assert [step.is_done for step in found] == [True, True, True, False, False, False]


def test_figures_are_of_what_one_may_see() -> None:
    small_region()
    first = steps(rights(clerk("county_a")))[0].found
    assert first is not None
    assert dict(first.values) == {"organs": 2, "posts": 2, "persons": 2}


def test_the_page_names_the_next_step_and_home_leads_there(client: Client) -> None:
    small_region()
    client.force_login(clerk())
    page = client.get("/start/").content.decode()
    assert "已完成3步，共6步" in page
    assert page.count("下一步") == 1
    assert "/start/" in client.get("/").content.decode()
