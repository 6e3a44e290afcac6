"""The papers of a signed draft: which are wanted, of whom they speak, where they lie.

The same papers as `banzi papers write` and `banzi papers notice` make. They speak of the records as
they were before the batch took effect: afterwards 现任职务 is another one. What is made lies in
HOME/papers/<draft>/<job>, the newest set of each account; backups leave it out, for it can be made
again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.letters import notice
from banzi.documents.papers.letters.letter import Head, Letter
from banzi.documents.papers.moves import Move
from banzi.documents.papers.plan_papers import DOCX, LRMX, PDF, Wanted, with_assignments
from banzi.documents.papers.writing import Format
from banzi.documents.target_files import read_targets
from banzi.facts.levels import seats_at
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law import load_law
from banzi.roster import Roster, load_roster
from banzi.structure.members import members_of
from banzi.structure.report import ReportData, report_data
from banzi.web.accounts.rights import Rights
from banzi.web.board.desk import Desk, folder_of
from banzi.web.board.effect import carried_out, moves
from banzi.web.board.models import Decision, Draft, DraftState
from banzi.web.queries.exporting import check_release
from banzi.web.records.freezing import HomePhotos, current_folder, current_roster
from banzi.web.records.sight import whole_facts

NOT_SIGNED = MessageKind("board/papers-unsigned", _("方案还没有签批，不出材料；请先签批"))
NO_MOVES = MessageKind("board/papers-no-moves", _("方案与现任相同，没有任免，也就没有材料"))

FORMS = {
    DOCX: _("Word（.docx）"),
    PDF: _("PDF"),
    LRMX: _("任免审批表交换文件（.lrmx）"),
}
LISTS = ("discussion-list", "overview", "proposal", "inspection-plan", "opinion-list", "roster",
         "department-ballot", "committee-ballot")  # fmt: skip
USUAL_LISTS = ("discussion-list", "overview", "proposal")
_OF_THE_SEATED = "roster"


def decision_of(draft: Draft) -> Decision | None:
    return Decision.objects.filter(draft=draft).first()


def before_folder(draft: Draft) -> Path:
    """The records as they were when the batch of the draft took effect."""
    return folder_of(draft.project) / f"before-{draft.pk}"


def keep_before(draft: Draft) -> None:
    """Put the records aside, to be called before the batch is written into them."""
    kept = before_folder(draft)
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(current_folder(draft.project.as_of), kept)


def roster_of(draft: Draft) -> Roster:
    """The records that the papers speak of, on the draft's day."""
    decision = decision_of(draft)
    if decision is None or decision.applied_at is None or not before_folder(draft).is_dir():
        return current_roster(draft.project.as_of)
    found = replace(load_roster(before_folder(draft)), as_of=draft.project.as_of)
    return replace(found, photos=HomePhotos(found))


def checked_moves(draft: Draft, desk: Desk, roster: Roster) -> tuple[Move, ...]:
    """Who moves, where papers may be written at all.

    Raises
    ------
    BanziError
        `board/papers-unsigned`, `board/papers-no-moves`.
    """
    if draft.state != DraftState.SIGNED:
        raise BanziError(NOT_SIGNED())
    found = moves(draft, desk, roster)
    if not found:
        raise BanziError(NO_MOVES())
    return found


def check_rights(
    rights: Rights, asked: Mapping[str, Any], found: Iterable[Move], roster: Roster
) -> None:
    """Every field of everybody the papers speak of must be the account's to take out.

    Raises
    ------
    BanziError
        `queries/not-released`, with how many it is not.
    """
    persons = {move.person_id for move in found}
    if asked["report"] or _OF_THE_SEATED in asked["tables"]:
        persons |= set(seats_at(roster, roster.as_of)["person_id"])
    check_release(rights, persons, tuple(FieldClass))


def wanted_of(asked: Mapping[str, Any], draft: Draft, desk: Desk) -> Wanted:
    """The papers that a filled-in page asks for."""
    decision = decision_of(draft)
    marking = asked["marking"]
    return Wanted(
        forms=tuple(asked["approval"]),
        tables=tuple(asked["tables"]),
        ending=Format(asked["ending"]),
        layout=Layout(asked["layout"]),
        teams=tuple(desk.problem.teams),
        marking=marking,
        notice=_frame(asked, decision, marking) if asked["notice"] and decision else None,
    )


def _frame(asked: Mapping[str, Any], decision: Decision, marking: str) -> Letter:
    """The notice without its title and decisions; without a mark it goes on paper with a red head."""
    mark = asked["mark"].strip()
    head = Head(mark, decision.document_no, secrecy=marking) if mark else None
    return Letter(
        title="",
        body=asked["opening"].strip() or notice.OPENING,
        addressees=_several(asked["addressees"]),
        issuers=_several(asked["issuers"]),
        issued_on=decision.decided_on,
        head=head,
        marking="" if head else marking,
    )


def _several(text: str) -> tuple[str, ...]:
    parts = text.replace("；", "\n").replace(";", "\n").replace("，", "\n").splitlines()
    return tuple(part.strip() for part in parts if part.strip())


def reports(draft: Draft, desk: Desk, roster: Roster) -> tuple[ReportData, ReportData]:
    """The structure of the teams under the draft, and as it is now."""
    law, day = load_law(), draft.project.as_of
    kept = sorted(folder_of(draft.project).glob("targets-*"))
    file = read_targets(kept[0] if kept else None)
    now = members_of(roster, whole_facts(roster, day, law), day)
    then = with_assignments(now, carried_out(draft, desk))
    return (
        report_data(then, file.targets, file.settings, now),
        report_data(now, file.targets, file.settings),
    )


def folder_of_papers(draft: Draft, job_id: str) -> Path:
    """Where the set that a job wrote lies."""
    return Path(settings.BANZI_HOME) / "papers" / str(draft.pk) / job_id


def zip_of_papers(draft: Draft, job_id: str) -> Path:
    """The same set as one file, beside its folder."""
    return folder_of_papers(draft, job_id).with_name(f"{job_id}.zip")
