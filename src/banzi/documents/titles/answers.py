"""What a person said of a guess, and the rows of `appointments` that follow from it.

Taken or corrected guesses become appointments, or fill the blanks of one that a source already has;
nothing that a source says is written over. Each row says in its source place that it rests on a
confirmed reading of a title, and by whom and when where the answer tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from banzi.codes.lookup import load
from banzi.documents.titles.guessing import Knowledge
from banzi.documents.titles.organ_names import NameGrade, names_of
from banzi.documents.titles.parsing import normal, parts_of
from banzi.documents.titles.questions import Occurrence, Question, Questions, knowledge_of
from banzi.kernel.columns import Labelled
from banzi.kernel.dates import month_parts
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import FindingKind, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SeatRole
from banzi.roster import TABLES, Roster
from banzi.roster.keeping import FindingState


class Verdict(Labelled):
    """What was decided about a guess."""

    ADOPT = "adopt", "采用", "adopt"
    CHANGE = "change", "改为", "change"
    REJECT = "reject", "不采用", "reject"


NOTHING_TO_CONFIRM = MessageKind(
    "titles/nothing-to-confirm",
    _("职务推断{question}已不存在（原文、机构表或职位表已变动），该确认未使用"),
)
WHICH_ORGAN = MessageKind(
    "titles/which-organ", _("“{organ}”在机构表中有{count}个；请改填机构标识：{choices}")
)
CANNOT_ADOPT = MessageKind(
    "titles/cannot-adopt", _("机构有几种可能，不能直接采用；请选“改为”并填写机构")
)
CONFIRMED = FindingKind(
    "titles/confirmed",
    _("“{written}”确认为：{organ}　{post}　{level}"),
    title=_("职务推断已确认"),
)
_NOT_TOLD = _("未注明")
_MARK = _("职务推断{question}，{verdict}（{who}）")


@dataclass(frozen=True, slots=True)
class TitleAnswer:
    """One answered row. `organ`, `post` and `level` (a code) are None where nothing was changed."""

    question_id: str
    verdict: Verdict
    organ: str | None = None
    post: str | None = None
    level: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    at: Location = field(default_factory=Location)

    @property
    def chosen(self) -> str:
        """The decision in words, as the table of decisions keeps it."""
        if self.verdict is not Verdict.CHANGE:
            return self.verdict.zh
        row = load("post_level_zb09").row(self.level) if self.level else None
        told = (self.organ, self.post, row.name if row else None)
        return f"{self.verdict.zh}：{'；'.join(part or '—' for part in told)}"


@dataclass(frozen=True, slots=True)
class Settled:
    """A reading that stands: where the title was met and what it means."""

    question: Question
    answer: TitleAnswer
    organ_id: str | None
    organ_name: str
    post_name: str
    role: SeatRole | None
    level: str | None
    post_id: str | None


def apply_answers(
    roster: Roster, questions: Questions, answers: Iterable[TitleAnswer], recorded_on: date
) -> tuple[Roster, list[Problem]]:
    """The roster with what was confirmed, and warnings about answers that met no question.

    Raises
    ------
    BadInput
        An organ that several have the name of, or a guess taken that names several organs.
    """
    asked = questions.by_id()
    known = knowledge_of(roster)
    problems, warnings = ProblemLog(), list[Problem]()
    settled: list[Settled] = []
    kept: list[TitleAnswer] = []
    for answer in answers:
        question = asked.get(answer.question_id)
        if question is None:
            warnings.append(Problem(NOTHING_TO_CONFIRM(question=answer.question_id), answer.at))
            continue
        kept.append(answer)
        if answer.verdict is not Verdict.REJECT:
            reading = _settle(question, answer, known, problems)
            if reading is not None:
                settled.append(reading)
    problems.stop_if_any()
    if not kept:
        return roster, warnings
    tables = {
        "appointments": _appointments(roster, settled, known, recorded_on),
        **_record(roster, [(asked[answer.question_id], answer) for answer in kept], recorded_on),
    }
    return roster.with_tables(**tables), warnings


def _settle(
    question: Question, answer: TitleAnswer, known: Knowledge, problems: ProblemLog
) -> Settled | None:
    guess = question.guess
    if answer.verdict is Verdict.ADOPT:
        if guess.alternatives:
            problems.add(CANNOT_ADOPT(), answer.at)
            return None
        return Settled(
            question,
            answer,
            guess.organ_id,
            guess.organ_text,
            guess.post_text,
            guess.role,
            guess.level,
            guess.post_id,
        )
    organ_id, organ_name = guess.organ_id, guess.organ_text
    if answer.organ is not None:
        organ_id, organ_name = _organ(answer, known, problems)
    elif guess.alternatives:
        problems.add(CANNOT_ADOPT(), answer.at)
        return None
    same = answer.organ is None and answer.post is None
    post = answer.post or guess.post_text
    named = {
        each.post_id: each
        for posts in known.declared.values()
        for each in posts
        if each.organ_id == organ_id and each.name == normal(post)
    }
    declared = next(iter(named.values())) if len(named) == 1 else None
    role = guess.role if answer.post is None else (declared.role if declared else None)
    level = answer.level or (declared.level if declared else guess.level if same else None)
    post_id = guess.post_id if same else (declared.post_id if declared else None)
    return Settled(question, answer, organ_id, organ_name, post, role, level, post_id)


def _organ(answer: TitleAnswer, known: Knowledge, problems: ProblemLog) -> tuple[str | None, str]:
    """Id and name of the organ that was written; no id for one that the roster does not have."""
    written = normal(answer.organ or "")
    organs = known.index.organs
    if written in organs:
        return written, organs[written].name
    found = [
        named.organ
        for named in known.index.by_name.get(written, ())
        if named.grade is NameGrade.OWN
    ]
    if len(found) > 1:
        choices = "、".join(f"{organ.organ_id}（{organ.name}）" for organ in found)
        message = WHICH_ORGAN(organ=written, count=len(found), choices=choices)
        problems.add(message, answer.at)
    return (found[0].organ_id, found[0].name) if len(found) == 1 else (None, written)


def _appointments(
    roster: Roster, settled: Sequence[Settled], known: Knowledge, recorded_on: date
) -> pl.DataFrame:
    rows = roster["appointments"].to_dicts()
    by_person: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_person.setdefault(row["person_id"], []).append(row)
    sources = dict(roster["persons"].select("person_id", "source_id").iter_rows())
    for reading in settled:
        for at in _stays(reading.question.occurrences):
            own = by_person.setdefault(at.person_id, [])
            told = {
                "organ_code": reading.organ_id,
                "role": reading.role.value if reading.role else None,
                "post_level": reading.level,
                "post_id": reading.post_id,
            }
            match = next((row for row in own if _same(row, reading, at, known)), None)
            if match is None:
                match = {column.name: None for column in TABLES["appointments"]} | {
                    "person_id": at.person_id,
                    "appointment_no": max((row["appointment_no"] for row in own), default=0) + 1,
                    "organ_name": reading.organ_name or None,
                    "post_name": reading.post_name,
                    "appointed_on": _month(at.started),
                    "removed_on": None if at.is_present else _month(at.ended),
                    "in_office": at.is_present,
                    "source_id": sources[at.person_id],
                    "recorded_on": recorded_on,
                }
                own.append(match)
                rows.append(match)
            blank = {key: value for key, value in told.items() if match[key] is None}
            if any(value is not None for value in blank.values()):
                match.update(blank)
                match["source_place"] = _marked(match["source_place"], reading.answer)
    return TABLES["appointments"].frame(rows).sort(TABLES["appointments"].key)


def _stays(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """One for each stay: 现任职务 and the résumé line that is still open are the same one."""
    stays: dict[tuple[str, object], Occurrence] = {}
    for at in occurrences:
        key = at.person_id, "present" if at.is_present else at.segment_no
        known = stays.get(key)
        if known is None or (known.started is None and at.started is not None):
            stays[key] = at
    return list(stays.values())


def _same(row: Mapping[str, Any], reading: Settled, at: Occurrence, known: Knowledge) -> bool:
    """Whether an appointment that a source gave is the stay a title speaks of."""
    organ = known.index.organs.get(reading.organ_id or "")
    names = names_of(organ) if organ is not None else {normal(reading.organ_name): NameGrade.OWN}
    if row["organ_code"] != reading.organ_id and normal(row["organ_name"] or "") not in names:
        return False
    posts = {normal(row["post_name"]), *(part.text for part in parts_of(row["post_name"]))}
    if normal(reading.post_name) not in posts:
        return False
    if at.is_present != bool(row["in_office"]) and row["in_office"] is not None:
        return False
    started = _month(at.started)
    begun = row["appointed_on"]
    return started is None or begun is None or begun // 100 == started // 100


def _month(index: int | None) -> int | None:
    if index is None:
        return None
    year, month = month_parts(index)
    return year * 10000 + month * 100


def _marked(place: str | None, answer: TitleAnswer) -> str:
    day = f"{answer.decided_on:%Y.%m.%d}" if answer.decided_on else ""
    who = " ".join(part for part in (answer.decided_by, day) if part) or _NOT_TOLD
    values = {"question": answer.question_id, "verdict": answer.verdict.zh, "who": who}
    return "；".join(part for part in (place, render(_MARK, values)) if part)


def _record(
    roster: Roster, answered: Sequence[tuple[Question, TitleAnswer]], recorded_on: date
) -> dict[str, pl.DataFrame]:
    """Rows of `findings` and `decisions` for answers that say who gave them and when."""
    findings, decisions = roster["findings"].to_dicts(), roster["decisions"].to_dicts()
    for question, answer in answered:
        if not answer.decided_by or not answer.decided_on:
            continue
        guess = question.guess
        level = load("post_level_zb09").row(guess.level) if guess.level else None
        message = CONFIRMED(
            written=guess.written,
            organ=guess.organ_text or "—",
            post=guess.post_text or "—",
            level=level.name if level else "—",
        )
        findings.append(
            {
                "finding_id": question.id,
                "code": CONFIRMED.code,
                "table_name": "appointments",
                "text_zh": message.text(),
                "values_json": json.dumps(dict(message.values), ensure_ascii=False),
                "options_json": None,
                "state": FindingState.SETTLED.value,
                "recorded_on": recorded_on,
            }
        )
        decisions.append(
            {
                "finding_id": question.id,
                "chosen": answer.chosen,
                "decided_by": answer.decided_by,
                "decided_on": answer.decided_on,
                "recorded_on": recorded_on,
            }
        )
    return {
        name: TABLES[name].frame(rows).sort(TABLES[name].key)
        for name, rows in (("findings", findings), ("decisions", decisions))
    }
