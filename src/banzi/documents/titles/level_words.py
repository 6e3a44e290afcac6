"""Levels in words: `厅局级`, `副处级机构`, `（正处级）` as codes of the ladder of leading posts."""

from __future__ import annotations

import re

from banzi.codes.levels import next_lower
from banzi.people.choices import SeatRole

_TIERS = {
    "国家": "1A01",
    "省部": "1A11",
    "省": "1A11",
    "部": "1A11",
    "厅局": "1A21",
    "地厅": "1A21",
    "厅": "1A21",
    "局": "1A21",
    "县处": "1A31",
    "处": "1A31",
    "县": "1A31",
    "乡科": "1A41",
    "科": "1A41",
    "乡": "1A41",
}
"""Tier as written → level of its principals; the longest word that fits is meant."""

_WORDS = "|".join(sorted(_TIERS, key=lambda word: (-len(word), word)))
_LEVEL = re.compile(rf"(?P<before>[正副])?(?P<tier>{_WORDS})级?(?P<after>[正副]职)?")


def level_in_words(text: str) -> str | None:
    """Code of a level: `正处级` 1A31, `厅局级副职` 1A22, `厅局级` 1A21; None for anything else."""
    match = _LEVEL.fullmatch(text.removesuffix("机构").removesuffix("单位"))
    if match is None or not ("级" in text or match["after"]):
        return None
    principal = _TIERS[match["tier"]]
    is_deputy = match["before"] == "副" or match["after"] == "副职"
    return next_lower(principal) if is_deputy else principal


def level_of_role(organ_level: str, role: SeatRole | None) -> str | None:
    """Level of a post by the level of its organ: the organ's own for the principal, one step less
    for a deputy; None for anybody else, and where the organ's level is not known.
    """
    own = level_in_words(organ_level)
    if own is None or role not in (SeatRole.PRINCIPAL, SeatRole.DEPUTY):
        return None
    return own if role is SeatRole.PRINCIPAL else next_lower(own)
