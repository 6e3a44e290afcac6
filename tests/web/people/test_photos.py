"""A photo on the pages: for whoever may see the person, never kept by a browser, never broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.support.accounts import account, administrator, clerk, grant
from tests.support.files_of_persons import some_files

from banzi.web.accounts.models import Office
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.people.photos import keep
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
DRAWN = b"\xff\xd8\xff\xe0 a drawn face"
ADDRESS = "/people/person/p1/photo/"


@pytest.fixture(autouse=True)
def digest(settings: Any, tmp_path: Path) -> str:
    """p1 (party committee) and p3 (government) have a photo, the others none."""
    settings.BANZI_HOME = tmp_path
    some_files()
    made = keep("photos", DRAWN)
    with act("test.photo", by=None):
        persons = RECORDS["persons"]._default_manager.filter(pk__in=["p1", "p3"])
        persons.update(photo_sha256=made)
    return made


def as_one(holder: Any) -> Client:
    client = Client()
    client.force_login(holder)
    return client


def test_it_is_shown_and_kept_nowhere() -> None:
    client = as_one(clerk())
    assert ADDRESS in client.get("/people/person/p1/").content.decode()
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.content) == (200, DRAWN)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_without_one_a_place_is_kept_for_it() -> None:
    page = as_one(clerk()).get("/people/person/p2/").content.decode()
    assert "无照片" in page
    assert "/photo/" not in page
    assert as_one(clerk()).get("/people/person/p2/photo/").status_code == 404


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_is_not_shown(digest: str, damage: str) -> None:
    file = Path(settings.BANZI_HOME) / "photos" / digest
    file.unlink()
    if damage == "changed":
        file.write_bytes(DRAWN + b"!")
    client = as_one(clerk())
    assert "无照片" in client.get("/people/person/p1/").content.decode()
    assert client.get(ADDRESS).status_code == 404


def test_only_who_may_see_the_person_sees_it() -> None:
    far = account()
    grant(far, Verb.VIEW, organ="gov")
    assert as_one(far).get(ADDRESS).status_code == 404
    assert as_one(far).get("/people/person/p3/photo/").status_code == 200
    assert as_one(administrator(Office.SYSTEM)).get(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 302
