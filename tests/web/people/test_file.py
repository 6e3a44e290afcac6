"""A person's file: what is shown to whom, now and as it was on record."""

import html
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.support.accounts import account, clerk, grant, rights, signed_in

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.people.file import read_file
from banzi.web.people.photos import keep
from banzi.web.people.timeline import timeline
from banzi.web.records.models import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def page(client: Client) -> Client:
    return signed_in(client, clerk(*Verb))


def text_of(page: Client, address: str = "", person: str = "p1") -> str:
    return page.get(f"/people/person/{person}/{address}").content.decode()


def test_dates_codes_and_unknowns_are_told_as_offices_write_them(page: Client) -> None:
    text = text_of(page)
    assert "1975.03" in text
    assert "19750300" not in text
    assert "不掌握" in text
    assert "党内警告" in text
    assert "party_warning" not in text
    assert "县处级正职" in text_of(page, person="p3") or "县长" in text_of(page, person="p3")
    assert "壮族" in text_of(page, person="p4") or "维吾尔族" in text_of(page, person="p4")
    assert "至今" in text
    assert "基层工作经历" in text


@pytest.mark.parametrize(
    ("held", "seen", "hidden"),
    [
        ((), ["云岭师范学院"], ["林某某", "党内警告", "990101197503"]),
        ((FieldClass.FAMILY,), ["林某某"], ["党内警告", "990101197503"]),
        ((FieldClass.FINDINGS,), ["党内警告"], ["林某某", "990101197503"]),
        ((FieldClass.IDENTITY,), ["990101197503"], ["林某某", "党内警告"]),
    ],
)
@pytest.mark.parametrize("address", ["", "history/", "papers/", "posts/"])
def test_what_is_not_held_stands_nowhere(client: Client, held, seen, hidden, address) -> None:
    with act("test.change", by=None):
        RECORDS["persons"]._default_manager.filter(pk="p1").update(health="健康")
        RECORDS["relatives"]._default_manager.filter(person_id="p1").update(unit_and_post="某局")
    holder = account()
    grant(holder, fields=held)
    client.force_login(holder)
    text = text_of(client, address)
    assert not [each for each in hidden if each in text]
    if not address:
        assert all(each in text for each in seen)


def test_a_file_as_known_is_masked_alike(client: Client) -> None:
    holder = account()
    grant(holder)
    client.force_login(holder)
    with act("test.change", by=None):
        RECORDS["relatives"]._default_manager.filter(person_id="p1").delete()

    known = read_file("p1", rights(holder), "zh", timezone.localdate())
    assert known is not None
    assert "relatives" not in {section.table.name for section in known.sections}
    assert "id_number" not in known.person


def test_every_link_of_the_pages_leads_somewhere(page: Client) -> None:
    links = set()
    for address in ("", "history/", "papers/", "posts/", "persons/-/", "relatives/1/"):
        text = text_of(page, address)
        links |= set(re.findall(r'(?:href|hx-get)="(/people/[^"#]*)"', text))
    assert {"/people/person/p1/relatives/1/", "/people/person/p1/relatives/add/"} <= links
    links = {link for link in links if "/form/" not in link}  # printed in a test of its own
    answers = {link: page.get(html.unescape(link)).status_code for link in links}
    assert set(answers.values()) == {200}, answers


def test_somebody_out_of_scope_does_not_exist(client: Client) -> None:
    holder = account()
    grant(holder, organ="gov")
    client.force_login(holder)
    for address in ("", "history/", "papers/", "posts/", "photo/", "posts/table/"):
        assert client.get(f"/people/person/p1/{address}").status_code == 404
    assert client.get("/people/person/nobody/").status_code == 404
    assert client.get("/people/person/p3/").status_code == 200


def test_every_reading_is_noted(page: Client) -> None:
    folder = settings.BANZI_HOME / "reads"
    for file in folder.glob("*.jsonl"):
        file.write_text("")
    text_of(page)
    text_of(page, "history/")
    noted = "".join(file.read_text() for file in folder.glob("*.jsonl"))
    assert noted.count('"person_id": "p1"') == 2


def test_the_number_of_queries_does_not_grow_with_the_file(
    page: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(32):
        text_of(page)
    with act("test.more", by=None):
        RECORDS["training"]._default_manager.bulk_create(
            RECORDS["training"](person_id="p1", training_no=number, training_name="培训班")
            for number in range(60)
        )
    with django_assert_max_num_queries(32):
        text_of(page)


def test_a_day_before_anything_was_on_record_says_so(page: Client) -> None:
    day = timezone.localdate() - timedelta(days=3)
    assert "尚未登记此人" in text_of(page, f"?known-on={day.isoformat()}")
    assert "尚未登记此人" not in text_of(page, "?known-on=nonsense")
    assert "尚未登记此人" not in text_of(page, f"?known-on={timezone.localdate().isoformat()}")


def test_history_tells_who_what_and_why(page: Client) -> None:
    with act("people.correct", by=None, reason="档案审核", source="县组发〔2026〕3号"):
        RECORDS["persons"]._default_manager.filter(pk="p1").update(birth=19750400)
    text = text_of(page, "history/")
    assert "档案审核" in text
    assert "县组发〔2026〕3号" in text
    assert "1975.04" in text
    only = text_of(page, "history/?table=persons&column=birth")
    assert "1975.04" in only
    assert "云岭师范学院" not in only
    assert "没有变动" in text_of(page, "history/?table=persons&column=health")


def test_a_photo_is_shown_by_content_to_who_may_see_it(page: Client) -> None:
    assert page.get("/people/person/p1/photo/").status_code == 404
    with act("test.photo", by=None):
        RECORDS["persons"]._default_manager.filter(pk="p1").update(
            photo_sha256=keep("photos", PIXEL)
        )
    found = page.get("/people/person/p1/photo/")
    assert found.content == PIXEL
    assert found["Content-Type"] == "image/png"
    assert "no-store" in found["Cache-Control"]


def test_the_form_is_printed_and_noted(page: Client, client: Client) -> None:
    found = page.get("/people/person/p1/form/?on=2026-06-30")
    assert found.content.startswith(b"%PDF-")
    noted = "".join(each.read_text() for each in (settings.BANZI_HOME / "reads").glob("*.jsonl"))
    assert '"kind": "export", "person_id": "p1", "what": "form"' in noted
    client.force_login(clerk())
    assert client.get("/people/person/p1/form/").status_code == 403


def test_the_timeline_leaves_out_what_has_no_beginning_and_reaches_to_the_day() -> None:

    rows = {
        "career_segments": [
            {"started": 12 * 2000, "ended": 12 * 2010, "segment_kind": "main", "text": "甲"},
            {"started": 12 * 2010, "ended": None, "segment_kind": "main", "text": "乙"},
            {"started": None, "ended": None, "segment_kind": "main", "text": "丙"},
        ]
    }
    drawn = timeline(rows, date(2020, 12, 31), "zh")
    assert drawn is not None
    assert [bar.title for bar in drawn.bars] == ["2000.01–2010.01 甲", "2010.01–至今 乙"]
    assert drawn.bars[0].y == drawn.bars[1].y
    assert drawn.bars[1].x + drawn.bars[1].width <= drawn.width
    assert drawn.ticks[0].text == "2000"
    assert timeline({}, date(2020, 12, 31), "zh") is None
