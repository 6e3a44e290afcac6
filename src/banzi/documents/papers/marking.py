"""密级 marking: the line at the top left of a paper, in the customary wording.

GB/T 9704-2012, 7.2.2: the level, and after a ★ how long it holds, in black type at the top left of
the first page. Level and period are the office's decision; here only the wording is checked.
"""

from __future__ import annotations

import re

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

BAD_MARKING = MessageKind(
    "papers/bad-marking",
    _(
        "密级标志“{typed}”写法不对；应为“秘密★1年”“机密★6个月”“秘密★2027年12月31日”"
        "或“绝密”“机密”“秘密”“工作秘密”“内部资料”“内部”"
    ),
)
LONG_PERIOD = MessageKind(
    "papers/long-marking",
    _("密级标志“{typed}”：除另有规定外，{level}级的保密期限不超过{most}年；请核对"),
)

_STATE = r"(?P<level>绝密|机密|秘密)"
_PERIOD = r"(?P<years>[1-9]\d?)年|[1-9]\d?个月|20\d\d年(?:[1-9]|1[0-2])月(?:[12]?[1-9]|[123]0|31)日"
_MARKING = re.compile(f"{_STATE}(?:★(?:{_PERIOD}))?|工作秘密|内部资料|内部")
_MOST_YEARS = {"绝密": 30, "机密": 20, "秘密": 10}


def read_marking(typed: str) -> tuple[str, tuple[Message, ...]]:
    """The marking as it is printed, "" for none, and what should be looked at.

    Blanks go, and `*` or `☆` typed for the star becomes ★. A period beyond what the law on state
    secrets lets a level have as a rule is a note, since special provisions may allow it.

    Raises
    ------
    BanziError
        `papers/bad-marking`.
    """
    text = re.sub("[*＊☆]", "★", "".join(typed.split()))
    if not text:
        return "", ()
    found = _MARKING.fullmatch(text)
    if found is None:
        raise BanziError(BAD_MARKING(typed=typed))
    level, years = found["level"], found["years"]
    if years and int(years) > _MOST_YEARS[level]:
        return text, (LONG_PERIOD(typed=text, level=level, most=_MOST_YEARS[level]),)
    return text, ()
