"""Education, technical titles and training."""

from banzi.kernel.columns import Column, Kind, Table
from banzi.people.choices import EducationMode
from banzi.people.provenance import PERSON_ID, PROVENANCE

EDUCATION = Table(
    "education",
    "学历学位",
    "education",
    "Courses of study with education level and degree (A08).",
    ("person_id", "education_no"),
    (
        PERSON_ID,
        Column("education_no", Kind.INTEGER, "序号", "number"),
        Column(
            "education_mode",
            Kind.CHOICE,
            "教育类别",
            "mode",
            null="不掌握",
            choices=EducationMode,
            national="A0837",
        ),
        Column(
            "education_name", Kind.TEXT, "学历名称", "education", null="没有学历", national="A0801A"
        ),
        Column(
            "education_code",
            Kind.CODE,
            "学历代码",
            "education code",
            null="没有学历，或名称不在码表",
            codes="education_zb64",
            national="A0801B",
        ),
        Column("degree_name", Kind.TEXT, "学位名称", "degree", null="没有学位", national="A0901A"),
        Column(
            "degree_code",
            Kind.CODE,
            "学位代码",
            "degree code",
            null="没有学位，或名称不在码表",
            codes="degree_gbt6864",
            national="A0901B",
        ),
        Column("school", Kind.TEXT, "毕业院校及院系", "school", null="不掌握", national="A0814"),
        Column("major", Kind.TEXT, "专业", "major", null="不掌握", national="A0824"),
        Column(
            "entered_on", Kind.PARTIAL_DATE, "入学时间", "entered", null="不掌握", national="A0804"
        ),
        Column(
            "graduated_on",
            Kind.PARTIAL_DATE,
            "毕（肄）业时间",
            "graduated",
            null="不掌握",
            national="A0807",
        ),
        Column(
            "degree_on",
            Kind.PARTIAL_DATE,
            "学位授予时间",
            "degree conferred",
            null="不掌握",
            national="A0904",
        ),
        Column("is_printed", Kind.BOOLEAN, "输出标识", "printed", null="不掌握", national="A0899"),
        *PROVENANCE,
    ),
)

TECHNICAL_TITLES = Table(
    "technical_titles",
    "专业技术资格",
    "technical titles",
    "Technical qualifications obtained (A06).",
    ("person_id", "title_no"),
    (
        PERSON_ID,
        Column("title_no", Kind.INTEGER, "序号", "number"),
        Column(
            "title_code",
            Kind.CODE,
            "专业技术资格代码",
            "title code",
            null="名称不在码表",
            codes="tech_title_gbt8561",
            national="A0601",
        ),
        Column("title_name", Kind.TEXT, "专业技术资格名称", "title", national="A0602"),
        Column(
            "obtained_on",
            Kind.PARTIAL_DATE,
            "获得资格日期",
            "obtained",
            null="不掌握",
            national="A0604",
        ),
        Column(
            "obtained_by", Kind.TEXT, "取得资格途径", "obtained by", null="不掌握", national="A0607"
        ),
        Column(
            "granted_by",
            Kind.TEXT,
            "评委会或考试名称",
            "granted by",
            null="不掌握",
            national="A0611",
        ),
        Column("is_printed", Kind.BOOLEAN, "输出标识", "printed", null="不掌握", national="A0699"),
        *PROVENANCE,
    ),
)

TRAINING = Table(
    "training",
    "教育培训",
    "training",
    "Training attended.",
    ("person_id", "training_no"),
    (
        PERSON_ID,
        Column("training_no", Kind.INTEGER, "序号", "number"),
        Column("training_name", Kind.TEXT, "培训班名称", "course"),
        Column("organised_by", Kind.TEXT, "主办单位", "organised by", null="不掌握"),
        Column("started_on", Kind.PARTIAL_DATE, "开始时间", "from", null="不掌握"),
        Column("ended_on", Kind.PARTIAL_DATE, "结束时间", "to", null="不掌握"),
        Column("class_hours", Kind.INTEGER, "学时", "class hours", null="不掌握", unit="hour"),
        *PROVENANCE,
    ),
)
