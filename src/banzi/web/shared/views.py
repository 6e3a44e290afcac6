"""The home page until there is one, and the switch of the language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from banzi.web.shared.demands import for_anybody
from banzi.web.shared.languages import SESSION_KEY


@for_anybody
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    request.session[SESSION_KEY] = "en" if request.POST.get("language") == "en" else "zh"
    back = request.POST.get("back", "/")
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if allowed else "/")
