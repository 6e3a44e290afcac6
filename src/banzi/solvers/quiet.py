"""A HiGHS object that prints nothing and whose options are held to: what search and relaxation share."""

from __future__ import annotations

import math

import highspy

Option = bool | int | float | str


class Failed(Exception):
    """HiGHS stopped for a reason that is neither an answer nor the time limit."""


def quiet_highs(**options: Option) -> highspy.Highs:
    """A new object with these options."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types it in part
    for option, value in {"output_flag": False, "log_to_console": False, **options}.items():
        set_option(highs, option, value)
    return highs


def set_option(highs: highspy.Highs, option: str, value: Option) -> None:
    """Raise `Failed` for an option that HiGHS does not take."""
    if highs.setOptionValue(option, value) != highspy.HighsStatus.kOk:
        raise Failed(f"option {option}")


def pass_model(highs: highspy.Highs, model: highspy.HighsLp) -> None:
    """Raise `Failed` for a model that HiGHS does not take."""
    if highs.passModel(model) == highspy.HighsStatus.kError:
        raise Failed("model")


def limit_time(highs: highspy.Highs, seconds: float) -> None:
    """End the next run after so many seconds (infinite allowed)."""
    limit = highs.getRunTime() + seconds  # it counts the run time of the object's whole life
    set_option(highs, "time_limit", limit if math.isfinite(limit) else highspy.kHighsInf)
