"""The second factor: a code of an authenticator (TOTP, RFC 6238) or the next code of a printed card.

django-otp does the arithmetic. Its tables are not used: they write while a code is checked, outside
of any act. Secrets are encrypted with the key of the site; codes of a card are kept as digests, in
order, each good once.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from urllib.parse import quote

import segno
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django_otp.oath import TOTP

from banzi.web.accounts.models import Account, CardCode, SecondFactor

CARD_CODES = 40
_ISSUER = "Banzi"
_STEP = 30
_DRIFT = 1  # steps that a clock may be off, either way


def new_secret() -> bytes:
    return secrets.token_bytes(20)


def provisioning_address(account: Account, secret: bytes) -> str:
    """What an authenticator reads from the square code."""
    label = quote(f"{_ISSUER}:{account.username}")
    return f"otpauth://totp/{label}?secret={readable(secret)}&issuer={_ISSUER}&period={_STEP}"


def square_code(address: str) -> str:
    """The square code as an inline picture, for `img src`."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2))


def readable(secret: bytes) -> str:
    """The secret as it is typed by hand: base 32."""
    return base64.b32encode(secret).decode().rstrip("=")


def sealed(secret: bytes) -> str:
    return _box().encrypt(secret).decode()


def opened(text: str) -> bytes | None:
    """The secret of a sealed text; None when it was sealed with another site's key."""
    try:
        return _box().decrypt(text.encode())
    except InvalidToken:
        return None


def step_of_code(secret: bytes, code: str, after: int) -> int | None:
    """The time step of a code, later than the last one used; None when it is wrong or was used."""
    if not code.isdigit():
        return None
    totp = TOTP(secret, step=_STEP, drift=0)
    totp.time = time.time()
    now = totp.t()
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        totp.time = step * _STEP
        if step > after and constant_time_compare(f"{totp.token():06}", code):
            return step
    return None


def use_code(account: Account, code: str) -> bool:
    """Whether the code is right, which uses it up; call inside an act."""
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is None:
        return False
    given = code.replace(" ", "").replace("-", "")
    if factor.secret is None:
        return _use_card(account, given)
    secret = opened(factor.secret)
    step = step_of_code(secret, given, factor.last_step) if secret else None
    if step is None:
        return False
    SecondFactor.objects.filter(pk=factor.pk).update(last_step=step)
    return True


def next_number(account: Account) -> int | None:
    """The number on the card of the code that is asked for; None without a card or at its end."""
    unused = CardCode.objects.filter(account=account, is_used=False).order_by("number")
    return unused.values_list("number", flat=True).first()


def new_card(account: Account) -> list[str]:
    """The codes of a new card, in order; the old one is worth nothing. Call inside an act."""
    codes = [f"{secrets.randbelow(10**8):08}" for _number in range(CARD_CODES)]
    CardCode.objects.filter(account=account).delete()
    CardCode.objects.bulk_create(
        CardCode(account=account, number=number, digest=_digest(account, number, code))
        for number, code in enumerate(codes, 1)
    )
    return codes


def _use_card(account: Account, code: str) -> bool:
    number = next_number(account)
    if number is None:
        return False
    asked = CardCode.objects.get(account=account, number=number)
    if not constant_time_compare(asked.digest, _digest(account, number, code)):
        return False
    CardCode.objects.filter(pk=asked.pk).update(is_used=True)
    return True


def _digest(account: Account, number: int, code: str) -> str:
    return salted_hmac(
        "banzi.card", f"{account.pk}:{number}:{code}", algorithm="sha256"
    ).hexdigest()


def _box() -> Fernet:
    key = hashlib.sha256(b"banzi.second-factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
