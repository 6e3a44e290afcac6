"""Acts and what each changed: insert-only tables, chained by SM3.

An act is one thing that one person did: a correction, an import, a sign-off. Its changes are
written by triggers of the database itself, one row per row changed, so that no write passes by,
raw SQL included; a write outside an act is refused. The act is written last, when its transaction
ends, and its digest covers the digest before, its own fields and its changes.
"""

from __future__ import annotations

from django.db import models


class Act(models.Model):
    """One act, complete. `seq` counts from 1 without gaps."""

    seq = models.BigIntegerField(primary_key=True)
    act_id = models.CharField(max_length=32, unique=True)
    verb = models.TextField()  # `records.correct`, `import.commit` …: stable words, not for reading
    at = models.DateTimeField()
    by = models.TextField()  # the login name, kept as it was; "" for the set-up of the site
    by_name = models.TextField()
    person_id = models.TextField(default="", db_index=True)  # the person it is about, "" for none
    about = models.TextField(default="")  # what it is about, in words
    reason = models.TextField(default="")
    source = models.TextField(default="")  # the paper it stands on
    changes = models.BigIntegerField()  # how many rows changed
    changes_digest = models.CharField(max_length=64)  # of these rows, in order
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "audit_act"


class Change(models.Model):
    """One row added, changed or removed; written by a trigger, never by the program.

    `old` and `new` are JSON objects of the row by column, null where there was or is no row.
    """

    id = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=32, db_index=True)
    table_name = models.TextField()
    row_key = models.TextField()
    person_id = models.TextField(null=True)
    old = models.TextField(null=True)
    new = models.TextField(null=True)

    class Meta:
        db_table = "audit_change"
        indexes = [
            models.Index("table_name", "row_key", name="audit_change_row"),
            models.Index("person_id", name="audit_change_person"),
        ]


class Read(models.Model):
    """One line of the log of reads and exports, sealed: insert-only, digested by the act it names.

    `spool` and `line` say where it stood before, so that no line is sealed twice.
    """

    id = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=32, db_index=True)
    at = models.DateTimeField(db_index=True)
    by = models.TextField(db_index=True)  # the login name; "" for nobody signed in
    kind = models.TextField()
    person_id = models.TextField(db_index=True)  # "" where it is not one person's file
    what = models.TextField()
    address = models.TextField()
    written = models.TextField()  # the line as it was written, which the digest is over
    spool = models.TextField()
    line = models.IntegerField()

    class Meta:
        db_table = "audit_read"
        constraints = [models.UniqueConstraint(fields=["spool", "line"], name="audit_read_once")]


class OpenAct(models.Model):
    """The act that is under way in this transaction: what triggers write into their rows.

    SQLite has one writer at a time, so one row is enough; it is gone before the transaction ends.
    PostgreSQL keeps the same in a setting of the transaction and leaves this table empty.
    """

    only = models.SmallIntegerField(primary_key=True, default=1)
    act_id = models.CharField(max_length=32)

    class Meta:
        db_table = "audit_open_act"
