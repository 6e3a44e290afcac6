"""Packages for other offices made on the site: who may have them, what is in them, what is noted."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.support.accounts import account, asks_again, clerk, grant, signed_in
from tests.support.rights_matrix import ALL, BASIC, ROLES, Role, check
from tests.support.small_region import PEOPLE, marks, small_region

from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.package_reading import Package, read_package
from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account, Grant
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.exchange.keeping import KIND, folder_of, is_there
from banzi.web.imports.models import Import
from banzi.web.imports.work import current_plan
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.worker import Worker
from banzi.web.people.models import SavedList
from banzi.web.queries.models import SavedQuery
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
EVERYBODY = {"people": ""}
COUNTY_A = {"organs": ["county_a"]}


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.BANZI_HOME = tmp_path
    small_region()
    with act("test.teams", by=None):  # a post of no team is none that a roster may hold
        for organ in ("city", "county_a", "bureau_a", "county_b"):
            RECORDS["teams"]._default_manager.create(
                team_id=f"t_{organ}", team_name=f"{organ}班子", team_kind="party_committee",
                organ_id=organ,
            )  # fmt: skip
        for post in RECORDS["posts"]._default_manager.values_list("post_id", "organ_id"):
            RECORDS["post_teams"]._default_manager.create(
                post_id=post[0], team_id=f"t_{post[1]}", team_order=1
            )
    return tmp_path


@pytest.fixture
def giver() -> Account:
    return clerk(Verb.VIEW, Verb.EDIT, Verb.RELEASE)


def ask(client: Client, **chosen: Any) -> Any:
    given = {"sender": "澜川县委组织部", "recipient": "云岭市委组织部", "purpose": "换届考察",
             "as_of": timezone.localdate().isoformat(), **chosen}  # fmt: skip
    answer = client.post("/exchange/new/", given)
    if answer.status_code == 302:
        Worker().work(until_idle=True)
    return answer


def made(client: Client, **chosen: Any) -> Job:
    answer = ask(client, **chosen)
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.filter(kind=KIND).latest("asked_at")
    assert job.state == JobState.DONE, job.problems
    return job


def content(answer: Any) -> bytes:
    found = b"".join(answer.streaming_content)
    answer.close()
    return found


def package(client: Client, job: Job, folder: Path) -> Package:
    file = folder / "package.zip"
    file.write_bytes(content(client.get(f"/exchange/{job.pk}/package/")))
    return read_package(file)


def everything(answer: Any) -> str:
    """The text of every part of a package; "" for an answer that is none."""
    if answer.status_code != 200 or not answer.streaming:
        return ""
    with zipfile.ZipFile(io.BytesIO(content(answer))) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def exports(home: Path) -> list[tuple[str, str]]:
    """(person, what) of every export that was noted."""
    lines = [json.loads(line) for file in (home / "reads").glob("*.jsonl")
             for line in file.read_text().splitlines()]  # fmt: skip
    return [(each["person_id"], each["what"]) for each in lines if each["kind"] == "export"]


def fetched(client: Client) -> Any:
    answer = ask(client, **EVERYBODY)
    job = Job.objects.filter(kind=KIND).first()
    return answer if job is None else client.get(f"/exchange/{job.pk}/package/")


FURTHER = (
    Role("release basic of everybody", ((Verb.RELEASE, None, BASIC),)),
    *(Role(f"release {each} of everybody", ((Verb.RELEASE, None, (each,)),)) for each in ALL),
    Role("release county a", ((Verb.RELEASE, "county_a", ALL),)),
    Role("view all, release county a",
         ((Verb.VIEW, None, ALL), (Verb.RELEASE, "county_a", BASIC))),
)  # fmt: skip


@pytest.mark.parametrize("role", [*ROLES, *FURTHER], ids=str)
def test_what_leaves_is_what_the_role_may_release(role: Role) -> None:
    check(role, Verb.RELEASE, fetched, text=everything,
          way_in=lambda holder: signed_in(Client(), holder))  # fmt: skip


def test_a_county_with_all_below_it_and_everybody_noted(
    giver: Account, home: Path, tmp_path: Path
) -> None:
    client = signed_in(Client(), giver)
    job = made(client, **COUNTY_A)
    assert exports(home) == []
    read = package(client, job, tmp_path)
    assert set(read.roster["persons"]["person_id"]) == {"head_a", "chief_a"}
    assert read.about.recipient == "云岭市委组织部"
    assert read.sha256 == (job.result or {})["sha256"]
    assert sorted(person for person, _what in exports(home)) == ["chief_a", "head_a"]
    assert all("云岭市委组织部" in what for _person, what in exports(home))
    entry = Act.objects.get(verb=KIND)
    assert (entry.about, entry.reason, entry.source) == (
        "云岭市委组织部", "换届考察", read.sha256,
    )  # fmt: skip


def test_the_page_says_what_is_in_it_and_how_to_check_it(giver: Account) -> None:
    client = signed_in(Client(), giver)
    job = made(client, **COUNTY_A, without=["photos", "relatives"])
    page = client.get(f"/exchange/{job.pk}/").content.decode()
    for text in ("澜川县委组织部", "换届考察", "2人", "head_a", (job.result or {})["sha256"]):
        assert text in page
    assert "家庭成员、照片" in page


def test_a_class_that_some_may_not_be_given_is_given_of_nobody(tmp_path: Path) -> None:
    holder = account()
    grant(holder, Verb.RELEASE, fields=BASIC)
    grant(holder, Verb.RELEASE, organ="county_a", fields=(FieldClass.IDENTITY,))
    client = signed_in(Client(), holder)
    job = made(client, **EVERYBODY)
    read = package(client, job, tmp_path)
    assert read.roster["persons"].height == len(PEOPLE)
    assert Without.ID_NUMBERS in read.about.without
    assert read.roster["persons"]["id_number"].null_count() == len(PEOPLE)
    page = client.get(f"/exchange/{job.pk}/").content.decode()
    assert "其中疑点和裁定、身份证号、健康状况、表中未识别的元素对部分人员有权发布" in page
    less = package(client, made(client, **COUNTY_A), tmp_path)
    assert less.roster["persons"]["id_number"].null_count() == 0
    assert Without.RELATIVES in less.about.without


def test_who_may_be_seen_and_not_given_is_named_and_stays(tmp_path: Path) -> None:
    holder = account()
    grant(holder, Verb.VIEW, fields=ALL)
    grant(holder, Verb.RELEASE, organ="county_a", fields=ALL)
    client = signed_in(Client(), holder)
    job = made(client, **EVERYBODY)
    assert package(client, job, tmp_path).roster["persons"].height == 2
    page = client.get(f"/exchange/{job.pk}/").content.decode()
    assert "有3人您可查看、但无权发布" in page
    assert "head_b" in page


def test_the_sheet_lists_everybody_and_what_stays_out(giver: Account, home: Path) -> None:
    client = signed_in(Client(), giver)
    job = made(client, **COUNTY_A, without=["photos"])
    answer = client.get(f"/exchange/{job.pk}/sheet.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(answer)))
    cells = book.get_sheet_by_index(0).to_python()
    said = "\n".join(str(cell) for row in cells for cell in row)
    for text in ("head_a", "chief_a", "接收单位：云岭市委组织部", "按要求未附：照片",
                 (job.result or {})["sha256"]):  # fmt: skip
        assert text in said
    assert marks("head_a")[FieldClass.IDENTITY] not in said
    assert len(exports(home)) == 2
    assert content(client.get(f"/exchange/{job.pk}/sheet.pdf")).startswith(b"%PDF")
    assert client.get(f"/exchange/{job.pk}/sheet.docx").status_code == 404


@pytest.mark.parametrize("chosen", [
    COUNTY_A, EVERYBODY, {**EVERYBODY, "without": ["id-numbers", "relatives", "findings"]},
    {"names": "head_a\nnowhere"},
])  # fmt: skip
def test_our_own_package_comes_back_without_a_difference(
    giver: Account, chosen: dict[str, Any]
) -> None:
    with act("test.remark", by=None):
        RECORDS["organs"]._default_manager.filter(pk="county_a").update(remarks="由mayor分管")
    client = signed_in(Client(), giver)
    job = made(client, **chosen)
    file = io.BytesIO(content(client.get(f"/exchange/{job.pk}/package/")))
    file.name = "交换包.zip"
    client.post("/imports/new/", {"files": [file]})
    Worker().work(until_idle=True)
    given = Import.objects.get()
    assert given.package["sha256"] == (job.result or {})["sha256"]
    assert [each.item.shown for each in current_plan(given).shown] == []
    page = client.get(f"/imports/{given.pk}/").content.decode()
    assert "与现有资料没有不同" in page
    assert "澜川县委组织部 → 云岭市委组织部" in page


def test_the_password_is_asked_for_again(giver: Account) -> None:
    client = signed_in(Client(), giver)
    job = made(client, **COUNTY_A)
    stale = Client()
    stale.force_login(giver)
    for path in ("new/", f"{job.pk}/package/", f"{job.pk}/sheet.pdf"):
        answer = stale.get(f"/exchange/{path}")
        assert answer.status_code == 302
        assert "/confirm/" in answer["Location"]
    assert asks_again(ask(stale, **COUNTY_A))
    assert Job.objects.filter(kind=KIND).count() == 1


def test_rights_withdrawn_since_close_the_download(giver: Account, home: Path) -> None:
    client = signed_in(Client(), giver)
    job = made(client, **COUNTY_A)
    with act("test.withdrawn", by=None):
        Grant.objects.filter(account=giver).update(until=timezone.localdate())
    grant(giver, Verb.RELEASE, organ="county_b", fields=ALL)
    answer = client.get(f"/exchange/{job.pk}/package/")
    assert answer.status_code == 403
    assert "无权导出" in answer.content.decode()
    assert exports(home) == []


def test_packages_of_others_are_not_there(giver: Account) -> None:
    job = made(signed_in(Client(), giver), **COUNTY_A)
    other = signed_in(Client(), clerk(Verb.VIEW, Verb.RELEASE))
    for path in ("", "package/", "sheet.pdf"):
        assert other.get(f"/exchange/{job.pk}/{path}").status_code == 404
    assert other.post(f"/exchange/{job.pk}/remove/").status_code == 404
    assert "还没有制作过交换包" in other.get("/exchange/").content.decode()
    assert is_there(job.pk)


@pytest.mark.parametrize(("chosen", "status", "said"), [
    ({}, 422, "三者选一"),
    ({**COUNTY_A, "names": "head_a"}, 422, "三者选一"),
    ({"names": "查无此人\nhead"}, 422, "没有找到“查无此人”"),
    ({"organs": ["elsewhere"]}, 422, ""),
    ({"query": "where=身高大于3"}, 422, ""),
    ({"people": "q=查无此人"}, 409, "所选名单中没有人员"),
    ({**COUNTY_A, "recipient": ""}, 422, ""),
    ({**COUNTY_A, "as_of": "昨天"}, 422, ""),
])  # fmt: skip
def test_wrong_input_makes_nothing(
    giver: Account, chosen: dict[str, Any], status: int, said: str
) -> None:
    answer = ask(signed_in(Client(), giver), **chosen)
    assert answer.status_code in (status, 409)
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_namesakes_are_told_apart_and_never_guessed(giver: Account, tmp_path: Path) -> None:
    with act("test.names", by=None):
        for person, birth in (("head_a", 19750300), ("head_b", 19800100)):
            RECORDS["persons"]._default_manager.filter(pk=person).update(name="欧阳甲", birth=birth)
        RECORDS["persons"]._default_manager.filter(pk="mayor").update(name="王五一")
    client = signed_in(Client(), giver)
    answer = ask(client, names="欧阳甲\n王五")
    assert answer.status_code == 422
    assert "“欧阳甲”有2人" in answer.content.decode()
    assert "没有找到“王五”" in answer.content.decode()  # 王五一 is somebody else
    read = package(client, made(client, names="欧阳甲 1980.01\n王 五一"), tmp_path)
    assert set(read.roster["persons"]["person_id"]) == {"head_b", "mayor"}


def named_organs() -> None:
    names = {
        "city": "云岭市委",
        "county_a": "澜川县委",
        "bureau_a": "澜川县局",
        "county_b": "龙泉县委",
    }
    with act("test.names", by=None):
        for organ, name in names.items():
            RECORDS["organs"]._default_manager.filter(pk=organ).update(organ_name=name)


@pytest.mark.parametrize(("typed", "found"), [
    ("", {"city", "county_a", "bureau_a", "county_b"}),
    ("县局", {"city", "county_a", "bureau_a"}),
    ("longquan", {"city", "county_b"}),
    ("lcx", {"city", "county_a", "bureau_a"}),
    ("XJ", {"city", "county_a", "bureau_a"}),
    ("龙泉 xw", {"city", "county_b"}),
    ("an", set()),
    ("查无此处", set()),
])  # fmt: skip
def test_organs_are_found_by_name_and_pinyin_with_those_above_them(
    giver: Account, typed: str, found: set[str]
) -> None:
    named_organs()
    client = signed_in(Client(), giver)
    page = client.post("/exchange/new/", {"find": "1", "organ_q": typed}).content.decode()
    assert set(re.findall(r'name="organs" value="(\w+)"', page)) == found
    assert not Job.objects.exists()


def test_looking_for_organs_without_scripts_keeps_what_is_filled_in(giver: Account) -> None:
    named_organs()
    client = signed_in(Client(), giver)
    filled = {"organs": ["county_b"], "without": ["photos"], "recipient": "云岭市委组织部",
              "find": "1", "organ_q": "县局"}  # fmt: skip
    page = client.post("/exchange/new/", filled).content.decode()
    assert re.findall(r'value="(\w+)" checked', page)[:1] == ["county_b"]
    assert 'value="云岭市委组织部"' in page
    assert 'value="county_a"' in page
    assert "alert-danger" not in page


def test_kept_lists_and_queries_can_be_chosen(giver: Account, tmp_path: Path) -> None:
    with act("test.kept", by=giver):
        listed = SavedList.objects.create(account=giver, title="县甲", query="organ=county_a")
        asked = SavedQuery.objects.create(name="全部", owner=giver, kept_at=timezone.now())
    client = signed_in(Client(), giver)
    page = client.get("/exchange/new/").content.decode()
    assert "县甲" in page
    assert "全部" in page
    read = package(client, made(client, kept=f"list:{listed.pk}"), tmp_path)
    assert set(read.roster["persons"]["person_id"]) == {"head_a"}
    assert read.about.listed
    read = package(client, made(client, kept=f"query:{asked.pk}"), tmp_path)
    assert read.roster["persons"].height == len(PEOPLE)
    assert ask(client, kept="list:999").status_code == 422


def test_files_can_be_thrown_away_and_the_record_stays(giver: Account) -> None:
    client = signed_in(Client(), giver)
    job = made(client, **COUNTY_A)
    client.post(f"/exchange/{job.pk}/remove/")
    assert not folder_of(job.pk).exists()
    assert client.get(f"/exchange/{job.pk}/package/").status_code == 404
    assert "文件已清除" in client.get(f"/exchange/{job.pk}/").content.decode()
    assert "已清除" in client.get("/exchange/").content.decode()
    assert Act.objects.filter(verb=KIND).count() == 1


def test_records_that_no_package_may_hold_are_named(giver: Account) -> None:
    with act("test.breach", by=None):
        RECORDS["persons"]._default_manager.filter(pk="head_a").update(birth=19991350)
    client = signed_in(Client(), giver)
    assert ask(client, **COUNTY_A).status_code == 302
    job = Job.objects.get(kind=KIND)
    assert job.state == JobState.FAILED
    assert [each["code"] for each in job.problems or ()] == ["roster/not-a-date"]
    assert not folder_of(job.pk).exists()


@pytest.mark.parametrize(("path", "most"), [("/exchange/", 14), ("/exchange/new/", 24),
                                            ("/exchange/{job}/", 20)])  # fmt: skip
def test_pages_ask_little(
    giver: Account, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Client(), giver)
    path = path.format(job=made(client, **EVERYBODY).pk)
    assert client.get(path).status_code == 200
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_day_in_the_past_is_that_of_the_seats(giver: Account, tmp_path: Path) -> None:
    client = signed_in(Client(), giver)
    answer = ask(client, **COUNTY_A, as_of=date(2020, 1, 1).isoformat())
    assert answer.status_code == 302
    job = Job.objects.get(kind=KIND)
    assert job.state == JobState.FAILED  # nobody sat there yet
    assert "没有您可以发布的人员" in str(job.problems)
