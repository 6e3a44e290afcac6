"""Margins of candidates over seats, in whole names."""

from __future__ import annotations

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Given


def names_needed(seats: int, percent: int) -> int:
    """The least number of names that is so many percent more than the seats."""
    return -(-seats * (100 + percent) // 100)


def least_names(given: Given, percent: int) -> Answer:
    """Whether `given.candidates` reaches the margin over `given.seats`; the number as value."""
    if given.seats is None or given.candidates is None:
        return Answer(holds=None)
    least = names_needed(given.seats, percent)
    return Answer(
        given.candidates >= least,
        {"seats": given.seats, "candidates": given.candidates, "least": least, "percent": percent},
        _("应选{seats}人，候选人{candidates}人，差额不少于百分之{percent}须有{least}人以上"),
        value=least,
    )
