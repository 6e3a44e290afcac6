"""What a new project is made of: the office's targets, a file, or none; settings or the usual ones."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.accounts import browser
from tests.support.boards import store_people

from banzi.cli.plan_inputs import read_plan_settings
from banzi.documents.target_files import read_targets
from banzi.staffing.screening import build_from_roster
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board import work
from banzi.web.board.creating import NewProject, keep_files
from banzi.web.board.models import Project
from banzi.web.board.work import incoming
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.worker import Worker
from banzi.web.records.freezing import records_revision
from banzi.web.records.models import RECORDS
from banzi.web.targets.keeping import keep_set
from banzi.web.targets.models import PostProfile, TargetSet

pytestmark = pytest.mark.django_db
GIVEN = {"name": "换届", "as_of": "2021-07-01"}
TARGET = """targets:
- {id: ONE, title: 每个班子至少1名女干部, scope: teams, each: team, measure: count,
   where: 性别=女, op: '>=', bound: 1, force: hard, citation: 示例}
"""


def kept(owner: Account, name: str) -> TargetSet:
    with act("test.targets", by=None):
        return keep_set(f"目标{name}", TARGET.replace("ONE", name), owner)


def made(folder: Path, data: dict[str, str], **files: SimpleUploadedFile) -> dict[str, str]:
    form = NewProject({**GIVEN, **data}, files)
    assert form.is_valid(), form.errors
    return keep_files(form, folder / "new")


def target_ids(folder: Path, names: dict[str, str]) -> list[str]:
    return [each.id for each in read_targets(folder / "new" / names["targets"]).targets]


def test_the_set_in_force_is_offered_first_and_taken(owner: Account, tmp_path: Path) -> None:
    kept(owner, "old")
    now = kept(owner, "now")
    choices = [value for value, _title in NewProject().fields["target_set"].choices]  # type: ignore[attr-defined]
    assert choices[0] == str(now.pk)
    assert choices[-1] == "none"
    assert target_ids(tmp_path, made(tmp_path, {})) == ["now"]


def test_an_earlier_set_or_none_may_be_chosen(owner: Account, tmp_path: Path) -> None:
    old = kept(owner, "old")
    kept(owner, "now")
    assert target_ids(tmp_path / "a", made(tmp_path / "a", {"target_set": str(old.pk)})) == ["old"]
    assert target_ids(tmp_path / "b", made(tmp_path / "b", {"target_set": "none"})) == []


def test_a_file_counts_before_a_kept_set(owner: Account, tmp_path: Path) -> None:
    now = kept(owner, "now")
    file = SimpleUploadedFile("目标.yaml", TARGET.replace("ONE", "own").encode())
    names = made(tmp_path, {"target_set": str(now.pk)}, targets=file)
    assert target_ids(tmp_path, names) == ["own"]


def test_without_settings_the_profiles_of_the_office_count(tmp_path: Path) -> None:
    with act("test.profile", by=None):
        PostProfile.objects.create(
            title="女干部经历",
            where="年龄（月）<50岁",
            weight=7,
            source="示例",
            post_where="正副职=正职",
        )
    names = made(tmp_path, {})
    read = read_plan_settings(tmp_path / "new" / names["settings"])
    assert read.name == "换届"
    assert [(each.title, each.weight) for each in read.profiles] == [("女干部经历", 7)]


def test_a_set_that_is_not_there_is_refused(owner: Account) -> None:
    assert not NewProject({**GIVEN, "target_set": "99999"}).is_valid()


def test_asking_leads_to_the_page_of_the_job(client: Client) -> None:
    answer = client.post("/board/new/", {**GIVEN, "target_set": "none"})
    asked = Job.objects.get(kind="board.prepare")
    assert answer["Location"] == f"/jobs/{asked.pk}/"
    assert asked.arguments["as_of"] == date(2021, 7, 1).isoformat()
    assert (incoming(asked.arguments["token"]) / asked.arguments["targets"]).is_file()


def prepared(client: Client, **more: object) -> Job:
    client.post("/board/new/", {**GIVEN, "target_set": "none", **more})
    Worker().work(until_idle=True)
    return Job.objects.get(kind="board.prepare")


def test_problems_name_files_as_they_were_sent(client: Client) -> None:
    store_people("")
    bad = SimpleUploadedFile("目标.yaml", TARGET.replace("count", "colour").encode())
    job = prepared(client, targets=bad)
    assert job.state == JobState.FAILED
    assert {each["file"] for each in job.problems or ()} == {"目标.yaml"}
    assert str(settings.BANZI_HOME) not in str(job.problems)


def test_after_an_attempt_in_vain_the_form_is_as_it_was(client: Client, leader: Account) -> None:
    """Everything had to be typed again, and nothing said that the file was gone."""
    old = kept(leader, "old")
    kept(leader, "now")
    bad = SimpleUploadedFile("目标.yaml", TARGET.replace("count", "colour").encode())
    job = prepared(client, targets=bad, target_set=str(old.pk), sealed="on")
    assert job.state == JobState.FAILED
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    link = re.search(r'href="([^"]+)#new">返回，重新提交', page)
    assert link
    again = client.get(unescape(link[1]))
    form = again.context["form"]
    shown = {name: form[name].value() for name in ("name", "as_of", "target_set", "sealed")}
    assert shown == {**GIVEN, "target_set": str(old.pk), "sealed": True}
    assert "文件不能保留，请重新选择：目标.yaml" in again.content.decode()
    others = browser(leader).get(unescape(link[1]))
    assert not others.context["form"]["name"].value(), "of others' attempts nothing is told"
    assert "目标.yaml" not in others.content.decode()


def test_a_form_that_is_not_filled_in_rightly_stays_as_it_was(client: Client) -> None:
    file = SimpleUploadedFile("目标.yaml", TARGET.encode())
    answer = client.post("/board/new/", {**GIVEN, "as_of": "2021-13-01", "targets": file})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="换届"' in page
    assert "文件不能保留，请重新选择：目标.yaml" in page


def test_a_project_names_the_records_its_problem_was_made_from(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state of the records was asked for when the project was stored, after what came since."""
    store_people("")
    before = records_revision()

    def corrected_meanwhile(*given: Any) -> Any:
        with act("test.correct", by=None):
            RECORDS["persons"]._default_manager.filter(pk="person-0").update(name="甲某")
        return build_from_roster(*given)

    monkeypatch.setattr(work, "build_from_roster", corrected_meanwhile)
    job = prepared(client)
    assert job.state == JobState.DONE, job.problems
    assert Project.objects.get().records_seq == before
    assert records_revision() > before
