"""What is stored of a report. Contact data lie apart, and an anonymous report has none."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from modules.complaints.states import STATUSES, State, Status


class Category(models.Model):
    """A kind of problem. Two levels: groups (no parent) and what a citizen chooses."""

    class Klass(models.TextChoices):
        """Classes of KepmenPANRB 680/2020; each has its own time limit."""

        LIGHT = "light", _("Light")
        INFORMATION = "information", _("Information")
        NORMATIVE = "normative", _("Normative")
        NON_SUPERVISORY = "non_supervisory", _("Non-supervisory")
        SUPERVISORY = "supervisory", _("Supervisory")

    slug = models.SlugField(max_length=60, db_index=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    label_id = models.CharField(_("Indonesian name"), max_length=80)
    label_en = models.CharField(_("English name"), max_length=80)
    icon = models.CharField(_("icon"), max_length=40, default="circle-dot")
    klass = models.CharField(_("class"), max_length=20, choices=Klass, default=Klass.LIGHT)
    days = models.PositiveSmallIntegerField(_("working days"), default=5)
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("agency"),
    )  # fmt: skip
    secret_default = models.BooleanField(_("never public"), default=False)
    featured = models.BooleanField(_("tile on the form"), default=False)
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (  # not unique=True: that would add a second index, for LIKE
            models.UniqueConstraint(fields=("slug",), name="complaints_category_slug"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        english = (get_language() or "id").startswith("en")
        return (self.label_en if english else self.label_id) or self.label_id


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
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("state", "due_at"), name="complaint_state_due"),
            models.Index(fields=("agency", "state"), name="complaint_agency_state"),
            models.Index(fields=("-created_at", "-id"), name="complaint_newest"),
        )
        constraints = (models.UniqueConstraint(fields=("number",), name="complaints_number_once"),)

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return STATUSES[self.state]

    @cached_property
    def place(self) -> str:
        """Where it is, in words, the smallest unit first."""
        names = [area.name for area in (self.area, self.district) if area is not None]
        return ", ".join(dict.fromkeys(names))

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: verified, and neither reporter nor staff made it secret."""
        return self.published_at is not None and not self.secret


class Contact(models.Model):
    """How to reach the reporter. Never joined into a public page, never kept for anonymous."""

    complaint = models.OneToOneField(
        Complaint, models.CASCADE, primary_key=True, related_name="contact"
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)


class Entry(models.Model):
    """A line of a report's history: a move between states, a message or a note. Never changed."""

    class Author(models.TextChoices):
        """On whose behalf the line was written; public pages show no more than this."""

        REPORTER = "reporter", pgettext_lazy("author", "Reporter")
        COORDINATOR = "coordinator", pgettext_lazy("author", "Coordinator")
        AGENCY = "agency", pgettext_lazy("author", "Agency")
        VALIDATOR = "validator", pgettext_lazy("author", "Validator")
        SYSTEM = "system", pgettext_lazy("author", "System")

    class Audience(models.TextChoices):
        """Who may read the line's text."""

        PUBLIC = "public", pgettext_lazy("audience", "Everybody")
        REPORTER = "reporter", pgettext_lazy("audience", "The reporter")
        INTERNAL = "internal", pgettext_lazy("audience", "Officers only")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    move = models.CharField(max_length=24, blank=True)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24, blank=True)
    author = models.CharField(max_length=12, choices=Author)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")


class Photo(models.Model):
    """A photograph of the problem or of its repair; public only after somebody looked at it."""

    class Stage(models.TextChoices):
        """Which side of the repair it shows."""

        BEFORE = "before", pgettext_lazy("photo", "Before")
        AFTER = "after", pgettext_lazy("photo", "After")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="photos")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.BEFORE)
    taken_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
