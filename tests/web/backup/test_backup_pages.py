"""Checking and restoring a backup from the site: by the system administrator, beside what is there."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.support.accounts import account, administrator, browser, clerk, signed_in
from tests.support.small_region import small_region

from banzi.kernel.errors import BanziError
from banzi.kernel.progress import Silent
from banzi.web.accounts.models import Office
from banzi.web.accounts.rights import Verb
from banzi.web.audit.models import Act
from banzi.web.backup.making import backups, make_backup
from banzi.web.backup.trying import restored
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.saying import kept, said
from banzi.web.jobs.worker import Worker
from banzi.web.people.photos import keep

pytestmark = pytest.mark.django_db
NAME = "banzi-20260301-080000.zip"


@pytest.fixture
def page(client: Client, settings: Any, tmp_path: Path) -> Client:
    """The system administrator's browser, and a backup of the small region."""
    settings.BANZI_HOME = tmp_path
    small_region()
    backups().mkdir()
    make_backup(backups() / NAME, timezone.localtime())
    return signed_in(client, administrator(Office.SYSTEM))


def done(page: Client, what: str) -> str:
    answer = page.post("/backup/restore/", {"name": NAME, what: "1"})
    assert answer.status_code == 302
    Worker().work(until_idle=True)
    return page.get(answer.headers["Location"], follow=True).content.decode()


def test_a_backup_is_checked_and_shows_no_person(page: Client) -> None:
    assert NAME in page.get("/backup/restore/").content.decode()
    told = done(page, "check")
    assert "备份完整" in told
    assert '<td>人员</td><td class="text-end">5<' in told
    assert "mayor" not in told
    assert Act.objects.filter(verb="backup.check", about=NAME).exists()


def test_what_another_administrator_asked_for_is_said(page: Client) -> None:
    asker = account(Office.SYSTEM)
    browser(asker).post("/backup/")
    answer = page.post("/backup/", follow=True)
    assert answer.status_code == 200
    assert f"{asker.name}已提交同样的任务“备份”" in answer.content.decode()
    assert Job.objects.count() == 1


def test_a_damaged_one_is_told_part_by_part(page: Client) -> None:
    with zipfile.ZipFile(backups() / NAME, "a") as archive:
        archive.writestr("files/photos/extra", b"")
    told = done(page, "check")
    assert "files/photos/extra" in told
    assert not Act.objects.filter(verb="backup.check").exists()


def test_every_folder_that_the_site_keeps_files_in_goes_along(page: Client) -> None:
    for name in ("photos", "evidence"):
        keep(name, name.encode())
    whole = backups() / "whole.zip"
    make_backup(whole, timezone.localtime())
    with zipfile.ZipFile(whole) as archive:
        kept = {name.split("/")[1] for name in archive.namelist() if name.startswith("files/")}
    assert {"photos", "evidence"} <= kept


@pytest.mark.slow
def test_it_is_restored_into_a_new_folder_and_says_how_to_start(
    page: Client, tmp_path: Path
) -> None:
    told = done(page, "restore")
    assert "逐号核对无误" in told, Job.objects.values_list("problems", flat=True)
    (folder,) = (tmp_path / "restored").iterdir()
    assert f'banzi site serve --home "{folder}"' in told
    assert (folder / "banzi.sqlite3").is_file()
    assert Job.objects.get(kind="backup.restore").state == JobState.DONE


@pytest.mark.slow
def test_a_refused_restore_is_told_in_the_language_of_the_reader(page: Client) -> None:
    """What another process found wrong was told in Chinese, whoever read it."""
    with zipfile.ZipFile(backups() / NAME, "a") as archive:
        archive.writestr("files/photos/extra", b"")
    with pytest.raises(BanziError) as refused:
        restored(NAME, timezone.localtime(), Silent())
    assert "没有恢复" in refused.value.message.text("zh")
    english = refused.value.message.text("en")
    assert "files/photos/extra" in english
    assert not re.search("[\u4e00-\u9fff]", english)
    said_later = said(kept(refused.value.message), "en")
    assert said_later == english, "as a job keeps it"


def test_a_file_from_elsewhere_is_taken_once(page: Client) -> None:
    def send(name: str) -> int:
        upload = SimpleUploadedFile(name, (backups() / NAME).read_bytes())
        return page.post("/backup/restore/file/", {"file": upload}).status_code

    assert send("../别处.zip") == 302
    assert (backups() / "别处.zip").is_file()
    assert send("别处.zip") == 409
    assert send("说明.txt") == 409
    assert page.post("/backup/restore/file/").status_code == 409


def test_nothing_outside_of_the_folder_has_a_name(page: Client, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"")
    for name in ("../other.zip", "", "nothing.zip"):
        answer = page.post("/backup/restore/", {"name": name, "restore": "1"})
        assert answer.status_code == 409
    assert not Job.objects.exists()


@pytest.mark.parametrize("office", [Office.NONE, Office.SECURITY, Office.AUDITOR])
def test_it_is_the_system_administrators(page: Client, office: Office) -> None:
    other = clerk(*Verb) if office is Office.NONE else administrator(office)
    assert browser(other).get("/backup/restore/").status_code == 403
