"""Numbers of ballots that must fit: given out, returned, with too many names, counted."""

from __future__ import annotations

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given

NUMBERS_OF_BALLOTS = {
    "issued": Ask(_("发出选票")),
    "returned": Ask(_("收回选票")),
    "overfull": Ask(_("多选选票")),
    "counted": Ask(_("计为有效的选票")),
}


def ballots_hold(given: Given) -> Answer:
    """Whether no more came back than went out, and none with too many names was counted."""
    issued, returned = given.issued, given.returned
    shows = {
        "issued": issued,
        "returned": returned,
        "overfull": given.overfull,
        "counted": given.counted,
    }
    if issued is not None and returned is not None and returned > issued:
        return Answer(False, shows, _("发出{issued}张，收回{returned}张，选举无效，应当重新选举"))
    parts = (returned, given.overfull, given.counted)
    if None not in parts and given.counted > returned - given.overfull:
        return Answer(
            False,
            shows,
            _("收回{returned}张，多选{overfull}张，计为有效{counted}张，多选的应计为无效"),
        )
    return Answer(None if None in (issued, *parts) else True, shows)
