"""简历 text ↔ segments: the line grammar of formats.md 1.4.

The text of the form is authoritative; segments are read off it and say where they stand. Every
variant of date and separator is accepted, one form is written. What cannot be read becomes null
with a finding; a line is never dropped and an unreadable end is never taken for 至今.

Not here: what a segment counts as (`career_tags`), and whether the first line fits 参加工作时间.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from banzi.documents.codecs.extract import Finding, Row
from banzi.kernel.dates import YEAR_RANGE, month_index, month_text
from banzi.kernel.errors import Location
from banzi.kernel.messages import FindingKind, FindingMessage
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SegmentKind

GAP = FindingKind(
    "resume/gap",
    _("简历第{line}行：与上一段之间空缺（{until}至{since}）；请补充"),
    title=_("简历有空缺"),
)
OVERLAP = FindingKind(
    "resume/overlap",
    _("简历第{line}行：起（{since}）早于上一段的止（{until}）；请核对"),
    title=_("简历时间重叠"),
)
ENDS_FIRST = FindingKind(
    "resume/ends-before-start",
    _("简历第{line}行：止（{until}）早于起（{since}）；请核对"),
    title=_("简历止早于起"),
)
NO_SUCH_MONTH = FindingKind(
    "resume/no-such-month",
    _("简历第{line}行：“{written}”不是有效年月；请更正"),
    title=_("简历年月不存在"),
)
LEFT_OVER = FindingKind(
    "resume/left-over",
    _("简历第{line}行：起止年月写法无法识别（“{written}”）；请更正"),
    title=_("简历起止年月无法识别"),
)
OPEN_INSIDE = FindingKind(
    "resume/open-inside",
    _("简历第{line}行：未写止的年月，但后面还有经历；请补充"),
    title=_("简历未写止的年月"),
)
OUTSIDE_PARENT = FindingKind(
    "resume/outside-parent",
    _("简历第{line}行：“其间”的起止年月超出所在段；请核对"),
    title=_("“其间”超出所在段"),
)
NO_DATES = FindingKind(
    "resume/no-dates",
    _("简历中没有能识别的起止年月；请按“1998.07--2001.08  ××”逐段填写"),
    title=_("简历没有起止年月"),
)
BEFORE_FIRST = FindingKind(
    "resume/before-first",
    _("简历第{line}行：在第一段之前，没有起止年月；请核对"),
    title=_("简历首段之前有文字"),
)

NO_TEXT = FindingKind(
    "resume/no-text",
    _("简历第{line}行：只有起止年月，没有内容；请补充"),
    title=_("简历只有起止年月"),
)

NOT_WRITTEN = _("（未写内容）")
"""Text of a segment that has dates only; a segment must say something."""

DATE_BLOCK = 16
"""Width of `1998.07--2001.08`; continuation lines are indented by this and the two blanks."""

_INDENT = " " * (DATE_BLOCK + 2)
_MONTH = r"(?:\d{4}\s*[.．]\s*\d{1,2}(?!\d)|\d{6}(?!\d)|\d{4}年\d{1,2}月)"
_SEPARATOR = r"(?:[-－]{1,3}|[—–─]{1,2}|[~～至])"
_SPAN = rf"(?P<start>{_MONTH})\s*{_SEPARATOR}\s*(?P<end>{_MONTH}|至今|今(?!年))?"
_SEGMENT_LINE = re.compile(rf"\s*{_SPAN}(?P<text>.*)")
_INNER_SPAN = re.compile(rf"{_SPAN}\s*(?P<text>.*)", re.DOTALL)
_INNER_START = re.compile(rf"[；;]\s*(?={_MONTH}\s*{_SEPARATOR})")
_INNER_OPENING = re.compile(r"[（(]\s*(?:其间|其中|期间)\s*[:：,，]?\s*")
_SUSPECT = re.compile(r"\s*(?:[-－—–─~～]|至(?=\s*\d)|\d{4}\s*[.．年]|\d{6}(?!\d))")
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class ResumeSegment:
    """One segment.

    Attributes
    ----------
    kind
        Main, or nested for a 其间 within the main segment before it.
    started, ended
        Month indexes; `ended` is the month written on the right, the first one no longer in it.
        None when not readable, and for `ended` also when the segment is open.
    is_open
        True for 至今, None when the end cannot be read.
    text
        What follows the dates on the first line.
    notes
        Continuation lines without their indent, joined by newline; "" for none.
    line
        Line of the text, from 1; 0 for a segment that was not read. Not compared.
    """

    kind: SegmentKind
    started: int | None
    ended: int | None
    is_open: bool | None
    text: str
    notes: str = ""
    line: int = field(default=0, compare=False)

    def row(self) -> Row:
        """The row of `career_segments`, without person and number."""
        return {
            "segment_kind": str(self.kind),
            "started": self.started,
            "ended": self.ended,
            "is_open": self.is_open,
            "text": self.text,
            "notes": self.notes or None,
        }


@dataclass(slots=True)
class Resume:
    """Segments in the order written, closing lines (memberships), and what does not fit.

    `remarks` are (column, number of the segment from 1, line, message); number 0 is the whole text.
    """

    segments: list[ResumeSegment] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    remarks: list[tuple[str, int, int, FindingMessage]] = field(default_factory=list)

    def findings(self, at_line: Callable[[int], Location]) -> list[Finding]:
        """The remarks as findings; `at_line` gives the place of a line of the text."""
        return [
            Finding(
                message,
                at_line(line),
                table="career_segments" if number else "persons",
                column=column,
                row_key=str(number) if number else "",
            )
            for column, number, line, message in self.remarks
        ]


def parse_resume(text: str) -> Resume:
    """Read a résumé; every text has a reading, the worst one being no segments and a remark."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    return reader.finish(has_text=bool(text.strip()))


def resume_text_of(segments: Iterable[ResumeSegment], closing: Sequence[str] = ()) -> str:
    """The canonical text: `1998.07--2001.08  text`, nine blanks for an open end, 18 for notes.

    Raises
    ------
    ValueError
        For a segment whose months are not known: there is no way to write it.
    """
    lines: list[str] = []
    for segment in segments:
        span = _span_text(segment)
        if segment.kind is SegmentKind.NESTED:
            blank = " " if segment.text[:1].isdigit() else ""
            lines.append(f"{_INDENT}（其间：{span}{blank}{segment.text}）")
        else:
            lines.append(f"{span:<{DATE_BLOCK}}  {segment.text}".rstrip())
        lines.extend(f"{_INDENT}{note}" for note in segment.notes.splitlines())
    if closing:
        lines.extend(["", *closing])
    return "\n".join(lines)


def _span_text(segment: ResumeSegment) -> str:
    if segment.started is None or (segment.ended is None and not segment.is_open):
        raise ValueError(f"a segment without its months cannot be written: {segment.text}")
    if segment.ended is not None:
        return f"{month_text(segment.started)}--{month_text(segment.ended)}"
    until_now = "至今" if segment.kind is SegmentKind.NESTED else ""
    return f"{month_text(segment.started)}--{until_now}"


class _Reader:
    """The state between lines: a main segment may be followed by notes, 其间 and a blank line."""

    def __init__(self) -> None:
        self.resume = Resume()
        self._loose: list[tuple[int, str]] = []  # undated lines after a blank one
        self._after_blank = False
        self._inner: tuple[int, list[str]] | None = None  # a 其间 whose bracket is not closed yet

    def take(self, number: int, line: str) -> None:
        content = line.strip()
        dated = _SEGMENT_LINE.fullmatch(line.translate(_PLAIN_DIGITS))
        if self._inner is not None and not dated and content:
            self._inner[1].append(content)
            self._close_inner()
        elif not content:
            self._after_blank = bool(self.resume.segments)
        elif dated:
            self._give_up_inner()
            self._loose_to_notes()
            self._main_segment(number, line, dated)
        elif self._after_blank:
            self._loose.append((number, content))
        else:
            self._continuation(number, content)

    def finish(self, *, has_text: bool) -> Resume:
        self._give_up_inner()
        self.resume.closing = [content for _number, content in self._loose]
        self._fill_empty()
        self._compare_neighbours()
        if has_text and not self.resume.segments:
            self.resume.remarks = [("resume_text", 0, 1, NO_DATES())]
        return self.resume

    def _main_segment(self, number: int, line: str, match: re.Match[str]) -> None:
        text = line[match.start("text") :].strip()
        opening = _INNER_OPENING.search(text)
        head = text[: opening.start()].rstrip() if opening else text
        self._add(SegmentKind.MAIN, number, match, head)
        if opening:
            self._inner = (number, [text[opening.start() :]])
            self._close_inner()

    def _continuation(self, number: int, content: str) -> None:
        if not self.resume.segments:
            message = BEFORE_FIRST(line=number)
            self.resume.remarks.append(("resume_text", 0, number, message))
        elif _INNER_OPENING.match(content):
            self._inner = (number, [content])
            self._close_inner()
        else:
            self._note(content)

    def _close_inner(self) -> None:
        """Read the 其间 once its bracket is closed; one without dates becomes a note."""
        if self._inner is None:
            return
        number, parts = self._inner
        whole = "".join(parts)
        end = _closing_bracket(whole)
        if end is None:
            return
        self._inner = None
        opening = _INNER_OPENING.match(whole)
        if opening is None or not self._nested(number, whole[opening.end() : end].strip()):
            for part in parts:
                self._note(part)
        elif rest := whole[end + 1 :].strip("。；;， "):
            self._note(rest)

    def _give_up_inner(self) -> None:
        if self._inner is not None:
            for part in self._inner[1]:
                self._note(part)
            self._inner = None

    def _nested(self, number: int, inner: str) -> bool:
        """Add the dated parts of a 其间; False, and nothing added, when one has no dates."""
        parts = _INNER_START.split(inner.translate(_PLAIN_DIGITS))
        spans = [span for part in parts if (span := _INNER_SPAN.fullmatch(part))]
        if len(spans) < len(parts) or not all(span["text"].strip() for span in spans):
            return False
        for span in spans:
            self._add(SegmentKind.NESTED, number, span, span["text"].strip())
        return True

    def _add(self, kind: SegmentKind, line: int, match: re.Match[str], text: str) -> None:
        number = len(self.resume.segments) + 1

        def remark(column: str, message: FindingMessage) -> None:
            self.resume.remarks.append((column, number, line, message))

        written_end = match["end"] or ""
        started, ended = _month(match["start"]), _month(written_end)
        is_open: bool | None = written_end in ("", "至今", "今")
        if started is None:
            remark("started", NO_SUCH_MONTH(line=line, written=match["start"]))
        if is_open and not written_end and _SUSPECT.match(text.translate(_PLAIN_DIGITS)):
            is_open = None
            remark("ended", LEFT_OVER(line=line, written=text[:20]))
        elif written_end and not is_open and _SUSPECT.match(text.translate(_PLAIN_DIGITS)):
            ended, is_open = None, None
            remark("ended", LEFT_OVER(line=line, written=text[:20]))
        elif not is_open and ended is None:
            is_open = None
            remark("ended", NO_SUCH_MONTH(line=line, written=written_end))
        elif started is not None and ended is not None and ended < started:
            values = {"since": month_text(started), "until": month_text(ended)}
            remark("ended", ENDS_FIRST(line=line, **values))
            ended, is_open = None, None
        self.resume.segments.append(ResumeSegment(kind, started, ended, is_open, text, line=line))

    def _note(self, content: str) -> None:
        """Notes belong to the main segment, where the table has room for them."""
        segments = self.resume.segments
        index = next(
            position
            for position in reversed(range(len(segments)))
            if segments[position].kind is SegmentKind.MAIN
        )
        known = segments[index]
        if not known.text:
            segments[index] = replace(known, text=content)
        else:
            notes = f"{known.notes}\n{content}" if known.notes else content
            segments[index] = replace(known, notes=notes)

    def _fill_empty(self) -> None:
        for number, segment in enumerate(self.resume.segments, start=1):
            if not segment.text:
                message = NO_TEXT(line=segment.line)
                self.resume.remarks.append(("text", number, segment.line, message))
                self.resume.segments[number - 1] = replace(segment, text=NOT_WRITTEN)

    def _loose_to_notes(self) -> None:
        for _number, content in self._loose:
            self._note(content)
        self._loose = []
        self._after_blank = False

    def _compare_neighbours(self) -> None:
        segments, remarks = self.resume.segments, self.resume.remarks
        previous: ResumeSegment | None = None
        previous_number = 0
        for number, segment in enumerate(segments, start=1):
            if segment.kind is SegmentKind.NESTED:
                if previous is not None and _sticks_out(segment, previous):
                    message = OUTSIDE_PARENT(line=segment.line)
                    remarks.append(("started", number, segment.line, message))
                continue
            if previous is not None and previous.is_open:
                message = OPEN_INSIDE(line=previous.line)
                remarks.append(("ended", previous_number, previous.line, message))
                segments[previous_number - 1] = replace(previous, is_open=None)
            elif (
                previous is not None and previous.ended is not None and segment.started is not None
            ):
                kind = {True: GAP, False: OVERLAP}.get(segment.started > previous.ended)
                if kind is not None and segment.started != previous.ended:
                    message = kind(
                        line=segment.line,
                        until=month_text(previous.ended),
                        since=month_text(segment.started),
                    )
                    remarks.append(("", number, segment.line, message))
            previous, previous_number = segment, number


def _closing_bracket(text: str) -> int | None:
    """Where the bracket that opens the text is closed; None when it is not."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if depth == 0:
            return position
    return None


def _sticks_out(nested: ResumeSegment, parent: ResumeSegment) -> bool:
    starts_early = (
        nested.started is not None
        and parent.started is not None
        and nested.started < parent.started
    )
    ends_late = (
        nested.ended is not None and parent.ended is not None and nested.ended > parent.ended
    )
    return starts_early or ends_late


@lru_cache(maxsize=1 << 14)
def _month(written: str) -> int | None:
    """Month index of `1998.07`, `199807`, `1998年7月`; None for 至今 and for what is no month."""
    digits = re.findall(r"\d+", written)
    if not digits:
        return None
    year, month = (digits[0][:4], digits[0][4:]) if len(digits) == 1 else digits
    if int(year) not in YEAR_RANGE or not 1 <= int(month) <= 12:
        return None
    return month_index(int(year), int(month))
