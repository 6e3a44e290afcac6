"""A read that was answered is on disk, whatever becomes of the process; and waits for no writer."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from banzi.web.audit.sealing import note_of

WRITE = """
import django
django.setup()
from django.db import connection, transaction
from banzi.web.audit.reads import note_read
with transaction.atomic():
    for number in range(10_000):
        note_read(by="zhou", what="人员档案", person_id=str(number))
        print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "BANZI_HOME": str(tmp_path),
        "BANZI_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "banzi.web.config.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", WRITE], env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        answered = [child.stdout.readline().strip() for _line in range(200)]
        child.send_signal(signal.SIGKILL)
    lines = [
        line
        for file in (tmp_path / "reads").glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    kept = {note_of(line).person_id for line in lines}
    assert answered[-1] == "199"
    assert set(answered) <= kept
