"""The columns of the facts frame: one row per person at a date.

Rules, conditions, targets and the optimiser's features all read these names. A fact that rests on
dates or tags of limited precision comes as a pair `…_low`, `…_high`: the least and the most it can
be; both null when nothing is known. `low >= n` proves that a minimum is met, `high < n` that it is
not, anything between is unknown.
"""

from banzi.kernel.columns import Column, Kind, Table
from banzi.people.choices import CareerTag, ConclusionKind, ConclusionOutcome, ExpertField

_NOT_KNOWN = "依据不足，无法判断"

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


def _span(
    name: str, zh: str, en: str, unit: str = "month", null: str = _NOT_KNOWN
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
        Column("age_months", Kind.INTEGER, "年龄（月）", "age in months", _NOT_KNOWN, unit="month"),
        Column("birth_year", Kind.INTEGER, "出生年份", "year of birth", _NOT_KNOWN, unit="year"),
        Column("is_woman", Kind.BOOLEAN, "女干部", "woman", _NOT_KNOWN, protected=True),
        Column(
            "is_minority",
            Kind.BOOLEAN,
            "少数民族干部",
            "ethnic minority",
            _NOT_KNOWN,
            protected=True,
        ),
        Column("is_party_member", Kind.BOOLEAN, "中共党员", "member of the CPC", _NOT_KNOWN),
        *_span("party_standing_months", "党龄（月）", "Party standing in months"),
        *_span("service_months", "工龄（月）", "length of service in months"),
        *_span("grassroots_months", "基层工作经历（月）", "grassroots work in months"),
        *_span(
            "grassroots_own_months",
            "非挂职基层工作经历（月）",
            "grassroots work other than by secondment in months",
        ),
        Column(
            "grassroots_by_secondment_only",
            Kind.BOOLEAN,
            "基层经历仅为挂职",
            "grassroots work by secondment only",
            _NOT_KNOWN,
        ),
        *(
            Column(f"has_{tag.value}", Kind.BOOLEAN, tag.zh, tag.en, _NOT_KNOWN)
            for tag in CareerTag
        ),
        *(
            Column(
                f"knows_{field.value}",
                Kind.BOOLEAN,
                f"熟悉{field.zh}",
                f"versed in {field.en}",
                _NOT_KNOWN,
            )
            for field in ExpertField
        ),
        Column(
            "education_tier",
            Kind.INTEGER,
            "最高学历层次（3研究生、2大学、1大专、0以下）",
            "highest education (3 postgraduate, 2 university, 1 college, 0 below)",
            _NOT_KNOWN,
        ),
        Column(
            "full_time_education_tier",
            Kind.INTEGER,
            "全日制学历层次（3研究生、2大学、1大专、0以下）",
            "full-time education (3 postgraduate, 2 university, 1 college, 0 below)",
            _NOT_KNOWN,
        ),
        Column(
            "full_time_degree_tier",
            Kind.INTEGER,
            "全日制学位层次（3博士、2硕士、1学士、0没有学位）",
            "full-time degree (3 doctor, 2 master, 1 bachelor, 0 none)",
            _NOT_KNOWN,
        ),
        Column(
            "level_order",
            Kind.INTEGER,
            "现职务层次序",
            "order of the present post level",
            _NOT_KNOWN,
        ),
        *_span(
            "months_in_level", "任现职务层次时间（月）", "time at the present post level in months"
        ),
        Column("current_post_id", Kind.TEXT, "现任职位标识", "present post", "不在本次班子任职"),
        *_span("months_in_post", "任现职时间（月）", "time in the present post in months"),
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
            _NOT_KNOWN,
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
            for column in _span(name, zh, en, unit, null="没有上限依据（培训记录不完整或者缺数）")
        ),
        Column(
            "has_training_deadline",
            Kind.BOOLEAN,
            "提任在现行培训条例施行以后",
            "promoted since the training regulations are in force",
            _NOT_KNOWN,
        ),
        Column(
            "training_deadline_low",
            Kind.DATE,
            "提任后完成培训期限（最早）",
            "end of the time to complete training, earliest",
            _NOT_KNOWN,
        ),
        Column(
            "training_deadline_high",
            Kind.DATE,
            "提任后完成培训期限（最晚）",
            "end of the time to complete training, latest",
            _NOT_KNOWN,
        ),
        Column(
            "last_assessment",
            Kind.CODE,
            "上年度考核结论",
            "last year's assessment",
            _NOT_KNOWN,
            codes="appraisal_zb18",
        ),
        *(
            Column(
                name,
                Kind.CODE,
                f"前{years}年年度考核结论",
                f"assessment {years} years back",
                _NOT_KNOWN,
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
        ),
        Column(
            "sanctions_bar_until",
            Kind.DATE,
            "已知处分影响期止（期限已核）",
            "end of a running sanction whose period is verified",
            "没有已知且期限已核、仍在影响期内的处分",
        ),
        Column(
            "sanction_effect",
            Kind.CHOICE,
            "处分期满是否影响使用（最近结论）",
            "lasting effect of a sanction as concluded",
            "没有结论",
            choices=ConclusionOutcome,
        ),
        Column(
            "leading_post_barred_until",
            Kind.DATE,
            "问责后不安排领导职务的期限止",
            "end of the bar from leading posts after accountability",
            "问责处理情况不完整或日期不明",
        ),
        Column(
            "higher_level_barred_until",
            Kind.DATE,
            "问责、降职后不提拔的期限止",
            "end of the bar from promotion after accountability or demotion",
            "问责处理情况不完整或日期不明",
        ),
        *(
            Column(
                f"concluded_{kind.value}",
                Kind.CHOICE,
                f"{kind.zh}（最近结论）",
                f"{kind.en} as concluded",
                "没有结论",
                choices=ConclusionOutcome,
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
            )
            for topic, (zh, en, _columns) in DISPUTABLE.items()
        ),
        Column(
            "conclusions_not_met",
            Kind.TEXT,
            "结论为不符合的事项",
            "matters concluded as not met",
            "没有",
        ),
        Column(
            "conclusions_under_review",
            Kind.TEXT,
            "正在核查的事项",
            "matters under review",
            "没有",
        ),
        Column(
            "conclusions_undated",
            Kind.TEXT,
            "结论日期不明、先后不清的事项",
            "matters with conclusions that differ and lack a date",
            "没有",
        ),
        Column(
            "conclusions_awaited",
            Kind.TEXT,
            "尚待作出结论的事项",
            "matters awaiting a conclusion",
            "没有",
        ),
        Column(
            "retirement_month",
            Kind.MONTH,
            "法定退休年月",
            "statutory retirement month",
            _NOT_KNOWN,
            unit="month",
        ),
        Column(
            "retirement_is_verified",
            Kind.BOOLEAN,
            "退休年龄表已核实",
            "retirement schedule is not from memory",
            _NOT_KNOWN,
        ),
        Column(
            "serves_full_term",
            Kind.BOOLEAN,
            "能任满一届",
            "can serve a full term",
            _NOT_KNOWN,
        ),
    ),
)

TEAM_FACTS = Table(
    "team_facts",
    "班子派生事实",
    "facts about a team",
    "What follows about the people who hold a team's posts at a date.",
    ("team_id",),
    (
        Column("team_id", Kind.TEXT, "班子标识", "team id", references="teams.team_id"),
        Column("members", Kind.INTEGER, "现有成员数", "members", unit="person"),
        *_span(
            "titular_leaders",
            "正副职中实行区域自治民族的公民",
            "principals and deputies of a titular nationality",
            unit="person",
        ),
        Column("titular_names", Kind.TEXT, "实行区域自治民族的正副职", "who they are", "没有"),
        *_span("non_party", "党外干部", "members who are not of the CPC", unit="person"),
        Column("non_party_names", Kind.TEXT, "党外干部名单", "who they are", "没有"),
        Column(
            "state_office_names",
            Kind.TEXT,
            "兼任行政、监察、审判、检察职务的成员",
            "members who hold another state office",
            "没有",
        ),
    ),
)

RANK_FACTS = Table(
    "rank_facts",
    "职级派生事实",
    "facts about the next rank",
    "What follows about one person and the next rank (职级) at a date.",
    ("person_id",),
    (
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column(
            "next_rank",
            Kind.CODE,
            "拟晋升职级",
            "next rank",
            "现职级和职务层次不掌握，或者已是最高职级",
            codes="civil_rank_general",
        ),
        Column("is_top_rank", Kind.BOOLEAN, "已是最高职级", "has the highest rank", _NOT_KNOWN),
        *_span(
            "months_towards_rank",
            "计入晋升职级的任职时间（月）",
            "months that count towards the next rank",
            null="任职时间不明",
        ),
        Column("months_required", Kind.INTEGER, "规定年限（月）", "months asked for", _NOT_KNOWN),
        Column(
            "months_shortened",
            Kind.INTEGER,
            "按优秀等次缩短后的年限（月）",
            "months asked for after shortening",
            _NOT_KNOWN,
        ),
        Column(
            "barely_competent_years",
            Kind.INTEGER,
            "期间基本称职年度数",
            "years assessed as barely competent meanwhile",
            unit="year",
        ),
    ),
)

PAIR_FACTS = Table(
    "pair_facts",
    "人岗派生事实",
    "facts about a person and a post",
    "What follows about one person looked at for one post at a date.",
    ("person_id", "post_id"),
    (
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column("post_id", Kind.TEXT, "职位标识", "post id", references="posts.post_id"),
        Column(
            "holds_post",
            Kind.BOOLEAN,
            "现任该职",
            "holds the post",
        ),
        Column(
            "target_level_order",
            Kind.INTEGER,
            "拟任职务层次序",
            "order of the level of the post",
            _NOT_KNOWN,
        ),
        *_span(
            "months_at_lower_level",
            "在拟任层次的下一层次任职时间（月）",
            "time at the level just below the post's in months",
        ),
        *_span(
            "months_at_target_level",
            "在拟任层次任职累计时间（月）",
            "time at the post's own level in months",
        ),
        *_span(
            "months_in_this_post",
            "连续担任该职时间（月）",
            "time in this very post without a break in months",
            null="现不担任该职，或者起始时间不明而没有上限",
        ),
        *_span(
            "area_level_months",
            "在同一地区党政班子同一层次任职时间（月）",
            "time at that level in Party and government teams of the area in months",
            null="没有该层次任职，或者任职记录不完整而没有上限",
        ),
        Column(
            "has_waiver",
            Kind.BOOLEAN,
            "有破格审批记录",
            "has a waiver on record",
            "没有",
        ),
        Column(
            "waives_tenure",
            Kind.BOOLEAN,
            "破格突破任职年限",
            "the waiver is about years of tenure",
            "没有破格审批记录",
        ),
        Column(
            "late_waiver",
            Kind.TEXT,
            "未在讨论决定（考察）前同意的破格审批",
            "waiver not agreed to before the discussion or vetting",
            "没有",
        ),
        Column(
            "is_party_post",
            Kind.BOOLEAN,
            "党的领导职务",
            "leading post of the Party",
            "职位所属班子不掌握",
        ),
        Column(
            "is_judicial_post",
            Kind.BOOLEAN,
            "法院、检察院领导职务",
            "leading post of a court or procuratorate",
            "职位所属班子不掌握",
        ),
        Column(
            "in_party_or_government",
            Kind.BOOLEAN,
            "党政班子职位",
            "post of a Party or government team",
            "职位所属班子不掌握",
        ),
        Column(
            "titular_codes",
            Kind.TEXT,
            "自治民族代码",
            "codes of the titular nationalities",
            "职位所在政区不掌握或者不在区划表",
        ),
        *_span(
            "posts_at_lower_level",
            "下一级任职职位数",
            "posts held at the next lower level",
            unit="post",
        ),
        Column(
            "grew_up_in_area",
            Kind.BOOLEAN,
            "成长地在职位所在政区",
            "grew up in the division of the post",
            "成长地或职位所在政区不掌握，或成长地只写到上级政区",
        ),
        Column(
            "kin_seated",
            Kind.TEXT,
            "同班子或上下级班子中的亲属",
            "kin seated in the same team or line of command",
            "没有已确认的亲属",
        ),
        Column(
            "kin_to_confirm",
            Kind.TEXT,
            "待确认的亲属",
            "possible kin to confirm",
            "没有",
        ),
    ),
)
