"""On the home page: imports that were read and wait for their review."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.imports.models import Import, ImportState
from banzi.web.shared.waiting import Waiting, waits


@waits
def to_review(request: HttpRequest) -> Iterator[Waiting]:
    if rights_of(request).may(Verb.EDIT):
        own = Import.objects.filter(by=request.user.get_username(), state=ImportState.READY)
        yield Waiting(_("待核对的导入"), own.count(), reverse("imports") + "?state=ready")
