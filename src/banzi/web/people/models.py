"""What the pages about persons keep beside the records: keys, saved lists, proposals, evidence."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from banzi.kernel.columns import Labelled


class PersonKey(models.Model):
    """By what a person is found and ordered; made from the records at the end of every act.

    `pinyin` holds the words that typed letters begin with, each after a blank; `words` the name,
    posts and unit without blanks and middle dots. The three orders are digits or lower-case
    letters alone, which every database compares alike.
    """

    person = models.OneToOneField(
        "records.Persons", models.CASCADE, primary_key=True, related_name="+"
    )
    name = models.TextField(db_index=True)
    pinyin = models.TextField()
    words = models.TextField()
    organ = models.ForeignKey("records.Organs", models.SET_NULL, null=True, related_name="+")
    unit = models.TextField(null=True)
    seated_on = models.IntegerField(null=True)
    by_strokes = models.TextField(db_index=True)
    by_pinyin = models.TextField(db_index=True)
    by_rank = models.TextField(db_index=True)

    person_id: str
    organ_id: str | None
    objects: ClassVar[models.Manager[PersonKey]] = models.Manager()

    class Meta:
        db_table = "person_keys"


class SavedList(models.Model):
    """Filters, columns and order that an account gave a name; `query` as the address has them."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(max_length=40)
    query = models.TextField()

    objects: ClassVar[models.Manager[SavedList]] = models.Manager()

    class Meta:
        db_table = "saved_lists"
        constraints = [
            models.UniqueConstraint(fields=["account", "title"], name="saved_lists_title")
        ]


class SecondPerson(models.Model):
    """A class of fields whose corrections a second person confirms."""

    field_class = models.CharField(max_length=20, primary_key=True)

    objects: ClassVar[models.Manager[SecondPerson]] = models.Manager()

    class Meta:
        db_table = "second_person_classes"


class ProposalState(Labelled):
    OPEN = "open", "待确认", "to be confirmed"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    REJECTED = "rejected", "已退回", "rejected"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class Evidence(models.Model):
    """A scan: kept once by content under HOME/evidence, and what it proves."""

    person = models.ForeignKey("records.Persons", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    file_name = models.TextField()
    media_type = models.CharField(max_length=40)
    size = models.BigIntegerField()
    proves = models.TextField()
    field_class = models.CharField(max_length=20)
    added_by = models.TextField()
    added_at = models.DateTimeField()

    person_id: str
    objects: ClassVar[models.Manager[Evidence]] = models.Manager()

    class Meta:
        db_table = "evidence"


class Proposal(models.Model):
    """A correction that waits for a second person.

    `old` is the row as it was seen, as JSON by column, null for a new one; `new` the row as it shall
    be, null when it shall go. `field_classes` are those it touches, separated by blanks.
    """

    person = models.ForeignKey("records.Persons", models.CASCADE, related_name="+")
    table_name = models.TextField()
    old = models.TextField(null=True)
    new = models.TextField(null=True)
    field_classes = models.TextField()
    reason = models.TextField()
    source = models.TextField()
    state = models.CharField(max_length=10, default=ProposalState.OPEN.value)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")

    person_id: str
    proposed_by_id: int
    decided_by_id: int | None
    objects: ClassVar[models.Manager[Proposal]] = models.Manager()

    class Meta:
        db_table = "proposals"
        indexes = [models.Index("state", "person", name="proposals_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by"))
                | models.Q(state=ProposalState.WITHDRAWN.value),
                name="proposals_two_persons",
            )
        ]
