"""A package made: what of those asked for the account may release, and nothing else of them.

A class of fields leaves when it may be released of everybody in the package, and otherwise of
nobody: a receiver could not tell "none" from "not given" person by person. What stays out is said
in the package and on its content sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from banzi.documents.exchange.left_out import Without, left_out_for
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.package_reading import read_package
from banzi.documents.exchange.scope import below_organs, cut_out, these_persons
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.files import replacing_folder
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.roster import Roster
from banzi.web.accounts.coverage import covered_by
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.exchange.choosing import NO_ORGAN, Whom
from banzi.web.exchange.keeping import PACKAGE, keep_people
from banzi.web.exchange.sheet import write_sheets
from banzi.web.people.models import PersonKey
from banzi.web.records.freezing import current_roster
from banzi.web.records.sight import sight

CHOOSING = MessageKind("exchange/choosing", _("选定人员，核对发布权限，切断通往范围外的对应关系"))
READING_BACK = MessageKind("exchange/reading-back", _("读回核验"))
LISTING = MessageKind("exchange/listing", _("编写内容清单"))
NOBODY_TO_RELEASE = MessageKind(
    "exchange/nobody-to-release",
    _("所选范围内没有您可以发布的人员；请改选范围，或申请发布权限"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a filled-in page asks for."""

    whom: Whom
    as_of: date
    sender: str
    recipient: str
    purpose: str
    without: tuple[Without, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """As a job keeps them."""
        return {
            "organs": list(self.whom.organs),
            "persons": list(self.whom.persons),
            "said": self.whom.said,
            "as_of": self.as_of.isoformat(),
            "sender": self.sender,
            "recipient": self.recipient,
            "purpose": self.purpose,
            "without": [each.value for each in self.without],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Wanted:
        whom = Whom(tuple(kept["organs"]), tuple(kept["persons"]), kept["said"])
        left = tuple(each for each in Without if each.value in kept["without"])
        day = date.fromisoformat(kept["as_of"])
        return cls(whom, day, kept["sender"], kept["recipient"], kept["purpose"], left)


@dataclass(frozen=True, slots=True)
class Part:
    """What goes into a package, and what of what was asked for does not.

    Attributes
    ----------
    refused
        Persons asked for whom the account may see and may not release.
    shut
        Classes left out for want of the right, over some person at least.
    half_shut
        Those of them that may be released of others in the package.
    """

    roster: Roster
    about: About
    refused: tuple[str, ...]
    shut: tuple[Without, ...]
    half_shut: tuple[Without, ...]
    cut_links: int
    withheld: int


def part_for(wanted: Wanted, rights: Rights) -> Part:
    """The part of the records that this account may give of what is wanted.

    Raises
    ------
    BanziError
        `exchange/not-your-organ`, `exchange/nobody-to-release`.
    """
    day, whom = wanted.as_of, wanted.whom
    whole = current_roster(day)
    given = sight(rights, day, Verb.RELEASE)
    if whom.organs:
        if not given.organs.issuperset(whom.organs):
            raise BanziError(NO_ORGAN())
        choice = below_organs(whole, whom.organs, day)
    else:
        choice = these_persons(whole, whom.persons)
    released = choice.persons & given.persons
    if not released:
        raise BanziError(NOBODY_TO_RELEASE())
    classes = rights.fields(Verb.RELEASE)
    held = {kind for kind in classes if covered_by(rights, Verb.RELEASE, kind) >= released}
    shut = left_out_for(held)
    without = tuple(each for each in Without if each in shut or each in wanted.without)
    cut = cut_out(whole, choice, day, without, given.roster)
    about = About(
        day, timezone.localdate(), cut.roots, wanted.sender, wanted.recipient, wanted.purpose,
        without, listed=not whom.organs,
    )  # fmt: skip
    seen = covered_by(rights, Verb.VIEW, FieldClass.BASIC) if rights.may(Verb.VIEW) else frozenset()
    refused = tuple(sorted((choice.persons - released) & seen))
    half = tuple(each for each in shut if each not in left_out_for(classes))
    return Part(cut.roster, about, refused, shut, half, cut.cut_links, cut.withheld)


def anybody_to_release(persons: Collection[str], rights: Rights) -> bool:
    """Whether one of them at least may go into a package."""
    return not covered_by(rights, Verb.RELEASE, FieldClass.BASIC).isdisjoint(persons)


def pack(wanted: Wanted, rights: Rights, folder: Path, progress: Progress) -> dict[str, Any]:
    """Write a package with its content sheet into a folder, whole or not at all; what is in it.

    The file is read back as its receiver will read it: what cannot be taken in is never given.

    Raises
    ------
    BanziError
        As `part_for`; BadInput with every value of the records that no package may hold.
    """
    progress.start(CHOOSING())
    part = part_for(wanted, rights)
    persons = in_order(part.roster["persons"]["person_id"].to_list())
    with replacing_folder(folder) as made:
        sha256 = write_package(part.roster, part.about, made / PACKAGE, progress)
        progress.start(READING_BACK())
        read_package(made / PACKAGE)
        progress.start(LISTING())
        asked = [each for each in part.about.without if each not in part.shut]
        write_sheets(part.roster, part.about, persons, part.shut, asked, sha256, made)
        keep_people(made, persons, part.refused)
        size = (made / PACKAGE).stat().st_size
    return {
        "sha256": sha256,
        "size": size,
        "made_on": part.about.made_on.isoformat(),
        "scope": [name for _organ, name in part.about.scope],
        "persons": len(persons),
        "organs": part.roster["organs"].height,
        "photos": len(part.roster.photos),
        "refused": len(part.refused),
        "shut": [each.value for each in part.shut],
        "half_shut": [each.value for each in part.half_shut],
        "without": [each.value for each in part.about.without],
        "cut_links": part.cut_links,
        "withheld": part.withheld,
        "rows": {name: frame.height for name, frame in part.roster.tables.items() if frame.height},
    }


def in_order(persons: Collection[str]) -> list[str]:
    """Ids by rank, then 姓氏笔画."""
    wanted = set(persons)
    ordered = PersonKey.objects.order_by("by_rank", "by_strokes", "person_id")
    return [each for each in ordered.values_list("person_id", flat=True) if each in wanted]
