"""Who runs the platform, how the regions are, which jobs failed (shared schema)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rank(models.TextChoices):
    """What somebody may do at the platform; a superuser needs no rank and may do everything."""

    SUPPORT = "support", _("Support: looks")
    OPERATOR = "operator", _("Operator: looks and acts")
    PROVINCE = "province", _("Province: sees what its regions share")


class Post(models.Model):
    """The rank of one platform account; ``province`` is a Kemendagri code, for that rank only."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="post"
    )
    rank = models.CharField(_("rank"), max_length=10, choices=Rank)
    province = models.CharField(_("province"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rank=Rank.PROVINCE) ^ models.Q(province=""),
                name="post_province_for_its_rank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rank}"


class RegionHealth(models.Model):
    """One region as it was last measured: counts and times, nothing of a person.

    Its own database role measures (``measured_at``); what the catalog knows of all regions at
    once (``where``, ``database_bytes``) has a time of its own.
    """

    region = models.OneToOneField(
        "tenants.Region", on_delete=models.CASCADE, related_name="health", primary_key=True
    )
    measured_at = models.DateTimeField(_("measured at"), null=True)
    problem = models.CharField(_("not measured because"), max_length=200, blank=True)
    last_seen_at = models.DateTimeField(_("last used"), null=True)
    waiting = models.PositiveIntegerField(_("events waiting"), default=0)
    oldest_at = models.DateTimeField(_("oldest event"), null=True)
    dead_letters = models.PositiveIntegerField(_("dead letters"), default=0)
    failed_messages = models.PositiveIntegerField(_("messages not delivered"), default=0)
    failed_webhooks = models.PositiveIntegerField(_("webhooks given up"), default=0)
    accounts = models.PositiveIntegerField(_("accounts"), default=0)
    reports = models.PositiveIntegerField(_("cases last month"), null=True)
    file_bytes = models.PositiveBigIntegerField(_("files"), default=0)
    structure_at = models.DateTimeField(_("structure compared at"), null=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=80, blank=True)
    where = models.CharField(_("release"), max_length=8, blank=True)
    database_bytes = models.PositiveBigIntegerField(_("tables"), default=0)

    class Meta:
        verbose_name = _("health of a region")
        verbose_name_plural = _("health of the regions")

    def __str__(self) -> str:
        return str(self.region_id)


class TaskState(models.TextChoices):
    """What became of a failed job."""

    OPEN = "open", _("To be looked at")
    RETRIED = "retried", _("Sent again")
    DISMISSED = "dismissed", _("Set aside")


class FailedTask(models.Model):
    """A background job that ended with an error; the same one again only counts up.

    ``args`` are ``{"args": [...], "kwargs": {...}}`` with personal values hidden; ``exact`` says
    that nothing had to be hidden, so that it can be sent again. ``problem`` is the error's kind
    and place, never its text. Without a region it is the platform's own.
    """

    region = models.ForeignKey(
        "tenants.Region", on_delete=models.CASCADE, null=True, related_name="failed_tasks"
    )
    name = models.CharField(_("job"), max_length=160)
    args = models.JSONField(_("arguments"), default=dict)
    exact = models.BooleanField(_("can be sent again"), default=True)
    digest = models.CharField(max_length=64)
    problem = models.CharField(_("problem"), max_length=200)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))
    state = models.CharField(
        _("state"), max_length=10, choices=TaskState, default=TaskState.OPEN, db_index=True
    )

    class Meta:
        verbose_name = _("failed job")
        verbose_name_plural = _("failed jobs")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "digest"], nulls_distinct=False, name="failed_task_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Maintenance(models.Model):
    """A notice of planned work, shown at the desks and consoles of one region or of all."""

    region = models.ForeignKey(
        "tenants.Region", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("region"),
    )  # fmt: skip
    text_id = models.CharField(_("text in Indonesian"), max_length=240)
    text_en = models.CharField(_("text in English"), max_length=240)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    by = models.CharField(_("by"), max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("maintenance notice")
        verbose_name_plural = _("maintenance notices")
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")),
                name="maintenance_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.text_id
