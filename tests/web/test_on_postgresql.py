"""What the database itself must refuse, find or cover, on PostgreSQL as on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.postgres import postgres_programs, running_postgres

TESTS = Path(__file__).parent
ON_BOTH = (
    "audit",
    "accounts/test_rights.py",
    "accounts/test_coverage.py",
    "people/test_searching.py",
    "records/test_selecting.py",
)
"""Tests under this folder that hold on both databases; by themselves they run on SQLite."""


@pytest.mark.slow
def test_the_same_holds_on_postgresql() -> None:
    programs = postgres_programs()
    if programs is None:
        assert os.environ.get("CI") != "true", "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed: its tests were SKIPPED")
    with running_postgres(programs) as address:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
             *(str(TESTS / name) for name in ON_BOTH)],
            env={**os.environ, "BANZI_DATABASE": address},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
