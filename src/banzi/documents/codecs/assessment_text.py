"""年度考核结果 text → results by year, when the text leaves no doubt.

`2021年称职，2022年度考核优秀`, `2021、2022年均为称职` and `2021—2023年度考核称职` are read;
`近三年均称职` names no year and is not. One doubtful part leaves the whole text unread: half a
list of years would look like a complete one.
"""

from __future__ import annotations

import re
from functools import cache

from banzi.codes import lookup
from banzi.kernel.dates import YEAR_RANGE

CODES = "appraisal_zb18"

_NOISE = r"年度?|度|考核|结果|等次|等级|评定|确定|均为|都为|被|均|都|为|[:：、，,；;。\s和]"
_RANGE = r"[-－—–─~～至]+"


def parse_assessments(text: str) -> dict[int, str] | None:
    """Year → code of `appraisal_zb18`; None when any part of the text is not understood."""
    results: dict[int, str] = {}
    years: list[int] = []
    ranging = False
    position = 0
    while position < len(text):
        match = _tokens().match(text, position)
        if match is None:
            return None
        position = match.end()
        if match["year"]:
            year = int(match["year"])
            if year not in YEAR_RANGE or (ranging and not years[-1] < year):
                return None
            years.extend(range(years[-1] + 1, year + 1) if ranging else [year])
            ranging = False
        elif match["range"]:
            if not years or ranging:
                return None
            ranging = True
        elif match["outcome"]:
            code = lookup.code_of(CODES, match["outcome"])
            if not years or ranging or code is None or any(year in results for year in years):
                return None
            results.update(dict.fromkeys(years, code))
            years = []
    return None if years or ranging or not results else results


@cache
def _tokens() -> re.Pattern[str]:
    names = sorted((row.name for row in lookup.load(CODES)), key=len, reverse=True)
    outcomes = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?P<year>(?<!\d)\d{{4}}(?!\d))|(?P<outcome>{outcomes})"
        rf"|(?P<range>{_RANGE})|(?P<noise>{_NOISE})"
    )
