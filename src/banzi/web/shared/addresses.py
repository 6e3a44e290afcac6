"""Where a request comes from, as the record and the log of reads name it."""

from __future__ import annotations

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the machine that asks; "" when it is not known.

    Behind a reverse proxy it is the proxy's own, unless the server was told to trust that one
    (`config.https`).
    """
    return str(request.META.get("REMOTE_ADDR", ""))
