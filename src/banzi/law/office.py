"""The law folder of an office: what its experts compared with the texts, and its local rules.

    reviews/*.yaml    numbers confirmed or corrected against the official text, by whom and when
    overlays/*.yaml   rules of the region, prefecture or county, each with its source

A review replaces a value and raises its grade, since somebody read the text; an overlay may only
make a rule stricter, and where several speak the strictest holds. All overlays of a folder lie on
one line from the region down to the county: an office that works for two counties keeps two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law.book import Law, read_file
from banzi.law.documents import Grade, Parameter, Provenance
from banzi.law.numbers import assemble
from banzi.law.units import entries

NO_FOLDER = MessageKind("law/no-office-folder", _("没有这个法规文件夹；请检查路径"))
REVIEWED_UNKNOWN = MessageKind(
    "law/review-unknown", _("参数“{parameter}”自{since}起没有取值；请用当前版本重新导出核对表")
)
REVIEWED_OTHER = MessageKind(
    "law/review-stale",
    _("参数“{parameter}”（{since}）核对时为{seen}，现为{now}；请用当前版本重新核对"),
)
NO_DIRECTION = MessageKind(
    "law/overlay-no-direction",
    _("参数“{parameter}”没有宽严之分，地方规定不能叠加；请删去，或者改为核对更正"),
)
NOT_STRICTER = MessageKind(
    "law/overlay-looser",
    _("参数“{parameter}”的地方规定{local}宽于{other}，不起作用；请核对文件，或者删去"),
)
WRONG_SHAPE = MessageKind(
    "law/overlay-shape", _("参数“{parameter}”的项目应为{expected}；请对照核对表改正")
)
TWO_AREAS = MessageKind(
    "law/overlay-two-areas", _("同一层级有“{one}”和“{other}”两个地区的规定；请分别建文件夹")
)
NOT_NESTED = MessageKind(
    "law/overlay-not-nested", _("“{inner}”（{code}）不在“{outer}”辖区内；请核对区划代码")
)


class Level(IntEnum):
    """Tiers of jurisdiction below the nation; the number of digits of a division they fix."""

    REGION = 2
    PREFECTURE = 4
    COUNTY = 6


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReviewedValue(_Strict):
    """One dated value that was compared: what stood there, and what the text says."""

    parameter: str
    since: date
    seen: Any
    found: Any
    article: str = ""
    note: str = ""


class Review(_Strict):
    """One sitting of an expert with the official texts."""

    reviewed_by: Annotated[str, Field(min_length=1)]
    reviewed_on: date
    compared_with: Annotated[str, Field(min_length=1)]
    values: list[ReviewedValue]


class Overlay(_Strict):
    """Rules of one area that go beyond the national ones."""

    level: Literal["region", "prefecture", "county"]
    area: Annotated[str, Field(min_length=1)]
    division: Annotated[str, Field(pattern=r"^\d{6}$")]
    source: Annotated[str, Field(min_length=1)]
    grade: Grade
    checked_on: date | None
    values: dict[str, dict[date, Any]]

    @property
    def tier(self) -> Level:
        return Level[self.level.upper()]


@dataclass(frozen=True)
class Office:
    """All files of a law folder, by name."""

    reviews: dict[str, Review]
    overlays: dict[str, Overlay]


def read_office(folder: Path, problems: ProblemLog) -> Office:
    """Read what can be read and add every problem to the log."""
    if not folder.is_dir():
        problems.add(NO_FOLDER(), Location(str(folder)))
        return Office({}, {})
    reviews: dict[str, Review] = {}
    overlays: dict[str, Overlay] = {}
    for file in sorted((folder / "reviews").glob("*.yaml")):
        if (review := read_file(file, Review, problems)) is not None:
            reviews[str(file)] = review
    for file in sorted((folder / "overlays").glob("*.yaml")):
        if (overlay := read_file(file, Overlay, problems)) is not None:
            overlays[str(file)] = overlay
    _check_areas(overlays, problems)
    return Office(reviews, overlays)


def load_office_law(folder: Path, law: Law) -> Law:
    """The shipped law with an office's folder laid on it.

    Raises
    ------
    BadInput
        Every problem of every file of the folder.
    """
    problems = ProblemLog()
    law = apply_office(law, read_office(folder, problems), problems)
    problems.stop_if_any()
    return law


def write_review(review: Review, folder: Path) -> Path:
    """Keep a review in a law folder under its date; an earlier one of the day stays beside it."""
    reviews = folder / "reviews"
    number = 1
    while (path := reviews / f"{review.reviewed_on}-{number:02}.yaml").exists():
        number += 1
    content = review.model_dump()
    with replacing_file(path) as part:
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        part.write_text(text, encoding="utf-8", newline="\n")
    return path


def apply_office(law: Law, office: Office, problems: ProblemLog) -> Law:
    """The law with reviews and then overlays laid on it, from the region down."""
    parameters = dict(law.parameters)
    for file, review in sorted(office.reviews.items(), key=lambda item: item[1].reviewed_on):
        for value in review.values:
            _apply_review(parameters, review, value, Location(file), problems)
    for file, overlay in sorted(office.overlays.items(), key=lambda item: item[1].tier):
        for name, values in overlay.values.items():
            at = Location(file, column=name)
            if name not in parameters:
                problems.add(REVIEWED_UNKNOWN(parameter=name, since=min(values)), at)
            else:
                parameters[name] = _overlaid(name, parameters[name], overlay, values, at, problems)
    return Law(law.documents, law.clauses, parameters)


def _check_areas(overlays: dict[str, Overlay], problems: ProblemLog) -> None:
    by_tier: dict[Level, Overlay] = {}
    for file, overlay in overlays.items():
        known = by_tier.setdefault(overlay.tier, overlay)
        if known.division != overlay.division:
            problems.add(TWO_AREAS(one=known.area, other=overlay.area), Location(file))
    line = [by_tier[tier] for tier in sorted(by_tier)]
    for outer, inner in pairwise(line):
        if inner.division[: outer.tier] != outer.division[: outer.tier]:
            message = NOT_NESTED(inner=inner.area, code=inner.division, outer=outer.area)
            problems.add(message)


def _apply_review(
    parameters: dict[str, Parameter],
    review: Review,
    value: ReviewedValue,
    at: Location,
    problems: ProblemLog,
) -> None:
    parameter = parameters.get(value.parameter)
    if parameter is None or value.since not in parameter.values:
        problems.add(REVIEWED_UNKNOWN(parameter=value.parameter, since=value.since), at)
        return
    now = parameter.values[value.since]
    if now != value.seen:
        problems.add(
            REVIEWED_OTHER(parameter=value.parameter, since=value.since, seen=value.seen, now=now),
            at,
        )
        return
    provenance = Provenance(
        source=f"{review.compared_with}{value.article}",
        checked_by=review.reviewed_by,
        checked_on=review.reviewed_on,
    )
    parameters[value.parameter] = parameter.replaced(
        value.since, value.found, Grade.VERIFIED, provenance
    )


def _overlaid(
    name: str,
    parameter: Parameter,
    overlay: Overlay,
    local: dict[date, Any],
    at: Location,
    problems: ProblemLog,
) -> Parameter:
    if parameter.stricter is None:
        problems.add(NO_DIRECTION(parameter=name), at)
        return parameter
    days = sorted({*local, *(day for day in parameter.values if day >= min(local))})
    provenance = Provenance(
        source=f"{overlay.area}：{overlay.source}", checked_on=overlay.checked_on, overlay=True
    )
    for day in days:
        own = local[max(since for since in local if since <= day)]
        begun = parameter.at(day)
        if begun is None or {*map(_first, entries(own))} - {*map(_first, entries(begun.value))}:
            expected = [path for path, _value in entries(next(iter(parameter.values.values())))]
            shown = ["·".join(path) for path in expected if path] or _("一个数")
            problems.add(WRONG_SHAPE(parameter=name, expected=shown), at)
            return parameter
        merged, is_stricter = _strictest(parameter, begun.value, own)
        if day in local and not is_stricter:
            problems.add(NOT_STRICTER(parameter=name, local=own, other=begun.value), at)
            return parameter
        if is_stricter:
            parameter = parameter.replaced(day, merged, overlay.grade, provenance)
    return parameter


def _strictest(parameter: Parameter, other: Any, local: Any) -> tuple[Any, bool]:
    """Entry by entry the stricter one; whether any local entry won."""
    merged = dict(entries(other))
    won = False
    for path, value in entries(local):
        better: Callable[[Any, Any], bool] = (
            (lambda a, b: a > b) if parameter.direction(path) == "higher" else (lambda a, b: a < b)
        )
        if better(value, merged[path]):
            merged[path] = value
            won = True
    return assemble(merged), won


def _first(entry: tuple[tuple[str, ...], Any]) -> tuple[str, ...]:
    return entry[0]
