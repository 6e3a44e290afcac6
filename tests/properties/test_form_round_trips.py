"""Forms are read from `.lrmx` and `.lrm` as they were written, with the hardest names and texts."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.form_cases import jpeg
from tests.support.hard_rosters import names, texts

from banzi.documents.codecs.form_texts import canonical_form
from banzi.documents.codecs.lrm import form_of_record, write_lrm
from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.errors import BadInput

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
