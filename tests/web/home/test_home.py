"""The first page and the list of what falls due: counts lead to lists of as many rows."""

import re

import pytest
from tests.support.accounts import account, clerk, grant
from tests.support.standing_area import browser, on

from banzi.due import DueCase
from banzi.due.due_list import due_list
from banzi.due.scope import Scope
from banzi.kernel.columns import FieldClass
from banzi.kernel.dates import month_of
from banzi.law import load_law
from banzi.roster import Roster
from banzi.web.accounts.models import Office, Verb
from banzi.web.audit.acts import act
from banzi.web.jobs.models import Job, JobState
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db

TOTAL = re.compile(r"共(\d+)项：已到期(\d+)项，待核(\d+)项")


def counts(text: str) -> tuple[int, ...]:
    found = TOTAL.search(text)
    assert found is not None
    return tuple(int(each) for each in found.groups())


def test_whoever_sees_everybody_sees_the_list_of_the_engine(area: Roster) -> None:
    case = DueCase(area, area.as_of, load_law())
    expected = due_list(case, Scope(), month_of(area.as_of) + 12)
    assert expected.lines
    text = browser(clerk()).get(f"/due/?{on(area.as_of)}").content.decode()
    numbers = (len(expected.every), len(expected.overdue), len(expected.open_lines))
    assert counts(text) == numbers


def test_every_count_of_the_first_page_leads_to_as_many_lines(area: Roster) -> None:
    page = browser(clerk())
    text = page.get(f"/?{on(area.as_of)}").content.decode()
    links = re.findall(r'href="(/due/\?kind=[^"]*when=[^"]*)">(\d+)</a>', text)
    assert links
    for address, count in links:
        listed = page.get(f"{address.replace('&amp;', '&')}&{on(area.as_of)}").content.decode()
        assert counts(listed)[0] == int(count), address


def test_who_sees_one_organ_counts_only_its_people(area: Roster) -> None:
    reader = account()
    organ = area["organs"]["organ_id"][0]
    grant(reader, organ=organ, fields=(FieldClass.BASIC,))
    page = browser(reader)
    whole = counts(browser(clerk()).get(f"/due/?{on(area.as_of)}").content.decode())[0]
    text = page.get(f"/due/?{on(area.as_of)}").content.decode()
    assert 0 < counts(text)[0] < whole
    for kind in ("sanction_end", "rank_promotion"):
        listed = page.get(f"/due/?kind={kind}&months=60&{on(area.as_of)}").content.decode()
        assert counts(listed)[0] == 0, "sanctions are told of nobody whose findings are closed"


def test_the_list_by_month_and_team_is_part_of_the_list(area: Roster) -> None:
    page = browser(clerk())
    team = area["teams"]["team_id"][0]
    whole = counts(page.get(f"/due/?months=60&{on(area.as_of)}").content.decode())[0]
    part = counts(page.get(f"/due/?months=60&team={team}&{on(area.as_of)}").content.decode())[0]
    assert 0 < part < whole


def test_the_list_as_a_workbook_needs_the_right_to_take_out(area: Roster) -> None:
    path = f"/due/paper.xlsx?{on(area.as_of)}"
    assert browser(clerk(Verb.VIEW)).get(path).status_code == 403
    assert browser(clerk(Verb.VIEW, Verb.RELEASE)).get(path).content.startswith(b"PK")


def test_pages_ask_little(area: Roster, django_assert_max_num_queries: object) -> None:
    page = browser(clerk())
    page.get(f"/?{on(area.as_of)}")
    for path in ("/", "/due/", "/problems/"):
        with django_assert_max_num_queries(21):  # type: ignore[operator]
            page.get(f"{path}?{on(area.as_of)}")


def test_an_administrator_sees_no_figure_of_persons(area: Roster) -> None:
    text = browser(account(Office.SYSTEM)).get("/").content.decode()
    assert "到期事项" not in text.split('id="main"')[1]


def test_a_job_that_failed_waits_for_who_asked_for_it(area: Roster) -> None:
    from django.utils import timezone

    asker, other = clerk(), clerk()
    with act("test.job", by=None):
        Job.objects.create(kind="x", by=asker.username, by_name=asker.name, state=JobState.FAILED,
                           ended_at=timezone.now())  # fmt: skip
    assert "最近七天未完成的任务" in browser(asker).get("/").content.decode()
    assert "最近七天未完成的任务" not in browser(other).get("/").content.decode()


def test_doubts_are_grouped_those_to_settle_first(area: Roster) -> None:
    persons = area["persons"]["person_id"]
    with act("test.findings", by=None):
        for number, (person, state) in enumerate(
            [
                (persons[0], "noted"),
                (persons[1], "noted"),
                (persons[2], "open"),
                (persons[3], "settled"),
            ]
        ):
            RECORDS["findings"]._default_manager.create(
                finding_id=f"f{number}", code=f"test/{state}", person_id=person, state=state,
                table_name="persons", column_name="birth", text_zh=f"出生日期不符{number}", values_json="{}",
            )  # fmt: skip
    page = browser(clerk())
    text = page.get("/problems/").content.decode()
    assert text.index("test/open") < text.index("test/noted")
    assert "test/settled" not in text
    listed = page.get("/problems/?code=test/noted").content.decode()
    assert "出生日期不符0" in listed
    assert "出生日期不符2" not in listed
    basic = browser(clerk(fields=(FieldClass.BASIC,))).get("/problems/?code=test/noted")
    assert "出生日期不符0" not in basic.content.decode(), "a finding quotes what it found"
