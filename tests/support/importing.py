"""Files dropped on the site by a browser, and taken over."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from banzi.web.imports.models import Import
from banzi.web.jobs.worker import Worker


def drop(office: Client, *files: tuple[str, bytes]) -> Import:
    """Send files by their names and let a worker read them."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    answer = office.post("/imports/new/", {"files": uploads})
    assert answer.status_code == 302, answer.content.decode()
    Worker().work(until_idle=True)
    return Import.objects.latest("at")


def take(office: Client, given: Import) -> Import:
    """Take over what is chosen."""
    office.post(f"/imports/{given.pk}/take/")
    Worker().work(until_idle=True)
    given.refresh_from_db()
    return given


def page_of(office: Client, given: Import) -> str:
    return office.get(f"/imports/{given.pk}/").content.decode()
