"""The request of a drag, through the whole of the site's middleware and its database."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.test import Client

from banzi.web.board.desk import desk_of, forget
from banzi.web.board.models import Draft
from benchmarks.board.moves import Move, drawn
from benchmarks.board.preparing import Opened, opened

WARMING = 10
"""Moves made before any is counted; what the first one costs is told apart."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one move took: seconds by the clock and of processors, queries, bytes of the answer."""

    kind: str
    seconds: float
    processors: float
    queries: int
    size: int


def first_opening() -> float:
    """Seconds until the board of the first region is there in a process that has read nothing."""
    site = opened()
    forget()
    started = time.perf_counter()
    answer = site.client().get(f"/board/draft/{site.draft.pk}/")
    if answer.status_code != 200:
        raise RuntimeError(f"status {answer.status_code}")
    return time.perf_counter() - started


def timed_moves(site: Opened, count: int, seed: int, *, everything: bool) -> list[Taken]:
    """So many moves; `everything` shows all regions at once, as in a meeting."""
    client, desk = site.client(), desk_of(site.draft.project)
    found = []
    for number, move in enumerate(islice(drawn(site.draft, desk, seed), count + WARMING)):
        taken = _one(site, client, move, everything=everything)
        if number >= WARMING:
            found.append(taken)
    return found


def _one(site: Opened, client: Client, move: Move, *, everything: bool) -> Taken:
    moves = Draft.objects.values_list("moves", flat=True).get(pk=site.draft.pk)
    values = {
        "person": move.person,
        "post": move.post,
        "from": move.origin,
        "moves": str(moves),
        "region": "*" if everything else move.region,
    }
    queries = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    address = f"/board/draft/{site.draft.pk}/move/"
    with connection.execute_wrapper(counting):
        started, used = time.perf_counter(), time.process_time()
        answer = client.post(address, values, headers={"HX-Request": "true"})
        seconds, processors = time.perf_counter() - started, time.process_time() - used
    if answer.status_code != 200:
        raise RuntimeError(f"status {answer.status_code}")
    after = Draft.objects.values_list("moves", flat=True).get(pk=site.draft.pk)
    if (after == moves) != (move.kind == "refused") and not _may_be_refused(answer.content):
        raise RuntimeError(f"{move}: {moves} moves before, {after} after")
    return Taken(move.kind, seconds, processors, queries, len(answer.content))


def _may_be_refused(content: bytes) -> bool:
    """A move over a post that the problem itself has decided is refused, too."""
    return b"alert-danger" in content
