"""监票人 — one chief scrutineer; scrutineers are voters who are not candidates.

LE 28 and 29. Counters work under the scrutineers; that a counter is no candidate is asked too,
since a candidate must not count his own votes (our reading).
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/28/tellers",
    title=_("监票人和计票人"),
    cites=["LE/28"],
    since="2020-12-28",
    asks={
        "chief_scrutineers": Ask(_("总监票人"), "names"),
        "scrutineers": Ask(_("监票人"), "names"),
        "counters": Ask(_("计票人"), "names"),
        "candidates": Ask(_("候选人"), "names"),
        "voters": Ask(_("选举人"), "names"),
    },
)
def tellers(at: Context, given: Given) -> Answer:
    """Hold with one chief and nobody a candidate, scrutineers being voters."""
    chiefs, watching = given.chief_scrutineers, given.scrutineers
    counting, candidates, voters = given.counters, given.candidates, given.voters
    if chiefs is not None and len(chiefs) != 1:
        return Answer(False, {"count": len(chiefs)}, _("总监票人应为一人，现为{count}人"))
    if watching is not None and not watching:
        return Answer(False, {}, _("没有监票人"))
    known = [*(chiefs or []), *(watching or []), *(counting or [])]
    if candidates is not None and (both := [name for name in known if name in candidates]):
        return Answer(False, {"names": both}, _("{names}是候选人，不得监票、计票"))
    others = [*(chiefs or []), *(watching or [])]
    if voters is not None and (strangers := [name for name in others if name not in voters]):
        return Answer(False, {"names": strangers}, _("{names}不是选举人，不得监票"))
    everything = (chiefs, watching, counting, candidates, voters)
    return Answer(None if any(part is None for part in everything) else True)
