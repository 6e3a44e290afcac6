"""One cell of a workbook into the value of a column, and a value into the text of a cell.

Offices type dates as text, as whole numbers (`197503`), as decimals (`1975.03`) and as Excel
dates; Excel itself turns long ID numbers into `1.10105E+17`. What can be read without guessing is
read; what has lost digits is refused with advice; what may mean two things offers both.

Not here: which column stands where (`sheets`), and places, whose table is in `codes.divisions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from banzi.codes import divisions, id_numbers, lookup, texts
from banzi.kernel.columns import Column, Kind, Labelled
from banzi.kernel.dates import PartialDate, month_index, month_text, parse_partial_date
from banzi.kernel.messages import FindingKind, FindingMessage, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import EducationMode, LevelKind, SeatRole, Sex

BAD_DATE = MessageKind(
    "workbook/bad-date", _("“{column}”的“{value}”不是有效日期；请写成6位或8位数字，如197503")
)
NOT_A_FULL_DATE = MessageKind(
    "workbook/not-a-full-date", _("“{column}”的“{value}”应写到日；请写成8位数字，如20260630")
)
BAD_NUMBER = MessageKind("workbook/bad-number", _("“{column}”的“{value}”不是整数；请改为整数"))
BAD_CHOICE = MessageKind(
    "workbook/bad-choice", _("“{column}”的“{value}”不在选项内；请填：{choices}")
)
LOST_DIGITS = MessageKind(
    "workbook/id-as-number",
    _("“{column}”是数字格式，末几位已丢失（{value}）；请把该列设为文本格式后重新填写"),
)
BAD_ID_NUMBER = MessageKind("workbook/bad-id-number", _("“{column}”：{reason}"))
NOT_A_TEXT = MessageKind("workbook/not-a-text", _("“{column}”的内容无法作为文字读取；请改为文本"))
MANGLED_CODE = MessageKind(
    "workbook/code-as-number", _("“{column}”是数字格式且位数过长（{value}）；请设为文本格式后重填")
)
DECIMAL_MONTH = FindingKind(
    "import/decimal-month",
    _("{column}“{value}”按小数存放，分不清是1月还是10月；请选定，或在原表中写成6位数字"),
    title=_("年月按小数存放"),
)
UNKNOWN_WORDING = FindingKind(
    "import/unknown-wording",
    _("{column}“{value}”在代码表中没有对应项，暂按不掌握处理"),
    title=_("内容不在代码表中"),
)
LOOSE_WORDING = FindingKind(
    "import/loose-wording",
    _("{column}“{value}”写法不规范，已按“{wording}”读取"),
    title=_("写法不规范"),
)

Choice = TypeVar("Choice", bound=Labelled)

TRUE_WORDS = frozenset({"是", "1", "有", "√", "在任", "true", "TRUE", "True"})
FALSE_WORDS = frozenset({"否", "0", "无", "×", "已免", "false", "FALSE", "False"})
_TWO_IS_NO = frozenset({"is_leadership"})  # A0219: 1 是, 2 否
_STATES = {"in_office": ("在任", "已免")}  # A0255: 1 在任, 0 已免

NATIONAL_CHOICES: Mapping[type[Labelled], Mapping[str, Labelled]] = {
    Sex: {"1": Sex.MALE, "2": Sex.FEMALE, "男性": Sex.MALE, "女性": Sex.FEMALE},
    SeatRole: {
        "1": SeatRole.PRINCIPAL,
        "3": SeatRole.DEPUTY,
        "Z": SeatRole.MEMBER,
        "其他": SeatRole.MEMBER,
    },
    EducationMode: {
        "1": EducationMode.FULL_TIME,
        "2": EducationMode.IN_SERVICE,
        "全日制教育": EducationMode.FULL_TIME,
        "在职教育": EducationMode.IN_SERVICE,
    },
    LevelKind: {"0": LevelKind.POST_LEVEL, "1": LevelKind.RANK},
}
"""Codes that the national system writes for our closed lists (formats.md section 7)."""

_MULTILINE = frozenset({"resume_text", "awards_text", "assessments_text", "appointment_reason"})
_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_EXACT_FLOAT = 1 << 53
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050  # 1927-05-18 to 2099-12-31 in Excel's day count
_SERIAL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says.

    `value` is None for a blank cell and wherever `problem` or `doubt` tells why. A `problem` is an
    error at the cell; a `doubt` becomes a finding with `options` to choose between (none: for
    information), `written` keeping the text of the cell.
    """

    value: Any = None
    problem: Message | None = None
    doubt: FindingMessage | None = None
    options: tuple[str, ...] = ()
    written: str = ""


BLANK = Reading()


def read_cell(raw: Any, column: Column, shown: str = "") -> Reading:
    """The value of a raw cell for a column; `shown` is the header to name in messages."""
    header = shown or column.zh
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return BLANK
    if column.name == "id_number" or column.name == "person_id_number":
        return _id_number(raw, header)
    match column.kind:
        case Kind.PARTIAL_DATE:
            return _partial_date(raw, header)
        case Kind.DATE:
            return _full_date(raw, header)
        case Kind.MONTH:
            return _month(raw, header)
        case Kind.INTEGER:
            return _integer(raw, header)
        case Kind.BOOLEAN:
            return _boolean(raw, column, header)
        case Kind.CHOICE:
            return _choice(raw, column, header)
        case Kind.CODE:
            return _code(raw, column, header)
        case _:
            return _text(raw, column, header)


def cell_text(value: Any, column: Column) -> str:
    """The text to write for a value, such that `read_cell` gives the value back; "" for None."""
    if value is None:
        return ""
    match column.kind:
        case Kind.PARTIAL_DATE:
            return PartialDate(value).digits()
        case Kind.DATE:
            return f"{value:%Y%m%d}"
        case Kind.MONTH:
            return month_text(value)
        case Kind.BOOLEAN:
            yes, no = _STATES.get(column.name, ("是", "否"))
            return yes if value else no
        case Kind.CHOICE:
            return choice_text(column, value)
        case Kind.CODE:
            return code_text(column.codes, value)
        case _:
            return str(value)


def choice_text(column: Column, value: str) -> str:
    assert column.choices is not None  # noqa: S101  (checked by Column itself)
    return member(column.choices, value).zh


def member(choices: type[Choice], value: str) -> Choice:
    """The member of a closed list with this stored value; ValueError when there is none."""
    for each in choices:
        if each.value == value:
            return each
    raise ValueError(f"{choices.__name__}: {value}")


def code_text(table: str, code: str) -> str:
    """The wording that leads back to the code; the code itself where none does."""
    if table == "admin_divisions":
        return code
    for wording in (lookup.short_of(table, code), lookup.name_of(table, code)):
        found = lookup.find(table, wording) if wording else None
        if wording and found is not None and found.code == code and found.standard:
            return wording
    return code


def words_of(column: Column) -> tuple[str, ...]:
    """What a drop-down for the column offers; () for a column that takes anything."""
    if column.kind is Kind.BOOLEAN:
        return _STATES.get(column.name, ("是", "否"))
    if column.choices is not None:
        return tuple(choice.zh for choice in column.choices)
    if column.kind is Kind.CODE and column.codes != "admin_divisions":
        return tuple(code_text(column.codes, row.code) for row in lookup.load(column.codes))
    return ()


def plain_text(raw: Any) -> str:
    """A raw cell as a person sees it: whole numbers without `.0`, dates as digits."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < _EXACT_FLOAT:
        return str(int(raw))
    if isinstance(raw, datetime | date):
        return f"{raw:%Y%m%d}"
    if isinstance(raw, float):
        return repr(raw)
    return str(raw).strip()


def _text(raw: Any, column: Column, header: str) -> Reading:
    if isinstance(raw, time | timedelta):
        return Reading(problem=NOT_A_TEXT(column=header))
    if isinstance(raw, float) and abs(raw) >= _EXACT_FLOAT:
        return Reading(problem=MANGLED_CODE(column=header, value=plain_text(raw)))
    text = plain_text(raw).replace("\r\n", "\n").replace("\r", "\n")
    if column.name in _MULTILINE and isinstance(raw, str):
        return Reading(raw.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip())
    if column.name in ("name", "person_name"):
        return Reading(texts.clean_name(text) or None)
    return Reading(text)


def _id_number(raw: Any, header: str) -> Reading:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if abs(raw) >= _EXACT_FLOAT:
            return Reading(problem=LOST_DIGITS(column=header, value=f"{raw:.5E}"))
        raw = plain_text(raw)
    return _id_reading(plain_text(raw), header)


@lru_cache(maxsize=1 << 16)
def _id_reading(written: str, header: str) -> Reading:
    """A number stands in one row of A01 and in many of the other sheets."""
    text = id_numbers.normalise(written)
    if _EXPONENT.search(text):
        return Reading(problem=LOST_DIGITS(column=header, value=text))
    wrong = id_numbers.problem_with(text)
    # A check digit that does not fit is looked into at merging; the number still tells people apart.
    if wrong is not None and wrong.code != id_numbers.WRONG_CHECK_DIGIT.code:
        return Reading(problem=BAD_ID_NUMBER(column=header, reason=wrong))
    return Reading(text)


def _partial_date(raw: Any, header: str) -> Reading:
    bad = Reading(problem=BAD_DATE(column=header, value=plain_text(raw)))
    if isinstance(raw, datetime | date):
        try:
            # Excel makes 1 March 1975 of a typed "1975-3": a first of the month may be no day at all.
            return Reading(int(PartialDate.of(raw.year, raw.month, 0 if raw.day == 1 else raw.day)))
        except ValueError:
            return bad
    if isinstance(raw, float) and not raw.is_integer():
        return _decimal_date(raw, header, bad)
    text = plain_text(raw)
    if isinstance(raw, int | float) and len(text) == 5:
        day = _day_of_serial(int(text))
        return bad if day is None else _partial_date(day, header)
    parsed = parse_partial_date(text)
    return bad if parsed is None else Reading(int(parsed))


def _decimal_date(raw: float, header: str, bad: Reading) -> Reading:
    whole, _point, decimals = repr(raw).partition(".")
    if decimals == "1" and parse_partial_date(whole) is not None:
        doubt = DECIMAL_MONTH(column=header, value=repr(raw))
        return Reading(doubt=doubt, options=(f"{whole}01", f"{whole}10"), written=repr(raw))
    parsed = parse_partial_date(f"{whole}{decimals}") if len(decimals) == 2 else None
    return bad if parsed is None else Reading(int(parsed))


def _day_of_serial(number: int) -> date | None:
    """The day that Excel counts so; None beyond the lives anybody on file has led."""
    within = _FIRST_SERIAL <= number <= _LAST_SERIAL
    return _SERIAL_ZERO + timedelta(days=number) if within else None


def _full_date(raw: Any, header: str) -> Reading:
    if isinstance(raw, datetime):
        return Reading(raw.date())
    if isinstance(raw, date):
        return Reading(raw)
    text = plain_text(raw)
    if isinstance(raw, int | float) and len(text) == 5 and (day := _day_of_serial(int(text))):
        return Reading(day)
    parsed = parse_partial_date(text.replace("-", ".").replace("/", "."))
    if parsed is None:
        return Reading(problem=BAD_DATE(column=header, value=text))
    if not parsed.day:
        return Reading(problem=NOT_A_FULL_DATE(column=header, value=text))
    return Reading(parsed.earliest)


def _month(raw: Any, header: str) -> Reading:
    reading = _partial_date(raw, header)
    if reading.value is None:
        return reading
    parsed = PartialDate(reading.value)
    if not parsed.month:
        return Reading(problem=BAD_DATE(column=header, value=plain_text(raw)))
    return Reading(month_index(parsed.year, parsed.month))


def _integer(raw: Any, header: str) -> Reading:
    text = plain_text(raw)
    if not re.fullmatch(r"-?[0-9]{1,12}", text):
        return Reading(problem=BAD_NUMBER(column=header, value=text))
    return Reading(int(text))


def _boolean(raw: Any, column: Column, header: str) -> Reading:
    text = plain_text(raw)
    if text in TRUE_WORDS:
        return Reading(True)
    if text in FALSE_WORDS or (text == "2" and column.name in _TWO_IS_NO):
        return Reading(False)
    return Reading(problem=BAD_CHOICE(column=header, value=text, choices=list(words_of(column))))


def _choice(raw: Any, column: Column, header: str) -> Reading:
    assert column.choices is not None  # noqa: S101  (checked by Column itself)
    text = plain_text(raw)
    found = column.choices.from_zh(text) or NATIONAL_CHOICES.get(column.choices, {}).get(text)
    if found is None:
        choices = [choice.zh for choice in column.choices]
        return Reading(problem=BAD_CHOICE(column=header, value=text, choices=choices))
    return Reading(found.value)


def _code(raw: Any, column: Column, header: str) -> Reading:
    text = plain_text(raw)
    found = lookup.find(column.codes, text)
    if found is None and len(text) == 1 and text.isdigit():
        found = lookup.find(
            column.codes, f"0{text}"
        )  # Excel drops the zero of a code kept as number
    if found is None and column.codes == "admin_divisions":
        code = divisions.code_of_place(text)
        found = lookup.find(column.codes, code) if code else None
    if found is None:
        return Reading(doubt=UNKNOWN_WORDING(column=header, value=text), written=text)
    if not found.standard:
        doubt = LOOSE_WORDING(column=header, value=text, wording=found.wording)
        return Reading(found.code, doubt=doubt)
    return Reading(found.code)
