"""Every paper that can be printed by name, in the order lists show them.

A module of papers declares its own `PAPERS`; here they are put together.
"""

from __future__ import annotations

from difflib import get_close_matches

from banzi.documents.papers import (
    adjustment_proposal,
    age_table,
    ballots,
    due_papers,
    inspection,
    meeting_lists,
    outcome_paper,
    roster_sheet,
    team_tables,
)
from banzi.documents.papers.paper_kinds import PaperKind
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NO_SUCH_PAPER = MessageKind("papers/no-such-paper", _("没有“{typed}”这种材料；可印的有：{choices}"))

ALL_PAPERS: tuple[PaperKind, ...] = (
    *roster_sheet.PAPERS,
    *meeting_lists.PAPERS,
    *adjustment_proposal.PAPERS,
    *inspection.PAPERS,
    *ballots.PAPERS,
    *team_tables.PAPERS,
    *outcome_paper.PAPERS,
    *age_table.PAPERS,
    *due_papers.PAPERS,
)


def find_paper(typed: str) -> PaperKind:
    """The paper by its id or Chinese title.

    Raises
    ------
    BanziError
        `papers/no-such-paper`, naming those that are near, else all.
    """
    for paper in ALL_PAPERS:
        if typed in (paper.id, paper.title):
            return paper
    names = [name for paper in ALL_PAPERS for name in (paper.title, paper.id)]
    near = get_close_matches(typed, names, n=4, cutoff=0.4)
    choices = near or [f"{paper.title}（{paper.id}）" for paper in ALL_PAPERS]
    raise BanziError(NO_SUCH_PAPER(typed=typed, choices=choices))
