"""Rules on 简历: the form of a line, months that connect, what must be noted.

The reading of the text, gaps and overlaps included, is the codec's (`codecs.resume`); here it is
said by rule, with the line as written and, where it is certain, the line as it should stand.

Not here: what a segment counts as for eligibility.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from banzi.documents.codecs import resume
from banzi.documents.codecs.resume import ResumeSegment
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SegmentKind

PARTY_SCHOOL_MONTHS = 3
"""Stays at a party school from this many months on must be noted (formats.md 1.4)."""

_CANONICAL = re.compile(r"\d{4}\.\d{2}--(?:\d{4}\.\d{2}  |         )\S.*")
_SHORT_MONTH = re.compile(r"\d{4}[.．]\d(?!\d)")
_STUDY = re.compile("学习|就读|读书|学生|大学|学院|学校|专业|研究生|本科|大专|中专|师范|技校")
_LATER_STUDY = re.compile("学习|研究生|党校|函授|自学考试|自考|攻读|进修|夜大|电大|学位|培训")
_PUNCTUATION = re.compile(r"[\s，,、；;。（）()]")


@rule(
    "forms/resume-no-dates",
    title=_("简历逐段写起止年月"),
    says=_("没有能识别的起止年月，请按“1998.07--2001.08  ××”逐段填写"),
    severity=Severity.ERROR,
)
def resume_no_dates(sheet: Sheet) -> Finds:
    """One segment a line, from month to month (formats.md 1.4)."""
    yield from _remarks(sheet, resume.NO_DATES, resume.BEFORE_FIRST)


@rule(
    "forms/resume-dates-unread",
    title=_("简历起止年月写法"),
    says=_("起止年月写法无法识别，请更正"),
    severity=Severity.ERROR,
)
def resume_dates_unread(sheet: Sheet) -> Finds:
    """Nothing of a date or separator is left over after the dates (formats.md 1.4)."""
    yield from _remarks(sheet, resume.LEFT_OVER)


@rule(
    "forms/resume-no-such-month",
    title=_("简历年月有效"),
    says=_("有不存在的年月，请更正"),
    severity=Severity.ERROR,
)
def resume_no_such_month(sheet: Sheet) -> Finds:
    """Months are 01 to 12 (formats.md 1.4)."""
    yield from _remarks(sheet, resume.NO_SUCH_MONTH)


@rule(
    "forms/resume-line-form",
    title=_("简历每行格式"),
    says=_("应为“年.月--年.月”加两个空格再写内容，月份两位；至今的止月空着，补九个空格"),
    severity=Severity.ERROR,
)
def resume_line_form(sheet: Sheet) -> Finds:
    """`1998.07--2001.08` and two blanks; `1998.07--` and nine for the open end (formats.md 1.4)."""
    for segment in sheet.main_segments:
        line = _line(sheet, segment.line)
        if _CANONICAL.fullmatch(line) or _SHORT_MONTH.search(line[:20]):
            continue
        if segment.text == resume.NOT_WRITTEN or not _is_readable(segment):
            continue
        yield Found(f"resume.{segment.line}", line, _canonical(line, segment))


@rule(
    "forms/resume-month-digits",
    title=_("简历月份两位"),
    says=_("月份应写两位数字，如“2001.08”"),
    severity=Severity.ERROR,
)
def resume_month_digits(sheet: Sheet) -> Finds:
    """Dot months always have two digits (formats.md 1.4)."""
    for segment in sheet.main_segments:
        line = _line(sheet, segment.line)
        if _SHORT_MONTH.search(line[:20]) and _is_readable(segment):
            yield Found(f"resume.{segment.line}", line, _canonical(line, segment))


@rule(
    "forms/resume-indent",
    title=_("简历续行缩进"),
    says=_("续行和“其间”应缩进18个空格，与上行内容对齐"),
    severity=Severity.HINT,
)
def resume_indent(sheet: Sheet) -> Finds:
    """Continuation lines and notes are indented by 18 blanks (formats.md 1.4)."""
    starts = {segment.line for segment in sheet.main_segments}
    if not starts:
        return
    after_blank = False
    for number, line in enumerate(sheet.resume_lines, start=1):
        if not line.strip():
            after_blank = True
        elif number in starts:
            after_blank = False
        elif not after_blank and number > min(starts):
            indent = len(line) - len(line.lstrip())
            if indent != resume.DATE_BLOCK + 2 or "　" in line[:indent] or "\t" in line[:indent]:
                wanted = " " * (resume.DATE_BLOCK + 2) + line.strip()
                yield Found(f"resume.{number}", line, wanted)


@rule(
    "forms/resume-no-text",
    title=_("简历每段有内容"),
    says=_("只有起止年月，没有内容"),
    severity=Severity.ERROR,
)
def resume_no_text(sheet: Sheet) -> Finds:
    """A segment says what was done (formats.md 1.4)."""
    yield from _remarks(sheet, resume.NO_TEXT)


@rule(
    "forms/resume-ends-first",
    title=_("简历止不早于起"),
    says=_("止的年月早于起的年月"),
    severity=Severity.ERROR,
)
def resume_ends_first(sheet: Sheet) -> Finds:
    """A segment ends after it starts (formats.md 1.4)."""
    yield from _remarks(sheet, resume.ENDS_FIRST)


@rule(
    "forms/resume-gap",
    title=_("简历无空缺"),
    says=_("与上一段之间空缺{until}至{since}，各段应逐月衔接"),
    severity=Severity.ERROR,
)
def resume_gap(sheet: Sheet) -> Finds:
    """Segments connect month to month with no gap (formats.md 1.4)."""
    yield from _remarks(sheet, resume.GAP, values=_span)


@rule(
    "forms/resume-overlap",
    title=_("简历无重叠"),
    says=_("起（{since}）早于上一段的止（{until}）"),
    severity=Severity.ERROR,
)
def resume_overlap(sheet: Sheet) -> Finds:
    """Main segments do not overlap; what went on beside stands in a 其间 (formats.md 1.4)."""
    yield from _remarks(sheet, resume.OVERLAP, values=_span)


@rule(
    "forms/resume-open-inside",
    title=_("简历中间段有止"),
    says=_("未写止的年月，但后面还有经历"),
    severity=Severity.ERROR,
)
def resume_open_inside(sheet: Sheet) -> Finds:
    """Only the last segment is open (formats.md 1.4)."""
    yield from _remarks(sheet, resume.OPEN_INSIDE)


@rule(
    "forms/resume-outside-segment",
    title=_("“其间”在所在段内"),
    says=_("“其间”的起止年月超出所在段"),
    severity=Severity.ERROR,
)
def resume_outside_segment(sheet: Sheet) -> Finds:
    """A 其间 lies within the segment it is noted under (formats.md 1.4)."""
    yield from _remarks(sheet, resume.OUTSIDE_PARENT)


@rule(
    "forms/resume-in-future",
    title=_("简历不晚于检查之日"),
    says=_("年月晚于检查基准日"),
    severity=Severity.ERROR,
)
def resume_in_future(sheet: Sheet) -> Finds:
    """A résumé tells what has been."""
    for segment in sheet.resume.segments:
        months = [month for month in (segment.started, segment.ended) if month is not None]
        if months and max(months) > sheet.as_of_month:
            yield Found(f"resume.{segment.line}", _line(sheet, segment.line))


@rule(
    "forms/resume-beginning",
    title=_("简历从参加工作或大中专学习写起"),
    says=_("第一段应从参加工作（{work}）或大中专学习写起"),
    severity=Severity.ERROR,
)
def resume_beginning(sheet: Sheet) -> Finds:
    """The résumé begins with joining work, or with 大中专 study before it (formats.md 1.4)."""
    work = sheet.month("work_started")
    if not sheet.main_segments or work is None:
        return
    first = sheet.main_segments[0]
    if first.started is None or first.started == work:
        return
    if first.started > work or not _STUDY.search(first.text):
        line = _line(sheet, first.line)
        yield Found(f"resume.{first.line}", line, values={"work": sheet["work_started"]})


@rule(
    "forms/resume-work-start",
    title=_("简历与参加工作时间"),
    says=_("没有一段从参加工作时间{work}起，请核对"),
    severity=Severity.HINT,
)
def resume_work_start(sheet: Sheet) -> Finds:
    """The month of 参加工作时间 is the start of a segment."""
    work = sheet.month("work_started")
    starts = [each.started for each in sheet.main_segments if each.started is not None]
    if work is not None and starts and min(starts) < work and work not in starts:
        yield Found("work_started", sheet["work_started"], values={"work": sheet["work_started"]})


@rule(
    "forms/resume-last-closed",
    title=_("简历最后一段至今"),
    says=_("最后一段应写至今（止的年月空着）"),
    severity=Severity.ERROR,
)
def resume_last_closed(sheet: Sheet) -> Finds:
    """The last segment is the present one and open (formats.md 1.4)."""
    last = sheet.main_segments[-1] if sheet.main_segments else None
    if last is not None and last.is_open is False:
        yield Found(f"resume.{last.line}", _line(sheet, last.line))


@rule(
    "forms/resume-current-post",
    title=_("简历与现任职务一致"),
    says=_("最后一段与现任职务“{post}”不一致，请核对"),
    severity=Severity.HINT,
)
def resume_current_post(sheet: Sheet) -> Finds:
    """The last segment names the present posts."""
    last = sheet.main_segments[-1] if sheet.main_segments else None
    posts = sheet["current_posts_text"]
    if last is None or not last.is_open or not posts or last.text == resume.NOT_WRITTEN:
        return
    told = _PUNCTUATION.sub("", last.text + last.notes)
    held = _PUNCTUATION.sub("", posts)
    if held not in told and _PUNCTUATION.sub("", last.text) not in held:
        line = _line(sheet, last.line)
        yield Found(f"resume.{last.line}", line, values={"post": posts})


@rule(
    "forms/resume-in-service-study",
    title=_("在职学习在简历中注明"),
    says=_("有在职学历学位，简历中未见在职学习经历，应以“其间”注明"),
    severity=Severity.HINT,
)
def resume_in_service_study(sheet: Sheet) -> Finds:
    """In-service degrees are noted by a 其间 (formats.md 1.4)."""
    gained = sheet["in_service_education"] or sheet["in_service_degree"]
    if not gained or not sheet.main_segments:
        return
    work = sheet.month("work_started")
    told = [segment.notes for segment in sheet.main_segments]
    told += [segment.text for segment in sheet.nested_segments]
    for segment in sheet.main_segments:
        if segment.started is not None and (work is None or segment.started >= work):
            told.append(segment.text)
    told += sheet.resume.closing
    if not any(_LATER_STUDY.search(text) for text in told):
        yield Found("resume_text", gained)


@rule(
    "forms/resume-short-party-school",
    title=_("党校短期学习"),
    says=_("不足三个月的党校学习可不写"),
    severity=Severity.HINT,
)
def resume_short_party_school(sheet: Sheet) -> Finds:
    """Three months or more at a party school must be noted; less need not (formats.md 1.4)."""
    for segment in sheet.nested_segments:
        if segment.started is None or segment.ended is None or "党校" not in segment.text:
            continue
        # Both months count: 2018.09--2018.11 is the customary way to write three months.
        if segment.ended - segment.started + 1 < PARTY_SCHOOL_MONTHS:
            yield Found(f"resume.{segment.line}", _line(sheet, segment.line))


RULES = (
    resume_no_dates,
    resume_dates_unread,
    resume_no_such_month,
    resume_line_form,
    resume_month_digits,
    resume_indent,
    resume_no_text,
    resume_ends_first,
    resume_gap,
    resume_overlap,
    resume_open_inside,
    resume_outside_segment,
    resume_in_future,
    resume_beginning,
    resume_work_start,
    resume_last_closed,
    resume_current_post,
    resume_in_service_study,
    resume_short_party_school,
)


def _remarks(
    sheet: Sheet,
    *kinds: MessageKind,
    values: Callable[[Message], dict[str, object]] = lambda _message: {},
) -> Finds:
    for _column, _number, line, message in sheet.resume.remarks:
        if message.kind in kinds:
            yield Found(f"resume.{line}", _line(sheet, line), values=values(message))


def _span(message: Message) -> dict[str, object]:
    return {"until": message.values["until"], "since": message.values["since"]}


def _line(sheet: Sheet, number: int) -> str:
    lines = sheet.resume_lines
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _is_readable(segment: ResumeSegment) -> bool:
    return segment.started is not None and (segment.ended is not None or segment.is_open is True)


def _canonical(line: str, segment: ResumeSegment) -> str:
    """The line as it should stand; what follows the dates is kept, a 其间 on it included."""
    text = segment.text
    position = line.find(text.split("\n")[0])
    rest = line[position:].strip() if position >= 0 else text
    bare = ResumeSegment(SegmentKind.MAIN, segment.started, segment.ended, segment.is_open, rest)
    return resume.resume_text_of([bare])
