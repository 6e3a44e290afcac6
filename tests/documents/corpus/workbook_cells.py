"""Blemished workbooks: sheets and headers, cells, persons, and our own template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.documents.corpus.case import Case
from tests.documents.corpus.workbook_files import (
    ABSENT,
    HEADER,
    NATIONAL,
    NUMBER,
    OTHER,
    SHEET,
    Sheets,
    book,
    changed,
    national,
    persons,
    with_cell,
)


def cases() -> Iterator[Case]:
    yield from _sheets()
    yield from _cells()
    yield from _people()
    yield from _template()


def _sheets() -> Iterator[Case]:
    row = ["甲", "", "男", "197503", "汉族"]
    yield national("sound", persons(row))
    yield national("persons without a row", persons())
    yield book("no sheet we know", {"Sheet1": [["姓名"], ["甲"]]}, "workbook/no-known-sheet")
    yield book(
        "no persons",
        {"B01单位": [["单位名称", "机构编码"]], "A02职务": [["姓名"]]},
        "workbook/missing-sheet",
    )
    yield book(
        "a blank sheet of persons",
        {"A01人员": []},
        "workbook/missing-header-row@A01人员",
        findings=NATIONAL[:ABSENT],
    )
    yield book(
        "no header",
        {"A01人员": [row]},
        "workbook/missing-header-row@A01人员",
        findings=NATIONAL[:ABSENT],
    )
    late = {"A01人员": [*([[""]] * 12), list(HEADER), row]}
    yield book(
        "header below the twelfth row",
        late,
        "workbook/missing-header-row@A01人员",
        findings=NATIONAL[:ABSENT],
    )
    yield national("header in the twelfth row", {"A01人员": [*([["x"]] * 11), list(HEADER), row]})
    yield national(
        "header with blanks and stars",
        persons(row, header=("姓 名*", "身份证号 ", "性别（必填）", "出生年月", "民族")),
    )
    yield national(
        "header twice",
        persons([*row, "甲"], header=(*HEADER, "姓名")),
        "workbook/repeated-header@A01人员:2",
    )
    yield national(
        "no column of names",
        persons(["", "男", "197503"], header=("身份证号", "性别", "出生年月")),
        "workbook/missing-header@A01人员:2",
    )
    yield national(
        "no column of ID numbers",
        persons(["甲", "男"], header=("姓名", "性别")),
        "workbook/missing-header@A01人员:2",
    )
    yield national(
        "columns of one's own",
        persons([*row, "x", "y"], header=(*HEADER, "备注二", "序号")),
        findings=("import/unused-columns@A01人员:2",),
    )
    yield national(
        "rows of blanks between", persons(row, ["", "", " ", "　", ""], ["乙", "", "", "", ""])
    )
    yield national(
        "a footer below",
        persons(row, ["", "", "", "", "制表人：某"]),
        "workbook/empty-cell@A01人员:4:姓名",
    )
    yield national(
        "merged cells",
        changed(
            SHEET,
            lambda old: old.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
        ),
    )


def _cells() -> Iterator[Case]:
    def person(**cells: Any) -> Sheets:
        given = {"姓名": "甲", "身份证号": "", "性别": "", "出生年月": "", "民族": "", **cells}
        return persons(list(given.values()), header=tuple(given))

    dates: list[Any] = [
        "197513", "19750230", "1975.13", "七五年三月", "1975.3.1.1", "19750312x", "75.3", -1, 0,
        197513, 19750230, 9999, 123456789, 1e300, 1975.123, 100.5, "#VALUE!",
    ]  # fmt: skip
    for written in dates:
        yield national(
            f"date {written!r}", person(出生年月=written), "workbook/bad-date@A01人员:3:出生年月"
        )
    sound: list[Any] = [
        "197503", "1975.03", "1975年3月", 197503, 19750312, 1975.03, date(1975, 3, 12), 27465,
        "1975", " 197503 ",
    ]  # fmt: skip
    for written in sound:
        yield national(f"date {written!r}", person(出生年月=written))
    yield national(
        "month as a decimal",
        person(出生年月=1975.1),
        findings=("import/decimal-month@A01人员:3:出生年月",),
    )
    numbers: dict[Any, str] = {
        1.50102197503120e17: "workbook/id-as-number", "1.50102E+17": "workbook/id-as-number",
        "123": "workbook/bad-id-number", "150102197513120011": "workbook/bad-id-number",
        "1501021975031200O1": "workbook/bad-id-number", 12345: "workbook/bad-id-number",
    }  # fmt: skip
    for value, code in numbers.items():
        yield national(f"ID number {value!r}", person(身份证号=value), f"{code}@A01人员:3:身份证号")
    wrong = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")
    yield national(
        "ID number with a wrong check digit",
        person(身份证号=wrong),
        findings=("codes/id-check-digit@A01人员:3:身份证号",),
    )
    for value in ("x", "男女", 3, "M"):
        yield national(f"sex {value!r}", person(性别=value), "workbook/bad-choice@A01人员:3:性别")
    for value in ("某族", "Han", 99):
        yield national(
            f"ethnicity {value!r}",
            person(民族=value),
            findings=("import/unknown-wording@A01人员:3:民族",),
        )
    yield national(
        "short ethnicity", person(民族="汉"), findings=("import/loose-wording@A01人员:3:民族",)
    )
    yield national("name missing", person(姓名="", 性别="男"), "workbook/empty-cell@A01人员:3:姓名")
    yield national(
        "name of blanks", person(姓名="　 ", 性别="男"), "workbook/empty-cell@A01人员:3:姓名"
    )
    yield national(
        "name of zero-width characters", person(姓名="\u200b"), "workbook/empty-cell@A01人员:3:姓名"
    )
    for value in ("阿甲·某某", "张　三", "䶮𠮷", "=1+1", 12345, "甲" * 32_000):
        yield national(f"name {str(value)[:12]}", person(姓名=value))
    yield national(
        "every cell wrong",
        person(身份证号="1", 性别="x", 出生年月="197513"),
        "workbook/bad-id-number@A01人员:3:身份证号",
        "workbook/bad-choice@A01人员:3:性别",
        "workbook/bad-date@A01人员:3:出生年月",
    )
    formula = '<c r="A3" t="str"><f>1/0</f><v>甲</v></c>'
    yield national("a name by a formula", changed(SHEET, lambda old: with_cell(old, formula)))
    error = '<c r="A3" t="e"><v>#REF!</v></c>'
    yield national(
        "a name that is an error",
        changed(SHEET, lambda old: with_cell(old, error)),
        "workbook/empty-cell@A01人员:3:姓名",
    )
    yield national(
        "number of a name", person(姓名=1.5e20), "workbook/code-as-number@A01人员:3:姓名"
    )


def _people() -> Iterator[Case]:
    first = ["甲", NUMBER, "男", "197503", "汉族"]
    yield national(
        "a number twice",
        persons(first, ["乙", NUMBER, "", "", ""]),
        "import/repeated-id-number@A01人员:4:身份证号",
    )
    yield national(
        "a name twice without numbers",
        persons(["甲", "", "", "", ""], ["甲", "", "", "", ""]),
        "import/repeated-name@A01人员:4:身份证号",
    )
    yield national("namesakes with numbers", persons(first, ["甲", OTHER, "", "", ""]))
    yield national(
        "ID number of another birth",
        persons(["甲", NUMBER, "女", "197504", ""]),
        findings=("form/id-birth-differs@A01人员:3:出生年月", "form/id-sex-differs@A01人员:3:性别"),
    )

    def posts(*row: Any) -> Sheets:
        return {
            **persons(first, ["乙", "", "", "", ""]),
            "A02职务": [["姓名", "身份证号", "职务名称"], list(row)],
        }

    named = {
        "of nobody": (("丙", "", "局长"), "import/not-in-persons@A02职务:2:姓名"),
        "under another name": (("乙", NUMBER, "局长"), "import/name-differs@A02职务:2:姓名"),
        "under another number": (("甲", OTHER, "局长"), "import/not-in-persons@A02职务:2:姓名"),
        "without a name": (("", NUMBER, "局长"), "workbook/empty-cell@A02职务:2:姓名"),
    }
    for name, (row, told) in named.items():
        yield national(
            f"a post {name}", posts(*row), told, findings=("import/absent-columns@A02职务",), more=1
        )

    def discipline(name: str) -> Sheets:
        return {**persons(first), "A14奖惩": [["姓名", "身份证号", "奖惩名称"], ["甲", "", name]]}

    for written in ("党纪处理", "政务处分若干", "问责"):
        yield national(
            f"sanction {written}",
            discipline(written),
            findings=("import/sanction-not-listed@A14奖惩:2", "import/absent-columns@A14奖惩"),
            more=1,
        )


def _template() -> Iterator[Case]:
    organs = ["机构标识", "机构名称"]
    posts = ["职位标识", "职位名称", "机构标识", "正副职", "班子一"]
    post = ["p", "局长", "x", "正职", "t"]
    told = ("import/absent-columns@职位",)
    yield book("template: a post", {"职位": [posts, post]}, findings=told)
    yield book(
        "template: a post twice",
        {"职位": [posts, post, post]},
        "import/repeated-row@职位:3:职位标识",
    )
    yield book(
        "template: an organ twice",
        {"机构": [organs, ["x", "甲局"], ["x", "乙局"]]},
        "import/repeated-row@机构:3:机构标识",
    )
    yield book(
        "template: columns lost",
        {"职位": [posts[:2], post[:2]]},
        *["workbook/missing-header@职位:1"] * 3,
    )
    for column, label in enumerate(posts):
        short = [*post[:column], "", *post[column + 1 :]]
        yield book(
            f"template: no {label}", {"职位": [posts, short]}, f"workbook/empty-cell@职位:2:{label}"
        )
    yield book(
        "template: a role nobody knows",
        {"职位": [posts, ["p", "局长", "x", "头", "t"]]},
        "workbook/bad-choice@职位:2:正副职",
    )
    yield book(
        "template: a sheet of one's own",
        {"职位": [posts, post], "草稿": [["x"]]},
        findings=(*told, "import/unknown-sheets"),
    )
    complete = ["姓名", "身份证号", "数据表", "完整至", "依据"]
    for table, day, problem in (
        ("某表", "20260630", "workbook/no-such-table@完整性说明:2:数据表"),
        ("奖励", "20261330", "workbook/bad-date@完整性说明:2:完整至"),
        ("奖励", "", "workbook/empty-cell@完整性说明:2:完整至"),
    ):  # fmt: skip
        yield book(
            f"template: complete {table} {day}",
            {"完整性说明": [complete, ["甲", "", table, day, ""]]},
            problem,
        )
    seats = ["姓名", "身份证号", "职位标识", "任职时间", "免职时间", "任职文号"]
    yield book(
        "template: a seat of nobody",
        {"任职": [seats, ["", "", "p", "202601", "", ""]]},
        "workbook/empty-cell@任职:2:姓名",
    )
    yield book(
        "template: a seat since month 13",
        {"任职": [seats, ["甲", "", "p", "202613", "", ""]]},
        "workbook/bad-date@任职:2:任职时间",
    )
    conclusions = ["姓名", "身份证号", "结论事项", "结论", "结论日期", "作出结论单位"]
    unknown = ["甲", "", "某事", "某", "20260101", "某委"]
    told_twice = ("workbook/bad-choice@结论:2:结论事项", "workbook/bad-choice@结论:2:结论")
    yield book("template: a conclusion nobody knows", {"结论": [conclusions, unknown]}, *told_twice)
    targets = ["目标标识", "目标名称", "计算方式", "比较", "目标值"]
    yield book(
        "template: a target without a value",
        {"目标": [targets, ["a", "女", "人数", "不少于", ""]]},
        "workbook/empty-cell@目标:2:目标值",
    )
