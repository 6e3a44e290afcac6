"""On the home page: steps from files to a plan that are not done yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.guide.steps import steps
from banzi.web.shared.waiting import Waiting, waits


@waits
def steps_to_do(request: HttpRequest) -> Iterator[Waiting]:
    rights = rights_of(request)
    if rights.may(Verb.EDIT):
        left = sum(not step.is_done for step in steps(rights))
        yield Waiting(_("开始使用：还没有做的步骤"), left, reverse("start"))
