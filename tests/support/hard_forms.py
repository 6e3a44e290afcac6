"""Approval forms of many persons at once, made like `hard_rosters` from what Hypothesis draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from hypothesis import strategies as st
from tests.support.form_cases import jpeg
from tests.support.hard_rosters import Maker, names, texts
from tests.support.workbooks import id_number

from banzi.codes import lookup
from banzi.documents.codecs.form_texts import canonical_form
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.codecs.workbook.clerk_sheet import SHEET_COLUMNS
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.columns import Kind
from banzi.people import PERSONS

_PIECES = ["<", "&", "]]>", '"', "'", "\n", "\u3000", "\u2028", "&#10;", ",", "@", "#", "\t"]
_PARTING = '"@#'
"""What `.lrm` parts its fields with."""
awkward = st.lists(st.one_of(texts, st.sampled_from(_PIECES)), max_size=4).map("".join)

Words = Callable[[Maker], str]


def any_words(maker: Maker) -> str:
    return maker.text()


def any_form(maker: Maker, words: Words = any_words) -> Form:
    """A form with a name and any of the other fields; each may be blank or long."""
    random = maker.random
    fields = {
        column: words(maker)
        for column in COLUMN_OF.values()
        if column != "name" and random.random() < 0.6
    }
    members = tuple(_member(maker, words) for _member_at in range(random.randint(0, 3)))
    photo = jpeg(400, 500) + random.randbytes(20) if random.random() < 0.5 else None
    return canonical_form(Form({**fields, "name": maker.name()}, members, photo))


def gbk_form(maker: Maker) -> Form:
    """A form that `.lrm` can carry: of its characters, and without what it parts fields with."""

    def plainly(text: str) -> str:
        kept = text.encode("gbk", "ignore").decode("gbk")
        return "".join(character for character in kept if character not in _PARTING)

    form = any_form(maker, lambda each: plainly(each.text()))
    family = tuple(replace(one, name=plainly(one.name)) for one in form.family)
    fields = {**form.fields, "name": plainly(form["name"]) or "甲"}
    return canonical_form(Form(fields, family, form.photo))


def sheet_form(maker: Maker) -> Form:
    """A form whose fields say what they are for, as a clerk's table tells persons by them."""
    fields = {
        column: _sheet_text(maker, column)
        for column in SHEET_COLUMNS
        if column != "name" and maker.random.random() < 0.6
    }
    return canonical_form(Form({**fields, "name": maker.name()}))


def _sheet_text(maker: Maker, column: str) -> str:
    random = maker.random
    if PERSONS[column].kind is Kind.PARTIAL_DATE:
        return _month(random)
    match column:
        case "sex":
            return random.choice(["男", "女"])
        case "ethnicity":
            known = [row.name for row in lookup.load("ethnic_gbt3304").rows if row.code < "57"]
            return random.choice(known)
        case "id_number":
            return id_number(19700101, random.randrange(1000))
        case "party_text":
            return random.choice([_month(random), "民建", "199807；民建"])
    return maker.text()


def _month(random: Random) -> str:
    return f"{random.randint(1930, 2026)}{random.randint(1, 12):02d}"


def _member(maker: Maker, words: Words) -> FamilyMember:
    random = maker.random
    return FamilyMember(
        random.choice(["", "妻子", "父亲"]),
        maker.name(),
        random.choice(["", _month(random)]),
        random.choice(["", "群众"]),
        words(maker),
    )


def forms(
    persons: int,
    one: Callable[[Maker], Form] = any_form,
    words: st.SearchStrategy[str] = awkward,
) -> st.SearchStrategy[list[Form]]:
    """Lists of so many forms."""

    def made(seed: int, drawn: list[str], said: list[str]) -> list[Form]:
        maker = Maker(Random(seed), drawn, said)
        return [one(maker) for _person in range(persons)]

    said = st.lists(words, min_size=1, max_size=20)
    return st.builds(made, st.integers(0, 2**32), st.lists(names, max_size=20), said)
