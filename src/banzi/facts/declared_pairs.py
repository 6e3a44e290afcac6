"""The columns of the smaller frames of facts: person and post, team, and next rank."""

from banzi.facts.declared import NOT_KNOWN, span
from banzi.kernel.columns import Column, Kind, Table

TEAM_FACTS = Table(
    "team_facts",
    "班子派生事实",
    "facts about a team",
    "What follows about the people who hold a team's posts at a date.",
    ("team_id",),
    (
        Column("team_id", Kind.TEXT, "班子标识", "team id", references="teams.team_id"),
        Column("members", Kind.INTEGER, "现有成员数", "members", unit="person"),
        *span(
            "titular_leaders",
            "正副职中实行区域自治民族的公民",
            "principals and deputies of a titular nationality",
            unit="person",
        ),
        Column("titular_names", Kind.TEXT, "实行区域自治民族的正副职", "who they are", "没有"),
        *span("non_party", "党外干部", "members who are not of the CPC", unit="person"),
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
        Column("is_top_rank", Kind.BOOLEAN, "已是最高职级", "has the highest rank", NOT_KNOWN),
        *span(
            "months_towards_rank",
            "计入晋升职级的任职时间（月）",
            "months that count towards the next rank",
            null="任职时间不明",
        ),
        Column("months_required", Kind.INTEGER, "规定年限（月）", "months asked for", NOT_KNOWN),
        Column(
            "months_shortened",
            Kind.INTEGER,
            "按优秀等次缩短后的年限（月）",
            "months asked for after shortening",
            NOT_KNOWN,
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
            NOT_KNOWN,
        ),
        *span(
            "months_at_lower_level",
            "在拟任层次的下一层次任职时间（月）",
            "time at the level just below the post's in months",
        ),
        *span(
            "months_at_target_level",
            "在拟任层次任职累计时间（月）",
            "time at the post's own level in months",
        ),
        *span(
            "months_in_this_post",
            "连续担任该职时间（月）",
            "time in this very post without a break in months",
            null="现不担任该职，或者起始时间不明而没有上限",
        ),
        *span(
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
        *span(
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
