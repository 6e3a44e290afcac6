"""The pages of `guide`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.guide.steps import steps


@allowed(Verb.EDIT)
def start(request: HttpRequest) -> HttpResponse:
    found = steps(rights_of(request))
    following = next((step for step in found if not step.is_done), None)
    done = sum(step.is_done for step in found)
    return render(request, "guide/start.html", {"steps": found, "next": following, "done": done})
