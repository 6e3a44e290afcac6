"""`python -m benchmarks board`: drags on the board of 360 posts, as requests and in a browser.

--moves 200         moves of each run
--seed 1            which moves
--folder DIR        keep the region and the site there, to be used again; else all is made anew
--roster DIR        a roster of the region that is there already, with --problem DIR built from it
--browser           also by mouse in a browser: from letting the card go until the answer is painted
--only-browser      that alone
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from benchmarks.board.preparing import opened, prepare, settle, sources
from benchmarks.quantiles import share


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks board")
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--roster", type=Path)
    parser.add_argument("--problem", type=Path)
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--only-browser", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="banzi-bench-") as temporary:
        folder = asked.folder or Path(temporary)
        roster, problem = sources(folder, asked.roster, asked.problem)
        settle(folder / "site")
        prepare(roster, problem)
        if not asked.only_browser:
            _requests(asked.moves, asked.seed)
        if asked.browser or asked.only_browser:
            _browser(folder / "site", asked.moves, asked.seed)
    return 0


def _requests(count: int, seed: int) -> None:
    from benchmarks.board.requests import first_opening, timed_moves

    print(f"first opening of the board: {first_opening():.1f} s\n")
    print("| move | moves | p50 | p95 | slowest | CPU p50 | queries | answer |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for everything in (False, True):
        found = timed_moves(opened(), count, seed, everything=everything)
        for kind, taken in _by_kind(found, everything):
            seconds = [each.seconds for each in taken]
            print(
                f"| {kind} | {len(taken)} | {share(seconds, 500) * 1000:.0f} ms "
                f"| {share(seconds, 950) * 1000:.0f} ms | {max(seconds) * 1000:.0f} ms "
                f"| {share([each.processors for each in taken], 500) * 1000:.0f} ms "
                f"| {max(each.queries for each in taken)} "
                f"| {share([each.size for each in taken], 500) / 1000:.0f} kB |",
                flush=True,
            )


def _browser(home: Path, count: int, seed: int) -> None:
    from benchmarks.board.browsing import served, timed_drags

    print("\nin a browser, from letting the card go until the answer is painted:\n")
    print(
        "| drag | drags | p50 | p95 | slowest | first | until sent | until answered | until painted |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    with served(home) as address:
        for everything in (False, True):
            found = timed_drags(address, opened(), count, seed, everything=everything)
            for kind, drags in _by_kind(found, everything):
                waited = [each.waited for each in drags]
                parts = zip(*((d.sending, d.answering, d.painting) for d in drags), strict=True)
                told = (share(waited, 500), share(waited, 950), max(waited), waited[0],
                        *(share(part, 950) for part in parts))  # fmt: skip
                cells = " | ".join(f"{seconds * 1000:.0f} ms" for seconds in told)
                print(f"| {kind} | {len(drags)} | {cells} |", flush=True)
    print("\n(the last three: p95 of each part)")


class _OfAKind(Protocol):
    @property
    def kind(self) -> str: ...


_Timed = TypeVar("_Timed", bound=_OfAKind)


def _by_kind(found: list[_Timed], everything: bool) -> Iterable[tuple[str, list[_Timed]]]:
    """All of them under what was shown, then those of each kind."""
    where = "all regions shown" if everything else "one region shown"
    kinds = {f"any, {where}": found}
    for each in found:
        kinds.setdefault(each.kind, []).append(each)
    return kinds.items()
