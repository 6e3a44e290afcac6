"""The query page: a condition, three lists with reasons, and the list as a worksheet."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, name_in, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render as fill_in
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.queries.asking import Asked, asked, refusals
from banzi.web.queries.exporting import NOT_RELEASED, check_release, list_table, workbook
from banzi.web.queries.judging import Part, Reason, reasons
from banzi.web.queries.listing import ORDERS, columns_for, rows_of
from banzi.web.queries.models import RosterTemplate
from banzi.web.queries.words import classes_in
from banzi.web.records.conditions import ConditionEditor
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import day_of

PREFIX = "where"
PER_PAGE = 50
MOST_PRINTED = 3000
_TITLE = _("人员名单")
_REASONS, _MISSING = _("依据"), _("不掌握的信息")
_NOT_SELECTED = _("没有符合条件的人员")
_NOTES = {
    Part.MET: _("列入者均符合：{condition}"),
    Part.UNKNOWN: _("是否符合下列条件情况不明：{condition}"),
    Part.UNMET: _("不符合：{condition}"),
}
BAD_DAY = MessageKind("queries/bad-day", _("日期“{day}”无法识别；请按 2026-06-30 的样式填写"))


@require_http_methods(["GET", "POST"])
@allowed(Verb.VIEW)
def query(request: HttpRequest) -> HttpResponse:
    """`GET` lists people; `POST` is the editor at work, and ends in an address to `GET`."""
    found = asked(request)
    words = found.people.words
    if request.method == "GET":
        editor = ConditionEditor.of(found.tree, PREFIX, words, allow_protected=True)
        return render(request, "queries/query.html", _context(request, found, editor))
    editor = ConditionEditor.posted(request.POST, PREFIX, words, allow_protected=True)
    day = request.POST.get("on", "").strip()
    if not editor.is_editing:
        tree = editor.tree()
        if tree is not None:
            editor.problems += refusals(tree, found.people)
        if day and day_of(day) is None:
            editor.problems.append(BAD_DAY(day=day))
        if not editor.problems:
            address = found.address(where=editor.said, on=day, list="", pick="")
            return HttpResponseRedirect(f"{request.path}?{address}")
    context = _context(request, found, editor) | {"on": day or found.on_stated}
    return render(request, "queries/query.html", context)


def _context(request: HttpRequest, found: Asked, editor: ConditionEditor) -> dict[str, Any]:
    language = current_language()
    frame, counts = found.list(), found.counts
    printing = "print" in request.GET and frame.height <= MOST_PRINTED
    page = Paginator(range(frame.height), max(frame.height, 1) if printing else PER_PAGE).get_page(
        request.GET.get("page")
    )
    start = max(page.start_index() - 1, 0)
    rows = rows_of(frame[start : start + len(page)], found.people, found.columns, language)
    for number, row in enumerate(rows, start + 1):
        row["number"] = number
        row["reasons"] = reasons(found.tree, row["row"], found.people, language)
    chosen = {each.name for each in found.columns}
    return {
        "found": found,
        "editor": editor,
        "on": found.on_stated,
        "problems": found.problems,
        "columns": [each.heading(language) for each in found.columns],
        "choosable": [
            (each.name, each.heading(language), each.name in chosen)
            for each in columns_for(found.people.covered)
        ],
        "tabs": [
            (each, name_in(each, language), counts[each], _address(found, each)) for each in Part
        ],
        "part": found.part,
        "total": found.frame.height,
        "rows": rows,
        "page": page,
        "query": f"{found.address()}&" if found.address() else "",
        "address": found.address(),
        "unpicked": found.address(pick="", list=""),
        "picks": [(each.heading(language), each.title(key, language)) for each, key in found.picks],
        "orders": [(name, title, name == found.order) for name, (title, _by) in ORDERS.items()],
        "may_export": found.rights.may(Verb.RELEASE),
        "templates": RosterTemplate.objects.order_by("name")
        if found.rights.may(Verb.RELEASE)
        else [],
        "printing": printing,
        "said": found.sentence(language),
    }


def _address(found: Asked, part: Part) -> str:
    return found.address(list="" if part is Part.MET else part.value)


@require_GET
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in
def export(request: HttpRequest) -> HttpResponse:
    """The list of the page, whole, with its columns, order and reasons."""
    found = asked(request)
    language = current_language()
    frame = found.list()
    try:
        check_release(found.rights, frame["person_id"], classes_shown(found))
    except BanziError as error:
        return refused(request, error)
    headings = [(each.heading(language), each.width, each.is_left) for each in found.columns]
    rows = rows_of(frame, found.people, found.columns, language)
    listed = [(row["name"], row["cells"]) for row in rows]
    notes: list[str] = []
    if found.tree is not None:
        of_missing = found.part is Part.UNKNOWN
        headings.append((translate(_MISSING if of_missing else _REASONS, language), 60, True))
        for number, row in enumerate(rows):
            why = reasons(found.tree, row["row"], found.people, language)
            listed[number] = (row["name"], [*row["cells"], said(why, only_missing=of_missing)])
        notes.append(fill_in(_NOTES[found.part], {"condition": found.sentence(language)}, language))
    picked = [f"{each.heading(language)}：{each.title(key, language)}" for each, key in found.picks]
    title = translate(_TITLE, language)
    table = list_table(title, headings, listed, found.on, "；".join(picked), notes)
    return workbook(found.rights, table, found.on)


def classes_shown(found: Asked) -> frozenset[Any]:
    """The field classes of what a list shows or was chosen by."""
    shown = {each.field_class for each in found.columns} | {
        dimension.field_class for dimension, _key in found.picks
    }
    return classes_in(found.tree) | shown


def said(why: list[Reason], *, only_missing: bool) -> str:
    """Reasons in one cell."""
    return "；".join(
        f"{each.text}：{each.value}" if only_missing else f"{each.sign}{each.text}{each.beside}"
        for each in why
        if each.missing or not only_missing
    )


def refused(request: HttpRequest, error: BanziError) -> HttpResponse:
    """A page that says what was refused and how to go on."""
    context = {"problem": error.message, "back": request.GET.urlencode()}
    status = 403 if error.message.code == NOT_RELEASED.code else 400
    return render(request, "queries/refused.html", context, status=status)
