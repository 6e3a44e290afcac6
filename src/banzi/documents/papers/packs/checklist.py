"""材料核对清单: what must be there for each person before a meeting, and what is not.

《干部任用条例》 Article 31: the four checks of 凡提四必 and the signed conclusion on integrity come
before the discussion. What the roster has no valid conclusion for is 未见, never passed; a file
that only people keep (考察材料) is 未登记. Nothing here says that a person may be discussed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from banzi.documents.papers.office_table import Heading, OfficeTable, Row
from banzi.documents.papers.proposals import Proposal
from banzi.documents.papers.wording import count_text
from banzi.facts.assessments import latest_conclusions
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.people.choices import ConclusionKind, ConclusionOutcome
from banzi.roster import Roster

TITLE = _("材料核对清单")

_CHECKS = (
    (ConclusionKind.FILE_CHECK, _("档案必审")),
    (ConclusionKind.PERSONAL_MATTERS_CHECK, _("个人有关事项报告必核")),
    (ConclusionKind.DISCIPLINE_OPINION, _("纪检监察机关意见必听")),
    (ConclusionKind.TIP_OFF_CHECK, _("信访举报必查")),
    (ConclusionKind.INTEGRITY_STATEMENT, _("廉洁自律结论性意见（双签字）")),
)
MET, NOT_MET, UNDER_REVIEW = _("符合"), _("不符合"), _("正在核查")
UNDATED, MISSING, NOT_KEPT = _("日期未填"), _("未见"), _("未登记")
_THERE, _BLANK = _("有"), _("缺")
_BY_OUTCOME = {
    ConclusionOutcome.MET.value: MET,
    ConclusionOutcome.NOT_MET.value: NOT_MET,
    ConclusionOutcome.UNDER_REVIEW.value: UNDER_REVIEW,
}
_FOUR = (_("凡提四必"),)
_COLUMNS = (
    Heading(_("序号"), 10),
    Heading(_("姓名"), 20, align="name"),
    Heading(_("拟任免职务"), 50, align="left"),
    Heading(_("拟任免职务已填"), 15),
    Heading(_("任免理由"), 15),
    Heading(_("照片"), 13),
    Heading(_("考察材料"), 16),
    *(Heading(text, 22, _FOUR) for _kind, text in _CHECKS[:4]),
    Heading(_CHECKS[4][1], 24),
    Heading(_("尚缺"), 44, align="left"),
)
_AS_OF = _("核对基准日：{year}年{month}月{day}日")
_NOTES = (
    _("本清单只列花名册中已登记、至基准日有效的结论；没有登记的一律列为“未见”，不作通过。"),
    _("四必和廉洁自律结论须在动议之后、讨论之前作出；本清单不掌握动议日期，请核对结论日期。"),
    _("“未登记”指花名册不保存的材料（考察材料），请查验原件。"),
    _("依据：《干部任用条例》第三十一条；“不符合”“正在核查”“未见”的，会前须由人核实处理。"),
)


@dataclass(frozen=True, slots=True)
class PersonCheck:
    """What is there for one person.

    Attributes
    ----------
    states
        What is required → its state, in the order of the columns.
    missing
        Names of what is not there, or not yet right; nothing is left out that is not `MET`.
    """

    person_id: str
    name: str
    states: Mapping[str, str]
    missing: tuple[str, ...]


def person_checks(
    proposals: Sequence[Proposal], roster: Roster, day: date, reasons: Mapping[str, str]
) -> tuple[PersonCheck, ...]:
    """The checks of everybody who is to be discussed.

    Parameters
    ----------
    reasons
        Person → 任免理由 as their form in the pack has it.
    """
    concluded = _concluded(roster, day)
    return tuple(_check(each, concluded, reasons) for each in proposals)


def check_table(
    checks: Sequence[PersonCheck], proposals: Sequence[Proposal], day: date
) -> OfficeTable:
    """The list as a table, one row a person."""
    rows = [
        Row((number, check.name, each.text, *check.states.values(), "\n".join(check.missing)))
        for number, (check, each) in enumerate(zip(checks, proposals, strict=True), start=1)
    ]
    left = render(_AS_OF, {"year": day.year, "month": day.month, "day": day.day})
    return OfficeTable(
        TITLE, _COLUMNS, rows, left=left, right=count_text(len(rows)), notes=_NOTES, points=9
    )


def _check(
    proposal: Proposal, concluded: Mapping[tuple[str, str], str], reasons: Mapping[str, str]
) -> PersonCheck:
    person = proposal.person
    key = person.person_id
    states = {
        _("拟任免职务"): _THERE if proposal.appointment or proposal.leaves else _BLANK,
        _("任免理由"): _THERE if reasons.get(key) else _BLANK,
        _("照片"): _THERE if person.form.photo else _BLANK,
        _("考察材料"): NOT_KEPT,
    }
    for kind, title in _CHECKS:
        states[title] = concluded.get((key, kind.value), MISSING)
    missing = tuple(
        title if state in (_BLANK, MISSING) else f"{title}（{state}）"
        for title, state in states.items()
        if state not in (_THERE, MET)
    )
    return PersonCheck(key, person.name, states, missing)


def _concluded(roster: Roster, day: date) -> dict[tuple[str, str], str]:
    """(person, matter) → state of the latest conclusion that is valid on the day."""
    dated = (
        roster["conclusions"]
        .filter(pl.col("concluded_on") <= day)
        .select("person_id", "conclusion_kind")
        .unique()
    )
    with_date = set(dated.iter_rows())
    found: dict[tuple[str, str], str] = {}
    latest = latest_conclusions(roster, day).select(
        "person_id", "conclusion_kind", "conclusion_outcome", "is_undated"
    )
    for person, kind, outcome, undated in latest.iter_rows():
        state = _BY_OUTCOME[outcome]
        if undated or (state == MET and (person, kind) not in with_date):
            state = UNDATED
        found[person, kind] = state
    return found
