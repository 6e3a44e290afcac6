"""A backup restores to the same records in an empty place; a damaged one restores nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from tests.support.small_region import small_region
from tests.support.accounts import account, grant
from banzi.roster.photos import keep_photo
from banzi.web.jobs.models import Job
from banzi.web.records.freezing import photo_folder
from banzi.web.audit.acts import act
from banzi.web.board.models import Project
from django.utils import timezone
small_region()
owner = account()
grant(owner)
with act("test.board", by=owner):  # a row with a moment in it that the record holds, too
    Project.objects.create(name="换届", as_of="2026-06-30", problem_sha256="0" * 64, records_seq=0,
                           created_by=owner, created_at=timezone.now())
Job.objects.create(kind="test", by="a", by_name="某", arguments={"一": [1, None, True]})
photo_folder().mkdir()
keep_photo(b"test", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", photo_folder())
"""
TELL = """
import django, json; django.setup()
from django.core.serializers import serialize
from banzi.web.backup.tables import kept_models
rows = {m._meta.label: serialize("json", m._default_manager.order_by("pk")) for m in kept_models()}
print(json.dumps(rows))
"""
WRITE_ON = """
import django; django.setup()
from django.db import DatabaseError
from banzi.web.audit.acts import act
from banzi.web.records.models import RECORDS
from banzi.web.audit.verifying import verify
persons = RECORDS["persons"].objects
try:
    persons.update(name="x")
except DatabaseError:
    with act("test.write", by=None):
        persons.filter(pk="mayor").update(name="周某")
    print(len(verify()))
"""


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {"BANZI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tests.support.web_settings"}
    path = os.pathsep.join(["src", "."])
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False,
        env={**os.environ, **settings, "PYTHONPATH": path, "PYTHONUTF8": "1"},
    )  # fmt: skip


def told(home: Path) -> dict[str, str]:
    answer = run(home, "-c", TELL)
    found: dict[str, str] = json.loads(answer.stdout)
    return found


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(folder of a site, its backup)"""
    home = tmp_path_factory.mktemp("site")
    made = run(home, "-c", MAKE)
    assert made.returncode == 0, made.stderr
    file = home.parent / f"{home.name}.zip"
    answer = run(home, "-m", "banzi", "backup", "--out", str(file))
    assert answer.returncode == 0, answer.stderr
    return home, file


def test_what_is_restored_is_what_was_there_and_goes_on(
    backup: tuple[Path, Path], tmp_path: Path
) -> None:
    home, file = backup
    again = tmp_path / "again"
    answer = run(again, "-m", "banzi", "restore", str(file), "--home", str(again))
    assert answer.returncode == 0, answer.stderr
    assert told(again) == told(home)
    (photo,) = (again / "photos").iterdir()
    assert photo.read_bytes() == b"test"
    assert (again / "secret-key").read_bytes() != (home / "secret-key").read_bytes()
    assert run(again, "-c", WRITE_ON).stdout.strip() == "0"


def test_the_key_goes_along_only_when_asked_for(backup: tuple[Path, Path], tmp_path: Path) -> None:
    home, file = backup
    with zipfile.ZipFile(file) as archive:
        assert "secret-key" not in archive.namelist()
    keyed, again = tmp_path / "keyed.zip", tmp_path / "again"
    run(home, "-m", "banzi", "backup", "--out", str(keyed), "--with-key")
    run(again, "-m", "banzi", "restore", str(keyed), "--home", str(again))
    assert (again / "secret-key").read_bytes() == (home / "secret-key").read_bytes()


def test_a_folder_with_anything_in_it_is_left_alone(
    backup: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    answer = run(tmp_path, "-m", "banzi", "restore", str(backup[1]), "--home", str(tmp_path))
    assert answer.returncode == 2
    assert "backup/folder-not-empty" in answer.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("damage", ["changed", "missing", "extra", "cut"])
def test_a_damaged_backup_restores_nothing(
    backup: tuple[Path, Path], tmp_path: Path, damage: str
) -> None:
    bad, again = tmp_path / "bad.zip", tmp_path / "again"
    with zipfile.ZipFile(backup[1]) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "tables/persons.jsonl" and damage == "changed":
                data = data.replace(b"mayor", b"mayer")
            if name != "tables/persons.jsonl" or damage != "missing":
                new.writestr(name, data)
        if damage == "extra":
            new.writestr("files/../evil", b"")
    if damage == "cut":
        bad.write_bytes(bad.read_bytes()[:-200])
    answer = run(again, "-m", "banzi", "restore", str(bad), "--home", str(again))
    assert answer.returncode == 2
    assert "backup/" in answer.stderr
    assert not again.exists()
    good = run(again, "-m", "banzi", "restore", str(backup[1]), "--home", str(again))
    assert good.returncode == 0, "the next try finds the folder new"


def test_rows_that_do_not_hold_against_the_chain_are_refused(
    backup: tuple[Path, Path], tmp_path: Path
) -> None:
    """Whoever rewrites the manifest too is still found by the chain."""
    import hashlib

    bad, again = tmp_path / "bad.zip", tmp_path / "again"
    with zipfile.ZipFile(backup[1]) as old, zipfile.ZipFile(bad, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            data = old.read(name)
            if name == "tables/persons.jsonl":
                data = data.replace("健康".encode(), "一般".encode())
                manifest["parts"][name]["sha256"] = hashlib.sha256(data).hexdigest()
            if name != "manifest.json":
                new.writestr(name, data)
        new.writestr("manifest.json", json.dumps(manifest))
    answer = run(again, "-m", "banzi", "restore", str(bad), "--home", str(again))
    assert answer.returncode == 2
    assert "backup/chain-broken" in answer.stderr
    assert not again.exists()
