"""Family members and important relations, and which of them are officials on the roster."""

from banzi.kernel.columns import Column, FieldClass, Kind, Table
from banzi.people.provenance import PERSON_ID, PROVENANCE

RELATIVES = Table(
    "relatives",
    "家庭成员及社会关系",
    "relatives",
    "Relatives as the form lists them (A36); a link to another official is confirmed, not guessed.",
    ("person_id", "relative_no"),
    (
        PERSON_ID,
        Column("relative_no", Kind.INTEGER, "序号", "number", national="SORTID"),
        Column("relation_text", Kind.TEXT, "称谓", "relation", null="表中未填", national="A3604A"),
        Column(
            "relation",
            Kind.CODE,
            "称谓代码",
            "relation code",
            null="称谓不在码表",
            codes="family_relation_form",
        ),
        Column("name", Kind.TEXT, "家庭成员姓名", "name", null="表中未填", national="A3601"),
        Column(
            "birth", Kind.PARTIAL_DATE, "家庭成员出生日期", "birth", null="不掌握", national="A3607"
        ),
        Column(
            "political_status_text",
            Kind.TEXT,
            "家庭成员政治面貌",
            "political status",
            null="表中未填",
            national="A3627",
        ),
        Column(
            "unit_and_post",
            Kind.TEXT,
            "工作单位及职务",
            "unit and post",
            null="表中未填",
            national="A3611",
        ),
        Column(
            "id_number", Kind.TEXT, "家庭成员身份证号", "ID number", null="不掌握", national="A3684"
        ),
        Column(
            "relative_person_id",
            Kind.TEXT,
            "对应人员标识",
            "linked official",
            null="尚未确认与花名册中哪位干部为同一人",
            references="persons.person_id",
        ),
        Column(
            "is_linked",
            Kind.BOOLEAN,
            "是否花名册中干部",
            "is an official on the roster",
            null="可能是，待确认",
        ),
        *PROVENANCE,
    ),
    FieldClass.FAMILY,
)
