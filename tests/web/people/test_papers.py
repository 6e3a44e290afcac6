"""Scans kept as evidence, and photos changed."""

import hashlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.accounts import account, grant

from banzi.kernel.columns import FieldClass
from banzi.web.people.models import Evidence
from banzi.web.records.models import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SCAN = b"%PDF-1.7 scan"
PHOTO = b"\xff\xd8\xff\xe0 photo"
HOME = "/people/person/p1/papers/"


def send(page: Client, data: bytes = SCAN, name: str = "任职文件.pdf", **given: str):
    typed = {"proves": "2019.05任职", "class": "basic", **given}
    return page.post(HOME, {"file": SimpleUploadedFile(name, data), **typed})


def test_a_scan_is_kept_by_content_and_listed_with_what_it_proves(page: Client) -> None:
    assert send(page, name="../../任职文件.pdf").status_code == 302
    (kept,) = Evidence.objects.all()
    digest = hashlib.sha256(SCAN).hexdigest()
    assert kept.sha256 == digest
    assert (settings.BANZI_HOME / "evidence" / digest).read_bytes() == SCAN
    text = page.get(HOME).content.decode()
    assert "2019.05任职" in text
    assert kept.added_by in text
    found = page.get(f"{HOME}{kept.pk}/")
    assert found.content == SCAN
    assert "sandbox" in found["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "given", "said"),
    [
        (b"MZ program", {}, "只接收PDF"),
        (b"<svg onload=alert(1)>", {}, "只接收PDF"),
        (b"", {}, "请选择要上传的文件"),
        (SCAN, {"proves": " "}, "请写明该材料证明什么"),
        (b"%PDF-" + bytes(21 * 1024 * 1024), {}, "文件超过20MB"),
    ],
)
def test_other_files_are_refused_with_the_next_step(page: Client, data, given, said) -> None:
    found = send(page, data, **given)
    assert found.status_code == 422
    assert said in found.content.decode()
    assert not Evidence.objects.exists()


def test_a_scan_that_was_changed_on_disk_is_not_shown(page: Client) -> None:
    send(page)
    kept = Evidence.objects.get()
    (settings.BANZI_HOME / "evidence" / kept.sha256).write_bytes(b"%PDF-forged")
    assert page.get(f"{HOME}{kept.pk}/").status_code == 404
    (settings.BANZI_HOME / "evidence" / kept.sha256).unlink()


def test_a_scan_belongs_to_a_class_of_fields(page: Client) -> None:
    send(page, **{"class": "findings"})
    kept = Evidence.objects.get()
    holder = account()
    grant(holder, fields=(FieldClass.FAMILY,))
    other = Client()
    other.force_login(holder)
    assert "2019.05任职" not in other.get(HOME).content.decode()
    assert other.get(f"{HOME}{kept.pk}/").status_code == 404
    assert send(other).status_code == 403
    assert page.get(f"/people/person/p2/papers/{kept.pk}/").status_code == 404


def test_a_photo_is_changed_on_record(page: Client) -> None:
    file = SimpleUploadedFile("照片.jpg", PHOTO)
    page.post("/people/person/p1/photo/change/", {"file": file, "why": "换近照"})
    row = RECORDS["persons"]._default_manager.get(pk="p1")
    assert row.photo_sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert page.get("/people/person/p1/photo/").content == PHOTO
    text = SimpleUploadedFile("照片.jpg", b"not a photo")
    answer = page.post("/people/person/p1/photo/change/", {"file": text}, follow=True)
    assert "照片应为JPEG或PNG文件" in answer.content.decode()
