"""Role by verb by field class, at the page, the fragment and the export."""

import csv
import io

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.urls import include, path
from tests.support.rights_matrix import ROLES, Role, check
from tests.support.small_region import PEOPLE, small_region

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.records.selecting import rows

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
_TABLE = Template("<table>{% for row in rows %}<tr>{% for value in row.values %}"
                  "<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</table>")  # fmt: skip
TABLES = ("persons", "relatives")


def shown(request: HttpRequest, verb: Verb) -> list[dict[str, object]]:
    return [row for table in TABLES for row in rows(rights_of(request), table, PEOPLE, verb)]


def page_for(verb: Verb) -> object:
    @allowed(verb)
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(_TABLE.render(Context({"rows": shown(request, verb)})))

    return page


def export_for(verb: Verb) -> object:
    @allowed(verb)
    def export(request: HttpRequest) -> HttpResponse:
        text = io.StringIO()
        csv.writer(text).writerows(row.values() for row in shown(request, verb))
        return HttpResponse(text.getvalue(), content_type="text/csv")

    return export


urlpatterns = [
    path("", include("banzi.web.config.urls")),
    *(path(f"list/{verb}/", page_for(verb)) for verb in Verb),  # type: ignore[arg-type]
    *(path(f"export/{verb}/", export_for(verb)) for verb in Verb),  # type: ignore[arg-type]
]


@pytest.fixture(autouse=True)
def _region() -> None:
    small_region()


@pytest.mark.parametrize("verb", list(Verb), ids=str)
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_page(role: Role, verb: Verb) -> None:
    check(role, verb, lambda client: client.get(f"/list/{verb}/"))


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_fragment(role: Role) -> None:
    check(role, Verb.VIEW, lambda client: client.get("/list/view/", headers={"hx-request": "true"}))


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_an_export(role: Role) -> None:
    check(role, Verb.VIEW, lambda client: client.get("/export/view/"))


def test_the_matrix_notices_a_page_that_shows_too_much() -> None:
    @allowed(Verb.VIEW)
    def careless(request: HttpRequest) -> HttpResponse:
        from banzi.web.records.models import RECORDS

        return HttpResponse(str(list(RECORDS["persons"]._default_manager.values())))

    everybody = next(role for role in ROLES if role.name == "view basic of everybody")
    with (
        override_settings(ROOT_URLCONF=(path("list/", careless), *urlpatterns)),
        pytest.raises(AssertionError, match=FieldClass.IDENTITY),
    ):
        check(everybody, Verb.VIEW, lambda client: client.get("/list/"))
