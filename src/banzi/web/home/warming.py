"""What pages need of everybody, worked out when the server starts, before anybody asks for it.

Among a hundred thousand persons that takes half a minute; after corrections only the persons they
touched are worked out again (`roster.mending`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from django.db import connection
from django.utils import timezone

from banzi.due.due_list import DueList
from banzi.kernel.dates import month_of
from banzi.law import load_law
from banzi.web.home.due_lists import YEAR, due_of_everybody
from banzi.web.records.freezing import current_roster

_log = logging.getLogger(__name__)
_LOOK_EACH = 300


def warm(day: date) -> DueList:
    """Facts of everybody, and what falls due within a year, as the first page counts it."""
    law = load_law()
    return due_of_everybody(current_roster(day), law, month_of(day) + YEAR)


def keep_warm(over: threading.Event | None = None) -> threading.Thread:
    """A thread that does so now and whenever a new day has begun, until told or the process ends."""

    def look() -> None:
        done = None
        while True:
            day = timezone.localdate()
            if day != done:
                done = day if _quietly(partial(warm, day)) else done
            if over is not None and over.wait(_LOOK_EACH):
                return
            if over is None:
                time.sleep(_LOOK_EACH)

    thread = threading.Thread(target=look, name="warming", daemon=True)
    thread.start()
    return thread


def _quietly(do: Callable[[], object]) -> bool:
    """Pages work it out themselves where this fails, and tell what is wrong."""
    try:
        do()
    except Exception:
        _log.exception("warming up")
        return False
    finally:
        connection.close()
    return True
