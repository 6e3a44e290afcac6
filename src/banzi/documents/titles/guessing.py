"""What a title says: organ, post and level of each of its parts, with confidence and reasons.

High: the title is that of a declared post, or organ and post are written as they are called and
nothing else answers to the words. Medium: a former or shortened name, a place left out that the
words before supply or that only one organ can supply. Low: several organs, or none, answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from banzi.documents.titles.level_words import level_in_words, level_of_role
from banzi.documents.titles.organ_finding import (
    CONFIDENCE_ORDER,
    SAME_ORGAN,
    Confidence,
    Context,
    find_organs,
)
from banzi.documents.titles.organ_names import NameGrade, Organ, OrganIndex, names_of
from banzi.documents.titles.parsing import Part, PostPhrase, parts_of, phrase_at_end
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SeatRole

DECLARED = MessageKind("titles/declared", _("与职位表中的职位一致"))
CORRESPONDS = MessageKind("titles/corresponds", _("各职务与职位表中的“{post}”逐一对应"))
PART_OF_ANOTHER = MessageKind(
    "titles/part-of-another", _("也可能是职位“{post}”的一部分，不对应到具体职位")
)
SEVERAL_PLACES = MessageKind("titles/several-places", _("同名职位{count}个，不对应到具体一个"))
SEVERAL_ORGANS = MessageKind("titles/several-organs", _("有{count}个机构可能：{names}"))
NO_ORGAN = MessageKind("titles/no-organ", _("机构表中没有“{organ}”"))
INSIDE = MessageKind("titles/inside", _("可能是“{organ}”的内设或下属机构，机构表中没有"))
NO_NAME = MessageKind("titles/no-name", _("没有写机构"))
NOT_A_POST = MessageKind("titles/not-a-post", _("没有认出职务"))
NOT_DECLARED = MessageKind("titles/not-declared", _("职位表中该机构没有这一职务"))
UNUSUAL = MessageKind("titles/unusual-post", _("该机构一般不设这一职务"))
LEVEL_WRITTEN = MessageKind("titles/level-written", _("层次按括注"))
LEVEL_BY_ORGAN = MessageKind("titles/level-by-organ", _("层次按机构级别和正副职推断"))
A_RANK = MessageKind("titles/a-rank", _("是职级，不是领导职务"))

_HEAD_OF = {
    "局": ("局长",),
    "厅": ("厅长",),
    "部": ("部长",),
    "院": ("院长", "检察长"),
    "室": ("主任",),
    "办": ("主任",),
    "委": ("主任", "书记"),
    "会": ("主任", "会长", "主席", "理事长", "书记"),
    "处": ("处长", "主任"),
    "校": ("校长",),
}


@dataclass(frozen=True, slots=True)
class DeclaredPost:
    """A row of `posts`, as far as titles speak of it."""

    post_id: str
    organ_id: str
    name: str
    level: str | None
    role: SeatRole


@dataclass(frozen=True, slots=True)
class Guess:
    """What one part of a title is taken for.

    Attributes
    ----------
    written
        The part as written, without blanks.
    organ_id
        None where no organ, or more than one, answers; `alternatives` names those by id.
    organ_text, post_text
        The words for them, "" where none were found.
    post_id
        A declared post, only where the words leave no other.
    level
        Code of post_level_zb09, None where nothing tells it.
    """

    written: str
    organ_id: str | None
    organ_text: str
    post_text: str
    role: SeatRole | None
    level: str | None
    confidence: Confidence
    reasons: tuple[Message, ...]
    post_id: str | None = None
    alternatives: tuple[str, ...] = ()
    is_rank: bool = False


Meaning = frozenset[tuple[str, str]]
"""Organs and post words of a title, without their order: how two wordings of one post agree."""


@dataclass(frozen=True)
class Knowledge:
    """Organs and posts as guessing looks them up; independent of the order of rows.

    Attributes
    ----------
    declared
        Full title of a declared post → the posts called so.
    meanings
        Organs and post words of a declared post → the posts; only those whose every part is read.
    posts_of
        Organ id → post words that declared posts name for it.
    """

    index: OrganIndex
    declared: Mapping[str, tuple[DeclaredPost, ...]]
    meanings: Mapping[Meaning, tuple[DeclaredPost, ...]]
    posts_of: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, organs: Iterable[Organ], posts: Iterable[DeclaredPost]) -> Knowledge:
        index = OrganIndex.of(organs)
        bare = cls(index, {}, {}, {})
        declared: dict[str, list[DeclaredPost]] = {}
        meanings: dict[Meaning, list[DeclaredPost]] = {}
        posts_of: dict[str, set[str]] = {}
        for post in sorted(posts, key=lambda each: each.post_id):
            organ = index.organs.get(post.organ_id)
            if organ is None:
                continue
            read: set[Meaning] = set()
            for title in sorted(_titles_of(organ, post.name)):
                declared.setdefault(title, []).append(post)
                meaning = _meaning(_plain_guesses(parts_of(title), bare))
                if meaning is not None:
                    read.add(meaning)
            for meaning in read:
                meanings.setdefault(meaning, []).append(post)
                for organ_id, words in meaning:
                    posts_of.setdefault(organ_id, set()).add(words)
        return cls(
            index,
            {title: tuple(found) for title, found in declared.items()},
            {meaning: tuple(found) for meaning, found in meanings.items()},
            {organ: frozenset(names) for organ, names in posts_of.items()},
        )


def _titles_of(organ: Organ, post_name: str) -> set[str]:
    """Ways to write a declared post in full: after a name of its organ, or after its place."""
    name = _joined(parts_of(post_name))
    heads = {each for each, grade in names_of(organ).items() if grade is NameGrade.OWN}
    titles = {head + name for head in heads}
    if organ.place:
        titles.add(organ.place + name)
        if name.startswith(organ.place[-1]):
            titles.add(organ.place[:-1] + name)
    return titles


def _joined(parts: Sequence[Part]) -> str:
    return "、".join(part.text for part in parts)


def guess_title(title: str, known: Knowledge) -> list[Guess]:
    """A guess for every post that a title names, in its order; one for a declared post of several."""
    parts = parts_of(title)
    whole = _declared(parts, known) or _corresponding(parts, known)
    if whole is not None:
        return [whole]
    context = Context()
    guesses: list[Guess] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            found = _declared(parts[at:end], known)
            if found is not None:
                context.seen(known.index.organs[found.organ_id or ""], found.confidence)
                guesses.append(_not_a_part(found, parts[at:end], known))
                at = end
                break
        else:
            guesses.append(_guess_part(parts[at], known, context))
            at += 1
    return guesses


def _plain_guesses(parts: Sequence[Part], known: Knowledge) -> list[Guess]:
    """Part by part, declared posts left aside."""
    context = Context()
    return [_guess_part(part, known, context) for part in parts]


def _meaning(guesses: Sequence[Guess]) -> Meaning | None:
    """None where a part is not read, or its organ is not the only one."""
    if any(guess.organ_id is None or not guess.post_text for guess in guesses):
        return None
    return frozenset((guess.organ_id or "", guess.post_text) for guess in guesses)


def _declared(parts: Sequence[Part], known: Knowledge) -> Guess | None:
    """The parts as the title of a declared post, written as it is called."""
    posts = known.declared.get(_joined(parts), ())
    if len({post.organ_id for post in posts}) != 1:
        return None
    return _of_posts(parts, posts, known, Confidence.HIGH, DECLARED())


def _corresponding(parts: Sequence[Part], known: Knowledge) -> Guess | None:
    """The parts as a declared post in other words: `市委副书记、市人民政府市长`."""
    guesses = _plain_guesses(parts, known)
    meaning = _meaning(guesses)
    posts = known.meanings.get(meaning, ()) if meaning else ()
    if len(parts) < 2 or len({post.organ_id for post in posts}) != 1:
        return None
    sure = min((guess.confidence for guess in guesses), key=CONFIDENCE_ORDER.index)
    return _of_posts(parts, posts, known, sure, CORRESPONDS(post=posts[0].name))


def _of_posts(
    parts: Sequence[Part],
    posts: Sequence[DeclaredPost],
    known: Knowledge,
    confidence: Confidence,
    reason: Message,
) -> Guess:
    organ = known.index.organs[posts[0].organ_id]
    levels, roles = {post.level for post in posts}, {post.role for post in posts}
    several = (SEVERAL_PLACES(count=len(posts)),) if len(posts) > 1 else ()
    return Guess(
        "、".join(part.written for part in parts),
        organ.organ_id,
        organ.name,
        posts[0].name,
        posts[0].role if len(roles) == 1 else None,
        posts[0].level if len(levels) == 1 else None,
        confidence,
        (reason, *several),
        posts[0].post_id if len(posts) == 1 else None,
    )


def _not_a_part(guess: Guess, parts: Sequence[Part], known: Knowledge) -> Guess:
    """`市委副书记` beside other words may be part of `市委副书记、市长`: then it names no single post."""
    meaning = _meaning(_plain_guesses(parts, known)) or frozenset()
    larger = sorted(
        post.name for key, posts in known.meanings.items() if meaning < key for post in posts
    )
    if not meaning or not larger:
        return guess
    said = (*guess.reasons, PART_OF_ANOTHER(post=larger[0]))
    return replace(guess, confidence=Confidence.MEDIUM, post_id=None, reasons=said)


def _guess_part(part: Part, known: Knowledge, context: Context) -> Guess:
    phrase = phrase_at_end(part.text)
    if phrase is None:
        return Guess(part.written, None, part.text, "", None, None, Confidence.LOW, (NOT_A_POST(),))
    found = find_organs(part.text, known.index, context)
    if found is None:
        return _unknown(part, phrase, known.index, context)
    if len(found.organs) > 1:
        context.missed(part.text.removesuffix(found.phrase.text))
        names = "、".join(f"{organ.name}（{organ.organ_id}）" for organ in found.organs)
        several = SEVERAL_ORGANS(count=len(found.organs), names=names)
        return Guess(
            part.written,
            None,
            part.text.removesuffix(found.phrase.text),
            found.phrase.text,
            found.phrase.role,
            _note_level(part),
            Confidence.LOW,
            (several,),
            alternatives=tuple(organ.organ_id for organ in found.organs),
            is_rank=found.phrase.is_rank,
        )
    (organ,) = found.organs
    context.seen(organ, found.confidence)
    guess = Guess(
        part.written,
        organ.organ_id,
        organ.name,
        found.phrase.text,
        _role(organ, found.phrase),
        None,
        found.confidence,
        found.reasons,
        is_rank=found.phrase.is_rank,
    )
    return _with_level(_with_post(guess, organ, found.phrase, known), part, organ)


def _with_post(guess: Guess, organ: Organ, phrase: PostPhrase, known: Knowledge) -> Guess:
    """How well the post goes with the organ."""
    if phrase.is_rank:
        return replace(guess, reasons=(*guess.reasons, A_RANK()))
    usual = _HEAD_OF.get(organ.name[-1]) if organ.kind == "other" else None
    if usual and phrase.head and not phrase.is_party and phrase.head not in (*usual, "书记"):
        return replace(guess, confidence=Confidence.LOW, reasons=(*guess.reasons, UNUSUAL()))
    declared = known.posts_of.get(organ.organ_id)
    if declared and phrase.text not in declared and not phrase.is_party:
        lowered = min(guess.confidence, Confidence.MEDIUM, key=CONFIDENCE_ORDER.index)
        return replace(guess, confidence=lowered, reasons=(*guess.reasons, NOT_DECLARED()))
    return guess


def _with_level(guess: Guess, part: Part, organ: Organ) -> Guess:
    written = _note_level(part)
    if written is not None:
        return replace(guess, level=written, reasons=(*guess.reasons, LEVEL_WRITTEN()))
    level = None if guess.is_rank else level_of_role(organ.level_text, guess.role)
    if level is None:
        return guess
    return replace(guess, level=level, reasons=(*guess.reasons, LEVEL_BY_ORGAN()))


def _note_level(part: Part) -> str | None:
    return next((level for level in map(level_in_words, part.notes) if level), None)


def _role(organ: Organ, phrase: PostPhrase) -> SeatRole | None:
    """A member of the standing committee of a Party committee ranks with its deputies."""
    if organ.kind == "party" and phrase.text in ("常委", "党委常委"):
        return SeatRole.DEPUTY
    return phrase.role


def _unknown(part: Part, phrase: PostPhrase, index: OrganIndex, context: Context) -> Guess:
    organ = part.text.removesuffix(phrase.text)
    reasons: tuple[Message, ...] = (NO_NAME(),)
    if not organ and context.unread:
        organ = context.unread
        reasons = (SAME_ORGAN(), NO_ORGAN(organ=organ))
    elif organ:
        context.missed(organ)
        reasons = (NO_ORGAN(organ=organ),)
        above = next((named for name, named in index.starts(organ) if name != organ), ())
        sure = [each for each in above if each.grade is NameGrade.OWN]
        if len(sure) == 1:
            reasons = (INSIDE(organ=sure[0].organ.name),)
    return Guess(
        part.written,
        None,
        organ,
        phrase.text,
        phrase.role,
        _note_level(part),
        Confidence.LOW,
        (*reasons, *((LEVEL_WRITTEN(),) if _note_level(part) else ())),
        is_rank=phrase.is_rank,
    )


def declared_post(row: Mapping[str, Any]) -> DeclaredPost:
    """A declared post from a row of `posts`."""
    roles = {role.value: role for role in SeatRole}
    name = "".join(row["post_name"].split())
    return DeclaredPost(
        row["post_id"], row["organ_id"], name, row["post_level"], roles[row["role"]]
    )
