"""Tables about the records themselves: sources, texts kept as written, findings, decisions."""

from banzi.kernel.columns import Column, FieldClass, Kind, Labelled, Table
from banzi.people.provenance import PERSON_ID, PROVENANCE


class FindingState(Labelled):
    OPEN = "open", "待处理", "open"
    SETTLED = "settled", "已处理", "settled"
    NOTED = "noted", "仅提示", "for information"


SOURCES = Table(
    "sources",
    "来源文件",
    "sources",
    "Files that were read.",
    ("source_id",),
    (
        Column("source_id", Kind.TEXT, "来源", "source"),
        Column("file_name", Kind.TEXT, "文件名", "file name"),
        Column("format", Kind.TEXT, "格式", "format"),
        Column("sha256", Kind.TEXT, "校验值", "SHA-256"),
        Column("size", Kind.INTEGER, "字节数", "size", unit="byte"),
        Column("recorded_on", Kind.DATE, "记录日期", "recorded on"),
    ),
)

TEXTS_AS_WRITTEN = Table(
    "texts_as_written",
    "原样文字",
    "texts as written",
    "What a form field said where it could not be read as a value; written back unchanged.",
    ("person_id", "column_name"),
    (
        PERSON_ID,
        Column("column_name", Kind.TEXT, "字段", "column"),
        Column("written", Kind.TEXT, "原文", "as written"),
        *PROVENANCE,
    ),
)

FORM_EXTRAS = Table(
    "form_extras",
    "未识别元素",
    "unknown form elements",
    "Elements of a .lrmx file that the form does not define, kept for writing back.",
    ("person_id", "extra_no"),
    (
        PERSON_ID,
        Column("extra_no", Kind.INTEGER, "序号", "number"),
        Column("element", Kind.TEXT, "元素名", "element"),
        Column("content", Kind.TEXT, "内容", "content as XML"),
        *PROVENANCE,
    ),
    FieldClass.IDENTITY,
)

FINDINGS = Table(
    "findings",
    "疑点",
    "findings",
    "What does not fit and a person should look at; a disputed value is null until settled.",
    ("finding_id",),
    (
        Column("finding_id", Kind.TEXT, "疑点标识", "finding"),
        Column("code", Kind.TEXT, "类型代码", "code"),
        Column(
            "person_id",
            Kind.TEXT,
            "人员标识",
            "person id",
            null="不涉及某一个人",
            references="persons.person_id",
        ),
        Column("table_name", Kind.TEXT, "数据表", "table", null="整份来源"),
        Column("column_name", Kind.TEXT, "字段", "column", null="整行"),
        Column("row_key", Kind.TEXT, "行键", "row key", null="只有一行"),
        Column(
            "text_zh",
            Kind.TEXT,
            "说明",
            "text in Chinese",
            field_class=FieldClass.IDENTITY,  # it quotes what it found, an ID number at times
        ),
        Column(
            "values_json",
            Kind.TEXT,
            "数值",
            "values of the message as JSON",
            field_class=FieldClass.IDENTITY,
        ),
        Column(
            "options_json",
            Kind.TEXT,
            "可选处理",
            "options to decide between, as JSON list",
            null="无需选择",
            field_class=FieldClass.IDENTITY,
        ),
        Column("state", Kind.CHOICE, "状态", "state", choices=FindingState),
        *PROVENANCE,
    ),
)

DECISIONS = Table(
    "decisions",
    "裁定",
    "decisions",
    "How findings were settled, by whom and when.",
    ("finding_id",),
    (
        Column("finding_id", Kind.TEXT, "疑点标识", "finding"),
        Column("chosen", Kind.TEXT, "处理意见", "choice", field_class=FieldClass.IDENTITY),
        Column("decided_by", Kind.TEXT, "裁定人", "decided by"),
        Column("decided_on", Kind.DATE, "裁定日期", "decided on"),
        Column("note", Kind.TEXT, "说明", "note", null="没有", field_class=FieldClass.IDENTITY),
        *PROVENANCE,
    ),
)

TABLES = (SOURCES, TEXTS_AS_WRITTEN, FORM_EXTRAS, FINDINGS, DECISIONS)
