"""A title taken apart: `某市人民政府副市长、党组成员，市发展和改革委员会主任` is three posts.

Parts are separated by 、，；兼 outside brackets; what stands in brackets is a note (`（正处级）`). A post
phrase is the end of a part: `党组书记`, `常务副市长`, `二级调研员`. Which organ is meant is `organ_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from banzi.codes.lookup import load
from banzi.people.choices import SeatRole

_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_SEPARATORS = re.compile(r"[、，,；;]|兼任|兼(?!职)")
_HEADS = (
    "书记", "主任", "局长", "厅长", "部长", "院长", "检察长", "省长", "市长", "州长",
    "盟长", "县长", "区长", "旗长", "镇长", "乡长", "主席", "会长", "行长", "校长",
    "所长", "站长", "处长", "科长", "股长", "队长", "支队长", "大队长", "总队长", "董事长",
    "总经理", "经理", "社长", "台长", "馆长", "园长", "中心主任", "理事长", "主委", "庭长",
    "政委", "组长", "村长",
)  # fmt: skip
"""Words for whoever heads something; longest first when matched."""

_BESIDE = (
    "秘书长", "总工程师", "总经济师", "总会计师", "总规划师", "总农艺师", "监事会主席", "监事长",
    "工会主席",
)  # fmt: skip
_MEMBERS = (
    "党组成员", "党委委员", "党工委委员", "班子成员", "常委", "常务委员", "委员", "成员", "董事",
    "监事", "专职委员",
)  # fmt: skip
_STAFF = (
    "科员", "办事员", "干事", "职员", "秘书", "教师", "讲师", "教授", "副教授", "工程师",
    "技术员", "干部", "试用期人员",
)  # fmt: skip
_OLD_RANKS = (
    "主任科员", "副主任科员", "调研员", "副调研员", "巡视员", "副巡视员", "助理调研员",
)  # fmt: skip
_GOVERNMENT_HEADS = (
    "省长", "市长", "州长", "盟长", "县长", "区长", "旗长", "镇长", "乡长",
)  # fmt: skip


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_RANKS = [*(row.name for row in load("civil_rank_general")), *_OLD_RANKS]
_PARTY = r"(?:(?:党组|党委|党工委|党总支|党支部|机关党委)(?=副?书记|成员|委员))?"
_PHRASE = re.compile(
    rf"(?:(?P<rank>{_alternatives(_RANKS)})"
    rf"|(?P<member>(?:专职)?(?:{_alternatives(_MEMBERS)}))"
    rf"|(?P<staff>{_alternatives(_STAFF)})"
    rf"|(?P<party>{_PARTY})(?P<acting>代理?|拟任)?"
    rf"(?:(?P<deputy>第一副|常务副|副)|(?P<first>第一))?"
    rf"(?:(?P<head>{_alternatives(_HEADS)})|(?P<beside>{_alternatives(_BESIDE)})))$"
)


@dataclass(frozen=True, slots=True)
class PostPhrase:
    """The words for a post.

    Attributes
    ----------
    text
        As written: `党组副书记`.
    head
        The word of the one who heads (`书记` in `副书记`); "" where there is none.
    role
        None for a rank, for staff, and for posts beside the head (秘书长).
    is_party
        Whether the words themselves name a Party group or committee.
    is_rank, is_staff
        A rank (职级) or work without a leading post.
    """

    text: str
    head: str
    role: SeatRole | None
    is_party: bool = False
    is_rank: bool = False
    is_staff: bool = False

    @property
    def is_government_head(self) -> bool:
        return self.head in _GOVERNMENT_HEADS


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a title: its text without notes, the notes, and the place among the parts."""

    written: str
    text: str
    notes: tuple[str, ...]
    place: int


def normal(text: str) -> str:
    """A text without blanks, for comparing."""
    return "".join(text.split())


def parts_of(title: str) -> list[Part]:
    """The posts of a title in order; parts that are blank are left out."""
    text = normal(title)
    covered = [match.span() for match in _BRACKETS.finditer(text)]
    cuts = [
        match.span()
        for match in _SEPARATORS.finditer(text)
        if not any(start <= match.start() < end for start, end in covered)
    ]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    written = [text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)]
    kept = [piece for piece in written if piece]
    return [
        Part(piece, _BRACKETS.sub("", piece), tuple(_BRACKETS.findall(piece)), place)
        for place, piece in enumerate(kept)
    ]


def phrase_at_end(text: str) -> PostPhrase | None:
    """The longest post phrase that a text ends in; None when it ends in no word for a post."""
    match = _PHRASE.search(text)
    if match is None:
        return None
    found = match.group(0)
    if match["rank"]:
        return PostPhrase(found, "", None, is_rank=True)
    if match["staff"]:
        return PostPhrase(found, "", None, is_staff=True)
    if match["member"]:
        return PostPhrase(found, "", SeatRole.MEMBER, is_party=found[0] == "党")
    if match["beside"]:
        return PostPhrase(found, "", None)
    role = SeatRole.DEPUTY if match["deputy"] else SeatRole.PRINCIPAL
    return PostPhrase(found, match["head"], role, is_party=bool(match["party"]))


def is_phrase(text: str) -> PostPhrase | None:
    """The phrase when the whole text is one."""
    found = phrase_at_end(text)
    return found if found is not None and found.text == text else None
