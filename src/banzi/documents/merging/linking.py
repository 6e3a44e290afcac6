"""Relatives who may be officials themselves, and tags that name a segment by its month.

A relative is linked by ID number or by a person's decision. A namesake alone proves nothing: the
link stays open (null) until somebody confirms it, and a relative without a namesake is known not
to be on the roster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from banzi.documents.codecs.workbook.template import segment_beginning
from banzi.documents.merging.finding_log import FindingLog, Raised
from banzi.documents.merging.identities import Identity, People
from banzi.documents.merging.persons import Merged
from banzi.documents.merging.pieces import Piece, Subject, combine
from banzi.kernel.dates import PartialDate, month_text
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import FindingKind, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import CAREER_TAGS

MAY_BE_OFFICIAL = FindingKind(
    "import/relative-may-be-official",
    _("{name}的{relation}“{relative}”（{birth}，{unit}）与花名册中干部同名；请确认是否同一人"),
    title=_("亲属与干部同名"),
)
NO_SUCH_SEGMENT = MessageKind(
    "import/no-such-segment",
    _("{name}的简历中没有{started}开始的履历段；请核对“段起”，或填写“段号”"),
)
WHICH_SEGMENT = MessageKind(
    "import/which-segment", _("{name}的简历中{started}开始的不止一段；请填写“段号”")
)
TAG_WAITS = FindingKind(
    "import/tag-waits",
    _("{name}的简历尚待裁定，履历标签“{tag}”（{started}起）暂不采用"),
    title=_("履历标签暂不采用"),
)

_IS = _("是：{name}，{birth}，{posts}（{person_id}）")
_IS_NOT = _("不是同一人")
_NOT_GIVEN = MessageKind("import/not-given", _("未填"))
_NO_BIRTH = MessageKind("import/birth-not-given", _("出生日期未填"))
_NO_UNIT = MessageKind("import/unit-not-given", _("单位未填"))
_DEAD = re.compile(r"已去世|已故|去世")


def link_relatives(people: People, one: Merged, log: FindingLog) -> None:
    """Fill `relative_person_id` and `is_linked` of every relative of a person."""
    for piece in one.rows.get("relatives", ()):
        _link(one.identity, piece, people, log)


def _link(identity: Identity, piece: Piece, people: People, log: FindingLog) -> None:
    values = piece.values
    values["relative_person_id"], values["is_linked"] = None, None
    number = values.get("id_number")
    official = people.with_number(number) if number else None
    if official is not None and official is not identity:
        values["relative_person_id"], values["is_linked"] = official.person_id, True
        return
    if not values.get("name"):
        if _DEAD.search(values.get("unit_and_post") or ""):
            values["is_linked"] = False
        return
    candidates = [each for each in people.named(values["name"]) if _may_be(piece, each, identity)]
    if not candidates:
        values["is_linked"] = False
        return
    birth = values.get("birth")
    message = MAY_BE_OFFICIAL(
        name=identity.name,
        relation=values.get("relation_text") or _NOT_GIVEN(),
        relative=values["name"],
        birth=PartialDate(birth).dotted() if birth else _NO_BIRTH(),
        unit=values.get("unit_and_post") or _NO_UNIT(),
    )
    options = [_option(each) for each in candidates]
    chosen = log.record(
        Raised(
            message,
            identity.id_number or identity.key,
            "relatives",
            "relative_person_id",
            "",
            (*options, _IS_NOT),
            source_id=piece.source_id,
            source_place=piece.shown,
            person=identity,
            row=piece,
        )
    )
    if chosen == _IS_NOT:
        values["is_linked"] = False
    elif chosen is not None:
        values["relative_person_id"] = candidates[options.index(chosen)].person_id
        values["is_linked"] = True


def _may_be(piece: Piece, official: Identity, about: Identity) -> bool:
    """Whether nothing that is known speaks against it."""
    if official is about or _DEAD.search(piece.values.get("unit_and_post") or ""):
        return False
    number, birth = piece.values.get("id_number"), piece.values.get("birth")
    if number and official.id_number:
        return False  # both known and, since the number found nobody, different
    if birth is None or birth // 100 % 100 == 0 or not official.birth_months:
        return True
    return birth // 100 in official.birth_months


def _option(official: Identity) -> str:
    return _IS.format(
        name=official.name,
        birth=official.birth_text,
        posts=official.posts_text[:40],
        person_id=official.person_id,
    )


def place_tags(merged: Merged, log: FindingLog, problems: ProblemLog) -> None:
    """Give the tags of a person the number of the segment they are about; drop what must wait."""
    if not merged.rows["career_tags"]:
        return
    segments = [piece.values for piece in merged.rows.get("career_segments", ())]
    kept: list[Piece] = []
    for piece in merged.rows.get("career_tags", ()):
        started = piece.values.pop("segment_started", None)
        number = piece.values.get("segment_no")
        shown = month_text(started) if started is not None else _NOT_GIVEN()
        if merged.resume_open:
            message = TAG_WAITS(
                name=merged.identity.name, tag=piece.values.get("tag"), started=shown
            )
            log.record(
                Raised(
                    message,
                    merged.identity.id_number or merged.identity.key,
                    "career_tags",
                    source_id=piece.source_id,
                    source_place=piece.shown,
                    person=merged.identity,
                )
            )
            continue
        found = _segment(segments, started, number)
        if found is None:
            several = [each for each in segments if each["started"] == started]
            kind = WHICH_SEGMENT if len(several) > 1 and number is None else NO_SUCH_SEGMENT
            at = Location(piece.at.file, piece.at.sheet, piece.at.row, "段起")
            problems.add(kind(name=merged.identity.name, started=shown), at)
            continue
        piece.values["segment_no"] = found
        kept.append(piece)
    subject = Subject(merged.identity.id_number or merged.identity.key, merged.identity)
    groups: dict[str, list[Piece]] = {}
    for piece in kept:
        groups.setdefault(f"{piece.values['segment_no']} {piece.values.get('tag')}", []).append(
            piece
        )
    merged.rows["career_tags"] = []
    for label, group in groups.items():
        one = combine(group, CAREER_TAGS, log, problems, subject, label, CAREER_TAGS.key)
        for each in (one, *group):
            each.key_text = label
        merged.rows["career_tags"].append(one)


def _segment(
    segments: Sequence[Mapping[str, object]], started: int | None, number: int | None
) -> int | None:
    if number is None:
        return segment_beginning(segments, started)
    for each in segments:
        if each["segment_no"] == number and (started is None or each["started"] == started):
            return number
    return None
