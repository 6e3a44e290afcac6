"""Packages that one made, asking for another, and what is in one of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from banzi.documents.exchange.left_out import Without
from banzi.kernel.errors import BadInput, BanziError, Problem
from banzi.roster import TABLES
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.exchange.choosing import FROM_PAGE
from banzi.web.exchange.finding import offered
from banzi.web.exchange.forms import PackageWanted
from banzi.web.exchange.keeping import KIND, is_there, packages_of, people_of
from banzi.web.exchange.packing import NOBODY_TO_RELEASE, anybody_to_release
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job
from banzi.web.jobs.saying import kept_problem, said_problems
from banzi.web.jobs.views import own_job
from banzi.web.organs.trees import organ_tree
from banzi.web.records.selecting import rows
from banzi.web.records.showing import title_of, value_text
from banzi.web.records.sight import sight
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import label
from banzi.web.shared.today import as_of

_PER_PAGE = 50
_MOST_REFUSED = 200
_SHOWN = ("sex", "birth", "current_posts_text")
_SEVERAL = ("organs", "without")
_REMEMBERED = ("sender", "recipient", "without")


@require_GET
@allowed(Verb.RELEASE)
def packages(request: HttpRequest) -> HttpResponse:
    """The packages that one made, newest first."""
    rights = rights_of(request)
    own = packages_of(rights.holder.username)
    page = Paginator(own, _PER_PAGE).get_page(request.GET.get("page"))
    listed = [(each, is_there(each.pk)) for each in page]
    context = {"page": page, "listed": listed, "may_receive": rights.may(Verb.EDIT)}
    return render(request, "exchange/list.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Verb.RELEASE)
@freshly_signed_in
def new_package(request: HttpRequest) -> HttpResponse:
    """The page to ask for a package; POST asks a worker to make it, or with `find` for the page with
    the organs that `organ_q` finds."""
    rights = rights_of(request)
    if request.method != "POST":
        return _page(request, PackageWanted(rights, initial=_begun_with(request, rights)))
    if "find" in request.POST:
        return _page(request, PackageWanted(rights, initial=_filled_in(request)))
    form = PackageWanted(rights, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        wanted = form.wanted()
        if wanted.whom.persons and not anybody_to_release(wanted.whom.persons, rights):
            raise BanziError(NOBODY_TO_RELEASE())
    except BadInput as bad:
        return _page(request, form, bad.problems, 422)
    except BanziError as error:
        return _page(request, form, [Problem(error.message)], 409)
    arguments = wanted.arguments()
    same = hashlib.sha256(json.dumps(arguments).encode()).hexdigest()  # a button pressed twice
    once = f"{KIND} {rights.holder.username} {same}"
    asked = enqueue(KIND, arguments, by=rights.holder, once=once)
    return HttpResponseRedirect(reverse("job", args=[asked.pk]))


def _filled_in(request: HttpRequest) -> dict[str, Any]:
    """The form as it stands, which nobody has sent yet; `people` and `query` only where it has them."""
    several = {name: request.POST.getlist(name) for name in _SEVERAL}
    return {name: request.POST[name] for name in request.POST} | several


def _begun_with(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    """What the link brings along, and what was filled in the last time."""
    begun: dict[str, Any] = {"as_of": as_of(request)}
    last = Job.objects.filter(kind=KIND, by=rights.holder.username).order_by("-asked_at").first()
    if last is not None:
        begun |= {name: last.arguments.get(name, "") for name in _REMEMBERED}
    if organs := request.GET.getlist("organ"):
        begun["organs"] = organs
    for name in FROM_PAGE:
        if name in request.GET:
            return begun | {name: request.GET[name]}
    return begun


def _page(
    request: HttpRequest,
    form: PackageWanted,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    rights = rights_of(request)
    tree = [] if form.came_along else organ_tree(sight(rights, as_of(request), Verb.RELEASE).roster)
    typed = request.POST.get("organ_q", "") if "find" in request.POST else ""
    chosen = form["organs"].value() or []
    problems = list(problems or ())
    context = {
        "form": form,
        "tree": offered(tree, typed, chosen),
        "typed": typed,
        "chosen": chosen,
        "brought": _brought(form, rights, request, problems) if form.came_along else None,
        "shut": [label(each) for each in form.shut],
    }
    context["problems"] = said_problems(
        [kept_problem(each) for each in problems], current_language()
    )
    return render(request, "exchange/new.html", context, status=status)


def _brought(
    form: PackageWanted, rights: Rights, request: HttpRequest, problems: list[Problem]
) -> int:
    """How many persons the list or query that one came from has."""
    page = form.came_along
    try:
        return len(FROM_PAGE[page](form[page].value() or "", rights, as_of(request)).persons)
    except BanziError as error:
        if not problems:
            problems.append(Problem(error.message))
        return 0


@require_GET
@allowed(Verb.RELEASE)
@never_cache
def one_package(request: HttpRequest, job_id: str) -> HttpResponse:
    """What is in a package that one made, before it is taken out and after."""
    return package_page(request, made_package(request, job_id))


def made_package(request: HttpRequest, job_id: str) -> Job:
    """A package that whoever is signed in made.

    Raises
    ------
    Http404
        When there is none; others' are as if they were not there.
    """
    made = own_job(request, job_id)
    if made.kind != KIND or not made.result:
        raise Http404
    return made


def package_page(
    request: HttpRequest, made: Job, refused: BanziError | None = None
) -> HttpResponse:
    rights, told = rights_of(request), people_of(made.pk)
    result = made.result or {}
    page = Paginator(told["given"], _PER_PAGE).get_page(request.GET.get("page"))
    without = {name: _classes(result.get(name, ())) for name in ("shut", "half_shut", "without")}
    context = {
        "made": made,
        "wanted": made.arguments,
        "result": result,
        "is_there": is_there(made.pk),
        "page": page,
        "titles": [title_of(TABLES["persons"][name], current_language()) for name in _SHOWN],
        "listed": _lines(rights, list(page)),
        "refused_persons": _names(rights, told["refused"][:_MOST_REFUSED]),
        "shut": without["shut"],
        "half_shut": without["half_shut"],
        "asked": [each for each in without["without"] if each not in without["shut"]],
        "rows": [(TABLES[name], count) for name, count in result.get("rows", {}).items()],
        "problem": refused.message if refused else None,
        "may_view": rights.may(Verb.VIEW),
    }
    return render(request, "exchange/one.html", context, status=403 if refused else 200)


def _classes(values: list[str]) -> list[str]:
    return [label(each) for each in Without if each.value in values]


def _lines(rights: Rights, persons: list[str]) -> list[dict[str, Any]]:
    language, table = current_language(), TABLES["persons"]
    found = rows(rights, "persons", persons, Verb.RELEASE, only=("name", *_SHOWN))
    return [
        {
            "person_id": row["person_id"],
            "name": row["name"],
            "cells": [value_text(table[name], row.get(name), language) for name in _SHOWN],
        }
        for row in found
    ]


def _names(rights: Rights, persons: list[str]) -> list[tuple[str, str]]:
    found = rows(rights, "persons", persons, Verb.VIEW, only=("name",))
    return [(row["person_id"], row["name"]) for row in found]
