"""The first page, what falls due, and doubts about the data."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banzi.documents.papers.due_basis import basis_numbers, notes
from banzi.documents.papers.due_overview import overview_table
from banzi.documents.papers.due_table import due_table, kind_name, name_of, remarks
from banzi.due import KINDS, Certainty
from banzi.due.due_list import DueLine, DueList
from banzi.kernel.dates import month_of, month_text
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed, for_everybody
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.sessions import freshly_signed_in_for_file
from banzi.web.home.due_lists import MOST_MONTHS, YEAR, Asked, due_in_sight, overview_in_sight
from banzi.web.home.problems import problems_of, texts_of
from banzi.web.records.papers import format_of, paper_answer
from banzi.web.records.sight import sight_of
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of
from banzi.web.shared.waiting import waiting_for

_PAGE = 50
_AHEAD = (3, 6, 12, 24, 36, 60)
_WHOLE = _("全部")


@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what falls due within a year, what is doubtful; of persons only those in sight."""
    may = rights_of(request).may(Verb.VIEW)
    return render(
        request,
        "home/home.html",
        {
            "waiting": waiting_for(request),
            "may_view": may,
            "as_of": as_of(request),
            **(_sections(request) if may else {}),
        },
    )


def _sections(request: HttpRequest) -> dict[str, Any]:
    found = overview_in_sight(request, YEAR)
    language = current_language()
    mine = sight_of(request)
    rows = [
        {
            "id": each.kind.id,
            "name": kind_name(each.kind, language),
            "theme": name_of(each.kind.theme, language),
            "counts": list(zip(found.starts, each.counts, strict=True)),
            "ahead": sum(each.counts),
            "overdue": each.overdue,
            "open": each.open,
        }
        for each in found.kinds
    ]
    return {
        "months": [(start, month_text(start)) for start in found.starts],
        "due": rows,
        "persons": len(mine.persons),
        "teams": mine.roster["teams"].height,
        "problems": problems_of(request, language)[:12],
    }


@allowed(Verb.VIEW)
def due(request: HttpRequest) -> HttpResponse:
    """The list of what falls due, in parts, by page."""
    asked, months = due_asked(request)
    mine = sight_of(request)
    listed = asked.of(due_in_sight(request, months), mine)
    page = Paginator(listed.every, _PAGE).get_page(request.GET.get("page"))
    numbers = basis_numbers(listed)
    query = {name: value for name, value in request.GET.items() if name != "page" and value}
    return render(
        request,
        "home/due.html",
        {
            "listed": listed,
            "page": page,
            "lines": [_shown(line, numbers) for line in page],
            "notes": notes(listed, current_language()),
            "asked": asked,
            "kind": request.GET.get("kind", ""),
            "kinds": [(each.id, kind_name(each, current_language())) for each in KINDS],
            "certainties": [(each.value, name_of(each, current_language())) for each in Certainty],
            "months": months,
            "ahead": _AHEAD,
            "whens": _whens(listed, asked.when),
            "teams": mine.members.teams.select("team_id", "team_name").rows(),
            "organs": mine.roster["organs"].select("organ_id", "organ_name").rows(),
            "on": mine.as_of.isoformat(),
            "until": month_text(listed.until),
            "query": f"{urlencode(query)}&" if query else "",
        },
    )


@allowed(Verb.RELEASE)
@freshly_signed_in_for_file
def due_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """The same part of the list as a workbook, a document or pages."""
    kind = format_of(ending)
    asked, months = due_asked(request)
    mine = sight_of(request, Verb.RELEASE)
    listed = asked.of(due_in_sight(request, months, Verb.RELEASE), mine)
    name = _name(mine, asked)
    tables = [overview_table(listed, name), due_table(listed, name)]
    return paper_answer(request, tables, "due", kind, mine.as_of)


@allowed(Verb.VIEW)
def problems(request: HttpRequest) -> HttpResponse:
    """Doubts by kind; one kind with its persons when it is named."""
    language = current_language()
    found = problems_of(request, language)
    code = request.GET.get("code", "")
    chosen = [each for each in found if each.code == code]
    page = Paginator([row for each in chosen for row in each.rows], _PAGE).get_page(
        request.GET.get("page")
    )
    mine = sight_of(request)
    listed = list(page)
    persons = [person for person, _finding in listed]
    seen = mine.roster["persons"].filter(pl.col("person_id").is_in(persons))
    names = dict(seen.select("person_id", "name").iter_rows())
    texts = texts_of(rights_of(request), listed, language)
    return render(
        request,
        "home/problems.html",
        {
            "found": found,
            "chosen": chosen[0] if chosen else None,
            "page": page,
            "rows": [
                (person, names.get(person, ""), text)
                for person, text in zip(persons, texts, strict=True)
            ],
            "query": f"{urlencode({'code': code})}&",
        },
    )


def due_asked(request: HttpRequest) -> tuple[Asked, int]:
    """What part of the list an address asks for, and how many months ahead."""
    given = request.GET
    typed = given.get("months", "")
    months = min(int(typed), MOST_MONTHS) if typed.isdecimal() else YEAR
    kinds = tuple(each for each in KINDS if each.id in given.getlist("kind"))
    asked = Asked(
        kinds,
        given.get("team", ""),
        given.get("organ", ""),
        given.get("q", "").strip(),
        given.get("certainty", ""),
        given.get("when", ""),
    )
    return asked, months


def _name(mine: Any, asked: Asked) -> str:
    """What a paper calls the part: its team or organ."""
    for table, key, wanted in (
        ("teams", "team", asked.team_id),
        ("organs", "organ", asked.organ_id),
    ):
        found = mine.roster[table].filter(**{f"{key}_id": wanted})[f"{key}_name"]
        if wanted and len(found):
            return str(found[0])
    return ""


def _whens(listed: DueList, chosen: str) -> list[tuple[str, str]]:
    """Times to choose from: overdue, the months ahead, and without a date."""
    today = month_of(listed.case.as_of)
    last = min(listed.until, today + YEAR)
    months = [(str(each), month_text(each)) for each in range(today, last + 1)]
    if chosen.isdecimal() and chosen not in dict(months):
        months.append((chosen, month_text(int(chosen))))
    return months


def _shown(line: DueLine, numbers: dict[str, str]) -> dict[str, Any]:
    language = current_language()
    return {
        "person_id": line.person_id,
        "name": line.name,
        "posts": line.posts,
        "kind": kind_name(line.kind, language),
        "about": line.about,
        "when": line.when,
        "is_open": line.month is None,
        "basis": "".join(numbers[each] for each in line.basis),
        "step": name_of(line.step, language),
        "remarks": remarks(line, language),
        "certainty": name_of(line.certainty, language),
    }
