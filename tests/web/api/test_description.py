"""Requests drawn from the API's own description: nothing breaks, and answers are as described."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from tests.support.accounts import clerk
from tests.support.small_region import small_region
from tests.support.tokens import API, token_for

from banzi.kernel.messages import translate
from banzi.web.accounts.rights import Verb
from banzi.web.api.offering import ROUTER
from banzi.web.api.service import description
from banzi.web.config.wsgi import application

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
)


@pytest.fixture
def bearer(db: None) -> dict[str, str]:
    small_region()
    return {"Authorization": f"Bearer {token_for(clerk(*Verb)).text}"}


ADDRESSES = [re.sub(r"{\w+:", "{", address) for address in ROUTER.path_operations]


@cache
def described() -> Any:
    found = schemathesis.openapi.from_dict(description("zh"))
    found.app = application
    return found


def ask_as_described(address: str, most: int, headers: dict[str, str]) -> set[int]:
    """Send requests drawn from the description of an address; the statuses of the answers."""
    seen = set()

    @settings(FEW, max_examples=most)
    @given(described()[f"{API}{address}"]["GET"].as_strategy())
    def draw(case: Case) -> None:
        answer = case.call(headers=headers)
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    draw()
    return seen


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_a_token(address: str, bearer: dict[str, str]) -> None:
    assert ask_as_described(address, 8, bearer) <= {200, 404, 422}


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

    chinese = [text for text in texts(description("en")) if not text.isascii() and _is_chinese(text)]
    assert chinese == []
    assert translate(description("zh")["info"]["title"], "en") == description("en")["info"]["title"]


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
