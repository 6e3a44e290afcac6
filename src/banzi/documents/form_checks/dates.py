"""Rules on dates: how they are written, and in what order a life can have gone.

Not here: the months of 简历 (`career`).
"""

from __future__ import annotations

from collections.abc import Iterator

from banzi.codes import lookup
from banzi.documents.codecs.form_texts import DATE_COLUMNS, date_of
from banzi.documents.codecs.party_text import CODES, MEMBER, PROBATIONARY, party_text_of
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet, month_of_day
from banzi.kernel.dates import Precision
from banzi.kernel.messages import gettext_noop as _

PARTY_AGE = 18
"""Years at which one may apply to join the Party (Party Constitution, Article 1)."""
WORK_AGE = 16
"""Years at which one may be employed (Labour Law, Article 15; arts and sports excepted)."""

_LIVED = ("birth", "work_started", "form_filled_on")


@rule(
    "forms/date-digits",
    title=_("日期写法"),
    says=_("日期只写数字，如“197503”"),
    severity=Severity.ERROR,
)
def date_digits(sheet: Sheet) -> Finds:
    """Dates are six or eight digits and nothing else (formats.md 1.3)."""
    for place, written in _date_cells(sheet):
        day = date_of(written)
        if day is not None and written != day.digits() and not _has_no_month(written):
            yield Found(place, written, day.digits())


@rule(
    "forms/date-invalid",
    title=_("日期有效"),
    says=_("不是有效日期，请更正"),
    severity=Severity.ERROR,
)
def date_invalid(sheet: Sheet) -> Finds:
    """What stands in a date field is a date there is (formats.md 1.3)."""
    for place, written in _date_cells(sheet):
        if written and date_of(written) is None:
            yield Found(place, written)


@rule(
    "forms/date-without-month",
    title=_("日期到月"),
    says=_("只有年份，应写到月"),
    severity=Severity.ERROR,
)
def date_without_month(sheet: Sheet) -> Finds:
    """Dates are known at least to the month (formats.md 1.3)."""
    for place, written in _date_cells(sheet):
        if _has_no_month(written):
            yield Found(place, written)


@rule(
    "forms/date-in-future",
    title=_("日期不晚于检查之日"),
    says=_("晚于检查基准日，请核对"),
    severity=Severity.ERROR,
)
def date_in_future(sheet: Sheet) -> Finds:
    """Birth, work, Party entry and filling in lie in the past."""
    for column in _LIVED:
        day = sheet.day(column)
        if day is not None and day.earliest > sheet.as_of:
            yield Found(column, sheet[column])
    if sheet.party and sheet.party.party_joined and sheet.party.party_joined.earliest > sheet.as_of:
        yield Found("party_text", sheet["party_text"])


@rule(
    "forms/age-counted-missing",
    title=_("计算年龄时间"),
    says=_("未填；年龄将按填表时间计算"),
    severity=Severity.HINT,
)
def age_counted_missing(sheet: Sheet) -> Finds:
    """计算年龄时间 says to which month ages are counted (formats.md 1.6, 5)."""
    if not sheet["age_counted_on"]:
        yield Found("age_counted_on")


@rule(
    "forms/age-counted-later",
    title=_("计算年龄时间不晚于检查之日"),
    says=_("晚于检查基准日；换届按大会召开之月计算的除外"),
    severity=Severity.HINT,
)
def age_counted_later(sheet: Sheet) -> Finds:
    """Only for an election does the month lie ahead: that of the congress (formats.md 1.6)."""
    day = sheet.day("age_counted_on")
    if day is not None and day.earliest > sheet.as_of:
        yield Found("age_counted_on", sheet["age_counted_on"])


@rule(
    "forms/work-before-birth",
    title=_("参加工作晚于出生"),
    says=_("不晚于出生年月，请核对"),
    severity=Severity.ERROR,
)
def work_before_birth(sheet: Sheet) -> Finds:
    """Nobody starts work before being born."""
    birth, work = sheet.month("birth"), sheet.month("work_started")
    if birth is not None and work is not None and work <= birth:
        yield Found("work_started", sheet["work_started"])


@rule(
    "forms/work-age",
    title=_("参加工作年龄"),
    says=_("参加工作时不满{age}周岁，请核对"),
    severity=Severity.HINT,
)
def work_age(sheet: Sheet) -> Finds:
    """Work starts at 16 or later; younger only in arts and sports, or in former times."""
    birth, work = sheet.month("birth"), sheet.month("work_started")
    if birth is not None and work is not None and 0 < work - birth < 12 * WORK_AGE:
        yield Found("work_started", sheet["work_started"], values={"age": WORK_AGE})


@rule(
    "forms/party-age",
    title=_("入党年龄"),
    says=_("入党时不满{age}周岁，请核对"),
    severity=Severity.ERROR,
)
def party_age(sheet: Sheet) -> Finds:
    """The Party admits from the age of 18 (Party Constitution, Article 1)."""
    birth = sheet.month("birth")
    joined = month_of_day(sheet.party.party_joined) if sheet.party else None
    if birth is not None and joined is not None and joined - birth < 12 * PARTY_AGE:
        yield Found("party_text", sheet["party_text"], values={"age": PARTY_AGE})


@rule(
    "forms/party-unread",
    title=_("入党时间内容"),
    says=_("应填年月（中共党员）、党派名称、“无党派”或“群众”"),
    severity=Severity.ERROR,
)
def party_unread(sheet: Sheet) -> Finds:
    """入党时间 is a month, a list of parties, or both with the CCP date first (formats.md 1.3)."""
    if sheet["party_text"] and sheet.party is None:
        yield Found("party_text", sheet["party_text"])


@rule(
    "forms/party-wording",
    title=_("入党时间写法"),
    says=_("年月写六位数字，党派用简称，以“；”分隔，党派不写加入时间"),
    severity=Severity.ERROR,
)
def party_wording(sheet: Sheet) -> Finds:
    """`199807`, `民建；民盟`, `199807；民建`; no dots, no brackets, no date of another party (1.3).

    Of a date without a month the right text is not known.
    """
    written = sheet.text("party_text")
    if sheet.party is not None and not _is_party_wording(written):
        better = party_text_of(sheet.party)
        yield Found("party_text", written, better if _is_party_wording(better) else "")


@rule(
    "forms/party-date-missing",
    title=_("中共党员写明入党年月"),
    says=_("中共党员应填入党年月"),
    severity=Severity.ERROR,
)
def party_date_missing(sheet: Sheet) -> Finds:
    """For a member of the CCP the field holds the month of entry (formats.md 1.3)."""
    entry = sheet.party
    if entry is None or entry.political_status not in (MEMBER, PROBATIONARY):
        return
    if entry.party_joined is None or entry.party_joined.precision is Precision.YEAR:
        yield Found("party_text", sheet["party_text"])


@rule(
    "forms/party-blank",
    title=_("入党时间空白"),
    says=_("空白不能区分群众和漏填；非党员请写明党派、“无党派”或“群众”"),
    severity=Severity.HINT,
)
def party_blank(sheet: Sheet) -> Finds:
    """A blank may mean 群众 or forgotten (formats.md 1.3)."""
    if not sheet["party_text"]:
        yield Found("party_text")


RULES = (
    date_digits,
    date_invalid,
    date_without_month,
    date_in_future,
    age_counted_missing,
    age_counted_later,
    work_before_birth,
    work_age,
    party_age,
    party_unread,
    party_wording,
    party_date_missing,
    party_blank,
)


def _date_cells(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for column in DATE_COLUMNS:
        yield column, sheet.text(column)
    for number, member in enumerate(sheet.written_family, start=1):
        yield f"family.{number}.birth", member.birth.strip()


def _has_no_month(written: str) -> bool:
    day = date_of(written)
    return day is not None and day.precision is Precision.YEAR


def _is_party_wording(written: str) -> bool:
    for position, part in enumerate(written.split("；")):
        digits = part.removesuffix("预备党员")
        if position == 0 and digits.isascii() and digits.isdigit():
            if len(digits) not in (6, 8):
                return False
        else:
            match = lookup.find(CODES, part)
            if match is None or not match.standard or part == match.code:
                return False
    return True
