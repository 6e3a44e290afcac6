"""What `banzi plan why` says of somebody who is no candidate of a post."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from banzi.cli import terminal
from banzi.cli.plan_wording import ADVICE
from banzi.kernel.errors import BadInput, Problem
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster, load_roster
from banzi.staffing.answers.excluding import BY_PLAN, excluded_lines, excluding
from banzi.staffing.answers.telling import REASONS
from banzi.staffing.left_out import read_left_out

if TYPE_CHECKING:
    from banzi.rules import RuleResult
    from banzi.staffing.answers.case import Case

NO_PAIR = MessageKind("plan/why-no-pair", _("选配问题中没有此人任此职位的组合，也没有记录原因"))
NOT_IN_BUNDLE = MessageKind(
    "plan/why-not-in-bundle",
    _(
        "选配问题中没有“{typed}”：不是任何职位的可选人员，或姓名、标识有误；"
        "加--roster 花名册文件夹，可说明是哪一条规定"
    ),
)
ASK_ROSTER = MessageKind(
    "plan/why-ask-roster", _("要知道是哪一条规定：同一命令加--roster 花名册文件夹")
)
ALL_RULES = MessageKind(
    "plan/why-all-rules",
    _("各条的依据和事实：banzi eligibility explain {roster} --person {person} --post {post}"),
)


def say_unknown(
    case: Case, folder: Path, post: int, typed: str, roster: Path | None, as_json: bool
) -> None:
    """Of somebody whom the bundle does not know: an id or name of the roster, where that is given.

    Raises
    ------
    BadInput
        `plan/why-not-in-bundle`: no roster to look the person up in.
    BanziError
        The roster has no such person either, or several.
    """
    if roster is not None:
        from banzi.documents.selecting import PersonIndex, one_person

        person_id = one_person(typed, PersonIndex(load_roster(roster)))
    elif read_left_out(folder).limit(typed, case.problem.posts[post].post_id) is not None:
        person_id = typed
    else:
        raise BadInput([Problem(NOT_IN_BUNDLE(typed=typed))])
    say_no_candidate(case, folder, post, person_id, roster, as_json)


def say_no_candidate(
    case: Case, folder: Path, post: int, person_id: str, roster: Path | None, as_json: bool
) -> None:
    """The clauses that exclude, of the roster; else what the bundle knows of it, and how to know."""
    post_id = case.problem.posts[post].post_id
    limit = read_left_out(folder).limit(person_id, post_id)
    kept = None if roster is None else load_roster(roster)
    results = None if kept is None else _results(kept, case, person_id, post_id)
    if as_json:
        terminal.say_json(_json(case, post, person_id, results, limit))
        return
    called = case.names.person(person_id)
    if kept is not None and called == person_id:
        names = dict(kept["persons"].select("person_id", "name").iter_rows())
        called = names.get(person_id, person_id)
    terminal.say(REASONS["not-candidate"](person=called, post=case.post_name(post)))
    if results is not None:
        for line in excluded_lines(results, limit, terminal.language(), terminal.law()):
            terminal.say(line)
        terminal.say(ALL_RULES(roster=roster, person=person_id, post=post_id))
    elif limit is not None:
        terminal.say(BY_PLAN(reason=limit))
    else:
        terminal.say(NO_PAIR())
        terminal.say(ASK_ROSTER())
    terminal.say(ADVICE())


def _results(kept: Roster, case: Case, person_id: str, post_id: str) -> list[RuleResult]:
    from banzi.rules import explain

    return explain(kept, case.problem.as_of, person_id, post_id, law=terminal.law())


def _json(
    case: Case,
    post: int,
    person_id: str,
    results: list[RuleResult] | None,
    limit: Message | None,
) -> dict[str, Any]:
    from banzi.cli.eligibility_reasons import result_json

    return {
        "post_id": case.problem.posts[post].post_id,
        "person_id": person_id,
        "kind": "not-candidate",
        "losses": [],
        "members": [],
        "ways_out": [],
        "terms": [],
        "review": "",
        "answer": None,
        "excluded_by": None if results is None else [result_json(r) for r in excluding(results)],
        "limit": None if limit is None else limit.text(terminal.language()),
    }
