"""统计表: two divisions of the people of a query, every count with the names behind it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from banzi.documents.papers.office_table import A4_LANDSCAPE, Heading, OfficeTable, Row
from banzi.documents.papers.wording import count_text, day_text
from banzi.facts.times import AGE_MONTHS
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.queries.asking import Asked, asked
from banzi.web.queries.dimensions import Dimension, dimensions_for, read_bounds, read_dimension
from banzi.web.queries.exporting import check_release, workbook
from banzi.web.queries.judging import Part
from banzi.web.queries.statistics import MOST_LINES, CrossTable, cross_table
from banzi.web.queries.views import refused
from banzi.web.queries.words import classes_in
from banzi.web.shared.languages import current_language

BAD_BOUNDS = MessageKind(
    "queries/bad-bounds", _("分段界限“{text}”不对；应为从小到大的整数，如 35、40、45")
)
NO_DIMENSION = MessageKind("queries/no-dimension", _("不能按“{name}”分组；请另选一项"))
TOO_LARGE = MessageKind(
    "queries/too-large", _("分组超过{most}行或列，无法成表；请改用分段或另选一项")
)
_DEFAULTS = (AGE_MONTHS, "post_level")
_TOTAL, _TITLE = _("合计"), _("统计表")


@require_GET
@allowed(Verb.VIEW)
def table(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    language = current_language()
    rows, columns, problems = _chosen(request, found)
    problems = [*found.problems, *problems]
    made = None if problems else cross_table(found.list(Part.MET), rows, columns)
    if made is not None and made.is_too_large:
        problems.append(TOO_LARGE(most=MOST_LINES))
        made = None
    context: dict[str, Any] = {
        "found": found,
        "on": found.on_stated,
        "problems": problems,
        "dimensions": [
            (each.name, each.heading(language)) for each in dimensions_for(found.people.covered)
        ],
        "sides": [
            ("rows", _("行"), rows, request.GET.get("rows_at", _shown(rows))),
            ("cols", _("列"), columns, request.GET.get("cols_at", _shown(columns))),
        ],
        "said": found.sentence(language),
        "row_title": rows.heading(language),
        "column_title": columns.heading(language),
        "address": _address(found, rows, columns),
        "query_address": found.address(pick="", list=""),
        "not_counted": found.counts[Part.UNKNOWN],
        "unknown_address": found.address(pick="", list=Part.UNKNOWN.value),
        "may_export": found.rights.may(Verb.RELEASE),
    }
    if made is not None:
        context |= _drawn(found, made)
    return render(request, "queries/table.html", context)


@require_GET
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in
def export_table(request: HttpRequest) -> HttpResponse:
    """The table of the page as a worksheet."""
    found = asked(request)
    rows, columns, problems = _chosen(request, found)
    problems = [*found.problems, *problems]
    if problems:
        return refused(request, BanziError(problems[0]))
    frame = found.list(Part.MET)
    classes = {*classes_in(found.tree), rows.field_class, columns.field_class}
    try:
        check_release(found.rights, frame["person_id"], classes)
    except BanziError as error:
        return refused(request, error)
    return workbook(found.rights, _sheet(found, cross_table(frame, rows, columns)), found.on)


def _chosen(request: HttpRequest, found: Asked) -> tuple[Dimension, Dimension, list[Message]]:
    problems: list[Message] = []
    sides = [
        _side(request, found, side, default, problems)
        for side, default in zip(("rows", "cols"), _DEFAULTS, strict=True)
    ]
    return sides[0], sides[1], problems


def _side(
    request: HttpRequest, found: Asked, side: str, default: str, problems: list[Message]
) -> Dimension:
    name = request.GET.get(side, default)
    stated = request.GET.get(f"{side}_at")
    # Bounds typed for one division mean nothing for the next one chosen.
    is_same = request.GET.get(f"{side}_was", name) == name
    classes = found.people.covered
    text = name if stated is None or not is_same else f"{name}:{stated}"
    dimension = read_dimension(text, classes)
    if dimension is not None:
        return dimension
    plain = read_dimension(name, classes)
    if plain is None:
        problems.append(NO_DIMENSION(name=name))
    elif read_bounds(stated or "") is None:
        problems.append(BAD_BOUNDS(text=stated))
    fallback = plain or read_dimension(default, classes)
    assert fallback is not None  # noqa: S101 - the defaults are basic facts
    return fallback


def _shown(dimension: Dimension) -> str:
    return "、".join(map(str, dimension.bounds))


def _address(found: Asked, rows: Dimension, columns: Dimension) -> str:
    """The query string of this table."""
    sides = {
        "rows": rows.name,
        "rows_at": ",".join(map(str, rows.bounds)),
        "cols": columns.name,
        "cols_at": ",".join(map(str, columns.bounds)),
    }
    sides = {name: text for name, text in sides.items() if text or name.endswith("_at")}
    return "&".join(filter(None, (found.address(list="", pick=""), urlencode(sides))))


def _drawn(found: Asked, made: CrossTable) -> dict[str, Any]:
    """Lines with counts and where each leads."""
    language = current_language()

    def cell(count: int, row: str = "", column: str = "") -> tuple[int, str]:
        picks = [
            ("pick", f"{side.written}~{key}")
            for side, key in ((made.rows, row), (made.columns, column))
            if key
        ]
        base = found.address(pick="", list="")
        return count, "&".join(filter(None, (base, urlencode(picks))))

    return {
        "table": made,
        "heads": [made.columns.title(key, language) for key in made.column_keys],
        "lines": [
            (
                made.rows.title(row, language),
                [cell(made.at(row, column), row, column) for column in made.column_keys],
                cell(made.of_row(row), row),
            )
            for row in made.row_keys
        ],
        "totals": [cell(made.of_column(key), "", key) for key in made.column_keys],
        "total": cell(made.total),
        "chart": made.chart(language),
    }


def _sheet(found: Asked, made: CrossTable) -> OfficeTable:
    language = current_language()
    total = translate(_TOTAL, language)
    heads = [made.columns.title(key, language) for key in made.column_keys]
    lines = [
        Row(
            (
                made.rows.title(row, language),
                *(made.at(row, column) for column in made.column_keys),
                made.of_row(row),
            )
        )
        for row in made.row_keys
    ]
    sums = Row((total, *(made.of_column(key) for key in made.column_keys), made.total), strong=True)
    by = made.columns.heading(language)
    return OfficeTable(
        translate(_TITLE, language),
        (
            Heading(made.rows.heading(language), 34, align="left"),
            *(Heading(head, 16, (by,)) for head in heads),
            Heading(total, 14),
        ),
        [*lines, sums],
        subtitle=found.sentence(language),
        left=day_text(found.on),
        right=count_text(made.total),
        page=A4_LANDSCAPE,
    )
