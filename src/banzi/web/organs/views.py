"""Organs, teams and posts as pages; everything is counted on what the account may see."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from banzi.kernel.messages import gettext_noop as _
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.gauges.tables import area_groups, post_names, post_table, team_groups
from banzi.teams.choices import DutyHead, TeamKind
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.organs import trees
from banzi.web.organs.asking import (
    Seen,
    gauges_of,
    judges_quickly,
    seen,
    seen_team,
    table_of,
)
from banzi.web.organs.showing import behind_links, no_links, shown
from banzi.web.organs.teams import ahead_of, bench_table_of, team_page, undated_of
from banzi.web.shared.languages import current_language

_KINDS = {each.value: each.zh for each in TeamKind}
_MOST_COMPARED = 12
_AREAS = 30


def context(asked: Seen, **more: Any) -> dict[str, Any]:
    """What every page of this app needs: the day, and organs that are seen in part."""
    return {
        "on": asked.as_of.isoformat(),
        "as_of": asked.as_of,
        "half_seen": asked.sight.half_seen if asked.sight else (),
        **more,
    }


@allowed(Verb.VIEW)
def tree(request: HttpRequest) -> HttpResponse:
    """Organs by area under their superiors, with what their quotas lack."""
    asked = seen(request)
    found = trees.organ_areas(asked.roster, table_of(asked, "quota-table"))
    count = asked.roster["organs"].height
    return render(request, "organs/tree.html", context(asked, areas=found, count=count))


@allowed(Verb.VIEW)
def quotas(request: HttpRequest) -> HttpResponse:
    """领导职数配备情况表, every number leading to the names."""
    asked = seen(request)
    table = table_of(asked, "quota-table")
    rows = {row.key: reverse("organ", args=[row.key]) for row in table.rows if row.key != "total"}
    links = behind_links("quota-table", asked.as_of.isoformat(), rows)
    made = shown(table, links, current_language())
    return render(request, "organs/quotas.html", context(asked, table=made))


@allowed(Verb.VIEW)
def organ(request: HttpRequest, organ_id: str) -> HttpResponse:
    """One organ: its quotas, teams, posts with holders, and organs below."""
    asked = seen(request)
    page = trees.organ_page(asked, organ_id)
    if page is None:
        raise Http404
    quota = trees.only_row(table_of(asked, "quota-table"), organ_id)
    table = shown(quota, behind_links("quota-table", asked.as_of.isoformat()), current_language())
    may_release = rights_of(request).may(Verb.RELEASE)
    given = context(asked, page=page, table=table, may_release=may_release)
    return render(request, "organs/organ.html", given)


@allowed(Verb.VIEW)
def teams(request: HttpRequest) -> HttpResponse:
    """Teams by area, with seats, vacancies, mean age; a choice of them can be compared."""
    asked = seen(request)
    q, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    found = trees.listed_teams(asked, q, kind)
    page = Paginator(found, _AREAS).get_page(request.GET.get("page"))
    query = urlencode([(name, text) for name, text in request.GET.items() if name != "page"])
    return render(
        request,
        "organs/teams.html",
        context(
            asked,
            areas=page,
            page=page,
            query=f"{query}&" if query else "",
            kinds=_KINDS.items(),
            q=q,
            kind=kind,
            total=asked.roster["teams"].height,
        ),
    )


@allowed(Verb.VIEW)
def team(request: HttpRequest, team_id: str) -> HttpResponse:
    """One team as on a day."""
    asked = _team(request, team_id)
    page = team_page(asked, team_id)
    if page is None:
        raise Http404
    links = behind_links("team-comparison", asked.as_of.isoformat())
    gauges = shown(page.gauges, links, current_language(), asked.thresholds)
    return render(
        request,
        "organs/team.html",
        context(
            asked,
            page=page,
            gauges=gauges,
            kind=_KINDS.get(page.team["team_kind"], ""),
            has_targets=bool(asked.targets),
            others=trees.neighbours(seen(request), team_id),
            bench_at_once=judges_quickly(seen(request)),
        ),
    )


def _team(request: HttpRequest, team_id: str) -> Seen:
    asked = seen_team(request, team_id)
    if asked is None:
        raise Http404
    return asked


@allowed(Verb.VIEW)
def ahead(request: HttpRequest, team_id: str) -> HttpResponse:
    """What the team will look like if nobody moves: a part of its page, fetched by itself."""
    asked = _team(request, team_id)
    return render(
        request,
        "organs/ahead.html",
        context(
            asked,
            team_id=team_id,
            horizons=ahead_of(asked, team_id),
            undated=undated_of(asked, team_id),
        ),
    )


@allowed(Verb.VIEW)
def bench(request: HttpRequest, team_id: str) -> HttpResponse:
    """How many might be looked at for each post: a part of the team's page, fetched by itself."""
    asked = seen(request)
    team = _team(request, team_id)
    found = bench_table_of(asked.mine, team.mine)
    links = behind_links("bench-depth", asked.as_of.isoformat())
    table = shown(found, links if judges_quickly(asked) else no_links, current_language())
    return render(request, "organs/bench.html", context(asked, team_id=team_id, table=table))


@allowed(Verb.VIEW)
def compare(request: HttpRequest) -> HttpResponse:
    """Chosen teams side by side, gauge by gauge; all gauges of a team stand in one column."""
    asked = seen(request)
    groups = {each.team_id: each for each in team_groups(asked.members)}
    chosen = [groups[each] for each in dict.fromkeys(request.GET.getlist("team")) if each in groups]
    chosen = chosen[:_MOST_COMPARED]
    side_by_side = None
    if chosen:
        table = gauges_of(asked, chosen)
        links = behind_links("team-comparison", asked.as_of.isoformat())
        made = shown(table, links, current_language(), asked.thresholds)
        side_by_side = trees.turned(made, len(chosen))
    return render(
        request,
        "organs/compare.html",
        context(
            asked,
            side=side_by_side,
            chosen=[each.team_id for each in chosen],
            every=trees.listed_teams(asked, "", ""),
            most=_MOST_COMPARED,
        ),
    )


@allowed(Verb.VIEW)
def same_post(request: HttpRequest) -> HttpResponse:
    """One kind of post across areas: who holds it."""
    asked = seen(request)
    names = [each.zh for each in DutyHead] + post_names(asked.members)
    wanted = request.GET.get("post", "").strip()
    table = post_table(asked.situation, wanted) if wanted else None
    made = None
    if table is not None:
        made = shown(table, trees.post_links(), current_language())
    return render(
        request,
        "organs/same_post.html",
        context(asked, names=names, wanted=wanted, table=made),
    )


@allowed(Verb.VIEW)
def areas(request: HttpRequest) -> HttpResponse:
    """Gauges of each area; a colour only where a threshold with its source asks for one."""
    asked = seen(request)
    by_team = request.GET.get("by") == "team"
    name = "team-comparison" if by_team else "area-dashboard"
    table = table_of(asked, name)
    rows = {}
    if by_team:
        rows = {
            row.key: reverse("team", args=[row.key]) for row in table.rows if row.key != "total"
        }
    links = behind_links(name, asked.as_of.isoformat(), rows)
    made = shown(table, links, current_language(), asked.thresholds)
    about = [(each.zh, each.about) for each in GAUGES]
    groups = area_groups(asked.members)
    return render(
        request,
        "organs/areas.html",
        context(
            asked,
            table=made,
            about=about,
            by_team=by_team,
            count=len(groups),
            title=_("地区班子建设情况一览表"),
        ),
    )
