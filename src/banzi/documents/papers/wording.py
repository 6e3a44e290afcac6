"""Phrases that several papers share."""

from __future__ import annotations

import re
from datetime import date

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render

ADVICE = _("本件系辅助研究的建议，供讨论参考；是否采用由有关领导集体讨论决定并由负责人签署。")
"""Design: output is advice, a named person decides and signs. Stands once on every proposal."""

PAGE_NUMBER = _("第{page}页，共{pages}页")
PAGE_NUMBER_PARTS = tuple(re.split(r"\{\w+\}", PAGE_NUMBER))
"""The words before, between and after the two numbers."""

SERIAL = _("序号")
NOBODY = _("没有符合条件的人员")
"""What an empty table of persons says."""

_COUNT = _("共{count}人")
_AGES = _("截至{year}年{month}月{day}日，年龄计算到当月")
_AS_OF = _("截至{year}年{month}月{day}日")


def day_text(day: date) -> str:
    """`截至2021年7月1日`: the day a paper speaks of."""
    return render(_AS_OF, {"year": day.year, "month": day.month, "day": day.day})


def age_text(day: date) -> str:
    """`截至2021年7月1日，年龄计算到当月`: for papers that print ages."""
    return render(_AGES, {"year": day.year, "month": day.month, "day": day.day})


def count_text(count: int) -> str:
    """`共12人`."""
    return render(_COUNT, {"count": count})


def lines_of(*texts: str) -> str:
    """The texts that are not blank, one a line, none twice."""
    return "\n".join(dict.fromkeys(text for text in texts if text))
