"""What every test of the site begins with."""

import os
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def _nothing_read_before() -> None:
    """Reads that another test noted are not sealed in this one; the process keeps its file open."""
    for file in (Path(settings.BANZI_HOME) / "reads").glob("*.jsonl"):
        os.truncate(file, 0)
