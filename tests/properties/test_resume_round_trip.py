"""Reading a written résumé gives back its segments, whatever they are; no text has no reading."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from banzi.documents.codecs.resume import ResumeSegment, parse_resume, resume_text_of
from banzi.kernel.dates import month_index
from banzi.people.choices import SegmentKind

# A text starts with a character that is no part of a date block, and holds no 其间 of its own.
TEXTS = st.text(st.sampled_from("某县局委员乡镇学习2、，·A.-"), max_size=12).map(
    lambda text: "某" + text
)
MONTHS = st.integers(month_index(1970, 1), month_index(2025, 12))


@st.composite
def careers(draw: st.DrawFn) -> list[ResumeSegment]:
    cuts = sorted(draw(st.lists(MONTHS, min_size=2, max_size=6, unique=True)))
    segments: list[ResumeSegment] = []
    for started, ended in pairwise(cuts):
        notes = "\n".join(draw(st.lists(TEXTS, max_size=2)))
        text = draw(TEXTS)
        segments.append(ResumeSegment(SegmentKind.MAIN, started, ended, False, text, notes))
        for _turn in range(draw(st.integers(0, 2))):
            begin = draw(st.integers(started, ended))
            end = draw(st.integers(begin, ended))
            inner = draw(TEXTS)
            segments.append(ResumeSegment(SegmentKind.NESTED, begin, end, False, inner))
    if draw(st.booleans()):
        segments.append(ResumeSegment(SegmentKind.MAIN, cuts[-1], None, True, draw(TEXTS)))
    return segments


@given(careers(), st.lists(TEXTS, max_size=2))
def test_a_written_resume_reads_as_its_segments(
    segments: list[ResumeSegment], closing: list[str]
) -> None:
    resume = parse_resume(resume_text_of(segments, closing))
    assert resume.segments == segments
    assert resume.closing == closing
    assert resume.remarks == []


@given(st.text(st.sampled_from("1 920.8-—至今其间：（）\n某年月"), max_size=80))
def test_every_text_has_a_reading(text: str) -> None:
    resume = parse_resume(text)
    assert all(segment.text for segment in resume.segments)
    if text.strip() and not resume.segments:
        assert [remark[3].code for remark in resume.remarks] == ["resume/no-dates"]
