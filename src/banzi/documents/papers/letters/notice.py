"""关于×××等同志职务任免的通知: decisions worded as sentences of a letter.

One paragraph a person, in the order wanted; persons who stand together and for whom exactly the
same was decided share a sentence. Who is appointed comes before who is only removed. Persons of
one name are told apart by month of birth, else by sex, else by the end of the ID number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from banzi.codes.levels import seniority
from banzi.documents.papers.letters.decision_checks import Posts, check_decisions, posts_of
from banzi.documents.papers.letters.decisions import Decision
from banzi.documents.papers.letters.letter import Letter
from banzi.kernel.dates import PartialDate, Precision
from banzi.kernel.errors import BanziError, Problem
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import Sex
from banzi.roster import Roster

NOT_TOLD_APART = MessageKind(
    "notice/not-told-apart",
    _("任免事项中有{count}人叫“{name}”，出生年月、性别、身份证号均不足以区分；请先在花名册中补齐"),
)

OPENING = _("经研究决定：")
PLACE_OF_DECISIONS = "{{任免事项}}"
"""In the body of a letter: where the sentences go; without it they follow the body."""

_APPOINT = _("任命{names}同志为{posts}{probation}")
_REMOVE = _("免去{names}同志的{posts}职务")
_AND_REMOVE = _("，免去其{posts}职务")
_PROBATION = _("（试用期一年）")
_BORN = _("{name}（{year}年{month}月生）")
_BRACKET = _("{name}（{text}）")
_TITLE_FEW, _TITLE_MANY = _("关于{names}同志{matter}的通知"), _("关于{names}等同志{matter}的通知")
_BOTH, _ONLY_APPOINTED, _ONLY_REMOVED = _("职务任免"), _("任职"), _("免职")
_LAST_FOUR = _("身份证号末四位{digits}")
_FEW = 2


class Order(StrEnum):
    """INPUT: as the list has it. RANK: level of the post, then the roster's order of posts."""

    INPUT = "input"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Decisions in the order of the notice, names as it shows them, what to look at first."""

    decisions: tuple[Decision, ...]
    names: Mapping[str, str]
    findings: tuple[Problem, ...]

    @property
    def title(self) -> str:
        return notice_title(self.decisions, self.names)


def prepared(
    decisions: Sequence[Decision], roster: Roster, day: date, order: Order = Order.INPUT
) -> Prepared:
    """Check the decisions against each other and the roster, and put them in order.

    Raises
    ------
    BadInput, BanziError
        As `check_decisions` and `told_apart`.
    """
    found = check_decisions(decisions, roster, day)
    listed = ordered(decisions, roster, day, order)
    return Prepared(listed, told_apart(listed, roster), found)


def ordered(
    decisions: Sequence[Decision], roster: Roster, day: date, order: Order
) -> tuple[Decision, ...]:
    """The decisions in the order of the notice; a post the roster does not know stands last."""
    if order is Order.INPUT:
        return tuple(decisions)
    posts = posts_of(roster, day)
    levels = dict(roster["posts"].select("post_id", "post_level").iter_rows())
    return tuple(sorted(decisions, key=lambda each: _rank(each, posts, levels)))


def notice_title(decisions: Sequence[Decision], names: Mapping[str, str]) -> str:
    """The customary title: one or two persons by name, more as the first and 等."""
    order = [each for each in decisions if each.appointed]
    order += [each for each in decisions if not each.appointed]
    some, all_ = any(d.appointed for d in order), any(d.removed for d in order)
    matter = _BOTH if some and all_ else _ONLY_APPOINTED if some else _ONLY_REMOVED
    shown = [names[each.person_id] for each in order]
    if len(shown) > _FEW:
        return render(_TITLE_MANY, {"names": shown[:1], "matter": matter})
    return render(_TITLE_FEW, {"names": shown, "matter": matter})


def notice_letter(frame: Letter, decisions: Sequence[Decision], names: Mapping[str, str]) -> Letter:
    """The letter with the decisions in its body.

    Parameters
    ----------
    frame
        Head, addressees, signature …; its body opens the notice.
    names
        Person → name as the notice shows it (`told_apart`).
    """
    sentences = "\n".join(notice_sentences(decisions, names))
    body = frame.body.strip("\n")
    if PLACE_OF_DECISIONS not in body:
        body = f"{body}\n{PLACE_OF_DECISIONS}"
    body = body.replace(PLACE_OF_DECISIONS, sentences)
    whole = (*frame.whole_words, *names.values())
    return replace(frame, body=body, whole_words=whole)


def notice_sentences(decisions: Sequence[Decision], names: Mapping[str, str]) -> list[str]:
    """The sentences, one a paragraph; all end in a semicolon but the last."""
    order = [each for each in decisions if each.appointed]
    order += [each for each in decisions if not each.appointed]
    sentences = []
    for same, group in groupby(order, key=_decided):
        persons = [names[each.person_id] for each in group]
        sentences.append(_sentence(same, persons))
    return [f"{text}；" for text in sentences[:-1]] + [f"{text}。" for text in sentences[-1:]]


def told_apart(decisions: Sequence[Decision], roster: Roster) -> dict[str, str]:
    """Person → name as the notice shows it; namesakes get a bracket.

    Raises
    ------
    BanziError
        `notice/not-told-apart`: nothing that is known tells namesakes apart.
    """
    rows = {
        row["person_id"]: row
        for row in roster["persons"]
        .select("person_id", "name", "birth", "sex", "id_number")
        .iter_rows(named=True)
    }
    counts = Counter(each.name for each in decisions)
    names: dict[str, str] = {}
    for name, count in counts.items():
        persons = [each.person_id for each in decisions if each.name == name]
        if count == 1:
            names[persons[0]] = name
            continue
        for tell in (_by_birth, _by_sex, _by_number):
            shown = [tell(name, rows[person]) for person in persons]
            if None not in shown and len(set(shown)) == count:
                break
        else:
            raise BanziError(NOT_TOLD_APART(name=name, count=count))
        names |= {person: text or name for person, text in zip(persons, shown, strict=True)}
    return names


def _decided(decision: Decision) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    return decision.appointed, decision.removed, decision.on_probation


def _sentence(same: tuple[tuple[str, ...], tuple[str, ...], bool], persons: Sequence[str]) -> str:
    appointed, removed, probation = same
    if not appointed:
        return render(_REMOVE, {"names": list(persons), "posts": list(removed)})
    values = {
        "names": list(persons),
        "posts": list(appointed),
        "probation": _PROBATION if probation else "",
    }
    text = render(_APPOINT, values)
    if removed:
        text += render(_AND_REMOVE, {"posts": list(removed)})
    return text


def _rank(decision: Decision, posts: Posts, levels: Mapping[str, str | None]) -> tuple[int, int]:
    """Highest level first; of equal levels the post that the roster lists first."""
    ids = decision.post_ids or tuple(
        post for text in (decision.appointed or decision.removed) for post in posts.of(text)
    )
    steps = [seniority(levels.get(post) or "") or 0 for post in ids]
    known = [posts.house.rank(post) for post in ids if post in posts.house.titles]
    return -max(steps, default=-1), min(known, default=len(posts.house.posts))


def _by_birth(name: str, row: Mapping[str, Any]) -> str | None:
    if row["birth"] is None:
        return None
    born = PartialDate(row["birth"])
    if born.precision < Precision.MONTH:
        return None
    return render(_BORN, {"name": name, "year": born.year, "month": born.month})


def _by_sex(name: str, row: Mapping[str, Any]) -> str | None:
    if row["sex"] is None:
        return None
    return render(_BRACKET, {"name": name, "text": Sex[row["sex"].upper()].zh})


def _by_number(name: str, row: Mapping[str, Any]) -> str | None:
    number = row["id_number"]
    if not number:
        return None
    return render(_BRACKET, {"name": name, "text": render(_LAST_FOUR, {"digits": number[-4:]})})
