"""The person: identity, form fields and present position, one row each.

Columns marked as form texts hold what the printed 干部任免审批表 shows, as written; the dated and
coded tables beside this one hold the same facts in a form that rules can read.
"""

from banzi.kernel.columns import Column, FieldClass, Kind, Table
from banzi.people.choices import RetirementTrack, Sex
from banzi.people.form_texts import BLANK, FORM_TEXTS
from banzi.people.provenance import PROVENANCE

_UNKNOWN = "不掌握"

_IDENTITY = (
    Column("person_id", Kind.TEXT, "人员标识", "person id", national="A0000"),
    Column("name", Kind.TEXT, "姓名", "name", national="A0101"),
    Column(
        "id_number",
        Kind.TEXT,
        "身份证号",
        "ID number",
        null=_UNKNOWN,
        national="A0184",
        field_class=FieldClass.IDENTITY,
    ),
    Column(
        "sex",
        Kind.CHOICE,
        "性别",
        "sex",
        null=_UNKNOWN,
        choices=Sex,
        national="A0104",
        protected=True,
    ),
    Column("birth", Kind.PARTIAL_DATE, "出生年月", "birth", null=_UNKNOWN, national="A0107"),
    Column("native_place", Kind.TEXT, "籍贯", "native place", null=_UNKNOWN, national="A0111A"),
    Column("birthplace", Kind.TEXT, "出生地", "birthplace", null=_UNKNOWN, national="A0114A"),
    Column(
        "growth_place", Kind.TEXT, "成长地", "place of growing up", null=_UNKNOWN, national="A0115A"
    ),
    Column(
        "ethnicity",
        Kind.CODE,
        "民族",
        "ethnicity",
        null=_UNKNOWN,
        codes="ethnic_gbt3304",
        national="A0117",
        protected=True,
    ),
    Column(
        "health",
        Kind.TEXT,
        "健康状况",
        "health",
        null=_UNKNOWN,
        national="A0128",
        field_class=FieldClass.IDENTITY,
    ),
    Column(
        "work_started",
        Kind.PARTIAL_DATE,
        "参加工作时间",
        "started work",
        null=_UNKNOWN,
        national="A0134",
    ),
)

_POLITICAL = (
    Column(
        "party_text",
        Kind.TEXT,
        "入党时间文字",
        "Party entry as written",
        null=BLANK,
        national="A0140",
    ),
    Column(
        "political_status",
        Kind.CODE,
        "政治面貌",
        "political status",
        null=_UNKNOWN,
        codes="political_gbt4762",
        national="A0141",
    ),
    Column(
        "party_joined",
        Kind.PARTIAL_DATE,
        "入党时间",
        "joined the Party",
        null=_UNKNOWN,
        national="A0144",
    ),
    Column(
        "second_party",
        Kind.CODE,
        "第二党派",
        "second party",
        null="没有或不掌握",
        codes="political_gbt4762",
        national="A3921",
    ),
    Column(
        "third_party",
        Kind.CODE,
        "第三党派",
        "third party",
        null="没有或不掌握",
        codes="political_gbt4762",
        national="A3927",
    ),
)

_POSITION = (
    Column(
        "person_category",
        Kind.TEXT,
        "人员类别",
        "category of person",
        null=_UNKNOWN,
        national="A0160",
    ),
    Column(
        "management_status",
        Kind.TEXT,
        "人员管理状态",
        "management status",
        null=_UNKNOWN,
        national="A0163",
    ),
    Column(
        "management_category", Kind.TEXT, "管理类别", "managed by", null=_UNKNOWN, national="A0165"
    ),
    Column("specialty", Kind.TEXT, "熟悉专业有何特长", "specialty", null=BLANK, national="A0187A"),
    Column(
        "current_posts_text",
        Kind.TEXT,
        "现工作单位及职务全称",
        "present posts",
        null=BLANK,
        national="A0192A",
    ),
    Column(
        "current_posts_short",
        Kind.TEXT,
        "现工作单位及职务简称",
        "present posts, short",
        null=BLANK,
        national="A0192",
    ),
    Column(
        "post_level",
        Kind.CODE,
        "现职务层次",
        "present post level",
        null=_UNKNOWN,
        codes="post_level_zb09",
        national="A0221",
    ),
    Column(
        "post_level_since",
        Kind.PARTIAL_DATE,
        "任现职务层次时间",
        "at this post level since",
        null=_UNKNOWN,
        national="A0288",
    ),
    Column(
        "rank",
        Kind.CODE,
        "现职级",
        "present rank",
        null="没有或不掌握",
        codes="civil_rank_general",
        national="A0192E",
    ),
    Column(
        "rank_since",
        Kind.PARTIAL_DATE,
        "任现职级时间",
        "at this rank since",
        null=_UNKNOWN,
        national="A0192C",
    ),
    Column(
        "technical_title",
        Kind.TEXT,
        "专业技术职务",
        "technical title",
        null=BLANK,
        national="A0196",
    ),
    Column(
        "has_grassroots_years",
        Kind.BOOLEAN,
        "是否具有两年以上基层工作经历",
        "two years at the grassroots (declared)",
        null=_UNKNOWN,
        national="A0197",
    ),
    Column(
        "reporting_organ",
        Kind.TEXT,
        "统计关系所在单位",
        "unit for statistics",
        null=_UNKNOWN,
        national="A0195",
    ),
    Column("grade", Kind.TEXT, "级别", "grade", null=_UNKNOWN, national="A0120"),
    Column(
        "establishment_kind",
        Kind.TEXT,
        "编制类型",
        "kind of establishment",
        null=_UNKNOWN,
        national="A0121",
    ),
    Column(
        "technical_qualification",
        Kind.TEXT,
        "专业技术类公务员任职资格",
        "qualification as technical civil servant",
        null=_UNKNOWN,
        national="A0122",
    ),
    Column(
        "civil_servant_registered_on",
        Kind.PARTIAL_DATE,
        "公务员登记时间",
        "registered as civil servant",
        null=_UNKNOWN,
        national="A2949",
    ),
    Column(
        "is_examined_recruit",
        Kind.BOOLEAN,
        "是否考录",
        "recruited by examination",
        null=_UNKNOWN,
        national="A99Z101",
    ),
    Column(
        "recruited_on",
        Kind.PARTIAL_DATE,
        "录用时间",
        "recruited on",
        null=_UNKNOWN,
        national="A99Z102",
    ),
    Column(
        "is_selected_graduate",
        Kind.BOOLEAN,
        "是否选调生",
        "selected graduate",
        null=_UNKNOWN,
        national="A99Z103",
    ),
    Column(
        "selected_on",
        Kind.PARTIAL_DATE,
        "进入选调生时间",
        "selected on",
        null=_UNKNOWN,
        national="A99Z104",
    ),
    Column(
        "retirement_track",
        Kind.CHOICE,
        "退休年龄类别",
        "retirement table",
        null="未确定适用哪一类",
        choices=RetirementTrack,
    ),
)

PERSONS = Table(
    "persons",
    "人员",
    "persons",
    "One row per official.",
    ("person_id",),
    (*_IDENTITY, *_POLITICAL, *_POSITION, *FORM_TEXTS, *PROVENANCE),
)
