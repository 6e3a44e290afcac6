"""Rules on who the person is: 姓名, 性别, 民族, 籍贯, 出生地, 健康状况, 身份证号.

Not here: dates (`dates`).
"""

from __future__ import annotations

from banzi.codes import id_numbers, lookup
from banzi.codes.divisions import PlaceMatch, division, find_place
from banzi.codes.texts import MIDDLE_DOT, clean_name, is_han
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.dates import month_text
from banzi.kernel.messages import gettext_noop as _

REQUIRED = (
    "name",
    "sex",
    "birth",
    "ethnicity",
    "native_place",
    "birthplace",
    "work_started",
    "health",
    "current_posts_text",
    "resume_text",
    "form_filled_on",
)
"""Fields nobody's form may leave blank."""

_PLACES = ("native_place", "birthplace")
_HEALTHY = ("良好", "好", "很好", "健康良好", "身体健康", "身体良好", "正常", "优良")
_MUNICIPALITIES = ("11", "12", "31", "50")


@rule(
    "forms/required-blank",
    title=_("必填栏目"),
    says=_("未填，请补填"),
    severity=Severity.ERROR,
)
def required_blank(sheet: Sheet) -> Finds:
    """The fields that everybody has are filled (formats.md 1.1)."""
    for column in REQUIRED:
        if not sheet[column]:
            yield Found(column)


@rule(
    "forms/field-twice",
    title=_("栏目重复"),
    says=_("文件中出现两次且内容不同，请保留正确的一处"),
    severity=Severity.ERROR,
)
def field_twice(sheet: Sheet) -> Finds:
    """Each element stands once in the file (formats.md 1.1)."""
    for column in sheet.disputed:
        yield Found(column, sheet.text(column))


@rule(
    "forms/name-blanks",
    title=_("姓名中的空格"),
    says=_("姓名中不加空格，排版由打印程序完成"),
    severity=Severity.HINT,
)
def name_blanks(sheet: Sheet) -> Finds:
    """Names are stored without the blanks that printing puts in (formats.md 1.2, 5)."""
    written = sheet.text("name")
    if written != clean_name(written) and len(written.split()) > 1:
        yield Found("name", written, clean_name(written))


@rule(
    "forms/name-characters",
    title=_("姓名用字"),
    says=_("姓名中的“{characters}”不是汉字或间隔号“·”，请更正"),
    severity=Severity.ERROR,
)
def name_characters(sheet: Sheet) -> Finds:
    """A name holds Chinese characters and `·` between its parts, no brackets, digits or notes."""
    name = sheet["name"]
    strange = [each for each in name if not is_han(each) and each != MIDDLE_DOT]
    if name.startswith(MIDDLE_DOT) or name.endswith(MIDDLE_DOT):
        strange.append(MIDDLE_DOT)
    if strange:
        yield Found("name", name, values={"characters": "".join(dict.fromkeys(strange))})


@rule(
    "forms/sex-value",
    title=_("性别写法"),
    says=_("应填“男”或“女”"),
    severity=Severity.ERROR,
)
def sex_value(sheet: Sheet) -> Finds:
    """性别 is 男 or 女 (formats.md 1.1)."""
    written = sheet["sex"]
    if written and sheet.sex is None:
        known = [each for each in "男女" if each in written]
        yield Found("sex", written, known[0] if len(known) == 1 else "")


@rule(
    "forms/ethnicity-name",
    title=_("民族写法"),
    says=_("民族应写规范全称，如“汉族”"),
    severity=Severity.ERROR,
)
def ethnicity_name(sheet: Sheet) -> Finds:
    """民族 in full: 汉族, not 汉 (formats.md 1.6)."""
    written = sheet["ethnicity"]
    match = lookup.find("ethnic_gbt3304", written) if written else None
    wording = match.wording if match else ""
    if written and written != wording:
        yield Found("ethnicity", written, wording)


@rule(
    "forms/place-wording",
    title=_("籍贯、出生地写法"),
    says=_("写省名和市（县）名，不带“省”“市”“县”"),
    severity=Severity.ERROR,
)
def place_wording(sheet: Sheet) -> Finds:
    """Province and city or county without 省, 市, 县: 辽宁大连, 北京东城 (formats.md 1.6)."""
    for column in _PLACES:
        text, match = sheet[column], find_place(sheet[column])
        if match and match.division.current and not _is_city_district(match):
            short = match.division.short
            if text != short:
                yield Found(column, text, short)


@rule(
    "forms/place-city-district",
    title=_("籍贯、出生地写到市辖区"),
    says=_("除直辖市外写到市，不写市辖区"),
    severity=Severity.ERROR,
)
def place_city_district(sheet: Sheet) -> Finds:
    """Who comes from a district of an ordinary city writes the city (formats.md 3, ZB01)."""
    for column in _PLACES:
        text, match = sheet[column], find_place(sheet[column])
        if match and match.division.current and _is_city_district(match):
            city = division(match.division.code[:4] + "00")
            yield Found(column, text, city.short if city else "")


@rule(
    "forms/place-retired",
    title=_("籍贯、出生地用旧地名"),
    says=_("“{name}”不是现行区划名称，请按现行区划填写"),
    severity=Severity.ERROR,
)
def place_retired(sheet: Sheet) -> Finds:
    """Places are named as the divisions are called now (formats.md 1.6)."""
    for column in _PLACES:
        match = find_place(sheet[column])
        if match and not match.division.current:
            yield Found(column, sheet[column], values={"name": match.division.name})


@rule(
    "forms/place-unknown",
    title=_("籍贯、出生地不能识别"),
    says=_("现行区划中没有这个名称，或有多处同名，请核对"),
    severity=Severity.HINT,
)
def place_unknown(sheet: Sheet) -> Finds:
    """A place is found in the current table; one abroad or below the county is not (1.6)."""
    for column in _PLACES:
        if sheet[column] and find_place(sheet[column]) is None:
            yield Found(column, sheet[column])


@rule(
    "forms/health-wording",
    title=_("健康状况写法"),
    says=_("应填“健康”“一般”或“较差”"),
    severity=Severity.ERROR,
)
def health_wording(sheet: Sheet) -> Finds:
    """健康, 一般, 较差 and no other word for the same (formats.md 1.6)."""
    written = sheet["health"]
    match = lookup.find("health_form", written) if written else None
    if match and written != match.wording:
        yield Found("health", written, match.wording)
    elif written in _HEALTHY:
        yield Found("health", written, "健康")


@rule(
    "forms/health-text",
    title=_("健康状况另行说明"),
    says=_("不是规范用语；确有疾病的，据实简要填写"),
    severity=Severity.HINT,
)
def health_text(sheet: Sheet) -> Finds:
    """Besides the three words a short text of fact is allowed (formats.md 1.6)."""
    written = sheet["health"]
    if written and written not in _HEALTHY and lookup.find("health_form", written) is None:
        yield Found("health", written)


@rule(
    "forms/id-number",
    title=_("身份证号"),
    says=_("{reason}"),
    severity=Severity.ERROR,
)
def id_number(sheet: Sheet) -> Finds:
    """The number has 18 places, a date and the check digit that belongs to it (formats.md 5)."""
    written = sheet["id_number"]
    reason = id_numbers.problem_with(written) if written else None
    if reason is not None:
        yield Found("id_number", written, values={"reason": reason})


@rule(
    "forms/id-birth",
    title=_("出生年月与身份证号"),
    says=_("与身份证号所示{id_birth}不一致；以组织认定的时间为准，请核对"),
    severity=Severity.HINT,
)
def id_birth(sheet: Sheet) -> Finds:
    """Birth month and number agree; where not, the date confirmed by the organization rules (5)."""
    number, birth = id_numbers.read_id_number(sheet["id_number"]), sheet.month("birth")
    if number is None or birth is None:
        return
    shown = f"{number.born.year:04d}.{number.born.month:02d}"
    if month_text(birth) != shown:
        yield Found("birth", sheet["birth"], values={"id_birth": shown})


@rule(
    "forms/id-sex",
    title=_("性别与身份证号"),
    says=_("与身份证号所示不一致，请对照证件核对"),
    severity=Severity.HINT,
)
def id_sex(sheet: Sheet) -> Finds:
    """The 17th digit is odd for men and even for women (formats.md 5)."""
    number = id_numbers.read_id_number(sheet["id_number"])
    if number is None or sheet.sex is None:
        return
    if lookup.code_of(id_numbers.SEX_TABLE, sheet.sex.zh) != number.sex:
        yield Found("sex", sheet["sex"])


RULES = (
    required_blank,
    field_twice,
    name_blanks,
    name_characters,
    sex_value,
    ethnicity_name,
    place_wording,
    place_city_district,
    place_retired,
    place_unknown,
    health_wording,
    health_text,
    id_number,
    id_birth,
    id_sex,
)


def _is_city_district(match: PlaceMatch) -> bool:
    found = match.division
    return (
        found.level == "county"
        and found.name.endswith("区")
        and found.code[:2] not in _MUNICIPALITIES
    )
