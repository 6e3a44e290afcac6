"""Rows of a large table by place, from blocks in memory that are compressed each by itself.

To take the rows of one person out of a Parquet file costs one to three milliseconds, whatever the
file looks like: Polars reads its footer and decodes whole pages. A table read whole takes a
gigabyte. Blocks of some hundred rows take a tenth of that, and one of them is decoded in a tenth of
a millisecond. They are made beside the work, for whoever asks a roster more than once or twice;
until then, and for whoever asks once, rows come from the file. Nothing is written to disk: what is
said of persons stays where the office keeps it.
"""

from __future__ import annotations

import io
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

import polars as pl

from banzi.kernel.errors import BanziError

_CELLS = 8192
"""Values in a block: what is decoded for the rows of one person."""

_AT_ONCE = 65_536
"""Rows taken from the file in one go while blocks are made."""


class Stopped(Exception):
    """Packing ended before its end."""


class PackedRows:
    """A table as blocks.

    Parameters
    ----------
    scan
        Gives the table.
    height
        Its rows.
    is_wanted
        Asked between blocks; where it says no, `Stopped` is raised.
    """

    def __init__(
        self, scan: Callable[[], pl.LazyFrame], height: int, is_wanted: Callable[[], bool]
    ) -> None:
        width = max(1, len(scan().collect_schema()))
        self._size = max(1, _CELLS // width)
        self._blocks: list[bytes] = []
        whole = max(1, _AT_ONCE // self._size) * self._size
        for start in range(0, height, whole):
            part = scan().slice(start, whole).collect()
            for at in range(0, part.height, self._size):
                if not is_wanted():
                    raise Stopped
                self._blocks.append(_packed(part.slice(at, self._size)))

    @property
    def memory(self) -> int:
        """Bytes of all blocks."""
        return sum(map(len, self._blocks))

    def rows(self, start: int, length: int) -> pl.DataFrame:
        """Rows that stand together."""
        first, last = start // self._size, (start + length - 1) // self._size
        blocks = [pl.read_ipc_stream(self._blocks[at]) for at in range(first, last + 1)]
        frame = blocks[0] if len(blocks) == 1 else pl.concat(blocks)
        return frame.slice(start - first * self._size, length)


def _packed(frame: pl.DataFrame) -> bytes:
    kept = io.BytesIO()
    frame.write_ipc_stream(kept, compression="zstd")
    return kept.getvalue()


class Packable(Protocol):
    """A table that may be packed; `pack` may raise `Stopped`."""

    def pack(self, is_wanted: Callable[[], bool]) -> None: ...


class Packing:
    """Packs tables one after the other in a thread of its own, which ends when none is left."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Packable] = deque()
        self._thread: threading.Thread | None = None

    def of(self, tables: Sequence[Packable]) -> None:
        """Have some tables packed."""
        with self._lock:
            self._waiting.extend(tables)
            if self._waiting and self._thread is None:
                self._thread = threading.Thread(target=self._work, name="packing rows")
                self._thread.start()

    def wait(self) -> None:
        """Until all tables asked for are packed."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        # The interpreter waits for this thread when it ends, so the thread looks whether it does.
        is_wanted = threading.main_thread().is_alive
        while True:
            with self._lock:
                if not self._waiting or not is_wanted():
                    self._thread = None
                    return
                table = self._waiting.popleft()
            try:
                table.pack(is_wanted)
            except (Stopped, BanziError, OSError, pl.exceptions.PolarsError):
                # Rows go on to come from the file; whoever asks for them hears what is wrong.
                continue
