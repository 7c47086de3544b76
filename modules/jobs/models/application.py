"""Somebody applies for a vacancy."""

from datetime import datetime

from django.db import models
from django.utils.dateparse import parse_datetime

from balai.ui.status import Status
from modules.jobs.models.base import Storied
from modules.jobs.models.seeker import Seeker
from modules.jobs.models.vacancy import Vacancy
from modules.jobs.states import ApplicationState, status


class Application(Storied):
    """One seeker's application for one vacancy. The employer reads the profile as it is now.

    ``slots`` are the proposed moments of the interview (ISO 8601); ``interview_at`` is the one
    the applicant chose. ``slots_shared``: several applicants may choose the same moment.
    """

    vacancy = models.ForeignKey(
        Vacancy, models.CASCADE, related_name="applications", db_index=False
    )  # the unique constraint's index serves it
    seeker = models.ForeignKey(Seeker, models.CASCADE, related_name="applications")
    letter = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=ApplicationState, default=ApplicationState.SENT)
    slots = models.JSONField(default=list)
    slots_shared = models.BooleanField(default=False)
    interview_at = models.DateTimeField(null=True)
    interview_place = models.CharField(max_length=255, blank=True)
    moved_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("vacancy", "seeker"), name="jobs_application_once"),
        )

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return status(ApplicationState(self.state))

    @property
    def slot_times(self) -> list[datetime]:
        """The proposed moments, in order."""
        return sorted(filter(None, map(parse_datetime, self.slots)))
