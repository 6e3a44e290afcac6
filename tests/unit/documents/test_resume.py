import pytest

from banzi.documents.codecs.resume import (
    NOT_WRITTEN,
    ResumeSegment,
    parse_resume,
    resume_text_of,
)
from banzi.kernel.dates import month_index
from banzi.people.choices import SegmentKind

JULY_1998, AUGUST_2001 = month_index(1998, 7), month_index(2001, 8)


def codes(text: str) -> list[str]:
    return [message.code for _column, _number, _line, message in parse_resume(text).remarks]


@pytest.mark.parametrize(
    "separator", ["--", "-", "---", "－", "—", "——", "─", "──", "~", "～", "至"]
)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1998.07", "2001.08"),
        ("199807", "200108"),
        ("1998．7", "2001.8"),
        ("1998年7月", "2001年08月"),
    ],
)
def test_every_variant_of_date_and_separator_is_read(separator: str, start: str, end: str) -> None:
    resume = parse_resume(f"{start}{separator}{end}  某县某局科员")
    assert resume.segments == [
        ResumeSegment(SegmentKind.MAIN, JULY_1998, AUGUST_2001, False, "某县某局科员")
    ]
    assert resume.remarks == []


@pytest.mark.parametrize(
    "line",
    [
        "1998.07--         科员",
        "1998.07--至今     科员",
        "1998.07至今  科员",
        "１９９８.０７--今  科员",
        "199807--科员",
    ],
)
def test_an_open_segment_is_read(line: str) -> None:
    assert parse_resume(line).segments == [
        ResumeSegment(SegmentKind.MAIN, JULY_1998, None, True, "科员")
    ]


@pytest.mark.parametrize(
    "line",
    ["1998.07------2001.08  科员", "1998.07-- --2001.08  科员", "1998.07--2001年度  科员"],
)
def test_a_left_over_separator_or_date_is_never_an_open_segment(line: str) -> None:
    resume = parse_resume(line)
    assert resume.segments[0].is_open is None
    assert resume.segments[0].ended is None
    assert codes(line) == ["resume/left-over"]


def test_continuation_lines_are_notes_and_memberships_close_the_text() -> None:
    text = (
        "1998.07--2001.08  某县某局科员\n"
        "                  （1999.03参加抗洪）\n"
        "2001.08--         某县某局副局长\n"
        "\n"
        "第十届县委委员\n"
        "第五届县政协常委"
    )
    resume = parse_resume(text)
    assert [segment.notes for segment in resume.segments] == ["（1999.03参加抗洪）", ""]
    assert resume.closing == ["第十届县委委员", "第五届县政协常委"]
    assert resume_text_of(resume.segments, resume.closing) == text


def test_what_happened_meanwhile_is_nested() -> None:
    text = (
        "1998.07--2005.08  某县某局科员\n"
        "                  （其间：1999.09--2001.07在某大学（分校）\n"
        "                  法学专业在职学习；2003.03--2003.07在某党校培训）\n"
        "2005.08--         某县某局副局长（其中:2006.01--2006.07挂职）"
    )
    resume = parse_resume(text)
    assert [(segment.kind, segment.text, segment.line) for segment in resume.segments] == [
        (SegmentKind.MAIN, "某县某局科员", 1),
        (SegmentKind.NESTED, "在某大学（分校）法学专业在职学习", 2),
        (SegmentKind.NESTED, "在某党校培训", 2),
        (SegmentKind.MAIN, "某县某局副局长", 4),
        (SegmentKind.NESTED, "挂职", 4),
    ]
    assert resume.remarks == []


def test_a_meanwhile_without_dates_or_without_its_bracket_stays_a_note() -> None:
    text = "1998.07--2005.08  科员\n  （其间：在职学习）\n2005.08--  局长\n  （其间：1999.09--2001.07学习"
    resume = parse_resume(text)
    assert [segment.notes for segment in resume.segments] == [
        "（其间：在职学习）",
        "（其间：1999.09--2001.07学习",
    ]


def test_text_on_the_line_below_the_dates_is_the_text() -> None:
    assert parse_resume("1998.07--2001.08\n    科员").segments[0].text == "科员"
    alone = parse_resume("1998.07--2001.08")
    assert alone.segments[0].text == NOT_WRITTEN
    assert [remark[3].code for remark in alone.remarks] == ["resume/no-text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1998.07--2001.08  甲\n2001.09--  乙", ["resume/gap"]),
        ("1998.07--2001.08  甲\n2001.07--  乙", ["resume/overlap"]),
        ("1998.07--2001.08  甲\n2001.08--  乙", []),
        ("2001.08--1998.07  甲", ["resume/ends-before-start"]),
        ("1998.13--2001.08  甲", ["resume/no-such-month"]),
        ("1998.07--2001.13  甲", ["resume/no-such-month"]),
        ("1998.07--  甲\n2001.08--  乙", ["resume/open-inside"]),
        ("1998.07--2001.08  甲\n （其间：2001.01--2002.01学习）", ["resume/outside-parent"]),
        ("某年参加工作", ["resume/no-dates"]),
        ("简历\n1998.07--2001.08  甲", ["resume/before-first"]),
        ("", []),
    ],
)
def test_what_does_not_fit_is_said(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_disputed_end_is_null_and_not_open() -> None:
    for text in ("2001.08--1998.07  甲", "1998.07--2001.13  甲", "1998.07--  甲\n2001.08--  乙"):
        first = parse_resume(text).segments[0]
        assert (first.ended, first.is_open) == (None, None)


def test_a_remark_names_the_line() -> None:
    text = "\n1998.07--2001.08  甲\n   附注\n2003.01--  乙"
    ((column, number, line, message),) = parse_resume(text).remarks
    assert (column, number, line) == ("", 2, 4)
    assert "第4行" in message.text()
    assert "2001.08至2003.01" in message.text()


def test_the_canonical_text_has_nine_blanks_for_an_open_end() -> None:
    segments = [
        ResumeSegment(SegmentKind.MAIN, JULY_1998, AUGUST_2001, False, "科员", "附注"),
        ResumeSegment(SegmentKind.NESTED, JULY_1998, AUGUST_2001, False, "2期培训"),
        ResumeSegment(SegmentKind.MAIN, AUGUST_2001, None, True, "局长"),
    ]
    assert resume_text_of(segments).splitlines() == [
        "1998.07--2001.08  科员",
        " " * 18 + "附注",
        " " * 18 + "（其间：1998.07--2001.08 2期培训）",
        "2001.08--" + " " * 9 + "局长",
    ]
    assert parse_resume(resume_text_of(segments)).segments == segments


def test_a_segment_without_its_months_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="without its months"):
        resume_text_of([ResumeSegment(SegmentKind.MAIN, None, AUGUST_2001, False, "科员")])
