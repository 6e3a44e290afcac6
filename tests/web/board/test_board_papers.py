"""Papers of a signed draft: who may have them, what is in them, and that every taking is noted."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.support.accounts import account, asks_again, browser, clerk, grant
from tests.support.boards import NUMBER, Table, board, fill_seats, register, sign, small_board

from banzi.documents.codecs.lrmx import read_form
from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account, Grant
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.jobs.claiming import claim, new_owner
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import run
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db

WANTED = {
    "approval": ["docx", "pdf", "lrmx"],
    "tables": ["discussion-list", "proposal"],
    "ending": "xlsx",
    "layout": "standard",
}
NOTICE = {"notice": "on", "mark": "中共云县县委文件", "issuers": "中共云县县委"}


@pytest.fixture
def table(leader: Account) -> Table:
    made = small_board(leader)
    with act("test.texts", by=None):
        RECORDS["persons"]._default_manager.filter(pk="person-1").update(
            current_posts_text="云县县长"
        )
    fill_seats(made, leader)
    return made


def address(table: Table, page: str = "papers/") -> str:
    return board(table, page)


def written(client: Client, table: Table, **more: object) -> Job:
    answer = client.post(address(table), {**WANTED, **more})
    assert answer.status_code == 302, answer.content.decode()
    waiting = claim(new_owner())
    assert waiting is not None
    run(waiting)
    done = Job.objects.get(pk=waiting.pk)
    assert done.state == "done", done.problems
    return done


def packed(client: Client, table: Table, made: Job) -> zipfile.ZipFile:
    answer = client.get(address(table, f"papers/{made.pk}/all.zip"))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    answer.close()
    return zipfile.ZipFile(io.BytesIO(content))


def noted() -> list[dict[str, str]]:
    files = (Path(settings.BANZI_HOME) / "reads").glob("*.jsonl")
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def test_an_unsigned_draft_has_no_papers(table: Table, leader: Account) -> None:
    client = browser(leader)
    assert "还没有签批" in client.get(address(table)).content.decode()
    assert client.post(address(table), WANTED).status_code == 409
    assert not Job.objects.filter(kind="board.papers").exists()


def test_the_set_holds_a_form_for_everybody_who_moves(table: Table, leader: Account) -> None:
    client = sign(table, leader)
    register(client, table)
    made = written(client, table, **NOTICE)
    names = packed(client, table, made).namelist()
    people = ["丁四", "戊五", "乙二", "丙三"]
    forms = sorted(name for name in names if name.startswith("任免审批表/"))
    endings = ("docx", "lrmx", "pdf")
    numbered = [f"任免审批表/{n:02}{name}" for n, name in enumerate(people, 1)]
    assert forms == [f"{stem}.{ending}" for stem in numbered for ending in endings]
    rest = {"讨论任免干部名单.xlsx", "干部调配建议方案.xlsx", "任免通知.docx", "清单.xlsx"}
    assert {*names} - {*forms} == rest


def test_the_notice_has_its_number_and_a_sentence_for_each(table: Table, leader: Account) -> None:
    from docx import Document

    client = sign(table, leader)
    register(client, table)
    made = written(client, table, **NOTICE)
    package = packed(client, table, made)
    text = "\n".join(each.text for each in Document(package.open("任免通知.docx")).paragraphs)
    assert NUMBER in text
    assert "任命丁四同志为云县县长" in text
    assert "免去乙二同志的云县县长职务" in text


def test_after_the_batch_took_effect_papers_still_say_what_was(
    table: Table, leader: Account
) -> None:
    client = sign(table, leader)
    register(client, table)
    client.post(address(table, "decision/"), {"apply": "1"})
    assert not RECORDS["persons"]._default_manager.get(pk="person-1").current_posts_text  # type: ignore[attr-defined]
    package = packed(client, table, written(client, table))
    name = next(each for each in package.namelist() if each.endswith("乙二.lrmx"))
    form = read_form(package.read(name), name)
    assert (form["current_posts_text"], form["removed_posts_text"]) == ("云县县长", "云县县长")


def test_without_a_number_there_is_no_notice(table: Table, leader: Account) -> None:
    client = sign(table, leader)
    names = packed(client, table, written(client, table, **NOTICE)).namelist()
    assert "任免通知.docx" not in names


def test_who_may_not_release_every_field_gets_nothing(table: Table, leader: Account) -> None:
    sign(table, leader)
    other = account()
    grant(other, Verb.VIEW, fields=tuple(FieldClass))
    assert browser(other).get(address(table)).status_code == 403
    grant(other, Verb.RELEASE, fields=(FieldClass.BASIC,))
    answer = browser(other).post(address(table), WANTED)
    assert answer.status_code == 409
    assert "无权导出" in answer.content.decode()
    refused = [each for each in noted() if each["what"].startswith("导出4人的")]
    assert [(each["by"], each["kind"]) for each in refused] == [(other.username, "refused")]


def test_a_set_is_not_given_out_any_more_once_the_right_is_gone(
    table: Table, leader: Account
) -> None:
    """A set written yesterday was to be had after the grant had been cut down to fewer fields."""
    client = sign(table, leader)
    made = written(client, table)
    with act("test.recall", by=None):
        Grant.objects.filter(account=leader, verb=Verb.RELEASE).update(until=timezone.localdate())
    grant(leader, Verb.RELEASE)
    assert client.get(address(table, f"papers/{made.pk}/all.zip")).status_code == 403
    assert not [each for each in noted() if each["kind"] == "export"]


def test_a_stale_sign_in_must_give_the_password_again(table: Table, leader: Account) -> None:
    made = written(sign(table, leader), table)
    stale = Client()
    stale.force_login(leader)
    assert asks_again(stale.post(address(table), WANTED))
    for answer in (
        stale.get(address(table, f"papers/{made.pk}/all.zip")),
        stale.get(address(table, f"papers/{made.pk}/0/")),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/confirm/")


def test_links_to_files_let_the_page_that_asks_for_the_password_come_first(
    table: Table, leader: Account
) -> None:
    """A link marked as a download saved that page as the file."""
    client = sign(table, leader)
    made = written(client, table)
    page = client.get(address(table)).content.decode()
    links = re.findall(rf"<a [^>]*papers/{made.pk}/[^>]*>", page)
    assert len(links) == 1 + len((made.result or {})["papers"])
    assert not [each for each in links if "download" in each]
    for place in ("all.zip", "0/"):
        answer = client.get(address(table, f"papers/{made.pk}/{place}"))
        assert answer["Content-Disposition"].startswith("attachment")
        answer.close()


def test_a_set_without_any_paper_is_not_written(table: Table, leader: Account) -> None:
    """It took the place of the set there was."""
    client = sign(table, leader)
    answer = client.post(address(table), {"ending": "xlsx", "layout": "standard"})
    assert answer.status_code == 422
    assert "没有选择任何材料" in answer.content.decode()
    assert not Job.objects.filter(kind="board.papers").exists()


def test_another_account_does_not_get_the_set(table: Table, leader: Account) -> None:
    made = written(sign(table, leader), table)
    other = browser(clerk(Verb.VIEW, Verb.RELEASE))
    assert other.get(address(table, f"papers/{made.pk}/all.zip")).status_code == 404


def test_every_taking_is_noted_with_the_person(table: Table, leader: Account) -> None:
    client = sign(table, leader)
    made = written(client, table)
    client.get(address(table, f"papers/{made.pk}/0/")).close()
    lines = [line for line in noted() if line["kind"] == "export"]
    assert [(line["person_id"], line["by"]) for line in lines] == [("person-3", leader.username)]
    assert lines[0]["what"].endswith("01丁四.docx")
    packed(client, table, made)
    people = {line["person_id"] for line in noted() if line["what"].endswith("任免材料.zip")}
    assert people == {"", "person-1", "person-2", "person-3", "person-4"}


def test_a_new_set_takes_the_place_of_the_old(table: Table, leader: Account) -> None:
    client = sign(table, leader)
    old = written(client, table)
    new = written(client, table, approval=["pdf"])
    assert client.get(address(table, f"papers/{old.pk}/all.zip")).status_code == 404
    assert packed(client, table, new).namelist()
    page = client.get(address(table)).content.decode()
    assert new.pk in page
    assert old.pk not in page
