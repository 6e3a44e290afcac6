"""Memory handed back: what lies free between small pieces still in use leaves the process."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from banzi.kernel.memory import give_back


def resident() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * 4096 / 1e6


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"),
    reason="other C libraries keep nothing back that could be asked for",
)
def test_what_was_freed_between_pieces_in_use_is_handed_back() -> None:
    pieces = [bytes(5_000) for _ in range(20_000)]
    kept = pieces[::100]
    del pieces
    before = resident()
    give_back()
    assert len(kept) == 200
    assert resident() < before - 50
