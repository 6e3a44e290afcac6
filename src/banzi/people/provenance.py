"""Where a fact came from and when we learned it; and what is known to be complete.

Valid time (when something was so) is in each table's own columns; recorded time is here. Absence
of rows says nothing by itself: "no sanctions" is known only when `completeness` says that the
person's sanctions are fully recorded up to a day.
"""

from banzi.kernel.columns import Column, Kind, Table

PROVENANCE = (
    Column(
        "source_id",
        Kind.TEXT,
        "来源",
        "source",
        null="由人工在系统内录入",
        references="sources.source_id",
    ),
    Column("source_place", Kind.TEXT, "来源位置", "place in the source", null="整份来源"),
    Column("recorded_on", Kind.DATE, "记录日期", "recorded on", null="未记录何时得知"),
)
"""Columns that close every table of facts: from which file, where in it, learned on which day."""

PERSON_ID = Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id")

COMPLETENESS = Table(
    "completeness",
    "完整性说明",
    "completeness",
    "Up to which day a person's rows in another table are known to be all there are.",
    ("person_id", "table_name"),
    (
        PERSON_ID,
        Column("table_name", Kind.TEXT, "数据表", "table"),
        Column("complete_on", Kind.PARTIAL_DATE, "完整至", "complete up to"),
        Column("basis", Kind.TEXT, "依据", "basis", null="未注明"),
        *PROVENANCE,
    ),
)
