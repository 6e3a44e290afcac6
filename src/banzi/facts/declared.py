"""The columns of the facts frame: one row per person at a date.

Rules, conditions, targets and the optimiser's features all read these names. A fact that rests on
dates or tags of limited precision comes as a pair `…_low`, `…_high`: the least and the most it can
be; both null when nothing is known. `low >= n` proves that a minimum is met, `high < n` that it is
not, anything between is unknown.
"""

from banzi.facts.entering import CHANNELS
from banzi.facts.times import AGE_MONTHS
from banzi.kernel.columns import Column, FieldClass, Kind, Table
from banzi.people.choices import CareerTag, ConclusionKind, ConclusionOutcome, ExpertField

NOT_KNOWN = "依据不足，无法判断"

CONCLUDED = (
    ConclusionKind.POLITICAL_GATE,
    ConclusionKind.FILE_CHECK,
    ConclusionKind.PERSONAL_MATTERS_CHECK,
    ConclusionKind.FAMILY_BUSINESS,
    ConclusionKind.LEGAL_QUALIFICATION,
    ConclusionKind.REMOVAL_GROUND,
)
"""Matters with a rule of their own: each has its latest conclusion as a fact."""

DISPUTABLE: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "birth": ("出生日期", "the date of birth", ("persons.birth", "persons.id_number")),
    "party": ("入党时间", "the date of joining the Party", ("persons.party_joined",)),
    "file": (
        "参加工作时间、学历、经历",
        "start of work, education and career",
        (
            "persons.work_started",
            "education.*",
            "persons.full_time_education",
            "persons.in_service_education",
            "persons.full_time_degree",
            "persons.in_service_degree",
        ),
    ),
}
"""Facts of the personnel file that documents may give differently, and where they stand."""


def span(
    name: str, zh: str, en: str, unit: str = "month", null: str = NOT_KNOWN
) -> tuple[Column, Column]:
    return (
        Column(f"{name}_low", Kind.INTEGER, f"{zh}（至少）", f"{en}, at least", null, unit=unit),
        Column(f"{name}_high", Kind.INTEGER, f"{zh}（至多）", f"{en}, at most", null, unit=unit),
    )


PERSON_FACTS = Table(
    "person_facts",
    "派生事实",
    "derived facts",
    "What follows from the records about one person at a date.",
    ("person_id",),
    (
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column(AGE_MONTHS, Kind.INTEGER, "年龄（月）", "age in months", NOT_KNOWN, unit="month"),
        Column("birth_year", Kind.INTEGER, "出生年份", "year of birth", NOT_KNOWN, unit="year"),
        Column("is_woman", Kind.BOOLEAN, "女干部", "woman", NOT_KNOWN, protected=True),
        Column(
            "is_minority",
            Kind.BOOLEAN,
            "少数民族干部",
            "ethnic minority",
            NOT_KNOWN,
            protected=True,
        ),
        Column("is_party_member", Kind.BOOLEAN, "中共党员", "member of the CPC", NOT_KNOWN),
        *span("party_standing_months", "党龄（月）", "Party standing in months"),
        *span("service_months", "工龄（月）", "length of service in months"),
        *span("grassroots_months", "基层工作经历（月）", "grassroots work in months"),
        *span(
            "grassroots_own_months",
            "非挂职基层工作经历（月）",
            "grassroots work other than by secondment in months",
        ),
        Column(
            "grassroots_by_secondment_only",
            Kind.BOOLEAN,
            "基层经历仅为挂职",
            "grassroots work by secondment only",
            NOT_KNOWN,
        ),
        *(Column(f"has_{tag.value}", Kind.BOOLEAN, tag.zh, tag.en, NOT_KNOWN) for tag in CareerTag),
        *(
            Column(f"came_from_{tag.value}", Kind.BOOLEAN, zh, en, NOT_KNOWN)
            for tag, (zh, en) in CHANNELS.items()
        ),
        *(
            Column(
                f"knows_{field.value}",
                Kind.BOOLEAN,
                f"熟悉{field.zh}",
                f"versed in {field.en}",
                NOT_KNOWN,
            )
            for field in ExpertField
        ),
        Column(
            "education_tier",
            Kind.INTEGER,
            "最高学历层次（3研究生、2大学、1大专、0以下）",
            "highest education (3 postgraduate, 2 university, 1 college, 0 below)",
            NOT_KNOWN,
        ),
        Column(
            "full_time_education_tier",
            Kind.INTEGER,
            "全日制学历层次（3研究生、2大学、1大专、0以下）",
            "full-time education (3 postgraduate, 2 university, 1 college, 0 below)",
            NOT_KNOWN,
        ),
        Column(
            "full_time_degree_tier",
            Kind.INTEGER,
            "全日制学位层次（3博士、2硕士、1学士、0没有学位）",
            "full-time degree (3 doctor, 2 master, 1 bachelor, 0 none)",
            NOT_KNOWN,
        ),
        Column(
            "level_order",
            Kind.INTEGER,
            "现职务层次序",
            "order of the present post level",
            NOT_KNOWN,
        ),
        *span(
            "months_in_level", "任现职务层次时间（月）", "time at the present post level in months"
        ),
        Column("current_post_id", Kind.TEXT, "现任职位标识", "present post", "不在本次班子任职"),
        *span("months_in_post", "任现职时间（月）", "time in the present post in months"),
        Column(
            "on_probation",
            Kind.BOOLEAN,
            "在任职试用期内",
            "on probation",
            "任现职务层次时间不明，或者是否选举产生不掌握",
        ),
        Column(
            "probation_ends_on",
            Kind.DATE,
            "任职试用期止",
            "end of probation",
            "不在试用期，或者不能认定",
        ),
        Column(
            "promoted_exceptionally",
            Kind.BOOLEAN,
            "现职务层次系破格提拔",
            "reached the present level by an exceptional promotion",
            NOT_KNOWN,
        ),
        *(
            column
            for name, zh, en, unit in (
                ("training_hours", "近五年培训学时", "class hours in five years", "hour"),
                ("training_days", "近五年培训天数", "days of training in five years", "day"),
                ("training_year_hours", "上年度培训学时", "class hours last year", "hour"),
                ("training_year_days", "上年度培训天数", "days of training last year", "day"),
                (
                    "training_due_hours",
                    "提任后期限内累计培训学时",
                    "class hours by the deadline after promotion",
                    "hour",
                ),
                (
                    "training_due_days",
                    "提任后期限内累计培训天数",
                    "days of training by the deadline after promotion",
                    "day",
                ),
            )
            for column in span(name, zh, en, unit, null="没有上限依据（培训记录不完整或者缺数）")
        ),
        Column(
            "has_training_deadline",
            Kind.BOOLEAN,
            "提任在现行培训条例施行以后",
            "promoted since the training regulations are in force",
            NOT_KNOWN,
        ),
        Column(
            "training_deadline_low",
            Kind.DATE,
            "提任后完成培训期限（最早）",
            "end of the time to complete training, earliest",
            NOT_KNOWN,
        ),
        Column(
            "training_deadline_high",
            Kind.DATE,
            "提任后完成培训期限（最晚）",
            "end of the time to complete training, latest",
            NOT_KNOWN,
        ),
        Column(
            "last_assessment",
            Kind.CODE,
            "上年度考核结论",
            "last year's assessment",
            NOT_KNOWN,
            codes="appraisal_zb18",
        ),
        *(
            Column(
                name,
                Kind.CODE,
                f"前{years}年年度考核结论",
                f"assessment {years} years back",
                NOT_KNOWN,
                codes="appraisal_zb18",
            )
            for name, years in (("assessment_2_years_back", 2), ("assessment_3_years_back", 3))
        ),
        Column(
            "sanctions_end_on",
            Kind.DATE,
            "处分和处理影响期止",
            "day on which sanctions have run their course",
            "处分情况不完整或日期不明",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "sanctions_bar_until",
            Kind.DATE,
            "已知处分影响期止（期限已核）",
            "end of a running sanction whose period is verified",
            "没有已知且期限已核、仍在影响期内的处分",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "sanction_effect",
            Kind.CHOICE,
            "处分期满是否影响使用（最近结论）",
            "lasting effect of a sanction as concluded",
            "没有结论",
            choices=ConclusionOutcome,
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "leading_post_barred_until",
            Kind.DATE,
            "问责后不安排领导职务的期限止",
            "end of the bar from leading posts after accountability",
            "问责处理情况不完整或日期不明",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "higher_level_barred_until",
            Kind.DATE,
            "问责、降职后不提拔的期限止",
            "end of the bar from promotion after accountability or demotion",
            "问责处理情况不完整或日期不明",
            field_class=FieldClass.FINDINGS,
        ),
        *(
            Column(
                f"concluded_{kind.value}",
                Kind.CHOICE,
                f"{kind.zh}（最近结论）",
                f"{kind.en} as concluded",
                "没有结论",
                choices=ConclusionOutcome,
                field_class=FieldClass.FINDINGS,
            )
            for kind in CONCLUDED
        ),
        *(
            Column(
                f"disputed_{topic}",
                Kind.TEXT,
                f"{zh}未经认定的疑点",
                f"unsettled findings about {en}",
                "没有",
                field_class=FieldClass.IDENTITY,  # may quote an ID number
            )
            for topic, (zh, en, _columns) in DISPUTABLE.items()
        ),
        Column(
            "conclusions_not_met",
            Kind.TEXT,
            "结论为不符合的事项",
            "matters concluded as not met",
            "没有",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "conclusions_under_review",
            Kind.TEXT,
            "正在核查的事项",
            "matters under review",
            "没有",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "conclusions_undated",
            Kind.TEXT,
            "结论日期不明、先后不清的事项",
            "matters with conclusions that differ and lack a date",
            "没有",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "conclusions_awaited",
            Kind.TEXT,
            "尚待作出结论的事项",
            "matters awaiting a conclusion",
            "没有",
            field_class=FieldClass.FINDINGS,
        ),
        Column(
            "retirement_month",
            Kind.MONTH,
            "法定退休年月",
            "statutory retirement month",
            NOT_KNOWN,
            unit="month",
        ),
        Column(
            "retirement_is_verified",
            Kind.BOOLEAN,
            "退休年龄表已核实",
            "retirement schedule is not from memory",
            NOT_KNOWN,
        ),
        Column(
            "serves_full_term",
            Kind.BOOLEAN,
            "能任满一届",
            "can serve a full term",
            NOT_KNOWN,
        ),
    ),
)
