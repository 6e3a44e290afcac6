"""An exchange package among imports: what it says of itself, and the seal that its sender told.

The parts of a package are held against its manifest while it is read. That nobody made the whole
anew is only seen by its SHA-256, which the sender tells by another way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.package_file import About
from banzi.documents.exchange.package_reading import Package
from banzi.kernel.messages import Language, MessageKind
from banzi.kernel.messages import gettext_noop as _

WRONG_SEAL = MessageKind(
    "imports/wrong-seal",
    _("校验值与告知的不符，不能写入；请核对填写，仍不符的，向报送单位重新索取交换包"),
)
_HEX = re.compile("[0-9a-f]{64}")


def told_by(package: Package) -> dict[str, Any]:
    """What a package says of itself, as an import keeps it; `told` is the seal its sender told."""
    about = package.about
    return {
        "as_of": about.as_of.isoformat(),
        "made_on": about.made_on.isoformat(),
        "scope": [list(root) for root in about.scope],
        "sender": about.sender,
        "recipient": about.recipient,
        "purpose": about.purpose,
        "without": [each.value for each in about.without],
        "made_by": about.made_by,
        "listed": about.listed,
        "sha256": package.sha256,
        "photos": len(package.roster.photos),
        "told": "",
    }


def about_of(kept: Mapping[str, Any]) -> About:
    """The same as `documents.exchange` knows it."""
    return About(
        as_of=date.fromisoformat(kept["as_of"]),
        made_on=date.fromisoformat(kept["made_on"]),
        scope=tuple((organ, name) for organ, name in kept["scope"]),
        sender=kept["sender"],
        recipient=kept["recipient"],
        purpose=kept["purpose"],
        without=tuple(each for each in Without if each.value in kept["without"]),
        made_by=kept["made_by"],
        listed=kept["listed"],
    )


def read_seal(text: str) -> str:
    """A seal as somebody typed or pasted it, without blanks and in lower case."""
    return "".join(text.split()).lower()[:200]


def is_wrong(kept: Mapping[str, Any]) -> bool:
    """Whether a seal was told and is another one."""
    return bool(kept and kept["told"]) and kept["told"] != kept["sha256"]


def shown(kept: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What the page says of the package: `seal` is "", "right" or "wrong"."""
    if not kept:
        return {}
    left = [each for each in Without if each.value in kept["without"]]
    told = kept["told"]
    return {
        **kept,
        "scope": [name for _organ, name in kept["scope"]],
        "without": [each.en if language == "en" else each.zh for each in left],
        "seal": "wrong" if is_wrong(kept) else "right" if told else "",
        "is_seal": bool(_HEX.fullmatch(told)),
    }
