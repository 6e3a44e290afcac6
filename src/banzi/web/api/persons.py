"""Persons: the list with the filters of its page, files, which posts somebody could take, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import AfterValidator, ConfigDict, Field, create_model

from banzi.codes.lookup import load
from banzi.documents.papers.writing import Format
from banzi.kernel.columns import FieldClass, Kind, Labelled
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.people.choices import Sex
from banzi.roster import TABLES
from banzi.rules.explaining import RuleResult
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.api.models import Area
from banzi.web.api.offering import offers
from banzi.web.api.paging import ABSENT, Dated, Paged, page_json, paged_shape
from banzi.web.api.shapes import Day, Plain, row_json, row_shape, value_json
from banzi.web.people.exporting import export_list
from banzi.web.people.file import READ, read_file
from banzi.web.people.filtering import OFFERED, Order, Party, Seated, read_query
from banzi.web.people.fitness import clauses_of, explained, facts_of, fitness
from banzi.web.people.listing import age_text, columns_offered, found_persons
from banzi.web.people.models import PersonKey
from banzi.web.records.papers import MEDIA_TYPES
from banzi.web.records.selecting import classes_held, rows
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of, day_of

BAD_CODE = MessageKind("api/bad-code", _("“{code}”不在代码表 {table} 中"))
BAD_COLUMN = MessageKind("api/bad-column", _("没有名为“{column}”的列"))


def _one_of(choices: type[Labelled]) -> Any:
    return Literal[("", *(each.value for each in choices))]


def _coded(table: str) -> AfterValidator:
    def check(text: str) -> str:
        if text and not load(table).row(text):
            raise ValueError(BAD_CODE(code=text, table=table).text(current_language()))
        return text

    return AfterValidator(check)


def _known_columns(names: list[str]) -> list[str]:
    for name in names:
        if name not in OFFERED:
            raise ValueError(BAD_COLUMN(column=name).text(current_language()))
    return names


class PersonsAsked(Schema):
    """The filters of the list of persons, by the names they have in the page's address."""

    model_config = ConfigDict(populate_by_name=False)

    on: Day = Field(ABSENT, description=_("基准日；不填为今天"))
    q: str = Field(
        "", max_length=60, description=_("姓名、拼音、单位、出生年月；有权看身份信息的可用身份证号")
    )
    organ: str = Field("", description=_("机构标识"))
    level: Annotated[str, _coded("post_level_zb09")] = Field("", description=_("职务层次代码"))
    rank: Annotated[str, _coded("civil_rank_general")] = Field("", description=_("职级代码"))
    sex: _one_of(Sex) = Field("", description=_("性别"))  # type: ignore[valid-type]  # made at start
    party: _one_of(Party) = Field("", description=_("党派"))  # type: ignore[valid-type]  # made at start
    seated: _one_of(Seated) = Field("", description=_("是否有现任职位"))  # type: ignore[valid-type]  # made at start
    age_from: int = Field(ABSENT, alias="age-from", ge=15, le=99, description=_("年龄从"))
    age_to: int = Field(ABSENT, alias="age-to", ge=15, le=99, description=_("年龄到"))
    order: _one_of(Order) = Field("", description=_("排列"))  # type: ignore[valid-type]  # made at start
    column: Annotated[list[str], AfterValidator(_known_columns)] = Field(
        [], description=_("要哪些列；不填为页面上的列")
    )


class PersonsPageAsked(PersonsAsked, Paged):
    """The same, by page."""


_OWN = {
    "unit": (str | None, Field(None, description=_("单位"))),
    "age": (str, Field("", description=_("年龄；只知出生年的为“50–51”"))),
    "seated_on": (str | None, Field(None, description=_("任现职时间"))),
}
PersonItem = row_shape(PERSONS, _OWN, "Person")
PersonsShape = paged_shape(PersonItem, "Persons")


@offers("/persons", PersonsShape, Area.PERSONS, Verb.VIEW, summary=_("人员名单，可按条件查找"))
def persons(request: HttpRequest, asked: Query[PersonsPageAsked]) -> dict[str, Any]:
    rights, day = rights_of(request), as_of(request)
    query = read_query(request.GET)
    offered = columns_offered(rights)
    names = [name for name in query.columns if name in offered]

    def items(keys: Sequence[PersonKey]) -> list[dict[str, Any]]:
        return _items(keys, names, rights, day, texts=asked.texts)

    return page_json(found_persons(query, rights, day), asked, day, items)


def _items(
    keys: Sequence[PersonKey], names: Sequence[str], rights: Rights, day: date, *, texts: bool
) -> list[dict[str, Any]]:
    wanted = {"person_id", "name", *names}
    by_id = {
        row["person_id"]: row
        for row in rows(rights, PERSONS, [key.pk for key in keys], only={*wanted, "birth"})
    }
    found = []
    for key in keys:
        if (row := by_id.get(key.pk)) is None:
            continue
        shown = {name: value for name, value in row.items() if name in wanted}
        item = row_json(PERSONS, shown, current_language(), texts=texts)
        own = {
            "unit": key.unit,
            "age": age_text(row.get("birth"), day),
            "seated_on": value_json(Kind.PARTIAL_DATE, key.seated_on),
        }
        found.append(item | {name: value for name, value in own.items() if name in names})
    return found


@offers(
    "/persons.xlsx", None, Area.PERSONS, Verb.RELEASE,
    summary=_("人员名单工作簿，与页面导出相同"), file_type=MEDIA_TYPES[Format.XLSX],
)  # fmt: skip
def persons_workbook(request: HttpRequest, asked: Query[PersonsAsked]) -> FileResponse:
    rights, query = rights_of(request), read_query(request.GET)
    made = export_list(query, rights, as_of(request), current_language())
    return FileResponse(made.content, as_attachment=True, filename=made.file_name)


class FileAsked(Dated):
    known_on: Day = Field(
        ABSENT, alias="known-on", description=_("按记录在这一天终了时的内容；不填为现在")
    )
    texts: bool = Field(False, description=_("是否附各列在页面上的写法"))


_TABLES: dict[str, Any] = {name: (list[row_shape(TABLES[name])], []) for name in READ}  # type: ignore[misc]  # made at start
FileTables = create_model("FileTables", __base__=Plain, **_TABLES)


class FileShape(Plain):
    """What the records say of a person, table by table; of a table not to be seen, no rows."""

    person_id: str
    known_on: str | None = Field(description=_("按哪一天终了时的记录；为空即现在"))
    tables: FileTables  # type: ignore[valid-type]  # made at start


@offers("/persons/{person_id}", FileShape, Area.PERSONS, Verb.VIEW, summary=_("一个人的档案"))
def person(request: HttpRequest, person_id: str, asked: Query[FileAsked]) -> dict[str, Any]:
    known_on = day_of(asked.known_on or "")
    if known_on is not None and known_on >= timezone.localdate():
        known_on = None
    language = current_language()
    file = read_file(person_id, rights_of(request), language, known_on)
    if file is None:
        raise Http404
    return {
        "person_id": person_id,
        "known_on": known_on.isoformat() if known_on else None,
        "tables": {
            name: [row_json(TABLES[name], row, language, texts=asked.texts) for row in found]
            for name, found in file.raw.items()
        },
    }


class RuleShape(Schema):
    """What one rule says of a person and a post."""

    rule_id: str
    title: str
    verdict: str = Field(description=_("pass 通过，review 需研究，unknown 情况不明，fail 不符合"))
    message: str
    missing: list[str] = Field(description=_("缺少的事实"))
    changes_on: str | None = Field(description=_("结论自行改变的日期"))


class ExplainedRuleShape(RuleShape):
    """The same with the facts it read and the clauses it rests on."""

    facts: dict[str, str]
    clauses: list[str]


class PostVerdictShape(Schema):
    """One vacant post: the verdict, and what does not pass, worst first."""

    post_id: str
    post_name: str
    organ_id: str
    organ_name: str
    post_level: str | None
    verdict: str
    rules: list[RuleShape]


class FitnessShape(Schema):
    as_of: str
    posts: list[PostVerdictShape]


class ExplainedShape(Schema):
    as_of: str
    rules: list[ExplainedRuleShape]


_SEES_ALL = _("结论涉及各类信息，须有权看此人的全部信息。结论供研究参考，不代替组织决定。")


@offers(
    "/persons/{person_id}/posts", FitnessShape, Area.PERSONS, Verb.VIEW,
    summary=_("一个人对各空缺职位是否符合条件"), about=_SEES_ALL,
)  # fmt: skip
def person_posts(request: HttpRequest, person_id: str, asked: Query[Dated]) -> dict[str, Any]:
    _needs_all(request, person_id)
    day = as_of(request)
    found = [
        {
            "post_id": each.post_id,
            "post_name": each.title,
            "organ_id": each.organ_id,
            "organ_name": each.organ,
            "post_level": each.level,
            "verdict": each.verdict.value,
            "rules": [_rule(result) for result in each.results],
        }
        for each in fitness(person_id, day)
    ]
    return {"as_of": day.isoformat(), "posts": found}


@offers(
    "/persons/{person_id}/posts/{post_id}", ExplainedShape, Area.PERSONS, Verb.VIEW,
    summary=_("一个人对一个职位：逐条规则的结论、事实和依据"), about=_SEES_ALL,
)  # fmt: skip
def person_post(
    request: HttpRequest, person_id: str, post_id: str, asked: Query[Dated]
) -> dict[str, Any]:
    _needs_all(request, person_id)
    day, language = as_of(request), current_language()
    try:
        results = explained(person_id, post_id, day)
    except BanziError as unknown:
        raise Http404 from unknown
    told = [
        {
            **_rule(each),
            "facts": dict(facts_of(each, language)),
            "clauses": clauses_of(each, language),
        }
        for each in results
    ]
    return {"as_of": day.isoformat(), "rules": told}


def _needs_all(request: HttpRequest, person_id: str) -> None:
    """Verdicts rest on every class of fields; 404 for whoever may not see all of them."""
    if not frozenset(FieldClass) <= classes_held(rights_of(request), person_id):
        raise Http404


def _rule(result: RuleResult) -> dict[str, Any]:
    language = current_language()
    return {
        "rule_id": result.rule_id,
        "title": translate(result.title, language),
        "verdict": result.verdict.value,
        "message": result.message(language),
        "missing": [translate(each, language) for each in result.missing],
        "changes_on": result.changes_on.isoformat() if result.changes_on else None,
    }
