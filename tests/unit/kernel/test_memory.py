"""Memory handed back: what lies free between small pieces still in use leaves the process."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from banzi.kernel.memory import give_back

FREED_WHEN_THRIFTY = """
import os, sys
from pathlib import Path
from banzi.kernel.memory import be_thrifty

def resident():
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

if sys.argv[1:]:
    be_thrifty()
large = bytearray(8 << 20)
del large
pairs = [(b"x" * (2 << 20), bytes(100_000)) for _ in range(20)]
kept, before = [small for _large, small in pairs], resident()
del pairs
print(before - resident())
"""


def freed(*words: str) -> float:
    """MB that a process of its own gives up when large arrays between small ones are freed."""
    said = subprocess.run(
        [sys.executable, "-c", FREED_WHEN_THRIFTY, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return float(said.stdout)


def resident() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


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


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"),
    reason="other C libraries have no such settings",
)
def test_a_thrifty_process_gives_large_arrays_up_at_once() -> None:
    assert freed() < 10
    assert freed("thrifty") > 35
