"""An exchange package among imports: what it says of itself, and the seal that its sender told.

The parts of a package are held against its manifest while it is read. That nobody made the whole
anew is only seen by its SHA-256, which the sender tells by another way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.package_file import About
from banzi.documents.exchange.package_reading import Package
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.shared.templatetags.banzi import label

WRONG_SEAL = MessageKind(
    "imports/wrong-seal",
    _("校验值与告知的不符，不能写入；请核对填写，仍不符的，向报送单位重新索取交换包"),
)
_HEX = re.compile("[0-9a-f]{64}")


def told_by(package: Package) -> dict[str, Any]:
    """What a package says of itself, as an import keeps it: `About.kept`, and of the file.

    `told` is the seal that its sender told.
    """
    return {
        **package.about.kept(),
        "sha256": package.sha256,
        "photos": len(package.roster.photos),
        "told": "",
    }


def read_seal(text: str) -> str:
    """A seal as somebody typed or pasted it, without blanks and in lower case."""
    return "".join(text.split()).lower()[:200]


def is_wrong(kept: Mapping[str, Any]) -> bool:
    """Whether a seal was told and is another one."""
    return bool(kept and kept["told"]) and kept["told"] != kept["sha256"]


def shown(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says of the package: `seal` is "", "right" or "wrong"."""
    if not kept:
        return {}
    about, told = About.of(kept), kept["told"]
    return {
        **kept,
        "scope": [name for _organ, name in about.scope],
        "without": [label(each) for each in Without if each in about.without],
        "seal": "wrong" if is_wrong(kept) else "right" if told else "",
        "is_seal": bool(_HEX.fullmatch(told)),
    }
