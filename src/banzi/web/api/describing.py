"""The OpenAPI document of the API, every parameter and field with a word on what it is.

What a shape does not say itself is said by the column or table of that name, else here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from banzi.kernel.messages import Language, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.web.api.models import Area
from banzi.web.api.service import API

_COMMON = {
    "as_of": _("基准日"),
    "page": _("第几页"),
    "pages": _("共几页"),
    "items": _("各条"),
    "number": _("编号"),
    "id": _("标识"),
    "key": _("标识"),
    "table_id": _("统计表标识"),
    "job_id": _("任务标识"),
    "target_id": _("结构目标标识"),
    "rule_id": _("规则标识"),
    "name": _("名称"),
    "title": _("名称"),
    "kind": _("类别"),
    "state": _("状态"),
    "task": _("正在做的"),
    "percent": _("完成百分比；不知道的为空"),
    "asked_at": _("提出时间"),
    "ended_at": _("结束时间；未结束的为空"),
    "created_at": _("建立时间"),
    "signed_at": _("签批时间；未签批的为空"),
    "problems": _("逐项问题"),
    "username": _("登录名"),
    "areas": _("打开的各部分"),
    "tables": _("各表"),
    "columns": _("各列"),
    "rows": _("各行"),
    "group": _("所在分组"),
    "texts": _("文字列"),
    "figures": _("各数"),
    "notes": _("说明"),
    "team": _("班子"),
    "members": _("成员；空缺的职位人员标识为空"),
    "targets": _("结构目标"),
    "value": _("实际值"),
    "actual": _("实际值"),
    "bound": _("目标值"),
    "gap": _("差多少"),
    "is_met": _("是否达到；不能确定的为空"),
    "holds": _("是否达到"),
    "missing": _("差多少"),
    "met": _("符合的人员标识"),
    "unmet": _("不符合的人员标识"),
    "unknown": _("是否符合尚不清楚的人员标识"),
    "posts": _("各职位"),
    "rules": _("各条规则"),
    "verdict": _("结论"),
    "message": _("说明"),
    "facts": _("所用事实"),
    "clauses": _("依据的条款"),
    "queries": _("各查询"),
    "is_mine": _("是否本人的"),
    "project": _("选配项目"),
    "draft": _("方案"),
    "drafts": _("各方案"),
    "is_sealed": _("是否密封"),
    "is_hidden": _("安排的是否无权查看的人"),
    "post": _("职位"),
    "born": _("出生年月"),
    "age": _("年龄"),
    "education": _("学历"),
    "since": _("任职时间"),
    "held": _("任职年限"),
    "retires": _("法定退休年月"),
    "level": _("职务层次"),
    "has_photo": _("是否有照片"),
}
_WORDS = ("title", "summary", "description", "x-null")


@cache
def description(language: Language = "zh") -> dict[str, Any]:
    """The OpenAPI document, its texts in a language."""
    made: dict[str, Any] = API.get_openapi_schema(path_prefix="/api/v1/")
    for methods in made["paths"].values():
        for parameter in methods["get"]["parameters"]:
            parameter.setdefault("description", _meaning(parameter["name"]))
    for shape in made["components"]["schemas"].values():
        for name, field in shape.get("properties", {}).items():
            field.setdefault("description", _meaning(name))
    told: dict[str, Any] = _in_language(made, language)
    return told


def _meaning(name: str) -> str:
    """What a field of this name is; "" where nobody says."""
    if name in _COMMON:
        return _COMMON[name]
    if name in TABLES:
        return TABLES[name].zh
    column = next((each[name] for each in TABLES.values() if name in each), None)
    return column.zh if column else ""


def _in_language(part: Any, language: Language) -> Any:
    if isinstance(part, dict):
        own = part.get("x-title-en") if language == "en" else None
        return {
            name: _text(name, value, own, language)
            for name, value in part.items()
            if name != "x-title-en"
        }
    if isinstance(part, list | tuple):
        return [_in_language(each, language) for each in part]
    return part


def _text(name: str, value: Any, own: str | None, language: Language) -> Any:
    if name == "description" and own:
        return own
    if name in _WORDS and isinstance(value, str):
        return english(value) if language == "en" else value
    if name == "tags" and language == "en":
        return [english(each) for each in value]
    return _in_language(value, language)


def english(text: str) -> str:
    """A text of the description in English: tables, columns and parts have theirs beside them."""
    return _BESIDE.get(text) or translate(text, "en")


_BESIDE = {
    **{each.zh: each.en for table in TABLES.values() for each in (table, *table)},
    **{each.zh: each.en for each in Area},
}
