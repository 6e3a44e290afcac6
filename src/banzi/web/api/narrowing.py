"""The rights of an account as far as a token goes: never more than the account has on the day."""

from __future__ import annotations

from datetime import date

from banzi.web.accounts.models import Grant
from banzi.web.accounts.rights import Rights
from banzi.web.accounts.scope import organs_in
from banzi.web.api.models import Token


class TokenRights(Rights):
    """Every grant in force cut down to the token's verbs, fields and organs.

    Everything else that answers about rights works from grants, so nothing else is narrowed.
    """

    def __init__(self, token: Token, day: date) -> None:
        super().__init__(token.account, day)
        self.token = token

    def grants_in_force(self) -> list[Grant]:
        token = self.token
        if not token.holds(self.day):
            return []
        verbs = token.verbs.split()
        kept = [each for each in super().grants_in_force() if each.verb in verbs]
        if token.organ_id is not None:
            kept = _within(kept, token.organ_id)
        return [_with_fields(each, token) for each in kept]


def _with_fields(grant: Grant, token: Token) -> Grant:
    fields = [each for each in token.field_classes if each in grant.field_classes]
    return _changed(grant, fields=" ".join(fields))


def _within(grants: list[Grant], root: str) -> list[Grant]:
    """What the grants cover of an organ and all below: the lower of the two organs of each."""
    below = frozenset(organs_in([Grant(organ_id=root)]))
    found = []
    for grant in grants:
        if grant.organ_id in below:
            found.append(grant)
        elif grant.organ_id is None or organs_in([grant]).filter(pk=root).exists():
            found.append(_changed(grant, organ_id=root))
    return found


def _changed(grant: Grant, **given: object) -> Grant:
    """A grant like this one, never saved, with something else in it."""
    same = {name: getattr(grant, name) for name in _COLUMNS}
    return Grant(**{**same, **given})


_COLUMNS = tuple(field.attname for field in Grant._meta.concrete_fields)
