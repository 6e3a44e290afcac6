"""What is written is what is read: forms, answers and rosters, with the hardest names and texts."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.form_cases import jpeg
from tests.support.hard_rosters import names, rosters, texts

from banzi.documents.codecs.form_texts import canonical_form
from banzi.documents.codecs.lrm import form_of_record, write_lrm
from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.decisions import read_decisions, write_decisions
from banzi.documents.form import FamilyMember, Form
from banzi.documents.merging import Decision
from banzi.kernel.errors import BadInput
from banzi.roster import Roster, load_roster, save_roster

DAY = date(2026, 6, 30)
NOT_IN_LRM = {"id_number", "form_version", "retirement_month_stated", "retirement_limit_text"}
NOT_IN_GBK = "lrm/not-in-gbk"
LRM_REFUSALS = {NOT_IN_GBK, "lrm/cannot-carry", "lrm/too-many-relatives"}

pieces = st.sampled_from(
    ["<", "&", "]]>", '"', "'", "\n", "\u3000", "\u2028", "&#10;", ",", "@", "#", "\t"]
)
awkward = st.lists(st.one_of(texts, pieces), max_size=4).map("".join)
months = st.tuples(st.integers(1930, 2026), st.integers(1, 12)).map(
    lambda at: f"{at[0]}{at[1]:02d}"
)
members = st.builds(
    FamilyMember,
    relation=st.sampled_from(["", "妻子", "父亲"]),
    name=names,
    birth=st.one_of(st.just(""), months),
    political_status=st.sampled_from(["", "群众"]),
    unit_and_post=awkward,
)


@st.composite
def forms(draw: st.DrawFn, texts_drawn: st.SearchStrategy[str] = awkward) -> Form:
    """A form with a name and any of the other fields; each may be blank or long."""
    optional = {column: texts_drawn for column in COLUMN_OF.values() if column != "name"}
    fields = draw(st.fixed_dictionaries({"name": names}, optional=optional))
    photo = draw(st.none() | st.binary(max_size=40).map(lambda data: jpeg(400, 500) + data))
    return canonical_form(Form(fields, tuple(draw(st.lists(members, max_size=3))), photo))


@settings(max_examples=350, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(forms())
def test_a_form_is_read_from_lrmx_as_it_was_written(form: Form) -> None:
    data = write_form(form)
    assert read_form(data, "甲.lrmx") == form
    assert write_form(read_form(data, "甲.lrmx")) == data


@settings(max_examples=350, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(forms(), forms(st.text(st.characters(codec="gb2312", exclude_categories=("Cc",)))))
)
def test_a_form_is_read_from_lrm_as_it_was_written_or_refused_by_name(form: Form) -> None:
    carried = {column: text for column, text in form.fields.items() if column not in NOT_IN_LRM}
    said = "".join([*carried.values(), *(text for one in form.family for text in parts_of(one))])
    lacking = {character for character in said if not in_gbk(character)}
    try:
        data = write_lrm(form)
    except BadInput as refused:
        found = [each.message for each in refused.problems]
        assert {each.code for each in found} <= LRM_REFUSALS
        outside = [str(each.values["character"]) for each in found if each.code == NOT_IN_GBK]
        assert {character for told in outside for character in told.split("、")} == lacking
        return
    assert not lacking
    read = form_of_record(data, "甲.lrm")
    assert (dict(read.fields), read.family) == (carried, form.family)


def in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def parts_of(member: FamilyMember) -> tuple[str, ...]:
    return (
        member.relation, member.name, member.birth, member.political_status, member.unit_and_post,
    )  # fmt: skip


answers = st.builds(
    Decision,
    st.integers(0, 10**9).map(lambda number: f"F{number:010d}"),
    texts,
    names,
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.one_of(st.just(""), texts),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(answers, max_size=8, unique_by=lambda decision: decision.finding_id))
def test_answers_are_read_from_the_list_as_they_were_written(decisions: list[Decision]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "decisions.xlsx")
        write_decisions(Roster.of(DAY), path, unused=decisions)
        told = [plain(decision) for decision in read_decisions(path)]
    assert told == [plain(decision) for decision in decisions]


def plain(decision: Decision) -> tuple[str, ...]:
    day = decision.decided_on.isoformat()
    return (decision.finding_id, decision.chosen, decision.decided_by, day, decision.note)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rosters())
def test_a_roster_is_loaded_as_it_was_saved(roster: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save_roster(roster, Path(folder, "r"))
        again = load_roster(Path(folder, "r"))
    assert again.as_of == roster.as_of
    for name, frame in roster.sorted_tables().items():
        assert again.sorted_tables()[name].equals(frame), name
