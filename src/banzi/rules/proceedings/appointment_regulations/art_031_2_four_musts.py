"""凡提四必 — four checks, each dated after the start and before the discussion, each clear.

AR 31, FT, RP/checks, PF/checks. A check that is missing, undated or open is never a pass: the four
dates and results are asked for, and any unknown one makes the answer unknown.
"""

from collections.abc import Iterator
from datetime import date

from banzi.kernel.logic import Truth, all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

CHECKS = {
    "file": _("干部档案审核"),
    "matters": _("个人有关事项核查"),
    "discipline": _("纪检监察机关意见"),
    "complaints": _("信访举报核查"),
}
RESULT = {"clear": _("清楚、无影响"), "open": _("尚未查清"), "barred": _("影响使用")}
_ON, _RESULT = _("完成之日"), _("结论")


def _asks() -> Iterator[tuple[str, Ask]]:
    for name, zh in CHECKS.items():
        yield f"{name}_on", Ask(f"{zh}·{_ON}", "date")
        yield f"{name}_result", Ask(f"{zh}·{_RESULT}", "choice", RESULT)


@must_hold(
    id="appointment-regulations/31.2/four-musts",
    title=_("凡提四必"),
    cites=["AR/31.2", "FT/four-musts", "RP/checks", "PF/checks"],
    since="2019-03-03",
    asks={
        "started_on": Ask(_("启动之日"), "date"),
        "discussed_on": Ask(_("讨论决定之日"), "date"),
        **dict(_asks()),
    },
)
def four_musts(at: Context, given: Given) -> Answer:
    """Hold when each check is dated in time and clear."""
    found = {
        name: all_of(
            [
                _within(given.started_on, getattr(given, f"{name}_on"), given.discussed_on),
                None
                if getattr(given, f"{name}_result") is None
                else getattr(given, f"{name}_result") == "clear",
            ]
        )
        for name in CHECKS
    }
    wrong = [CHECKS[name] for name, holds in found.items() if holds is False]
    return Answer(
        all_of(found.values()),
        {"checks": wrong},
        _("{checks}未在启动之后、讨论决定之前完成，或者结论不清、影响使用，不得提交讨论"),
    )


def _within(first: date | None, day: date | None, last: date | None) -> Truth:
    return all_of(
        [
            None if first is None or day is None else first <= day,
            None if day is None or last is None else day <= last,
        ]
    )
