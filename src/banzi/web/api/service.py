"""The API put together: its endpoints, its errors, its description."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from banzi.kernel.errors import BadInput, BanziError
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import translate
from banzi.web.api import due, organs, own, persons, plans, queries
from banzi.web.api.errors import (
    BAD_PARAMETERS,
    BAD_REQUEST,
    NOT_ALLOWED,
    NOT_FOUND,
    SEE_MESSAGE,
    Refusal,
)
from banzi.web.api.offering import ROUTER
from banzi.web.shared.languages import current_language

PARTS = (own, persons, organs, due, queries, plans)
"""Modules of endpoints, in the order of the description."""


class _Token(HttpBearer):
    """Only says in the description that a token is needed; the middleware has looked at it."""

    def authenticate(self, request: HttpRequest, token: str) -> str:
        return token


_READABLE = JSONRenderer()
_READABLE.json_dumps_params = {"ensure_ascii": False}  # half as long, and legible in a terminal

API = NinjaAPI(
    title=_("班子接口"),
    version="1",
    description=_("只读。权限、范围和口径与网站页面相同；看不到的列不出现，合计不计看不到的人。"),
    docs_url=None,
    openapi_url=None,
    auth=_Token(),
    renderer=_READABLE,
    urls_namespace="api",
)
API.add_router("", ROUTER)


@API.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return NOT_FOUND.answer()


@API.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return NOT_ALLOWED.answer()


@API.exception_handler(HttpError)
def _not_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    return BAD_REQUEST.answer()


@API.exception_handler(ValidationError)
def _bad_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return BAD_PARAMETERS.answer((_parameter(each["loc"]), _wording(each)) for each in error.errors)


def _parameter(place: tuple[str | int, ...]) -> str:
    """The name of a parameter: of one that is a list, not the number of the item in it."""
    return [each for each in place if isinstance(each, str)][-1]


def _wording(problem: dict[str, Any]) -> str:
    """What is wrong with one parameter: our own words where we said it, else by its sort."""
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    language = current_language()
    return translate(_SORTS.get(problem["type"].partition("_")[0], _OTHERWISE), language)


_OTHERWISE = _("不是允许的值")
_SORTS = {
    "int": _("应为整数"),
    "bool": _("应为 true 或 false"),
    "greater": _("数值太小"),
    "less": _("数值太大"),
    "string": _("文字太长，或者不是文字"),
    "missing": _("没有填写"),
}


@API.exception_handler(BadInput)
def _bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    language = current_language()
    told = [("", each.message.text(language)) for each in error.problems]
    return Refusal(422, error.message, SEE_MESSAGE, told)


@API.exception_handler(BanziError)
def _refused(request: HttpRequest, error: BanziError) -> HttpResponse:
    return Refusal(422, error.message, SEE_MESSAGE, [])
