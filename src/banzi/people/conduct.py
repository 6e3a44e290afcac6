"""Assessments, awards, sanctions and measures, recorded conclusions, and waivers on record.

A cleared complaint or a tolerated error has no table here, and so can reach no verdict.
"""

from banzi.kernel.columns import Column, FieldClass, Kind, Table
from banzi.people.choices import (
    AssessmentKind,
    ConclusionKind,
    ConclusionOutcome,
    SanctionFamily,
    SanctionKind,
)
from banzi.people.provenance import PERSON_ID, PROVENANCE

ASSESSMENTS = Table(
    "assessments",
    "考核",
    "assessments",
    "Results of assessments (A15).",
    ("person_id", "assessment_kind", "year"),
    (
        PERSON_ID,
        Column("assessment_kind", Kind.CHOICE, "考核类别", "kind", choices=AssessmentKind),
        Column("year", Kind.INTEGER, "考核年度", "year", national="A1521", unit="year"),
        Column(
            "outcome",
            Kind.CODE,
            "考核结论类别",
            "outcome",
            null="结论不掌握或不可读",
            codes="appraisal_zb18",
            national="A1517",
        ),
        *PROVENANCE,
    ),
)

AWARDS = Table(
    "awards",
    "奖励",
    "awards",
    "Awards and honours (A14).",
    ("person_id", "award_no"),
    (
        PERSON_ID,
        Column("award_no", Kind.INTEGER, "序号", "number"),
        Column("award_name", Kind.TEXT, "奖励名称", "award", national="A1404A"),
        Column(
            "awarded_on", Kind.PARTIAL_DATE, "批准日期", "awarded", null="不掌握", national="A1407"
        ),
        Column("awarded_by", Kind.TEXT, "批准机关", "awarded by", null="不掌握", national="A1411A"),
        *PROVENANCE,
    ),
)

SANCTIONS = Table(
    "sanctions",
    "处分和组织处理",
    "sanctions and measures",
    "Administrative and Party sanctions, organisational measures, admonitions (A14 and our sheet).",
    ("person_id", "sanction_no"),
    (
        PERSON_ID,
        Column("sanction_no", Kind.INTEGER, "序号", "number"),
        Column("sanction_family", Kind.CHOICE, "类别", "family", choices=SanctionFamily),
        Column(
            "sanction_kind",
            Kind.CHOICE,
            "种类",
            "kind",
            null="种类不可读",
            choices=SanctionKind,
            national="A1404A",
        ),
        Column(
            "decided_on", Kind.PARTIAL_DATE, "批准日期", "decided", null="不掌握", national="A1407"
        ),
        Column("decided_by", Kind.TEXT, "批准机关", "decided by", null="不掌握", national="A1411A"),
        Column(
            "revoked_on",
            Kind.PARTIAL_DATE,
            "撤销日期",
            "revoked",
            null="未撤销或不掌握",
            national="A1424",
        ),
        *PROVENANCE,
    ),
    FieldClass.FINDINGS,
)

CONCLUSIONS = Table(
    "conclusions",
    "结论",
    "conclusions",
    "What people concluded about a person: who, when, on what basis, valid until when.",
    ("person_id", "conclusion_no"),
    (
        PERSON_ID,
        Column("conclusion_no", Kind.INTEGER, "序号", "number"),
        Column("conclusion_kind", Kind.CHOICE, "结论事项", "matter", choices=ConclusionKind),
        Column("conclusion_outcome", Kind.CHOICE, "结论", "conclusion", choices=ConclusionOutcome),
        Column("concluded_on", Kind.DATE, "结论日期", "concluded on", null="不掌握"),
        Column("concluded_by", Kind.TEXT, "作出结论单位", "concluded by"),
        Column("basis", Kind.TEXT, "依据", "basis", null="未注明"),
        Column("valid_until", Kind.DATE, "有效期至", "valid until", null="未规定有效期"),
        *PROVENANCE,
    ),
    FieldClass.FINDINGS,
)

WAIVERS = Table(
    "waivers",
    "破格审批",
    "waivers",
    "Exceptional promotions agreed to by the competent body, for one person and one post.",
    ("person_id", "waiver_no"),
    (
        PERSON_ID,
        Column("waiver_no", Kind.INTEGER, "序号", "number"),
        Column("rule_id", Kind.TEXT, "破格条款", "rule waived"),
        Column("post_id", Kind.TEXT, "职位标识", "post id", references="posts.post_id"),
        Column("approved_by", Kind.TEXT, "同意机关", "approved by"),
        Column("approved_on", Kind.DATE, "同意日期", "approved on"),
        Column("document", Kind.TEXT, "文号", "document", null="不掌握"),
        Column("reason", Kind.TEXT, "理由", "reason"),
        Column("inspected_on", Kind.DATE, "考察日期", "vetting began on", null="尚未考察"),
        Column("discussed_on", Kind.DATE, "讨论决定日期", "discussed on", null="尚未提交会议讨论"),
        *PROVENANCE,
    ),
    FieldClass.FINDINGS,
)
