"""An import under way: its files, what was read, what was answered, and the act it became."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from banzi.kernel.columns import Labelled
from banzi.web.jobs.models import Asker


class ImportState(Labelled):
    READING = "reading", "读取中", "being read"
    READY = "ready", "待核对", "to be reviewed"
    TAKING = "taking", "写入中", "being taken over"
    TAKEN = "taken", "已导入", "taken over"
    UNDONE = "undone", "已撤销", "undone"
    REFUSED = "refused", "不能导入", "refused"


def new_id() -> str:
    return uuid.uuid4().hex


class Import(models.Model):
    """One import of one account.

    Attributes
    ----------
    files
        `[{"name", "sha256", "size"}]` of what was dropped, archives unpacked.
    told
        Person in the files → person of the records, null for somebody new: answers to the
        question who is who.
    answers
        Item → [fingerprint, taken or not]: what was said about a difference; others stand as
        `planning.Shown.is_taken_unasked` says.
    package
        What an exchange package says of itself (`packages.told_by`); empty for other files.
    act_id, undone_by
        The acts of taking over and of undoing.
    """

    import_id = models.CharField(max_length=32, primary_key=True, default=new_id)
    by = models.TextField()
    by_name = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    as_of = models.DateField()
    state = models.CharField(max_length=10, default=ImportState.READING)
    files = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    package = models.JSONField(default=dict)
    job_id = models.TextField(default="", blank=True)
    act_id = models.TextField(default="", blank=True)
    undone_by = models.TextField(default="", blank=True)

    class Meta:
        db_table = "imports_import"

    @property
    def folder(self) -> Path:
        """What belongs to this import: `files/`, `roster/`."""
        return Path(settings.BANZI_HOME) / "imports" / self.import_id

    @property
    def asker(self) -> Asker:
        return Asker(self.by, self.by_name)

    @property
    def label(self) -> ImportState:
        """The state with its names."""
        return ImportState.of(self.state)


def kept_sources() -> Path:
    """Where the files of imports that were taken over stay, each named by its SHA-256."""
    return Path(settings.BANZI_HOME) / "sources"
