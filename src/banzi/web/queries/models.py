"""Queries and roster templates kept by name, each with the accounts it is shared with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class SavedQuery(models.Model):
    """A query or a cross table as it was set, asked anew on every opening.

    `condition` is a settled tree as JSON, "" for everybody; `shown_as` the rest of the address
    (columns, order, dimensions), without a day.
    """

    name = models.CharField(max_length=120)
    is_table = models.BooleanField(default=False)
    condition = models.TextField(default="", blank=True)
    shown_as = models.TextField(default="", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="queries_one_name_an_owner")
        ]

    def __str__(self) -> str:
        return self.name


class QueryReader(models.Model):
    """An account that somebody else's query is shared with."""

    query = models.ForeignKey(SavedQuery, on_delete=models.CASCADE, related_name="readers")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["query", "account"], name="queries_reader_once")
        ]


class RosterTemplate(models.Model):
    """A roster of an office's own make: a file with fields, or a set of columns.

    The file lies in HOME/templates, named by its SHA-256; `suffix` is "" for a set of columns.
    It holds no personnel data, so everybody who may view uses it, and its maker alone removes it.
    """

    name = models.CharField(max_length=120, unique=True)
    suffix = models.CharField(max_length=5, default="", blank=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    columns = models.TextField(default="", blank=True)  # names separated by blanks, in order
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="queries_template_of_one_sort",
                condition=models.Q(suffix="", sha256="") & ~models.Q(columns="")
                | models.Q(suffix__in=[".docx", ".xlsx"], columns="") & ~models.Q(sha256=""),
            )
        ]

    def __str__(self) -> str:
        return self.name
