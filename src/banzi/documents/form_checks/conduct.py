"""Rules on posts, titles, awards, annual assessments, reason, and how long a text may be.

Not here: 简历 (`career`).
"""

from __future__ import annotations

import re

from banzi.codes import lookup
from banzi.documents.codecs.assessment_text import parse_assessments
from banzi.documents.form_checks.places import FAMILY_LIMITS, LIMITS
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.messages import gettext_noop as _

ASSESSED_YEARS = 2
"""Years the editor's own text asks for; many regions ask for three (formats.md 1.6)."""
ASSESSED_BY_MONTH = 4
"""From this month on last year's assessment is expected to be known; before, it may be missing."""

_NO_AWARDS = ("无。", "没有", "无奖惩", "无奖励", "无处分", "未受奖惩", "/", "-", "—")
_SEPARATOR = re.compile(r"[、，,；;\s]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@rule(
    "forms/title-unknown",
    title=_("专业技术职务名称"),
    says=_("“{title}”不在专业技术职务名称表中，请核对；没有的留空"),
    severity=Severity.HINT,
)
def title_unknown(sheet: Sheet) -> Finds:
    """专业技术职务 is a title of GB/T 8561; reformed titles may be newer (formats.md 3)."""
    text = sheet["technical_title"]
    for title in filter(None, _SEPARATOR.split(text)):
        match = lookup.find("tech_title_gbt8561", title)
        if match is None or title != match.wording:
            yield Found("technical_title", text, values={"title": title})


@rule(
    "forms/awards-none",
    title=_("奖惩填“无”"),
    says=_("没有奖惩的填“无”"),
    severity=Severity.ERROR,
)
def awards_none(sheet: Sheet) -> Finds:
    """No awards and no sanctions: 无, not a blank (formats.md 1.6)."""
    text = sheet["awards_text"]
    if not text or text in _NO_AWARDS:
        yield Found("awards_text", text, "无")


@rule(
    "forms/assessments-years",
    title=_("近两年年度考核"),
    says=_("缺{years}年度考核结果；未参加考核的应说明原因"),
    severity=Severity.ERROR,
)
def assessments_years(sheet: Sheet) -> Finds:
    """The last two years are there, or it is said why one is not (formats.md 1.6).

    Years before the person worked a full one are not asked for. Three years are a local rule.
    """
    text = sheet["assessments_text"]
    last = sheet.as_of.year - (1 if sheet.as_of.month >= ASSESSED_BY_MONTH else 2)
    work = sheet.day("work_started")
    first_full = work.year + 1 if work else 0
    wanted = [year for year in range(last - ASSESSED_YEARS + 1, last + 1) if year >= first_full]
    results = parse_assessments(text)
    named = set(results) if results else {int(year) for year in _YEAR.findall(text)}
    missing = [str(year) for year in wanted if year not in named]
    if missing:
        yield Found("assessments_text", text, values={"years": missing})


@rule(
    "forms/assessments-future",
    title=_("年度考核年份"),
    says=_("{years}年度尚未结束，不应有考核结果"),
    severity=Severity.ERROR,
)
def assessments_future(sheet: Sheet) -> Finds:
    """A year is assessed after it has ended."""
    results = parse_assessments(sheet["assessments_text"]) or {}
    years = [str(year) for year in sorted(results) if year >= sheet.as_of.year]
    if years:
        yield Found("assessments_text", sheet["assessments_text"], values={"years": years})


@rule(
    "forms/assessments-wording",
    title=_("年度考核写法"),
    says=_("请逐年写明，如“2024年度称职，2025年度优秀”"),
    severity=Severity.HINT,
)
def assessments_wording(sheet: Sheet) -> Finds:
    """Each year with its conclusion, in the words of the list (formats.md 1.6, 3)."""
    text = sheet["assessments_text"]
    if text and parse_assessments(text) is None:
        yield Found("assessments_text", text)


@rule(
    "forms/reason-missing",
    title=_("任免理由"),
    says=_("有拟任或拟免职务，应填任免理由"),
    severity=Severity.ERROR,
)
def reason_missing(sheet: Sheet) -> Finds:
    """Who is to be appointed or removed has a reason on the form."""
    moved = sheet["proposed_posts_text"] or sheet["removed_posts_text"]
    if moved and not sheet["appointment_reason"]:
        yield Found("appointment_reason")


@rule(
    "forms/reason-alone",
    title=_("有理由无职务"),
    says=_("填了任免理由，未填拟任、拟免职务，请核对"),
    severity=Severity.HINT,
)
def reason_alone(sheet: Sheet) -> Finds:
    """A reason belongs to a post to take or to leave."""
    moved = sheet["proposed_posts_text"] or sheet["removed_posts_text"]
    if sheet["appointment_reason"] and not moved:
        yield Found("appointment_reason", sheet["appointment_reason"])


@rule(
    "forms/text-too-long",
    title=_("字数限制"),
    says=_("共{count}字，超过{limit}字，填表软件会截断"),
    severity=Severity.ERROR,
)
def text_too_long(sheet: Sheet) -> Finds:
    """No text is longer than the editor's field (formats.md 1.5)."""
    texts = [(column, sheet[column], limit) for column, limit in LIMITS.items()]
    for number, member in enumerate(sheet.form.family, start=1):
        for cell, limit in FAMILY_LIMITS.items():
            texts.append((f"family.{number}.{cell}", getattr(member, cell), limit))
    for place, text, limit in texts:
        # 性别 takes one character; what is longer is wrong by its own rule
        if len(text) > limit and place != "sex":
            yield Found(place, text, values={"count": len(text), "limit": limit})


@rule(
    "forms/retirement-limit-text",
    title=_("改革前任职年龄界限"),
    says=_("不在名称表中，请核对"),
    severity=Severity.HINT,
)
def retirement_limit_text(sheet: Sheet) -> Finds:
    """The field of the 2025 editor takes a text of its list (formats.md 1.1)."""
    text = sheet["retirement_limit_text"]
    if text and lookup.find("retire_limit_nllb", text) is None:
        yield Found("retirement_limit_text", text)


RULES = (
    title_unknown,
    awards_none,
    assessments_years,
    assessments_future,
    assessments_wording,
    reason_missing,
    reason_alone,
    text_too_long,
    retirement_limit_text,
)
