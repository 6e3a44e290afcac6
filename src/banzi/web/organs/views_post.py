"""One post: where it belongs, who holds it, and who may be looked at for it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from banzi.kernel.columns import FieldClass
from banzi.rules import Verdict
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.organs.asking import seen
from banzi.web.organs.eligible import (
    LOOKED_AT,
    candidates,
    counts,
    near,
    post_page,
    with_reasons,
)
from banzi.web.organs.views import context
from banzi.web.shared.languages import current_language

_PAGE = 50


@allowed(Verb.VIEW)
def post(request: HttpRequest, post_id: str) -> HttpResponse:
    """The post with its candidates; `?all=1` of every level, `?free=1` without members of teams."""
    asked = seen(request)
    page = post_page(asked, post_id)
    if page is None:
        raise Http404
    rights = rights_of(request)
    listed = frozenset.intersection(
        *(frozenset(rights.persons(Verb.VIEW, each)) for each in FieldClass)
    )
    found = candidates(asked, post_id, listed)
    given = request.GET
    wide, free = given.get("all") == "1", given.get("free") == "1"
    kept = [each for each in found if (wide or near(each)) and not (free and each.is_seated)]
    verdict = Verdict.from_value(given.get("verdict"))
    wanted = [each for each in kept if each.verdict in ((verdict,) if verdict else LOOKED_AT)]
    shown = Paginator(wanted, _PAGE).get_page(given.get("page"))
    query = {name: given[name] for name in ("on", "all", "free", "verdict") if given.get(name)}
    return render(
        request,
        "organs/post.html",
        context(
            asked,
            page=page,
            people=shown,
            rows=with_reasons(asked, post_id, list(shown), current_language()),
            counts=counts(kept),
            total=len(kept),
            verdict=verdict,
            wide=wide,
            free=free,
            query=f"{urlencode(query)}&" if query else "",
            unlisted=bool(asked.sight and len(asked.sight.persons - listed)),
            may_plan=rights.may(Verb.EDIT),
        ),
    )
