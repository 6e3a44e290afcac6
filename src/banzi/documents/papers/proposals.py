"""What is proposed for whom: from a checked plan, or from 拟任 and 拟免 on people's own forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from banzi.documents.papers.moves import House, Move, holds_other_office
from banzi.documents.papers.office_table import Cell, Group, Row
from banzi.documents.papers.paper_kinds import Order, PlanMoves, Request
from banzi.documents.papers.people import arranged, chosen
from banzi.documents.papers.person_columns import TO_CHECK, People, Person
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _

NOTHING_PROPOSED = MessageKind(
    "papers/nothing-proposed",
    _(
        "没有拟任免的人员：未给出方案，花名册中也没有人的任免审批表填了“拟任职务”“拟免职务”；"
        "请加 --plan 和 --problem，或用 --persons 给出名单"
    ),
)
WITHOUT_PROPOSAL = MessageKind(
    "papers/without-proposal", _("{names}没有拟任免职务，表中印“待核”；请补填")
)
ONLY_REMOVED = MessageKind("papers/only-removed", _("{names}只免不任，未列入"))
NOT_IN_PLAN = MessageKind("papers/not-in-plan", _("{names}在方案中没有变动，未列入"))

_APPOINT, _REMOVE = _("拟任{post}"), _("拟免{post}")
_NOTE = _("{number}．{names}：{text}")
_SETTLE = _("需先由人裁定——{text}")
_VACANT = _("方案中仍空缺的职位：{posts}")
_OTHER = _("现任职务不在本次选配职位之内，是否免去请核定")
_ALREADY = ("拟", "提名", "建议")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person and what is proposed.

    Attributes
    ----------
    appointment
        The posts to take up, without 拟任.
    text
        `拟任云岭市副市长` and `拟免云岭市委常委`, one a line; 待核 when nothing is known.
    remarks
        What a person must settle or look up first.
    leaves
        Whether posts are given up and none is taken up.
    """

    person: Person
    text: str
    appointment: str = ""
    remarks: tuple[str, ...] = ()
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Proposals:
    """Proposals under the headings and in the order of a paper; `vacant` as titles of posts."""

    sections: tuple[tuple[str, tuple[Proposal, ...]], ...]
    phrase: str = ""
    vacant: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def doubts(self) -> tuple[Message, ...]:
        """The notes of a paper that prints what is proposed: also for whom nothing is."""
        unclear = [each.person.name for each in self.all if each.text == TO_CHECK]
        return (*((WITHOUT_PROPOSAL(names=unclear),) if unclear else ()), *self.notes)

    @property
    def all(self) -> tuple[Proposal, ...]:
        return tuple(each for _title, members in self.sections for each in members)


def proposals_of(request: Request) -> Proposals:
    """Everybody for whom something is proposed, or whom the list names.

    With a plan: those whose posts change, by team in the order of the posts concerned, unless
    another order is asked for. Without: who was chosen, else everybody whose form has 拟任 or 拟免.

    Raises
    ------
    BanziError
        `papers/nothing-proposed`.
    """
    if request.plan is not None:
        return _of_plan(request, request.plan)
    return _of_forms(request)


def proposal_text(move: Move, house: House) -> str:
    """`拟任云岭市副市长` and `拟免云岭市委常委`, one a line."""
    return _text(house.title_text(move.to_posts), house.title_text(move.from_posts))


def entering(proposals: Proposals) -> Proposals:
    """Without those who only give up posts: they are not looked into again."""
    leaving = [each.person.name for each in proposals.all if each.leaves]
    if not leaving:
        return proposals
    sections = tuple(
        (title, kept)
        for title, members in proposals.sections
        if (kept := tuple(each for each in members if not each.leaves))
    )
    notes = (ONLY_REMOVED(names=leaving), *proposals.notes)
    return replace(proposals, sections=sections, notes=notes)


def rows_of(
    proposals: Proposals, cells: Callable[[int, Proposal], Sequence[Cell]]
) -> list[Row | Group]:
    """The rows, numbered from 1 throughout, with the headings of their sections between them."""
    rows: list[Row | Group] = []
    number = 0
    for title, members in proposals.sections:
        if title:
            rows.append(Group(title))
        for each in members:
            number += 1
            rows.append(Row(tuple(cells(number, each))))
    return rows


def remark_lines(proposals: Proposals) -> list[str]:
    """Vacant posts, and each remark once with the names it is about."""
    lines = [render(_VACANT, {"posts": list(proposals.vacant)})] if proposals.vacant else []
    about: dict[str, list[str]] = {}
    for each in proposals.all:
        for remark in each.remarks:
            about.setdefault(remark, []).append(each.person.name)
    for number, (text, names) in enumerate(about.items(), start=1):
        lines.append(render(_NOTE, {"number": number, "names": names, "text": text}))
    return lines


def _of_plan(request: Request, plan: PlanMoves) -> Proposals:
    people = People(request.roster, request.as_of)
    wanted = None if request.persons is None else set(request.persons)
    made: dict[str, tuple[Move, Proposal]] = {}
    for move in plan.moves:
        chosen_team = request.teams is None or move.team_id in request.teams
        if chosen_team and (wanted is None or move.person_id in wanted):
            person = people.person(move.person_id)
            made[move.person_id] = (move, _planned(move, plan.house, person))
    notes: tuple[Message, ...] = ()
    if wanted is not None:
        names = [plan.house.names[each] for each in request.persons or () if each not in made]
        notes = (NOT_IN_PLAN(names=names),) if names else ()
    order = request.order or (Order.RANK if wanted is None else Order.INPUT)
    vacant = () if wanted or request.teams else plan.vacant
    titles = tuple(plan.house.titles[post] for post in vacant)
    if order is Order.RANK:
        groups: dict[str, list[Proposal]] = {}
        for move, proposal in made.values():
            groups.setdefault(move.team_name, []).append(proposal)
        sections = tuple((title, tuple(members)) for title, members in groups.items())
        return Proposals(sections, vacant=titles, notes=notes)
    ids = list(made) if wanted is None else [each for each in request.persons or () if each in made]
    placed = arranged(request, ids)
    members = tuple(made[person][1] for person in placed.persons)
    return Proposals((("", members),), placed.phrase, titles, (*notes, *placed.notes))


def _planned(move: Move, house: House, person: Person) -> Proposal:
    remarks = [render(_SETTLE, {"text": move.settling})] if move.settling else []
    if holds_other_office(move, person.form["current_posts_text"]):
        remarks.append(_OTHER)
    return Proposal(
        person,
        proposal_text(move, house),
        house.title_text(move.to_posts),
        tuple(remarks),
        move.leaves,
    )


def _of_forms(request: Request) -> Proposals:
    people = People(request.roster, request.as_of)
    ids: Sequence[str] = request.persons or ()
    if request.persons is None:
        listed = request.roster["persons"].select(
            "person_id", "proposed_posts_text", "removed_posts_text"
        )
        proposed = [row[0] for row in listed.iter_rows() if row[1] or row[2]]
        members = set(chosen(request)) if request.teams is not None else None
        ids = [each for each in proposed if members is None or each in members]
        if not ids:
            raise BanziError(NOTHING_PROPOSED())
    placed = arranged(request, ids)
    made = {person_id: proposal_of_form(people.person(person_id)) for person_id in placed.persons}
    sections = tuple(
        (section.title, tuple(made[person] for person in section.persons))
        for section in placed.sections
    )
    return Proposals(sections, placed.phrase, notes=placed.notes)


def proposal_of_form(person: Person) -> Proposal:
    """What the person's own form proposes; 待核 where it says nothing."""
    new, old = person.form["proposed_posts_text"], person.form["removed_posts_text"]
    return Proposal(person, _text(new, old) or TO_CHECK, new, leaves=bool(old and not new))


def _text(new: str, old: str) -> str:
    parts = ((_APPOINT, new), (_REMOVE, old))
    return "\n".join(
        post if post.startswith(_ALREADY) else render(template, {"post": post})
        for template, post in parts
        if post
    )
