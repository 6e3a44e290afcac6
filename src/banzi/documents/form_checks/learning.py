"""Rules on 学历学位: wording, where party-school diplomas stand, schools that belong to diplomas.

Not here: whether 简历 notes in-service study (`career`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from banzi.codes import lookup
from banzi.documents.form_checks.rule import BLANK, Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.messages import gettext_noop as _

MODES = ("full_time", "in_service")

_EDUCATION, _DEGREE = "education_zb64", "degree_gbt6864"
_UNFINISHED = re.compile(r"[（(]?(结业|肄业)[）)]?$")
_PARTY_SCHOOL = re.compile(
    r"(?:中央|省委|区委|市委|兵团|自治区委|省（区、市）委)党校(研究生|大学|大专)"
)
_LOW = ("高中", "初中", "小学")
_BARE_DEGREE = re.compile(r"(学士|硕士|博士)(?:研究生)?(?:学位)?")
_SEPARATOR = re.compile(r"[、，,；;/\s]+")
_LEVEL = {"1": 3, "2": 2, "3": 1}
"""First character of the code of `education_zb64` → how high the education is."""


@rule(
    "forms/education-wording",
    title=_("学历写法"),
    says=_("学历应写规范名称，如“大学”“大专”“研究生”"),
    severity=Severity.ERROR,
)
def education_wording(sheet: Sheet) -> Finds:
    """学历 in the words of the form's own dictionary: 大学, 大专 (formats.md 3)."""
    for column, text in _educations(sheet):
        core = _UNFINISHED.sub("", text)
        match = lookup.find(_EDUCATION, core)
        if match and core != match.wording:
            yield Found(column, text, text.replace(core, match.wording, 1))


@rule(
    "forms/education-unknown",
    title=_("学历不在名称表"),
    says=_("不在学历名称表中，请核对"),
    severity=Severity.HINT,
)
def education_unknown(sheet: Sheet) -> Finds:
    """学历 is a name of the dictionary, 结业 or 肄业 added where it applies (formats.md 1.6, 3)."""
    for column, text in _educations(sheet):
        core = _UNFINISHED.sub("", text)
        known = lookup.find(_EDUCATION, core) or _PARTY_SCHOOL.fullmatch(core)
        if not known and not core.startswith("党校") and not _SEPARATOR.search(core):
            yield Found(column, text)


@rule(
    "forms/education-several",
    title=_("只填最高学历学位"),
    says=_("一栏填了几个，只填最高的学历"),
    severity=Severity.ERROR,
)
def education_several(sheet: Sheet) -> Finds:
    """The highest full-time and the highest in-service education, one each (formats.md 1.6)."""
    for column, text in _educations(sheet):
        known = [each for part in _SEPARATOR.split(text) if (each := _level(part))]
        if len(known) > 1:
            best = max(_SEPARATOR.split(text), key=_level)
            yield Found(column, text, best)


@rule(
    "forms/party-school-full-time",
    title=_("党校学历填在职"),
    says=_("党校学历一律填入在职教育"),
    severity=Severity.ERROR,
)
def party_school_full_time(sheet: Sheet) -> Finds:
    """Party-school diplomas always stand under 在职 (formats.md 1.6)."""
    for column in ("full_time_education", "full_time_education_school"):
        if "党校" in sheet[column]:
            yield Found(column, sheet[column], BLANK)


@rule(
    "forms/party-school-prefix",
    title=_("党校学历冠名"),
    says=_("党校学历前应冠“中央党校”或“省（区、市）委党校”"),
    severity=Severity.ERROR,
)
def party_school_prefix(sheet: Sheet) -> Finds:
    """A party-school diploma is prefixed 中央党校 or 省（区、市）委党校 (formats.md 1.6)."""
    text, school = sheet["in_service_education"], sheet["in_service_education_school"]
    if not text or "党校" not in text + school:
        return
    if "党校" not in text:
        prefix = "中央党校" if "中央党校" in school else "省委党校" if "省委党校" in school else ""
        yield Found("in_service_education", text, prefix and prefix + text)
    elif text.startswith("党校"):
        yield Found("in_service_education", text)


@rule(
    "forms/degree-discipline",
    title=_("学位写明学科"),
    says=_("学位应写明学科门类或专业，如“理学学士”"),
    severity=Severity.ERROR,
)
def degree_discipline(sheet: Sheet) -> Finds:
    """学位 names the discipline: 理学学士, not 学士 (formats.md 1.6)."""
    for mode in MODES:
        column = f"{mode}_degree"
        if _BARE_DEGREE.fullmatch(sheet[column]):
            yield Found(column, sheet[column])


@rule(
    "forms/degree-wording",
    title=_("学位写法"),
    says=_("不是学位名称表中的写法，请核对"),
    severity=Severity.HINT,
)
def degree_wording(sheet: Sheet) -> Finds:
    """学位 is a name of GB/T 6864; newer professional degrees are free text (formats.md 3)."""
    for mode in MODES:
        column = f"{mode}_degree"
        text = sheet[column]
        if not text or _BARE_DEGREE.fullmatch(text):
            continue
        match = lookup.find(_DEGREE, text)
        if match is None or text != match.wording:
            better = match or lookup.find(_DEGREE, text.removesuffix("学位"))
            yield Found(column, text, better.wording if better else "")


@rule(
    "forms/degree-without-education",
    title=_("有学位无学历"),
    says=_("填了学位，未填相应学历，请核对是否漏填"),
    severity=Severity.HINT,
)
def degree_without_education(sheet: Sheet) -> Finds:
    """A degree without an education is possible in service, and elsewhere mostly an omission."""
    for mode in MODES:
        if sheet[f"{mode}_degree"] and not sheet[f"{mode}_education"]:
            yield Found(f"{mode}_education")


@rule(
    "forms/education-blank",
    title=_("学历空白"),
    says=_("全日制、在职学历均未填，请核对"),
    severity=Severity.HINT,
)
def education_blank(sheet: Sheet) -> Finds:
    """Everybody has some education to state, full-time or in service."""
    if not any(sheet[f"{mode}_{part}"] for mode in MODES for part in ("education", "degree")):
        yield Found("full_time_education")


@rule(
    "forms/school-missing",
    title=_("毕业院校系及专业"),
    says=_("填了学历学位，应填毕业院校系及专业"),
    severity=Severity.ERROR,
)
def school_missing(sheet: Sheet) -> Finds:
    """Who states an education above high school, or a degree, names the school (formats.md 1.6)."""
    for mode in MODES:
        stated = [
            text
            for text in (sheet[f"{mode}_education"], sheet[f"{mode}_degree"])
            if text and text not in _LOW
        ]
        schools = (sheet[f"{mode}_education_school"], sheet[f"{mode}_degree_school"])
        if stated and not any(schools):
            yield Found(f"{mode}_education_school")


@rule(
    "forms/school-alone",
    title=_("有院校无学历"),
    says=_("填了毕业院校，未填学历学位"),
    severity=Severity.ERROR,
)
def school_alone(sheet: Sheet) -> Finds:
    """A school stands beside the diploma it gave."""
    for mode in MODES:
        stated = sheet[f"{mode}_education"] or sheet[f"{mode}_degree"]
        if sheet[f"{mode}_education_school"] and not stated:
            yield Found(f"{mode}_education_school", sheet[f"{mode}_education_school"])


@rule(
    "forms/high-school-school",
    title=_("高中以下不填院校"),
    says=_("高中及以下学历不填毕业院校"),
    severity=Severity.ERROR,
)
def high_school_school(sheet: Sheet) -> Finds:
    """High school and below: the school is left empty (formats.md 1.6)."""
    for mode in MODES:
        column = f"{mode}_education_school"
        if sheet[f"{mode}_education"] in _LOW and sheet[column]:
            yield Found(column, sheet[column], BLANK)


@rule(
    "forms/unfinished-study",
    title=_("结业、肄业写明"),
    says=_("院校栏有“{word}”，学历栏也应注明"),
    severity=Severity.ERROR,
)
def unfinished_study(sheet: Sheet) -> Finds:
    """结业 and 肄业 must be said (formats.md 1.6)."""
    for mode in MODES:
        education = sheet[f"{mode}_education"]
        for word in ("结业", "肄业"):
            if education and word in sheet[f"{mode}_education_school"] and word not in education:
                column = f"{mode}_education"
                yield Found(column, education, f"{education}{word}", {"word": word})


@rule(
    "forms/in-service-lower",
    title=_("在职学历低于全日制"),
    says=_("在职学历低于全日制学历，请核对是否需要填写"),
    severity=Severity.HINT,
)
def in_service_lower(sheet: Sheet) -> Finds:
    """The highest of each is stated; a lower one acquired later is rarely meant (formats.md 1.6)."""
    first, second = _level(sheet["full_time_education"]), _level(sheet["in_service_education"])
    if 0 < second < first:
        yield Found("in_service_education", sheet["in_service_education"])


RULES = (
    education_wording,
    education_unknown,
    education_several,
    party_school_full_time,
    party_school_prefix,
    degree_discipline,
    degree_wording,
    degree_without_education,
    education_blank,
    school_missing,
    school_alone,
    high_school_school,
    unfinished_study,
    in_service_lower,
)


def _educations(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for mode in MODES:
        column = f"{mode}_education"
        if sheet[column]:
            yield column, sheet[column]


def _level(text: str) -> int:
    """3 for 研究生, 2 for 大学, 1 for what is below; 0 when the text is no known education."""
    core = _UNFINISHED.sub("", text)
    school = _PARTY_SCHOOL.fullmatch(core)
    code = lookup.code_of(_EDUCATION, school[1] if school else core) if core else None
    return _LEVEL.get(code[0], 0) if code else 0
