"""The last step of a draft is taken back: a move, a pin, an exclusion, or what the solver filled in.

What a step changed is on record with its act (`audit`); taking it back is an act of its own, which
names the one taken back as its source. So steps are taken back one after another, newest first.
"""

from __future__ import annotations

import json
from typing import Any

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act, Change
from banzi.web.board.models import Draft, Placement, Wish
from banzi.web.board.moving import Moved, begin

NOTHING = MessageKind("board/nothing-to-undo", _("没有可以撤销的步骤"))
ANOTHERS = MessageKind("board/step-of-another", _("最近一步由{name}所作，由其本人撤销"))

UNDO = "board.undo"
STEPS = ("board.place", "board.release", "board.wish", "board.fill")
_LOOKED_AT = 200


def undo(draft: Draft, *, by: Account, seen: int | None = None) -> Moved:
    """Put the draft back to where it was before its last step that still stands.

    Raises
    ------
    BanziError
        `board/nothing-to-undo`, `board/step-of-another`, `board/not-open`,
        `board/changed-meanwhile`.
    """
    step = last_step(draft)
    if step is None:
        raise BanziError(NOTHING())
    if step.by != by.username:
        raise BanziError(ANOTHERS(name=step.by_name))
    changes = list(Change.objects.filter(act_id=step.act_id).order_by("id"))
    posts: dict[str, None] = {}
    with act(UNDO, by=by, about=step.about, source=step.act_id):
        begin(draft, seen)
        for model in (Placement, Wish):
            posts |= _put_back(model, draft, changes)
    return Moved(tuple(posts), ())


def _put_back(
    model: type[Placement] | type[Wish], draft: Draft, changes: list[Change]
) -> dict[str, None]:
    """Rows that came go, rows that went come again; the posts concerned, in order."""
    mine = [each for each in changes if each.table_name == model._meta.db_table]
    come = [json.loads(each.new) for each in mine if each.new]
    gone = [json.loads(each.old) for each in mine if each.old]
    rows: Any = model._default_manager
    for row in come:
        rows.filter(draft=draft, post_id=row["post_id"], person_id=row["person_id"]).delete()
    for row in gone:
        rows.create(draft=draft, **{name: row[name] for name in row if name not in _OWN})
    return dict.fromkeys(row["post_id"] for row in (*come, *gone))


_OWN = ("id", "draft_id")
"""Columns of a row that a new one in its place has for itself."""


def last_step(draft: Draft) -> Act | None:
    """The newest step that was not taken back; None where there is none to take back."""
    changed = Change.objects.filter(table_name=Draft._meta.db_table, row_key=str(draft.pk))
    ids = list(dict.fromkeys(changed.order_by("-id").values_list("act_id", flat=True)[:_LOOKED_AT]))
    acts = {each.act_id: each for each in Act.objects.filter(act_id__in=ids)}
    taken_back: set[str] = set()
    for act_id in ids:
        step = acts.get(act_id)
        if step is None or step.verb not in (*STEPS, UNDO):
            return None
        if step.verb == UNDO:
            taken_back.add(step.source)
        elif act_id not in taken_back:
            return step
    return None
