"""Whoever writes behind the site's back is found, and the first bad entry is named."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from banzi.kernel.errors import BadInput
from banzi.web.accounts.constraints import install_constraints
from banzi.web.audit.acts import act
from banzi.web.audit.anchors import Anchor, append_anchor, end_of_chain, read_anchors
from banzi.web.audit.models import Act, Read
from banzi.web.audit.reads import note_read
from banzi.web.audit.sealing import seal_reads, unsealed
from banzi.web.audit.triggers import install_triggers
from banzi.web.audit.verifying import verify
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
ORGANS = RECORDS["organs"]._default_manager


@pytest.fixture(autouse=True)
def _seven_acts() -> None:
    """Five organs added (1 to 5), the second renamed (6), the third removed (7)."""
    for number in range(1, 6):
        with act("organs.create", by=None, reason="新设"):
            ORGANS.create(organ_id=f"o{number}", organ_name=f"第{number}局")
    with act("organs.rename", by=None):
        ORGANS.filter(pk="o2").update(organ_name="乙局")
    with act("organs.delete", by=None):
        ORGANS.filter(pk="o3").delete()


@contextmanager
def without_triggers() -> Iterator[Callable[..., None]]:
    """Raw SQL as the owner of the database may run it; the triggers are back afterwards."""
    tables = ("audit_act", "audit_change", "audit_read", "organs")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        yield cursor.execute
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            install_triggers()
            install_constraints()


def found(*anchors: Anchor) -> list[tuple[str, int | None]]:
    return [(flaw.message.code, flaw.seq) for flaw in verify(anchors)]


def test_an_untouched_record_holds() -> None:
    anchor = end_of_chain()
    assert anchor is not None
    assert anchor.seq == 7
    assert verify([anchor]) == []


TAMPERING = {
    "edited act": (
        ["UPDATE audit_act SET reason = '另有原因' WHERE seq = 4"],
        ("audit/edited-act", 4),
    ),
    "another person's name": (
        ["UPDATE audit_act SET by = 'li' WHERE seq = 6"],
        ("audit/edited-act", 6),
    ),
    "deleted act": (["DELETE FROM audit_act WHERE seq = 3"], ("audit/missing-act", 3)),
    "first act deleted": (["DELETE FROM audit_act WHERE seq = 1"], ("audit/missing-act", 1)),
    "acts exchanged": (
        [
            "UPDATE audit_act SET seq = 99 WHERE seq = 2",
            "UPDATE audit_act SET seq = 2 WHERE seq = 4",
            "UPDATE audit_act SET seq = 4 WHERE seq = 99",
        ],
        ("audit/broken-link", 2),
    ),
    "edited change": (
        ["UPDATE audit_change SET new = replace(new, '乙局', '丙局') WHERE old LIKE '%第2局%'"],
        ("audit/edited-changes", 6),
    ),
    "deleted change": (
        ["DELETE FROM audit_change WHERE row_key = 'o5'"],
        ("audit/edited-changes", 5),
    ),
    "added change": (
        [
            "INSERT INTO audit_change (act_id, table_name, row_key, new) "
            "SELECT act_id, 'organs', 'o9', '{}' FROM audit_act WHERE seq = 2"
        ],
        ("audit/edited-changes", 2),
    ),
    "change of no act": (
        [
            "INSERT INTO audit_change (act_id, table_name, row_key, old) "
            "VALUES ('none', 'organs', 'o9', '{}')"
        ],
        ("audit/stray-change", None),
    ),
    "changed row": (
        ["UPDATE organs SET organ_name = '丁局' WHERE organ_id = 'o2'"],
        ("audit/changed-row", 6),
    ),
    "added row": (
        ["INSERT INTO organs (organ_id, organ_name) VALUES ('o8', '第8局')"],
        ("audit/unknown-row", None),
    ),
    "removed row": (["DELETE FROM organs WHERE organ_id = 'o4'"], ("audit/lost-row", 4)),
    "returned row": (
        ["INSERT INTO organs (organ_id, organ_name) VALUES ('o3', '第3局')"],
        ("audit/changed-row", 7),
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_and_the_first_bad_entry_named(what: str) -> None:
    statements, expected = TAMPERING[what]
    with without_triggers() as run:
        for statement in statements:
            run(statement)
    assert found()[0] == expected


def test_an_end_cut_off_shows_against_an_anchor_only() -> None:
    anchor = end_of_chain()
    assert anchor is not None
    with without_triggers() as run:
        run("DELETE FROM audit_change WHERE act_id IN (SELECT act_id FROM audit_act WHERE seq = 7)")
        run("DELETE FROM audit_act WHERE seq = 7")
        run("INSERT INTO organs (organ_id, organ_name) VALUES ('o3', '第3局')")
    assert found()[:1] != [("audit/cut-off", 7)]
    assert found(anchor)[0] == ("audit/cut-off", 7)


def test_a_past_written_anew_shows_against_an_anchor() -> None:
    anchor = end_of_chain()
    assert anchor is not None
    other = Anchor(anchor.seq, "0" * 64, anchor.at)
    assert found(other) == [("audit/other-past", 7)]


def test_the_whole_chain_recomputed_shows_against_an_anchor() -> None:
    from banzi.web.audit.chain import act_digest

    anchor = end_of_chain()
    assert anchor is not None
    with without_triggers():
        previous = ""
        for entry in Act.objects.order_by("seq"):
            entry.reason = "另有原因"
            entry.previous = previous or entry.previous
            entry.digest = act_digest(entry)
            entry.save()
            previous = entry.digest
    assert found() == []
    assert found(anchor) == [("audit/other-past", 7)]


def test_a_trigger_taken_away_is_found() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE organs DISABLE TRIGGER banzi_audit")
        else:
            cursor.execute("DROP TRIGGER audit_organs_update")
    assert [code for code, _seq in found()] == ["audit/no-trigger"]


def test_a_row_that_took_another_key_is_not_missed() -> None:
    with act("organs.renumber", by=None):
        ORGANS.filter(pk="o5").update(organ_id="o6")
    assert verify() == []


def test_an_update_that_changes_nothing_leaves_no_change() -> None:
    with act("organs.touch", by=None):
        ORGANS.filter(pk="o2").update(organ_name="乙局")
    assert Act.objects.get(seq=8).changes == 0


def test_sealed_reads_are_part_of_the_chain() -> None:
    seal_reads()  # what other tests left behind
    for person in ("甲", "乙"):
        note_read(by="zhou", what="人员档案", person_id=person)
    assert [note.person_id for note in unsealed()] == ["甲", "乙"]
    assert seal_reads() == 2
    assert seal_reads() == 0
    assert list(unsealed()) == []
    assert verify() == []
    seq = Act.objects.order_by("-seq")[0].seq
    with without_triggers() as run:
        run("UPDATE audit_read SET written = replace(written, '乙', '丙') WHERE person_id = '乙'")
    assert found()[0] == ("audit/edited-reads", seq)
    assert Read.objects.filter(by="zhou").count() >= 2


def test_a_torn_line_waits_and_a_strange_one_is_kept() -> None:
    from banzi.web.audit.reads import spool_folder

    seal_reads()
    file = spool_folder() / "2020-01-01_1_x.jsonl"
    file.write_bytes('不是记录\n{"at": '.encode())
    assert seal_reads() == 1
    assert Read.objects.get(spool=file.name).written == "不是记录"
    assert not file.exists()


def test_anchors_come_back_from_their_file(tmp_path: Path) -> None:
    anchor = end_of_chain()
    assert anchor is not None
    file = tmp_path / "anchors.jsonl"
    append_anchor(file, anchor)
    append_anchor(file, anchor)
    assert read_anchors(file) == [anchor, anchor]
    assert len(anchor.printed) == 8


@pytest.mark.parametrize(
    "text", ["", "anchor", json.dumps({"seq": 1, "digest": "ab", "at": ""}), "[1]", '{"seq": 1}']
)
def test_what_is_no_anchor_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "anchors.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        read_anchors(file)
