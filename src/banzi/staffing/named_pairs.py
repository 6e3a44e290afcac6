"""Pairs that the settings name (pins, bans, what is already decided) → ids of the bundle.

People write names where they can; a name that two share must be an id.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.candidate_pairs import CandidatePairs, Screened
from banzi.staffing.settings import NamedPair
from banzi.structure.members import Members

NO_SUCH_POST = MessageKind(
    "plan-build/no-such-post", _("找不到职位“{post}”，或有几个同名职位；请改填职位标识")
)
NO_SUCH_PERSON = MessageKind(
    "plan-build/no-such-person", _("找不到人员“{person}”，或有几个同名人员；请改填人员标识")
)
NOT_A_CANDIDATE = MessageKind(
    "plan-build/not-a-candidate",
    _(
        "“{person}”不是“{post}”的可选人选（{why}），不能指定；请用 banzi eligibility explain 查明原因"
    ),
)
_VERDICT_TEXTS = {
    "fail": MessageKind("plan-build/verdict-fail", _("不符合任职条件")),
    "unknown": MessageKind("plan-build/verdict-unknown", _("材料不足，无法判断")),
    "level": MessageKind("plan-build/left-out-level", _("职务层次等不在本方案考虑范围")),
    "": MessageKind("plan-build/not-screened", _("未列入审核")),
}


class NamedPairs:
    """Pairs named in the settings → ids, each flaw reported under its setting."""

    def __init__(
        self,
        members: Members,
        found: CandidatePairs,
        screened: Screened,
        log: ProblemLog,
        file: str,
    ) -> None:
        self._posts = _by_name(members.posts.unique("post_id"), "post_id", "post_name")
        self._people = _by_name(members.people, "person_id", "name")
        self._pairs = set(found.pairs.select("post_id", "person_id").iter_rows())
        self._screened, self._log, self._file = screened.pairs, log, file

    def pairs(self, listed: Sequence[NamedPair], key: str, pinned: bool) -> list[dict[str, str]]:
        known = []
        for place, pair in enumerate(listed):
            at = Location(self._file, column=f"{key}[{place}]")
            post, person = self._posts.get(pair.post), self._people.get(pair.person)
            if post is None:
                self._log.add(NO_SUCH_POST(post=pair.post), at)
            if person is None:
                self._log.add(NO_SUCH_PERSON(person=pair.person), at)
            if post is None or person is None:
                continue
            if pinned and (post, person) not in self._pairs:
                why = _VERDICT_TEXTS[self._verdict(post, person)]()
                message = NOT_A_CANDIDATE(person=pair.person, post=pair.post, why=why)
                self._log.add(message, at)
            elif pinned or (post, person) in self._pairs:
                known.append({"post_id": post, "person_id": person})
        return known

    def _verdict(self, post: str, person: str) -> str:
        same = (pl.col("post_id") == post) & (pl.col("person_id") == person)
        said = self._screened.filter(same)["verdict"].to_list()
        if not said:
            return ""
        return str(said[0]) if said[0] in ("fail", "unknown") else "level"


def _by_name(frame: pl.DataFrame, key: str, name: str) -> dict[str, str]:
    """Ids by id and by every name that only one row has."""
    single = frame.filter(~pl.col(name).is_duplicated()).select(name, key)
    return {**dict(single.iter_rows()), **{each: each for each in frame[key]}}
