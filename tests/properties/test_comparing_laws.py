"""What always holds of comparing, editing and filling forms."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from banzi.codes import lookup
from banzi.documents.codecs.form_editing import edit_form
from banzi.documents.codecs.form_texts import canonical_form
from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.codecs.workbook.clerk_sheet import SHEET_COLUMNS
from banzi.documents.comparing.difference import compare_sides
from banzi.documents.comparing.meaning import DifferenceKind, difference_kind
from banzi.documents.comparing.sides import read_side
from banzi.documents.form import Form
from banzi.kernel.columns import Kind
from banzi.kernel.progress import Silent
from banzi.people import PERSONS

plain = st.text(
    st.sampled_from("某市局县长副书记、，（）ABC&<>\"' 123\n=+-"), min_size=1, max_size=20
)
months = st.tuples(st.integers(1930, 2026), st.integers(1, 12)).map(lambda m: f"{m[0]}{m[1]:02d}")
nations = st.sampled_from([row.name for row in lookup.load("ethnic_gbt3304") if row.code < "57"])


def texts_of(column: str) -> st.SearchStrategy[str]:
    if PERSONS[column].kind is Kind.PARTIAL_DATE:
        return months
    match column:
        case "sex":
            return st.sampled_from(["男", "女"])
        case "ethnicity":
            return nations
        case "id_number":
            return st.just("11010519491231002X")
        case "name":
            return st.sampled_from(["甲乙", "丙·丁", "戊"])
        case "party_text":
            return st.one_of(months, st.sampled_from(["民建", "199807；民建"]))
    return plain


fields = st.fixed_dictionaries(
    {"name": texts_of("name")},
    optional={column: texts_of(column) for column in SHEET_COLUMNS if column != "name"},
)
forms = fields.map(lambda given_fields: canonical_form(Form(given_fields)))


@given(forms, fields)
@settings(max_examples=60)
def test_an_edit_changes_what_it_is_asked_for_and_nothing_else(
    form: Form, change: dict[str, str]
) -> None:
    made = edit_form(write_form(form), "a", change)
    assert read_form(made, "") == canonical_form(Form({**form.fields, **change}))


@given(forms, forms)
@settings(max_examples=40)
def test_sides_differ_alike_whichever_comes_first(one: Form, other: Form) -> None:
    with tempfile.TemporaryDirectory() as name:
        sides = []
        for at, form in enumerate((one, other)):
            shared = {"name": "甲", "id_number": "11010519491231002X"}
            path = Path(name) / f"{at}.lrmx"
            path.write_bytes(write_form(Form({**form.fields, **shared})))
            sides.append(read_side(path, Silent()))
        there, back = compare_sides(*sides), compare_sides(*reversed(sides))
        mirrored = {
            DifferenceKind.MISSING_FIRST: DifferenceKind.MISSING_SECOND,
            DifferenceKind.MISSING_SECOND: DifferenceKind.MISSING_FIRST,
        }
        assert [(each.column, each.shown.kind) for each in there.differences] == [
            (each.column, mirrored.get(each.shown.kind, each.shown.kind))
            for each in back.differences
        ]
        assert not compare_sides(sides[0], sides[0]).differences


@given(st.sampled_from(SHEET_COLUMNS), plain, plain)
def test_two_texts_with_all_the_same_characters_but_blanks_never_differ(
    column: str, one: str, other: str
) -> None:
    kind = difference_kind(column, one, other)
    same = "".join(one.split()) == "".join(other.split())
    assert not (same and kind is DifferenceKind.DIFFERS)
