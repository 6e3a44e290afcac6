"""What may be told of a draft to somebody who may not see everybody in it: the one place that says.

A figure counts people. One that counts somebody out of the viewer's sight is not told at all: not
rounded, not for the others alone, which would pass as the draft's own. So a target is told where
everybody placed in its posts is in sight; values of tiers, hard requirements missed and what a move
gains rest on the whole draft, and are told to whoever sees everybody placed. The board, its
fragments, files taken along and the API all ask here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.coverage import covered_by
from banzi.web.accounts.rights import Rights, Verb

NOT_ALL = MessageKind(
    "board/not-all-in-reach",
    _("其中{count}人不在您的查看或发布范围内，不能办理；请由对全部人员有权限的人办理"),
)
UNTOLD = MessageKind(
    "board/figures-untold", _("方案中有您无权查看的人员，计入他们的数字和效果不显示")
)


@dataclass(frozen=True, slots=True)
class Seen:
    """`hidden`: of the persons asked about, those out of the viewer's sight."""

    hidden: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether everybody is in sight."""
        return not self.hidden

    @property
    def untold(self) -> Message | None:
        """What a page says in place of figures that rest on everybody; None where they are told."""
        return None if self.is_whole else UNTOLD()

    def tells(self, person_ids: Iterable[str]) -> bool:
        """Whether a figure that counts these persons may be told."""
        return self.is_whole or self.hidden.isdisjoint(person_ids)


def seen_of(rights: Rights, person_ids: Iterable[str], verb: Verb = Verb.VIEW) -> Seen:
    """Who of these persons is out of reach, of the persons placed in a draft as a rule."""
    if rights.covers_everybody(verb):
        return Seen()
    return Seen(frozenset(person_ids) - covered_by(rights, verb, FieldClass.BASIC))


def refuse_unless_in_reach(rights: Rights, person_ids: Iterable[str]) -> None:
    """Whoever signs or carries out sees, and may release, everybody whom it concerns.

    Raises
    ------
    BanziError
        `board/not-all-in-reach`.
    """
    concerned = frozenset(person_ids)
    hidden = frozenset[str]().union(
        *(seen_of(rights, concerned, verb).hidden for verb in (Verb.VIEW, Verb.RELEASE))
    )
    if hidden:
        raise BanziError(NOT_ALL(count=len(hidden)))
