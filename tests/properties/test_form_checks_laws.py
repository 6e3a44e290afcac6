"""Laws of the filling rules: no text makes one fall over, and obeying a suggestion helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.form_cases import clean_file

from banzi.documents.codecs.lrmx import read_written
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.codecs.pictures import size_of
from banzi.documents.form import FamilyMember, Form
from banzi.documents.form_checks.checking import check_sheet
from banzi.documents.form_checks.registry import RULES
from banzi.documents.form_checks.rule import BLANK, Severity
from banzi.documents.form_checks.sheet import Sheet

PIECES = (
    "1998.07--2001.08  ",
    "2001.8——",
    "199807",
    "1975",
    "（其间：2000.01--2001.02党校学习）",
    "\n",
    "　",
    "无",
    "民建；民盟",
    "研究生",
    "大学肄业",
    "党校",
    "学士",
    "长子",
    "女儿",
    "已去世",
    "退休教师",
    "2024年度称职",
    "浙江金华",
    "江苏无锡滨湖",
    "男",
    "99010619750312001",
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
FIELDS = st.dictionaries(st.sampled_from(sorted(COLUMN_OF.values())), TEXTS)
MEMBERS = st.builds(FamilyMember, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
PHOTOS = st.one_of(
    st.none(),
    st.binary(max_size=60),
    st.binary(max_size=60).map(lambda tail: b"\xff\xd8\xff" + tail),
    st.binary(max_size=60).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail),
)


@settings(max_examples=150, deadline=None)
@given(FIELDS, st.lists(MEMBERS, max_size=9), PHOTOS, DAYS)
def test_no_text_makes_a_rule_fall_over(
    fields: dict[str, str], family: list[FamilyMember], photo: bytes | None, as_of: date
) -> None:
    findings = check_sheet(Sheet.of(Form(fields, tuple(family), photo), as_of))
    for finding in findings:
        assert finding.message.text("zh")
        assert finding.message.text("en")
        assert finding.place("zh")
        assert finding.place("en")


@given(PHOTOS.filter(bool))
def test_a_picture_has_a_size_or_none(photo: bytes) -> None:
    size = size_of(photo)
    assert size is None or min(size) > 0


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["ethnicity", "health", "native_place", "party_text", "birth"]), TEXTS)
@example("party_text", "1900")  # a year alone: it was suggested as it stood
@example("party_text", "1998年；民建会员")
def test_a_certain_suggestion_settles_the_error(column: str, text: str) -> None:
    """What the list suggests for a cell is not itself an error of the same rule."""
    clean = read_written(clean_file(), "clean.lrmx").form
    as_of = date(2026, 6, 30)
    changed = replace(clean, fields={**clean.fields, column: text})
    for finding in check_sheet(Sheet.of(changed, as_of)):
        suggested = finding.found.suggested
        if finding.rule.severity is not Severity.ERROR or finding.found.place != column:
            continue
        if not suggested or suggested == BLANK:
            continue
        better = replace(clean, fields={**clean.fields, column: suggested})
        again = check_sheet(Sheet.of(better, as_of), [finding.rule])
        assert not [each for each in again if each.found.place == column]


def test_the_rules_say_the_same_in_any_order() -> None:
    form = read_written(clean_file(), "clean.lrmx").form
    sheet = Sheet.of(replace(form, fields={**form.fields, "health": "好"}), date(2026, 6, 30))
    forwards, backwards = check_sheet(sheet), check_sheet(sheet, RULES[::-1])
    assert {each.rule.id for each in forwards} == {each.rule.id for each in backwards}
