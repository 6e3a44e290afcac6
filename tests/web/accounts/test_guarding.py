"""A page says what it asks for, or nobody gets in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.support.accounts import account, administrator, clerk, request_of

from banzi.web.accounts.guarding import (
    DenyByDefault,
    allowed,
    for_everybody,
    for_office,
)  # fmt: skip
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.rights import Verb
from banzi.web.audit.sealing import unsealed
from banzi.web.shared.demands import demand_of

pytestmark = pytest.mark.django_db


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@allowed(Verb.VIEW)
def viewing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@allowed(Verb.VIEW, Verb.RELEASE)
def releasing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@for_office(Office.AUDITOR)
def auditing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def gets_in(who: Account, view: object) -> bool:
    try:
        DenyByDefault(silent).process_view(request_of(who), view, (), {})  # type: ignore[arg-type]
    except PermissionDenied:
        return False
    return True


def test_pages_by_what_they_ask_for() -> None:
    pages = (silent, viewing, releasing, auditing, home)
    who = {
        "nobody": account(),
        "clerk": clerk(),
        "both": clerk(Verb.VIEW, Verb.RELEASE),
        "auditor": administrator(Office.AUDITOR),
        "security": administrator(Office.SECURITY),
    }
    found = {name: [gets_in(each, page) for page in pages] for name, each in who.items()}
    assert found == {
        "nobody": [False, False, False, False, True],
        "clerk": [False, True, False, False, True],
        "both": [False, True, True, False, True],
        "auditor": [False, False, False, True, True],
        "security": [False, False, False, False, True],
    }


def test_a_refusal_is_noted() -> None:
    who = account()
    assert not gets_in(who, viewing)
    assert any(note.by == who.username and note.kind == "refused" for note in unsealed())


def test_every_page_of_the_site_says_what_it_asks_for() -> None:
    def views(resolver: URLResolver) -> list[URLPattern]:
        found: list[URLPattern] = []
        for each in resolver.url_patterns:
            found += views(each) if isinstance(each, URLResolver) else [each]
        return found

    said = [(str(each.pattern), demand_of(each.callback)) for each in views(get_resolver())]
    assert said
    assert [pattern for pattern, demand in said if demand is None] == []


def test_a_page_is_asked_to_sign_in_first(client: Client) -> None:
    assert client.get("/").status_code == 302
    client.force_login(clerk())
    assert client.get("/").status_code == 200
