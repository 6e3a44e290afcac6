"""A kept finding is shown in the reader's language, from its code and values."""

from __future__ import annotations

import json

from banzi.documents.codecs.form_values import ID_BIRTH_DIFFERS
from banzi.documents.merging.finding_log import Raised
from banzi.documents.merging.pieces import CONFLICT
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import FindingKind, Message, MessageKind, declared_kinds, translate
from banzi.roster.finding_texts import finding_text, finding_title, stored_value


def row(message: Message, **more: str) -> dict[str, object]:
    values = {name: stored_value(each) for name, each in message.values.items()}
    return {
        "code": message.code,
        "text_zh": str(message),
        "values_json": json.dumps(values, ensure_ascii=False),
        "table_name": "persons",
        "column_name": None,
        **more,
    }


def test_dates_are_kept_as_people_read_them() -> None:
    message = ID_BIRTH_DIFFERS(birth=PartialDate(19750800), id_birth=PartialDate(19750611))
    assert "1975.08 " in finding_text(row(message), "en")
    assert finding_text(row(message)) == str(message)


def test_tables_and_columns_have_their_english_names() -> None:
    message = CONFLICT(table="人员", column="参加工作时间", values=["2011.07", "2011.08"])
    shown = finding_text(row(message, column_name="work_started"), "en")
    assert shown.startswith("Sources differ on “started work” of persons (2011.07, 2011.08)")


def test_a_message_within_a_message_is_shown_in_the_same_language() -> None:
    outer = FindingKind("test/outer-finding", "外：{inner}", title="外")
    inner = MessageKind("import/not-given", "未填")
    assert finding_text(row(outer(inner=inner())), "en") == f"外：{translate('未填', 'en')}"


def test_an_unknown_code_keeps_its_stored_text() -> None:
    kept = {"code": "old/kind", "text_zh": "旧", "values_json": "{}"}
    assert finding_text(kept, "en") == "旧"
    assert finding_title("old/kind") == "old/kind"


def test_every_kind_of_finding_has_a_title_of_its_own() -> None:
    titles = [kind.title for kind in declared_kinds() if isinstance(kind, FindingKind)]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_the_id_of_a_finding_does_not_depend_on_its_wording() -> None:
    one = FindingKind("test/worded", "甲{a}", title="甲")
    other = object.__new__(FindingKind)
    for name, value in (("code", "test/worded"), ("template", "乙{a}"), ("title", "乙")):
        object.__setattr__(other, name, value)
    assert Raised(one(a=1), "s").id == Raised(other(a=1), "s").id
    assert Raised(one(a=1), "s").id != Raised(one(a=2), "s").id
