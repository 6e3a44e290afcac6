"""The switch of the language, and the list of keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from banzi.web.shared.demands import for_anybody, for_everybody
from banzi.web.shared.languages import SESSION_KEY


@for_anybody
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    request.session[SESSION_KEY] = "en" if request.POST.get("language") == "en" else "zh"
    back = request.POST.get("back", "/")
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if allowed else "/")


@for_everybody
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard does: a page, and what `?` shows."""
    return render(request, "shared/keys.html")
