"""Fixtures for tests of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.reading import Read

from banzi.documents.codecs.extract import Extract
from banzi.documents.codecs.lrmx import read_lrmx


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_bytes(data: bytes) -> Extract:
        path = tmp_path / "甲.lrmx"
        path.write_bytes(data)
        return read_lrmx(path)

    return read_bytes
