"""What is stored of a report. Contact data lie apart, and an anonymous report has none."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.ui.status import Status
from modules.complaints.models.category import Category
from modules.complaints.states import OPEN, STATUSES, State, of_duplicate

PUBLIC = models.Q(published_at__isnull=False, secret=False)
"""What anybody may read; the public pages' indexes hold nothing else."""


class Counter(models.Model):
    """The last serial number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Complaint(models.Model):
    """One report and where it stands now; how it came there is told by its entries."""

    class Kind(models.TextChoices):
        """What the reporter wants."""

        COMPLAINT = "complaint", _("A problem")
        ASPIRATION = "aspiration", _("A wish or an idea")
        INFORMATION = "information", _("A question")
        WHISTLE = "whistle", _("Suspected wrongdoing by officials")

    class Source(models.TextChoices):
        """Through which door it came."""

        WEB = "web", _("This site")
        API = "api", _("Another program")
        OPEN311 = "open311", "Open311"
        IMPORT = "import", _("An import")
        SP4N = "sp4n", "SP4N-LAPOR!"

    class Identity(models.TextChoices):
        """How much is known of the reporter; staff may only raise it."""

        NAMED = "named", pgettext_lazy("identity", "Open")
        SECRET = "secret", pgettext_lazy("identity", "Secret")
        ANONYMOUS = "anonymous", pgettext_lazy("identity", "Without a name")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20)
    secret_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COMPLAINT)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=255)
    text = models.TextField(max_length=3000)
    identity = models.CharField(max_length=10, choices=Identity, default=Identity.SECRET)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=5, default="id")
    area = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    landmark = models.CharField(max_length=160, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    state = models.CharField(max_length=24, choices=State, default=State.RECEIVED)
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    secret = models.BooleanField(default=False)
    refusals = models.PositiveSmallIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)
    sample = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    days_left = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    source = models.CharField(
        max_length=8, choices=Source, default=Source.WEB, db_default=Source.WEB
    )
    api_key = models.ForeignKey(
        "api.ApiKey", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="duplicates", db_index=False
    )
    planned_for = models.DateField(null=True)
    hold_until = models.DateField(null=True)
    holds = models.PositiveSmallIntegerField(default=0, db_default=0)
    forced = models.BooleanField(default=False, db_default=False)
    level = models.PositiveSmallIntegerField(default=0, db_default=0)
    recipient = models.CharField(max_length=160, blank=True, default="", db_default="")
    appealed_at = models.DateTimeField(null=True)
    dossier_consent_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    suspicions = models.JSONField(default=list, db_default=[])
    search = SearchVectorField(null=True)
    followers = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("state", "due_at"), name="complaint_state_due"),
            models.Index(fields=("agency", "state"), name="complaint_agency_state"),
            models.Index(fields=("-created_at", "-id"), name="complaint_newest"),
            models.Index(
                fields=("merged_into",),
                condition=models.Q(merged_into__isnull=False),
                name="complaint_duplicates",
            ),
            GinIndex(fields=("search",), name="complaint_search"),
            models.Index(
                fields=("id",),
                condition=models.Q(search__isnull=True, erased_at__isnull=True),
                name="complaint_unsearchable",
            ),
            models.Index(
                fields=("-created_at", "-id"), condition=PUBLIC, name="complaint_public_newest"
            ),
            models.Index(
                fields=("-followers", "-created_at", "-id"),
                condition=PUBLIC,
                name="complaint_public_followed",
            ),
            models.Index(
                fields=("created_at", "id"),
                condition=PUBLIC & models.Q(state__in=OPEN),
                name="complaint_public_waiting",
            ),
            models.Index(
                fields=("longitude", "latitude"),
                include=("state", "category", "district", "agency", "created_at", "id"),
                condition=PUBLIC & models.Q(latitude__isnull=False),
                name="complaint_public_place",
            ),
        )
        constraints = (models.UniqueConstraint(fields=("number",), name="complaints_number_once"),)

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state; a duplicate takes its loaded case's colour."""
        if self.state == State.DUPLICATE and "merged_into" in self._state.fields_cache:
            case = self.merged_into
            return of_duplicate(case.state) if case else STATUSES[self.state]
        return STATUSES[self.state]

    @cached_property
    def place(self) -> str:
        """Where it is, in words, the smallest unit first."""
        names = [area.name for area in (self.area, self.district) if area is not None]
        return ", ".join(dict.fromkeys(names))

    @property
    def was_withdrawn(self) -> bool:
        """Whether its reporter took it back; asks the history of a report that has ended."""
        return self.state == State.REJECTED and self.entries.filter(move="withdraw").exists()

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: verified, and neither reporter nor staff made it secret."""
        return self.published_at is not None and not self.secret


class Contact(models.Model):
    """How to reach the reporter. Never joined into a public page, never kept for anonymous.

    The position is the reporter's own when they wrote, not the problem's. ``prefers`` is the one
    way they want to hear by, "" for every address they left.
    """

    class Way(models.TextChoices):
        """How news may come."""

        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        WHATSAPP = "whatsapp", "WhatsApp"

    complaint = models.OneToOneField(
        Complaint, models.CASCADE, primary_key=True, related_name="contact"
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    prefers = models.CharField(max_length=8, choices=Way, blank=True, default="", db_default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
