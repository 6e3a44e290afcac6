"""Where the switch of the language leads: to a page that can be opened, also after a form."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from banzi.web.shared.layout import here

MAKE = RequestFactory()


def test_a_page_is_come_back_to_with_what_was_asked_of_it() -> None:
    assert here(MAKE.get("/people/?q=a")) == "/people/?q=a"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/accounts/asked/?a=1", "/accounts/asked/?a=1"),
        ("http://elsewhere/accounts/", "/"),
        ("", "/"),
    ],
)
def test_after_a_form_its_page_is_and_no_other_site(referer: str, back: str) -> None:
    asked = MAKE.post("/accounts/asked/5/password/", headers={"Referer": referer})
    assert here(asked) == back
