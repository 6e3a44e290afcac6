"""Saved queries of the account and those shared with it, asked anew of the records."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, QueryDict
from ninja import Query, Schema
from pydantic import Field

from banzi.kernel.errors import BadInput, Problem
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.wording import sentence
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.api.models import Area
from banzi.web.api.offering import offers
from banzi.web.api.paging import Paged, page_json, paged_shape
from banzi.web.api.shapes import Plain
from banzi.web.queries.access import address_of, condition_of, queries_for
from banzi.web.queries.asking import asked_by
from banzi.web.queries.judging import Part
from banzi.web.queries.listing import rows_of
from banzi.web.queries.words import QUERY_WORDS
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of


class SavedQueryShape(Schema):
    number: int
    name: str
    condition: str = Field(description=_("条件；为空即全部人员"))
    is_table: bool = Field(description=_("是否统计表；统计表列出其中人员"))
    is_mine: bool


class SavedQueriesShape(Schema):
    queries: list[SavedQueryShape]


class FoundItem(Plain):
    person_id: str
    name: str
    texts: dict[str, str] = Field(description=_("查询所选各列，写法同页面"))


FoundShape = paged_shape(FoundItem, "Found")


class FoundAsked(Paged):
    list_: Literal["met", "unknown", "unmet"] = Field(
        "met", alias="list", description=_("met 符合，unknown 情况不明，unmet 不符合")
    )


@offers(
    "/queries", SavedQueriesShape, Area.QUERIES, Verb.VIEW, summary=_("本人的和共享给本人的查询")
)
def saved_queries(request: HttpRequest) -> dict[str, Any]:
    account, language = rights_of(request).holder, current_language()
    found = []
    for query in queries_for(account).order_by("name", "id"):
        tree = condition_of(query)
        found.append(
            {
                "number": query.pk,
                "name": query.name,
                "condition": "" if tree is None else sentence(tree, QUERY_WORDS, language),
                "is_table": query.is_table,
                "is_mine": query.owner_id == account.pk,
            }
        )
    return {"queries": found}


@offers(
    "/queries/{number}/persons", FoundShape, Area.QUERIES, Verb.VIEW,
    summary=_("按一个已存查询找人"),
    about=_("条件用到无权查看的信息时，整个查询不予执行并说明原因。"),
)  # fmt: skip
def query_persons(request: HttpRequest, number: int, asked: Query[FoundAsked]) -> dict[str, Any]:
    rights, day, language = rights_of(request), as_of(request), current_language()
    query = queries_for(rights.account).filter(pk=number).first() if abs(number) < _MOST else None
    if query is None:
        raise Http404
    found = asked_by(QueryDict(address_of(query)), rights, day)
    if found.problems:
        raise BadInput([Problem(each) for each in found.problems])
    frame = found.list(Part.of(asked.list_))

    def items(places: Any) -> list[dict[str, Any]]:
        some = frame[places[0] : places[-1] + 1]
        return [
            {
                "person_id": row["person_id"],
                "name": row["name"],
                "texts": dict(
                    zip((each.heading(language) for each in found.columns), row["cells"],
                        strict=True)
                ),
            }
            for row in rows_of(some, found.people, found.columns, language)
        ]  # fmt: skip

    return page_json(range(frame.height), asked, day, items)


_MOST = 2**31
