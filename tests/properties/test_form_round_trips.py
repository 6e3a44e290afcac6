"""Forms are read from `.lrmx` and `.lrm` as they were written, with the hardest names and texts."""

from __future__ import annotations

from tests.support.hard_forms import forms, gbk_form
from tests.support.thousand import Amount, amounts

from banzi.documents.codecs.lrm import form_of_record, write_lrm
from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.errors import BadInput

NOT_IN_LRM = {"id_number", "form_version", "retirement_month_stated", "retirement_limit_text"}
NOT_IN_GBK = "lrm/not-in-gbk"
LRM_REFUSALS = {NOT_IN_GBK, "lrm/cannot-carry", "lrm/too-many-relatives"}


@amounts
def test_forms_are_read_from_lrmx_as_they_were_written(amount: Amount) -> None:
    amount.see(come_back_from_lrmx, forms)


def come_back_from_lrmx(written: list[Form]) -> int:
    for form in written:
        data = write_form(form)
        assert read_form(data, "甲.lrmx") == form
        assert write_form(read_form(data, "甲.lrmx")) == data
    return len(written)


@amounts
def test_forms_are_read_from_lrm_as_they_were_written(amount: Amount) -> None:
    amount.see(come_back_from_lrm, lambda count: forms(count, gbk_form))


def come_back_from_lrm(written: list[Form]) -> int:
    for form in written:
        read = form_of_record(write_lrm(form), "甲.lrm")
        assert (dict(read.fields), read.family) == (carried(form), form.family)
    return len(written)


@amounts
def test_a_form_that_lrm_cannot_hold_is_refused_with_what_it_lacks(amount: Amount) -> None:
    amount.see(are_refused_by_name, forms)


def are_refused_by_name(written: list[Form]) -> int:
    for form in written:
        said = "".join(
            [*carried(form).values(), *(t for one in form.family for t in parts_of(one))]
        )
        lacking = {character for character in said if not in_gbk(character)}
        try:
            read = form_of_record(write_lrm(form), "甲.lrm")
        except BadInput as refused:
            found = [each.message for each in refused.problems]
            assert {each.code for each in found} <= LRM_REFUSALS
            outside = [str(each.values["character"]) for each in found if each.code == NOT_IN_GBK]
            assert {character for told in outside for character in told.split("、")} == lacking
        else:
            assert not lacking
            assert (dict(read.fields), read.family) == (carried(form), form.family)
    return len(written)


def carried(form: Form) -> dict[str, str]:
    return {column: text for column, text in form.fields.items() if column not in NOT_IN_LRM}


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
