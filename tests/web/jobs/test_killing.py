"""Writers killed at chance moments leave nothing half-written and lose nothing they said was kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize(("mode", "kills"), [("save", 20), ("sign", 20), ("import", 14)])
def test_nothing_is_half_written_or_lost(tmp_path: Path, mode: str, kills: int) -> None:
    settings = {"BANZI_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(["src", "."]),
                "DJANGO_SETTINGS_MODULE": "tests.support.web_settings"}  # fmt: skip
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.killing", mode, str(kills), "1"],
        capture_output=True, text=True, check=False, env={**os.environ, **settings},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-3000:]
    told = json.loads(answer.stdout)
    if mode == "import":  # a worker that has nothing left to do ends by itself
        assert told["kills"] > 0
    else:
        assert told["kills"] == kills
        assert told["acknowledged"] > 0
