"""Who offers work, and the people who act for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.ui.status import Status
from modules.jobs.choices import Sector
from modules.jobs.models.base import Storied
from modules.jobs.states import EmployerState, status


class Employer(Storied):
    """A firm, an office or a household that offers work.

    ``npwp`` is sealed (purpose ``jobs.npwp``): since 2024 a person's tax number is their NIK.
    """

    class Kind(models.TextChoices):
        """What sort of employer."""

        COMPANY = "company", _("Company (PT, CV, firm)")
        SMALL = "small", _("Small business (UMKM)")
        COOPERATIVE = "coop", _("Cooperative or foundation")
        PUBLIC = "public", _("Government office or state-owned firm")
        AGENCY = "agency", _("Manpower agency (PPTKIS, outsourcing)")

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.COMPANY)
    sector = models.CharField(max_length=1, choices=Sector)
    nib = models.CharField(max_length=13)
    npwp = models.BinaryField(null=True)
    about = models.TextField(max_length=2000, blank=True)
    address = models.CharField(max_length=255)
    district = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    contact_name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=20)
    website = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=EmployerState, default=EmployerState.PENDING)
    verified_at = models.DateTimeField(null=True)
    sample = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("state", "due_at"), name="jobs_employer_state_due"),)
        constraints = (models.UniqueConstraint(fields=("nib",), name="jobs_employer_nib_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return status(EmployerState(self.state))


class EmployerMember(models.Model):
    """An account that may act for an employer; the owner also decides who else may."""

    employer = models.ForeignKey(
        Employer, models.CASCADE, related_name="members", db_index=False
    )  # the unique constraint's index serves it
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    owner = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("employer", "user"), name="jobs_member_once"),
        )
