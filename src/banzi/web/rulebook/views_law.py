"""The rules browser: what each clause says, how well it is known, and what in the program uses it.

No personnel data here; everybody who is signed in may read the law.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from banzi.law import load_law
from banzi.law.documents import GRADE_NAMES
from banzi.rules.checking import EVERY_RULE
from banzi.rules.proceedings.declaring import Proceeding
from banzi.web.rulebook import law_pages
from banzi.web.rulebook.pages import page
from banzi.web.shared.demands import for_everybody
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of


@for_everybody
def clauses(request: HttpRequest) -> HttpResponse:
    """Every clause, by document; a search over all of their texts."""
    law, language = load_law(), current_language()
    query, grade = request.GET.get("q", "").strip(), request.GET.get("grade", "")
    document = request.GET.get("document", "")
    found = law_pages.lines(law, language, query, grade, document)
    groups: dict[str, list[law_pages.ClauseLine]] = {}
    for line in found:
        groups.setdefault(line.document.document, []).append(line)
    unchecked = sum(1 for each in law.parameters.values() if each.checked_on is None)
    return page(
        request,
        "rulebook/clauses.html",
        {
            "groups": [(lines[0].document, lines) for lines in groups.values()],
            "count": len(found),
            "total": len(law.clauses),
            "parameters": len(law.parameters),
            "unchecked": unchecked,
            "q": query,
            "grade": grade,
            "grades": law_pages.grade_choices(),
            "document": document,
            "documents": list(law.documents.values()),
        },
    )


@for_everybody
def clause(request: HttpRequest, name: str) -> HttpResponse:
    """One clause: content, reading, grade, who compared it when, what uses it."""
    law, day = load_law(), as_of(request)
    try:
        found = law_pages.covered(law, name)
    except KeyError:
        raise Http404 from None
    home = law.documents[name.partition("/")[0]]
    line = law_pages.ClauseLine(name, home, found.clause, found, "")
    return page(
        request,
        "rulebook/clause.html",
        {
            "line": line,
            "rules": [law_pages.rule_of(each) for each in found.rules],
            "parameters": [
                (each, law.parameters[each], law_pages.entries(law.parameters[each], day))
                for each in found.parameters
            ],
        },
    )


@for_everybody
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule of the program: what it rests on, what it asks, with which numbers."""
    law, day, language = load_law(), as_of(request), current_language()
    try:
        found = law_pages.rule_of(rule_id)
    except KeyError:
        raise Http404 from None
    numbers = law_pages.parameters_of(found, law, day)
    holder = "" if isinstance(found, Proceeding) else law_pages.FOR_HOLDER[found.for_holder]
    return page(
        request,
        "rulebook/rule.html",
        {
            "rule": found,
            "about": law_pages.about(found),
            "holder": holder,
            "waivable_by": getattr(found, "waivable_by", ""),
            "in_force": found.in_force(day),
            "reads": list(law_pages.reads(found, language)),
            "clauses": [(name, law.clauses[name]) for name in found.cites if name in law.clauses],
            "parameters": [
                (each, law.parameters[each], law_pages.entries(law.parameters[each], day))
                for each in numbers
            ],
        },
    )


@for_everybody
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the program with its clauses."""
    law = load_law()
    query = request.GET.get("q", "").strip()
    found = []
    for each in EVERY_RULE:
        whole = f"{each.id} {each.title} {' '.join(each.cites)}"
        if query in whole:
            found.append((each, law_pages.about(each)))
    return page(
        request,
        "rulebook/rules.html",
        {"rules": found, "q": query, "total": len(EVERY_RULE), "law": law},
    )


@for_everybody
def parameter(request: HttpRequest, name: str) -> HttpResponse:
    """One number of the law through time, and which rules count with it."""
    law, day = load_law(), as_of(request)
    found = law.parameters.get(name)
    if found is None:
        raise Http404
    return page(
        request,
        "rulebook/parameter.html",
        {
            "name": name,
            "parameter": found,
            "grade": GRADE_NAMES[found.grade],
            "entries": law_pages.entries(found, day),
            "rules": law_pages.users_of(name, law, day),
        },
    )
