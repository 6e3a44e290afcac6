"""Which kept queries an account may open, and how one is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from pydantic import TypeAdapter

from banzi.structure.conditions import Condition, Tree
from banzi.structure.wording import sentence
from banzi.web.queries.models import SavedQuery
from banzi.web.queries.words import QUERY_WORDS

if TYPE_CHECKING:
    from banzi.web.accounts.models import Account

_TREE: TypeAdapter[Tree] = TypeAdapter(Condition)


def queries_for(account: Account | None) -> QuerySet[SavedQuery]:
    """One's own queries, and those shared with one."""
    if account is None:
        return SavedQuery.objects.none()
    mine = Q(owner=account) | Q(readers__account=account)
    return SavedQuery.objects.filter(mine).distinct()


def written(tree: Tree | None) -> str:
    """A settled condition as it is kept."""
    return "" if tree is None else _TREE.dump_json(tree, by_alias=True).decode()


def condition_of(query: SavedQuery) -> Tree | None:
    """The settled condition that was kept; None for everybody."""
    return _TREE.validate_json(query.condition) if query.condition else None


def address_of(query: SavedQuery, on: str = "") -> str:
    """The query string that asks it again, as of a day; "" for today."""
    tree = condition_of(query)
    pairs = [("where", sentence(tree, QUERY_WORDS))] if tree is not None else []
    pairs += [("on", on)] if on else []
    return "&".join(filter(None, (urlencode(pairs), query.shown_as)))
