"""One A14 line is an award or a sanction; its name tells which.

The national set keeps both in one sheet (奖惩). Rules read sanctions by kind, so names are matched
to our closed list; a name that speaks of a sanction but fits none stays a sanction of unknown kind
with a finding, never an award.
"""

from __future__ import annotations

import re

from banzi.people.choices import SanctionFamily, SanctionKind

_KINDS = SanctionKind
FAMILY_OF: dict[SanctionKind, SanctionFamily] = {
    **dict.fromkeys(
        (
            _KINDS.WARNING,
            _KINDS.DEMERIT,
            _KINDS.SERIOUS_DEMERIT,
            _KINDS.DEMOTION,
            _KINDS.DISMISSAL_FROM_POST,
            _KINDS.DISCHARGE,
        ),
        SanctionFamily.ADMINISTRATIVE,
    ),
    **dict.fromkeys(
        (
            _KINDS.PARTY_WARNING,
            _KINDS.PARTY_SERIOUS_WARNING,
            _KINDS.PARTY_POST_REMOVAL,
            _KINDS.PARTY_PROBATION,
            _KINDS.PARTY_EXPULSION,
        ),
        SanctionFamily.PARTY,
    ),
    **dict.fromkeys(
        (
            _KINDS.SUSPENSION,
            _KINDS.POST_ADJUSTMENT,
            _KINDS.ORDERED_RESIGNATION,
            _KINDS.ORGANISATIONAL_REMOVAL,
            _KINDS.ORGANISATIONAL_DEMOTION,
        ),
        SanctionFamily.ORGANISATIONAL,
    ),
    _KINDS.ADMONITION: SanctionFamily.ADMONITION,
}

_AROUND = re.compile(
    r"^(?:给予|受到|受)?(?:行政|政务|政纪|党纪|组织)?|(?:的)?(?:政务|行政)?处分$|处理$"
)
_OTHER_NAMES = {
    "严重警告": SanctionKind.PARTY_SERIOUS_WARNING,
    "诫勉谈话": SanctionKind.ADMONITION,
    "引咎辞职": SanctionKind.ORDERED_RESIGNATION,
    "停职检查": SanctionKind.SUSPENSION,
    "撤销党内职务": SanctionKind.PARTY_POST_REMOVAL,
}
_SOUNDS_LIKE_SANCTION = re.compile(r"处分|处理$|诫勉|警告|记过|撤职|开除|留党|降级|免职|责令|问责")


def read_award_or_sanction(name: str) -> tuple[SanctionFamily, SanctionKind | None] | None:
    """Family and kind of a sanction (kind None when it is not in the list); None for an award."""
    plain = "".join(name.split())
    if family := SanctionFamily.from_zh(plain):
        only = SanctionKind.ADMONITION if family is SanctionFamily.ADMONITION else None
        return family, only
    bare = _AROUND.sub("", plain)
    kind = SanctionKind.from_zh(plain) or SanctionKind.from_zh(bare) or _OTHER_NAMES.get(bare)
    if kind is not None:
        return FAMILY_OF[kind], kind
    if not _SOUNDS_LIKE_SANCTION.search(plain):
        return None
    if "党" in plain:
        return SanctionFamily.PARTY, None
    if "诫勉" in plain:
        return SanctionFamily.ADMONITION, SanctionKind.ADMONITION
    if re.search(r"政务|行政|政纪|处分|警告|记过|撤职|开除|降级", plain):
        return SanctionFamily.ADMINISTRATIVE, None
    return SanctionFamily.ORGANISATIONAL, None


def written_name(family: SanctionFamily, kind: SanctionKind | None) -> str:
    """The name that `read_award_or_sanction` reads back as this family and kind."""
    return kind.zh if kind is not None else family.zh
