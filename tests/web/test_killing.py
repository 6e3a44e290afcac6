"""Web process, worker and database killed at chance moments: nothing half-written, nothing lost.

Real processes on both databases (`tests/support/killing`); the clerk signs in, corrects, imports,
signs off through the pages. The full run takes several minutes.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import Any

import pytest
from tests.support.postgres import postgres_programs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
SEED = int(os.environ.get("BANZI_SEED", "0")) or (
    1 if os.environ.get("CI") == "true" else random.randrange(1, 10**6)
)
"""Printed when it fails; BANZI_SEED chooses it, and a gate always takes the same."""
ON_SQLITE, ON_POSTGRESQL = 24, 36
ERRANDS = ("save", "sign", "read", "import")


def killing(kills: int, *words: str) -> subprocess.CompletedProcess[str]:
    left_out = ("DJANGO_SETTINGS_MODULE", "BANZI_HOME", "BANZI_DATABASE")
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, "-m", "tests.support.killing", str(kills), str(SEED), *words],
        capture_output=True, text=True, check=False,
        env={**given, "PYTHONPATH": os.pathsep.join(["src", "."])},
    )  # fmt: skip


def told(answer: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert answer.returncode == 0, answer.stderr[-3000:]
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_a_killed_site_loses_nothing_that_it_acknowledged() -> None:
    found = told(killing(1, "--only", "web:sign"))
    assert found["kills"] == {"web sign": 1}
    assert found["acknowledged"]["apply"] > 0


@pytest.mark.slow(minutes=3)
def test_kills_of_web_and_worker_on_sqlite() -> None:
    found = told(killing(ON_SQLITE))
    pairs = {f"{victim} {errand}" for victim in ("web", "worker") for errand in ERRANDS}
    assert set(found["kills"]) == pairs
    assert sum(found["kills"].values()) == ON_SQLITE


@pytest.mark.slow(minutes=4)
def test_kills_of_web_worker_and_database_on_postgresql() -> None:
    if postgres_programs() is None:
        assert os.environ.get("CI") != "true", "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed: kills of the database were SKIPPED")
    found = told(killing(ON_POSTGRESQL, "--postgresql"))
    victims = ("web", "worker", "database")
    assert set(found["kills"]) == {f"{each} {errand}" for each in victims for errand in ERRANDS}
    assert sum(found["kills"].values()) == ON_POSTGRESQL >= 50 - ON_SQLITE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "pair", "said"),
    [
        ("early", "web:save", "lost corrections"),
        ("halves", "worker:import", "without their import"),
    ],
)
def test_a_site_that_is_wrong_is_found_out(fault: str, pair: str, said: str) -> None:
    answer = killing(6, "--only", pair, "--broken", fault)
    assert answer.returncode != 0
    assert said in answer.stderr
