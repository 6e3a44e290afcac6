"""Levels of leading posts and ranks as ordered steps.

Civil Servant Law, Article 18 names ten levels of leading posts, 国家级正职 to 乡科级副职;
Article 19 the ranks of the 综合管理类. Codes are those of `tables/post_level_zb09.csv` and
`tables/civil_rank_general.csv`. Higher seniority is the higher number: "at least" reads `>=`.

Not here: which posts have which level, and the ladders of 专业技术类, 行政执法类 and 事业单位
grades, whose codes have no place among these ten (functions answer None for them).
"""

from __future__ import annotations

from banzi.codes.lookup import load

LADDER: tuple[str, ...] = (
    "1A42",  # 乡科级副职
    "1A41",  # 乡科级正职
    "1A32",  # 县处级副职
    "1A31",  # 县处级正职
    "1A22",  # 厅局级副职
    "1A21",  # 厅局级正职
    "1A12",  # 省部级副职
    "1A11",  # 省部级正职
    "1A02",  # 国家级副职
    "1A01",  # 国家级正职
)
"""Post-level codes from the lowest leading post to the highest."""

_SENIORITY = {code: step for step, code in enumerate(LADDER, start=1)}


def seniority(level: str) -> int | None:
    """1 (乡科级副职) … 10 (国家级正职); None for a code that is no level of leading posts."""
    return _SENIORITY.get(level)


def next_lower(level: str) -> str | None:
    """The level one step down (县处级正职 → 县处级副职); None below the lowest and off it."""
    return _step(level, -1)


def next_higher(level: str) -> str | None:
    """The level one step up (县处级正职 → 厅局级副职); None above the highest and off it."""
    return _step(level, +1)


def steps_between(lower: str, higher: str) -> int | None:
    """How many steps `higher` stands above `lower`, negative if below; None off the ladder."""
    low, high = seniority(lower), seniority(higher)
    return None if low is None or high is None else high - low


def is_principal_level(level: str) -> bool | None:
    """Whether the level is a 正职 one; None off the ladder."""
    step = seniority(level)
    return None if step is None else step % 2 == 0


def tier_of(level: str) -> str | None:
    """`县处级`, `厅局级` …: the level without 正职 or 副职; None off the ladder."""
    row = load("post_level_zb09").row(level)
    if row is None or level not in _SENIORITY:
        return None
    return row.name.removesuffix("正职").removesuffix("副职")


def rank_seniority(rank: str) -> int | None:
    """Order of a 综合管理类 rank: 1 (二级科员) … 12 (一级巡视员); None for an unknown code."""
    table = load("civil_rank_general")
    codes = [row.code for row in table]
    return len(codes) - codes.index(rank) if rank in codes else None


def next_lower_rank(rank: str) -> str | None:
    """The rank one step down; None below 二级科员 and for an unknown code."""
    codes = [row.code for row in load("civil_rank_general")]
    if rank not in codes or rank == codes[-1]:
        return None
    return codes[codes.index(rank) + 1]


def _step(level: str, by: int) -> str | None:
    here = seniority(level)
    there = None if here is None else here + by
    return LADDER[there - 1] if there is not None and 1 <= there <= len(LADDER) else None
