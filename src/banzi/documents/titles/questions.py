"""Titles of a roster as questions for a person: each guess once, with everybody it is about.

Titles that read the same in the same way are one question; where several organs answer to the
words, each person is asked about alone. Of résumé lines only those are asked whose organ is, or may
be, on the roster: what an organ elsewhere called its posts helps nobody here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from banzi.documents.merging.stable_ids import base32_of
from banzi.documents.titles.guessing import Guess, Knowledge, declared_post, guess_title
from banzi.documents.titles.organ_finding import CONFIDENCE_ORDER
from banzi.documents.titles.organ_names import organ_of
from banzi.people.choices import SegmentKind
from banzi.roster import Roster

_ID_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a title stands: 现任职务 (`segment_no` None), or a résumé line from month to month."""

    person_id: str
    segment_no: int | None = None
    started: int | None = None
    ended: int | None = None
    is_open: bool = False

    @property
    def is_present(self) -> bool:
        return self.segment_no is None or self.is_open


@dataclass(frozen=True, slots=True)
class Question:
    """One guess and where it was met, in order of persons and lines."""

    id: str
    guess: Guess
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions, the surest first; `left_out` counts résumé lines whose organ is elsewhere."""

    listed: tuple[Question, ...]
    left_out: int

    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.listed}


def knowledge_of(roster: Roster) -> Knowledge:
    """What the roster's own tables say of organs and posts."""
    organs = [organ_of(row) for row in roster["organs"].iter_rows(named=True)]
    return Knowledge.of(
        organs, [declared_post(row) for row in roster["posts"].iter_rows(named=True)]
    )


def questions_of(roster: Roster) -> Questions:
    """The titles of everybody on the roster; none where it has no organs to hold them against."""
    if roster["organs"].is_empty():
        return Questions((), 0)
    known = knowledge_of(roster)
    read: dict[str, list[Guess]] = {}
    found: dict[str, tuple[Guess, list[Occurrence]]] = {}
    left_out = 0
    for text, at in _titles(roster):
        if text not in read:
            read[text] = guess_title(text, known)
        for guess in read[text]:
            placed = guess.organ_id is not None or guess.alternatives
            if at.segment_no is not None and not (placed and guess.post_text):
                left_out += 1
                continue
            key = question_id(guess, at.person_id)
            found.setdefault(key, (guess, []))[1].append(at)
    listed = [Question(key, guess, tuple(where)) for key, (guess, where) in found.items()]
    listed.sort(
        key=lambda each: (
            -CONFIDENCE_ORDER.index(each.guess.confidence),
            each.guess.organ_text,
            each.guess.written,
            each.id,
        )
    )
    return Questions(tuple(listed), left_out)


def question_id(guess: Guess, person_id: str) -> str:
    """By what is asked: a guess that comes out differently is another question."""
    content = (
        guess.written,
        guess.organ_id,
        guess.organ_text,
        guess.post_text,
        guess.post_id,
        guess.level,
        guess.alternatives,
        person_id if guess.alternatives else "",
    )
    return "T" + base32_of(repr(content), _ID_LENGTH)


def _titles(roster: Roster) -> Iterator[tuple[str, Occurrence]]:
    for person, text in roster["persons"].select("person_id", "current_posts_text").iter_rows():
        if text:
            yield text, Occurrence(person)
    main = pl.col("segment_kind") == SegmentKind.MAIN.value
    columns = ("person_id", "segment_no", "started", "ended", "is_open", "text")
    lines = roster["career_segments"].filter(main).sort("person_id", "segment_no").select(columns)
    for person, number, started, ended, is_open, text in lines.iter_rows():
        yield text, Occurrence(person, number, started, ended, bool(is_open))
