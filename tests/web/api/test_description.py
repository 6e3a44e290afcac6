"""Requests drawn from the API's own description: nothing breaks, and answers are as described."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from tests.support.accounts import clerk
from tests.support.small_region import add, small_region
from tests.support.tokens import API, token_for

from banzi.kernel.messages import translate
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.api.describing import description
from banzi.web.api.models import Token
from banzi.web.api.offering import ROUTER
from banzi.web.audit.acts import act
from banzi.web.config.wsgi import application
from banzi.web.jobs.jobs import enqueue
from banzi.web.queries.models import SavedQuery

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
FEW = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,  # the same requests each time: what fails once fails again
)


@pytest.fixture
def bearer(db: None) -> dict[str, str]:
    small_region()
    return {"Authorization": f"Bearer {token_for(clerk(*Verb)).text}"}


def there_is() -> dict[str, Any]:
    """An organ, team, person, post, table, query and job that the API can be asked for."""
    by = Account.objects.get(pk=Token.objects.get().account_id)
    with act("test.more", by=None):
        add("teams", team_id="team_a", team_name="甲县班子", organ_id="county_a",
            team_kind="government")  # fmt: skip
        add("posts", post_id="vacant", post_name="职位", organ_id="county_a", role="deputy",
            post_level="1A32")  # fmt: skip
        query = SavedQuery.objects.create(owner=by, name="全部", kept_at=timezone.now())
    return {
        "organ_id": "city",
        "team_id": "team_a",
        "person_id": "head_a",
        "post_id": "vacant",
        "table_id": "quota-table",
        "number": query.pk,
        "job_id": enqueue("board.prepare", {}, by=by).pk,
    }


ADDRESSES = [re.sub(r"{\w+:", "{", address) for address in ROUTER.path_operations]


@cache
def described() -> Any:
    found = schemathesis.openapi.from_dict(description("zh"))
    found.app = application
    return found


def ask_as_described(
    address: str,
    most: int,
    headers: dict[str, str],
    mode: GenerationMode = GenerationMode.POSITIVE,
    known: dict[str, Any] | None = None,
) -> set[int]:
    """Send requests drawn from the description of an address; the statuses of the answers.

    `known` are values of its path that there are.
    """
    seen = set()
    endpoint = described()[f"{API}{address}"]["GET"]

    @settings(FEW, max_examples=most)
    @given(endpoint.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        for name in set(known or {}) & set(case.path_parameters or {}):
            case.path_parameters[name] = (known or {})[name]
        answer = case.call(headers=headers)
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    draw()
    return seen


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_a_token(address: str, bearer: dict[str, str]) -> None:
    assert ask_as_described(address, 3, bearer) <= {200, 404, 422}


@pytest.mark.parametrize(
    "address", [each for each in ADDRESSES if "{" in each and "plans" not in each]
)
def test_of_what_there_is(address: str, bearer: dict[str, str]) -> None:
    assert ask_as_described(address, 1, bearer, known=there_is()) == {200}


@pytest.mark.parametrize("address", ["/persons", "/teams", "/due", "/queries/{number}/persons"])
def test_against_the_description(address: str, bearer: dict[str, str]) -> None:
    seen = ask_as_described(address, 8, bearer, GenerationMode.NEGATIVE, there_is())
    assert seen <= {200, 401, 404, 422}
    assert seen & {401, 422}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_token(address: str) -> None:
    assert ask_as_described(address, 1, {}) == {401}


def test_every_text_of_the_description_has_its_english() -> None:
    def texts(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [value for name, value in part.items()
                   if name in ("summary", "description") and isinstance(value, str)]  # fmt: skip
            return own + [text for value in part.values() for text in texts(value)]
        return [text for each in part for text in texts(each)] if isinstance(part, list) else []

    chinese = [
        text for text in texts(description("en")) if not text.isascii() and _is_chinese(text)
    ]
    assert chinese == []
    assert all(_meanings(description("en")))
    assert translate(description("zh")["info"]["title"], "en") == description("en")["info"]["title"]


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _meanings(described: dict[str, Any]) -> list[str]:
    """The word on every parameter and field."""
    fields = [
        field.get("description", "")
        for shape in described["components"]["schemas"].values()
        for field in shape.get("properties", {}).values()
    ]
    return fields + [
        parameter["description"]
        for methods in described["paths"].values()
        for parameter in methods["get"]["parameters"]
    ]
