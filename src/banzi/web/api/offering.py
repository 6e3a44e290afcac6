"""How an endpoint is declared: address, part of the API, verbs, shape of its answer.

    @offers("/teams/{team_id}", TeamShape, Area.TEAMS, Verb.VIEW, summary=_("一个班子"))
    def team(request: HttpRequest, team_id: str, asked: Query[Dated]) -> dict[str, Any]: …

What is not declared this way says no verb, and the site's own guard refuses it, as it refuses a
page that says nothing. Every answer about records is noted before it goes, and so is asking in vain
for what is not there or out of reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI, Router
from ninja.operation import Operation

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.api.errors import BAD_PARAMETERS, Trouble
from banzi.web.api.models import Area, Token
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.shared.addresses import address_of
from banzi.web.shared.demands import Demand, demand_of, demanding
from banzi.web.shared.languages import current_language

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
ROUTER = Router()
UNKNOWN_PARAMETER = MessageKind("api/unknown-parameter", _("没有这个参数"))
_AREA = "banzi_area"
_TROUBLE = {"application/json": {"schema": {"$ref": "#/components/schemas/Trouble"}}}


def offers(
    path: str,
    shape: Any,
    area: Area | None,
    *verbs: Verb,
    summary: str,
    about: str = "",
    file_type: str = "",
) -> Callable[[Endpoint], Endpoint]:
    """Decorator: an address that is read with GET.

    Parameters
    ----------
    area
        The part that a token must open; None for what every token may ask.
    verbs
        All of them are needed; none only where nothing of persons is told.
    shape
        Of the JSON answer; None where the answer is a file of `file_type`.
    """

    def declare(endpoint: Endpoint) -> Endpoint:
        demanding(Demand(verbs=tuple(verbs)))(endpoint)
        setattr(endpoint, _AREA, area)
        ok = {"200": {"content": {file_type: {"schema": {"type": "string", "format": "binary"}}}}}
        extra: dict[str, Any] = {
            "x-area": area.value if area else "",
            "x-verbs": [each.value for each in verbs],
            "responses": {"default": {"description": summary, "content": _TROUBLE}},
        }
        if file_type:
            extra["responses"] |= {
                "200": {"description": "OK", **ok["200"]},
            }
        return ROUTER.get(
            path,
            response={401: Trouble} if file_type else {200: shape, 401: Trouble},
            exclude_unset=True,
            operation_id=endpoint.__name__,
            url_name=f"api-{endpoint.__name__}",
            summary=summary,
            description=about,
            tags=[area.zh if area else _("令牌")],
            openapi_extra=extra,
        )(endpoint)

    return declare


def verbs_asked() -> frozenset[str]:
    """The verbs that any endpoint asks for: no token needs another one."""
    demands = [
        demand_of(operation.view_func)
        for path_view in ROUTER.path_operations.values()
        for operation in path_view.operations
    ]
    return frozenset(verb for demand in demands if demand for verb in demand.verbs)


def area_of(view: Callable[..., Any]) -> Area | None:
    """The part of the API that a view belongs to; None for what every token may ask."""
    return getattr(view, _AREA, None)


def guarded_urls(api: NinjaAPI) -> list[URLPattern]:
    """The addresses of an API, each with what its endpoint demands said at the view."""
    operations = {
        operation.url_name: operation
        for router in (api.default_router, ROUTER)
        for path_view in router.path_operations.values()
        for operation in path_view.operations
    }
    found = []
    for pattern in api.urls[0]:
        operation = operations.get(getattr(pattern, "name", ""))
        if isinstance(pattern, URLPattern) and operation is not None:
            pattern.callback = _guarded(pattern.callback, operation)
            found.append(pattern)
    return found


def _guarded(view: Callable[..., HttpResponseBase], operation: Operation) -> Callable[..., Any]:
    endpoint = operation.view_func
    known, demand = _parameters(operation), demand_of(endpoint)

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            text = UNKNOWN_PARAMETER().text(current_language())
            return BAD_PARAMETERS.answer([(name, text) for name in unknown])
        made = view(request, *args, **kwargs)
        if demand is not None and demand.verbs and made.status_code in _NOTED:
            _note(request, demand, made.status_code, kwargs)
        return made

    setattr(answer, _AREA, area_of(endpoint))
    # A token comes in no cookie, so no page of another site can send it.
    setattr(answer, "csrf_exempt", True)  # noqa: B010 - attributes of a function
    setattr(answer, "token_only", True)  # noqa: B010
    return answer if demand is None else demanding(demand)(answer)


def _parameters(operation: Operation) -> frozenset[str]:
    """The names that an address may give after its question mark."""
    names: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            names |= set(model.__ninja_flatten_map__)
    return frozenset(names)


_NOTED = (200, 404)
"""Statuses of answers that are noted: what was read, and what was asked for in vain."""


def _note(request: HttpRequest, demand: Demand, status: int, path: Mapping[str, Any]) -> None:
    """One line for the answer: by which token, what address; a file that leaves is an export."""
    account = rights_of(request).account
    token: Token | None = getattr(request, "banzi_token", None)
    kind = ReadKind.EXPORT if Verb.RELEASE in demand.verbs else ReadKind.READ
    note_read(
        by=account.username if account else "",
        what=f"API {token.key if token else ''} {unquote_plus(request.get_full_path())[:400]}",
        person_id=str(path.get("person_id", "")) if status == 200 else "",
        kind=kind if status == 200 else ReadKind.REFUSED,
        address=address_of(request),
    )
