"""Which vacant posts a person could take, and why not the others; one post in full."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from banzi.codes.lookup import name_of
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.rules.runtime.verdicts import RANKED
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.people.fitness import clauses_of, explained, facts_of, fitness
from banzi.web.people.views_file import header
from banzi.web.records.selecting import classes_held, reading
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of


def _sees_all(request: HttpRequest, person_id: str) -> bool:
    """Verdicts rest on every class of fields: only who may see all of them is shown the reasons."""
    return frozenset(FieldClass) <= classes_held(rights_of(request), person_id)


@allowed(Verb.VIEW)
def person_fitness(request: HttpRequest, person_id: str) -> HttpResponse:
    """The page; its table comes as a fragment, since the first one after a change takes a moment."""
    context = header(request, person_id)
    context |= {"tab": "fitness", "sees_all": _sees_all(request, person_id)}
    return render(request, "people_pages/fitness.html", context)


@allowed(Verb.VIEW)
def fitness_table(request: HttpRequest, person_id: str) -> HttpResponse:
    """A fragment: every vacant post with its verdict, those that could be taken first."""
    if not _sees_all(request, person_id):
        raise Http404
    reading(request, person_id, "fitness")
    day = as_of(request)
    found = fitness(person_id, day)
    counts = Counter(each.verdict for each in found)
    language = current_language()
    return render(
        request,
        "people_pages/fitness_table.html",
        {
            "person_id": person_id,
            "as_of": day,
            "counts": [(verdict, counts[verdict]) for verdict in RANKED],
            "total": len(found),
            "posts": [
                (
                    each,
                    name_of("post_level_zb09", each.level) if each.level else "",
                    [(result, result.message(language)) for result in each.results],
                )
                for each in found
            ],
        },
    )


@allowed(Verb.VIEW)
def fitness_reasons(request: HttpRequest, person_id: str, post_id: str) -> HttpResponse:
    """A fragment: every rule for one post, with clause, facts and values of the law."""
    if not _sees_all(request, person_id):
        raise Http404
    try:
        results = explained(person_id, post_id, as_of(request))
    except BanziError as unknown:
        raise Http404 from unknown
    language = current_language()
    shown = [
        (result, result.message(language), facts_of(result, language), clauses_of(result, language))
        for result in sorted(results, key=lambda each: -RANKED.index(each.verdict))
    ]
    return render(request, "people_pages/reasons.html", {"results": shown})
