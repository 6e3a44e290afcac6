"""The tables of a roster by name, each read or cut out only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Self

import polars as pl


class Tables(Mapping[str, pl.DataFrame]):
    """Table name → frame, for frames that are there and frames still to be made.

    Parameters
    ----------
    frames
        For each name a frame, or a function that gives it; the function is called once.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame | Callable[[], pl.DataFrame]]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pl.DataFrame:
        found = self._frames[name]
        if not isinstance(found, pl.DataFrame):
            found = self._frames[name] = found()
        return found

    def unread(self, name: str) -> Callable[[], pl.DataFrame] | None:
        """What gives a table that nobody has asked for yet; None once it is there."""
        found = self._frames[name]
        return None if isinstance(found, pl.DataFrame) else found

    def __contains__(self, name: object) -> bool:
        return name in self._frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def replaced(self, frames: Mapping[str, pl.DataFrame | Callable[[], pl.DataFrame]]) -> Self:
        """The same tables but for some; those still to be made stay so."""
        return type(self)({**self._frames, **frames})
