"""The pages of jobs show one's own, ask again while there is something to wait for, and call off."""

from __future__ import annotations

import pytest
from django.test import Client

from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    with act("accounts.create", by=None):
        account = Account.objects.create_account("zhou", "周某", "secret")
    client.force_login(account)
    return client


def job_of(username: str = "zhou", **given: object) -> Job:
    return Job.objects.create(kind="test", by=username, by_name="某", **given)


def test_a_running_job_shows_how_far_it_is_and_asks_again(signed_in: Client) -> None:
    job = job_of(state=JobState.RUNNING, steps=30, total=120,
                 task={"code": "x", "text": "读取文件", "values": {}})  # fmt: skip
    page = signed_in.get(f"/jobs/{job.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert 'value="25" max="100"' in page
    assert "读取文件" in page


def test_a_job_that_is_over_asks_no_more_and_leads_to_its_result(signed_in: Client) -> None:
    job = job_of(state=JobState.DONE, result={"address": "/somewhere/"})
    assert signed_in.get(f"/jobs/{job.pk}/")["Location"] == "/somewhere/"
    answer = signed_in.get(f"/jobs/{job.pk}/state/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/somewhere/"
    assert "hx-trigger" not in answer.content.decode()


def test_what_was_wrong_is_listed_by_file_and_row(signed_in: Client) -> None:
    problem = {"code": "x", "text": "{what}有误", "values": {"what": "性别"}, "file": "甲.xlsx",
               "sheet": "A01", "row": 7, "column": "性别"}  # fmt: skip
    job = job_of(state=JobState.FAILED, problems=[problem])
    page = signed_in.get(f"/jobs/{job.pk}/").content.decode()
    assert "甲.xlsx" in page
    assert "第7行" in page
    assert "性别有误" in page


@pytest.mark.parametrize(
    ("kind", "back"),
    [
        ("board.prepare", "/board/#new"),
        ("board.solve", "/board/draft/7/?region=a"),
        ("board.papers", "/board/draft/7/papers/"),
        ("backup.make", "/backup/"),
        ("backup.restore", "/backup/restore/"),
    ],
)
def test_a_job_that_came_to_nothing_leads_back_to_where_it_was_asked_for(
    signed_in: Client, kind: str, back: str
) -> None:
    given = {"draft": 7, "query": "?region=a"}
    link = f'href="{back}">返回，重新提交'
    for state, is_told in (
        (JobState.FAILED, True), (JobState.CANCELLED, True), (JobState.RUNNING, False),
    ):  # fmt: skip
        job = Job.objects.create(kind=kind, by="zhou", by_name="某", state=state, arguments=given)
        page = signed_in.get(f"/jobs/{job.pk}/").content.decode()
        assert (link in page) is is_told, state


def test_jobs_of_others_are_not_there(signed_in: Client) -> None:
    job = job_of("another")
    assert signed_in.get(f"/jobs/{job.pk}/").status_code == 404
    assert signed_in.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    assert "没有任务" in signed_in.get("/jobs/").content.decode()


def test_a_waiting_job_is_called_off_by_a_button(signed_in: Client) -> None:
    job = job_of()
    assert signed_in.get(f"/jobs/{job.pk}/cancel/").status_code == 405
    signed_in.post(f"/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "已取消" in signed_in.get("/jobs/").content.decode()
