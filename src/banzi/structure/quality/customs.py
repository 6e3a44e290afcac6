"""配备惯例: a post that people of one kind have held in turn, and a change of that for people to decide.

The custom is read off the last holders on record (seats, and posts of the career table), or stands
on the post itself in words. It bars nobody and enters no target: where the present holder, or the one
of a plan, is of another kind, the post is flagged with the names behind it (systems.md row 19,
稳慎调整干部配备惯例: change with care, decided by people).

How many holders in a row make a custom is nobody's rule: it is a setting, printed with the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from banzi.facts.levels import seats_at
from banzi.facts.pairs import growth_pairs
from banzi.kernel.columns import Labelled
from banzi.kernel.date_columns import latest_day, on_or_before
from banzi.kernel.logic import Truth
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import FigureColumn, FigureRow, FigureTable, Unit
from banzi.structure.members import Members


class Custom(Labelled):
    """Whom a post has customarily gone to."""

    WOMAN = "woman", "女干部", "a woman"
    MINORITY = "minority", "少数民族干部", "somebody of an ethnic minority"
    OUTSIDE_PARTY = "outside_party", "党外干部", "somebody outside the Party"
    LOCAL = "local", "本地干部", "somebody who grew up in the area"


_FACTS: dict[Custom, tuple[str, bool]] = {
    Custom.WOMAN: ("is_woman", True),
    Custom.MINORITY: ("is_minority", True),
    Custom.OUTSIDE_PARTY: ("is_party_member", False),
}
_POST, _WHAT, _PAST, _NOW, _FLAG = (
    _("职位"),
    _("惯例"),
    _("历任（近者在前）"),
    _("现任或拟任"),
    _("提示"),
)
_CHANGED, _OPEN, _KEPT, _EMPTY = (
    _("改变惯例，请研究决定"),
    _("情况不明，请核实"),
    _("未改变"),
    _("空缺，选配时请留意"),
)
_HELD = _("近{count}任均为{kind}")
_SAID = _("登记：{text}")

HOW_READ = MessageKind(
    "quality/customs-read",
    _(
        "惯例由最近{count}任以上任职者的共同点得出（{count}为设置项，没有文件规定），或为职位上登记的文字；仅供提示，不作为限制，由有权机关研究决定。"
    ),
)
NO_CUSTOMS = MessageKind(
    "quality/no-customs",
    _(
        "没有找到配备惯例：职位没有登记惯例，近{count}任任职者没有共同点，或花名册没有历任记录（“任职”表中已免的行）。"
    ),
)


@dataclass(frozen=True, slots=True)
class PostCustom:
    """A custom of a post and who holds the post now, or would by a plan.

    Attributes
    ----------
    kind
        None where the custom stands on the post in words only.
    stated
        The words on the post, "" where there are none.
    past
        Names of holders before, the latest first: those the custom was read from.
    holders
        Person ids and names now or by the plan; empty for a vacancy.
    changed
        Whether the holder is of another kind; None where that is not known or the post is vacant,
        or where the custom is in words that nobody can compute.
    """

    post_id: str
    post_name: str
    team_name: str
    kind: Custom | None
    stated: str
    past: tuple[str, ...]
    holders: tuple[tuple[str, str], ...]
    changed: Truth

    def custom_text(self) -> str:
        if self.kind is None:
            return render(_SAID, {"text": self.stated})
        return render(_HELD, {"count": len(self.past), "kind": self.kind.zh})

    def flag_text(self) -> str:
        if not self.holders:
            return _EMPTY
        return {True: _CHANGED, False: _KEPT, None: _OPEN}[self.changed]


def customs(roster: Roster, members: Members, least: int) -> tuple[PostCustom, ...]:
    """Customs of every post in order of display, changed or not.

    Parameters
    ----------
    members
        The seats that are looked at: the present ones, or those of a plan.
    least
        Holders in a row that make a custom. The present holder of the roster counts among them
        when `members` are the seats of a plan.
    """
    present = {
        (post, person)
        for person, post in seats_at(roster, members.as_of)
        .select("person_id", "post_id")
        .iter_rows()
    }
    looked_at = set(members.seats.select("post_id", "person_id").iter_rows())
    past = _past_holders(roster, members.as_of, present - looked_at, present & looked_at)
    people = {row["person_id"]: row for row in members.people.iter_rows(named=True)}
    local = _local(roster, members, past)
    stated = dict(roster["posts"].select("post_id", "custom").iter_rows())
    seated: dict[str, list[str]] = defaultdict(list)
    for post, person in members.seats.iter_rows():
        seated[post].append(person)
    found: list[PostCustom] = []
    names = members.posts.unique("post_id", maintain_order=True)
    for post, name, team in names.select("post_id", "post_name", "team_name").iter_rows():
        before = past.get(post, [])
        now = seated.get(post, [])
        holders = tuple((person, people[person]["name"]) for person in now if person in people)
        for kind in Custom:
            run = _run(before, partial(_is, kind, post, people, local))
            if len(run) < least:
                continue
            is_one = [_is(kind, post, people, local, person) for person in now]
            changed = None if not now or None in is_one else not all(is_one)
            past_names = tuple(people[person]["name"] for person in run)
            found.append(
                PostCustom(
                    post, name, team, kind, stated.get(post) or "", past_names, holders, changed
                )
            )
        if stated.get(post):
            found.append(PostCustom(post, name, team, None, stated[post], (), holders, None))
    return tuple(found)


def custom_table(
    found: Sequence[PostCustom], as_of: date, least: int, changed_only: bool = False
) -> FigureTable:
    """Rows `post/kind` under their team, texts only."""
    columns = tuple(
        FigureColumn(key, label, unit=Unit.TEXT)
        for key, label in (
            ("post", _POST),
            ("custom", _WHAT),
            ("past", _PAST),
            ("holder", _NOW),
            ("flag", _FLAG),
        )
    )
    rows = []
    for each in found:
        if changed_only and (each.changed is False or not each.holders):
            continue
        texts = {
            "post": each.post_name,
            "custom": each.custom_text(),
            "past": render("{names}", {"names": list(each.past)}),
            "holder": render("{names}", {"names": [name for _id, name in each.holders]}),
            "flag": each.flag_text(),
        }
        key = f"{each.post_id}/{each.kind.value if each.kind else 'stated'}"
        rows.append(FigureRow(key, texts, {}, group=each.team_name))
    notes: tuple[Message, ...] = (HOW_READ(count=least),) if rows else (NO_CUSTOMS(count=least),)
    return FigureTable(as_of, columns, tuple(rows), notes)


def _run(before: Sequence[str], holds: Callable[[str], Truth]) -> list[str]:
    """The latest holders, as long as each is known to be of the kind."""
    run: list[str] = []
    for person in before:
        if holds(person) is not True:
            break
        run.append(person)
    return run


def _is(
    kind: Custom,
    post: str,
    people: Mapping[str, Mapping[str, object]],
    local: Mapping[tuple[str, str], bool | None],
    person: str,
) -> Truth:
    if person not in people:
        return None
    if kind is Custom.LOCAL:
        return local.get((post, person))
    column, wanted = _FACTS[kind]
    fact = people[person][column]
    return None if fact is None else fact is wanted


def _past_holders(
    roster: Roster,
    as_of: date,
    left: set[tuple[str, str]],
    still: set[tuple[str, str]],
) -> dict[str, list[str]]:
    """Post → persons who held it before, the latest first, each once.

    `left` sit today but not in the state looked at; `still` sit in both and are no past holders.
    """
    seats = roster["seats"].select("post_id", "person_id", "started_on", "ended_on")
    held = roster["appointments"].filter(pl.col("post_id").is_not_null())
    held = held.select("post_id", "person_id", started_on="appointed_on", ended_on="removed_on")
    rows = pl.concat([seats, held]).filter(
        on_or_before(pl.col("started_on"), as_of).fill_null(True)
    )
    ended = rows.filter(on_or_before(pl.col("ended_on"), as_of).fill_null(False))
    dated = ended.with_columns(at=latest_day(pl.col("ended_on")))
    ordered = dated.sort("at", "person_id", descending=[True, False])
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for post, person in sorted(left):
        found[post][person] = None
    for post, person in ordered.select("post_id", "person_id").iter_rows():
        if (post, person) not in still:
            found[post][person] = None
    return {post: list(persons) for post, persons in found.items()}


def _local(
    roster: Roster, members: Members, past: Mapping[str, list[str]]
) -> dict[tuple[str, str], bool | None]:
    """(post, person) → whether the person grew up in the division of the post's organ."""
    organs = roster["organs"].select("organ_id", "division_code")
    places = roster["posts"].join(organs, on="organ_id").drop_nulls("division_code")
    divisions = places["division_code"].unique(maintain_order=True).to_list()
    asked = [*(person for persons in past.values() for person in persons)]
    asked += list(members.seats["person_id"])
    people = roster["persons"].filter(pl.col("person_id").is_in(asked))
    grew = growth_pairs(roster.with_tables(persons=people), divisions)
    answers = {
        (person, division): answer
        for person, division, answer in grew.select(
            "person_id", "division_code", "grew_up_in_area"
        ).iter_rows()
    }
    seated = [*members.seats.select("post_id", "person_id").iter_rows()]
    pairs = [*((post, person) for post, persons in past.items() for person in persons), *seated]
    division_of = dict(places.select("post_id", "division_code").iter_rows())
    return {
        (post, person): answers.get((person, division_of.get(post, ""))) for post, person in pairs
    }
