"""Wrong tokens of an address: counted to a limit, forgotten after a lock's time, each address alone."""

from __future__ import annotations

import os
import time

from banzi.web.accounts.policy import policy
from banzi.web.api import flooding
from banzi.web.api.flooding import count_wrong, too_many_from

LIMIT = 4 * policy().failures


def flood(address: str) -> None:
    for _again in range(LIMIT + 1):
        count_wrong(address)


def test_so_many_are_allowed_and_no_more() -> None:
    for _again in range(LIMIT):
        count_wrong("192.0.2.7")
    assert not too_many_from("192.0.2.7")
    count_wrong("192.0.2.7")
    assert too_many_from("192.0.2.7")
    assert not too_many_from("192.0.2.8")


def test_a_flood_does_not_grow_its_file() -> None:
    flood("2001:db8::1")
    flood("2001:db8::1")
    (file,) = flooding._folder().iterdir()
    assert file.stat().st_size == LIMIT + 1


def test_it_is_forgotten_after_the_time_of_a_lock() -> None:
    flood("192.0.2.7")
    (file,) = flooding._folder().iterdir()
    before = time.time() - policy().lock_minutes * 60 - 1
    os.utime(file, (before, before))
    assert not too_many_from("192.0.2.7")
    count_wrong("192.0.2.7")
    assert not too_many_from("192.0.2.7")
    assert file.stat().st_size == 1


def test_old_counts_of_others_go() -> None:
    flood("192.0.2.7")
    (old,) = flooding._folder().iterdir()
    os.utime(old, (0, 0))
    count_wrong("192.0.2.8")
    assert not old.exists()
    assert len(list(flooding._folder().iterdir())) == 1
