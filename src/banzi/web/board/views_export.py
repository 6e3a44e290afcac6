"""A draft as a table to take along: who sits where now, and who is to."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from banzi.documents.papers.office_table import A4_LANDSCAPE, Group, Heading, OfficeTable, Row
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in_for_file
from banzi.web.board.access import draft_for
from banzi.web.board.cards import people
from banzi.web.board.desk import desk_of, placed_in
from banzi.web.board.marking import marked
from banzi.web.board.models import Draft
from banzi.web.board.seeing import seen_of
from banzi.web.board.situation import Situation
from banzi.web.records.papers import format_of, paper_answer

_COLUMNS = (
    Heading(_("职务"), 46, align="left"),
    Heading(_("现任"), 18, align="name"),
    Heading(_("拟任人选"), 18, align="name"),
    Heading(_("拟任人选情况"), 70, align="left"),
    Heading(_("须研究的事项"), 60, align="left"),
)
_TARGET_COLUMNS = (
    Heading(_("指标"), 90, align="left"),
    Heading(_("目标"), 24),
    Heading(_("实际"), 40),
    Heading(_("是否达到"), 70, align="left"),
)
TARGETS = MessageKind("board/targets-of", _("{plan}：结构目标"))


@require_GET
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in_for_file
def paper(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The whole draft, team by team; of a sealed project every page says who took it, and when."""
    kind = format_of(ending)
    draft = draft_for(request, number)
    return paper_answer(
        request, tables_of(request, draft), f"plan-{draft.pk}", kind, draft.project.as_of
    )


def tables_of(request: HttpRequest, draft: Draft) -> list[OfficeTable]:
    """Who is to sit where, then the targets, as far as the account may take them out."""
    desk, placed, rights = desk_of(draft.project), placed_in(draft), rights_of(request)
    shown = {*placed.values(), *(post.incumbent_person_id for post in desk.problem.posts)}
    known = people(rights, [each for each in shown if each], Verb.RELEASE)
    seen = seen_of(rights, placed.values(), Verb.RELEASE)
    situation = Situation(draft, desk, placed, known, seen)
    title = f"{draft.project}：{draft}"
    table = partial(
        OfficeTable,
        left=f"{draft.project.as_of:%Y-%m-%d}",
        page=A4_LANDSCAPE,
        points=9,
        least_height=7,
        watermark=marked(request) if draft.project.sealed else "",
    )
    targets = TARGETS(plan=title).text("zh")
    return [
        table(title, _COLUMNS, _teams(situation), empty=_("没有班子")),
        table(targets, _TARGET_COLUMNS, _targets(situation), empty=_("没有结构目标")),
    ]


def _teams(situation: Situation) -> list[Row | Group]:
    """Teams with their posts in order; names out of reach are hidden."""
    desk = situation.desk
    rows: list[Row | Group] = []
    for team, posts in enumerate(desk.posts_of_team):
        rows.append(Group(desk.team_facts[team].get("team_name") or desk.problem.teams[team]))
        for post in posts:
            slot = situation.slot(post, team)
            card = slot.card
            told = (card.name, card.line, card.review) if card else ("", _("空缺"), "")
            title = f"{slot.title}（{slot.shared}）" if slot.shared else slot.title
            rows.append(Row((title, slot.incumbent, *told)))
    return rows


def _targets(situation: Situation) -> list[Row]:
    """The targets; what counts somebody out of reach is left out, and says so."""
    return [
        Row((each.title, each.bound, each.actual, str(each.gap)))
        for each in situation.figures.values()
    ]
