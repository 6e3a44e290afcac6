"""Structure targets and post profiles as an office keeps them.

A set of targets is the text of a targets file, whole: what is uploaded, edited and downloaded is one
thing, and one reader reads it. Sets are never changed; a change is a new set in force, so that it
stays on record which targets a figure was held against. Profiles are sentences that the same
reader of conditions reads.
"""

from __future__ import annotations

from django.db import models


class TargetSet(models.Model):
    """One state of the targets, settings of reports and thresholds of lights."""

    title = models.CharField(max_length=100)
    text = models.TextField()
    is_in_force = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=60)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_in_force"],
                condition=models.Q(is_in_force=True),
                name="targets_one_in_force",
            )
        ]


class PostProfile(models.Model):
    """岗位画像: what posts want of their holders; conditions as sentences, settled when saved."""

    title = models.CharField(max_length=100)
    post_where = models.TextField(default="", blank=True)
    where = models.TextField()
    weight = models.IntegerField()
    source = models.CharField(max_length=200)
