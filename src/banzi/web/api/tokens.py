"""Making, finding and revoking tokens; each an act on record.

A token is `banzi_KEY_SECRET`. The key finds the row and stands in the logs; of the secret only a
digest is kept, so it is shown once. It is drawn at random and long, which is why a quick digest
does. Wrong secrets lock the token for a while as wrong passwords lock an account; whoever sends
many wrong ones from one place is answered without being looked up in the log any more.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from banzi.kernel.columns import FieldClass
from banzi.kernel.dates import add_months
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.locking import one_more_failure
from banzi.web.accounts.models import Account, Office, Verb
from banzi.web.accounts.rights import Rights
from banzi.web.accounts.services import NO_REASON, NOT_YOUR_OFFICE, Refused
from banzi.web.api.flooding import count_wrong, too_many_from
from banzi.web.api.models import Area, Token, TokenUse
from banzi.web.audit.acts import act
from banzi.web.audit.reads import ReadKind, note_read

LONGEST_MONTHS = 12
_FORM = re.compile(r"banzi_([0-9a-f]{12})_([0-9a-f]{48})")
_NOTED_EACH = timedelta(minutes=1)

BAD_UNTIL = MessageKind("api/bad-until", _("有效期应在今天之后，且不超过{last}；请改填截止日期"))
NOT_HELD = MessageKind("api/not-held", _("您没有{what}的权限，令牌不能超出本人权限；请取消该项"))
NO_AREA = MessageKind("api/no-area", _("令牌至少要能读一部分内容；请勾选"))
NO_VERB = MessageKind(
    "api/no-verb", _("除任务进度外，各部分都要有“查看”权限才能读；请勾选，或只选任务进度")
)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token with the text that is shown once and kept nowhere."""

    token: Token
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a token is for. `organ_id` None: wherever the account reaches; basic fields always."""

    verbs: frozenset[Verb]
    areas: frozenset[Area]
    fields: frozenset[FieldClass] = frozenset()
    organ_id: str | None = None


def last_day(today: date) -> date:
    """The latest day that a token may name as its end."""
    return add_months(today, LONGEST_MONTHS)


def make_token(by: Account, title: str, limits: Limits, until: date) -> NewToken:
    """A token of an account for itself.

    Raises
    ------
    Refused
        When it would go beyond what the account has today, opens nothing, or has no proper end.
    """
    today = timezone.localdate()
    if not today < until <= last_day(today):
        raise Refused(BAD_UNTIL(last=last_day(today).isoformat()))
    if not limits.areas:
        raise Refused(NO_AREA())
    _check_held(Rights(by, today), limits)
    if limits.areas - {Area.JOBS} and Verb.VIEW not in limits.verbs:
        raise Refused(NO_VERB())
    key, secret = secrets.token_hex(6), secrets.token_hex(24)
    with act("api.make_token", by=by, about=title):
        token = Token.objects.create(
            account=by,
            title=title,
            key=key,
            digest=_digest(key, secret),
            verbs=_kept(Verb, limits.verbs),
            areas=_kept(Area, limits.areas),
            fields=_kept(FieldClass, limits.fields - {FieldClass.BASIC}),
            organ_id=limits.organ_id,
            made_at=timezone.now(),
            until=until,
        )
    return NewToken(token, f"banzi_{key}_{secret}")


def _check_held(rights: Rights, limits: Limits) -> None:
    held = frozenset().union(*(rights.fields(verb) for verb in Verb))
    beyond = [each.zh for each in Verb if each in limits.verbs and not rights.may(each)]
    beyond += [each.zh for each in FieldClass
               if each in limits.fields - {FieldClass.BASIC} and each not in held]  # fmt: skip
    reach = any(rights.organs(verb).filter(pk=limits.organ_id).exists() for verb in limits.verbs)
    if limits.organ_id is not None and not reach:
        beyond.append(limits.organ_id)
    if beyond:
        raise Refused(NOT_HELD(what=beyond))


def revoke_own(by: Account, token: Token) -> None:
    """The holder takes a token back."""
    _revoke(by, token, "")


def revoke(by: Account, token: Token, reason: str) -> None:
    """The security administrator takes somebody's token back.

    Raises
    ------
    Refused
        From anybody else, or without a reason.
    """
    if by.office != Office.SECURITY or not by.is_active or by.closed_on is not None:
        raise Refused(NOT_YOUR_OFFICE(office=Office.SECURITY.zh))
    if not reason.strip():
        raise Refused(NO_REASON())
    _revoke(by, token, reason)


def _revoke(by: Account, token: Token, reason: str) -> None:
    with act("api.revoke_token", by=by, about=f"{token.account.username} {token}", reason=reason):
        Token.objects.filter(pk=token.pk, revoked_at=None).update(
            revoked_at=timezone.now(), revoked_by=by
        )


def token_of(text: str, address: str) -> Token | None:
    """The token whose text this is, in force, of an account in use; None for any other.

    What was wrong is noted and, for a wrong secret, counted; to the caller all is alike.
    """
    parts = _FORM.fullmatch(text)
    token = parts and Token.objects.select_related("account").filter(key=parts[1]).first()
    if not token or parts is None:
        _refused("", "unknown token", address)
        return None
    right = constant_time_compare(token.digest, _digest(token.key, parts[2]))
    now = timezone.now()
    if (wrong := _not_in_use(token)) is not None or token.is_locked(now):
        _refused(token.account.username, f"token {token.key} {wrong or 'locked'}", address)
        return None
    if not right:
        _failed(token, address)
        _refused(token.account.username, f"token {token.key} wrong secret", address)
        return None
    _used(token, address)
    return token


def _not_in_use(token: Token) -> str | None:
    """Why the token is worth nothing whatever its secret; None when it is in use.

    Wrong passwords do not count: else anybody who knows a login name could stop an interface.
    """
    account = token.account
    if token.revoked_at is not None:
        return "revoked"
    if not token.holds(timezone.localdate()):
        return "expired"
    if not account.is_active or account.closed_on is not None:
        return "of a locked or closed account"
    return None


def _refused(username: str, why: str, address: str) -> None:
    """Note it, until too many came from there: a flood fills no log."""
    count_wrong(address)
    if not too_many_from(address):
        note_read(by=username, what=why, kind=ReadKind.REFUSED, address=address)


def _failed(token: Token, address: str) -> None:
    if too_many_from(address):
        return
    with act("api.token_failed", by=None, about=token.key, source=address):
        one_more_failure(Token.objects.select_for_update().get(pk=token.pk))


def _used(token: Token, address: str) -> None:
    now = timezone.now()
    if token.failures or token.locked_until is not None:
        with act("api.token_right", by=token.account, about=token.key, source=address):
            Token.objects.filter(pk=token.pk).update(failures=0, locked_until=None)
    last = TokenUse.objects.filter(pk=token.pk).first()
    if last is None or now - last.at > _NOTED_EACH:
        TokenUse.objects.update_or_create(
            token_id=token.pk, defaults={"at": now, "address": address}
        )


def _kept(words: Iterable[str], chosen: Iterable[str]) -> str:
    wanted = frozenset(chosen)
    return " ".join(each for each in words if each in wanted)


def _digest(key: str, secret: str) -> str:
    return salted_hmac("banzi.token", f"{key}:{secret}", algorithm="sha256").hexdigest()
