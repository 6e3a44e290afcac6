"""入党时间 text ↔ political status: the field is more than a date (formats.md 1.3).

    199807            中共党员 since July 1998
    民建；民盟        democratic parties; also 无党派, 群众
    199807；民建      both, the CCP date first
    202306预备党员    a probationary member

A blank field says nothing: 群众 is not assumed. The day somebody joined a democratic party has no
column; it stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from banzi.codes import lookup
from banzi.kernel.dates import PartialDate, parse_partial_date

CODES = "political_gbt4762"
MEMBER, PROBATIONARY = "01", "02"

_BETWEEN = re.compile(r"[；;、，,/（）()\s]+")
_TOKEN = re.compile(
    r"(?P<before>\d[\d.．/年月日-]*)?(?P<party>[^\d.．/-][^\d]*?)?(?P<after>\d[\d.．/年月日-]*)?"
)
_MOST_PARTIES = 3


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """What the text says: codes of `political_gbt4762`, and the day of entry into the CCP."""

    political_status: str
    party_joined: PartialDate | None = None
    second_party: str | None = None
    third_party: str | None = None


def parse_party_text(text: str) -> PartyEntry | None:
    """Read the field; None for a blank and for anything outside the grammar."""
    parties: list[str] = []
    joined: PartialDate | None = None
    for token in filter(None, _BETWEEN.split(text.strip())):
        read = _read_token(token)
        if read is None:
            return None
        party, day = read
        if party in parties or (day is not None and joined is not None):
            return None
        if party in (MEMBER, PROBATIONARY) and parties:
            return None  # the CCP stands first
        parties.append(party)
        joined = day or joined
    if not 1 <= len(parties) <= _MOST_PARTIES:
        return None
    status, second, third = (*parties, None, None)[:_MOST_PARTIES]
    return None if status is None else PartyEntry(status, joined, second, third)


def party_text_of(entry: PartyEntry) -> str:
    """The text in its canonical form, dates as digits."""
    first = lookup.short_of(CODES, entry.political_status) or ""
    if entry.party_joined is not None:
        digits = entry.party_joined.digits()
        first = digits if entry.political_status == MEMBER else digits + first
    others = (entry.second_party, entry.third_party)
    return "；".join([first, *(lookup.short_of(CODES, code) or "" for code in others if code)])


def _read_token(token: str) -> tuple[str, PartialDate | None] | None:
    """Party code and CCP date of one part; the date of another party is read and left aside."""
    match = _TOKEN.fullmatch(token)
    if match is None or (match["before"] and match["after"]):
        return None
    written = match["before"] or match["after"]
    day = parse_partial_date(written.rstrip(".．")) if written else None
    if written and day is None:
        return None
    party = lookup.code_of(CODES, match["party"]) if match["party"] else MEMBER
    if party is None:
        return None
    return party, day if party in (MEMBER, PROBATIONARY) else None
