"""The tables of figures, each number with the persons and posts behind it, and as papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from banzi.documents.papers.team_tables import paper_tables
from banzi.documents.papers.writing import Format
from banzi.structure.counting.figures import Figure, FigureTable
from banzi.structure.counting.tables import counted_table
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.members import Group
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Verb
from banzi.web.accounts.sessions import freshly_signed_in_for_file
from banzi.web.organs.asking import Seen, gauges_of, seen, seen_team, table_of, tables_for
from banzi.web.organs.showing import behind_links, column_title, shown
from banzi.web.organs.teams import team_page
from banzi.web.organs.views import context
from banzi.web.records.papers import format_of, paper_answer
from banzi.web.shared.languages import current_language

_A3 = ("team-statistics", "birth-year-table", "team-comparison", "area-dashboard")
_LINKED_ROWS = {
    "quota-table": "organ",
    "establishment-table": "organ",
    "team-comparison": "team",
    "team-forecast": "team",
    "team-statistics": "team",
    "birth-year-table": "team",
}
"""Tables whose rows are organs or teams, by the page of one."""


@allowed(Verb.VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """Every table there is, with what it tells."""
    asked = seen(request)
    return render(request, "organs/figures.html", context(asked, tables=tables_for(asked)))


@allowed(Verb.VIEW)
def table(request: HttpRequest, table_id: str) -> HttpResponse:
    """One table."""
    asked = seen(request)
    made = _table(asked, table_id)
    links = behind_links(table_id, asked.as_of.isoformat(), _rows(asked, table_id, made))
    return render(
        request,
        "organs/figure_table.html",
        context(
            asked,
            of=counted_table(table_id),
            table=shown(made, links, current_language(), asked.thresholds),
            is_a3=table_id in _A3,
        ),
    )


@allowed(Verb.VIEW)
def behind(request: HttpRequest, table_id: str) -> HttpResponse:
    """反查: the persons counted in a figure, and the posts that are vacant behind it."""
    asked = seen(request)
    row_key, column_key = request.GET.get("row", ""), request.GET.get("column", "")
    made = _table(asked, table_id)
    row = next((each for each in made.rows if each.key == row_key), None)
    column = next((each for each in made.columns if each.key == column_key), None)
    figure = row.figures.get(column_key) if row else None
    if row is None and table_id == "team-comparison":
        figure, column = _gauge_figure(asked, row_key, column_key), column
    if figure is None or column is None:
        raise Http404
    people = _people(asked, figure)
    name = next(iter(row.texts.values()), "") if row else ""
    return render(
        request,
        "organs/behind.html",
        context(
            asked,
            of=counted_table(table_id),
            row_name=name,
            row_group=row.group if row else "",
            column_name=column_title(column, current_language()),
            value=figure.shown(column.unit, current_language()),
            unknown=figure.unknown,
            people=people,
            posts=_posts(asked, figure),
            several=len(figure.persons) - len(people),
        ),
    )


@allowed(Verb.RELEASE)
@freshly_signed_in_for_file
def paper(request: HttpRequest, table_id: str, ending: str) -> HttpResponse:
    """The table as a workbook (with 反查 on a sheet of its own), a document or pages."""
    asked = seen(request, Verb.RELEASE)
    made = _table(asked, table_id)
    return _file(request, asked, table_id, counted_table(table_id).title, made, ending)


@allowed(Verb.RELEASE)
@freshly_signed_in_for_file
def team_paper(request: HttpRequest, team_id: str, ending: str) -> HttpResponse:
    """The gauges of one team as a paper."""
    asked = seen_team(request, team_id, Verb.RELEASE)
    page = team_page(asked, team_id) if asked else None
    if asked is None or page is None:
        raise Http404
    return _file(request, asked, "team-comparison", page.team["team_name"], page.gauges, ending)


def _table(asked: Seen, table_id: str) -> FigureTable:
    try:
        return table_of(asked, table_id)
    except KeyError:
        raise Http404 from None


def _gauge_figure(asked: Seen, team_id: str, gauge: str) -> Figure | None:
    """A gauge of a team alone, where the table of all has no row for it."""
    if team_id not in asked.members.all_teams() or gauge not in {each.id for each in GAUGES}:
        return None
    group = Group(team_id, "", asked.members.posts_of(team_id))
    return gauges_of(asked, [group]).row(team_id).figures.get(gauge)


def _people(asked: Seen, figure: Figure) -> list[dict[str, object]]:
    """Persons of the figure, each once, with what tells them apart."""
    wanted = list(dict.fromkeys(figure.persons))
    rows = {row["person_id"]: row for row in asked.facts_at(asked.as_of)
            .select("person_id", "name", "sex", "birth", "age_months", "current_posts_text")
            .iter_rows(named=True)}  # fmt: skip
    return [rows[person] for person in wanted if person in rows]


def _posts(asked: Seen, figure: Figure) -> list[tuple[str, str, str]]:
    """Id, name and organ of the posts behind a figure."""
    posts = {row["post_id"]: row for row in asked.roster["posts"].iter_rows(named=True)}
    organs = dict(asked.roster["organs"].select("organ_id", "organ_name").iter_rows())
    return [
        (post, posts[post]["post_name"], organs.get(posts[post]["organ_id"], ""))
        for post in figure.posts
        if post in posts
    ]


def _rows(asked: Seen, table_id: str, made: FigureTable) -> dict[str, str]:
    """Row key → page of the organ or team it is about."""
    name = _LINKED_ROWS.get(table_id)
    if name is None:
        return {}
    known = set(asked.roster[f"{name}s"][f"{name}_id"])
    return {row.key: reverse(name, args=[row.key]) for row in made.rows if row.key in known}


def _file(
    request: HttpRequest, asked: Seen, table_id: str, title: str, made: FigureTable, ending: str
) -> HttpResponse:
    kind = format_of(ending)
    listed = paper_tables(table_id, title, made, asked.roster, kind is Format.XLSX)
    return paper_answer(request, listed, table_id, kind, asked.as_of)
