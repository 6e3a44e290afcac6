"""Careers: résumé segments and what they count as, posts held, levels and ranks held."""

from banzi.kernel.columns import Column, Kind, Table
from banzi.people.choices import CareerTag, ExpertField, LevelKind, SeatRole, SegmentKind
from banzi.people.provenance import PERSON_ID, PROVENANCE

_SEGMENT_NO = Column("segment_no", Kind.INTEGER, "段号", "segment number")

CAREER_SEGMENTS = Table(
    "career_segments",
    "简历分段",
    "career segments",
    "The résumé line by line; half-open by month: `ended` is the first month no longer in it.",
    ("person_id", "segment_no"),
    (
        PERSON_ID,
        _SEGMENT_NO,
        Column("segment_kind", Kind.CHOICE, "段类", "kind of segment", choices=SegmentKind),
        Column("started", Kind.MONTH, "起", "from", null="起始年月未写明或不可读", unit="month"),
        Column(
            "ended",
            Kind.MONTH,
            "止",
            "to",
            null="至今，或截止年月不可读（见 is_open）",
            unit="month",
        ),
        Column("is_open", Kind.BOOLEAN, "至今", "still going on", null="截止年月不可读"),
        Column("text", Kind.TEXT, "内容", "text"),
        Column("notes", Kind.TEXT, "续行及附注", "continuation lines and notes", null="没有"),
        *PROVENANCE,
    ),
)

CAREER_TAGS = Table(
    "career_tags",
    "履历标签",
    "career tags",
    "What a segment counts as, with the basis. A segment without a row for a tag is not judged.",
    ("person_id", "segment_no", "tag"),
    (
        PERSON_ID,
        _SEGMENT_NO,
        Column("tag", Kind.CHOICE, "标签", "tag", choices=CareerTag),
        Column("holds", Kind.BOOLEAN, "是否", "holds", null="有争议或待定"),
        Column("basis", Kind.TEXT, "依据", "basis", null="未注明"),
        *PROVENANCE,
    ),
)

EXPERTISE = Table(
    "expertise",
    "专业领域",
    "expertise",
    "Fields a person is versed in, each with its evidence.",
    ("person_id", "field"),
    (
        PERSON_ID,
        Column("field", Kind.CHOICE, "领域", "field", choices=ExpertField),
        Column("holds", Kind.BOOLEAN, "是否", "holds", null="有争议或待定"),
        Column("basis", Kind.TEXT, "依据", "basis", null="未注明"),
        *PROVENANCE,
    ),
)

APPOINTMENTS = Table(
    "appointments",
    "职务",
    "appointments",
    "Posts held, past and present, one row per post and stay (A02).",
    ("person_id", "appointment_no"),
    (
        PERSON_ID,
        Column("appointment_no", Kind.INTEGER, "任职序号", "appointment number"),
        Column("organ_name", Kind.TEXT, "任职机构名称", "organ", null="不掌握", national="A0201A"),
        Column("organ_code", Kind.TEXT, "机构编码", "organ code", null="不掌握", national="A0201B"),
        Column(
            "is_team_member",
            Kind.BOOLEAN,
            "是否班子成员",
            "member of the team",
            null="不掌握",
            national="A0201D",
        ),
        Column(
            "role",
            Kind.CHOICE,
            "成员类别",
            "role",
            null="不掌握",
            choices=SeatRole,
            national="A0201E",
        ),
        Column("post_name", Kind.TEXT, "职务名称", "post", national="A0215A"),
        Column(
            "post_level",
            Kind.CODE,
            "职务层次",
            "post level",
            null="未写明，以职务层次记录为准",
            codes="post_level_zb09",
        ),
        Column(
            "is_leadership",
            Kind.BOOLEAN,
            "是否领导职务",
            "leading post",
            null="不掌握",
            national="A0219",
        ),
        Column(
            "order_among_posts",
            Kind.INTEGER,
            "多职务排序",
            "order among posts",
            null="未排序",
            national="A0223",
        ),
        Column(
            "order_in_team",
            Kind.INTEGER,
            "集体内排序",
            "order in the team",
            null="未排序",
            national="A0225",
        ),
        Column(
            "appointed_on",
            Kind.PARTIAL_DATE,
            "任职时间",
            "appointed",
            null="不掌握",
            national="A0243",
        ),
        Column(
            "appointment_document",
            Kind.TEXT,
            "任职文号",
            "document",
            null="不掌握",
            national="A0245",
        ),
        Column(
            "appointment_method",
            Kind.TEXT,
            "选拔任用方式",
            "method",
            null="不掌握",
            national="A0247",
        ),
        Column(
            "is_exceptional",
            Kind.BOOLEAN,
            "破格提拔",
            "exceptional promotion",
            null="不掌握",
            national="A0251B",
        ),
        Column("in_office", Kind.BOOLEAN, "任职状态", "in office", null="不掌握", national="A0255"),
        Column(
            "removed_on",
            Kind.PARTIAL_DATE,
            "免职时间",
            "removed",
            null="未免或不掌握（看任职状态）",
            national="A0265",
        ),
        Column(
            "removal_document",
            Kind.TEXT,
            "免职文号",
            "removal document",
            null="没有或不掌握",
            national="A0267",
        ),
        Column(
            "change_reason",
            Kind.TEXT,
            "变动原因",
            "reason of change",
            null="没有或不掌握",
            national="A0272",
        ),
        Column(
            "is_main_post", Kind.BOOLEAN, "主职务", "main post", null="不掌握", national="A0279"
        ),
        Column("is_printed", Kind.BOOLEAN, "输出标识", "printed", null="不掌握", national="A0281"),
        Column(
            "post_id",
            Kind.TEXT,
            "职位标识",
            "post id",
            null="不是本次班子的职位，或尚未对应",
            references="posts.post_id",
        ),
        *PROVENANCE,
    ),
)

LEVEL_HISTORY = Table(
    "level_history",
    "职务层次与职级",
    "levels and ranks held",
    "Post levels and ranks with their dates (A05).",
    ("person_id", "level_no"),
    (
        PERSON_ID,
        Column("level_no", Kind.INTEGER, "序号", "number"),
        Column("level_kind", Kind.CHOICE, "类别", "kind", choices=LevelKind, national="A0531"),
        Column(
            "post_level",
            Kind.CODE,
            "职务层次",
            "post level",
            null="本行是职级，或层次不可读",
            codes="post_level_zb09",
            national="A0501B",
        ),
        Column(
            "rank",
            Kind.CODE,
            "职级",
            "rank",
            null="本行是职务层次，或职级不可读",
            codes="civil_rank_general",
            national="A0501B",
        ),
        Column(
            "started_on", Kind.PARTIAL_DATE, "批准日期", "from", null="不掌握", national="A0504"
        ),
        Column("document", Kind.TEXT, "批准文号", "document", null="不掌握", national="A0511"),
        Column(
            "ended_on",
            Kind.PARTIAL_DATE,
            "终止日期",
            "to",
            null="未终止或不掌握（看状态）",
            national="A0517",
        ),
        Column("in_force", Kind.BOOLEAN, "状态", "in force", null="不掌握", national="A0524"),
        *PROVENANCE,
    ),
)
