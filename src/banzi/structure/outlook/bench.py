"""后备厚度: for every post, how many who hold none of the posts may lawfully be looked at for it.

The rules that screen candidates say who is eligible; here they are counted. Counted are persons of
the level of the post or the next lower one (AR/9/one-step: step by step is the norm) who sit in no
team. It is a number of persons to look at, not a list of choices: no order, no score.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from banzi.facts.levels import level_order
from banzi.kernel.dates import month_text
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.rules import RANKED, Screening, Verdict
from banzi.structure.counting.figures import (
    FigureColumn,
    FigureRow,
    FigureTable,
    Unit,
    counted,
)
from banzi.structure.counting.officials import NO_TEAMS
from banzi.structure.members import Members

_POST, _HOLDER, _DUE, _VACANT = _("职位"), _("现任"), _("法定退休年月"), _("空缺")
_LABELS = {
    Verdict.PASS: _("符合"),
    Verdict.REVIEW: _("需研究"),
    Verdict.UNKNOWN: _("无法认定"),
}
_BENCH = _("未任班子成员而可列入考虑")

STEPS = (0, 1)
"""Levels below that of the post: the same, and the next lower one."""

COUNTED = MessageKind(
    "outlook/bench-counted",
    _(
        "只计未在所列班子任职、职务层次与职位相同或低一层的人员；“符合”指已核各条规定均符合，不含政治等须由人作出的判断，不是人选。"
    ),
)
LEVEL_OPEN = MessageKind(
    "outlook/bench-level-open", _("职务层次不详的职位{posts}个、人员{persons}人未计入。")
)


def bench_table(members: Members, screening: Screening) -> FigureTable:
    """Rows by post id under their team; columns `pass`, `review`, `unknown`."""
    seated = set(members.seats["person_id"])
    persons = screening.case.persons
    levels = persons["level_order"].to_numpy().astype(float)
    free = np.array([person not in seated for person in persons["person_id"]], dtype=bool)
    ids = np.array(persons["person_id"], dtype=object)
    posts = screening.case.posts.select("post_id", level=level_order("post_level"))
    of_post = {post: (place, level) for place, (post, level) in enumerate(posts.iter_rows())}
    ranked = {verdict: place for place, verdict in enumerate(RANKED)}
    holders = _holders(members)
    rows: list[FigureRow] = []
    open_posts, shown = 0, set[str]()
    for post in members.posts.iter_rows(named=True):
        key = post["post_id"]
        if key not in of_post or key in shown:
            continue
        shown.add(key)
        place, level = of_post[key]
        open_posts += level is None
        near = free & np.isin((np.nan if level is None else level) - levels, STEPS)
        ranks = screening.ranks[place]
        figures = {
            verdict.value: counted(ids[near & (ranks == ranked[verdict])]) for verdict in _LABELS
        }
        texts = {"post": post["post_name"], **holders.get(key, {"holder": _VACANT, "due": ""})}
        rows.append(FigureRow(key, texts, figures, group=post["team_name"]))
    columns = (
        FigureColumn("post", _POST, unit=Unit.TEXT),
        FigureColumn("holder", _HOLDER, unit=Unit.TEXT),
        FigureColumn("due", _DUE, unit=Unit.TEXT),
        *(FigureColumn(verdict.value, label, (_BENCH,)) for verdict, label in _LABELS.items()),
    )
    if not rows:
        return FigureTable(members.as_of, columns, (), (NO_TEAMS(),))
    notes: list[Message] = [COUNTED()]
    open_persons = int((np.isnan(levels) & free).sum())
    if open_posts or open_persons:
        notes.append(LEVEL_OPEN(posts=open_posts, persons=open_persons))
    return FigureTable(members.as_of, columns, tuple(rows), tuple(notes))


def _holders(members: Members) -> Mapping[str, dict[str, str]]:
    rows = members.seats.join(
        members.people.select("person_id", "name", "retirement_month"), on="person_id"
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows.iter_rows(named=True):
        month = row["retirement_month"]
        due = "" if month is None else month_text(month)
        if row["post_id"] in found:
            names = [found[row["post_id"]]["holder"], row["name"]]
            found[row["post_id"]]["holder"] = render("{names}", {"names": names})
        else:
            found[row["post_id"]] = {"holder": row["name"], "due": due}
    return found
