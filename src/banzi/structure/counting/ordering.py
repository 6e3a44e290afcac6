"""In which order organs stand, and how lists of names are shortened in notes and cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import polars as pl

from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster

AND_OTHERS = MessageKind("counting/and-others", _("{names}等{count}个"))
AND_OTHER_PERSONS = MessageKind("counting/and-other-persons", _("{names}等{count}人"))
_SEVERAL = _("{name}（{count}个）")
_BETWEEN = _("；")
_MOST_NAMES = 12


def ordered_organs(roster: Roster) -> list[dict[str, Any]]:
    """Rows of `organs`: in the order of their first team, those without any last, by identifier."""
    first = roster["teams"].group_by("organ_id").agg(pl.col("display_order").min())
    return (
        roster["organs"]
        .join(first, on="organ_id", how="left")
        .sort("display_order", "organ_id", nulls_last=True)
        .to_dicts()
    )


def post_names(roster: Roster) -> dict[str, str]:
    return dict(roster["posts"].select("post_id", "post_name").iter_rows())


def shortened(names: Sequence[str], more: MessageKind = AND_OTHERS) -> list[str] | Message:
    """The names, or the first dozen and how many there are."""
    if len(names) <= _MOST_NAMES:
        return list(names)
    return more(names=list(names[:_MOST_NAMES]), count=len(names))


def listed_posts(names: Sequence[str]) -> str:
    """`常委、政法委书记；副主席（3个）`: posts of one name once, in the order given."""
    texts = [
        name if count == 1 else render(_SEVERAL, {"name": name, "count": count})
        for name, count in Counter(names).items()
    ]
    return _BETWEEN.join(texts)
