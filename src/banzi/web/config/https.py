"""Https for an office: offered to browsers by a reverse proxy that this site is told to trust.

    BANZI_HTTPS_PROXY=127.0.0.1    the proxy's address as this machine sees it; unset: plain http
    BANZI_HSTS_DAYS=365            browsers refuse plain http for so long; 0, the default: not asked

With a proxy the cookies travel over https only, and its word on who asks and over what
(X-Forwarded-For, X-Forwarded-Proto) is taken. Nobody else's word is: without the setting, or from
any other address, these headers are dropped.
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import Any

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.policy import NO_WHOLE_NUMBER

PROXY = "BANZI_HTTPS_PROXY"
HSTS_DAYS = "BANZI_HSTS_DAYS"
BAD_PROXY = MessageKind(
    "site/bad-proxy",
    _(
        "环境变量{variable}应为反向代理的一个IP地址（如127.0.0.1），现为“{text}”；"
        "请改正，不用https的请删去"
    ),
)
HSTS_WITHOUT_HTTPS = MessageKind(
    "site/hsts-without-https", _("设了{days}而没有设{proxy}；请补设，或删去前者")
)


def proxy() -> str | None:
    """The reverse proxy that is trusted; None when there is none.

    Raises
    ------
    BanziError
        `site/bad-proxy`; anybody at all (`*`) is not trusted.
    """
    text = os.environ.get(PROXY, "").strip()
    if not text:
        return None
    try:
        return str(ip_address(text))
    except ValueError:
        raise BanziError(BAD_PROXY(variable=PROXY, text=text)) from None


def hsts_seconds() -> int:
    """For how long a browser shall refuse plain http; 0: it is not asked to.

    Raises
    ------
    BanziError
        `site/no-whole-number`, `site/hsts-without-https`
    """
    text = os.environ.get(HSTS_DAYS, "").strip() or "0"
    if not (text.isascii() and text.isdigit()):
        raise BanziError(NO_WHOLE_NUMBER(variable=HSTS_DAYS, text=text))
    if int(text) and proxy() is None:
        raise BanziError(HSTS_WITHOUT_HTTPS(days=HSTS_DAYS, proxy=PROXY))
    return int(text) * 86_400


def server_options() -> dict[str, Any]:
    """What the server of `banzi site serve` is told about the proxy."""
    trusted = proxy()
    if trusted is None:
        return {}
    return {
        "trusted_proxy": trusted,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }
