"""Guesses as questions in the workbook, answers read back, and what follows from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.builders import person, roster, segment
from tests.support.titles import CITY, organ_rows
from tests.support.workbooks import write_sheets

from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.decisions import answers_would_be_lost, read_decisions, write_decisions
from banzi.documents.titles.answers import TitleAnswer, Verdict, apply_answers
from banzi.documents.titles.questions import Question, questions_of
from banzi.documents.titles.sheet import SHEET, TitleReview, read_answers
from banzi.facts.levels import seats_at
from banzi.kernel.errors import BadInput
from banzi.roster import Roster
from banzi.roster.checking import check_roster

DAY = date(2026, 6, 30)
FULL = "云岭市财政局"


def made(**tables: list[dict[str, Any]]) -> Roster:
    government = f"{CITY}-府"
    base: dict[str, list[dict[str, Any]]] = {
        "organs": organ_rows(),
        "teams": [
            {"team_id": "t", "team_name": "政府", "team_kind": "government", "organ_id": government}
        ],
        "posts": [
            {"post_id": "mayor", "post_name": "市长", "organ_id": government, "role": "principal"}
        ],
        "post_teams": [{"post_id": "mayor", "team_id": "t", "team_order": 1}],
    }
    return roster(DAY, **{**base, **tables})


def questions_about(made_of: Roster, words: str) -> Question:
    (found,) = [each for each in questions_of(made_of).listed if each.guess.written == words]
    return found


def test_titles_that_read_the_same_are_one_question() -> None:
    people = [person(name, current_posts_text=f"{FULL}局长") for name in "甲乙"]
    question = questions_about(made(persons=people), f"{FULL}局长")
    assert [at.person_id for at in question.occurrences] == ["甲", "乙"]


def test_an_ambiguous_title_is_asked_person_by_person() -> None:
    people = [person(name, current_posts_text="财政局局长") for name in "甲乙"]
    assert len(questions_of(made(persons=people)).listed) == 2


def test_resume_lines_of_organs_elsewhere_are_counted_and_not_asked() -> None:
    segments = [
        segment("甲", 1, "2005.07", "2010.01", "某省某厅科员"),
        segment("甲", 2, "2010.01", None, f"{FULL}副局长"),
    ]
    asked = questions_of(made(persons=[person("甲")], career_segments=segments))
    assert [each.guess.written for each in asked.listed] == [f"{FULL}副局长"]
    assert asked.left_out == 1


def test_without_an_answer_nothing_enters_the_roster() -> None:
    before = made(persons=[person("甲", current_posts_text="云岭市市长")])
    after, warnings = apply_answers(before, questions_of(before), [], DAY)
    assert after is before
    assert warnings == []
    assert seats_at(before, DAY).is_empty()


def test_what_is_adopted_becomes_an_appointment_with_its_mark() -> None:
    before = made(
        persons=[person("甲", current_posts_text="云岭市市长")],
        career_segments=[segment("甲", 1, "2024.03", None, "云岭市市长")],
    )
    asked = questions_of(before)
    (question,) = asked.listed
    answer = TitleAnswer(question.id, Verdict.ADOPT, decided_by="李某", decided_on=DAY)
    after, _warnings = apply_answers(before, asked, [answer], DAY)
    (row,) = after["appointments"].to_dicts()
    told = {name: row[name] for name in ("organ_code", "post_id", "role", "appointed_on")}
    assert told == {
        "organ_code": f"{CITY}-府",
        "post_id": "mayor",
        "role": "principal",
        "appointed_on": 20240300,
    }
    assert row["in_office"] is True
    assert "李某 2026.06.30" in row["source_place"]
    assert question.id in row["source_place"]
    assert seats_at(after, DAY)["post_id"].to_list() == ["mayor"]
    assert after["decisions"]["finding_id"].to_list() == [question.id]
    assert check_roster(after) == []


def test_a_source_is_filled_in_and_never_written_over() -> None:
    known = {
        "person_id": "甲",
        "appointment_no": 1,
        "organ_name": FULL,
        "post_name": "局长",
        "post_level": "1A32",
        "in_office": True,
        "appointed_on": 20200300,
    }
    before = made(persons=[person("甲", current_posts_text=f"{FULL}局长")], appointments=[known])
    question = questions_about(before, f"{FULL}局长")
    assert question.guess.level == "1A31"
    answer = TitleAnswer(question.id, Verdict.ADOPT)
    after, _warnings = apply_answers(before, questions_of(before), [answer], DAY)
    (row,) = after["appointments"].to_dicts()
    assert row["post_level"] == "1A32"
    assert row["organ_code"] == f"{CITY}-财政局"
    assert "未注明" in row["source_place"]
    assert after["decisions"].is_empty()


def test_a_line_of_the_past_ends_when_it_ended() -> None:
    before = made(
        persons=[person("甲")],
        career_segments=[segment("甲", 1, "2010.01", "2015.06", f"{FULL}副局长")],
    )
    asked = questions_of(before)
    answer = TitleAnswer(asked.listed[0].id, Verdict.ADOPT)
    after, _warnings = apply_answers(before, asked, [answer], DAY)
    (row,) = after["appointments"].to_dicts()
    assert (row["appointed_on"], row["removed_on"]) == (20100100, 20150600)
    assert (row["in_office"], row["post_level"]) == (False, "1A32")


def test_a_correction_stands_and_a_refusal_adds_nothing() -> None:
    before = made(persons=[person("甲", current_posts_text="财政局局长、市长")])
    asked = questions_of(before)
    bureau = questions_about(before, "财政局局长")
    head = questions_about(before, "市长")
    change = TitleAnswer(bureau.id, Verdict.CHANGE, organ="青禾县财政局", level="1A41")
    after, _w = apply_answers(before, asked, [change, TitleAnswer(head.id, Verdict.REJECT)], DAY)
    (row,) = after["appointments"].to_dicts()
    assert (row["organ_code"], row["post_name"]) == ("青禾县-财政局", "局长")
    assert row["post_level"] == "1A41"


def test_a_guess_with_several_organs_cannot_be_adopted() -> None:
    before = made(persons=[person("甲", current_posts_text="财政局局长")])
    asked = questions_of(before)
    with pytest.raises(BadInput) as refused:
        apply_answers(before, asked, [TitleAnswer(asked.listed[0].id, Verdict.ADOPT)], DAY)
    assert [each.message.code for each in refused.value.problems] == ["titles/cannot-adopt"]


def test_an_answer_whose_question_is_gone_is_a_warning() -> None:
    before = made(persons=[person("甲", current_posts_text="云岭市市长")])
    gone = TitleAnswer("T0000000000", Verdict.ADOPT)
    after, warnings = apply_answers(before, questions_of(before), [gone], DAY)
    assert after is before
    assert [each.message.code for each in warnings] == ["titles/nothing-to-confirm"]


def filled(path: Path, answers: dict[str, list[str]]) -> Path:
    """The workbook with cells from 确认 on filled for the written titles."""
    book = open_book(path)
    sheets = {name: [list(row) for row in book.sheet(name)] for name in book.sheet_names}
    for row in sheets[SHEET][2:]:
        cells = answers.get(str(row[1]), [])
        row[8 : 8 + len(cells)] = cells
    return write_sheets(path, sheets)


def test_the_workbook_carries_questions_and_answers_back(tmp_path: Path) -> None:
    people = [person("甲", current_posts_text="云岭市市长，财政局局长")]
    before = made(persons=people)
    asked = questions_of(before)
    path = tmp_path / "d.xlsx"
    write_decisions(before, path, titles=TitleReview(asked))
    rows = {str(row[1]): row for row in open_book(path).sheet(SHEET)}
    assert rows["云岭市市长"][3:7] == ["云岭市人民政府", "市长", "", "高"]
    assert rows["财政局局长"][6] == "中"  # the city was named before
    assert read_answers(path) == []
    filled(
        path,
        {
            "云岭市市长": ["采用", "", "", "", "李某", "20260630"],
            "财政局局长": ["改为", "青禾县财政局", "", "乡科级正职", "", ""],
        },
    )
    answers = sorted(read_answers(path), key=lambda answer: answer.verdict)
    assert [answer.verdict for answer in answers] == [Verdict.ADOPT, Verdict.CHANGE]
    assert (answers[0].decided_by, answers[0].decided_on) == ("李某", DAY)
    assert (answers[1].organ, answers[1].level) == ("青禾县财政局", "1A41")
    assert read_decisions(path) == []
    # Written anew with the answers in, nothing is lost; without them it would be.
    assert answers_would_be_lost(path, [], answers) == []
    assert answers_would_be_lost(path, []) != []
    again = tmp_path / "again.xlsx"
    write_decisions(before, again, titles=TitleReview(asked, tuple(answers)))
    kept = {answer.question_id: answer.chosen for answer in read_answers(again)}
    assert kept == {answer.question_id: answer.chosen for answer in answers}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["改为", "", "", ""], "titles/changed-to-nothing"),
        (["采用", "某局", "", ""], "titles/changed-without-word"),
        (["", "某局", "", ""], "titles/changed-without-word"),
        (["同意", "", "", ""], "workbook/bad-choice"),
        (["改为", "", "", "正处长"], "titles/wrong-cell"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(
    tmp_path: Path, cells: list[str], code: str
) -> None:
    before = made(persons=[person("甲", current_posts_text="云岭市市长")])
    path = tmp_path / "d.xlsx"
    write_decisions(before, path, titles=TitleReview(questions_of(before)))
    filled(path, {"云岭市市长": cells})
    with pytest.raises(BadInput) as refused:
        read_answers(path)
    problems = refused.value.problems
    assert {each.at.sheet for each in problems} == {SHEET}
    assert [each.message.code for each in problems] == [code]
