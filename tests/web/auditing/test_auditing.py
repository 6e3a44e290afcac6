"""The auditor's pages: acts, differences without personnel data, reads, the check, anchors."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.accounts import account, administrator, clerk, request_of
from tests.support.small_region import small_region

from banzi.web.accounts.models import Office
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.audit.sealing import seal_reads
from banzi.web.jobs.worker import Worker
from banzi.web.records.models import RECORDS
from banzi.web.records.selecting import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    client = Client()
    client.force_login(administrator(Office.AUDITOR))
    return client


@pytest.fixture
def correction() -> Act:
    small_region()
    with act("records.correct", by=account(username="zhou", name="周某"), person_id="head_a",
             reason="身份证号录错"):  # fmt: skip
        RECORDS["persons"]._default_manager.filter(pk="head_a").update(
            id_number="990101198001019999", birth=19800200
        )
    return Act.objects.order_by("-seq")[0]


def test_acts_are_listed_and_filtered(auditor: Client, correction: Act) -> None:
    assert "身份证号录错" in auditor.get("/audit/").content.decode()
    for query, there in (
        ("by=zhou", True), ("by=li", False), ("person=head_a", True), ("verb=accounts.sign_in", False),
        ("since=2000-01-01&until=2000-12-31", False), ("since=2000-01-01", True), ("since=x", True),
    ):  # fmt: skip
        page = auditor.get(f"/audit/?{query}").content.decode()
        assert ("身份证号录错" in page) is there, query
    assert "没有符合条件的操作" in auditor.get("/audit/?by=li").content.decode()


def test_an_act_names_the_fields_and_withholds_what_they_say(
    auditor: Client, correction: Act
) -> None:
    page = auditor.get(f"/audit/{correction.seq}/").content.decode()
    assert "身份证号：■ → ■" in page
    assert "出生年月：■" in page
    assert "990101198001019999" not in page
    assert "19800200" not in page
    assert "籍贯" not in page


def test_the_log_of_reads_shows_lines_at_once_and_after_sealing(auditor: Client) -> None:
    seal_reads()
    reading(request_of(account(username="reader")), "person-77", "人员档案")
    page = auditor.get("/audit/reads/?by=reader&person=person-77").content.decode()
    assert "尚未封存（共1条）" in page
    seal_reads()
    page = auditor.get("/audit/reads/?by=reader&person=person-77").content.decode()
    assert "尚未封存" not in page
    assert "person-77" in page
    assert "没有查阅记录" in auditor.get("/audit/reads/?by=nobody").content.decode()


def test_the_check_runs_as_a_job_and_tells_what_it_found(auditor: Client) -> None:
    small_region()
    line = auditor.post("/audit/anchor.jsonl").content
    seq = json.loads(line)["seq"]
    file = SimpleUploadedFile("anchors.jsonl", line)
    place = auditor.post("/audit/check/", {"anchors": file}).headers["Location"]
    assert "hx-get" in auditor.get(place).content.decode()
    Worker().work(until_idle=True)
    assert "与1个锚点一致" in auditor.get(place).content.decode()
    forged = json.dumps({"seq": seq, "digest": "0" * 64, "at": ""}).encode()
    file = SimpleUploadedFile("anchors.jsonl", forged)
    place = auditor.post("/audit/check/", {"anchors": file}).headers["Location"]
    Worker().work(until_idle=True)
    assert f"第{seq}号操作的校验值与锚点不符" in auditor.get(place).content.decode()
    assert auditor.get("/audit/check/").content.decode().count("/audit/check/") >= 2


def test_a_file_that_holds_no_anchor_is_told(auditor: Client) -> None:
    file = SimpleUploadedFile("x.txt", "锚点".encode())
    page = auditor.post("/audit/check/", {"anchors": file}).content.decode()
    assert "不是锚点" in page


def test_an_anchor_is_printed(auditor: Client) -> None:
    assert auditor.post("/audit/anchor.pdf").content[:5] == b"%PDF-"
    assert Act.objects.order_by("-seq")[0].verb == "audit.anchor"


def test_nobody_else_sees_these_pages() -> None:
    small_region()
    others = (clerk(*Verb), administrator(Office.SYSTEM), administrator(Office.SECURITY))
    for who in others:
        client = Client()
        client.force_login(who)
        for path in ("/audit/", "/audit/1/", "/audit/reads/", "/audit/check/"):
            assert client.get(path).status_code == 403
        assert client.post("/audit/anchor.jsonl").status_code == 403
