"""What each fuzz target does with the bytes it is given: put them in a file and import the file.

An import may refuse bytes (`BanziError`) and may read them; anything else is a crash. Every
sixteenth input, told by its checksum so that a found input behaves the same again, also goes
through merging, since what one reader lets pass the next step has to bear.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from banzi.documents.codecs.extract import Extract
from banzi.documents.codecs.lrm import read_lrm
from banzi.documents.codecs.lrmx import read_lrmx
from banzi.documents.codecs.package import read_package
from banzi.documents.codecs.sniffing import kind_of
from banzi.documents.codecs.workbook import read_workbook
from banzi.documents.decisions import read_decisions
from banzi.documents.merging import merge_extracts
from banzi.kernel.errors import BanziError

DAY = date(2026, 6, 30)
SECONDS_PER_INPUT = 10


@dataclass(frozen=True, slots=True)
class Target:
    """A reader, the ending of its files, and whether they are zips (mutated part by part)."""

    read: Callable[[Path], Extract]
    ending: str
    zipped: bool = False


TARGETS = {
    "lrmx": Target(read_lrmx, ".lrmx"),
    "lrm": Target(read_lrm, ".lrm"),
    "package": Target(read_package, ".hzb", zipped=True),
    "workbook": Target(read_workbook, ".xlsx", zipped=True),
}


def run_once(target: Target, data: bytes, path: Path) -> None:
    """Read the bytes as an import would; raises only what is a crash."""
    path.write_bytes(data)
    kind_of(path)
    try:
        extract = target.read(path)
        if not extract.problems and zlib.crc32(data) % 16 == 0:
            merge_extracts([extract], as_of=DAY, recorded_on=DAY)
        if target.ending == ".xlsx":
            read_decisions(path)
    except BanziError:
        pass


def scratch_file(target: Target) -> Path:
    """A file of this process alone, in memory where the system has such a place."""
    shared = Path("/dev/shm")  # noqa: S108 (a file of our own process)
    folder = shared if shared.is_dir() and os.access(shared, os.W_OK) else Path.cwd()
    return folder / f"banzi-fuzz-{os.getpid()}{target.ending}"
