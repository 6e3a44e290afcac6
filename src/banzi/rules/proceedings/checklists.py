"""Points that must all be done, and classes of people who must all be there."""

from __future__ import annotations

from collections.abc import Mapping

from banzi.kernel.logic import all_of
from banzi.rules.proceedings.declaring import Answer, Given


def all_done(given: Given, points: Mapping[str, str], otherwise: str) -> Answer:
    """Whether each flag is set; `otherwise` names the others as `{open}`.

    A point that nobody answered is never taken as done.
    """
    flags = {name: getattr(given, name) for name in points}
    left = [points[name] for name, is_done in flags.items() if is_done is False]
    return Answer(all_of(flags.values()), {"open": left}, otherwise)


def all_represented(given: Given, classes: Mapping[str, str], otherwise: str) -> Answer:
    """Whether somebody of each class is counted; `otherwise` names empty ones as `{absent}`."""
    numbers = {name: getattr(given, name) for name in classes}
    absent = [classes[name] for name, number in numbers.items() if number == 0]
    return Answer(
        all_of(None if number is None else number > 0 for number in numbers.values()),
        {"absent": absent},
        otherwise,
    )
