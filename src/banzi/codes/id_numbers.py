"""Resident identity numbers (公民身份号码, GB 11643-1999): checking them and reading them.

Eighteen places: 6 division, 8 birth, 3 sequence (odd for men, even for women), 1 check digit.
The check digit is computed by python-stdnum. Its full validation is not used: it refuses numbers
whose division it does not know, and a retired code is no fault of the person.

Not here: 籍贯 or 出生地. The first six digits say where the number was first issued and nothing
else. The birth date and sex on the number are compared with the file elsewhere; where they
differ, the date confirmed by the organization rules.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stdnum.cn import ric

from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import FindingKind, FindingMessage
from banzi.kernel.messages import gettext_noop as _

WRONG_LENGTH = FindingKind(
    "codes/id-length",
    _("身份证号应为18位（老号15位），现有{length}位：{number}；请对照证件核实"),
    title=_("身份证号位数不对"),
)
WRONG_CHARACTERS = FindingKind(
    "codes/id-characters",
    _("身份证号只能是数字（末位可为X）：{number}；请检查是否混入字母或符号"),
    title=_("身份证号含其他字符"),
)
WRONG_DATE = FindingKind(
    "codes/id-date",
    _("身份证号第7至14位不是日期：{date}（{number}）；请对照证件核实"),
    title=_("身份证号中的日期不对"),
)
WRONG_CHECK_DIGIT = FindingKind(
    "codes/id-check-digit",
    _("身份证号校验不通过：{number}，按前17位末位应为{expected}；请逐位核对"),
    title=_("身份证号校验不通过"),
)

SEX_TABLE = "sex_gbt2261_1"

_PLAIN = re.compile(r"[0-9]{17}[0-9X]")
_SEPARATORS = re.compile(r"[\s\-\u200b-\u200f\ufeff'’‘]")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A valid number and what can be read from it.

    `sex` is a code of GB/T 2261.1 (1 男, 2 女); `born` has the precision of a day;
    `first_registered_in` is the division code of the first registration, possibly retired.
    """

    number: str
    sex: str
    born: PartialDate
    first_registered_in: str


def normalise(text: str) -> str:
    """Blanks, separators and full-width forms out, `x` → `X`, 15 digits → 18. Checks nothing."""
    if _PLAIN.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", text).upper()
    number = _SEPARATORS.sub("", plain)
    if len(number) == 15 and re.fullmatch(r"[0-9]{15}", number):
        return with_check_digit(number[:6] + "19" + number[6:])
    return number


def with_check_digit(first_17: str) -> str:
    """Seventeen digits and the check digit that belongs to them."""
    if not re.fullmatch(r"[0-9]{17}", first_17):
        raise ValueError(f"not seventeen digits: {first_17!r}")
    return first_17 + str(ric.calc_check_digit(first_17 + "0"))


def problem_with(text: str) -> FindingMessage | None:
    """What is wrong with a number, or None: first length, then characters, date, check digit."""
    read = _read(text)
    return None if isinstance(read, IdNumber) else read


def read_id_number(text: str) -> IdNumber | None:
    """The number and what it says; None when it is not valid (`problem_with` says why)."""
    read = _read(text)
    return read if isinstance(read, IdNumber) else None


@lru_cache(maxsize=1 << 16)
def _read(text: str) -> IdNumber | FindingMessage:
    number = normalise(text)
    if len(number) != 18:
        return WRONG_LENGTH(length=len(number), number=number)
    if not _PLAIN.fullmatch(number):
        return WRONG_CHARACTERS(number=number)
    born = _born(number)
    if born is None:
        return WRONG_DATE(date=number[6:14], number=number)
    expected = with_check_digit(number[:17])[-1]
    if number[-1] != expected:
        return WRONG_CHECK_DIGIT(number=number, expected=expected)
    return IdNumber(
        number=number,
        sex="1" if int(number[16]) % 2 else "2",
        born=born,
        first_registered_in=number[:6],
    )


def _born(number: str) -> PartialDate | None:
    try:
        born = PartialDate(int(number[6:14]))
    except ValueError:
        return None
    return born if born.day else None
