"""Pages that everybody opens all day ask the database a fixed number of questions, whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.support.accounts import account, clerk, grant
from tests.support.standing_area import browser, on

from banzi.kernel.columns import FieldClass
from banzi.roster import Roster

pytestmark = pytest.mark.django_db


def whole(area: Roster) -> Client:
    return browser(clerk())


def one_county(area: Roster) -> Client:
    """Somebody who may see the organs above one team, and not every field."""
    holder = account()
    for number in (0, 3):
        grant(holder, organ=area["teams"]["organ_id"][number], fields=(FieldClass.IDENTITY,))
    return browser(holder)


PAGES = {
    "list": ("/people/", 18),
    "filtered list": ("/people/?sex=female&age-to=60&order=strokes", 18),
    "search": ("/people/?q=w", 14),
    "person": ("/people/person/{person}/", 27),
    "team": ("/teams/{team}/", 7),
    "team ahead": ("/teams/{team}/ahead/", 7),
    "home": ("/", 30),
}


@pytest.mark.parametrize("who", [whole, one_county])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_little(
    area: Roster, who: Any, page: str, django_assert_max_num_queries: Any
) -> None:
    client, (path, most) = who(area), PAGES[page]
    team = area["teams"]["team_id"][0]
    posts = area["post_teams"].filter(team_id=team)["post_id"].to_list()
    held = area["seats"].filter(area["seats"]["post_id"].is_in(posts))
    path = path.format(team=team, person=held["person_id"][0])
    path += f"{'&' if '?' in path else '?'}{on(area.as_of)}"
    headers = {"HX-Request": "true"} if page == "search" else {}
    assert client.get(path, headers=headers).status_code == 200
    with django_assert_max_num_queries(most):
        client.get(path, headers=headers)
