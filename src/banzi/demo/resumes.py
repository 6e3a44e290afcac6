"""Résumés of invented officials: segments, what each counts as, and the text of the form."""

from __future__ import annotations

from banzi.demo.people import Official, Step, Within
from banzi.documents.codecs.resume import ResumeSegment, resume_text_of
from banzi.people.choices import CareerTag, SegmentKind

JUDGED = (CareerTag.GRASSROOTS, CareerTag.COUNTY_LEADERSHIP)
"""Tags that the office judged for every segment; the others are written only where they hold."""

_BASIS = {
    CareerTag.GRASSROOTS: "县级及以下机关、乡镇或企业生产一线",
    CareerTag.TOWNSHIP_LEADERSHIP: "任乡镇领导职务",
    CareerTag.COUNTY_LEADERSHIP: "任县（区）党政领导职务",
    CareerTag.HIGHER_ORGAN: "省直机关工作",
    CareerTag.ENTERPRISE: "国有企业工作",
    CareerTag.UNIVERSITY: "高等学校工作",
    CareerTag.INSTITUTION: "事业单位工作",
    CareerTag.SECONDMENT: "组织选派挂职",
}


def segments_of(person: Official) -> list[tuple[ResumeSegment, frozenset[CareerTag]]]:
    """Segments in the order of the form, each with the tags that hold for it."""
    found: list[tuple[ResumeSegment, frozenset[CareerTag]]] = []
    for study in person.studies:
        if study.full_time:
            text = f"{study.school}{study.major}专业学习"
            found.append((_main(study.entered, study.left, text), frozenset()))
    _close_study_gap(found)
    for stay in person.steps:
        found.append((_main(stay.started, stay.ended, stay.text), stay.tags))
        inside = sorted((w for w in person.within if _inside(w, stay)), key=lambda w: w.started)
        found += [(_nested(each), each.tags) for each in inside]
    return found


def resume_text(person: Official) -> str:
    """The text of the form, canonical: `1998.07--2001.08  …`."""
    return resume_text_of(segment for segment, _tags in segments_of(person))


def career_rows(person: Official) -> list[dict[str, object]]:
    """Rows of `career_segments`."""
    return [
        {"segment_no": number, **segment.row()}
        for number, (segment, _tags) in enumerate(segments_of(person), start=1)
    ]


def tag_rows(person: Official) -> list[dict[str, object]]:
    """Rows of `career_tags`."""
    rows: list[dict[str, object]] = []
    for number, (_segment, tags) in enumerate(segments_of(person), start=1):
        for tag in CareerTag:
            if tag in tags or tag in JUDGED:
                holds = tag in tags
                basis = _BASIS[tag] if holds else "不属于此类经历"
                row = {"segment_no": number, "tag": tag, "holds": holds, "basis": basis}
                rows.append(row)
    return rows


def _close_study_gap(found: list[tuple[ResumeSegment, frozenset[CareerTag]]]) -> None:
    """From bachelor's to master's course in the same summer: July to September is no gap.

    Segments must connect month to month, so the first course is written up to the second.
    """
    if len(found) == 2:
        first, second = found[0][0], found[1][0]
        assert second.started is not None  # noqa: S101 - made above
        found[0] = (_main(first.started or 0, second.started, first.text), frozenset())


def _inside(line: Within, stay: Step) -> bool:
    return stay.started <= line.started and (stay.ended is None or line.started < stay.ended)


def _main(started: int, ended: int | None, text: str) -> ResumeSegment:
    return ResumeSegment(SegmentKind.MAIN, started, ended, ended is None, text)


def _nested(line: Within) -> ResumeSegment:
    return ResumeSegment(SegmentKind.NESTED, line.started, line.ended, False, line.text)
