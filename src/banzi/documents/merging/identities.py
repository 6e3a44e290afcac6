"""Who is who across sources.

Persons merge by ID number. Without one, by name and birth month, and only when that fits exactly
one; a namesake whose birth month is not known on either side is a question for a person, and until
it is answered the two stay two. Nobody is put together by a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from banzi.documents.codecs.extract import KeptPerson, PersonExtract
from banzi.documents.merging.finding_log import FindingLog, Raised, place_text
from banzi.documents.merging.stable_ids import person_ids
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import FindingKind, FindingMessage, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

SAME_PERSON = FindingKind(
    "import/same-person",
    _("“{name}”（{birth}，{posts}）没有身份证号，与下列人员同名，可能是同一人；请裁定"),
    title=_("同名人员，是否同一人待定"),
)
NAMESAKE = FindingKind(
    "import/namesake",
    _("“{name}”（{birth}，{posts}）与另一名同名人员出生年月不同，按两人处理；如系同一人请更正来源"),
    title=_("同名人员，按两人处理"),
)
NAME_OF_ID = MessageKind(
    "import/name-of-id-number",
    _("身份证号{id_number}在{other}中的姓名是“{known}”，此处是“{name}”；请核实后改为一致"),
)
CANNOT_TELL = MessageKind(
    "import/cannot-tell-apart",
    _(
        "“{name}”（{birth}）与{other}姓名、出生年月相同且都没有身份证号，无法判断是否同一人；"
        "请补填身份证号，或删去重复的文件"
    ),
)
UNKNOWN_PERSON = MessageKind(
    "import/unknown-person",
    _("“{name}”（{id_number}）不在本次导入的人员中；请核对姓名和身份证号，或一并导入此人的资料"),
)
WHICH_OF_NAME = MessageKind(
    "import/which-of-name", _("“{name}”在本次导入的人员中不止一人；请在本行填写身份证号")
)

_SAME = _("是同一人：{name}，{birth}，{posts}，身份证号尾号{tail}")
_SOMEBODY_ELSE = _("另有其人")
_NOT_KNOWN = _("出生年月不明")
_NO_POSTS = _("职务不明")
_FORM_FORMATS = frozenset({"lrmx", "lrm"})
"""Formats with one person a file: all such files together are one side of a comparison."""


@dataclass(eq=False, slots=True)
class Member:
    """One person in one source."""

    source_id: str
    format: str
    extract: PersonExtract | KeptPerson

    @property
    def name(self) -> str:
        return str(self.extract.row["name"])

    @property
    def id_number(self) -> str | None:
        return self.extract.row.get("id_number")

    @property
    def birth_month(self) -> int | None:
        """`YYYYMM`, None when the month is not known."""
        birth = self.extract.row.get("birth")
        return None if birth is None or birth // 100 % 100 == 0 else birth // 100

    @property
    def side(self) -> str:
        return self.format if self.format in _FORM_FORMATS else self.source_id


@dataclass(eq=False, slots=True)
class Identity:
    """One person, with everything the sources say of them."""

    key: str
    id_number: str | None = None
    """The number of every member that has one; who has none never brings one in."""
    members: list[Member] = field(default_factory=list)
    own_id: str = ""
    home: Identity | None = None
    """The identity that this one turned out to be."""

    @property
    def person_id(self) -> str:
        return self.own_id if self.home is None else self.home.person_id

    @property
    def name(self) -> str:
        return self.members[0].name

    @property
    def birth_months(self) -> set[int]:
        return {each.birth_month for each in self.members if each.birth_month is not None}

    @property
    def at(self) -> Location:
        return self.members[0].extract.at

    def told(self, column: str) -> str:
        """The first value that a source gives for a column, as text; "" for none."""
        given = (each.extract.row.get(column) for each in self.members)
        return str(next((value for value in given if value is not None), ""))

    @property
    def birth_text(self) -> str:
        birth = self.told("birth")
        return PartialDate(int(birth)).dotted() if birth else _NOT_KNOWN

    @property
    def posts_text(self) -> str:
        return self.told("current_posts_text") or self.told("reporting_organ") or _NO_POSTS


class People:
    """The persons of an import, found by id, ID number or name."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self.identities = list(identities)
        self._by_number = {each.id_number: each for each in identities if each.id_number}
        self._by_name: dict[str, list[Identity]] = defaultdict(list)
        for each in identities:
            self._by_name[each.name].append(each)

    def named(self, name: str) -> list[Identity]:
        return self._by_name.get(name, [])

    def with_number(self, id_number: str) -> Identity | None:
        return self._by_number.get(id_number)

    def resolve(self, name: str, id_number: str | None) -> Identity | Message:
        """The person a row means, or what is wrong with it."""
        if id_number and (found := self.with_number(id_number)):
            if found.name == name:
                return found
            return NAME_OF_ID(id_number=id_number, other=str(found.at), known=found.name, name=name)
        namesakes = self.named(name)
        if id_number:
            namesakes = [each for each in namesakes if each.id_number is None]
        if len(namesakes) == 1:
            return namesakes[0]
        if namesakes:
            return WHICH_OF_NAME(name=name)
        return UNKNOWN_PERSON(name=name, id_number=id_number or _("未填身份证号"))


def identify(members: Sequence[Member], log: FindingLog, problems: ProblemLog) -> People:
    """Put together the members that are one person; give every person an id."""
    numbered: dict[str, Identity] = {}
    loose: dict[str, Identity] = {}
    for member in members:
        if member.id_number:
            _add_numbered(numbered, member.id_number, member, problems)
        else:
            _add_loose(loose, member, problems)
    by_name: dict[str, list[Identity]] = defaultdict(list)
    for identity in (*numbered.values(), *loose.values()):
        by_name[identity.name].append(identity)
    ids = person_ids([*numbered, *loose])
    for identity in (*numbered.values(), *loose.values()):
        identity.own_id = ids[identity.key]
    for identity in loose.values():
        others = [each for each in by_name[identity.name] if each is not identity]
        identity.home = _home(identity, others, log)
    for identity in loose.values():
        root = identity
        while root.home is not None:
            root = root.home
        if root is not identity:
            root.members.extend(identity.members)
    kept = [each for each in (*numbered.values(), *loose.values()) if each.home is None]
    return People(sorted(kept, key=lambda each: each.own_id))


def _add_numbered(
    known: dict[str, Identity], number: str, member: Member, problems: ProblemLog
) -> None:
    identity = known.get(number)
    if identity is None:
        identity = known[number] = Identity(number, number)
    if identity.members and identity.name != member.name:
        message = NAME_OF_ID(
            id_number=number,
            other=str(identity.at),
            known=identity.name,
            name=member.name,
        )
        problems.add(message, member.extract.at)
    identity.members.append(member)


def _add_loose(known: dict[str, Identity], member: Member, problems: ProblemLog) -> None:
    key = f"{member.name}|{member.birth_month or ''}"
    identity = known.setdefault(key, Identity(key))
    same_side = [each for each in identity.members if each.side == member.side]
    if same_side or (identity.members and member.birth_month is None):
        other = (same_side or identity.members)[0]
        message = CANNOT_TELL(
            name=member.name, birth=identity.birth_text, other=str(other.extract.at)
        )
        problems.add(message, member.extract.at)
    identity.members.append(member)


def _home(identity: Identity, namesakes: list[Identity], log: FindingLog) -> Identity | None:
    """The namesake that this person without an ID number is, or None for a person of their own."""
    mine = identity.birth_months
    fitting = [each for each in namesakes if each.id_number and mine & each.birth_months]
    if len(fitting) == 1:
        return fitting[0]
    possible = fitting or [
        each
        for each in namesakes
        if (each.id_number or identity.key < each.key) and not (mine and each.birth_months)
    ]
    values = {
        "name": identity.name,
        "birth": identity.birth_text,
        "posts": identity.posts_text,
    }
    if not possible:
        if any(each.id_number for each in namesakes):
            log.record(_raised(NAMESAKE(**values), identity, ()))
        return None
    ordered = sorted(possible, key=lambda each: each.own_id)
    options = [_option(each) for each in ordered]
    chosen = log.record(_raised(SAME_PERSON(**values), identity, (*options, _SOMEBODY_ELSE)))
    return ordered[options.index(chosen)] if chosen in options else None


def _option(identity: Identity) -> str:
    return _SAME.format(
        name=identity.name,
        birth=identity.birth_text,
        posts=identity.posts_text[:40],
        tail=(identity.id_number or "")[-4:] or _("无"),
    )


def _raised(message: FindingMessage, identity: Identity, options: Sequence[str]) -> Raised:
    member = identity.members[0]
    return Raised(
        message,
        identity.key,
        "persons",
        "person_id",
        options=options,
        source_id=member.source_id,
        source_place=place_text(member.extract.at),
        person=identity,
    )
