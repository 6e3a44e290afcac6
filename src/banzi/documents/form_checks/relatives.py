"""Rules on 家庭主要成员及重要社会关系: 称谓, ages, 政治面貌, and how 已退休 and 已去世 are written.

Not here: how dates are written (`dates`) and how long a cell may be (`conduct`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from banzi.codes import lookup
from banzi.documents.form import FamilyMember
from banzi.documents.form_checks.places import FAMILY_ROWS
from banzi.documents.form_checks.rule import Finds, Found, Severity, rule
from banzi.documents.form_checks.sheet import Sheet, month_of_text
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import Sex

PARENT_YEARS = 15
"""Least years between a parent and a child."""
OLDEST = 120
"""An age beyond which a birth date is taken for a slip of the pen."""
RETIRED_BY = 65
"""Age from which the line should say 已退休: the highest age limit of posts (formats.md 5)."""

SONS, DAUGHTERS = ("长子", "次子", "三子", "四子", "五子"), ("长女", "次女", "三女", "四女", "五女")

_RELATION, _POLITICS = "family_relation_form", "political_gbt4762"
_OTHER_WORDS = {
    "妻": "妻子",
    "老婆": "妻子",
    "夫": "丈夫",
    "老公": "丈夫",
    "父": "父亲",
    "爸爸": "父亲",
    "母": "母亲",
    "妈妈": "母亲",
    "子": "儿子",
    "女": "女儿",
    "独子": "儿子",
    "独女": "女儿",
    "大儿子": "长子",
    "二儿子": "次子",
    "二子": "次子",
    "小儿子": "",
    "大女儿": "长女",
    "二女儿": "次女",
    "二女": "次女",
    "哥": "哥哥",
    "弟": "弟弟",
    "姐": "姐姐",
    "妹": "妹妹",
}
_GONE = r"(?:已?去世|已?逝世|已?病故|已故|已?亡故|已?过世|已?病逝)"
_STATE_AT_END = re.compile(rf"[（(，,、\s]*(?P<state>已?退休|已?离休|{_GONE})[）)。\s]*$")
_PROPER_END = re.compile(r"（(?:已退休|已离休|已去世|已故)）$")
_GONE_ANYWHERE = re.compile(r"去世|逝世|病故|已故|亡故|过世|病逝")
_RETIRED_INSIDE = re.compile(r"(?<!离)退休(?:职工|干部|教师|工人|人员|医生|农民)")
_NOT_EMPLOYED = re.compile("退休|离休|农民|务农|村民|居民|无业|家务|个体|自由职业|农牧民|牧民|待业")


@rule(
    "forms/family-blank",
    title=_("家庭成员空白"),
    says=_("未填家庭成员，请核对"),
    severity=Severity.HINT,
)
def family_blank(sheet: Sheet) -> Finds:
    """Spouse, children and parents at least are listed (formats.md 1.6)."""
    if not sheet.form.family:
        yield Found("family")


@rule(
    "forms/family-rows",
    title=_("家庭成员行数"),
    says=_("共{count}人，打印表只有{rows}行"),
    severity=Severity.HINT,
)
def family_rows(sheet: Sheet) -> Finds:
    """The printed form has seven rows (formats.md 2.1)."""
    count = len(sheet.form.family)
    if count > FAMILY_ROWS:
        yield Found("family", values={"count": count, "rows": FAMILY_ROWS})


@rule(
    "forms/relation-wording",
    title=_("称谓写法"),
    says=_("称谓应为“妻子”“丈夫”“父亲”“母亲”“儿子”“女儿”等规范称谓"),
    severity=Severity.ERROR,
)
def relation_wording(sheet: Sheet) -> Finds:
    """称谓 is a word of the form's list (formats.md 1.6, 3)."""
    for number, member in _members(sheet):
        match = lookup.find(_RELATION, member.relation) if member.relation else None
        wording = match.wording if match else _OTHER_WORDS.get(member.relation, "")
        if member.relation in ("爱人", "配偶") and sheet.sex is not None:
            wording = _spouse_of(sheet.sex)
        if member.relation != wording or not wording:
            yield Found(f"family.{number}.relation", member.relation, wording)


@rule(
    "forms/relation-numbering",
    title=_("子女排行"),
    says=_("同性子女不止一人时写“长子”“次子”“长女”“次女”，不重复、不写“儿子”“女儿”"),
    severity=Severity.ERROR,
)
def relation_numbering(sheet: Sheet) -> Finds:
    """Several sons are 长子, 次子 …, several daughters 长女, 次女 … (formats.md 1.6)."""
    for plain, numbered in (("儿子", SONS), ("女儿", DAUGHTERS)):
        lines = [each for each in _members(sheet) if each[1].relation in (plain, *numbered)]
        written = [member.relation for _number, member in lines]
        if len(lines) < 2 or (plain not in written and len(set(written)) == len(written)):
            continue
        births = [month_of_text(member.birth) for _number, member in lines]
        known = [birth for birth in births if birth is not None]
        certain = len(set(known)) == len(lines) <= len(numbered)
        for (number, member), birth in zip(lines, births, strict=True):
            right = numbered[sorted(known).index(birth)] if certain and birth is not None else ""
            if member.relation != right:
                yield Found(f"family.{number}.relation", member.relation, right)


@rule(
    "forms/relation-order",
    title=_("子女排行与年龄"),
    says=_("排行与出生日期的先后不符，请核对"),
    severity=Severity.ERROR,
)
def relation_order(sheet: Sheet) -> Finds:
    """长子 is older than 次子 (formats.md 1.6)."""
    for numbered in (SONS, DAUGHTERS):
        before: int | None = None
        ranked = [each for each in _members(sheet) if each[1].relation in numbered]
        if len({member.relation for _number, member in ranked}) < len(ranked):
            continue  # said by its own rule
        for number, member in sorted(ranked, key=lambda each: numbered.index(each[1].relation)):
            birth = month_of_text(member.birth)
            if birth is not None and before is not None and birth < before:
                yield Found(f"family.{number}.birth", member.birth)
            before = birth if birth is not None else before


@rule(
    "forms/spouse-sex",
    title=_("配偶称谓"),
    says=_("配偶称谓与本人性别不符"),
    severity=Severity.ERROR,
)
def spouse_sex(sheet: Sheet) -> Finds:
    """A man's spouse is 妻子, a woman's 丈夫 (formats.md 1.6)."""
    for number, member in _members(sheet):
        if member.relation in ("妻子", "丈夫") and sheet.sex is not None:
            right = _spouse_of(sheet.sex)
            if member.relation != right:
                yield Found(f"family.{number}.relation", member.relation, right)


@rule(
    "forms/relation-twice",
    title=_("称谓重复"),
    says=_("“{relation}”出现不止一次，请核对"),
    severity=Severity.ERROR,
)
def relation_twice(sheet: Sheet) -> Finds:
    """There is one spouse, one father and one mother."""
    seen: set[str] = set()
    for number, member in _members(sheet):
        if member.relation in ("妻子", "丈夫", "父亲", "母亲"):
            if member.relation in seen:
                place = f"family.{number}.relation"
                yield Found(place, member.relation, values={"relation": member.relation})
            seen.add(member.relation)


@rule(
    "forms/parent-age",
    title=_("父母年龄"),
    says=_("与本人出生年月相差不足{years}年，请核对"),
    severity=Severity.ERROR,
)
def parent_age(sheet: Sheet) -> Finds:
    """Father and mother are at least 15 years older."""
    own = sheet.month("birth")
    for number, member in _members(sheet):
        birth = month_of_text(member.birth)
        if member.relation not in ("父亲", "母亲") or own is None or birth is None:
            continue
        if own - birth < 12 * PARENT_YEARS:
            place = f"family.{number}.birth"
            yield Found(place, member.birth, values={"years": PARENT_YEARS})


@rule(
    "forms/child-age",
    title=_("子女年龄"),
    says=_("比本人年轻不足{years}岁，请核对"),
    severity=Severity.ERROR,
)
def child_age(sheet: Sheet) -> Finds:
    """Children of one's own are at least 15 years younger; step- and foster children may not be."""
    own = sheet.month("birth")
    children = ("儿子", "女儿", *SONS, *DAUGHTERS)
    for number, member in _members(sheet):
        birth = month_of_text(member.birth)
        if member.relation not in children or own is None or birth is None:
            continue
        if birth - own < 12 * PARENT_YEARS:
            place = f"family.{number}.birth"
            yield Found(place, member.birth, values={"years": PARENT_YEARS})


@rule(
    "forms/relative-birth",
    title=_("家庭成员出生日期"),
    says=_("晚于检查基准日或早于{years}年前，请核对"),
    severity=Severity.ERROR,
)
def relative_birth(sheet: Sheet) -> Finds:
    """A relative was born, and not more than 120 years ago."""
    for number, member in _members(sheet):
        birth = month_of_text(member.birth)
        if birth is not None and not 0 <= sheet.as_of_month - birth <= 12 * OLDEST:
            place = f"family.{number}.birth"
            yield Found(place, member.birth, values={"years": OLDEST})


@rule(
    "forms/relative-incomplete",
    title=_("家庭成员信息齐全"),
    says=_("未填，请补填"),
    severity=Severity.HINT,
)
def relative_incomplete(sheet: Sheet) -> Finds:
    """Each line has name, birth, political status and unit; of the dead, what is known."""
    for number, member in _members(sheet):
        for cell in ("name", "birth", "political_status", "unit_and_post"):
            gone = _GONE_ANYWHERE.search(member.unit_and_post) and cell != "name"
            if not getattr(member, cell) and not gone:
                yield Found(f"family.{number}.{cell}")


@rule(
    "forms/relative-political",
    title=_("家庭成员政治面貌写法"),
    says=_("应写“中共党员”“共青团员”“群众”等规范简称"),
    severity=Severity.ERROR,
)
def relative_political(sheet: Sheet) -> Finds:
    """中共党员, 预备党员, 共青团员, 无党派, 群众 or a democratic party (formats.md 1.6)."""
    for number, member in _members(sheet):
        text = member.political_status
        match = lookup.find(_POLITICS, text) if text else None
        accepted = match and match.standard and text != match.code
        if match and text == lookup.name_of(_POLITICS, match.code):
            accepted = text == match.wording
        if text and not accepted:
            place = f"family.{number}.political_status"
            yield Found(place, text, match.wording if match else "")


@rule(
    "forms/relative-state",
    title=_("“（已退休）”“（已去世）”写法"),
    says=_("应在最后职务后写“（已退休）”或“（已去世）”"),
    severity=Severity.ERROR,
)
def relative_state(sheet: Sheet) -> Finds:
    """Retired or dead: （已退休） or （已去世） after the last post (formats.md 1.6)."""
    for number, member in _members(sheet):
        text = member.unit_and_post
        found = _STATE_AT_END.search(text)
        if found and not _PROPER_END.search(text):
            state = found["state"]
            word = "已退休" if "退休" in state else "已离休" if "离休" in state else "已去世"
            right = f"{text[: found.start()]}（{word}）" if found.start() else ""
            yield Found(f"family.{number}.unit_and_post", text, right)


@rule(
    "forms/relative-retired-inside",
    title=_("退休写在职务后"),
    says=_("“退休”写在职务之前；应写原单位及职务，后加“（已退休）”"),
    severity=Severity.HINT,
)
def relative_retired_inside(sheet: Sheet) -> Finds:
    """退休教师 says too little: the last post, then （已退休） (formats.md 1.6)."""
    for number, member in _members(sheet):
        text = member.unit_and_post
        if _RETIRED_INSIDE.search(text) and not _PROPER_END.search(text):
            yield Found(f"family.{number}.unit_and_post", text)


@rule(
    "forms/relative-gone-inside",
    title=_("去世写在职务后"),
    says=_("应写原单位及职务，后加“（已去世）”"),
    severity=Severity.ERROR,
)
def relative_gone_inside(sheet: Sheet) -> Finds:
    """已去世 stands at the end, where it blanks the printed age (formats.md 1.6)."""
    for number, member in _members(sheet):
        text = member.unit_and_post
        if _GONE_ANYWHERE.search(text) and not _STATE_AT_END.search(text):
            yield Found(f"family.{number}.unit_and_post", text)


@rule(
    "forms/relative-beyond-limit",
    title=_("家庭成员是否已退休"),
    says=_("已满{age}周岁，请核对是否应注明“（已退休）”或“（已去世）”"),
    severity=Severity.HINT,
)
def relative_beyond_limit(sheet: Sheet) -> Finds:
    """Who is 65 or older has mostly retired, and the line should say so (formats.md 1.6)."""
    for number, member in _members(sheet):
        birth, text = month_of_text(member.birth), member.unit_and_post
        if birth is None or not text or _GONE_ANYWHERE.search(text) or _NOT_EMPLOYED.search(text):
            continue
        if 12 * RETIRED_BY <= sheet.as_of_month - birth <= 12 * OLDEST:
            place = f"family.{number}.unit_and_post"
            yield Found(place, text, values={"age": RETIRED_BY})


RULES = (
    family_blank,
    family_rows,
    relation_wording,
    relation_numbering,
    relation_order,
    spouse_sex,
    relation_twice,
    parent_age,
    child_age,
    relative_birth,
    relative_incomplete,
    relative_political,
    relative_state,
    relative_retired_inside,
    relative_gone_inside,
    relative_beyond_limit,
)


def _members(sheet: Sheet) -> Iterator[tuple[int, FamilyMember]]:
    return enumerate(sheet.form.family, start=1)


def _spouse_of(sex: Sex) -> str:
    return "妻子" if sex is Sex.MALE else "丈夫"
