"""A region's life as the platform remembers it: state changes, dues, notices, its ending."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.states import State


class StateChange(models.Model):
    """One step of a region's life. Written by ``lifecycle.moves.move`` alone, never changed."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    before = models.CharField(_("before"), max_length=10, choices=State)
    after = models.CharField(_("after"), max_length=10, choices=State)
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=120)
    why = models.CharField(_("reason"), max_length=240)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.before} -> {self.after}"


class Dues(models.Model):
    """Since when a region owes money; written by ``lifecycle.dues.review``, read by banners."""

    region = models.OneToOneField("tenants.Region", on_delete=models.CASCADE, related_name="+")
    overdue_since = models.DateTimeField(_("overdue since"))

    class Meta:
        verbose_name = _("dues")
        verbose_name_plural = _("dues")
        ordering = ["overdue_since"]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.overdue_since:%Y-%m-%d}"


class LifeNotice(models.Model):
    """A mail about the region's life that is due or sent: each ``key`` goes out once."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(_("notice"), max_length=80)
    template = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("notice about a region's life")
        verbose_name_plural = _("notices about a region's life")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="life_notice_once"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="life_notice_waiting",
                condition=models.Q(sent_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)


class EndingCause(models.TextChoices):
    """Why a region ends."""

    ASKED = "asked", _("Asked for by its admins")
    SANDBOX = "sandbox", _("The sandbox ran out")


class Ending(models.Model):
    """One way to the end: asked by one person, confirmed by another, taken back, or closed.

    ``ends_at`` is set by the confirmation (and for a sandbox that ran out, at once);
    ``export_offered_at`` says when the admins could first download everything: without it the
    clock closes nothing.
    """

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    cause = models.CharField(_("cause"), max_length=8, choices=EndingCause)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.CharField(_("asked by"), max_length=120)
    asked_uuid = models.UUIDField(null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=120, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    export_offered_at = models.DateTimeField(_("export offered at"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.CharField(_("taken back by"), max_length=120, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=models.Q(taken_back_at__isnull=True, closed_at__isnull=True),
                name="ending_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.cause}"
