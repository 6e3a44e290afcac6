"""Pages about tokens, for their holder and the security administrator; the API described."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.forms import ReasonForm
from banzi.web.accounts.guarding import for_everybody, for_office
from banzi.web.accounts.models import Office, Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.services import Refused
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.api.describing import description
from banzi.web.api.forms import TokenForm
from banzi.web.api.models import Area, Token
from banzi.web.api.tokens import make_token, revoke, revoke_own
from banzi.web.api.waiting import ending_soon
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import label, say

PAGE = 50
REVOKED = MessageKind("api/state-revoked", _("已撤销（{day}，{name}）"))
EXPIRED, LOCKED, IN_USE = _("已到期"), _("令牌错误过多，锁定中"), _("有效")


@for_everybody
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, those in use first; `?ending=1` those that end soon."""
    holder, is_part = rights_of(request).holder, "ending" in request.GET
    own = ending_soon(holder) if is_part else Token.objects.filter(account=holder)
    context = _listed(request, own) | {"ending": is_part, "query": "ending=1&" if is_part else ""}
    return render(request, "api/tokens.html", context)


@for_everybody
@never_cache
@freshly_signed_in
def new_token(request: HttpRequest) -> HttpResponse:
    """A new token; its text is on the answer and nowhere else."""
    form = TokenForm(rights_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = make_token(
                rights_of(request).holder, given["title"], form.limits(), given["until"]
            )
        except Refused as refused:
            form.add_error(None, say(refused.message))
        else:
            own = Token.objects.filter(account=rights_of(request).holder)
            return render(request, "api/tokens.html", {**_listed(request, own), "made": made})
    return render(request, "api/new_token.html", {"form": form})


@for_everybody
@require_POST
def revoke_token(request: HttpRequest, number: int) -> HttpResponse:
    """One's own token, at once; somebody else's is as if it were not there."""
    token = get_object_or_404(Token, pk=number, account=rights_of(request).holder)
    revoke_own(rights_of(request).holder, token)
    return HttpResponseRedirect(reverse("tokens"))


@for_office(Office.SECURITY)
def tokens_of_all(request: HttpRequest) -> HttpResponse:
    """Every token, those in use first: whose, for what, until when, used when."""
    return render(request, "api/tokens_of_all.html", _listed(request, Token.objects.all()))


@for_office(Office.SECURITY)
@require_POST
def revoke_somebodys(request: HttpRequest, number: int) -> HttpResponse:
    token = get_object_or_404(Token.objects.select_related("account"), pk=number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = _listed(request, Token.objects.all()) | {"wrong": number}
        return render(request, "api/tokens_of_all.html", context, status=400)
    revoke(rights_of(request).holder, token, form.cleaned_data["reason"])
    return HttpResponseRedirect(reverse("tokens-of-all"))


def _listed(request: HttpRequest, found: Any) -> dict[str, Any]:
    first = found.alias(is_revoked=Q(revoked_at__isnull=False)).order_by(
        "is_revoked", "-until", "-pk"
    )
    ordered = first.select_related("account", "organ", "revoked_by", "use")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": [_row(token) for token in page], "query": ""}


def _row(token: Token) -> dict[str, Any]:
    in_use = token.holds(timezone.localdate())
    use = getattr(token, "use", None)
    return {
        "token": token,
        "areas": [label(each) for each in token.areas_open],
        "verbs": [label(each) for each in token.verbs_held],
        "fields": [label(each) for each in token.field_classes],
        "organ": token.organ.organ_name if token.organ else "",
        "state": say(_state(token)),
        "in_use": in_use,
        "used": use,
    }


def _state(token: Token) -> Any:
    if token.revoked_at is not None:
        day = timezone.localtime(token.revoked_at).date().isoformat()
        return REVOKED(day=day, name=token.revoked_by.name if token.revoked_by else "")
    if not token.holds(timezone.localdate()):
        return EXPIRED
    return LOCKED if token.is_locked(timezone.now()) else IN_USE


@for_everybody
@require_GET
def openapi(request: HttpRequest) -> JsonResponse:
    """The description for programs: of addresses and shapes, nothing of any person."""
    made = description(current_language())
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})


@for_everybody
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """The same description for people."""
    made = description(current_language())
    return render(request, "api/guide.html", {"parts": list(parts_of(made)), "about": made["info"],
                                              "base_address": request.build_absolute_uri("/api/v1/")})  # fmt: skip


def parts_of(made: dict[str, Any]) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Endpoints by tag, each with its parameters and the fields of its answer."""
    shapes = made["components"]["schemas"]
    told = [
        {
            "tag": each["tags"][0],
            "area": each["x-area"],
            "address": address,
            "summary": each["summary"],
            "about": each.get("description", ""),
            "verbs": [verb for verb in Verb if verb in each["x-verbs"]],
            "parameters": [(one["name"], _allowed(one)) for one in each["parameters"]],
            "fields": list(_fields(each["responses"].get(200), shapes)),
        }
        for address, methods in made["paths"].items()
        for each in methods.values()
    ]
    order = ["", *Area]
    told.sort(key=lambda each: order.index(each["area"]))
    for tag, of_tag in groupby(told, lambda each: str(each["tag"])):
        yield tag, list(of_tag)


def _allowed(parameter: dict[str, Any]) -> str:
    """What a parameter is, with the values it may have where they are few."""
    schema = parameter["schema"]
    values = [each for each in schema.get("items", schema).get("enum", ()) if each]
    meaning = str(parameter["description"])
    return f"{meaning}：{' '.join(values)}" if values and values[0] not in meaning else meaning


def _fields(answer: Any, shapes: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Name and meaning of each field of an answer; of a list, those of its items."""
    schema = (answer or {}).get("content", {}).get("application/json", {}).get("schema", {})
    shape = shapes.get(schema.get("$ref", "").rpartition("/")[2], {})
    for name, field in shape.get("properties", {}).items():
        yield name, field.get("description", "")
        inner = field.get("items", field).get("$ref", "").rpartition("/")[2]
        for below, meaning in shapes.get(inner, {}).get("properties", {}).items():
            yield f"{name}.{below}", meaning.get("description", "")
