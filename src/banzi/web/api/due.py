"""What falls due among the persons in sight, with the filters of its page."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from banzi.documents.papers.due_table import kind_name, name_of, remarks
from banzi.due import KINDS, Certainty
from banzi.due.due_list import DueLine
from banzi.due.entries import DUE
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.api.models import Area
from banzi.web.api.offering import offers
from banzi.web.api.paging import Paged, page_json, paged_shape
from banzi.web.api.shapes import row_json, row_shape
from banzi.web.home.due_lists import MOST_MONTHS, due_in_sight
from banzi.web.home.views import due_asked
from banzi.web.records.sight import sight
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of

_BESIDE = {
    "name": (str, Field("", description=_("姓名"))),
    "posts": (str, Field("", description=_("职务"))),
    "kind_name": (str, Field("", description=_("事项名称"))),
    "when": (str, Field("", description=_("到期时间在页面上的写法"))),
    "step_name": (str, Field("", description=_("下一步名称"))),
    "remarks": (list[str], Field([], description=_("备注"))),
}
DueShape = paged_shape(row_shape(DUE, _BESIDE, "DueItem"), "Due")


class DueAsked(Paged):
    """The filters of the list of what falls due."""

    months: int = Field(12, ge=0, le=MOST_MONTHS, description=_("今后几个月之内"))
    kind: list[Literal[tuple(each.id for each in KINDS)]] = Field(  # type: ignore[valid-type]  # made at start
        [], description=_("事项")
    )
    team: str = Field("", description=_("班子标识"))
    organ: str = Field("", description=_("机构标识，含下级"))
    q: str = Field("", max_length=60, description=_("姓名的一部分"))
    certainty: Literal[("", *(each.value for each in Certainty))] = Field(  # type: ignore[valid-type]  # made at start
        "", description=_("把握")
    )
    when: Literal["", "overdue", "open"] = Field(
        "", description=_("overdue 已过期，open 日期不能确定")
    )


@offers("/due", DueShape, Area.DUE, Verb.VIEW, summary=_("到期事项"))
def due(request: HttpRequest, asked: Query[DueAsked]) -> dict[str, Any]:
    part, months = due_asked(request)
    mine = sight(rights_of(request), as_of(request))
    listed = part.of(due_in_sight(request, months), mine)
    return page_json(
        listed.every, asked, mine.as_of, lambda some: [_item(each, asked.texts) for each in some]
    )


def _item(line: DueLine, texts: bool) -> dict[str, Any]:
    language = current_language()
    row = {
        "person_id": line.person_id,
        "post_id": line.post_id,
        "due_kind": line.kind.id,
        "about": line.about or None,
        "due_on": line.day,
        "due_month": line.month,
        "due_earliest": line.earliest,
        "due_latest": line.latest,
        "certainty": line.certainty.value,
        "basis": " ".join(line.basis) or None,
        "facts": " ".join(line.facts),
        "missing": " ".join(line.missing) or None,
        "doubts": " ".join(each.value for each in line.doubts) or None,
        "next_step": line.step.value,
    }
    return {
        **row_json(DUE, row, language, texts=texts),
        "name": line.name,
        "posts": line.posts,
        "kind_name": kind_name(line.kind, language),
        "when": line.when,
        "step_name": name_of(line.step, language),
        "remarks": remarks(line, language),
    }
