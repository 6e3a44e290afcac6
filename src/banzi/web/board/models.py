"""Projects, drafts and what was signed.

A project is one staffing problem, built once from records frozen at a day; its files lie in
HOME/plans/<number>. A draft says who is placed where; a post without a row is empty.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from banzi.kernel.columns import Labelled
from banzi.kernel.messages import gettext_noop as _


class DraftState(Labelled):
    OPEN = "open", _("正在研究"), "in work"
    SIGNED = "signed", _("已签批"), "signed"
    DROPPED = "dropped", _("已放弃"), "dropped"


class WishKind(Labelled):
    PIN = "pin", _("指定"), "pinned"
    BAN = "ban", _("排除"), "banned"


class Stage(Labelled):
    """How far a project is on its way to a decision; whom a sealed one concerns changes with it."""

    MOTION = "motion", _("动议"), "proposal"
    INSPECTION = "inspection", _("考察"), "inspection"
    DISCUSSION = "discussion", _("讨论决定"), "decision"
    APPOINTMENT = "appointment", _("任职"), "appointment"


class Project(models.Model):
    """`records_seq`: the act up to which the records were frozen.

    `sealed`: only for who made it and for the readers named for its `stage`.
    """

    name = models.CharField(max_length=120)
    as_of = models.DateField()
    problem_sha256 = models.CharField(max_length=64)
    records_seq = models.BigIntegerField(default=0)
    sealed = models.BooleanField(default=False)
    stage = models.CharField(
        max_length=12,
        default=Stage.MOTION.value,
        choices=[(each.value, each.zh) for each in Stage],
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Reader(models.Model):
    """One who may open a sealed project while it is at a stage."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="readers")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(max_length=12, choices=[(each.value, each.zh) for each in Stage])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "account", "stage"], name="board_reader_once"
            )
        ]


class Draft(models.Model):
    """One plan in work. `moves` counts its changes: who moves a card says which state he saw."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="drafts")
    name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=10,
        default=DraftState.OPEN.value,
        choices=[(each.value, each.zh) for each in DraftState],
    )
    moves = models.BigIntegerField(default=0)
    proof = models.TextField(default="")
    """Tiers with value and bound as the solver left them, JSON; "" when changed since, or never."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    signed_note = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="board_draft_name"),
            models.CheckConstraint(
                name="board_signed_by_somebody",
                condition=models.Q(state="signed", signed_by__isnull=False, signed_at__isnull=False)
                | (~models.Q(state="signed") & models.Q(signed_by__isnull=True)),
            ),
        ]

    project_id: int

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """What somebody signed, as it was at that moment; the check of the record holds the draft
    against it."""

    draft = models.OneToOneField(
        Draft, on_delete=models.PROTECT, primary_key=True, related_name="signature"
    )
    signed_by = models.TextField(_("签批人"))  # the login name
    placements = models.IntegerField(_("任用职位数"))
    placements_sm3 = models.CharField(_("任用名单校验值（SM3）"), max_length=64)
    moves = models.BigIntegerField(_("改动次数"))
    problem_sha256 = models.CharField(_("选配问题和目标校验值（SHA-256）"), max_length=64)
    records_seq = models.BigIntegerField(_("资料截至的操作序号"))

    draft_id: int
    objects: ClassVar[models.Manager[Signature]] = models.Manager()

    class Meta:
        verbose_name = _("签批内容")


class Placement(models.Model):
    """This person for this post, in a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="placements")
    post_id = models.TextField()
    person_id = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "post_id"], name="board_one_a_post"),
            models.UniqueConstraint(fields=["draft", "person_id"], name="board_one_a_person"),
        ]


class Wish(models.Model):
    """A pair that must be, or must not be, in whatever the solver gives for this draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=3, choices=[(each.value, each.zh) for each in WishKind])
    post_id = models.TextField()
    person_id = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "post_id", "person_id"], name="board_wish_once"
            )
        ]


class Decision(models.Model):
    """任免 that a signed draft became: one 文号, many people; takes effect once, on a day."""

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="decision")
    document_no = models.CharField(max_length=80, unique=True)
    decided_on = models.DateField()
    effective_on = models.DateField()
    applied_at = models.DateTimeField(null=True)
