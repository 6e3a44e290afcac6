"""Which organs the beginning of a part may mean, given what the words before have named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from banzi.documents.titles.organ_names import Named, NameGrade, Organ, OrganIndex, names_of
from banzi.documents.titles.parsing import PostPhrase, is_phrase, phrase_at_end
from banzi.kernel.columns import Labelled
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _


class Confidence(Labelled):
    HIGH = "high", "高", "high"
    MEDIUM = "medium", "中", "medium"
    LOW = "low", "低", "low"


OWN_NAME = MessageKind("titles/own-name", _("机构名称一致"))
FORMER_NAME = MessageKind("titles/former-name", _("是该机构的曾用名"))
ABBREVIATED = MessageKind("titles/abbreviated", _("按通常简称推断"))
PLACE_BEFORE = MessageKind("titles/place-before", _("省略了地名，按前文的“{place}”推断"))
ONLY_ONE = MessageKind("titles/only-one", _("省略了地名，机构表中只有一个"))
SAME_ORGAN = MessageKind("titles/same-organ", _("承前一职务的机构"))
BELOW_BEFORE = MessageKind("titles/below-before", _("省略了上级，按前文的机构推断"))

CONFIDENCE_ORDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
"""From the least sure."""

_PROVINCE = re.compile(r"^[^省区]{2,7}?(?:省|自治区)")


@dataclass
class Context:
    """What the words before have named; `unread` is an organ named last that nobody answers to."""

    organ: Organ | None = None
    confidence: Confidence = Confidence.LOW
    places: list[str] = field(default_factory=list)
    unread: str = ""

    def seen(self, organ: Organ, confidence: Confidence) -> None:
        self.organ, self.confidence, self.unread = organ, confidence, ""
        if organ.place and organ.place not in self.places:
            self.places.append(organ.place)

    def missed(self, words: str) -> None:
        """An organ was named that is not known: nothing after it belongs to the one before."""
        if words:
            self.organ, self.unread = None, words


@dataclass(frozen=True, slots=True)
class Found:
    """Organs that the beginning of a part may mean, and the phrase that is left."""

    organs: tuple[Organ, ...]
    phrase: PostPhrase
    confidence: Confidence
    reasons: tuple[Message, ...]


def find_organs(text: str, index: OrganIndex, context: Context) -> Found | None:
    """The organs a part may mean; None where none does."""
    found = _by_name(text, index, context) or _by_place(text, index, context)
    if found is not None:
        return found
    phrase = is_phrase(text)
    if phrase is not None:
        if context.organ is None or not fits(context.organ, phrase):
            return None
        return Found((context.organ,), phrase, context.confidence, (SAME_ORGAN(),))
    below = _below(text, index, context)
    if below is not None:
        return below
    province = _PROVINCE.match(text)
    if province is not None and len(province[0]) < len(text):
        return find_organs(text[province.end() :], index, context)
    return None


def _by_name(text: str, index: OrganIndex, context: Context) -> Found | None:
    for name, named in index.starts(text):
        phrase = is_phrase(text[len(name) :])
        if phrase is None:
            continue
        fitting = [each for each in named if fits(each.organ, phrase)]
        if fitting:
            return _chosen(fitting, phrase, context)
    return None


def _chosen(named: Sequence[Named], phrase: PostPhrase, context: Context) -> Found:
    """One organ where grades or the places named before leave one, else all of them."""
    best = max(each.grade for each in named)
    top = [each for each in named if each.grade is best]
    if len(top) > 1 and best is NameGrade.WITHOUT_PLACE:
        near = [each for each in top if each.organ.place in context.places]
        if len(near) == 1:
            top = near
    organs = tuple(each.organ for each in top)
    if len(organs) > 1:
        return Found(organs, phrase, Confidence.LOW, ())
    if best is NameGrade.WITHOUT_PLACE:
        place = organs[0].place
        said = PLACE_BEFORE(place=place) if place in context.places else ONLY_ONE()
        return Found(organs, phrase, Confidence.MEDIUM, (said,))
    if best is NameGrade.OWN:
        alone = len(named) == 1
        confidence = Confidence.HIGH if alone else Confidence.MEDIUM
        return Found(organs, phrase, confidence, (OWN_NAME(),))
    said = FORMER_NAME() if best is NameGrade.FORMER else ABBREVIATED()
    return Found(organs, phrase, Confidence.MEDIUM, (said,))


def _by_place(text: str, index: OrganIndex, context: Context) -> Found | None:
    """`云岭市市长`, `副市长`: the head of a government named by the place alone, or not at all."""
    phrase = phrase_at_end(text)
    if phrase is None or not phrase.is_government_head:
        return None
    place = text.removesuffix(phrase.text)
    governments = [organ for organ in index.organs.values() if organ.kind == "government"]
    kind = phrase.head[0]
    if place and place != kind:
        fitting = tuple(organ for organ in governments if organ.place == place)
        said: Message = ABBREVIATED()
    else:
        fitting = tuple(organ for organ in governments if organ.place.endswith(kind))
        near = tuple(organ for organ in fitting if organ.place in context.places)
        said = PLACE_BEFORE(place=near[0].place) if len(near) == 1 else ONLY_ONE()
        fitting = near if len(near) == 1 else fitting
    if not fitting:
        return None
    confidence = Confidence.MEDIUM if len(fitting) == 1 else Confidence.LOW
    return Found(fitting, phrase, confidence, (said,))


def _below(text: str, index: OrganIndex, context: Context) -> Found | None:
    """`组织部部长` after `市委`: an organ whose name begins with that of the one before."""
    phrase = phrase_at_end(text)
    if phrase is None or context.organ is None:
        return None
    words = text.removesuffix(phrase.text)
    names = (*names_of(context.organ), *context.places)
    named = {
        each.organ.organ_id: each
        for name in names
        for each in index.by_name.get(name + words, ())
        if fits(each.organ, phrase)
    }
    organs = tuple(named[key].organ for key in sorted(named))
    if not organs:
        return None
    confidence = Confidence.MEDIUM if len(organs) == 1 else Confidence.LOW
    return Found(organs, phrase, confidence, (BELOW_BEFORE(),))


def fits(organ: Organ, phrase: PostPhrase) -> bool:
    """Whether the organ can have such a post at all."""
    if phrase.is_party or phrase.is_rank or phrase.is_staff or not phrase.head:
        return True
    allowed = {
        "government": phrase.is_government_head,
        "party": phrase.head == "书记",
        "discipline": phrase.head == "书记",
        "congress": phrase.head == "主任",
        "consultative": phrase.head == "主席",
    }
    return allowed.get(organ.kind, not phrase.is_government_head)
