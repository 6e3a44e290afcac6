"""The list of persons as a page, a fragment and a workbook."""

import pytest
from django.conf import settings
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.support.accounts import account, asks_again, clerk, grant, signed_in
from tests.support.files_of_persons import PEOPLE

from banzi.codes.strokes import sort_names
from banzi.kernel.columns import FieldClass
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.people.models import SavedList
from banzi.web.records.models import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def page(client: Client) -> Client:
    return signed_in(client, clerk(Verb.VIEW, Verb.RELEASE))


def listed(page: Client, address: str = "") -> list[str]:
    return [line.person_id for line in page.get(f"/people/{address}").context["lines"]]


def test_every_person_is_linked_and_namesakes_are_told_apart(page: Client) -> None:
    text = page.get("/people/?on=2026-06-30").content.decode()
    assert "共6人" in text
    assert all(f'href="/people/person/{person}/"' in text for person in PEOPLE)
    assert text.count("同名2人") == 2
    assert "1975.03" in text
    assert "1981.09" in text


def test_only_results_are_sent_to_htmx(page: Client) -> None:
    text = page.get("/people/?q=wxm", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in text
    assert "共2人" in text
    assert "<html" in page.get("/people/?q=wxm").content.decode()


def test_orders(page: Client) -> None:
    assert listed(page)[:2] == ["p1", "p3"]
    names = sort_names([row["name"] for row in PEOPLE.values()]).names
    strokes = [PEOPLE[person]["name"] for person in listed(page, "?order=strokes")]
    assert strokes == list(names)
    assert listed(page, "?order=oldest") == ["p3", "p1", "p4", "p2", "p5", "p6"]
    assert listed(page, "?order=youngest") == ["p5", "p2", "p4", "p1", "p3", "p6"]
    assert listed(page, "?order=seated")[:2] == ["p3", "p1"]
    assert listed(page, "?order=pinyin")[0] == "p6"


def test_filters(page: Client) -> None:
    assert listed(page, "?organ=gov") == ["p3"]
    assert set(listed(page, "?seated=no")) == {"p2", "p4", "p5", "p6"}
    assert listed(page, "?sex=female") == ["p5"]
    assert listed(page, "?party=member") == ["p5"]
    assert listed(page, "?party=other") == ["p6"]
    assert set(listed(page, "?party=unknown")) == {"p1", "p2", "p3", "p4"}
    assert set(listed(page, "?party=nonsense&level=XX")) == set(PEOPLE)


def test_ages_count_to_the_month_and_only_who_is_surely_so_old(page: Client) -> None:
    assert listed(page, "?on=2025-02-28&age-from=50") == []
    assert listed(page, "?on=2025-03-01&age-from=50") == ["p1"]
    assert "p1" in listed(page, "?on=2025-02-28&age-to=49")
    assert "p1" not in listed(page, "?on=2025-03-01&age-to=49")
    assert "p3" not in listed(page, "?on=2026-06-30&age-from=16")
    december = listed(page, "?on=2026-11-30&age-to=39")
    assert "p5" in december
    assert "p5" not in listed(page, "?on=2026-12-01&age-to=39")


def test_columns_are_chosen_and_those_not_held_are_not_offered(client: Client) -> None:
    holder = account()
    grant(holder)
    client.force_login(holder)
    found = client.get("/people/?column=id_number&column=health&column=birth")
    assert found.context["titles"] == ["出生年月"]
    assert "9901011975" not in found.content.decode()
    assert "id_number" not in {name for name, _title, _chosen in found.context["offered"]}


def test_a_column_is_empty_for_persons_whose_class_is_not_held(client: Client) -> None:
    holder = account()
    grant(holder)
    grant(holder, organ="gov", fields=(FieldClass.IDENTITY,))
    client.force_login(holder)
    lines = client.get("/people/?column=id_number").context["lines"]
    shown = {line.person_id: line.cells[0].text for line in lines}
    assert shown["p3"].startswith("9901")
    assert {text for person, text in shown.items() if person != "p3"} == {""}


def test_totals_count_only_who_may_be_listed(client: Client) -> None:
    holder = account()
    grant(holder, organ="gov")
    client.force_login(holder)
    text = client.get("/people/").content.decode()
    assert "共1人" in text
    assert "王小明" not in text
    assert "同名" not in text


def test_without_a_right_to_view_there_is_no_list(client: Client) -> None:
    client.force_login(account())
    assert client.get("/people/").status_code == 403


def test_the_workbook_has_what_the_screen_shows(page: Client, tmp_path) -> None:
    address = "?order=strokes&column=birth&column=current_posts_text&on=2026-06-30"
    lines = page.get(f"/people/{address}").context["lines"]
    made = page.post(f"/people/export/{address}")
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"".join(made.streaming_content))
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    start = next(number for number, row in enumerate(rows) if row[0] == "序号")
    assert rows[start][:4] == ["序号", "姓名", "出生年月", "现工作单位及职务全称"]
    assert [row[1:4] for row in rows[start + 1 :] if row[1]] == [
        [line.name, *(cell.text for cell in line.cells)] for line in lines
    ]
    noted = "".join(each.read_text() for each in (settings.BANZI_HOME / "reads").glob("*.jsonl"))
    assert '"kind": "export", "person_id": "", "what": "list of 6: order=strokes' in noted


def test_a_workbook_asks_for_the_password_when_it_was_given_long_ago(page: Client) -> None:
    page.force_login(clerk(Verb.VIEW, Verb.RELEASE))
    assert asks_again(page.post("/people/export/"))
    assert page.get("/people/person/p1/form/").status_code == 302


def test_a_workbook_needs_the_right_to_release_and_holds_only_what_may_go_out(
    client: Client, tmp_path
) -> None:
    holder = clerk()
    signed_in(client, holder)
    assert client.post("/people/export/").status_code == 403
    grant(holder, Verb.RELEASE, organ="gov")
    made = client.post("/people/export/?column=id_number")
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"".join(made.streaming_content))
    text = str(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
    assert "单雄" in text
    assert "王小明" not in text
    assert "9901011975" not in text


def test_a_list_is_saved_under_a_name_and_stays_with_its_owner(page: Client) -> None:
    page.post("/people/lists/save/?q=wxm&column=birth", {"title": "王小明们"})
    (saved,) = SavedList.objects.all()
    assert saved.query == "q=wxm&column=birth"
    assert "王小明们" in page.get("/people/").content.decode()
    page.post("/people/lists/save/?q=sx", {"title": "王小明们"})
    assert SavedList.objects.get().query == "q=sx"
    page.post("/people/lists/save/?q=sx", {"title": " "})
    assert SavedList.objects.count() == 1
    other = Client()
    other.force_login(clerk())
    assert "王小明们" not in other.get("/people/").content.decode()
    assert other.post(f"/people/lists/{saved.pk}/remove/").status_code == 404
    page.post(f"/people/lists/{saved.pk}/remove/")
    assert not SavedList.objects.exists()


def test_empty_states_say_what_to_do(page: Client) -> None:
    assert "清空条件" in page.get("/people/?q=nobody").content.decode()
    assert "没有符合条件的人员" in page.get("/people/?q=nobody").content.decode()


def test_pages_and_the_number_of_queries(page: Client, django_assert_max_num_queries) -> None:
    with act("test.more", by=None):
        RECORDS["persons"]._default_manager.bulk_create(
            RECORDS["persons"](person_id=f"q{number:03}", name="周某") for number in range(120)
        )
    with django_assert_max_num_queries(20):
        found = page.get("/people/?page=2&q=zhou")
    assert found.context["lines"][0].person_id == "q050"
    with django_assert_max_num_queries(13):
        page.get("/people/?page=2&q=zhou", HTTP_HX_REQUEST="true")
    assert page.get("/people/?page=99&q=zhou").context["page"].number == 3
